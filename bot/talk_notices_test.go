package bot

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"interlab/bot/chat"
	"interlab/calendar"
)

func TestNoticesOfTalksAreDroppedOnceTheyAreNoLongerTrue(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		notice string
		talk   Colloquium
		state  RsvpState
		want   bool
	}{
		{"changed.2", Colloquium{State: Announced, Sequence: 2}, Going, true},
		{"changed.2", Colloquium{State: Announced, Sequence: 2}, Waiting, true},
		{"changed.2", Colloquium{State: Announced, Sequence: 3}, Going, false},
		{"changed.2", Colloquium{State: Announced, Sequence: 2}, Left, false},
		{"changed.2", Colloquium{State: Cancelled, Sequence: 2}, Going, false},
		{"changed", Colloquium{State: Announced}, Going, false},
		{"cancelled.3", Colloquium{State: Cancelled}, Waiting, true},
		{"cancelled.3", Colloquium{State: Cancelled}, Left, false},
		{"day.1", Colloquium{State: Announced, Timing: 1}, Going, true},
		{"day.1", Colloquium{State: Announced, Timing: 1}, Waiting, false},
		{"soon.0", Colloquium{State: Announced, Timing: 1}, Going, false},
		{"offer", Colloquium{State: Announced}, Offered, true},
		{"offer", Colloquium{State: Announced}, Going, false},
		{"lapsed", Colloquium{State: Announced}, Left, true},
		{"lapsed", Colloquium{State: Announced}, Waiting, false},
	} {
		if got := holdsFor(&c.talk, &Rsvp{State: c.state}, c.notice); got != c.want {
			t.Errorf("holdsFor(%s, %s, %s) = %v, want %v", c.talk.State, c.state, c.notice, got, c.want)
		}
	}
}

func TestWhatMattersIsHeardInTimeWhateverTheHour(t *testing.T) {
	t.Parallel()
	berlin, err := calendar.ParseZone("Berlin")
	if err != nil {
		t.Fatal(err)
	}
	a := &App{zones: calendar.Pinned()}
	evening := time.Date(2026, 10, 5, 20, 0, 0, 0, time.UTC)
	morning := time.Date(2026, 10, 6, 7, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name     string
		zone     calendar.Zone
		by, want time.Time
	}{
		{"days later", berlin, morning.Add(48 * time.Hour), morning},
		{"later in the morning", berlin, morning.Add(2 * time.Hour), morning},
		{"soon after the morning begins", berlin, morning.Add(30 * time.Minute), evening},
		{"in the night", berlin, evening.Add(time.Hour), evening},
		{"at any time", berlin, time.Time{}, morning},
		{"where the zone is unknown", calendar.Zone{}, morning, evening},
	} {
		if got := a.heard(&Person{Zone: c.zone}, evening, c.by); !got.Equal(c.want) {
			t.Errorf("%s: heard() = %s, want %s", c.name, got, c.want)
		}
	}
}

func TestAnAnswerIsListedWhereItCounts(t *testing.T) {
	t.Parallel()
	at := time.UnixMilli(5000)
	for state, want := range map[RsvpState][]string{
		Going:   {"rsvp/c/p", "rsvp.by/p", "rsvp.of/c", "rsvp.of/c/going"},
		Waiting: {"rsvp/c/p", "rsvp.by/p", "rsvp.of/c", "rsvp.of/c/waiting"},
		Offered: {"rsvp/c/p", "rsvp.by/p", "rsvp.of/c", "rsvp.of/c/offered"},
		Left:    {"rsvp/c/p", "rsvp.by/p"},
	} {
		r := Rsvp{ID: "r", Colloquium: "c", Person: "p", State: state, Turn: 7, At: at, Until: at.Add(time.Hour), Offers: 2}
		var got []string
		for _, e := range r.Entries() {
			got = append(got, e.Index)
			if unique := e.Index == "rsvp/c/p"; e.Unique != unique {
				t.Errorf("%s: entry %s is unique: %v, want %v", state, e.Index, e.Unique, unique)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: Entries() = %q, want %q", state, got, want)
		}
		due := r.Due()
		if state == Offered && (len(due) != 1 || due[0] != Work{"lapse.2", r.Until}) || state != Offered && len(due) != 0 {
			t.Errorf("%s: Due() = %v", state, due)
		}
	}
}

func TestChangesTellInTimeForTheEarlierOfBothStarts(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 10, 5, 8, 0, 0, 0, time.UTC)
	start := now.Add(72 * time.Hour)
	for _, shift := range []time.Duration{-24 * time.Hour, 24 * time.Hour} {
		c := Colloquium{State: Announced, Start: start, Length: time.Hour, Turns: 9, Sequence: 4, Timing: 1}
		c.retime(calendar.Moment{Instant: start.Add(shift)}, 2*time.Hour, now)
		by := start
		if shift < 0 {
			by = start.Add(shift)
		}
		want := []Fan{
			{N: 1, Over: overThreads, Notice: "changed.5", At: now, Until: c.end(), Last: 9},
			{N: 2, Over: overPeople, Notice: "changed.5", At: now, By: by, Until: c.end(), Last: 9},
		}
		if !reflect.DeepEqual(c.Fans, want) {
			t.Errorf("retime by %s tells %+v, want %+v", shift, c.Fans, want)
		}
		if c.Sequence != 5 || c.Moved != 5 || c.Timing != 2 || c.Edition != 1 || !c.Before.Equal(start) || !c.Dirty.Equal(now) {
			t.Errorf("retime by %s leaves %+v", shift, c)
		}
	}
}

