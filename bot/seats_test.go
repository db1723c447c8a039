package bot

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// everybody is a list as people are put on it, without a store.
type everybody struct {
	talk  Colloquium
	rsvps []*Rsvp // in no order; everybody who was ever on it
	now   time.Time
}

// offerAll does what filling does: the longest waiting first.
func (e *everybody) offerAll() {
	for e.talk.Seats.vacant() > 0 {
		e.talk.shift(e.first(Waiting), Offered, e.now)
	}
}

// first is who has waited longest in a state, or nil.
func (e *everybody) first(state RsvpState) *Rsvp {
	var first *Rsvp
	for _, r := range e.rsvps {
		if r.State == state && (first == nil || r.Turn < first.Turn) {
			first = r
		}
	}
	return first
}

func (e *everybody) count(state RsvpState) int {
	n := 0
	for _, r := range e.rsvps {
		if r.State == state {
			n++
		}
	}
	return n
}

// Whatever people do: the counts are those of the list, nobody is seated beyond
// the capacity except by its being lowered, and no seat is free while somebody
// waits.
func TestSeatsAreNeverOverfullNorIdle(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		e := &everybody{talk: Colloquium{Seats: Seats{Capacity: rapid.IntRange(0, 5).Draw(r, "capacity")}}, now: time.Unix(0, 0)}
		join := func(who *Rsvp) {
			e.talk.Turns++
			who.Turn = e.talk.Turns
			e.talk.shift(who, e.talk.Seats.entry(), e.now)
		}
		who := func(states ...RsvpState) *Rsvp {
			found := slices.DeleteFunc(slices.Clone(e.rsvps), func(x *Rsvp) bool { return !slices.Contains(states, x.State) })
			if len(found) == 0 {
				r.Skip("nobody stands so")
			}
			return rapid.SampledFrom(found).Draw(r, "who")
		}
		taken := 0
		r.Repeat(map[string]func(*rapid.T){
			"joins": func(*rapid.T) {
				r := &Rsvp{}
				e.rsvps = append(e.rsvps, r)
				join(r)
			},
			"joins again": func(*rapid.T) { join(who(Left)) },
			"leaves":      func(*rapid.T) { e.talk.shift(who(Going, Waiting, Offered), Left, e.now); e.offerAll() },
			"takes":       func(*rapid.T) { e.talk.shift(who(Offered), Going, e.now) },
			"capacity": func(r *rapid.T) {
				e.talk.Seats.Capacity = rapid.IntRange(0, 8).Draw(r, "capacity")
				e.offerAll()
			},
			"": func(r *rapid.T) {
				s := e.talk.Seats
				if s.Going != e.count(Going) || s.Offered != e.count(Offered) || s.Waiting != e.count(Waiting) {
					r.Fatalf("%+v does not count the list", s)
				}
				if s.Capacity > 0 && s.taken() > max(s.Capacity, taken) {
					r.Fatalf("%+v has more people than seats, and there were %d before", s, taken)
				}
				if s.free() > 0 && s.Waiting > 0 {
					r.Fatalf("%+v keeps somebody waiting beside a free seat", s)
				}
				if w, o := e.first(Waiting), e.first(Offered); w != nil && o != nil && slices.ContainsFunc(e.rsvps, func(x *Rsvp) bool { return x.State == Offered && x.Turn > w.Turn }) {
					r.Fatalf("turn %d was passed over", w.Turn)
				}
				taken = s.taken()
			},
		})
	})
}

func TestAnOfferStandsForADayOrHalfOfWhatIsLeft(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 10, 9, 13, 0, 0, 0, time.UTC)
	for _, c := range []struct{ before, want time.Duration }{
		{10 * 24 * time.Hour, 24 * time.Hour},
		{48 * time.Hour, 24 * time.Hour},
		{40 * time.Hour, 20 * time.Hour},
		{10 * time.Minute, 5 * time.Minute},
		{0, 0},
		{-time.Hour, 0},
	} {
		heard := start.Add(-c.before)
		if got := offerUntil(heard, start).Sub(heard); got != c.want {
			t.Errorf("offerUntil(%s before) stands for %s, want %s", c.before, got, c.want)
		}
	}
}

func TestATalkRemindsOnlyOfWhatIsStillToCome(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 10, 9, 13, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name  string
		timed time.Duration // before the start
		state TalkState
		done  []string
		want  []string
	}{
		{"set long before", 72 * time.Hour, Announced, nil, []string{"begin.0", "day.0", "hour.0", "over", "soon.0"}},
		{"set on the same day", 5 * time.Hour, Announced, nil, []string{"begin.0", "hour.0", "over", "soon.0"}},
		{"set ten minutes before", 10 * time.Minute, Announced, nil, []string{"begin.0", "over"}},
		{"reminded of the day", 72 * time.Hour, Announced, []string{"day.0"}, []string{"begin.0", "hour.0", "over", "soon.0"}},
		{"cancelled", 72 * time.Hour, Cancelled, nil, nil},
		{"over", 72 * time.Hour, Over, nil, nil},
	} {
		talk := Colloquium{Start: start, Length: time.Hour, Timed: start.Add(-c.timed), State: c.state, Done: c.done}
		var names []string
		for _, work := range talk.Due() {
			names = append(names, work.Name)
		}
		slices.Sort(names)
		if !slices.Equal(names, c.want) {
			t.Errorf("%s: Due() = %v, want %v", c.name, names, c.want)
		}
	}
}

func TestCardsAreEditedAtMostEveryTenSeconds(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 10, 5, 8, 0, 0, 0, time.UTC)
	talk := Colloquium{State: Cancelled, Refreshed: now, Refreshes: 3}
	talk.touch(now.Add(time.Second))
	talk.touch(now.Add(5 * time.Second))
	if due := talk.Due(); len(due) != 0 {
		t.Errorf("Due() without a post = %v, want nothing", due)
	}
	talk.Posts = append(talk.Posts, postedIn("talks"))
	want := Work{"refresh.3", now.Add(refreshEvery)}
	if due := talk.Due(); len(due) != 1 || due[0] != want {
		t.Errorf("Due() = %v, want %v", due, want)
	}
}

func TestWhoMayComeOrCannotTakesNoSeatAndIsCounted(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		seats Seats
		want  string
	}{
		{Seats{}, "nobody yet"},
		{Seats{Unsure: 2}, "nobody yet, 2 may come"},
		{Seats{Capacity: 1, Going: 1, Waiting: 3, Absent: 4}, "1 of 1 seat taken, 3 on the waitlist, 4 cannot come"},
		{Seats{Going: 1}, "1 person comes"},
	} {
		if got := countsText(c.seats); got != c.want {
			t.Errorf("countsText(%+v) = %q, want %q", c.seats, got, c.want)
		}
	}
	s := Seats{Capacity: 1}
	s.move("", Unsure)
	s.move(Unsure, Going)
	s.move("", Absent)
	if want := (Seats{Capacity: 1, Going: 1, Absent: 1}); s != want || s.people() != 1 {
		t.Errorf("after three answers the seats are %+v with %d people, want %+v with 1", s, s.people(), want)
	}
	for state, want := range map[RsvpState]bool{Going: true, Waiting: true, Offered: true, Unsure: true, Left: false, Absent: false, "": false} {
		if state.listed() != want {
			t.Errorf("%q.listed() = %v, want %v", state, !want, want)
		}
	}
}
