package chat

import (
	"testing"

	"pgregory.net/rapid"
)

func TestNearestForgivesTwoSlips(t *testing.T) {
	t.Parallel()
	names := []string{"help", "me", "match", "round", "report"}
	for _, test := range []struct {
		typed, want string
		ok          bool
	}{
		{"match", "match", true},
		{"MTACH", "match", true},
		{"mach", "match", true},
		{"roundd", "round", true},
		{"rond", "round", true},
		{"mxtcx", "match", true},
		{"mxxcx", "", false},
		{"hi", "", false},
		{"x", "", false},
		{"", "", false},
		{"mr", "me", true},
	} {
		if got, ok := nearest(test.typed, names); ok != test.ok || got != test.want {
			t.Errorf("nearest(%q) = %q, %v, want %q, %v", test.typed, got, ok, test.want, test.ok)
		}
	}
}

func TestDistanceIsSymmetricAndBounded(t *testing.T) {
	t.Parallel()
	letters := rapid.StringOfN(rapid.RuneFrom([]rune("abc")), 0, 6, -1)
	rapid.Check(t, func(t *rapid.T) {
		a, b := []rune(letters.Draw(t, "a")), []rune(letters.Draw(t, "b"))
		got := distance(a, b)
		if back := distance(b, a); back != got {
			t.Errorf("distance(%q, %q) = %d, the other way %d", string(a), string(b), got, back)
		}
		least, most := max(len(a), len(b))-min(len(a), len(b)), max(len(a), len(b))
		if got < least || got > most || (got == 0) != (string(a) == string(b)) {
			t.Errorf("distance(%q, %q) = %d, want %d to %d and 0 only for equals", string(a), string(b), got, least, most)
		}
	})
}
