package exchange_test

import (
	"strings"
	"testing"

	"interlab/bot/exchange"
)

func TestPublicLinksAreTaken(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"https://example.org",
		" https://github.com/curie/harness/releases/tag/v1.2 ",
		"http://example.org/a?page=2&lang=en#top",
		"https://example.org/#/a/b?tab=files",
		"https://example.org/tokenizer/secret-sharing?monkey=1&keyword=x",
		"https://bücher.example/a",
		"https://huggingface.co/datasets/curie/traces",
	} {
		if u, err := exchange.CheckLink(text); err != nil || u.String() == "" {
			t.Errorf("CheckLink(%q) = %v, %v, want a link", text, u, err)
		}
	}
}

func TestLinksWithSecretsAreRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"https://ana:pw@example.org/a",
		"https://ana@example.org/a",
		"https://example.org/a?token=1",
		"https://example.org/a?Access_Token=1",
		"https://example.org/a#access_token=1&x=2",
		"https://example.org/#/a?api_key=1",
		"https://example.org/a?key=1",
		"https://s3.example.org/a?X-Amz-Signature=1",
		"https://s3.example.org/a?AWSAccessKeyId=1&Expires=2",
		"https://storage.example.org/a?X-Goog-Credential=1",
		"https://blob.example.org/a?sv=2020&sig=abc",
		"https://example.org/a?x=1;token=2",
		"https://example.org/a?x=%zz",
		"https://example.org/ghp_" + strings.Repeat("a", 36),
		"https://example.org/hf_" + strings.Repeat("b", 34),
		"https://example.org/xoxb-123456789012",
		"https://example.org/?next=AKIA" + strings.Repeat("A", 16),
	} {
		_, err := exchange.CheckLink(text)
		refuses(t, "CheckLink("+text+")", err, exchange.SecretLink)
		if err != nil && strings.Contains(err.Error(), "example.org") {
			t.Errorf("CheckLink(%q) repeats the link: %q", text, err)
		}
	}
}

func TestWhatOthersCannotOpenIsNoLink(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "harness", "example.org/a", "ftp://example.org/a", "file:///etc/passwd", "data:text/html,x", "data:text/html;base64,eA==", "javascript:alert(1)", "https://", "https:///a",
		"https://example.org/a b", "https://example.org/\u202ea", "https://example.org/\x00",
		"https://localhost/a", "https://wiki/a", "https://wiki.corp/a", "https://10.0.0.1/a", "https://[::1]/a",
		"https://127.1/a", "https://2130706433/a", "https://0x7f.0x1/a", "https://0x7f000001/a", "https://169.254.169.254/latest/", "https://[::ffff:127.0.0.1]/a", "https://printer.local./a",
		"https://example.org/" + strings.Repeat("a", exchange.MaxLink),
	} {
		_, err := exchange.CheckLink(text)
		refuses(t, "CheckLink("+text+")", err, exchange.BadLink)
	}
}

func TestLinksToOneVersionArePinned(t *testing.T) {
	t.Parallel()
	hash := strings.Repeat("0a", 20)
	for _, c := range []struct {
		where, version string
		want           exchange.Pin
	}{
		{"https://github.com/curie/harness/commit/" + hash, "", exchange.Pinned},
		{"https://github.com/curie/harness/tree/" + hash + "/src", "", exchange.Pinned},
		{"https://github.com/curie/harness/releases/tag/2026-spring", "", exchange.Pinned},
		{"https://github.com/curie/harness/tree/v1.2", "", exchange.Pinned},
		{"https://github.com/curie/harness", "v1.2.0-rc.1", exchange.Pinned},
		{"https://github.com/curie/harness", "0a0a0a0", exchange.Pinned},
		{"https://arxiv.org/abs/2403.13784v2", "", exchange.Pinned},
		{"https://zenodo.org/records/3490396", "", exchange.Pinned},
		{"doi:10.5281/zenodo.3490396", "", exchange.Pinned},
		{"swh:1:dir:" + hash, "", exchange.Pinned},
		{"https://github.com/curie/harness/tree/main", "", exchange.Floating},
		{"https://github.com/curie/harness/releases/latest", "", exchange.Floating},
		{"https://github.com/curie/harness", "HEAD", exchange.Floating},
		{"https://github.com/curie/harness/tree/" + hash, "main", exchange.Floating},
		{"https://github.com/curie/harness", "", exchange.Unpinned},
		{"https://arxiv.org/abs/2403.13784", "", exchange.Unpinned},
		{"https://github.com/curie/harness", "the good one", exchange.Unpinned},
		{"doi:10.1/x", "", exchange.Unpinned},
	} {
		if got := exchange.PinOf(c.where, c.version); got != c.want {
			t.Errorf("PinOf(%q, %q) = %s, want %s", c.where, c.version, got, c.want)
		}
	}
}

func FuzzCheckLink(f *testing.F) {
	f.Add("https://example.org/a?b=c#d")
	f.Add("https://a:b@example.org")
	f.Fuzz(func(t *testing.T, text string) {
		u, err := exchange.CheckLink(text)
		if err == nil && (u.User != nil || !strings.HasPrefix(u.Scheme, "http") || !strings.Contains(u.Hostname(), ".")) {
			t.Errorf("CheckLink(%q) = %v", text, u)
		}
	})
}
