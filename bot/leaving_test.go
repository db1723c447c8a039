package bot

import (
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"interlab/calendar"
)

// holding is a transaction over some documents.
func holding(t *testing.T, now time.Time, docs ...Document) *Tx {
	t.Helper()
	m := newMemory()
	m.keep(docs...)
	return newTx(t.Context(), m, now, nil)
}

// removed are what a transaction is to delete, in order of their references.
func removed(t *testing.T, tx *Tx) []string {
	t.Helper()
	c, err := tx.commit()
	if err != nil {
		t.Fatal(err)
	}
	var refs []string
	for _, w := range c.Writes {
		if w.Data == nil {
			refs = append(refs, w.Ref.String())
		}
	}
	slices.Sort(refs)
	return refs
}

// polled is an open poll of "a", with "b" required, and the votes of three people.
func polled() []Document {
	votes := func(id string) *PollVote {
		return &PollVote{ID: "v-" + id, Poll: "p", Person: id, Votes: map[int]calendar.Vote{0: calendar.VoteYes}, At: pollTime}
	}
	return []Document{
		&Poll{ID: "p", By: "a", Required: []string{"a", "b"}, Values: map[string]string{"title": "T"}, State: PollOpen, At: pollTime, Closes: pollTime},
		votes("a"), votes("b"), votes("c"),
	}
}

// Of whoever leaves, neither an answer to a poll nor a word of one stays.
func TestWhoLeavesTakesVotesAndPollsAlong(t *testing.T) {
	t.Parallel()
	for who, want := range map[string]struct {
		gone     []string
		by       string
		required []string
		state    PollState
	}{
		"a": {[]string{"vote:v-a"}, "", []string{"b"}, PollClosed},
		"b": {[]string{"vote:v-b"}, "a", []string{"a"}, PollOpen},
		"c": {[]string{"vote:v-c"}, "a", []string{"a", "b"}, PollOpen},
	} {
		tx := holding(t, pollTime, polled()...)
		if err := (&request{tx: tx, me: &Person{ID: who}, now: pollTime}).leavePolls(); err != nil {
			t.Fatalf("%s leaves: %v", who, err)
		}
		p := must(load[*Poll](tx, KindPoll, "p"))
		if p.By != want.by || p.State != want.state || !slices.Equal(p.Required, want.required) || (p.By == "") != (p.Values == nil) {
			t.Errorf("after %s left: %+v, want %+v", who, p, want)
		}
		if diff := cmp.Diff(want.gone, removed(t, tx)); diff != "" {
			t.Errorf("what %s takes along differs (-want +got):\n%s", who, diff)
		}
	}
}

// What is only a person's goes with them: drafts, questions, and that they came
// to a talk. The count of who came stays.
func TestWhoLeavesTakesQuestionsAndAttendanceAlong(t *testing.T) {
	t.Parallel()
	tx := holding(t, pollTime, attended(),
		&Question{ID: "q1", Colloquium: "c", By: "a", Text: "Why?", At: pollTime},
		&Question{ID: "q2", Colloquium: "c", By: "b", Text: "How?", At: pollTime},
		&Attendance{ID: "t1", Colloquium: "c", Person: "a", At: pollTime, Until: pollTime},
		&Attendance{ID: "t2", Colloquium: "c", Person: "b", Until: pollTime},
		&Draft{ID: "d1", By: "a", At: pollTime})
	if err := (&request{tx: tx, me: &Person{ID: "a"}, now: pollTime}).leaveOwn(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"attendance:t1", "draft:d1", "question:q1"}, removed(t, tx)); diff != "" {
		t.Errorf("what goes differs (-want +got):\n%s", diff)
	}
	if talk := must(load[*Colloquium](tx, KindColloquium, "c")); talk.Coded != 2 {
		t.Errorf("%d gave the code, want 2 as before", talk.Coded)
	}
}

