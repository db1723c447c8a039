package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"interlab/calendar"
)

// lawDay is before everything in these tests.
var lawDay = time.Date(2026, 10, 5, 9, 0, 0, 0, time.UTC)

// lawTalk is a talk at 15:00 in Paris, 14:00 UTC.
func lawTalk() *Colloquium {
	w := calendar.Wall{Date: must(calendar.NewDate(2026, 12, 8)), Clock: must(calendar.NewClock(15, 0)), Zone: paris}
	m := calendar.Pinned().Moment(w)
	return &Colloquium{
		ID: "c", Title: "Corals", State: Announced, Proposer: "p1", Speakers: []Speaker{{Person: "p2", Speaks: Agreed}}, Wall: w, Start: m.Instant, Rules: m.Rules,
		Length: time.Hour, At: lawDay, Changed: lawDay, Timed: lawDay, Turns: 3,
	}
}

// lawApp is an App by zone data in which Paris keeps Istanbul's clocks.
func lawApp(m *memory) *App {
	a := newMemoryApp(m, &moving{lawDay})
	a.zones = a.zones.Rehearse(paris, must(calendar.ParseZone("Istanbul")))
	return a
}

// obeyAll does what a sweep does with everything in a memory.
func obeyAll(t *testing.T, a *App, m *memory) {
	t.Helper()
	for _, kind := range []Kind{KindColloquium, KindMatch, KindPerson} {
		records, _, err := m.Page(t.Context(), Page{Index: every(kind)})
		if err == nil {
			err = a.obey(t.Context(), records)
		}
		if err != nil {
			t.Fatalf("obey(%s) = %v", kind, err)
		}
	}
}

func TestATalkStaysAtItsWallTimeWhenALawChanges(t *testing.T) {
	t.Parallel()
	m := newMemory()
	c := lawTalk()
	m.keep(c, in(paris, "Mon-Fri 09:00-17:00"))
	a := lawApp(m)
	obeyAll(t, a, m)
	got := of[*Colloquium](m, c.Ref())
	if got.Wall != c.Wall || got.Start.Hour() != 12 || !got.Before.Equal(c.Start) || got.Sequence != c.Sequence+1 || got.Law != got.Sequence || got.Timing != 1 {
		t.Errorf("the talk is at %v, %v, sequence %d, law %d, want 12:00 UTC and one more", got.Wall, got.Start, got.Sequence, got.Law)
	}
	if !got.Changed.Equal(lawDay) || len(got.Fans) != 2 || got.Rules != a.zones.Version() {
		t.Errorf("the talk changed at %v with %d fans by %q, want now, two, and the new rules", got.Changed, len(got.Fans), got.Rules)
	}
	commits := len(m.commits)
	obeyAll(t, a, m)
	if len(m.commits) != commits {
		t.Errorf("the second sweep made %d commits, want none", len(m.commits)-commits)
	}
}

func TestWhoProposedATalkHearsOfTheLawOnce(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		speaker string
		rsvps   []Document
		want    string
	}{
		"proposer and speaker":      {"p2", nil, "p1 p2"},
		"one who is both":           {"p1", nil, "p1"},
		"nobody of the network":     {"", nil, "p1"},
		"a speaker on the list":     {"p2", []Document{&Rsvp{ID: "r", Colloquium: "c", Person: "p2", State: Going}}, "p1"},
		"a speaker who left it":     {"p2", []Document{&Rsvp{ID: "r", Colloquium: "c", Person: "p2", State: Left}}, "p1 p2"},
		"a speaker who was removed": {"p9", nil, "p1"},
		"somebody else on the list": {"p2", []Document{&Rsvp{ID: "r", Colloquium: "c", Person: "p3", State: Going}}, "p1 p2"},
	} {
		m := newMemory()
		talk := lawTalk()
		talk.Speakers[0].Person = c.speaker
		talk.Speakers = append(talk.Speakers, Speaker{Name: "Eva", Person: "p3", Speaks: Refused})
		m.keep(talk, &Person{ID: "p1", Zone: paris}, &Person{ID: "p2", Zone: paris}, &Person{ID: "p3", Zone: paris})
		m.keep(c.rsvps...)
		a := lawApp(m)
		obeyAll(t, a, m)
		told := map[string]int{}
		for _, d := range deliveries(m) {
			told[d.To]++
			if d.Notice != "law.1" || d.Class != Promised {
				t.Errorf("%s: %s hears %q as %q, want law.1, promised", name, d.To, d.Notice, d.Class)
			}
		}
		got := ""
		for _, id := range []string{"p1", "p2", "p3"} {
			got += strings.Repeat(" "+id, told[id])
		}
		if strings.TrimSpace(got) != c.want {
			t.Errorf("%s: the law is told to %q, want %q", name, got, c.want)
		}
	}
}

func TestAProposedTalkMovesWithoutAWord(t *testing.T) {
	t.Parallel()
	m := newMemory()
	c := lawTalk()
	c.State = Proposed
	m.keep(c, &Person{ID: "p1", Zone: paris})
	obeyAll(t, lawApp(m), m)
	got := of[*Colloquium](m, c.Ref())
	if got.Start.Hour() != 12 || got.Sequence != 0 || len(got.Fans)+len(deliveries(m)) > 0 {
		t.Errorf("the proposed talk is at %v, sequence %d, with %d fans, want 12:00 UTC and nobody told", got.Start, got.Sequence, len(got.Fans))
	}
}

