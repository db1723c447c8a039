package calendar_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interlab/calendar"
)

// votes are a voter's, in the order of the options a, b, c …: y, i, n or -.
func votes(text string) map[string]calendar.Vote {
	named := map[rune]calendar.Vote{'y': calendar.VoteYes, 'i': calendar.VoteIfNeedBe, 'n': calendar.VoteNo}
	out := map[string]calendar.Vote{}
	for i, r := range text {
		if vote, said := named[r]; said {
			out[string(rune('a'+i))] = vote
		}
	}
	return out
}

// poll asks about an hour at each of some times of Tuesday 8 December 2026, UTC.
func poll(t testing.TB, hours []string, voters ...calendar.Voter) calendar.Poll {
	t.Helper()
	p := calendar.Poll{Length: time.Hour, Voters: voters}
	for i, hour := range hours {
		p.Options = append(p.Options, calendar.Option{ID: string(rune('a' + i)), Start: instant(t, "2026-12-08T"+hour+":00Z")})
	}
	return p
}

func TestTimesAreRankedByOneThingAfterTheOther(t *testing.T) {
	t.Parallel()
	berlin, tokyo := zone(t, "Europe/Berlin"), zone(t, "Asia/Tokyo")
	ana := func(text string) calendar.Voter {
		return calendar.Voter{ID: "ana", Lab: "coral", Zone: berlin, Votes: votes(text), Required: true}
	}
	ben := func(text string) calendar.Voter {
		return calendar.Voter{ID: "ben", Lab: "coral", Zone: berlin, Votes: votes(text)}
	}
	emi := func(text string) calendar.Voter {
		return calendar.Voter{ID: "emi", Lab: "reef", Zone: tokyo, Votes: votes(text)}
	}
	noon := []string{"12:00", "13:00"}
	for _, c := range []struct {
		name  string
		poll  calendar.Poll
		first string
		by    calendar.Criterion
	}{
		{"the speaker counts before two others", poll(t, noon, ana("ny"), ben("yn"), emi("yn")), "b", calendar.ByRequired},
		{"silence of the speaker is no no", poll(t, noon, ana("-y"), ben("yy"), ben("yn")), "a", calendar.ByStart},
		{"coming if need be is coming", poll(t, noon, ben("yi"), emi("ni")), "b", calendar.ByComing},
		{"yes is better than if need be", poll(t, noon, ben("iy"), emi("ii")), "b", calendar.ByYes},
		{"16:00 UTC is night in Tokyo", poll(t, []string{"16:00", "09:00"}, ben("yy"), emi("yy")), "b", calendar.ByUncivil},
		{"who cannot come does not mind the hour", poll(t, []string{"08:00", "16:00"}, ben("yy"), emi("nn")), "a", calendar.ByStart},
		{"the earlier", poll(t, []string{"13:00", "12:00"}, ben("yy")), "b", calendar.ByStart},
	} {
		ranking := calendar.Pinned().Rank(c.poll)
		if ranking[0].ID != c.first || ranking[0].Ahead != c.by || ranking[1].Ahead != "" {
			t.Errorf("%s: first is %s by %q, want %s by %q", c.name, ranking[0].ID, ranking[0].Ahead, c.first, c.by)
		}
	}
}

func TestHardHoursTakeTurns(t *testing.T) {
	t.Parallel()
	voters := []calendar.Voter{
		{ID: "ana", Lab: "coral", Zone: zone(t, "Europe/Berlin"), Votes: votes("yy")},
		{ID: "emi", Lab: "reef", Zone: zone(t, "Asia/Tokyo"), Votes: votes("yy")},
	}
	p := poll(t, []string{"16:00", "00:00"}, voters...) // night in Tokyo, or in Berlin
	for _, c := range []struct {
		burdens map[string]int
		first   string
		by      calendar.Criterion
	}{
		{nil, "b", calendar.ByStart},
		{map[string]int{"coral": 2, "reef": 1}, "a", calendar.ByBurden},
		{map[string]int{"coral": 2, "reef": 3}, "b", calendar.ByBurden},
	} {
		p.Burdens = c.burdens
		ranking := calendar.Pinned().Rank(p)
		if ranking[0].ID != c.first || ranking[0].Ahead != c.by {
			t.Errorf("with the burdens %v first is %s by %q, want %s by %q", c.burdens, ranking[0].ID, ranking[0].Ahead, c.first, c.by)
		}
	}
}

