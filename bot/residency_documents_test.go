package bot

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interlab/bot/chat"
	"interlab/calendar"
	"interlab/matching/residency"
)

func init() { //nolint:gochecknoinits // the generators of all documents are one table
	documents[KindOpening] = rapid.Custom(func(t *rapid.T) Document { return anyOpening.Draw(t, "opening") })
	documents[KindApplication] = rapid.Custom(func(t *rapid.T) Document { return anyApplication.Draw(t, "application") })
	documents[KindPlacement] = rapid.Custom(func(t *rapid.T) Document { return anyPlacement.Draw(t, "placement") })
}

var anyOpening = rapid.Custom(func(t *rapid.T) *Opening {
	return &Opening{
		ID: anyID.Draw(t, "id"), Lab: anyID.Draw(t, "lab"), By: anyID.Draw(t, "by"), Title: anyText.Draw(t, "title"), Topics: anyTopics.Draw(t, "topics"),
		Learn: anyText.Draw(t, "learn"), Give: anyText.Draw(t, "give"), Offers: anyText.Draw(t, "offers"), Capacity: rapid.IntRange(1, 9).Draw(t, "capacity"),
		From: must(calendar.ParseDate("2027-03-01")), To: must(calendar.ParseDate("2027-05-28")), Last: must(calendar.ParseDate("2027-01-10")), Zone: anyZone.Draw(t, "zone"),
		Deadline: anyTime.Draw(t, "deadline"), At: anyTime.Draw(t, "at"), Until: anyTime.Draw(t, "until"), Moved: anyTime.Draw(t, "moved"),
		State: rapid.SampledFrom([]OpeningState{OpeningTaking, OpeningRanking, OpeningReady, OpeningOffering, OpeningOver, OpeningWithdrawn}).Draw(t, "state"),
		Run:   anyID.Draw(t, "run"), Seed: rapid.Uint64().Draw(t, "seed"), Held: rapid.IntRange(0, 9).Draw(t, "held"), Idle: rapid.Bool().Draw(t, "idle"),
		Fans:  []Fan{{N: 1, Over: overHomes, Notice: noticeAnnounce, At: anyTime.Draw(t, "fan")}, {N: 2, Over: overCards, Notice: noticeRefresh, At: anyTime.Draw(t, "fan")}},
		Posts: []chat.Posted{{Message: anyID.Draw(t, "post")}}, Fanned: 2,
	}
})

var anyApplication = rapid.Custom(func(t *rapid.T) *Application {
	return &Application{
		ID: anyID.Draw(t, "id"), Person: anyID.Draw(t, "person"), Opening: anyID.Draw(t, "opening"), Why: anyText.Draw(t, "why"),
		Place: rapid.IntRange(1, 20).Draw(t, "place"), At: anyTime.Draw(t, "at"), Until: anyTime.Draw(t, "until"), Near: rapid.Bool().Draw(t, "near"),
		State:  rapid.SampledFrom([]ApplicationState{AppChosen, AppHeld, AppAccepted, AppWaiting, AppPassed, AppDeclined, AppLapsed, AppOff}).Draw(t, "state"),
		Band:   rapid.SampledFrom(append(bands(), "")).Draw(t, "band"),
		Lot:    Lot{Run: anyID.Draw(t, "run"), Key: anyID.Draw(t, "key"), Rank: rapid.IntRange(0, 20).Draw(t, "rank"), Level: rapid.IntRange(-1, 2).Draw(t, "level"), Ticket: rapid.Uint64().Draw(t, "ticket")},
		Reason: residency.Full, Offers: rapid.IntRange(0, 3).Draw(t, "offers"),
	}
})

var anyPlacement = rapid.Custom(func(t *rapid.T) *Placement {
	return &Placement{
		ID: anyID.Draw(t, "id"), By: anyID.Draw(t, "by"), At: anyTime.Draw(t, "at"), Seed: rapid.Uint64().Draw(t, "seed"), Openings: anyIDs.Draw(t, "openings"),
		Step: rapid.SampledFrom([]PlacementStep{PlacementReading, PlacementSolving, PlacementPreview, PlacementRecording, PlacementOpening, PlacementTelling, PlacementLeads, PlacementDone}).Draw(t, "step"),
		Page: rapid.IntRange(0, 9).Draw(t, "page"), Numbers: Numbers{Applicants: 3, Placed: 2}, Result: "x",
	}
})

// Whoever waits is listed in the order of the lab's bands and then of the lottery,
// in numbers that a store keeps exactly.
func TestWhoeverWaitsIsListedByBandAndLot(t *testing.T) {
	t.Parallel()
	score := func(level int, ticket uint64) int64 {
		app := &Application{Opening: "o", State: AppWaiting, Lot: Lot{Level: level, Ticket: ticket}}
		i := slices.IndexFunc(app.Entries(), func(e Entry) bool { return e.Index == waitingFor+"o" })
		return app.Entries()[i].Score
	}
	rapid.Check(t, func(t *rapid.T) {
		low, high := rapid.Uint64().Draw(t, "low"), rapid.Uint64().Draw(t, "high")
		level := rapid.IntRange(0, 1).Draw(t, "level")
		if score(level, low) >= score(level+1, high) {
			t.Errorf("score(%d, %d) is not below score(%d, %d)", level, low, level+1, high)
		}
		if low>>14 < high>>14 && score(level, low) >= score(level, high) {
			t.Errorf("score(%d, %d) is not below score(%d, %d)", level, low, level, high)
		}
		if s := score(2, high); int64(float64(s)) != s {
			t.Errorf("score(2, %d) = %d is not exact as a float", high, s)
		}
	})
	for _, app := range []*Application{{State: AppWaiting, Lot: Lot{Level: -1}}, {State: AppPassed}} {
		if slices.ContainsFunc(app.Entries(), func(e Entry) bool { return e.Index == waitingFor }) {
			t.Errorf("%+v waits for a place, want not", app)
		}
	}
}

