package exchange_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interlab/bot/exchange"
)

// The whole of a residency, as the two labs live it, by its moves.
func TestAResidencyFromTheProposalToTheNextOne(t *testing.T) {
	t.Parallel()
	e, err := exchange.Propose(led(), ana(), today(), start())
	must(t, err)
	sign := func(by ...exchange.Party) {
		t.Helper()
		for _, p := range by {
			must(t, e.Agree(p, e.Last, first(), start()))
		}
	}
	must(t, e.Agree(bo(), 1, today(), start()))
	sign(di(), cy())

	// The first day, and a word that is taken back.
	must(t, e.ConfirmStart(bo(), first(), first(), start()))
	must(t, e.Dispute(ana(), start()))
	must(t, e.ConfirmStart(ana(), first().AddDays(2), first().AddDays(2), start()))

	// Blocked, and unblocked.
	must(t, e.Tell(1, ana(), exchange.Blocked, exchange.NeedsData, start()))
	must(t, e.Tell(1, ana(), exchange.OnTrack, "", start()))
	must(t, e.Claim(1, ana(), start()))
	must(t, e.Doubt(1, bo(), start()))
	must(t, e.Claim(1, ana(), start()))
	must(t, e.Verify(1, di(), exchange.WithHelp, start()))

	// A pause, an extension, and another host.
	must(t, e.Pause(bo(), first().AddDays(20), true, first().AddDays(10), start()))
	must(t, e.Resume(ana(), first().AddDays(18), start()))
	must(t, e.Change(ana(), e.Version, later(e, 20), first().AddDays(18), start()))
	sign(bo(), cy(), di())
	must(t, e.Vacate(exchange.Host, start()))
	gil := exchange.Party{Person: "gil", Lab: "noether"}
	must(t, e.Fill(exchange.Host, gil, start()))
	must(t, e.Look(gil, exchange.PlanStands, start()))

	// Handover, the end, and what is carried over.
	must(t, e.HandOver(ana(), "In the repository", exchange.AccessGone, first().AddDays(90), start()))
	must(t, e.End(start()))
	must(t, e.Carry(2, gil, "Gil, until summer", start()))
	must(t, e.TakeOver(gil, start()))
	must(t, e.Renew(ana(), start()))
	must(t, e.Shut(start()))

	want := []string{
		"T01", "T04", "T09", "T09", "T09", "T10", "T13", "T20", "T39", "T20",
		"T25", "T26", "T28", "T30", "T33", "T37", "T36",
	}
	if diff := cmp.Diff(want, ids(e)); diff != "" {
		t.Errorf("moves (-want +got):\n%s", diff)
	}
	if e.Completion != exchange.Full || e.Extensions() != 1 || len(e.Left) != 1 || e.Start != first().AddDays(2) {
		t.Errorf("completed %q, %d extensions, %d left, began %s; want full, 1, 1, the third day", e.Completion, e.Extensions(), len(e.Left), e.Start)
	}
	sum := exchange.Figures{}
	for _, f := range e.Figures(first().AddDays(200)) {
		sum = sum.Add(f)
	}
	if diff := cmp.Diff(exchange.Figures{Planned: 2, Claimed: 1, Verified: 1, Helped: 1, Carried: 1, Passed: 2, OnFirst: 1, OnDue: 1}, sum); diff != "" {
		t.Errorf("Figures (-want +got):\n%s", diff)
	}
	if e.Baseline.To != plan().To || e.Baseline.Host != bo() || len(e.Amended) != 1 {
		t.Errorf("the baseline ends on %s with %v, %d amended; want as first agreed, and one", e.Baseline.To, e.Baseline.Host, len(e.Amended))
	}
	if !slices.ContainsFunc(e.Goals, func(g exchange.Goal) bool { return g.State == exchange.GoalCarried && g.First == plan().Goals[1].Due }) {
		t.Errorf("goals = %+v, want one carried over, with its first day", e.Goals)
	}
}
