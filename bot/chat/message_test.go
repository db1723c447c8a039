package chat

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func TestMessagesAreReadBackAsWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := genMessage(genLine()).Draw(t, "message")
		data, err := want.Encode()
		if err != nil {
			t.Fatalf("Encode(%+v) = %v, want no error", want, err)
		}
		var got Message
		if err := json.Unmarshal(data, &got); err != nil {
			t.Fatalf("Unmarshal(%s) = %v, want no error", data, err)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("Unmarshal(Encode(message)) (-want +got):\n%s", diff)
		}
	})
}

func TestRefsAreReadBackAsWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := genRef().Draw(t, "ref")
		if got, err := ParseRef(want.String()); err != nil || got != want {
			t.Errorf("ParseRef(%q) = %+v, %v, want %+v", want, got, err, want)
		}
	})
}

func TestForgedRefsAreRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", ":", ":id", "a b", "a:b c", "a/b:c", "a:ü", "a:\x00", "a:b\n", "ä:1", strings.Repeat("a", MaxRef+1), "a:" + strings.Repeat("b", MaxRef),
	} {
		if got, err := ParseRef(text); !errors.Is(err, ErrRef) || got != (Ref{}) {
			t.Errorf("ParseRef(%q) = %+v, %v, want ErrRef", text, got, err)
		}
	}
}

func TestRefThatCouldNotBeReadBackIsNotWritten(t *testing.T) {
	t.Parallel()
	for _, ref := range []Ref{{}, {Route: "a:b"}, {Route: "a b"}, {Route: "a", ID: strings.Repeat("b", MaxRef)}, {ID: "b"}} {
		if data, err := json.Marshal(Press{Ref: ref}); !errors.Is(err, ErrRef) {
			t.Errorf("Marshal(press of %+v) = %s, %v, want ErrRef", ref, data, err)
		}
	}
}

func TestRefErrorShowsNoMoreThanAReference(t *testing.T) {
	t.Parallel()
	_, err := ParseRef(strings.Repeat("a", 1e6))
	if len(err.Error()) > 2*MaxRef {
		t.Errorf("ParseRef(a million bytes) gives an error of %d bytes, want at most %d", len(err.Error()), 2*MaxRef)
	}
}

func TestNothingSavedCardIsValid(t *testing.T) {
	t.Parallel()
	if err := Unsaved().Validate(); err != nil {
		t.Errorf("Unsaved().Validate() = %v, want nil", err)
	}
	if diff := cmp.Diff(Unsaved(), Unsaved().Clip(), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("Unsaved().Clip() changes it (-want +got):\n%s", diff)
	}
}

func TestPauseIsNamedInTheError(t *testing.T) {
	t.Parallel()
	if got, want := (&RetryAfter{Wait: 3e9}).Error(), "asked to wait 3s"; got != want {
		t.Errorf("Error() = %q, want %q", got, want)
	}
}

func FuzzParseRef(f *testing.F) {
	f.Add("match.accept:p1")
	f.Add("a:")
	f.Add("a:b:c")
	f.Fuzz(func(t *testing.T, text string) {
		ref, err := ParseRef(text)
		if err != nil {
			return
		}
		if again, err := ParseRef(ref.String()); err != nil || again != ref {
			t.Errorf("ParseRef(%q) = %+v, which reads back as %+v, %v", text, ref, again, err)
		}
	})
}
