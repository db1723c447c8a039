package seal_test

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"pgregory.net/rapid"

	"interlab/bot/seal"
)

// line is a fresh key.
func line(t testing.TB, name string) string {
	t.Helper()
	l, err := seal.New(name, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func ring(t testing.TB, lines ...string) *seal.Ring {
	t.Helper()
	r, err := seal.Parse(strings.Join(lines, "\n"))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestWhatIsSealedOpensForItsPlaceOnly(t *testing.T) {
	t.Parallel()
	r := ring(t, line(t, "a"))
	rapid.Check(t, func(t *rapid.T) {
		place, text := rapid.String().Draw(t, "place"), rapid.SliceOf(rapid.Byte()).Draw(t, "text")
		sealed, err := r.Seal(place, text)
		if err != nil {
			t.Fatal(err)
		}
		if len(text) > 3 && bytes.Contains(sealed, text) {
			t.Error("the text can be read in what is sealed")
		}
		if got, err := r.Open(place, sealed); err != nil || !bytes.Equal(got, text) {
			t.Errorf("Open() = %q, %v; want %q", got, err, text)
		}
		if _, err := r.Open(place+"x", sealed); !errors.Is(err, seal.ErrSealed) {
			t.Errorf("Open() for another place = %v, want ErrSealed", err)
		}
		sealed[rapid.IntRange(0, len(sealed)-1).Draw(t, "at")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		if _, err := r.Open(place, sealed); !errors.Is(err, seal.ErrSealed) {
			t.Errorf("Open() of what was changed = %v, want ErrSealed", err)
		}
	})
}

func TestTheNewestKeySealsAndAllOfTheRingOpen(t *testing.T) {
	t.Parallel()
	old, fresh := line(t, "old"), line(t, "fresh")
	before, both, after := ring(t, old), ring(t, "# keys", "", fresh, old), ring(t, fresh)
	sealed, err := before.Seal("here", []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	if name, ok := seal.Under(sealed); name != "old" || !ok {
		t.Errorf("Under() = %q, %v; want old", name, ok)
	}
	if got, err := both.Open("here", sealed); err != nil || string(got) != "x" {
		t.Errorf("Open() with both keys = %q, %v", got, err)
	}
	if _, err := after.Open("here", sealed); !errors.Is(err, seal.ErrSealed) {
		t.Errorf("Open() without the key = %v, want ErrSealed", err)
	}
	again, err := both.Seal("here", []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	if name, _ := seal.Under(again); name != "fresh" {
		t.Errorf("Under() = %q, want fresh", name)
	}
	// A key of the same name with other bytes, or other bytes' name changed.
	if _, err := ring(t, line(t, "old")).Open("here", sealed); !errors.Is(err, seal.ErrSealed) {
		t.Errorf("Open() under another key of that name = %v, want ErrSealed", err)
	}
	renamed := bytes.Replace(sealed, []byte("old"), []byte("new"), 1)
	if _, err := ring(t, strings.Replace(old, "old", "new", 1)).Open("here", renamed); !errors.Is(err, seal.ErrSealed) {
		t.Errorf("Open() under another name = %v, want ErrSealed", err)
	}
}

func TestATokenCountsForItsPurposeUntilItsTime(t *testing.T) {
	t.Parallel()
	r := ring(t, line(t, "a"))
	now := time.Unix(1_800_000_000, 0)
	rapid.Check(t, func(t *rapid.T) {
		purpose, message := rapid.String().Draw(t, "purpose"), rapid.SliceOf(rapid.Byte()).Draw(t, "message")
		token, err := r.Sign(purpose, message, now.Add(time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Trim(token, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") != "" {
			t.Errorf("the token %q does not fit into an address", token)
		}
		if got, err := r.Verify(purpose, token, now.Add(time.Hour-time.Second)); err != nil || !bytes.Equal(got, message) {
			t.Errorf("Verify() = %q, %v; want %q", got, err, message)
		}
		changed := []byte(token)
		changed[rapid.IntRange(0, len(changed)-1).Draw(t, "at")] ^= 1 << rapid.IntRange(0, 6).Draw(t, "bit")
		for what, refused := range map[string]func() ([]byte, error){
			"of another purpose": func() ([]byte, error) { return r.Verify(purpose+"x", token, now) },
			"past its time":      func() ([]byte, error) { return r.Verify(purpose, token, now.Add(time.Hour)) },
			"changed":            func() ([]byte, error) { return r.Verify(purpose, string(changed), now) },
			"cut":                func() ([]byte, error) { return r.Verify(purpose, token[:len(token)-1], now) },
		} {
			if _, err := refused(); !errors.Is(err, seal.ErrSignature) {
				t.Errorf("Verify() of a token %s = %v, want ErrSignature", what, err)
			}
		}
	})
}

// What one purpose ends with may be how a message begins.
func TestPurposeAndMessageCannotChangePlaces(t *testing.T) {
	t.Parallel()
	r := ring(t, line(t, "a"))
	token, err := r.Sign("lab", []byte("x"), time.Unix(100, 0))
	if err != nil {
		t.Fatal(err)
	}
	for _, purpose := range []string{"la", "labx", "", "lab\x00"} {
		if _, err := r.Verify(purpose, token, time.Unix(0, 0)); !errors.Is(err, seal.ErrSignature) {
			t.Errorf("Verify(%q) = %v, want ErrSignature", purpose, err)
		}
	}
}

func TestARingWithoutKeysDoesNothing(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]*seal.Ring{"nil": nil, "zero": {}} {
		if _, err := r.Seal("x", nil); !errors.Is(err, seal.ErrNoKeys) {
			t.Errorf("%s: Seal() = %v, want ErrNoKeys", name, err)
		}
		if _, err := r.Sign("x", nil, time.Unix(100, 0)); !errors.Is(err, seal.ErrNoKeys) {
			t.Errorf("%s: Sign() = %v, want ErrNoKeys", name, err)
		}
		if _, err := r.Open("x", []byte("sealed:a:x")); !errors.Is(err, seal.ErrSealed) {
			t.Errorf("%s: Open() = %v, want ErrSealed", name, err)
		}
		if _, err := r.Verify("x", "a.b.c", time.Unix(0, 0)); !errors.Is(err, seal.ErrSignature) {
			t.Errorf("%s: Verify() = %v, want ErrSignature", name, err)
		}
		if names := r.Names(); len(names) != 0 {
			t.Errorf("%s: Names() = %v, want none", name, names)
		}
	}
}

func TestRingsThatAreRefusedNameTheLineAndNotTheKey(t *testing.T) {
	t.Parallel()
	good := line(t, "a")
	_, secret, _ := strings.Cut(good, ":")
	for text, want := range map[string]string{
		"":                          "no key is set",
		"# only words\n\n":          "no key is set",
		secret:                      "line 1 is not NAME:KEY, with a name of a-z, 0-9 and -",
		"A:" + secret:               "line 1 is not NAME:KEY, with a name of a-z, 0-9 and -",
		good + "\n" + good:          "line 2 has a name that an earlier line has",
		"\na:" + secret[:40]:        "line 2 has a key that is not 32 bytes in base64",
		"a:" + secret + secret:      "line 1 has a key that is not 32 bytes in base64",
		good + "\nb:!" + secret[1:]: "line 2 has a key that is not 32 bytes in base64",
	} {
		_, err := seal.Parse(text)
		if err == nil || err.Error() != want || strings.Contains(err.Error(), secret[:40]) {
			t.Errorf("Parse() = %v, want %q", err, want)
		}
	}
}

func TestARingShowsNamesAndNoKeys(t *testing.T) {
	t.Parallel()
	r := ring(t, line(t, "new"), line(t, "old"))
	type settings struct{ Keys *seal.Ring }
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
		if got := fmt.Sprintf(verb, r); got != "[keys: new, old]" {
			t.Errorf("%s of a ring is %q", verb, got)
		}
		if got := fmt.Sprintf(verb, settings{r}); strings.Contains(got, "key{") || len(got) > 80 {
			t.Errorf("%s of settings with a ring is %q", verb, got)
		}
	}
	if got, err := json.Marshal(r); err != nil || string(got) != "{}" { //nolint:staticcheck // that it tells nothing is what is tested
		t.Errorf("a ring as JSON is %s, %v", got, err)
	}
}

// No nonce comes twice: it would give away what two texts have in common.
func TestTheSameTextIsNeverSealedTheSameTwice(t *testing.T) {
	t.Parallel()
	r := ring(t, line(t, "a"))
	seen := map[string]bool{}
	for range 10_000 {
		sealed, err := r.Seal("place", []byte("the same text"))
		if err != nil {
			t.Fatal(err)
		}
		n := string(sealed[len("sealed:a:"):][:12]) // it stands before the text
		if seen[n] {
			t.Fatalf("the nonce %x comes twice", n)
		}
		seen[n] = true
	}
}

func TestAKeyIsMadeOfAllTheChanceItNeeds(t *testing.T) {
	t.Parallel()
	if one, two := line(t, "a"), line(t, "a"); one == two {
		t.Error("two keys are the same")
	}
	if _, err := seal.New("a", iotest.ErrReader(errors.New("dry"))); err == nil || err.Error() != "make a key: dry" {
		t.Errorf("New() without chance = %v", err)
	}
	if r, err := seal.Fresh("a", rand.Reader); err != nil || !slices.Equal(r.Names(), []string{"a"}) {
		t.Errorf("Fresh() = %v, %v; want a ring of one key", r, err)
	}
	if _, err := seal.Fresh("a", iotest.ErrReader(errors.New("dry"))); err == nil || err.Error() != "make a key: dry" {
		t.Errorf("Fresh() without chance = %v", err)
	}
	for _, name := range []string{"", "A", "a b", "a:b", strings.Repeat("a", 33), "-a"} {
		if _, err := seal.New(name, rand.Reader); err == nil {
			t.Errorf("New(%q) = nil, want it refused", name)
		}
	}
}

// The keys of what is fuzzed never change: a fuzzer has several processes, and
// what it kept is to open and to count in all of them, now and later.
const fuzzKeys = "a:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nb:AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

func FuzzOpen(f *testing.F) {
	r := ring(f, fuzzKeys)
	sealed, err := base64.StdEncoding.DecodeString("c2VhbGVkOmE6JeeTCQPWBdeKg9J7BBUlLjYQ2n8WCHE+AxrhwRFXL+qHyw==")
	if err != nil {
		f.Fatal(err)
	}
	if text, err := r.Open("here", sealed); err != nil || string(text) != "secret" {
		f.Fatalf("Open() of what was sealed before = %q, %v; want it to open for ever", text, err)
	}
	f.Add(sealed)
	f.Add([]byte("sealed:a:"))
	f.Add([]byte("sealed::"))
	f.Add([]byte("sealed:a"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if text, err := r.Open("here", data); err == nil && !bytes.Equal(data, sealed) {
			t.Errorf("Open(%q) = %q, and nobody sealed it", data, text)
		}
	})
}

func FuzzVerify(f *testing.F) {
	r := ring(f, fuzzKeys)
	now := time.Unix(1_800_000_000, 0)
	const token = "a.AAAAAGtJ4BBjdXJpZQ.moKMyakNY29zC8AXGGiNp7F1IUeBvHcmol-C9bLXWgM"
	if message, err := r.Verify("lab", token, now); err != nil || string(message) != "curie" {
		f.Fatalf("Verify() of what was signed before = %q, %v; want it to count until its time", message, err)
	}
	for _, seed := range []string{token, token[:len(token)-2], "a..", "a.b.c", "..", token + "\n", token + "=", "b" + token[1:]} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if message, err := r.Verify("lab", text, now); err == nil && text != token {
			t.Errorf("Verify(%q) = %q, and nobody signed it", text, message)
		}
	})
}

func BenchmarkSealAndOpen(b *testing.B) {
	r := ring(b, line(b, "a"))
	text := bytes.Repeat([]byte("x"), 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		sealed, err := r.Seal("here", text)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := r.Open("here", sealed); err != nil {
			b.Fatal(err)
		}
	}
}
