package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interlab/bot/chat"
	pairing "interlab/matching/round"
)

// Generators of a round's documents.
var (
	anyTwosome = rapid.Custom(func(t *rapid.T) Twosome {
		return Twosome{rapid.Int64Range(1, 9).Draw(t, "a"), rapid.Int64Range(10, 19).Draw(t, "b")}
	})
	anyOverride = rapid.Custom(func(t *rapid.T) Override {
		return Override{
			Say: rapid.SampledFrom([]string{overridePin, overrideForbid, overrideSwap}).Draw(t, "say"), A: 1, B: 12,
			Pins: rapid.SliceOfN(anyTwosome, 0, 2).Draw(t, "pins"), Forbids: rapid.SliceOfN(anyTwosome, 0, 2).Draw(t, "forbids"),
		}
	})
	anyRoundPlan = rapid.Custom(func(t *rapid.T) *RoundPlan {
		return &RoundPlan{
			N: rapid.IntRange(1, 9).Draw(t, "n"), Pages: 2, Pairs: 70, People: 140, Out: 1, Total: rapid.Int64().Draw(t, "total"), Exact: rapid.Bool().Draw(t, "exact"),
			Fault: anyText.Draw(t, "fault"), Seed: rapid.Uint64Max(1<<53).Draw(t, "seed"), Input: "ab", Path: pairing.Proved, Steps: 17,
		}
	})
	anyRound = rapid.Custom(func(t *rapid.T) Document {
		r := &Round{
			ID: anyID.Draw(t, "id"), Topic: anyText.Draw(t, "topic"), Purpose: Chat, Meetings: 2, GapWeeks: 3, By: anyID.Draw(t, "by"), For: anyID.Draw(t, "for"),
			At: anyTime.Draw(t, "at"), Deadline: anyTime.Draw(t, "deadline"), Zone: anyZone.Draw(t, "zone"), Joined: 5, Turns: 7,
			State: rapid.SampledFrom([]RoundState{RoundOpen, RoundClosed, RoundPublished, RoundCancelled, RoundEmpty}).Draw(t, "state"),
			Seed:  seedOf(anyID.Draw(t, "seed")), Edits: rapid.SliceOfN(anyOverride, 0, 2).Draw(t, "edits"), Plan: anyRoundPlan.Draw(t, "plan"),
			Solves: 3, Edition: 4, Published: anyTime.Draw(t, "published"), Mending: anyTime.Draw(t, "mending"), Dirty: anyTime.Draw(t, "dirty"),
			Posts: []chat.Posted{{Message: anyID.Draw(t, "post")}},
		}
		r.fan(Fan{Over: overHomes, Notice: noticeAnnounce, At: anyTime.Draw(t, "fan")})
		if rapid.Bool().Draw(t, "solving") {
			r.Solving, r.Trial = anyTime.Draw(t, "since"), &Trial{Override: anyOverride.Draw(t, "trial")}
		}
		if rapid.Bool().Draw(t, "rolling") {
			r.Rollout = &Rollout{N: 1, Plan: 3, Pages: 2, Next: 1, Tells: rapid.Bool().Draw(t, "tells")}
		}
		return r
	})
	anyEntrant = rapid.Custom(func(t *rapid.T) Document {
		return &Entrant{
			ID: anyID.Draw(t, "id"), Round: anyID.Draw(t, "round"), Person: anyID.Draw(t, "person"), Turn: 3, Joined: rapid.Bool().Draw(t, "joined"),
			At: anyTime.Draw(t, "at"), Matches: anyIDs.Draw(t, "matches"), Declined: 1, LeftOver: true, SatOut: rapid.Bool().Draw(t, "out"),
		}
	})
	anySheet = rapid.Custom(func(t *rapid.T) Document {
		return &Sheet{
			Round: anyID.Draw(t, "round"), Frozen: 2, N: 1, People: []pairing.Person{{ID: "1", Lab: "l", Waited: 2}},
			Pairs: []Fit{{1, 2, rapid.Int64().Draw(t, "weight")}}, Past: []Fit{{1, 2, 9}}, Out: map[string]string{"3": string(barrierLab)},
		}
	})
	anyPlanPage = rapid.Custom(func(t *rapid.T) Document {
		return &PlanPage{
			Round: anyID.Draw(t, "round"), Plan: 2, N: 1, At: anyTime.Draw(t, "at"), Out: []int64{4},
			Pairs: []PlannedPair{{A: 1, B: 2, Slot: 1, Weight: rapid.Int64().Draw(t, "weight"), Weeks: 3, Match: anyID.Draw(t, "match")}},
		}
	})
)