// What somebody follows goes with them, so that nothing counts them among those
// who hear of a new talk; what another follows of the same stays.
func TestWhoLeavesFollowsNothingAnyMore(t *testing.T) {
	t.Parallel()
	follows := func(id, person string) *Following {
		f := &Following{ID: id, Person: person, Talks: []string{"c"}}
		f.follow(Followed{Kind: FollowLab, Of: "curie", Now: true})
		f.follow(Followed{Kind: FollowSeries, Of: "s", Name: "Journal club"})
		return f
	}
	mine, theirs := follows("f1", "a"), follows("f2", "b")
	tx := holding(t, pollTime, mine, theirs)
	if err := (&request{tx: tx, me: &Person{ID: "a"}, now: pollTime}).leaveOwn(); err != nil {
		t.Fatal(err)
	}
	for _, thing := range mine.Things {
		for _, m := range thing.marks() {
			still := must(listAll[*Following](tx, followersOf+m))
			still = slices.DeleteFunc(still, func(f *Following) bool {
				_, err := load[*Following](tx, KindFollowing, f.ID)
				return errors.Is(err, errNotFound)
			})
			if len(still) != 1 || still[0].Person != "b" {
				t.Errorf("after a left, %d follow %s, want b alone", len(still), m)
			}
		}
	}
	if diff := cmp.Diff([]string{"following:f1"}, removed(t, tx)); diff != "" {
		t.Errorf("what goes differs (-want +got):\n%s", diff)
	}
}

// Two accounts that become one person have one vote, and what either of them
// asked or is needed for is that person's.
func TestWhoIsOnePersonVotesOnce(t *testing.T) {
	t.Parallel()
	for second, want := range map[string]struct {
		votes    map[string]string // by id
		required []string
		by       string
	}{
		"b": {map[string]string{"v-a": "a", "v-c": "c"}, []string{"a"}, "a"},
		"c": {map[string]string{"v-a": "a", "v-b": "b"}, []string{"a", "b"}, "a"},
	} {
		tx := holding(t, pollTime, polled()...)
		first := &Person{ID: "a"}
		for _, index := range []belonging{{votesBy, each(repointVote)}, {pollsBy, each(repointPoll)}} {
			for _, doc := range must(listAll[Document](tx, index.index+second)) {
				if err := (&App{}).repoint(tx, index, doc.Ref(), second, first); err != nil {
					t.Fatalf("merge %s: %v", second, err)
				}
			}
		}
		got := map[string]string{}
		for _, id := range []string{"v-a", "v-b", "v-c"} {
			if v, err := load[*PollVote](tx, KindVote, id); err == nil {
				got[id] = v.Person
			}
		}
		p := must(load[*Poll](tx, KindPoll, "p"))
		slices.Sort(p.Required)
		if !maps.Equal(got, want.votes) || !slices.Equal(p.Required, want.required) || p.By != want.by {
			t.Errorf("a and %s in one: votes %v, required %v, by %s; want %+v", second, got, p.Required, p.By, want)
		}
	}
	tx := holding(t, pollTime, polled()[0], polled()[2])
	v := must(load[*PollVote](tx, KindVote, "v-b"))
	if err := repointVote(nil, tx, v, "b", &Person{ID: "z"}); err != nil || v.Person != "z" {
		t.Errorf("repointVote to somebody without a vote = %v, %s; want theirs", err, v.Person)
	}
	q := &Question{ID: "q", By: "b"}
	if err := repointQuestion(nil, nil, q, "b", &Person{ID: "a"}); err != nil || q.By != "a" {
		t.Errorf("repointQuestion() = %v, by %s; want by a", err, q.By)
	}
}

// Whatever a document is listed by under a person's id is re-pointed by a merge.
func TestEveryIndexOfAPersonIsMerged(t *testing.T) {
	t.Parallel()
	var known []string
	for _, b := range belongings() {
		known = append(known, b.index)
	}
	for _, doc := range []Document{
		&Attendance{ID: "x", Colloquium: "c", Person: "me", At: pollTime}, &Question{ID: "x", By: "me"}, &Poll{ID: "x", By: "me"},
		&PollVote{ID: "x", Person: "me"}, &Rsvp{ID: "x", Person: "me"}, &Colloquium{ID: "x", Proposer: "me"}, &Draft{ID: "x", By: "me"},
		&Following{ID: "x", Person: "me"},
	} {
		listed := false
		for _, e := range doc.Entries() {
			if index, mine := len(e.Index)-len("me"), e.Index; !e.Unique && index > 0 && mine[index:] == "me" {
				listed = true
				if !slices.Contains(known, mine[:index]) {
					t.Errorf("%s is listed by %s, which no merge re-points", doc.Ref(), mine)
				}
			}
		}
		if !listed {
			t.Errorf("%s is listed under nobody's id, so it would stay behind", doc.Ref())
		}
	}
}
