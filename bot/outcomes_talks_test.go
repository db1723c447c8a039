package bot

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"interlab/bot/exchange"
)

func TestWhoCameIsKnownEstimatedOrNotSaid(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 10, 7, 11, 0, 0, 0, time.UTC)
	thirty := 30
	for name, c := range map[string]struct {
		talk Colloquium
		want exchange.Talk
	}{
		"by the code, whatever the host counted": {
			Colloquium{Coded: 8, Guests: 5, Firsts: 2, Counted: &thirty, Seats: Seats{Going: 10}, MadeAt: at},
			exchange.Talk{Replies: 10, Attended: 8, OtherLabs: 5, First: 2, Linked: at},
		},
		"by the host": {Colloquium{Counted: &thirty, Seats: Seats{Going: 10}}, exchange.Talk{Replies: 10, Attended: 30, Estimated: true}},
		"by nobody":   {Colloquium{Seats: Seats{Going: 10}}, exchange.Talk{}},
	} {
		c.talk.Start, c.want.At, c.want.Lab = at, at, "curie"
		if diff := cmp.Diff(c.want, c.talk.talk("curie")); diff != "" {
			t.Errorf("%s: the talk differs (-want +got):\n%s", name, diff)
		}
	}
}

func TestWhoCameTwiceAsOneIsCountedOnce(t *testing.T) {
	t.Parallel()
	c := &Colloquium{}
	one, other := &Attendance{Guest: true, First: true}, &Attendance{First: true}
	c.count(one, 1)
	c.count(other, 1)
	c.count(one, -1)
	if c.Coded != 1 || c.Guests != 0 || c.Firsts != 1 {
		t.Errorf("after two came and one of them was the other, it counts %d, %d guests, %d for the first time", c.Coded, c.Guests, c.Firsts)
	}
}
