package export_test

import (
	"bytes"
	"fmt"
	"math"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interlab/bot/exchange"
	"interlab/calendar"
)

// drawn lets rapid choose what happens in a world.
type drawn struct{ t *rapid.T }

func (d drawn) IntN(n int) int { return rapid.IntRange(0, n-1).Draw(d.t, "of") }

func (d drawn) Perm(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return rapid.Permutation(all).Draw(d.t, "order")
}

// spans are the periods of which figures are compared: all time, years, a quarter,
// and one that begins and ends on any day.
func spans(w *world) []exchange.Period {
	day := func(year int, month time.Month) time.Time { return time.Date(year, month, 1, 0, 0, 0, 0, time.UTC) }
	return []exchange.Period{
		{To: on(500)},
		{From: day(2026, 1), To: day(2027, 1)},
		{From: day(2027, 1), To: day(2028, 1)},
		{From: day(2026, 4), To: day(2026, 7)},
		{From: on(w.IntN(60)), To: on(100 + w.IntN(200))},
	}
}

// Each figure of a random world, M1 to M26, is the same three times: as the program
// computes it, as it is counted here from the world itself, and as a program that
// knows only the JSON computes it from that. Where one of them is withheld, since
// too few people are behind it or another file would give it away, all three have
// nothing.
func TestEveryFigureIsTheSameThreeTimes(t *testing.T) {
	t.Parallel()
	program := filepath.Join(t.TempDir(), "recompute")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, "./testdata/recompute").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v: %s", err, out)
	}
	seen, shown, hidden := map[string]bool{}, map[string]int{}, map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		w := &world{chance: drawn{rt}}
		b := w.book(rapid.SampledFrom([]int{0, 3, 20, 40, 45}).Draw(rt, "exchanges"))
		part := rapid.SampledFrom([]exchange.Scope{{Lab: "lab1"}, {Person: "v1"}, {Person: "h1"}}).Draw(rt, "scope")
		for _, b.Period = range spans(w) {
			for _, b.Scope = range []exchange.Scope{{}, part} {
				data, err := b.JSON()
				if err != nil {
					rt.Fatal(err)
				}
				run := exec.CommandContext(t.Context(), program)
				run.Stdin = bytes.NewReader(data)
				out, err := run.CombinedOutput()
				if err != nil || strings.Contains(string(out), ": computed ") {
					rt.Fatalf("%s of %v is recomputed otherwise (%v): %s", b.Scope, b.Period, err, out)
				}
				counted, again := directly(b.Ledger, b.Period, b.Scope), figuresIn(string(out))
				for _, m := range b.Ledger.Told(b.Period, b.Scope).Measures {
					name := strings.TrimSpace(m.Metric + " " + m.Part)
					program := figure{m.Num, m.Den, m.Value, m.Few}
					if !m.Known {
						program.num, program.value = 0, math.NaN()
					}
					if !same(counted[name], program) || !same(again[name], program) {
						rt.Fatalf("%s of %s in %v: the program has %v, counted are %v, and recomputed %v", name, b.Scope, b.Period, program, counted[name], again[name])
					}
					seen[m.Metric] = true
					if m.Few {
						hidden[m.Metric]++
					} else if m.Known && m.People > 0 {
						shown[m.Metric]++
					}
					delete(counted, name)
					delete(again, name)
				}
				for _, left := range []map[string]figure{counted, again} {
					for name, f := range left {
						if f.num != 0 {
							rt.Fatalf("%s of %s in %v is %v, and the program has none", name, b.Scope, b.Period, f)
						}
					}
				}
			}
		}
	})
	if len(seen) != 26 {
		t.Errorf("%d metrics were compared, want 26: %v", len(seen), seen)
	}
	for _, metric := range []string{"M15", "M16", "M21", "M22"} {
		if shown[metric] == 0 || hidden[metric] == 0 {
			t.Errorf("%s, which rests on people, was shown %d times and withheld %d times; want both", metric, shown[metric], hidden[metric])
		}
	}
}

// figure is one as it was counted. One of nothing has no value; one that is
// withheld has nothing.
type figure struct {
	num, den, value float64
	few             bool
}

