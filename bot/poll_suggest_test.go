package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interlab/bot/chat"
	"interlab/calendar"
)

// from is a person in a place, with hours.
func from(id, place, hours string) *Person {
	p := &Person{ID: id, Zone: must(calendar.ParseZone(place))}
	if hours != "" {
		p.Hours = must(calendar.ParseHours(hours))
	}
	return p
}

// What is said to be in everybody's hours is, by the clocks of each, over changes
// of clocks and in zones of quarter hours too.
func TestSuggestedTimesAreInTheHoursOfAllWhoAreInvited(t *testing.T) {
	t.Parallel()
	a := &App{zones: calendar.Pinned()}
	places := []string{"Berlin", "Kathmandu", "New York", "Adelaide", "Auckland", "Pacific/Chatham", "Lima", "Casablanca"}
	hours := []string{"Mon-Fri 09:00-17:00", "Sun-Thu 08:00-20:00", "Mon-Sat 06:30-23:00", "Tue 10:15-12:45"}
	rapid.Check(t, func(r *rapid.T) {
		now := time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 400*24).Draw(r, "hours")) * time.Hour)
		var people []*Person
		for range rapid.IntRange(1, 4).Draw(r, "people") {
			people = append(people, from("p", rapid.SampledFrom(places).Draw(r, "place"), rapid.SampledFrom(hours).Draw(r, "hours")))
		}
		slots, why := a.suggestions(people, map[string]calendar.Zone{"l": must(calendar.ParseZone(rapid.SampledFrom(places).Draw(r, "lab")))}, now)
		if (len(slots) == 0) != (why == "") {
			r.Fatalf("%d times because %q", len(slots), why)
		}
		if n := len([]rune("Up to 20, one on each line. These are " + why + ".")); n > chat.MaxFormHint {
			r.Fatalf("%q makes a hint of %d runes", why, n)
		}
		shared := !strings.Contains(why, "share none")
		for _, s := range slots {
			if !s.Start.After(now.Add(timesFrom)) || s.End.Sub(s.Start) != time.Hour {
				r.Fatalf("suggested %v to %v at %v", s.Start, s.End, now)
			}
			for i, p := range people {
				if (shared || i == 0) && !a.zones.Within(p.Hours, p.Zone, s.Start, time.Hour) {
					r.Fatalf("%v is %s, but not for %v", s.Start, why, a.zones.WallAt(s.Start, p.Zone))
				}
			}
		}
	})
}

func TestATimeSaysHowManyItSuits(t *testing.T) {
	t.Parallel()
	a := &App{zones: calendar.Pinned()}
	ana, mei := from("a", "Berlin", "Mon-Fri 09:00-17:00"), from("m", "Kathmandu", "Sun-Fri 10:00-20:00")
	for _, c := range []struct {
		people []*Person
		at     string
		want   string
	}{
		{[]*Person{ana}, "2026-10-23T08:00:00Z", ""},
		{[]*Person{ana}, "2026-10-23T15:30:00Z", ", outside your hours"},
		{[]*Person{ana, mei}, "2026-10-23T08:00:00Z", ", in the hours of all 2 invited"},
		{[]*Person{ana, mei}, "2026-10-23T13:14:00Z", ", in the hours of all 2 invited"},
		{[]*Person{ana, mei}, "2026-10-23T13:16:00Z", ", outside the hours of 1 of 2 invited"},
		{[]*Person{ana, mei}, "2026-10-25T08:00:00Z", ", outside the hours of 1 of 2 invited"},
	} {
		if got := a.suits(c.people, must(time.Parse(time.RFC3339, c.at)), time.Hour); got != c.want {
			t.Errorf("suits(%d people, %s) = %q, want %q", len(c.people), c.at, got, c.want)
		}
	}
	// 19:00 to 20:00 in Kathmandu is 13:15 to 14:15 in UTC.
	if got := a.suits([]*Person{mei, mei}, time.Date(2026, 10, 23, 13, 15, 0, 0, time.UTC), time.Hour); got != ", in the hours of all 2 invited" {
		t.Errorf("the last hour of Mei's day: %q", got)
	}
}

// Of a talk those are invited who propose it, who speak and who are on its list;
// whose hours nobody knows is left out.
func TestInvitedAreWhoHasToDoWithTheTalk(t *testing.T) {
	t.Parallel()
	c := attended()
	c.Proposer, c.Speakers = "a", []Speaker{{Person: "b", Speaks: Agreed}, {Name: "Guest"}}
	tx := holding(t, pollTime, c, from("a", "Berlin", ""), from("b", "Lima", ""), from("d", "Kathmandu", ""), &Person{ID: "nowhere"},
		&Rsvp{ID: "r1", Colloquium: "c", Person: "d", State: Unsure}, &Rsvp{ID: "r2", Colloquium: "c", Person: "nowhere", State: Going},
		&Rsvp{ID: "r3", Colloquium: "c", Person: "b", State: Going}, &Rsvp{ID: "r4", Colloquium: "c", Person: "gone", State: Waiting})
	rq := &request{app: &App{zones: calendar.Pinned()}, tx: tx, me: from("a", "Berlin", ""), now: pollTime}
	people, err := rq.invited(&Draft{Then: chat.Ref{Route: pollRoute, ID: "c.3"}})
	var ids []string
	for _, p := range people {
		ids = append(ids, p.ID)
	}
	if diff := cmp.Diff([]string{"a", "b", "d"}, ids); diff != "" || err != nil {
		t.Errorf("invited() = %v; differs (-want +got):\n%s", err, diff)
	}
}
