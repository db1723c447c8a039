package exchange_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interlab/bot/exchange"
)

// worded is an exchange in which everybody has written something: the two their
// goals and terms, bo a claim that it does not work, cy an objection and ana the
// handover. What each wrote alone begins with their name.
func worded(t testing.TB) *exchange.Exchange {
	t.Helper()
	terms := led()
	terms.Goals[0].Shown, terms.OneWay = "both: a table of results", ""
	for i := range terms.Goals {
		terms.Goals[i].Text = "both: " + terms.Goals[i].Text
	}
	e := between(t, terms)
	must(t, e.ConfirmStart(ana(), first(), first(), start()))
	must(t, e.ClaimNegative(2, bo(), "bo: it does not converge", start()))
	must(t, e.HandOver(ana(), "ana: in the shared folder", exchange.AccessNone, first(), start()))
	must(t, e.Miss(1, ana(), "ana: the machine was down", start()))
	e.Objection = &exchange.Said{By: "cy", Text: "cy: we cannot spare them", At: start()}
	for i := range e.Steps {
		if e.Steps[i].By != "" {
			e.Steps[i].Note = e.Steps[i].By + ": a note"
		}
	}
	was := e.Terms
	was.Goals, was.OneWay = slices.Clone(was.Goals), "both: they have nothing to learn"
	e.Amended = append(e.Amended, was)
	return e
}

// left are whose words are left in an exchange.
func left(t testing.TB, e *exchange.Exchange) []string {
	t.Helper()
	var all []string
	for _, who := range []string{"both", "ana", "bo", "cy"} {
		if strings.Contains(text(t.(*testing.T), e), `"`+who+`: `) {
			all = append(all, who)
		}
	}
	return all
}

func TestForgettingTakesOutWhatOnePersonWrote(t *testing.T) {
	t.Parallel()
	if got := left(t, worded(t)); !slices.Equal(got, []string{"both", "ana", "bo", "cy"}) {
		t.Fatalf("worded() has words of %v, want of everybody", got)
	}
	for who, want := range map[string][]string{
		"ana": {"cy"}, // with bo's, which is the result of a goal, and so of both
		"bo":  {"ana", "cy"},
		"cy":  {"both", "ana", "bo"}, // a lead wrote nothing of the goals
		"eve": {"both", "ana", "bo", "cy"},
	} {
		e := worded(t)
		e.Forget(who)
		got := left(t, e)
		if bo := slices.Index(got, "bo"); bo >= 0 && who == "ana" { // notes of steps stay bo's
			got = slices.Delete(got, bo, bo+1)
		}
		if !slices.Equal(got, want) {
			t.Errorf("after Forget(%s) there are words of %v, want of %v", who, got, want)
		}
		if !e.HasWords() {
			t.Errorf("after Forget(%s) nobody has words, and others wrote", who)
		}
	}
}

// Somebody who sat in a visitor's or host's seat before wrote the goals too; whoever
// was a lead did not.
func TestWhoHasLeftIsForgottenAsWhatTheyWere(t *testing.T) {
	t.Parallel()
	for seat, shared := range map[exchange.Seat]bool{exchange.Visitor: true, exchange.Host: true, exchange.HomeLead: false, exchange.HostLead: false} {
		e := worded(t)
		e.Left = []exchange.Left{{Seat: seat, Party: exchange.Party{Person: "old", Lab: "curie"}, At: start()}}
		e.Forget("old")
		if e.Goals[0].Text == exchange.Gone != shared {
			t.Errorf("after the %s who has left is forgotten, goal 1 reads %q", seat, e.Goals[0].Text)
		}
	}
}