func TestARankingExplainsItself(t *testing.T) {
	t.Parallel()
	berlin, tokyo := zone(t, "Europe/Berlin"), zone(t, "Asia/Tokyo")
	p := poll(
		t, []string{"16:00", "09:00"},
		calendar.Voter{ID: "emi", Lab: "reef", Zone: tokyo, Votes: votes("iy")},
		calendar.Voter{ID: "dai", Lab: "reef", Zone: tokyo, Votes: votes("yn")},
		calendar.Voter{ID: "ana", Lab: "coral", Zone: berlin, Votes: votes("yn"), Required: true},
		calendar.Voter{ID: "eva", Lab: "coral", Zone: berlin, Required: true},
		calendar.Voter{ID: "nil", Lab: "bay", Votes: votes("yy")},
	)
	p.Burdens = map[string]int{"reef": 4, "coral": 9}
	want := []calendar.Standing{
		{
			Option: p.Options[0], Unsaid: []string{"eva"}, Yes: 3, IfNeedBe: 1, Silent: 1,
			Uncivil: []string{"dai", "emi"}, Labs: []string{"reef"}, Burden: 4, Ahead: calendar.ByRequired,
		},
		{Option: p.Options[1], Missing: []string{"ana"}, Unsaid: []string{"eva"}, Yes: 2, No: 2, Silent: 1},
	}
	got := calendar.Pinned().Rank(p)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Rank() (-want +got):\n%s", diff)
	}
	if got[0].Coming() != 4 {
		t.Errorf("Coming() = %d, want 4", got[0].Coming())
	}
}

func TestUncivilHoursAreOutsideTheDayAndOnesOwnHours(t *testing.T) {
	t.Parallel()
	late := hours(t, "Tue 18-24, Wed 0-2")
	berlin, nobody := zone(t, "Europe/Berlin"), calendar.Hours{}
	for _, c := range []struct {
		from    string
		minutes int
		zone    calendar.Zone
		own     calendar.Hours
		want    bool
	}{
		{"07:00", 60, berlin, nobody, false}, // from 08:00 there
		{"06:59", 60, berlin, nobody, true},
		{"18:00", 60, berlin, nobody, false}, // until 20:00
		{"18:01", 60, berlin, nobody, true},
		{"18:00", 24 * 60, berlin, nobody, true},
		{"19:00", 0, berlin, nobody, true},
		{"22:30", 60, berlin, nobody, true},
		{"22:30", 60, berlin, late, false}, // over midnight, but in their hours
		{"10:00", 60, berlin, late, false},
		{"05:00", 60, berlin, late, true},
		{"02:14", 60, zone(t, "Asia/Kathmandu"), nobody, true},
		{"02:15", 60, zone(t, "Asia/Kathmandu"), nobody, false},
		{"03:00", 60, calendar.Zone{}, nobody, false},
	} {
		start, length := instant(t, "2026-12-08T"+c.from+":00Z"), time.Duration(c.minutes)*time.Minute
		if got := calendar.Pinned().Uncivil(start, length, c.zone, c.own); got != c.want {
			t.Errorf("Uncivil(%s UTC, %v, %s, %s) = %v, want %v", c.from, length, c.zone, c.own, got, c.want)
		}
	}
	if calendar.Pinned().Uncivil(time.Time{}, time.Hour, zone(t, "Europe/Berlin"), calendar.Hours{}) {
		t.Error("no time at all is called uncivil")
	}
}

func TestAPollThatCannotBeHeldIsRefused(t *testing.T) {
	t.Parallel()
	var many []string
	for i := range 400 {
		many = append(many, fmt.Sprintf("%02d:%02d", i/60, i%60))
	}
	for _, c := range []struct {
		poll     calendar.Poll
		reason   calendar.Reason
		sentence string
	}{
		{poll(t, nil), calendar.Empty, "No times were given. Write one on each line, as Tue 15:00."},
		{poll(t, many), calendar.TooMany, "These are 400 times, and people can be asked about 20 at once. Leave the least likely out."},
		{poll(t, []string{"12:00", "13:00", "12:00"}), calendar.NotUnderstood, "One of the times is there twice. Leave one of them out."},
	} {
		if r := refusal(t, c.poll.Check()); r.Reason != c.reason || r.Sentence != c.sentence {
			t.Errorf("Check() = %q, %q, want %q, %q", r.Reason, r.Sentence, c.reason, c.sentence)
		}
	}
	if err := poll(t, many[:20]).Check(); err != nil {
		t.Errorf("Check() of 20 times = %v", err)
	}
	if got := calendar.Pinned().Rank(calendar.Poll{}); len(got) != 0 {
		t.Errorf("Rank() of no times = %v", got)
	}
}