// A plan cut into pages has everybody of it once, and no page is larger than one
// commit takes.
func TestPagesOfAPlanHaveEverybodyOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var plan pairing.Plan
		pairs, out := rapid.IntRange(0, 180).Draw(t, "pairs"), rapid.IntRange(0, 250).Draw(t, "out")
		for i := range pairs {
			plan.Meetings = append(plan.Meetings, pairing.Meeting{A: planID(int64(2*i + 1)), B: planID(int64(2*i + 2))})
		}
		for i := range out {
			plan.Unmatched = append(plan.Unmatched, planID(int64(2*pairs+i+1)))
		}
		seen := map[int64]int{}
		for n, page := range pagesOf("r", 1, plan, mergeDay) {
			if page.N != n || len(page.Pairs) > planPage || len(page.turns()) > 2*planPage {
				t.Errorf("page %d is number %d with %d pairs of %d people", n, page.N, len(page.Pairs), len(page.turns()))
			}
			for _, turn := range page.turns() {
				seen[turn]++
			}
		}
		for turn := range int64(2*pairs + out) {
			if seen[turn+1] != 1 {
				t.Errorf("turn %d is on the pages %d times, want once", turn+1, seen[turn+1])
			}
		}
	})
}

// Every page of a rollout is recorded, in order, before any page is told, and
// each is work of its own name.
func TestARolloutRecordsAllBeforeItTells(t *testing.T) {
	t.Parallel()
	for pages := 1; pages < 5; pages++ {
		o := &Rollout{N: 1, Pages: pages}
		var steps []string
		names := map[string]bool{}
		for done := false; !done; {
			steps = append(steps, fmt.Sprint(o.Tells, o.Next))
			names[o.work()] = true
			done = o.step()
		}
		var want []string
		for _, tells := range []bool{false, true} {
			for n := range pages {
				want = append(want, fmt.Sprint(tells, n))
			}
		}
		if !slices.Equal(steps, want) || len(names) != 2*pages {
			t.Errorf("a rollout of %d pages goes %v under %d names, want %v", pages, steps, len(names), want)
		}
	}
}

func TestThePriceOfAChangeIsSaidInPlainWords(t *testing.T) {
	t.Parallel()
	before := &RoundPlan{People: 6, Total: 200}
	for _, c := range []struct {
		after RoundPlan
		want  string
	}{
		{RoundPlan{People: 6, Total: 200}, "It costs nothing: as many people meet somebody, and the topics fit as well."},
		{RoundPlan{People: 6, Total: 150}, "Over all, topics fit 25 % less well."},
		{RoundPlan{People: 6, Total: 199}, "Over all, topics fit 1 % less well."},
		{RoundPlan{People: 4, Total: 200}, "2 people fewer meet somebody."},
		{RoundPlan{People: 5, Total: 100}, "1 person fewer meets somebody; over all, topics fit 50 % less well."},
		{RoundPlan{People: 4, Total: 300}, "2 people fewer meet somebody; over all, topics fit 50 % better."},
	} {
		if got := priceText(before, &c.after); got != c.want {
			t.Errorf("priceText(%+v, %+v) = %q, want %q", before, c.after, got, c.want)
		}
	}
	if got := priceText(&RoundPlan{}, &RoundPlan{Total: 7}); !strings.Contains(got, "better") {
		t.Errorf("priceText of a plan that was worth nothing = %q, want that it is better", got)
	}
}

