package configs_test

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interlab/configs"
)

// webOf loads settings from a text and an environment.
func webOf(text string, env map[string]string) (configs.Web, error) {
	s, err := configs.Load("interlab.yaml", func(name string) string {
		if name == "HOME" {
			return "/home/ana"
		}
		return env[name]
	}, func(string) ([]byte, error) { return []byte(text), nil })
	return s.Web, err
}

func TestPublicPagesAreWhereTheSettingsSay(t *testing.T) {
	t.Parallel()
	got, err := webOf("web:\n  listen: 127.0.0.1:8080\n  address: https://talks.example.org/\n  proxies: [127.0.0.1, 10.1.2.3/8, \"2001:db8::/32\"]\n", nil)
	want := configs.Web{
		Listen: "127.0.0.1:8080", Address: "https://talks.example.org",
		Proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("2001:db8::/32")},
	}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b netip.Prefix) bool { return a == b })); diff != "" || err != nil {
		t.Errorf("Load = %v, (-want +got):\n%s", err, diff)
	}
	got, err = webOf("", map[string]string{"INTERLAB_WEB_LISTEN": ":80", "INTERLAB_WEB_ADDRESS": "http://localhost:80"})
	if got.Listen != ":80" || got.Address != "http://localhost:80" || err != nil {
		t.Errorf("Load(environment) = %+v, %v", got, err)
	}
	if got, err := webOf("", nil); got.Listen != "" || err != nil {
		t.Errorf("Load(nothing) = %+v, %v; want no pages", got, err)
	}
}

func TestMistakesOfThePublicPagesAreToldWithTheRemedy(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"listen: 8080\n  address: https://a.example": "web.listen: \"8080\" is no address to listen at; write HOST:PORT",
		"listen: :8080":                                                    "web.listen: is set without web.address",
		"address: talks.example.org":                                       "web.address: \"talks.example.org\" is no address of the web",
		"address: ftp://talks.example.org":                                 "is no address of the web",
		"address: https://ana:secret@talks.example.org":                    "web.address: has more than a host",
		"address: https://example.org/talks":                               "web.address: has a path",
		"proxies: [here]":                                                  "\"here\" is no address; write one as 10.0.0.1",
		"listen: \":1\"\n  address: https://a.example\n  proxies: [1.2.3]": "is no address",
	} {
		if _, err := webOf("web:\n  "+text+"\n", nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Load(%q) = %v, want %q", text, err, want)
		}
	}
}
