package bot

import (
	"strings"
	"testing"
)

// What a talk counts is held to every kind of answer, those that take no seat too.
func TestAnswersOfEveryKindAreCountedWhenVerified(t *testing.T) {
	t.Parallel()
	for _, says := range []Seats{{Capacity: 9, Going: 1, Offered: 1, Waiting: 1, Unsure: 1, Absent: 1}, {Capacity: 9, Going: 1, Offered: 1, Waiting: 1, Absent: 1}} {
		v := &verifier{seats: map[string]Seats{}, talks: map[string]Seats{}}
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