// placeHeld is an opening with one place that one person has, in a transaction.
func placeHeld(t *testing.T) (*Tx, *Opening, *Application) {
	t.Helper()
	now := time.Date(2027, time.January, 20, 9, 0, 0, 0, time.UTC)
	o := &Opening{ID: "o", Lab: "l", By: "lead", Capacity: 1, Held: 1, State: OpeningOffering, Idle: true, Deadline: now, Until: now.Add(time.Hour), Zone: calendar.UTC()}
	o.From, o.To, o.Last = must(calendar.ParseDate("2027-03-01")), must(calendar.ParseDate("2027-05-28")), must(calendar.ParseDate("2027-01-10"))
	app := &Application{ID: "a", Person: "old", Opening: "o", State: AppHeld, Until: now.Add(time.Hour), At: now}
	tx := newTx(t.Context(), noDocuments{}, now, nil)
	for _, d := range []Document{o, app} {
		if _, err := tx.hold(keptAs(t, d)); err != nil {
			t.Fatal(err)
		}
	}
	return tx, must(load[*Opening](tx, KindOpening, "o")), must(load[*Application](tx, KindApplication, "a"))
}

func TestAMergedPersonKeepsTheirPlaceAndTheirOpenings(t *testing.T) {
	t.Parallel()
	tx, o, app := placeHeld(t)
	if err := repointApplication(nil, tx, app, "old", &Person{ID: "one"}); err != nil {
		t.Fatal(err)
	}
	if app.Person != "one" || app.State != AppHeld || o.Held != 1 {
		t.Errorf("after a merge %s is %s, %d held; want one with a place, 1 held", app.Person, app.State, o.Held)
	}
	p := &Placement{By: "old"}
	if err := repointPlacement(nil, tx, p, "old", &Person{ID: "one"}); err != nil || p.By != "one" {
		t.Errorf("repointPlacement = %v and %s, want one", err, p.By)
	}
	if err := repointOpening(nil, tx, o, "lead", &Person{ID: "one"}); err != nil || o.By != "one" {
		t.Errorf("repointOpening = %v and %s, want one", err, o.By)
	}
}

// Two accounts of one person had both applied: one application stays, and what the
// other one held goes to the next.
func TestAMergeLeavesOneApplicationToAnOpening(t *testing.T) {
	t.Parallel()
	tx, o, app := placeHeld(t)
	tx.put(&Application{ID: "b", Person: "one", Opening: "o", State: AppWaiting})
	if err := repointApplication(nil, tx, app, "old", &Person{ID: "one"}); err != nil {
		t.Fatal(err)
	}
	if o.Held != 0 || o.Idle {
		t.Errorf("after the merge %d are held, idle %v; want a free place to be offered", o.Held, o.Idle)
	}
	c, err := tx.commit()
	gone := slices.ContainsFunc(c.Writes, func(w Write) bool { return w.Ref == app.Ref() && w.Data == nil })
	if err != nil || !gone {
		t.Errorf("commit = %+v, %v; want the second application deleted", c.Writes, err)
	}
}

func TestAPlaceIsNeverKeptWhereNoneIs(t *testing.T) {
	t.Parallel()
	tx, o, _ := placeHeld(t)
	a := &App{zones: calendar.Pinned()}
	if err := a.hold(tx, &Application{ID: "b", Opening: "o"}, &Person{}, time.Hour); err == nil || o.Held != 1 {
		t.Errorf("hold = %v with %d held, want a refusal", err, o.Held)
	}
}

func TestBlocksAndOwnLabsKeepApartWhicheverSideTheyAreOn(t *testing.T) {
	t.Parallel()
	o := &Opening{Lab: "here"}
	leads := []*Person{{ID: "lead", Blocks: []string{"kept away"}}}
	for _, c := range []struct {
		person *Person
		want   bool
	}{
		{&Person{ID: "p", Lab: "there"}, false},
		{&Person{ID: "p", Lab: "here"}, true},
		{&Person{ID: "kept away", Lab: "there"}, true},
		{&Person{ID: "p", Lab: "there", Blocks: []string{"lead"}}, true},
		{&Person{ID: "lead", Lab: "there"}, true},
	} {
		if got := kept(c.person, o, leads); got != c.want {
			t.Errorf("kept(%+v) = %v, want %v", c.person, got, c.want)
		}
	}
}

// What an applicant reads is the same where the lab wants somebody else and where
// one of its leads keeps the applicant away: both are not ranked.
func TestABlockReadsLikeAnotherChoice(t *testing.T) {
	t.Parallel()
	a := &App{zones: calendar.Pinned()}
	said := a.became(&Application{State: AppPassed, Reason: residency.NotRanked}, &Person{})
	if own := a.became(&Application{State: AppPassed, Reason: residency.OwnLab}, &Person{}); own != said || said != "the lab looked for somebody else." {
		t.Errorf("became = %q and %q, want the same", said, own)
	}
}
