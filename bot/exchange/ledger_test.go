package exchange_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interlab/bot/exchange"
)

func TestScopesAreNamedInTables(t *testing.T) {
	t.Parallel()
	for want, s := range map[string]exchange.Scope{
		"network": {}, "lab:curie": {Lab: "curie"}, "person:ana": {Person: "ana"},
	} {
		if got := s.String(); got != want {
			t.Errorf("Scope%+v.String() = %q, want %q", s, got, want)
		}
	}
}

// What concerns a lab or a person, and nothing else.
func TestAScopeHasWhatItsPeopleAreIn(t *testing.T) {
	t.Parallel()
	l := exchange.Ledger{Labs: []exchange.Member{{Lab: "a"}, {Lab: "b"}, {Lab: "c"}}, Records: []exchange.Record{visit("ab", "a", "b", 0), visit("bc", "b", "c", 0)}}
	l.Records[1].Exchange.Terms.HostLead = exchange.Party{Person: "lead", Lab: "c"}
	for _, r := range l.Records {
		t := r.Exchange.Terms
		l.Meetings = append(l.Meetings, exchange.Meeting{Parties: [2]exchange.Party{t.Visitor, t.Host}, Accepted: on(0)})
		l.FollowUps = append(l.FollowUps, asked(r.ID, exchange.AskClose, t.Visitor.Person, 1, 1, "met"), asked(r.ID, exchange.AskClose, t.Host.Person, 1, 1, "met"))
	}
	l.Talks = []exchange.Talk{{Lab: "a"}, {Lab: "c"}}
	for _, c := range []struct {
		s                                exchange.Scope
		records, asked, meetings, talked int
	}{
		{exchange.Scope{}, 2, 4, 2, 2},
		{exchange.Scope{Lab: "a"}, 1, 2, 1, 1},
		{exchange.Scope{Lab: "b"}, 2, 4, 2, 0},
		{exchange.Scope{Person: "pb"}, 2, 2, 2, 0}, // only their own answers
		{exchange.Scope{Person: "lead"}, 1, 0, 0, 0},
		{exchange.Scope{Lab: "nowhere"}, 0, 0, 0, 0},
	} {
		in := l.Within(c.s)
		if len(in.Labs) != 3 || len(in.Records) != c.records || len(in.FollowUps) != c.asked || len(in.Meetings) != c.meetings || len(in.Talks) != c.talked {
			t.Errorf("Within(%s) has %d exchanges, %d questions, %d meetings, %d talks; want %+v", c.s, len(in.Records), len(in.FollowUps), len(in.Meetings), len(in.Talks), c)
		}
	}
}

// How an exchange and a goal came to their ends, as exports tell it.
func TestEndsHaveTheirMoments(t *testing.T) {
	t.Parallel()
	later := start().Add(time.Hour)
	off := scheduled(t)
	must(t, off.Cancel(bo(), later))
	if got := off.CalledOff(); !got.Equal(later) {
		t.Errorf("CalledOff() = %s, want %s", got, later)
	}
	if got := off.SettledAt(off.Goals[0]); !got.Equal(later) || off.Goals[0].State != exchange.GoalDropped {
		t.Errorf("SettledAt of a goal that was called off = %s, want %s", got, later)
	}
	e := active(t)
	must(t, e.Claim(1, ana(), start()))
	must(t, e.Verify(1, bo(), exchange.Alone, later))
	must(t, e.Miss(2, bo(), "No time was left", later))
	for n, want := range map[int]time.Time{1: start(), 2: later} { // a slow receiver makes no giver late
		g, _ := e.Goal(n)
		if got := e.SettledAt(g); !got.Equal(want) {
			t.Errorf("SettledAt(goal %d, %s) = %s, want %s", n, g.State, got, want)
		}
	}
	if !e.CalledOff().IsZero() || !e.ClosedAt().IsZero() {
		t.Errorf("an exchange that goes on was called off at %s and closed at %s", e.CalledOff(), e.ClosedAt())
	}
	must(t, e.End(start()))
	must(t, e.Settle(start()))
	must(t, e.Shut(later))
	if got := e.ClosedAt(); !got.Equal(later) {
		t.Errorf("ClosedAt() = %s, want %s", got, later)
	}
}

// Who answered of those who were asked, as reports in chat show it.
func TestTheRateIsOfAllStages(t *testing.T) {
	t.Parallel()
	l := followed(theTwo(), 8, "a", "b", 100)
	if got, want := l.Rate(ever()), (exchange.Rate{Asked: 16, Own: 14, Second: 1, People: 8}); got != want {
		t.Errorf("Rate() = %+v, want %+v", got, want)
	}
	if got := l.Rate(year(2028)); got != (exchange.Rate{}) {
		t.Errorf("Rate(a year of nothing) = %+v, want nothing", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		l := drawAnswers(t)
		r := l.Rate(ever())
		var sum exchange.Rate
		for n := 2027; n < 2031; n++ {
			of := l.Rate(year(n))
			sum.Asked, sum.Own, sum.Second = sum.Asked+of.Asked, sum.Own+of.Own, sum.Second+of.Second
		}
		if sum.People = r.People; sum != r || r.Own+r.Second > r.Asked {
			t.Fatalf("Rate() = %+v of all time, and the years make %+v", r, sum)
		}
	})
}

// In whatever order a ledger was read, its figures are the same to the last bit.
func TestFiguresDoNotDependOnTheOrderOfALedger(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		l := drawAnswers(t)
		for i := range l.Records {
			e := l.Records[i].Exchange
			e.Completed, e.Ended = on(rapid.IntRange(0, 900).Draw(t, "completed")), on(900)
			from := on(rapid.IntRange(0, 300).Draw(t, "blocked")).Add(time.Duration(rapid.IntRange(0, 1e9).Draw(t, "for")) * time.Microsecond)
			l.Records[i].Blocked = []exchange.Spell{{Goal: 1, Obstacle: exchange.NeedsData, From: from, To: from.Add(time.Duration(i+1) * time.Minute)}}
			if i%2 == 0 {
				e.Goals[0].Outcome = exchange.WithHelp
				e.Goals = append(e.Goals, exchange.Goal{Pledge: exchange.Pledge{N: 2}, State: exchange.GoalMissed})
			}
		}
		other := l
		other.Records = rapid.Permutation(l.Records).Draw(t, "exchanges")
		other.FollowUps = rapid.Permutation(l.FollowUps).Draw(t, "questions")
		other.Labs = slices.Clone(l.Labs)
		slices.Reverse(other.Labs)
		for _, p := range []exchange.Period{ever(), year(2027)} {
			if diff := cmp.Diff(l.Told(p, exchange.Scope{}), other.Told(p, exchange.Scope{})); diff != "" {
				t.Fatalf("figures depend on the order (-one +other):\n%s", diff)
			}
		}
	})
}
