package bot

import (
	"strings"
	"testing"
)

// What a talk counts is held to every kind of answer, those that take no seat too.
func TestAnswersOfEveryKindAreCountedWhenVerified(t *testing.T) {
	t.Parallel()
	for _, says := range []Seats{{Capacity: 9, Going: 1, Offered: 1, Waiting: 1, Unsure: 1, Absent: 1}, {Capacity: 9, Going: 1, Offered: 1, Waiting: 1, Absent: 1}} {
		v := &verifier{seats: map[string]Seats{}, talks: map[string]Seats{}, coded: map[string]int{}}
		v.look(&Colloquium{ID: "c", State: Announced, Closed: true, Seats: says})
		for _, state := range []RsvpState{Going, Offered, Waiting, Unsure, Absent, Left} {
			v.look(&Rsvp{Colloquium: "c", State: state})
		}
		v.lists()
		if broken := strings.Join(v.report.Broken, "; "); (broken == "") != (says.Unsure == 1) {
			t.Errorf("a talk that counts %s is found broken by %q", says.counts(), broken)
		}
	}
}

// Of those who gave a code a talk counts all, and those as well who are gone.
func TestWhoGaveACodeIsCountedWhenVerified(t *testing.T) {
	t.Parallel()
	for says, sound := range map[int]bool{1: false, 2: true, 3: true} {
		v := &verifier{seats: map[string]Seats{}, talks: map[string]Seats{}, coded: map[string]int{}}
		for _, at := range []*Attendance{{Colloquium: "c", At: pollTime}, {Colloquium: "c", Wrong: 3}, {Colloquium: "c", At: pollTime}} {
			v.look(at)
		}
		v.look(&Colloquium{ID: "c", State: Over, Closed: true, Coded: says})
		v.lists()
		if broken := strings.Join(v.report.Broken, "; "); (broken == "") != sound || !sound && !strings.Contains(broken, "1 person more gave its code") {
			t.Errorf("a talk that counts %d of 2 is found broken by %q, want sound = %v", says, broken, sound)
		}
	}
}