func TestProofIsSaidAsFarAsItGoes(t *testing.T) {
	t.Parallel()
	if got := proofText(&RoundPlan{Exact: true}); !strings.Contains(got, "no other plan") {
		t.Errorf("proofText(exact) = %q, want that no other plan is better", got)
	}
	if got := proofText(&RoundPlan{Total: 97, Bound: 100, Steps: 5}); !strings.Contains(got, "at least 97 %") || !strings.Contains(got, "after 5 steps") {
		t.Errorf("proofText(97 of 100) = %q, want the share that is proved and the steps", got)
	}
}

// Somebody who leaves takes the changes along that speak of them, and only those.
func TestWhoLeavesTakesTheirChangesAlong(t *testing.T) {
	t.Parallel()
	r := &Round{
		State: RoundClosed, By: "olga", Joined: 3, Sheets: 2, Trial: &Trial{},
		Edits: []Override{{Say: overridePin, A: 1, B: 2, Pins: []Twosome{{1, 2}}}, {Say: overrideForbid, A: 3, B: 4, Forbids: []Twosome{{3, 4}}}, {Say: overrideSwap, A: 5, B: 6, Pins: []Twosome{{5, 1}}}},
	}
	e := &Entrant{Turn: 1, Joined: true}
	r.lose(e, mergeDay)
	if len(r.Edits) != 1 || r.Edits[0].A != 3 || r.Trial != nil || r.Sheets != 0 || r.Joined != 2 || r.Solving.IsZero() || r.For != "olga" || e.Joined {
		t.Errorf("after turn 1 left the round is %+v, want one change kept and a plan ordered anew", r)
	}
}

// Whoever is left over is paired anew as long as a pair can be declined, several
// declines at once.
func TestMendingWaitsForMoreAndEnds(t *testing.T) {
	t.Parallel()
	r := &Round{State: RoundPublished, Published: mergeDay}
	r.mend(mergeDay.Add(time.Hour))
	first := r.Mending
	r.mend(mergeDay.Add(90 * time.Minute))
	if !first.Equal(mergeDay.Add(2*time.Hour)) || !r.Mending.Equal(first) {
		t.Errorf("two declines are mended at %v and %v, want both an hour after the first", first, r.Mending)
	}
	late := &Round{State: RoundPublished, Published: mergeDay}
	late.mend(mergeDay.Add(declineFor))
	if !late.Mending.IsZero() {
		t.Errorf("a late decline is mended at %v, want never", late.Mending)
	}
}

// Who sat out counts since the last meeting; rounds that were called off or
// declined say nothing about luck.
func TestWaitingCountsSinceTheLastMeeting(t *testing.T) {
	t.Parallel()
	out, met, none, declined := &Entrant{SatOut: true}, &Entrant{Matches: []string{"m"}}, &Entrant{}, &Entrant{Declined: 1}
	for _, c := range []struct {
		places []*Entrant
		want   int
	}{
		{nil, 0},
		{[]*Entrant{none}, 0},
		{[]*Entrant{out}, 1},
		{[]*Entrant{none, out, out, met, out}, 2},
		{[]*Entrant{met, out}, 0},
		{[]*Entrant{declined, out}, 0},
	} {
		if got := waitedIn(c.places); got != c.want {
			t.Errorf("waitedIn(%v) = %d, want %d", c.places, got, c.want)
		}
	}
}

func TestANumberOfAFormIsWithinItsLimits(t *testing.T) {
	t.Parallel()
	spaced := " 3 "
	for text, want := range map[string]int{"": 26, spaced: 3, "0": 0, "104": 104, "105": -1, "-1": -1, "x": -1, "1.5": -1} {
		got, err := numberIn(text, usualGap, 0, maxGap, "no")
		if err != nil {
			got = -1
		}
		if got != want {
			t.Errorf("numberIn(%q) = %d, %v; want %d", text, got, err, want)
		}
	}
}
