package exchange_test

import (
	"testing"

	"pgregory.net/rapid"

	"interlab/bot/exchange"
)

func TestNothingIsNeverZeroPercent(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		num, den int
		want     string
	}{
		{0, 0, "–"},
		{3, 0, "–"},
		{0, -1, "–"},
		{0, 4, "0 of 4 (0 %)"},
		{3, 4, "3 of 4 (75 %)"},
		{2, 3, "2 of 3 (67 %)"},
		{4, 4, "4 of 4 (100 %)"},
	} {
		r := exchange.Ratio{Num: c.num, Den: c.den}
		if got := r.String(); got != c.want {
			t.Errorf("%#v.String() = %q, want %q", r, got, c.want)
		}
		if _, ok := r.Value(); ok != (c.den > 0) {
			t.Errorf("%#v.Value() is there: %v", r, ok)
		}
	}
}

func TestSharesAddByTheirParts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 9)
		a, b := exchange.Ratio{Num: n.Draw(t, "a"), Den: n.Draw(t, "b")}, exchange.Ratio{Num: n.Draw(t, "c"), Den: n.Draw(t, "d")}
		if got := a.Add(b); got != b.Add(a) || got.Num != a.Num+b.Num || got.Den != a.Den+b.Den {
			t.Fatalf("%v.Add(%v) = %v", a, b, got)
		}
	})
}
