package exchange_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"interlab/bot/exchange"
)

// ids are the moves that an exchange made.
func ids(e *exchange.Exchange) []string {
	var moves []string
	for _, step := range e.Steps {
		moves = append(moves, step.Move)
	}
	return moves
}

func TestBothSignTheSameTerms(t *testing.T) {
	t.Parallel()
	e := scheduled(t)
	if e.State != exchange.Scheduled {
		t.Errorf("state after both signed = %s, want scheduled", e.State)
	}
	if diff := cmp.Diff([]string{"T01", "T04", "T09", "T10", "T13"}, ids(e)); diff != "" {
		t.Errorf("moves (-want +got):\n%s", diff)
	}
	for _, seat := range []exchange.Seat{exchange.Visitor, exchange.Host} {
		if got := e.Signed[seat]; got.Hash != e.Terms.Hash() || got.Version != 1 {
			t.Errorf("the %s signed %+v, want the hash of version 1", seat, got)
		}
	}
}

func TestChangedTermsHaveNoSignatureButTheirAuthors(t *testing.T) {
	t.Parallel()
	e := proposed(t)
	next := e.Terms
	next.To = day("2027-03-05")
	must(t, e.Change(bo(), 1, next, today(), start()))
	if waits := e.Waiting(); !slices.Equal(waits, []exchange.Seat{exchange.Visitor}) || e.Version != 2 || len(e.Signed) != 1 {
		t.Errorf("after a change %v are waited for, version %d, %d signatures; want the visitor, 2, 1", waits, e.Version, len(e.Signed))
	}
	if e.Was == nil || e.Was.To != plan().To {
		t.Errorf("Was = %v, want the terms as ana had signed them", e.Was)
	}
	refuses(t, "Agree(an older version)", e.Agree(ana(), 1, today(), start()), exchange.Superseded)
	refuses(t, "Change(an older version)", e.Change(ana(), 1, next, today(), start()), exchange.Superseded)
	refuses(t, "Agree(one's own terms)", e.Agree(bo(), 2, today(), start()), exchange.Twice)
	must(t, e.Agree(ana(), 2, today(), start()))
	if e.State != exchange.Scheduled {
		t.Errorf("state = %s, want scheduled", e.State)
	}
	refuses(t, "Agree(again)", e.Agree(ana(), 2, today(), start()), exchange.NotNow)
}

func TestTheBaselineStaysWhenAgreedTermsAreChanged(t *testing.T) {
	t.Parallel()
	e := scheduled(t)
	next := e.Terms
	next.Goals = append(next.Goals[:1:1], next.Goals[1], exchange.Pledge{Giver: "curie", Receiver: "noether", Text: "More", Due: next.To})
	next.Goals[0].Text = "Other words"
	must(t, e.Change(ana(), 1, next, today(), start()))
	if e.State != exchange.Negotiating || len(e.Figures(today())) != 0 {
		t.Errorf("opened again: state %s, figures %v; want negotiating and none", e.State, e.Figures(today()))
	}
	must(t, e.Agree(bo(), 2, today(), start()))
	if got := e.Baseline.Goals; len(got) != 2 || got[0].Text != "Noether can run our tests" {
		t.Errorf("baseline = %v, want the two goals as first agreed", got)
	}
	if g, ok := e.Goal(3); !ok || g.Text != "More" {
		t.Errorf("Goal(3) = %v, %t; want the new goal by the next number", g, ok)
	}
}

func TestTheTwoMayChangePlaces(t *testing.T) {
	t.Parallel()
	e := proposed(t)
	next := e.Terms
	next.Visitor, next.Host = next.Host, next.Visitor
	must(t, e.Change(ana(), 1, next, today(), start()))
	if seat, err := e.Seat(ana()); err != nil || seat != exchange.Host || e.Proposer != exchange.Host {
		t.Errorf("Seat(ana) = %s, %v, proposer %s; want the host, who proposed", seat, err, e.Proposer)
	}
	next.Host = eve()
	refuses(t, "Change(to somebody else)", e.Change(ana(), 2, next, today(), start()), exchange.NotYours)
	must(t, e.Agree(bo(), 2, today(), start()))
}

func TestOthersAndThoseWhoLeftCannotSign(t *testing.T) {
	t.Parallel()
	e := proposed(t)
	moved := exchange.Party{Person: "bo", Lab: "hopper"}
	for what, err := range map[string]error{
		"Agree":   e.Agree(moved, 1, today(), start()),
		"Change":  e.Change(moved, 1, plan(), today(), start()),
		"Decline": e.Decline(moved, start()),
		"Cancel":  e.Cancel(moved, start()),
		"EndNow":  e.EndNow(moved, start()),
	} {
		refuses(t, what+" by somebody who left", err, exchange.Moved)
	}
	refuses(t, "Agree by somebody else", e.Agree(eve(), 1, today(), start()), exchange.NotYours)
	_, err := exchange.Propose(plan(), eve(), today(), start())
	refuses(t, "Propose by somebody else", err, exchange.NotYours)
	refuses(t, "Agree after the first day", e.Agree(bo(), 1, day("2027-01-12"), start()), exchange.BadDates)
	if e.State != exchange.Proposed || len(e.Steps) != 1 {
		t.Errorf("refusals left %s after %v, want proposed and one step", e.State, ids(e))
	}
}

func TestTermsEndByASayOrBySilence(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		what string
		end  func(*exchange.Exchange) error
		want exchange.State
	}{
		{"its author takes it back", func(e *exchange.Exchange) error { return e.Decline(ana(), start()) }, exchange.Withdrawn},
		{"the other one declines", func(e *exchange.Exchange) error { return e.Decline(bo(), start()) }, exchange.Declined},
		{"nobody answers", func(e *exchange.Exchange) error { return e.Lapse(start()) }, exchange.Expired},
	} {
		e := proposed(t)
		must(t, c.end(e))
		if _, waits := e.AnswerBy(); e.State != c.want || !e.State.Final() || waits {
			t.Errorf("when %s: %s, an answer is awaited: %t; want %s for good", c.what, e.State, waits, c.want)
		}
	}
}

func TestSilenceLastsLongerOnceThereIsATalk(t *testing.T) {
	t.Parallel()
	e := proposed(t)
	if by, _ := e.AnswerBy(); by != start().Add(14*24*time.Hour) {
		t.Errorf("AnswerBy of a proposal = %s, want 14 days on", by)
	}
	must(t, e.Change(bo(), 1, e.Terms, today(), start()))
	if by, _ := e.AnswerBy(); by != start().Add(30*24*time.Hour) {
		t.Errorf("AnswerBy in a talk = %s, want 30 days on", by)
	}
	must(t, e.Lapse(start()))
	refuses(t, "Lapse(again)", e.Lapse(start()), exchange.NotNow)
}
