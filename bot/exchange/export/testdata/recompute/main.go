// Command recompute reads an export and computes its metrics again from its rows.
// It knows nothing of the program that wrote it: the definitions stand here once
// more, as a reader of the export would write them. It prints each figure that it
// computed, what differs from the metrics of the export, and how many it compared.
package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"
)

type export struct {
	Scope     string
	From, To  string
	Labs      []struct{ ID, Sector string }
	Exchanges []struct {
		ID, State, Visitor, Host, Start, Completion, Continues string
		VisitorLab                                             string `json:"visitor_lab"`
		HostLab                                                string `json:"host_lab"`
		PlannedFrom                                            string `json:"planned_from"`
		PlannedTo                                              string `json:"planned_to"`
		AgreedAt                                               string `json:"agreed_at"`
		EndedAt                                                string `json:"ended_at"`
		CompletedAt                                            string `json:"completed_at"`
		CancelledAt                                            string `json:"cancelled_at"`
		ClosedAt                                               string `json:"closed_at"`
		OneWay                                                 bool   `json:"one_way"`
	}
	Goals []struct {
		Exchange, From, To, State, Due string
		Helped                         bool
		FirstDue                       string `json:"first_due"`
		ClaimedAt                      string `json:"claimed_at"`
		VerifiedAt                     string `json:"verified_at"`
		SettledAt                      string `json:"settled_at"`
		BlockedBy                      string `json:"blocked_by"`
		BlockedSince                   string `json:"blocked_since"`
	}
	Blocked  []struct{ Obstacle, From, To string }
	Meetings []struct {
		Accepted string `json:"accepted_at"`
		Met      string `json:"met_at"`
		Over     string `json:"over_at"`
	}
	Evidence []struct {
		Exchange, Type, Openness, Holding, Appeared string
		Pack                                        int
		Open                                        bool
	}
	Slots []struct {
		Exchange, Profile, Slot, State string
		Pack                           int
		Required                       bool
	}
	Talks []struct {
		At                string
		Replies, Attended int
		Estimated         bool
		Linked            string `json:"linked_at"`
	}
	Tallies []struct {
		Metric, Part, What string
		Count              *float64
	}
	Metrics []struct {
		Metric, Part, Scope           string
		Numerator, Denominator, Value *float64
		TooFew                        bool `json:"too_few"`
	}
}

// figure is one that was computed; a share of nothing has no value, and one whose
// tallies are withheld has nothing.
type figure struct{ num, den, value float64 }

var withheld = figure{math.NaN(), math.NaN(), math.NaN()}

var (
	in       export
	from, to time.Time
	want     = map[string]figure{}
)

func at(text string) time.Time {
	for _, layout := range []string{time.RFC3339Nano, time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return t
		}
	}
	return time.Time{}
}

func past(text string) bool       { return text != "" && at(text).Before(to) }
func holds(text string) bool      { return past(text) && !at(text).Before(from) }
func days(a, b time.Time) float64 { return b.Sub(a).Hours() / 24 }

func count(name string, n int) { want[name] = figure{float64(n), 1, float64(n)} }
func share(name string, num, den int) {
	f := figure{float64(num), math.Max(0, float64(den)), math.NaN()}
	if den > 0 {
		f.value = float64(num) / float64(den)
	}
	want[name] = f
}

func median(v []float64) float64 {
	sort.Float64s(v)
	switch n := len(v); {
	case n == 0:
		return math.NaN()
	case n%2 == 0:
		return (v[n/2-1] + v[n/2]) / 2
	default:
		return v[n/2]
	}
}

func middle(name string, v []float64) {
	m := median(v)
	want[name] = figure{m, float64(len(v)), m}
}

func mean(name string, sum float64, n int) {
	want[name] = figure{sum, float64(n), sum / float64(n)}
}

func main() {
	if err := json.NewDecoder(os.Stdin).Decode(&in); err != nil {
		panic(err)
	}
	from, to = at(in.From), at(in.To)
	flows()
	goals()
	waits()
	leavings()
	models()
	courses()
	talks()
	answers()
	for _, name := range slices.Sorted(maps.Keys(want)) {
		fmt.Printf("%s = %s of %s, %s\n", name, number(want[name].num), number(want[name].den), number(want[name].value))
	}
	compare()
}

// number is a number as the export would have it; nothing where there is none.
func number(v float64) string {
	if math.IsNaN(v) {
		return "nothing"
	}
	return strconv.FormatFloat(v, 'g', 12, 64)
}

// compare prints what differs.
func compare() {
	seen := map[string]bool{}
	for _, m := range in.Metrics {
		name := strings.TrimSpace(m.Metric + " " + m.Part)
		w, ok := want[name]
		seen[name] = true
		same := func(got *float64, want float64) bool {
			if got == nil || math.IsNaN(want) {
				return got == nil && math.IsNaN(want)
			}
			return math.Abs(*got-want) < 1e-9
		}
		if !ok || !same(m.Value, w.value) || m.Value != nil && !same(m.Numerator, w.num) || !same(m.Denominator, w.den) || m.TooFew != math.IsNaN(w.den) {
			fmt.Printf("%s: computed %+v, and the export has %v of %v, %v\n", name, w, show(m.Numerator), show(m.Denominator), show(m.Value))
		}
	}
	for name, w := range want {
		if !seen[name] && w.num != 0 {
			fmt.Printf("%s: computed %+v, and the export has none\n", name, w)
		}
	}
	fmt.Printf("compared %d\n", len(in.Metrics))
}

func show(v *float64) string {
	if v == nil {
		return "nothing"
	}
	return fmt.Sprint(*v)
}
