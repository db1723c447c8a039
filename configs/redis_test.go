package configs_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interlab/configs"
)

func TestDataFolderFollowsTheBaseDirectories(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, file, want string
		env              map[string]string
	}{
		{"home", "", "/home/ana/.local/share/interlab", nil},
		{"data home", "", "/srv/interlab", map[string]string{"XDG_DATA_HOME": "/srv"}},
		{"relative data home is ignored", "", "/home/ana/.local/share/interlab", map[string]string{"XDG_DATA_HOME": "srv"}},
		{"file", "redis: {data: /var/lib/il}", "/var/lib/il", nil},
		{"relative to the file", "redis: {data: ../store}", "store", nil},
		{"environment", "redis: {data: /var/lib/il}", "/tmp/il", map[string]string{"INTERLAB_DATA": "/tmp/il"}},
		{"relative to where it was started", "", "il", map[string]string{"INTERLAB_DATA": "il"}},
		{"remote has none", "redis: {url: 'redis://a', data: /var/lib/il}", "", nil},
	} {
		got, err := world{env: c.env}.load(c.file)
		if err != nil || got.Redis.Data != c.want || got.Redis.Embedded() != (c.want != "") {
			t.Errorf("%s: Load gives data %q, embedded %t, error %v; want %q", c.name, got.Redis.Data, got.Redis.Embedded(), err, c.want)
		}
	}
}

func TestWithoutAHomeTheDataFolderMustBeNamed(t *testing.T) {
	t.Parallel()
	_, err := world{env: map[string]string{"HOME": ""}}.load("")
	const want = "configs: 1 problem\n  redis.data: has no default, since HOME is not set; write a folder or set INTERLAB_DATA"
	if got := errorText(err); got != want {
		t.Errorf("Load without HOME = %s, want %s", got, want)
	}
}

func TestPasswordIsKeptAsWritten(t *testing.T) {
	t.Parallel()
	w := world{files: map[string]string{"lab/unix": " a b \n", "lab/windows": "a\r\n", "lab/bare": "a"}}
	for text, want := range map[string]string{
		"password: 007":              "007",
		"password: 0x1F":             "0x1F",
		"password: 1_000":            "1_000",
		"password: true":             "true",
		"password: 1e3":              "1e3",
		"password: .inf":             ".inf",
		"password: '  spaced  '":     "  spaced  ",
		`password: "a\tb"`:           "a\tb",
		"password: |-\n    a\n    b": "a\nb",
		"password_file: unix":        " a b ",
		"password_file: windows":     "a",
		"password_file: bare":        "a",
	} {
		got, err := w.load("redis:\n  url: redis://a\n  " + text)
		if err != nil || got.Redis.Password.Reveal() != want {
			t.Errorf("Load(%q) has password %q, error %v; want %q", text, got.Redis.Password.Reveal(), err, want)
		}
	}
}

func TestGoodAddressesPassUnchanged(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		"redis://localhost", "redis://localhost/", "redis://localhost:6379", "redis://10.0.0.1:6379/15",
		"rediss://[::1]:6380/0", "REDIS://a:1",
	} {
		got, err := world{}.load("redis: {url: '" + address + "'}")
		if err != nil || got.Redis.URL != address {
			t.Errorf("Load(%q) has address %q, error %v", address, got.Redis.URL, err)
		}
	}
}

// Whatever is wrong with an address, its password is not shown.
func TestPasswordOfAnAddressIsNeverShown(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		scheme := rapid.SampledFrom([]string{"redis://", "rediss://", "http://", "redis:", "//", ""}).Draw(t, "scheme")
		before := rapid.StringMatching(`[a-z:/?#%@ ]{0,4}`).Draw(t, "before")
		after := rapid.StringMatching(`[a-z:/#%]{0,4}`).Draw(t, "after")
		address := scheme + before + "hunter2" + after + "@host"
		w := world{env: map[string]string{"INTERLAB_REDIS_URL": address}}
		_, err := configs.Load("", w.getenv, w.readFile)
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Fatalf("Load with INTERLAB_REDIS_URL=%q = %v, want an error without the password", address, err)
		}
	})
}
