package exchange_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"interlab/bot/exchange"
	"interlab/calendar"
)

// deed is something that somebody tries to do to an exchange.
type deed struct {
	name string
	do   func() error
}

// scene is what a deed is made of: who, which goal, which version, which day.
type scene struct {
	by      exchange.Party
	n       int
	version int
	on      calendar.Date
	now     time.Time
}

// drawn is a scene of chance: parties, leads, nobody, and one who has left.
func drawn(rt *rapid.T, e *exchange.Exchange, now time.Time) scene {
	versions := []int{max(0, e.Version-1), e.Version, e.Last}
	return scene{
		by:      rapid.SampledFrom([]exchange.Party{ana(), bo(), ana(), bo(), cy(), di(), eve(), {Person: "bo", Lab: "hopper"}, {Person: "fay", Lab: "curie"}}).Draw(rt, "by"),
		n:       rapid.IntRange(0, 4).Draw(rt, "goal"),
		version: rapid.SampledFrom(versions).Draw(rt, "version"),
		on:      day(rapid.SampledFrom([]string{"2026-12-01", "2027-01-11", "2027-01-20"}).Draw(rt, "today")),
		now:     now,
	}
}

// deeds are all that can be tried by people on terms and days.
func deeds(rt *rapid.T, e *exchange.Exchange, s scene) []deed {
	return []deed{
		{"agree", func() error { return e.Agree(s.by, s.version, s.on, s.now) }},
		{"agree", func() error { return e.Agree(s.by, e.Last, s.on, s.now) }},
		{"change", func() error { return e.Change(s.by, s.version, changed(rt, e.Terms), s.on, s.now) }},
		{"refuse", func() error { return e.Refuse(s.by, s.version) }},
		{"decline", func() error { return e.Decline(s.by, s.now) }},
		{"object", func() error { return e.Object(s.by, "We cannot spare them", s.now) }},
		{"cancel", func() error { return e.Cancel(s.by, s.now) }},
		{"start", func() error { return e.ConfirmStart(s.by, first(), s.on, s.now) }},
		{"start", func() error { return e.ConfirmStart(ana(), first(), day("2027-01-20"), s.now) }},
		{"dispute", func() error { return e.Dispute(s.by, s.now) }},
		{"pause", func() error { return e.Pause(s.by, s.on.AddDays(20), s.n%2 == 0, s.on, s.now) }},
		{"resume", func() error { return e.Resume(s.by, s.on.AddDays(9), s.now) }},
		{"finish", func() error { return e.Finish(s.by, s.now) }},
		{"end now", func() error { return e.EndNow(s.by, s.now) }},
		{"look", func() error { return e.Look(s.by, exchange.PlanStands, s.now) }},
		{"hand over", func() error { return e.HandOver(s.by, "In the repository", exchange.AccessGone, s.on, s.now) }},
		{"take over", func() error { return e.TakeOver(s.by, s.now) }},
		{"reopen", func() error { return e.Reopen("olga", "One more result came", s.now) }},
		{"renew", func() error { return e.Renew(s.by, s.now) }},
		{"vacate", func() error { return e.Vacate(rapid.SampledFrom(exchange.Seats()).Draw(rt, "seat"), s.now) }},
		{"fill", func() error { return e.Fill(rapid.SampledFrom(exchange.Seats()).Draw(rt, "seat"), s.by, s.now) }},
	}
}

// works are all that can be tried on goals, and what the clock does.
func works(e *exchange.Exchange, s scene) []deed {
	return []deed{
		{"tell", func() error { return e.Tell(s.n, s.by, exchange.Blocked, exchange.NeedsCompute, s.now) }},
		{"claim", func() error { return e.Claim(s.n, s.by, s.now) }},
		{"claim", func() error { return e.Claim(s.n, ana(), s.now) }},
		{"claim nothing", func() error { return e.ClaimNegative(s.n, s.by, "It does not work", s.now) }},
		{"verify", func() error { return e.Verify(s.n, s.by, exchange.WithHelp, s.now) }},
		{"verify", func() error { return e.Verify(s.n, bo(), exchange.Alone, s.now) }},
		{"doubt", func() error { return e.Doubt(s.n, s.by, s.now) }},
		{"miss", func() error { return e.Miss(s.n, s.by, "No time was left", s.now) }},
		{"carry", func() error { return e.Carry(s.n, s.by, "Bo goes on", s.now) }},
		{"lapse", func() error { return e.Lapse(s.now) }},
		{"forget", e.ForgetNext},
		{"stand", func() error { return e.Stand(s.now) }},
		{"give up", func() error { return e.GiveUp(s.now) }},
		{"lapse pause", func() error { return e.LapsePause(s.now) }},
		{"end", func() error { return e.End(s.now) }},
		{"settle", func() error { return e.Settle(s.now) }},
		{"shut", func() error { return e.Shut(s.now) }},
	}
}

