package round

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// The hash of a round is kept with its plan, so a round of today must hash as it did
// when the plan was made: this one was written down.
func TestTheHashOfARoundStaysWhatItWas(t *testing.T) {
	t.Parallel()
	r := Round{
		People:  []Person{{ID: "b", Lab: "two"}, {ID: "a \"x\"", Away: 5, Waited: 2}},
		Pairs:   []Pair{{"b", "a \"x\"", 12}},
		Past:    []Past{{"b", "gone", 3}},
		Pins:    []Couple{{"b", "a \"x\""}},
		Forbids: []Couple{{"b", "c"}},
		Rules:   Rules{Slots: 2, Seed: 9},
	}
	const want = "ab36704cc5d660f5b15d7e6a696cee259ce38e51cc9759e7a9331429ce77959b"
	if got := r.hash(); got != want {
		t.Errorf("hash(%+v) = %s, want %s", r, got, want)
	}
}

func TestLinesAreSortedAndKeepTheirEnds(t *testing.T) {
	t.Parallel()
	var l lines
	for _, n := range []int64{70, 7, 12, 100} {
		l.add("pair", []string{"b", fmt.Sprint("a", n%2)}, n)
	}
	l.add("", nil)
	var got []string
	for _, line := range l.sorted() {
		got = append(got, string(line))
	}
	want := []string{"\n", "pair \"b\" \"a0\" 100\n", "pair \"b\" \"a0\" 12\n", "pair \"b\" \"a0\" 70\n", "pair \"b\" \"a1\" 7\n"}
	if !slices.Equal(got, want) {
		t.Errorf("sorted() = %q, want %q", strings.Join(got, ""), strings.Join(want, ""))
	}
}
