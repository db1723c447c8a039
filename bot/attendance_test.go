package bot

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interlab/calendar"
)

// attended is a talk that begins at pollTime and has a code.
func attended() *Colloquium {
	return &Colloquium{
		ID: "c", Title: "A talk", Proposer: "host", State: Announced, Start: pollTime, Length: time.Hour,
		Wall: calendar.Pinned().WallAt(pollTime, calendar.UTC()), Code: "k7mx2p", Coded: 2,
	}
}

func TestACodeCountsFromTheStartUntilThreeHoursAfterTheEnd(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		state TalkState
		after time.Duration
		want  bool
	}{
		{Announced, -time.Second, false},
		{Announced, 0, true},
		{Over, 4*time.Hour - time.Second, true},
		{Over, 4 * time.Hour, false},
		{Cancelled, time.Minute, false},
		{Proposed, time.Minute, false},
	} {
		talk := attended()
		talk.State = c.state
		if got := talk.attends(pollTime.Add(c.after)); got != c.want {
			t.Errorf("a talk that is %s takes a code %s after its start = %v, want %v", c.state, c.after, got, c.want)
		}
	}
}

func TestACodeIsReadHoweverItIsTyped(t *testing.T) {
	t.Parallel()
	talk := attended()
	if got := talk.shownCode(); got != "k7m-x2p" {
		t.Errorf("shownCode() = %q, want k7m-x2p", got)
	}
	for typed, want := range map[string]bool{
		"k7m-x2p": true, "K7MX2P": true, "k7m x2p": true, "k7m-x2": false, "": false, "k7m-x2p2": false, strings.Repeat("k", 5000): false,
	} {
		if got := talk.isCode(typed); got != want {
			t.Errorf("isCode(%.20q) = %v, want %v", typed, got, want)
		}
	}
	talk.Code = ""
	if talk.isCode("") || talk.isCode("-") {
		t.Error("a talk without a code takes nothing for one")
	}
}

func TestGuessesAreForgottenAndAttendanceIsKept(t *testing.T) {
	t.Parallel()
	guess := &Attendance{ID: "t", Colloquium: "c", Person: "p", Wrong: 2, Until: pollTime}
	if diff := cmp.Diff([]Work{{workForget, pollTime}}, guess.Due()); diff != "" {
		t.Errorf("Due() of a guess differs (-want +got):\n%s", diff)
	}
	if got := len(guess.Entries()); got != 2 || guess.came() || (*Attendance)(nil).came() {
		t.Errorf("a guess has %d entries and came = %v, want 2 and not to count", got, guess.came())
	}
	guess.At = pollTime
	want := []Entry{
		{Index: "attendance/c/p", Unique: true},
		{Index: "attendance.by/p", Score: -pollTime.UnixMilli()},
		{Index: "attendance.of/c", Score: pollTime.UnixMilli()},
	}
	if diff := cmp.Diff(want, guess.Entries()); diff != "" || len(guess.Due()) != 0 {
		t.Errorf("Entries() of who came differ (-want +got), Due() = %v, want nothing:\n%s", guess.Due(), diff)
	}
}

func TestWhatCameOfATalkIsForThoseWhoGaveTheCodeIfAnybodyDid(t *testing.T) {
	t.Parallel()
	talk := attended()
	if got := talk.audience(); got != overCame {
		t.Errorf("audience() with codes = %s, want %s", got, overCame)
	}
	if talk.Coded = 0; talk.audience() != overPeople {
		t.Errorf("audience() without codes = %s, want %s", talk.audience(), overPeople)
	}
	if !concernsState("made.1", Going) || concernsState("made.1", Unsure) || concernsState("made.1", Waiting) {
		t.Error("of the list, those who come hear of it, and nobody else")
	}
}

// Two accounts of one person that both gave the code are one who came.
func TestWhoIsOnePersonCameOnce(t *testing.T) {
	t.Parallel()
	early, late := pollTime, pollTime.Add(time.Minute)
	for _, c := range []struct {
		name       string
		one, other time.Time // when each gave the code
		second     bool      // whether the first has anything to do with the talk
		coded      int
		at         time.Time
	}{
		{"only the second was there", time.Time{}, late, false, 2, late},
		{"both", early, late, true, 1, early},
		{"the first only guessed", time.Time{}, late, true, 2, late},
		{"the second only guessed", early, time.Time{}, true, 2, early},
	} {
		docs := []Document{attended(), &Attendance{ID: "b", Colloquium: "c", Person: "old", At: c.other, Wrong: 3}}
		if c.second {
			docs = append(docs, &Attendance{ID: "a", Colloquium: "c", Person: "one", At: c.one, Wrong: 1})
		}
		tx := holding(t, late, docs...)
		b := must(load[*Attendance](tx, KindAttendance, "b"))
		tx.put(b)
		if err := repointAttendance(nil, tx, b, "old", &Person{ID: "one"}); err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		left, err := owner[*Attendance](tx, attendancePair("c", "one"))
		if !c.second {
			left, err = b, nil
		} else if _, gone := load[*Attendance](tx, KindAttendance, "b"); !errors.Is(gone, errNotFound) {
			t.Errorf("%s: the second attendance is still there: %v", c.name, gone)
		}
		talk := must(load[*Colloquium](tx, KindColloquium, "c"))
		if err != nil || !left.At.Equal(c.at) || left.Person != "one" || talk.Coded != c.coded {
			t.Errorf("%s: %+v, %v, %d gave the code; want at %s, %d", c.name, left, err, talk.Coded, c.at, c.coded)
		}
	}
}

