package bot

import (
	"time"

	"pgregory.net/rapid"

	"interlab/bot/chat"
	"interlab/calendar"
)

func init() { //nolint:gochecknoinits // the generators of all documents are one table
	documents[KindColloquium] = rapid.Custom(func(t *rapid.T) Document { return anyTalk.Draw(t, "talk") })
	documents[KindRsvp] = anyRsvp
	documents[KindQuestion] = anyQuestion
	documents[KindPoll] = anyPoll
	documents[KindVote] = anyVote
	documents[KindAttendance] = anyAttendance
	documents[KindRules] = rapid.Custom(func(t *rapid.T) Document { return &Rules{Approve: rapid.Bool().Draw(t, "approve")} })
}

var (
	anyConsent = rapid.SampledFrom([]Consent{"", Agreed, Refused})
	anySpeaker = rapid.Custom(func(t *rapid.T) Speaker {
		return Speaker{Name: anyText.Draw(t, "name"), Person: anyID.Draw(t, "person"), Speaks: anyConsent.Draw(t, "speaks"), Record: anyConsent.Draw(t, "record")}
	})
	anyMoment = rapid.Custom(func(t *rapid.T) calendar.Moment {
		zones := calendar.Pinned()
		return zones.Moment(zones.WallAt(anyTime.Draw(t, "moment").Truncate(time.Minute), anyZone.Draw(t, "zone")))
	})
	anySeats = rapid.Custom(func(t *rapid.T) Seats {
		n := rapid.IntRange(0, 50)
		return Seats{Capacity: n.Draw(t, "capacity"), Going: n.Draw(t, "going"), Offered: n.Draw(t, "offered"), Waiting: n.Draw(t, "waiting"), Unsure: n.Draw(t, "unsure"), Absent: n.Draw(t, "absent")}
	})
)

// anyTalk is a talk in any state, with all that it may bring, the rule of its
// link among them.
var anyTalk = rapid.Custom(func(t *rapid.T) *Colloquium {
	m := anyMoment.Draw(t, "start")
	c := &Colloquium{
		ID: anyID.Draw(t, "id"), Title: anyText.Draw(t, "title"), Speakers: rapid.SliceOfN(anySpeaker, 0, 3).Draw(t, "speakers"), Topics: anyTopics.Draw(t, "topics"),
		Link: rapid.SampledFrom(linkOrder).Draw(t, "link"), Asking: rapid.Bool().Draw(t, "asking"), Abstract: anyText.Draw(t, "abstract"), Lab: anyID.Draw(t, "lab"), Proposer: anyID.Draw(t, "proposer"),
		Wall: m.Wall, Start: m.Instant, Rules: m.Rules, Length: time.Duration(rapid.IntRange(5, 480).Draw(t, "minutes")) * time.Minute,
		Where: "Room 3, https://meet.example.org/x", State: rapid.SampledFrom([]TalkState{Proposed, Announced, Cancelled, Over}).Draw(t, "state"),
		Seats: anySeats.Draw(t, "seats"), Turns: 9, Closed: rapid.Bool().Draw(t, "closed"), Posts: []chat.Posted{{Message: anyID.Draw(t, "post")}},
		At: anyTime.Draw(t, "at"), Changed: anyTime.Draw(t, "changed"), Timed: anyTime.Draw(t, "timed"), Before: anyTime.Draw(t, "before"),
		Sequence: 3, Edition: 5, Timing: rapid.IntRange(0, 3).Draw(t, "timing"), Moved: 2, Swapped: 1,
		Dirty: anyTime.Draw(t, "dirty"), Refreshed: anyTime.Draw(t, "refreshed"), Refreshes: 4,
		Made: rapid.MapOfN(rapid.SampledFrom(artifacts), anyText, 0, 2).Draw(t, "made"), MadeNo: 1, Hand: anyTime.Draw(t, "hand"), Hands: 2,
		Code: "k7mx2p", Coded: rapid.IntRange(0, 9).Draw(t, "coded"), After: anyTime.Draw(t, "after"),
		Done: rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"day.0", "soon.1", "begin.0", "begin.1", "reveal.0"}), 0, 3, rapid.ID).Draw(t, "done"),
	}
	c.fan(Fan{Over: overCame, Notice: "made.1", At: anyTime.Draw(t, "fan")})
	c.fan(Fan{Over: overPeople, Notice: "changed.3", At: anyTime.Draw(t, "fan"), By: anyTime.Draw(t, "by")})
	if rapid.Bool().Draw(t, "counted") {
		n := rapid.IntRange(0, mostCame).Draw(t, "count")
		c.Counted = &n
	}
	if rapid.Bool().Draw(t, "part") {
		c.Part = &Part{Series: anyID.Draw(t, "series"), Day: must(calendar.ParseDate("2026-11-03")), Words: "every Tuesday"}
	}
	return c
})