// What was signed holds for the terms without their words, and nothing that was
// not signed is signed by that.
func TestWhatWasSignedStaysSigned(t *testing.T) {
	t.Parallel()
	e := worded(t)
	open := e.Terms
	open.Goals, open.To = slices.Clone(open.Goals), open.To.AddDays(7)
	must(t, e.Change(ana(), e.Version, open, first(), start()))
	waiting := e.WaitingNext()
	e.Forget("bo")
	if e.Goals[0].Text != exchange.Gone || e.Terms.Goals[0].Text != exchange.Gone || e.Next.Terms.Goals[0].Text != exchange.Gone || e.Amended[0].OneWay != exchange.Gone {
		t.Errorf("words are left: %s", text(t, e))
	}
	for seat, sig := range e.Signed {
		if sig.Hash != e.Terms.Hash() {
			t.Errorf("the %s no longer signed the terms", seat)
		}
	}
	if sig, ok := e.Next.Signed[exchange.Visitor]; !ok || sig.Hash != e.Next.Terms.Hash() {
		t.Errorf("ana signed %+v, want the next terms", sig)
	}
	if got := e.WaitingNext(); !slices.Equal(got, waiting) || len(got) == 0 {
		t.Errorf("WaitingNext() = %v, and before the words went %v", got, waiting)
	}
	must(t, e.Agree(bo(), e.Last, first(), start())) // and what waits for others can still be signed
}

func TestEmptyWordsStayEmpty(t *testing.T) {
	t.Parallel()
	e := active(t)
	e.Forget("ana")
	for _, g := range e.Goals {
		if g.Text != exchange.Gone || g.Shown != "" || g.Found != "" {
			t.Errorf("goal %d reads %q, %q, %q; want only what was written marked", g.N, g.Text, g.Shown, g.Found)
		}
	}
	if e.Terms.OneWay != "" {
		t.Errorf("one-way reads %q, and nobody gave a reason", e.Terms.OneWay)
	}
}

// Whatever happened before: after an exchange fades there is no word of anybody's
// left, fading again changes nothing, and every figure, signature and rule is as it
// was.
func TestFadingLeavesFiguresAndRulesAsTheyWere(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		e := begun(t, rt)
		for i := range rapid.IntRange(0, 30).Draw(rt, "length") {
			s := drawn(rt, e, start().Add(time.Duration(i)*time.Hour))
			_ = rapid.SampledFrom(slices.Concat(deeds(rt, e, s), works(e, s))).Draw(rt, "deed").do()
		}
		figures := func() []exchange.Measure {
			l := exchange.Ledger{Labs: []exchange.Member{{Lab: "curie"}, {Lab: "noether"}}, Records: []exchange.Record{{ID: "e", Exchange: e}}}
			return l.Measures(exchange.Period{To: start().AddDate(1, 0, 0)}, exchange.Scope{})
		}
		before, state, steps, waiting, had := figures(), e.State, len(e.Steps), append(e.Waiting(), e.WaitingNext()...), e.HasWords()
		who := rapid.SampledFrom([]string{"ana", "bo", "cy", "di", "eve", ""}).Draw(rt, "who")
		if who != "" {
			e.Forget(who)
		}
		again := encoded(rt, e)
		if e.Forget(who); who != "" && encoded(rt, e) != again {
			rt.Fatalf("forgetting %s twice is not as once", who)
		}
		if rapid.Bool().Draw(rt, "fades") {
			hadStill := e.HasWords()
			if faded := e.Fade(); faded != hadStill || hadStill && !had {
				rt.Fatalf("Fade() = %v of an exchange that has words: %v", faded, hadStill)
			}
			if e.HasWords() || e.Fade() {
				rt.Fatalf("there are words left after it faded: %s", encoded(rt, e))
			}
		}
		if diff := cmp.Diff(before, figures()); diff != "" {
			rt.Fatalf("figures changed (-before +after):\n%s", diff)
		}
		if e.State != state || len(e.Steps) != steps || !slices.Equal(append(e.Waiting(), e.WaitingNext()...), waiting) {
			rt.Fatalf("the exchange changed: %s, %d steps, waiting for %v", e.State, len(e.Steps), e.Waiting())
		}
		holds(rt, e)
	})
}