func same(a, b figure) bool {
	near := func(x, y float64) bool {
		return math.IsNaN(x) && math.IsNaN(y) || math.Abs(x-y) <= 1e-9*math.Max(1, math.Abs(x))
	}
	if a.few || b.few {
		return a.few && b.few && a.num == 0 && b.num == 0
	}
	return near(a.den, b.den) && near(a.value, b.value) && (math.IsNaN(a.value) || near(a.num, b.num))
}

// figuresIn reads what the program prints: "M4 = 3 of 5, 0.6".
func figuresIn(out string) map[string]figure {
	all := map[string]figure{}
	for line := range strings.Lines(out) {
		name, rest, ok := strings.Cut(strings.TrimSpace(line), " = ")
		var num, den, value string
		if n, _ := fmt.Sscanf(strings.NewReplacer(" of ", " ", ",", "").Replace(rest), "%s %s %s", &num, &den, &value); !ok || n != 3 {
			continue
		}
		number := func(text string) float64 {
			if v, err := strconv.ParseFloat(text, 64); err == nil {
				return v
			}
			return math.NaN()
		}
		f := figure{num: number(num), den: number(den), value: number(value)}
		if f.few = den == "nothing"; f.few || value == "nothing" {
			f.num = 0
		}
		all[name] = f
	}
	return all
}

// direct counts figures from a world in the plainest way.
type direct struct {
	exchange.Ledger
	p   exchange.Period
	s   exchange.Scope
	got map[string]figure
}

// directly counts all figures of a scope and a period.
func directly(whole exchange.Ledger, p exchange.Period, s exchange.Scope) map[string]figure {
	d := direct{Ledger: scoped(whole, s), p: p, s: s, got: map[string]figure{}}
	d.flow()
	d.states()
	d.punctual()
	d.attained()
	d.waits()
	d.leavings()
	d.models()
	d.answered()
	d.talked()
	d.courses()
	d.again()
	d.blocked()
	return d.got
}

// scoped is what of a world has a lab or a person in it.
func scoped(whole exchange.Ledger, s exchange.Scope) exchange.Ledger {
	if s == (exchange.Scope{}) {
		return whole
	}
	l := exchange.Ledger{Labs: whole.Labs}
	is := func(p exchange.Party) bool { return p.Lab == s.Lab || p.Person == s.Person }
	in := map[string]bool{}
	for _, r := range whole.Records {
		if is(r.Exchange.Terms.Visitor) || is(r.Exchange.Terms.Host) {
			l.Records, in[r.ID] = append(l.Records, r), true
		}
	}
	for _, f := range whole.FollowUps {
		if in[f.Exchange] && (s.Person == "" || f.Person == s.Person) {
			l.FollowUps = append(l.FollowUps, f)
		}
	}
	for _, m := range whole.Meetings {
		if is(m.Parties[0]) || is(m.Parties[1]) {
			l.Meetings = append(l.Meetings, m)
		}
	}
	for _, t := range whole.Talks {
		if t.Lab == s.Lab && s.Person == "" {
			l.Talks = append(l.Talks, t)
		}
	}
	return l
}

func (d direct) past(at time.Time) bool { return !at.IsZero() && at.Before(d.p.To) }
func (d direct) in(at time.Time) bool   { return d.past(at) && !at.Before(d.p.From) }
func (d direct) inDay(day calendar.Date) bool {
	return !day.IsZero() && d.in(midnight(day))
}

func midnight(d calendar.Date) time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
}

func (d direct) count(name string, n int) { d.got[name] = figure{float64(n), 1, float64(n), false} }

func (d direct) share(name string, num, den int) {
	f := figure{num: float64(num), den: float64(den), value: math.NaN()}
	if den > 0 {
		f.value = f.num / f.den
	}
	d.got[name] = f
}

// mean is a mean of n values, or their median.
func (d direct) mean(name string, num, value float64, n int) {
	if n == 0 {
		num, value = 0, math.NaN()
	}
	d.got[name] = figure{num: num, den: float64(n), value: value}
}
