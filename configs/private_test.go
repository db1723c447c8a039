package configs_test

import (
	"strings"
	"testing"
)

func TestThePrivateListenerIsOffUnlessAnAddressIsGiven(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                     "",
		"private:\n  listen: 127.0.0.1:9464\n": "127.0.0.1:9464",
		"private:\n  listen: \"[::1]:9464\"\n": "[::1]:9464",
		"private:\n  listen: :9464\n":          ":9464",
	} {
		s, err := world{}.load(text)
		if err != nil || s.Private.Listen != want {
			t.Errorf("Load(%q).Private = %q, %v; want %q", text, s.Private.Listen, err, want)
		}
	}
	s, err := world{env: map[string]string{"INTERLAB_PRIVATE_LISTEN": "127.0.0.1:1"}}.load("private:\n  listen: 127.0.0.1:9464\n")
	if err != nil || s.Private.Listen != "127.0.0.1:1" {
		t.Errorf("Load with the variable = %q, %v; want the variable's", s.Private.Listen, err)
	}
}

func TestAnAddressThatIsNoneIsRefused(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"9464", "localhost", "127.0.0.1:", "http://127.0.0.1:9464/metrics"} {
		_, err := world{}.load("private:\n  listen: \"" + address + "\"\n")
		if err == nil || !strings.Contains(err.Error(), "private.listen") || !strings.Contains(err.Error(), "HOST:PORT") {
			t.Errorf("Load with listen %q = %v; want private.listen and how to write it", address, err)
		}
	}
}