// changed are other terms, good or bad.
func changed(rt *rapid.T, terms exchange.Terms) exchange.Terms {
	terms.Goals = slices.Clone(terms.Goals)
	switch rapid.IntRange(0, 7).Draw(rt, "change") {
	case 0:
		terms.Visitor, terms.Host, terms.HomeLead, terms.HostLead = terms.Host, terms.Visitor, terms.HostLead, terms.HomeLead
	case 1:
		terms.To = terms.To.AddDays(rapid.IntRange(-60, 60).Draw(rt, "days"))
	case 2:
		terms.Goals = terms.Goals[1:]
	case 3:
		terms.Goals = append(terms.Goals, exchange.Pledge{Giver: "curie", Receiver: "noether", Text: "One more", Due: terms.To})
	case 4:
		if len(terms.Goals) > 0 {
			terms.Goals[0].Text = ""
		}
	case 5:
		terms.Host = eve()
	case 6:
		terms.OneWay = "Noether has nothing to learn from this visit"
	case 7:
		terms.To = terms.To.AddDays(3)
	}
	return terms
}

// Whatever people and the clock try in whatever order, the rules hold at every
// step, and what is refused changes nothing.
func TestTheRulesHoldInEveryHistory(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		e := begun(t, rt)
		var baseline *exchange.Terms
		if e.Baseline != nil {
			baseline = decoded(rt, encoded(rt, e)).Baseline
		}
		for i := range rapid.IntRange(1, 60).Draw(rt, "length") {
			before, steps := encoded(rt, e), slices.Clone(e.Steps)
			s := drawn(rt, e, start().Add(time.Duration(i)*time.Hour))
			tried := rapid.SampledFrom(slices.Concat(deeds(rt, e, s), works(e, s))).Draw(rt, "deed")
			err := tried.do()
			var refusal *exchange.Refusal
			if err != nil && (!errors.As(err, &refusal) || encoded(rt, e) != before) {
				rt.Fatalf("%s = %v and changed the exchange", tried.name, err)
			}
			if len(e.Steps) < len(steps) || !slices.Equal(steps, e.Steps[:len(steps)]) {
				rt.Fatalf("%s rewrote the steps %v as %v", tried.name, steps, e.Steps)
			}
			if baseline == nil && e.Baseline != nil {
				baseline = decoded(rt, encoded(rt, e)).Baseline
			}
			if diff := cmp.Diff(baseline, e.Baseline, cmpopts.EquateComparable(calendar.Date{})); diff != "" {
				rt.Fatalf("%s changed the baseline:\n%s", tried.name, diff)
			}
			holds(rt, e)
		}
	})
}

// begun is an exchange that came some way, so that histories get everywhere.
func begun(t *testing.T, rt *rapid.T) *exchange.Exchange {
	terms := rapid.SampledFrom([]exchange.Terms{plan(), led(), short()}).Draw(rt, "terms")
	switch rapid.IntRange(0, 3).Draw(rt, "came as far as") {
	case 0:
		e, err := exchange.Propose(terms, ana(), today(), start())
		must(t, err)
		return e
	case 1:
		return between(t, terms)
	}
	e := between(t, terms)
	must(t, e.ConfirmStart(bo(), first(), first(), start()))
	if rapid.Bool().Draw(rt, "worked on") {
		must(t, e.Claim(1, ana(), start()))
		must(t, e.Verify(1, bo(), exchange.Alone, start()))
		must(t, e.Claim(2, bo(), start()))
		must(t, e.HandOver(ana(), "There", exchange.AccessNone, first(), start()))
	}
	return e
}

// What is refused the second time was done the first time: two taps on one
// button are one event.
func TestASecondTapChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		e, err := exchange.Propose(led(), ana(), today(), start())
		if err != nil {
			rt.Fatal(err)
		}
		repeatable := []string{"change", "tell", "look", "hand over", "renew"}
		for i := range rapid.IntRange(1, 40).Draw(rt, "length") {
			s := drawn(rt, e, start().Add(time.Duration(i)*time.Hour))
			s.version = e.Last
			all := slices.Concat(deeds(rt, e, s), works(e, s))
			tried := rapid.SampledFrom(all).Draw(rt, "deed")
			if slices.Contains(repeatable, tried.name) {
				continue
			}
			if err := tried.do(); err != nil {
				continue
			}
			after := encoded(rt, e)
			if err := tried.do(); err == nil && tried.name != "fill" && tried.name != "vacate" {
				rt.Fatalf("%s was done twice in %s", tried.name, e.State)
			} else if err != nil && encoded(rt, e) != after {
				rt.Fatalf("%s = %v the second time and changed the exchange", tried.name, err)
			}
		}
	})
}

// holds checks what is true of every exchange at every moment.
func holds(rt *rapid.T, e *exchange.Exchange) {
	if e.State.Binding() {
		signatures(rt, e)
		gate(rt, e)
	}
	for seat := range e.Vacant {
		if e.Party(seat) == (exchange.Party{}) {
			rt.Fatalf("the %s is vacant, and nobody ever sat there", seat)
		}
	}
	for _, seat := range []exchange.Seat{exchange.Visitor, exchange.HomeLead} {
		for _, across := range []exchange.Seat{exchange.Host, exchange.HostLead} {
			if p := e.Party(seat).Person; p != "" && p == e.Party(across).Person {
				rt.Fatalf("%s sits on both sides", p)
			}
		}
	}
	goalsHold(rt, e)
	if got := replayed(rt, e.Steps); got != e.State {
		rt.Fatalf("the steps lead to %s, and the exchange is %s", got, e.State)
	}
	if diff := cmp.Diff(encoded(rt, e), encoded(rt, decoded(rt, encoded(rt, e)))); diff != "" {
		rt.Fatalf("read back it is another one:\n%s", diff)
	}
}

