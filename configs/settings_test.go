package configs_test

import (
	"errors"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interlab/bot/chat"
	"interlab/bot/seal"
	"interlab/configs"
)

// world is the environment and the files that a test's Load sees.
type world struct {
	env, files map[string]string
}

// load loads text as the file "lab/interlab.yaml" of a person with a home.
func (w world) load(text string) (configs.Settings, error) {
	return configs.Load("lab/interlab.yaml", w.getenv, func(path string) ([]byte, error) {
		if path == "lab/interlab.yaml" {
			return []byte(text), nil
		}
		return w.readFile(path)
	})
}

func (w world) getenv(name string) string {
	if text, ok := w.env[name]; ok {
		return text
	}
	return map[string]string{"HOME": "/home/ana"}[name]
}

func (w world) readFile(path string) ([]byte, error) {
	if text, ok := w.files[path]; ok {
		return []byte(text), nil
	}
	return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
}

// defaults is what a person with a home gets who sets nothing.
func defaults() configs.Settings {
	return configs.Settings{
		Network: configs.Network{ID: "interlab", Name: "Interlab"},
		Redis:   configs.Redis{Data: "/home/ana/.local/share/interlab"},
		Discord: configs.Discord{Shards: 1},
		Log:     configs.Log{Level: configs.LevelInfo, Format: configs.FormatConsole},

		Retention: configs.Retention{Asks: 730, Talks: 365, Applications: 365, Exchanges: 1095},
	}
}

// keys are two of them, as a file has them.
const keys = "# of the lab\nnew:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\nold:AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"

func keyRing(t *testing.T) *seal.Ring {
	t.Helper()
	r, err := seal.Parse(keys)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// sameSecret lets settings be compared without printing what is secret.
func sameSecret() cmp.Options {
	return cmp.Options{
		cmp.Comparer(func(a, b configs.Secret) bool { return a.Reveal() == b.Reveal() }),
		cmp.Comparer(func(a, b *seal.Ring) bool { return slices.Equal(a.Names(), b.Names()) }),
	}
}

func TestNoFileMeansDefaults(t *testing.T) {
	t.Parallel()
	w := world{}
	got, err := configs.Load("", w.getenv, w.readFile)
	if err != nil {
		t.Fatalf("Load(\"\") failed: %v", err)
	}
	if diff := cmp.Diff(defaults(), got, sameSecret()); diff != "" {
		t.Errorf("Load(\"\") differs from the defaults (-want +got):\n%s", diff)
	}
}

func TestEmptyFilesMeanDefaults(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "\n", "# nothing yet\n", "network:\nredis:\n", "network:\n  organisers:\n", "{}", "---\n"} {
		got, err := world{}.load(text)
		if err != nil {
			t.Errorf("Load(%q) failed: %v", text, err)
			continue
		}
		if diff := cmp.Diff(defaults(), got, sameSecret()); diff != "" {
			t.Errorf("Load(%q) differs from the defaults (-want +got):\n%s", text, diff)
		}
	}
}

func TestEverySettingArrives(t *testing.T) {
	t.Parallel()
	w := world{files: map[string]string{"/run/password": "hunter2\n", "lab/topics.yaml": "rlhf: []", "lab/zones/Europe/Berlin": "TZif", "lab/keys": keys}}
	got, err := w.load(`
network:
  id: neuro-2
  name: "Neuro: Île-de-France"
  organisers: ["slack:T010LAB/U000002", "discord:100000000000007919"]
redis:
  url: rediss://store.example.org:6380/3
  username: interlab
  password_file: /run/password
log: {level: debug, format: json}
keys_file: keys
aliases_file: topics.yaml
zone_data: zones
`)
	if err != nil {
		t.Fatalf("Load failed: %v", err)
	}
	want := configs.Settings{
		Network: configs.Network{
			ID: "neuro-2", Name: "Neuro: Île-de-France",
			Organisers: []chat.Account{
				{Platform: "slack", Team: "T010LAB", User: "U000002"},
				{Platform: "discord", User: "100000000000007919"},
			},
		},
		Redis: configs.Redis{
			URL: "rediss://store.example.org:6380/3", Username: "interlab", Password: configs.NewSecret("hunter2"),
		},
		Discord:     configs.Discord{Shards: 1},
		Log:         configs.Log{Level: configs.LevelDebug, Format: configs.FormatJSON},
		Retention:   configs.Retention{Asks: 730, Talks: 365, Applications: 365, Exchanges: 1095},
		Keys:        keyRing(t),
		AliasesFile: "lab/topics.yaml",
		ZoneData:    "lab/zones",
		SecretFiles: []configs.SecretFile{
			{Setting: "redis.password_file", Path: "/run/password"}, {Setting: "keys_file", Path: "lab/keys", Ring: true},
		},
	}
	if diff := cmp.Diff(want, got, sameSecret()); diff != "" {
		t.Errorf("Load differs (-want +got):\n%s", diff)
	}
}

func TestEnvironmentComesBeforeTheFile(t *testing.T) {
	t.Parallel()
	w := world{env: map[string]string{
		"INTERLAB_NETWORK":        "from-env",
		"INTERLAB_REDIS_URL":      "redis://env:1/2",
		"INTERLAB_REDIS_PASSWORD": "env password",
		"INTERLAB_LOG_LEVEL":      "error",
		"INTERLAB_ZONE_DATA":      "newer",
	}, files: map[string]string{"newer/Europe/Berlin": "TZif"}}
	got, err := w.load("network: {id: from-file}\nredis: {url: 'redis://file', password: file}\nlog: {level: debug}\nzone_data: none\n")
	if err != nil {
		t.Fatalf("Load failed: %v", err)
	}
	want := defaults()
	want.Network.ID = "from-env"
	want.Redis = configs.Redis{URL: "redis://env:1/2", Password: configs.NewSecret("env password")}
	want.Log.Level = configs.LevelError
	want.ZoneData = "newer"
	if diff := cmp.Diff(want, got, sameSecret()); diff != "" {
		t.Errorf("Load differs (-want +got):\n%s", diff)
	}
}

