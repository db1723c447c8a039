package exchange_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"interlab/bot/exchange"
)

// golden is the flow whose figures were worked out by hand: a and c are academic,
// b is of industry.
func golden() (exchange.Flow, []exchange.Member) {
	return exchange.Flow{{"a", "b"}: 3, {"b", "a"}: 1, {"a", "c"}: 2, {"b", "c"}: 1, {"c", "b"}: 1},
		[]exchange.Member{{Lab: "a", Sector: exchange.Academic}, {Lab: "b", Sector: exchange.Industry}, {Lab: "c", Sector: exchange.Academic}}
}

func TestFlowsAreToldByLabAndSector(t *testing.T) {
	t.Parallel()
	f, labs := golden()
	for what, c := range map[string]struct{ got, want int }{
		"total": {f.Total(), 8},
		"out a": {f.Out("a"), 5}, "out b": {f.Out("b"), 2}, "out c": {f.Out("c"), 1},
		"in a": {f.In("a"), 1}, "in b": {f.In("b"), 4}, "in c": {f.In("c"), 3},
		"academic to industry": {f.Between(labs, exchange.Academic, exchange.Industry), 4},
		"industry to academic": {f.Between(labs, exchange.Industry, exchange.Academic), 2},
		"of no lab":            {f.Out("d"), 0},
	} {
		if c.got != c.want {
			t.Errorf("%s = %d, want %d", what, c.got, c.want)
		}
	}
	for what, c := range map[string]struct {
		got  exchange.Ratio
		want float64
	}{
		"balance a": {f.Balance("a"), 0.6667}, "balance b": {f.Balance("b"), -0.3333}, "balance c": {f.Balance("c"), -0.5},
		"reciprocity, weighted": {f.Reciprocity(), 0.5}, "reciprocity by directions": {f.Mutual(), 0.8},
		"top one": {f.Top(1), 0.375}, "top three": {f.Top(3), 1}, "top of more than there are": {f.Top(9), 1},
	} {
		if v, ok := c.got.Value(); !ok || math.Abs(v-c.want) > 0.00005 {
			t.Errorf("%s = %v (%v), want %v", what, v, c.got, c.want)
		}
	}
	for what, r := range map[string]exchange.Ratio{
		"balance of a lab without goals": f.Balance("d"), "reciprocity of nothing": exchange.Flow{}.Reciprocity(),
		"directions of nothing": exchange.Flow{}.Mutual(), "top of nothing": exchange.Flow{}.Top(3),
	} {
		if got := r.String(); got != exchange.Dash {
			t.Errorf("%s = %q, want a dash", what, got)
		}
	}
}

func TestWhatIsGivenIsReceived(t *testing.T) {
	t.Parallel()
	labs := []string{"a", "b", "c", "d"}
	rapid.Check(t, func(t *rapid.T) {
		f := exchange.Flow{}
		for _, from := range labs {
			for _, to := range labs {
				if n := rapid.IntRange(0, 4).Draw(t, from+to); from != to && n > 0 {
					f[exchange.Way{From: from, To: to}] = n
				}
			}
		}
		out, in := 0, 0
		for _, lab := range labs {
			out, in = out+f.Out(lab), in+f.In(lab)
			if v, ok := f.Balance(lab).Value(); ok && (v < -1 || v > 1) {
				t.Fatalf("Balance(%s) = %v", lab, v)
			}
		}
		if out != f.Total() || in != f.Total() {
			t.Fatalf("given %d, received %d, in all %d", out, in, f.Total())
		}
		for what, r := range map[string]exchange.Ratio{"weighted": f.Reciprocity(), "directions": f.Mutual(), "top": f.Top(2)} {
			if v, ok := r.Value(); ok != (out > 0) || v < 0 || v > 1 {
				t.Fatalf("%s = %v of %v", what, r, f)
			}
		}
		if got := len(f.Ways()); got != len(f) {
			t.Fatalf("Ways() has %d, want %d", got, len(f))
		}
	})
}

func TestAttainmentIsFiftyAsExpected(t *testing.T) {
	t.Parallel()
	type level = exchange.Level
	for what, c := range map[string]struct {
		levels []level
		want   float64
	}{
		"as expected": {[]level{{0, 1}, {0, 1}, {0, 1}}, 50},
		"weighted":    {[]level{{1, 2}, {0, 1}, {-1, 1}}, 53.333},
		"much more":   {[]level{{2, 1}}, 70},
		"much less":   {[]level{{-2, 1}}, 30},
	} {
		if got, ok := exchange.Attainment(c.levels); !ok || math.Abs(got-c.want) > 0.0005 {
			t.Errorf("%s: Attainment(%v) = %v, want %v", what, c.levels, got, c.want)
		}
	}
	if got, ok := exchange.Attainment(nil); ok {
		t.Errorf("Attainment(nil) = %v, want none", got)
	}
}
