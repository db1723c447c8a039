package bot

import (
	"errors"
	"testing"
	"time"

	"interlab/calendar"
)

// lawPoll is a poll of p1 about 15:00 in Paris on two days and 15:00 UTC on one.
func lawPoll() *Poll {
	p := &Poll{ID: "p", By: "p1", Title: "Corals", Length: time.Hour, State: PollOpen, At: lawDay, Closes: lawDay.Add(pollLife)}
	for day, zone := range []calendar.Zone{paris, calendar.UTC(), paris} {
		p.Times = append(p.Times, calendar.Pinned().Moment(calendar.Wall{Date: must(calendar.NewDate(2026, 12, 8+day)), Clock: must(calendar.NewClock(15, 0)), Zone: zone}))
	}
	return p
}

// obeyed is the poll after a sweep by new zone data, with what it planned.
func obeyed(t *testing.T, p *Poll) (*Poll, *memory, *App) {
	t.Helper()
	m := newMemory()
	m.keep(p, &Person{ID: "p1", Zone: paris})
	a := lawApp(m)
	for range 2 { // the second finds nothing to do
		records, _, err := m.Page(t.Context(), Page{Index: every(KindPoll)})
		if err == nil {
			err = a.obey(t.Context(), records)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return of[*Poll](m, p.Ref()), m, a
}

func TestTimesOfAnOpenPollStayAtTheirWallWhenALawChanges(t *testing.T) {
	t.Parallel()
	p := lawPoll()
	got, m, a := obeyed(t, p)
	for n, hour := range []int{12, 15, 12} {
		if at := got.Times[n]; at.Instant.Hour() != hour || at.Wall != p.Times[n].Wall {
			t.Errorf("time %d is at %v, %v; want %d:00 UTC and the same wall", n, at.Instant, at.Wall, hour)
		}
	}
	if got.Laws != 1 || len(got.Moved) != 2 || !got.Moved[2].Equal(p.Times[2].Instant) || got.Times[0].Rules != a.zones.Version() || got.Dirty.IsZero() {
		t.Errorf("after a law the poll is %+v, want one law, two times moved, and cards to edit", got)
	}
	if told := deliveries(m); len(got.Fans) != 1 || got.Fans[0].Over != overVoters || len(told) != 1 || told[0].To != "p1" {
		t.Errorf("fans %+v and deliveries %+v, want one to those who answered and one to who asked", got.Fans, told)
	}
}

func TestWhatALawDoesToAPollDependsOnWhereItStands(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*Poll)
		laws   int
		fans   int
	}{
		"open":    {func(*Poll) {}, 1, 1},
		"closed":  {func(p *Poll) { p.State = PollClosed }, 1, 0},
		"settled": {func(p *Poll) { p.State = PollSettled }, 0, 0},
		"over":    {func(p *Poll) { p.Times = p.Times[1:2] }, 0, 0},
	} {
		p := lawPoll()
		c.change(p)
		if got, _, _ := obeyed(t, p); got.Laws != c.laws || len(got.Fans) != c.fans {
			t.Errorf("a poll that is %s: %d laws and %d fans, want %d and %d", name, got.Laws, len(got.Fans), c.laws, c.fans)
		}
	}
	p := lawPoll()
	p.Closes = p.Times[0].Instant.Add(-time.Hour)
	if got, _, _ := obeyed(t, p); !got.Closes.Equal(got.Times[0].Instant) {
		t.Errorf("the poll closes at %v, want %v: no later than its first time", got.Closes, got.Times[0].Instant)
	}
}

// Who answered hears which of their times moved, once, and who is where the times
// were named hears nothing: clocks there show what they showed.
func TestALawOfAPollIsToldToWhomItConcerns(t *testing.T) {
	t.Parallel()
	tokyo := must(calendar.ParseZone("Tokyo"))
	for name, c := range map[string]struct {
		to     *Person
		notice string
		state  PollState
		told   bool
	}{
		"one far away":            {&Person{ID: "v", Zone: tokyo}, "law.1", PollOpen, true},
		"one whose zone is open":  {&Person{ID: "v"}, "law.1", PollOpen, true},
		"one in Paris":            {&Person{ID: "v", Zone: paris}, "law.1", PollOpen, false},
		"who asked, in Paris":     {&Person{ID: "p1", Zone: paris}, "law.1", PollOpen, true},
		"one who never answered":  {&Person{ID: "w", Zone: tokyo}, "law.1", PollOpen, false},
		"a law that was replaced": {&Person{ID: "v", Zone: tokyo}, "law.0", PollOpen, false},
		"a poll that is closed":   {&Person{ID: "v", Zone: tokyo}, "law.1", PollClosed, false},
		"a poll that is settled":  {&Person{ID: "p1", Zone: paris}, "law.1", PollSettled, false},
	} {
		p, _, a := obeyed(t, lawPoll())
		p.State = c.state
		tx := holding(t, lawDay, p, &PollVote{ID: "x", Poll: "p", Person: "v", Votes: map[int]calendar.Vote{}})
		m, err := a.pollLaw(tx, p, &Delivery{Notice: c.notice}, c.to)
		if err != nil && !errors.Is(err, errMoot) || (err == nil) != c.told || c.told && len(m.Body) != 3 {
			t.Errorf("%s: %d paragraphs, %v; want told = %v, of both times", name, len(m.Body), err, c.told)
		}
	}
	p, _, a := obeyed(t, lawPoll())
	tx := holding(t, lawDay, p, &Person{ID: "v"}, &Person{ID: "p1"},
		&PollVote{ID: "x", Poll: "p", Person: "v", At: lawDay}, &PollVote{ID: "y", Poll: "p", Person: "p1", At: lawDay}, &PollVote{ID: "z", Poll: "p", Person: "gone", At: lawDay})
	last, err := a.spreadVoters(tx, p, &p.Fans[0])
	commit, fault := tx.commit()
	if !last || err != nil || fault != nil || len(commit.Writes) != 1 {
		t.Errorf("spreadVoters() = %v, %v with %d deliveries; want the last page with one: who asked was told already", last, err, len(commit.Writes))
	}
}