// signatures checks that everybody who must has signed one hash, and that these
// are at least two people.
func signatures(rt *rapid.T, e *exchange.Exchange) {
	people := map[string]bool{}
	for _, seat := range exchange.Seats() {
		sig, signed := e.Signed[seat]
		must := e.Party(seat) != (exchange.Party{}) && (e.Terms.Kind.LeadsSign() || !seat.IsLead())
		if must && !signed || signed && (sig.Hash != e.Terms.Hash() || sig.Person != e.Party(seat).Person) {
			rt.Fatalf("%s, and the %s signed %+v", e.State, seat, sig)
		}
		if signed {
			people[sig.Person] = true
		}
	}
	if len(people) < 2 {
		rt.Fatalf("%s, and only %v signed", e.State, people)
	}
}

// gate checks that what is agreed goes both ways, or that both leads agreed to
// the contrary, and that the figures are sound.
func gate(rt *rapid.T, e *exchange.Exchange) {
	for _, way := range e.Terms.Ways() {
		n := 0
		for _, p := range e.Terms.Goals {
			if p.Way() == way {
				n++
			}
		}
		exempt := e.Terms.OneWay != "" && e.Signed[exchange.HomeLead].Hash == e.Terms.Hash() && e.Signed[exchange.HostLead].Hash == e.Terms.Hash()
		if n < e.Terms.Kind.Least() && !exempt || n > exchange.MaxGoals {
			rt.Fatalf("%s with %d goals from %s to %s", e.State, n, way.From, way.To)
		}
	}
	planned := 0
	for way, f := range e.Figures(day("2027-02-10")) {
		if f.Verified > f.Claimed || f.Claimed+f.Dropped+f.Missed+f.Carried > f.Planned || f.Helped+f.Negative > f.Verified ||
			f.OnFirst > f.Passed || f.OnDue > f.Passed || way.From == way.To {
			rt.Fatalf("figures of %v = %+v", way, f)
		}
		planned += f.Planned
	}
	if planned != len(e.Goals) {
		rt.Fatalf("%s with %d of %d goals counted", e.State, planned, len(e.Goals))
	}
}

// goalsHold checks who said what of the goals.
func goalsHold(rt *rapid.T, e *exchange.Exchange) {
	seen := map[int]bool{}
	for _, g := range e.Goals {
		claimed := g.State == exchange.GoalClaimed || g.State == exchange.GoalVerified
		if g.State != exchange.GoalDropped && (claimed != (g.Claimed != nil) || (g.State == exchange.GoalVerified) != (g.Verified != nil)) || seen[g.N] {
			rt.Fatalf("goal %+v does not say who said so, or its number is taken", g)
		}
		seen[g.N] = true
		if g.Verified != nil && (g.Verified.By == g.Claimed.By || !across(e, g)) {
			rt.Fatalf("goal %+v was verified by %s", g, g.Verified.By)
		}
		if e.Completion == exchange.Full && !g.Settled() {
			rt.Fatalf("completed in full with the open goal %+v", g)
		}
		if e.State.Final() && e.State != exchange.Closed && !g.Settled() && e.Figures(today()) != nil && len(e.Figures(today())) > 0 {
			rt.Fatalf("%s with the open goal %+v", e.State, g)
		}
	}
}

// across reports whether whoever verified a goal sits, or sat, on the receiving side.
func across(e *exchange.Exchange, g exchange.Goal) bool {
	for _, seat := range exchange.Seats() {
		if seat.Side() != e.Receiver(g.Pledge) {
			continue
		}
		if e.Party(seat).Person == g.Verified.By {
			return true
		}
		for _, left := range e.Left {
			if left.Seat == seat && left.Party.Person == g.Verified.By {
				return true
			}
		}
	}
	return false
}

// replayed is the state that the steps lead to by the table alone.
func replayed(rt *rapid.T, steps []exchange.Step) exchange.State {
	state := exchange.Draft
	for _, step := range steps {
		i := slices.IndexFunc(exchange.Moves(), func(m exchange.Move) bool { return m.ID == step.Move && m.From == state })
		if i < 0 {
			rt.Fatalf("step %s is no move of %s", step.Move, state)
		}
		state = exchange.Moves()[i].To
	}
	return state
}

func encoded(rt *rapid.T, e *exchange.Exchange) string {
	data, err := json.Marshal(e)
	if err != nil {
		rt.Fatal(err)
	}
	return string(data)
}

func decoded(rt *rapid.T, text string) *exchange.Exchange {
	var e exchange.Exchange
	if err := json.Unmarshal([]byte(text), &e); err != nil {
		rt.Fatal(err)
	}
	return &e
}