var anyRsvp = rapid.Custom(func(t *rapid.T) Document {
	return &Rsvp{
		ID: anyID.Draw(t, "id"), Colloquium: anyID.Draw(t, "talk"), Person: anyID.Draw(t, "person"), Turn: rapid.Int64Range(0, 1e9).Draw(t, "turn"), At: anyTime.Draw(t, "at"),
		State: rapid.SampledFrom([]RsvpState{Going, Waiting, Offered, Left, Unsure, Absent}).Draw(t, "state"),
		Until: anyTime.Draw(t, "until"), Mentioned: rapid.Bool().Draw(t, "mentioned"), Offers: rapid.IntRange(0, 3).Draw(t, "offers"),
	}
})

var anyQuestion = rapid.Custom(func(t *rapid.T) Document {
	return &Question{ID: anyID.Draw(t, "id"), Colloquium: anyID.Draw(t, "talk"), By: anyID.Draw(t, "by"), Named: rapid.Bool().Draw(t, "named"), Text: anyText.Draw(t, "text"), At: anyTime.Draw(t, "at"), Answer: anyText.Draw(t, "answer"), Answerer: anyID.Draw(t, "answerer")}
})

var anyAttendance = rapid.Custom(func(t *rapid.T) Document {
	a := &Attendance{ID: anyID.Draw(t, "id"), Colloquium: anyID.Draw(t, "talk"), Person: anyID.Draw(t, "person"), Wrong: rapid.IntRange(0, attendTries).Draw(t, "wrong"), Until: anyTime.Draw(t, "until")}
	if rapid.Bool().Draw(t, "came") {
		a.At = anyTime.Draw(t, "at")
	}
	return a
})

var anyPoll = rapid.Custom(func(t *rapid.T) Document {
	p := &Poll{
		ID: anyID.Draw(t, "id"), By: anyID.Draw(t, "by"), Lab: anyID.Draw(t, "lab"), Title: anyText.Draw(t, "title"), Talk: anyID.Draw(t, "talk"),
		Values: rapid.MapOfN(anyID, anyText, 0, 3).Draw(t, "values"), Length: time.Hour, Times: rapid.SliceOfN(anyMoment, 1, 4).Draw(t, "times"), Required: anyIDs.Draw(t, "required"),
		State: rapid.SampledFrom([]PollState{PollOpen, PollClosed, PollSettled}).Draw(t, "state"), Chosen: rapid.IntRange(0, 3).Draw(t, "chosen"), At: anyTime.Draw(t, "at"), Closes: anyTime.Draw(t, "closes"),
		Posts: []chat.Posted{{Message: anyID.Draw(t, "post")}}, Dirty: anyTime.Draw(t, "dirty"), Refreshed: anyTime.Draw(t, "refreshed"), Refreshes: 2,
	}
	p.fan(Fan{Over: overHomes, Notice: noticePoll, At: anyTime.Draw(t, "fan")})
	return p
})

var anyVote = rapid.Custom(func(t *rapid.T) Document {
	return &PollVote{
		ID: anyID.Draw(t, "id"), Poll: anyID.Draw(t, "poll"), Person: anyID.Draw(t, "person"), At: anyTime.Draw(t, "at"),
		Votes: rapid.MapOfN(rapid.IntRange(0, 19), rapid.SampledFrom(pollVotes), 0, 5).Draw(t, "votes"),
	}
})