func TestMissingFileIsReported(t *testing.T) {
	t.Parallel()
	w := world{}
	_, err := configs.Load("nowhere.yaml", w.getenv, w.readFile)
	if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "nowhere.yaml") {
		t.Errorf("Load(nowhere.yaml) = %v, want an error that is fs.ErrNotExist and names the file", err)
	}
}

func TestSampleLoadsAsItStands(t *testing.T) {
	t.Parallel()
	got, err := world{}.load(configs.Sample)
	if err != nil {
		t.Fatalf("Load(Sample) failed: %v", err)
	}
	if diff := cmp.Diff(defaults(), got, sameSecret()); diff != "" {
		t.Errorf("Load(Sample) differs from the defaults (-want +got):\n%s", diff)
	}
}

// The examples of the sample are commented out; each must be right as well.
func TestEveryExampleOfTheSampleIsRight(t *testing.T) {
	t.Parallel()
	w := world{files: map[string]string{
		"/run/secrets/interlab-redis": "hunter2", "/run/secrets/interlab-keys": keys, "lab/aliases.yaml": "", "/usr/share/zoneinfo/Europe/Berlin": "TZif",
		"/run/secrets/interlab-sentinel": "hunter3", "/etc/interlab/redis-ca.pem": authority(t),
		"/run/secrets/curie-bot-token": "xoxb-1", "/run/secrets/curie-app-token": "xapp-1", "/run/secrets/discord-token": "a.b.c",
	}}
	example := regexp.MustCompile(`(?m)^( *)#(\w+: |- )`)
	text := example.ReplaceAllString(configs.Sample, "$1$2")
	text = regexp.MustCompile(`(?m)^ *(sentinel_password|password|token): .*\n`).ReplaceAllString(text, "")
	// What is for sentinels only needs an address of some.
	text = strings.Replace(text, "redis://localhost:6379/0", "redis-sentinel://localhost/main", 1)
	got, err := w.load(text)
	if err != nil {
		t.Fatalf("Load of the sample with its examples failed: %v", err)
	}
	if len(got.Network.Organisers) != 2 || got.Redis.Password.Reveal() != "hunter2" || got.AliasesFile == "" || got.ZoneData == "" || got.Keys == nil || len(got.Redis.Authority) == 0 || len(got.Slack.Workspaces) != 1 {
		t.Errorf("Load of the sample with its examples = %+v, want all of them in it", got)
	}
}

func TestLoadNeverPanicsAndNeverReturnsBoth(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.SampledFrom([]string{
			"network:", "redis:", "log:", "  id: a", "  id: A", "  url: redis://a", "  url: x", "  - b", "  level: info",
			"  organisers: [a, slack:T/U]", "aliases_file: x", "? y", "<<: *z", "&a b", "---", "{", "  password: \"", "'",
		})
		mustAgree(t, strings.Join(rapid.SliceOf(line).Draw(t, "lines"), "\n"))
	})
}

func FuzzLoad(f *testing.F) {
	f.Add(configs.Sample)
	f.Add("redis: {password hunter2}")
	f.Add("network: {id: [1, {2: 3}], name: &a *a}\n---\n")
	f.Fuzz(func(t *testing.T, text string) { mustAgree(t, text) })
}

// mustAgree fails unless Load returns either settings or problems.
func mustAgree(t rapid.TB, text string) {
	t.Helper()
	got, err := world{}.load(text)
	switch {
	case err != nil && !cmp.Equal(got, configs.Settings{}, sameSecret()):
		t.Errorf("Load(%q) = %+v together with the error %v, want no settings", text, got, err)
	case err == nil && got.Network.ID == "":
		t.Errorf("Load(%q) has no network id and no error", text)
	}
}

func TestZoneDataCanBeReadAlone(t *testing.T) {
	t.Parallel()
	w := world{files: map[string]string{"lab/zones/Europe/Berlin": "TZif"}}
	read := func(text string) (string, error) {
		return configs.LoadZoneData("lab/interlab.yaml", func(string) string { return "" }, func(path string) ([]byte, error) {
			if path == "lab/interlab.yaml" {
				return []byte(text), nil
			}
			if data, ok := w.files[path]; ok {
				return []byte(data), nil
			}
			return nil, fs.ErrNotExist
		})
	}
	for text, want := range map[string]string{
		"zone_data: zones\nlog: {level: loud}\nunknown: x\n": "lab/zones", // what is wrong elsewhere does not matter
		"network: {id: a}\n": "",
	} {
		if got, err := read(text); got != want || err != nil {
			t.Errorf("LoadZoneData(%q) = %q, %v, want %q", text, got, err, want)
		}
	}
	for text, want := range map[string]string{"zone_data: x": "zone_data: holds no time zones", "zone_data: [": "configs:"} {
		if got, err := read(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("LoadZoneData(%q) = %q, %v, want %q", text, got, err, want)
		}
	}
	if got, err := configs.LoadZoneData("", func(string) string { return "" }, nil); got != "" || err != nil {
		t.Errorf("LoadZoneData without a file = %q, %v, want none", got, err)
	}
}