func TestOnlyWhatIsToComeIsMovedAndOnlyByNewerRules(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*Colloquium){
		"cancelled":          func(c *Colloquium) { c.State = Cancelled },
		"over":               func(c *Colloquium) { c.State = Over },
		"begun":              func(c *Colloquium) { c.Start = lawDay },
		"in another zone":    func(c *Colloquium) { c.Wall.Zone = calendar.UTC(); c.Start = c.Start.Add(time.Hour) },
		"derived by the law": func(c *Colloquium) { c.Start = c.Start.Add(-2 * time.Hour) },
	} {
		m := newMemory()
		c := lawTalk()
		spoil(c)
		m.keep(c)
		before := len(m.commits)
		obeyAll(t, lawApp(m), m)
		if len(m.commits) != before {
			t.Errorf("a talk that is %s was moved", name)
		}
	}
	m := newMemory()
	newer := lawTalk()
	newer.Start, newer.Rules = newer.Start.Add(-2*time.Hour), "2099a" // another replica has newer zone data
	m.keep(newer)
	obeyAll(t, newMemoryApp(m, &moving{lawDay}), m)
	if got := of[*Colloquium](m, newer.Ref()); !got.Start.Equal(newer.Start) {
		t.Error("older zone data moved a talk back")
	}
}

func TestAMeetingThatALawMovesKeepsItsWorkApart(t *testing.T) {
	t.Parallel()
	start := lawDay.Add(26 * time.Hour)
	match := &Match{ID: "m", Asker: "pa", Asked: "pb", Purpose: Seminar, State: Asked, AskedAt: lawDay}
	match.introduce(lawDay, map[string]string{"pa": "a", "pb": "b"})
	match.offer([]time.Time{start})
	match.pick("pa", 0)
	match.agree(0, calendar.Pinned().WallAt(start, paris), lawDay)
	match.done("day.1")
	m := newMemory()
	m.keep(match, &Person{ID: "pa", Name: "Ana", Zone: paris}, &Person{ID: "pb", Name: "Bo", Zone: auckland})
	a := lawApp(m)
	obeyAll(t, a, m)
	got := of[*Match](m, match.Ref())
	if !got.Meeting.Start.Equal(start.Add(-time.Hour)) || !got.Meeting.Before.Equal(start) || got.Meeting.Wall != match.Meeting.Wall {
		t.Errorf("the meeting is at %v instead of %v, wall %v", got.Meeting.Start, start, got.Meeting.Wall)
	}
	if got.Meeting.Round != 2 || got.Offer.Round != 2 {
		t.Errorf("the rounds are %d and %d, want a new one for both, so that no work is taken for done", got.Meeting.Round, got.Offer.Round)
	}
	var names []string
	for _, w := range got.Due() {
		names = append(names, w.Name)
	}
	if !strings.Contains(strings.Join(names, " "), "day.2") || !strings.Contains(strings.Join(names, " "), "soon.2") {
		t.Errorf("the meeting has the work %q, want its reminders anew", names)
	}
	if told := deliveries(m); len(told) != 2 || told[0].Notice != noticeLaw {
		t.Errorf("%d people hear of it, want both", len(told))
	}
	tx := newTx(t.Context(), m, lawDay, a.ids)
	news, err := a.sayLaw(tx, got, &Person{ID: "pb", Name: "Bo", Zone: auckland}, &Person{ID: "pa", Name: "Ana", Zone: paris})
	if err != nil || !strings.Contains(fmt.Sprint(news), "1 hour earlier") {
		t.Errorf("sayLaw() = %v, %v, want how far it moved", news, err)
	}
	if _, err := a.sayLaw(tx, match, &Person{ID: "pb"}, &Person{ID: "pa"}); err != errMoot { //nolint:errorlint // returned as it is
		t.Errorf("sayLaw() of a meeting that no law moved = %v, want errMoot", err)
	}
}

func TestALawIsNotToldToWhomItDoesNotConcern(t *testing.T) {
	t.Parallel()
	m := newMemory()
	c := lawTalk()
	c.Sequence, c.Law, c.Moved, c.Before = 2, 2, 2, c.Start.Add(time.Hour)
	m.keep(c)
	a := lawApp(m)
	tx := newTx(t.Context(), m, lawDay, a.ids)
	for notice, want := range map[string]map[string]bool{
		"law.2": {"p1": true, "p2": true, "p3": false},
		"law.1": {"p1": false},
	} {
		for id, holds := range want {
			news, err := a.hostNews(tx, c, &Delivery{Notice: notice}, &Person{ID: id, Zone: paris})
			if (err == nil) != holds {
				t.Errorf("%s to %s = %v, %v, want told: %v", notice, id, news, err, holds)
			}
		}
	}
	news := a.changedNews(c, &Rsvp{State: Going}, &Person{ID: "p3", Zone: paris}, lawDay)
	if text := fmt.Sprint(news.Body); strings.Contains(text, "It was to be on") || !strings.Contains(text, "The rules for clocks in Paris have changed") {
		t.Errorf("the news says %q, want the reason and no old time", text)
	}
}

func TestAShiftIsToldInWholeUnits(t *testing.T) {
	t.Parallel()
	for by, want := range map[time.Duration]string{
		time.Hour: "1 hour later", -2 * time.Hour: "2 hours earlier", 30 * time.Minute: "30 minutes later", -90 * time.Minute: "90 minutes earlier",
	} {
		if got := shiftText(lawDay, lawDay.Add(by)); !strings.Contains(got, want) {
			t.Errorf("shiftText(%v) = %q, want %q", by, got, want)
		}
	}
	if got := lawText(calendar.Wall{Zone: calendar.UTC()}); got != "The rules for clocks in UTC have changed." {
		t.Errorf("lawText(UTC) = %q", got)
	}
}