// anyPoll draws small polls, so that ties are common.
func anyPoll() *rapid.Generator[calendar.Poll] {
	return rapid.Custom(func(t *rapid.T) calendar.Poll {
		zones := []calendar.Zone{{}, calendar.UTC()}
		for _, name := range []string{"Asia/Kathmandu", "America/New_York"} {
			z, _ := calendar.ParseZone(name)
			zones = append(zones, z)
		}
		p := calendar.Poll{Length: time.Duration(rapid.IntRange(1, 300).Draw(t, "minutes")) * time.Minute, Burdens: map[string]int{"x": rapid.IntRange(0, 2).Draw(t, "x"), "y": 1}}
		start := time.Date(2027, 3, 13, 0, 0, 0, 0, time.UTC) // clocks change in New York
		for i, n := range rapid.SliceOfN(rapid.IntRange(0, 3*48), 1, 7).Draw(t, "starts") {
			p.Options = append(p.Options, calendar.Option{ID: fmt.Sprint(i), Start: start.Add(time.Duration(n) * 30 * time.Minute)})
		}
		for i := range rapid.IntRange(0, 5).Draw(t, "voters") {
			v := calendar.Voter{
				ID: fmt.Sprint(i), Lab: rapid.SampledFrom([]string{"x", "y", "z"}).Draw(t, "lab"), Required: rapid.Bool().Draw(t, "required"),
				Zone: rapid.SampledFrom(zones).Draw(t, "zone"), Hours: anyHours().Draw(t, "hours"), Votes: map[string]calendar.Vote{},
			}
			for _, o := range p.Options {
				v.Votes[o.ID] = rapid.SampledFrom([]calendar.Vote{calendar.VoteYes, calendar.VoteIfNeedBe, calendar.VoteNo, ""}).Draw(t, "vote")
			}
			p.Voters = append(p.Voters, v)
		}
		return p
	})
}

// uncivilByMinute asks every minute of a talk.
func uncivilByMinute(p calendar.Poll, o calendar.Option, v calendar.Voter) bool {
	if v.Zone.IsZero() {
		return false
	}
	civil, own := true, true
	day := calendar.Pinned().WallAt(o.Start, v.Zone).Date
	for m := range int(p.Length.Minutes()) {
		w := calendar.Pinned().WallAt(o.Start.Add(time.Duration(m)*time.Minute), v.Zone)
		civil = civil && w.Clock.Hour() >= 8 && w.Clock.Hour() < 20 && w.Date == day
		own = own && v.Hours.Contains(w)
	}
	return !civil && !own
}

// bestBySieve finds the best option as the documentation says: of all options
// keep those that the first criterion likes best, of these those that the second
// likes best, and so on.
func bestBySieve(p calendar.Poll) string {
	count := func(o calendar.Option, of func(calendar.Voter, calendar.Vote) bool) (n int) {
		for _, v := range p.Voters {
			if of(v, v.Votes[o.ID]) {
				n++
			}
		}
		return n
	}
	comes := func(v calendar.Vote) bool { return v == calendar.VoteYes || v == calendar.VoteIfNeedBe }
	left := slices.Clone(p.Options)
	for _, cost := range []func(calendar.Option) int{
		func(o calendar.Option) int {
			return count(o, func(v calendar.Voter, vote calendar.Vote) bool { return v.Required && vote == calendar.VoteNo })
		},
		func(o calendar.Option) int {
			return -count(o, func(_ calendar.Voter, vote calendar.Vote) bool { return comes(vote) })
		},
		func(o calendar.Option) int {
			return -count(o, func(_ calendar.Voter, vote calendar.Vote) bool { return vote == calendar.VoteYes })
		},
		func(o calendar.Option) int {
			return count(o, func(v calendar.Voter, vote calendar.Vote) bool { return comes(vote) && uncivilByMinute(p, o, v) })
		},
		func(o calendar.Option) (sum int) {
			for lab, burden := range p.Burdens {
				if count(o, func(v calendar.Voter, vote calendar.Vote) bool {
					return v.Lab == lab && comes(vote) && uncivilByMinute(p, o, v)
				}) > 0 {
					sum += burden
				}
			}
			return sum
		},
		func(o calendar.Option) int { return int(o.Start.Unix()) },
		func(o calendar.Option) int { return int(o.ID[0]) },
	} {
		least := slices.MinFunc(left, func(a, b calendar.Option) int { return cost(a) - cost(b) })
		left = slices.DeleteFunc(left, func(o calendar.Option) bool { return cost(o) > cost(least) })
	}
	return left[0].ID
}

func TestTheRankingEqualsASieve(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := anyPoll().Draw(t, "poll")
		ranking := calendar.Pinned().Rank(p)
		mixed := p
		mixed.Options = rapid.Permutation(p.Options).Draw(t, "options")
		mixed.Voters = rapid.Permutation(p.Voters).Draw(t, "voters")
		if diff := cmp.Diff(ranking, calendar.Pinned().Rank(mixed)); diff != "" {
			t.Fatalf("the order of what is asked changes the ranking:\n%s", diff)
		}
		for i, standing := range ranking {
			if want := bestBySieve(p); standing.ID != want {
				t.Fatalf("place %d is option %s, want %s", i+1, standing.ID, want)
			}
			p.Options = slices.DeleteFunc(slices.Clone(p.Options), func(o calendar.Option) bool { return o.ID == standing.ID })
		}
	})
}