func TestAHostCountsInWholeNumbers(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{"0": 0, "30": 30, "100000": 100000, "-1": -1, "100001": -1, "1000000000": -1, "ten": -1, "": -1, "1.5": -1} {
		got, err := countOf(text)
		if want < 0 && err == nil || want >= 0 && (err != nil || got != want) {
			t.Errorf("countOf(%q) = %d, %v; want %d", text, got, err, want)
		}
	}
	if got := countProblems(map[string]string{"count": "x"}); len(got) != 1 || got[0].Field != "count" {
		t.Errorf("countProblems(x) = %+v, want one about count", got)
	}
	talk, twelve := attended(), 12
	talk.Coded = 1
	if got := cameText(talk); got != "1 person gave the code; nobody has counted yet" {
		t.Errorf("cameText() = %q", got)
	}
	talk.Coded, talk.Counted = 0, &twelve
	if got := cameText(talk); got != "nobody gave the code; counted: 12" {
		t.Errorf("cameText() = %q", got)
	}
}

// After the talk everybody is asked only for what they alone can say.
func TestAfterATalkEachIsAskedForTheirOwn(t *testing.T) {
	t.Parallel()
	zero := 0
	talk := func(change func(*Colloquium)) *Colloquium {
		c := attended()
		c.State, c.Speakers = Over, []Speaker{{Person: "speaker", Speaks: Agreed}}
		change(c)
		return c
	}
	asked := func(c *Colloquium, id string) (links, count bool) {
		m, err := (&App{}).afterNews(nil, c, &Person{ID: id})
		if err != nil && !errors.Is(err, errMoot) {
			t.Fatal(err)
		}
		for _, row := range m.Rows {
			links = links || row.Buttons[0].Ref.Route == "artifacts.form"
			count = count || row.Buttons[0].Ref.Route == "attend.count"
		}
		return links, count
	}
	for _, c := range []struct {
		name         string
		talk         *Colloquium
		who          string
		links, count bool
	}{
		{"a speaker", talk(func(*Colloquium) {}), "speaker", true, false},
		{"the host", talk(func(*Colloquium) {}), "host", false, true},
		{"the host of a guest", talk(func(c *Colloquium) { c.Speakers = []Speaker{{Name: "Guest", Speaks: Agreed}} }), "host", true, true},
		{"who does both", talk(func(c *Colloquium) { c.Proposer = "speaker" }), "speaker", true, true},
		{"a speaker who gave links", talk(func(c *Colloquium) { c.Made = map[string]string{"slides": "https://a.example"} }), "speaker", false, false},
		{"a host who counted", talk(func(c *Colloquium) { c.Counted = &zero }), "host", false, false},
		{"a speaker of a cancelled talk", talk(func(c *Colloquium) { c.State = Cancelled }), "speaker", false, false},
		{"somebody else", talk(func(*Colloquium) {}), "other", false, false},
	} {
		if links, count := asked(c.talk, c.who); links != c.links || count != c.count {
			t.Errorf("%s is asked for links = %v, for a count = %v; want %v, %v", c.name, links, count, c.links, c.count)
		}
	}
}

func TestATalkThatBeganLongAgoGetsNoCode(t *testing.T) {
	t.Parallel()
	talk := attended()
	talk.Code = ""
	tx := newTx(t.Context(), noDocuments{}, talk.end().Add(attendFor), nil)
	if err := (&App{}).beginTalk(tx, talk, talk.beginning()); err != nil || talk.Code != "" || len(tx.loaded) != 0 {
		t.Errorf("beginTalk() after the window = %v, code %q, %d documents; want nothing but that it is done", err, talk.Code, len(tx.loaded))
	}
	for _, work := range talk.Due() {
		if work.Name == talk.beginning() {
			t.Error("the beginning is due again")
		}
	}
	if diff := cmp.Diff([]string{"host"}, talk.chairs()); diff != "" {
		t.Errorf("chairs() differ (-want +got):\n%s", diff)
	}
	talk.Proposer, talk.Speakers = "", []Speaker{{Person: "a", Speaks: Agreed}, {Person: "b"}, {Name: "Guest", Speaks: Agreed}}
	if diff := cmp.Diff([]string{"a"}, talk.chairs()); diff != "" {
		t.Errorf("chairs() without a host differ (-want +got):\n%s", diff)
	}
}

// The code is for whoever shows it: whatever goes into a channel, a file or a
// feed, at any time and in any state, is without it.
func TestTheCodeStandsInNothingPublic(t *testing.T) {
	t.Parallel()
	a := newMemoryApp(newMemory(), &moving{pollTime})
	rapid.Check(t, func(r *rapid.T) {
		c := anyTalk.Draw(r, "talk")
		c.Length = time.Hour
		now := c.Start.Add(time.Duration(rapid.IntRange(-2, 6).Draw(r, "hours")) * time.Hour)
		tx := holding(t, now, c, &Lab{ID: c.Lab, Name: "Curie"})
		for _, notice := range []string{noticeAnnounce, noticeRefresh, noticeSchedule, "changed.3", noticeCancelled, "made.1"} {
			m, err := a.renderTalkInPlace(tx, c, &Delivery{Notice: notice})
			if err != nil && !errors.Is(err, errMoot) {
				r.Fatalf("%s: %v", notice, err)
			}
			for _, shown := range []string{c.Code, c.shownCode()} {
				if bytes.Contains(must(m.Encode()), []byte(shown)) {
					r.Fatalf("%s of a talk that is %s says %s:\n%s", notice, c.State, shown, must(m.Encode()))
				}
			}
		}
		for _, v := range []viewer{{}, {person: "p", state: Going}, {person: c.Proposer, edits: true}} {
			if file := a.talkFile(c, v, now)[0].Data; bytes.Contains(file, []byte(c.Code)) || bytes.Contains(file, []byte(c.shownCode())) {
				r.Fatalf("the file for %+v has the code:\n%s", v, file)
			}
		}
	})
}