// Only its length changes: that is told, but the talk has not moved.
func TestAnotherLengthIsNoMove(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 10, 5, 8, 0, 0, 0, time.UTC)
	c := Colloquium{State: Announced, Start: now.Add(time.Hour), Length: time.Hour, Timed: now}
	c.retime(calendar.Moment{Instant: c.Start}, 2*time.Hour, now)
	if c.Sequence != 1 || c.Timing != 0 || c.Moved != 0 || !c.Before.IsZero() || c.Length != 2*time.Hour {
		t.Errorf("retime to another length leaves %+v", c)
	}
}

func TestALateReminderIsSentOnceAndNeverAfterTheStart(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 10, 9, 13, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		work   string
		before time.Duration
		want   int
	}{
		{"day.0", 24 * time.Hour, 1},
		{"day.0", 20 * time.Minute, 1},
		{"day.0", 15 * time.Minute, 0}, // the other reminder is due
		{"soon.0", 15 * time.Minute, 1},
		{"soon.0", time.Minute, 1},
		{"soon.0", 0, 0},
	} {
		talk := Colloquium{State: Announced, Start: start}
		talk.remind(c.work, start.Add(-c.before))
		if len(talk.Fans) != c.want || !slices.Equal(talk.Done, []string{c.work}) {
			t.Errorf("remind(%s, %s before) begins %d fans and is done with %q, want %d", c.work, c.before, len(talk.Fans), talk.Done, c.want)
		}
	}
}

func TestCountsAreSaidAsPeopleCount(t *testing.T) {
	t.Parallel()
	for want, s := range map[string]Seats{
		"nobody yet":                              {},
		"1 person comes":                          {Going: 1},
		"0 of 30 seats taken":                     {Capacity: 30},
		"3 of 30 seats taken":                     {Capacity: 30, Going: 2, Offered: 1},
		"30 of 30 seats taken, 2 on the waitlist": {Capacity: 30, Going: 30, Waiting: 2},
		"2 of 1 seat taken":                       {Capacity: 1, Going: 2},
	} {
		if got := countsText(s); got != want {
			t.Errorf("countsText(%+v) = %q, want %q", s, got, want)
		}
	}
}

// The file carries what people typed as text, under an id that never changes.
func TestTheCalendarFileNamesTheTalkForEver(t *testing.T) {
	t.Parallel()
	a := &App{zones: calendar.Pinned(), network: "demo"}
	now := time.Date(2026, 10, 5, 8, 0, 0, 0, time.UTC)
	c := Colloquium{ID: "abc", Title: "A talk\nEND:VCALENDAR", Speaker: "Ana", State: Announced, Start: now, Length: time.Hour, Where: "https://meet.example.org/x", At: now, Changed: now, Wall: a.zones.WallAt(now, calendar.UTC())}
	before := string(a.talkFile(&c, viewer{}, time.Time{})[0].Data)
	c.cancel("ill", now.Add(time.Hour))
	files := a.talkFile(&c, viewer{}, time.Time{})
	m := chat.Message{Title: "x", Attachments: files}
	if err := m.Validate(); err != nil {
		t.Errorf("the file cannot be sent: %v", err)
	}
	after := string(files[0].Data)
	for text, wants := range map[string][]string{
		before: {"UID:abc@demo.interlab\r\n", "SEQUENCE:0\r\n", "STATUS:CONFIRMED\r\n", "SUMMARY:A talk END:VCALENDAR\r\n", "URL:https://meet.example.org/x\r\n"},
		after:  {"UID:abc@demo.interlab\r\n", "SEQUENCE:1\r\n", "STATUS:CANCELLED\r\n", "DTSTAMP:20261005T090000Z\r\n"},
	} {
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("the file lacks %q:\n%s", want, text)
			}
		}
	}
}
