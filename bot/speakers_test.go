package bot

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interlab/bot/chat"
)

func TestATalkIsAnnouncedOnceItWaitsForNothing(t *testing.T) {
	t.Parallel()
	a, tx := &App{}, &Tx{now: time.Unix(5000, 0)}
	for _, c := range []struct {
		name  string
		talk  Colloquium
		waits string
	}{
		{"nothing", Colloquium{State: Proposed}, ""},
		{"a guest", Colloquium{State: Proposed, Speakers: []Speaker{{Name: "Rosalind"}}}, ""},
		{"somebody who said yes", Colloquium{State: Proposed, Speakers: []Speaker{{Name: "Bo", Person: "b", Speaks: Agreed}}}, ""},
		{"somebody silent", Colloquium{State: Proposed, Speakers: []Speaker{{Name: "Bo", Person: "b"}}}, "Bo says that they speak"},
		{"both", Colloquium{State: Proposed, Asking: true, Speakers: []Speaker{{Name: "Bo", Person: "b"}}}, "Bo says that they speak and an organiser approves it"},
		{"called off", Colloquium{State: Cancelled}, ""},
	} {
		before := c.talk.State
		if got := c.talk.waitsFor(); got != c.waits {
			t.Errorf("%s: waitsFor() = %q, want %q", c.name, got, c.waits)
		}
		if err := a.release(tx, &c.talk); err != nil {
			t.Fatal(err)
		}
		want := before == Proposed && c.waits == ""
		if got := c.talk.State == Announced && len(c.talk.Fans) == 2; got != want {
			t.Errorf("%s: released = %v, want %v", c.name, got, want)
		}
	}
}

func TestSpeakersAreSeparatedByWordsAndSemicolons(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Ana Ruiz":                          "Ana Ruiz",
		"Ana Ruiz and Bo Larsen":            "Ana Ruiz|Bo Larsen",
		"Ana; Bo & Mei":                     "Ana|Bo|Mei",
		"Ada Lovelace, University of Turin": "Ada Lovelace, University of Turin",
		"Sandy Anderson":                    "Sandy Anderson",
	} {
		if got := strings.Join(between.Split(text, -1), "|"); got != want {
			t.Errorf("speakers of %q = %q, want %q", text, got, want)
		}
	}
}

func TestWhoSaidNoIsNoSpeakerAnyMore(t *testing.T) {
	t.Parallel()
	c := Colloquium{Proposer: "a", Speakers: []Speaker{{Name: "Ana", Person: "a", Speaks: Agreed}, {Name: "Bo", Person: "b", Speaks: Refused}, {Name: "Mei"}}}
	c.nameSpeakers()
	if c.Speaker != "Ana and Mei" || !c.speaks("a") || c.speaks("b") || c.speaks("") {
		t.Errorf("speakers are %q, a speaks: %v, b: %v; want Ana and Mei, yes, no", c.Speaker, c.speaks("a"), c.speaks("b"))
	}
	if diff := cmp.Diff([]string{"a", "b"}, c.staff()); diff != "" {
		t.Errorf("staff() differs (-want +got):\n%s", diff)
	}
	c.Speakers = []Speaker{{Name: "Bo", Speaks: Refused}}
	c.nameSpeakers()
	if c.Speaker != unnamed {
		t.Errorf("without speakers the words are %q, want %q", c.Speaker, unnamed)
	}
}

func TestATalkIsRecordedOnlyIfAllWhoSpeakAgree(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		answers []Consent
		want    bool
		text    string
	}{
		{nil, false, ""},
		{[]Consent{""}, false, ""},
		{[]Consent{Agreed, ""}, false, ""},
		{[]Consent{Agreed, Agreed}, true, "with the consent of who speaks"},
		{[]Consent{Agreed, Refused}, false, "please do not record this talk"},
	} {
		var talk Colloquium
		for _, answer := range c.answers {
			talk.Speakers = append(talk.Speakers, Speaker{Record: answer})
		}
		if got := talk.recordable(); got != c.want || talk.recordingText() != c.text {
			t.Errorf("with %q recordable() = %v, %q; want %v, %q", c.answers, got, talk.recordingText(), c.want, c.text)
		}
	}
}

// A talk that nobody has heard of stands in no list but those of its people,
// and its end, and a look whether it lacks something, are all that happens to it by
// itself.
func TestATalkThatIsNotAnnouncedIsNotListed(t *testing.T) {
	t.Parallel()
	start := time.Unix(9000, 0)
	talk := Colloquium{ID: "c", Proposer: "a", Lab: "l", State: Proposed, Start: start, Length: time.Hour}
	if diff := cmp.Diff([]Entry{{Index: "colloquium.by/a", Score: 9000_000}}, talk.Entries()); diff != "" {
		t.Errorf("Entries() differs (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(append(talk.preparing(), Work{workOver, start}), talk.Due()); diff != "" {
		t.Errorf("Due() differs (-want +got):\n%s", diff)
	}
	talk.announceChange(noticeChanged, start, start)
	talk.cancel("no", start)
	if len(talk.Fans) > 0 || !talk.Declined {
		t.Errorf("%d people would hear that a talk is off that they never heard of", len(talk.Fans))
	}
	talk = Colloquium{ID: "c", Proposer: "a", Lab: "l", State: Cancelled, Start: start}
	if i := slices.IndexFunc(talk.Entries(), func(e Entry) bool { return e.Index == talksByStart }); i < 0 {
		t.Error("a talk that was cancelled is not listed, want it to be")
	}
}

// Whoever looks: a link shows only where its rule says so, and what is beside
// it shows always.
func TestALinkIsShownOnlyToWhomItsRuleAllows(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		start := time.Unix(1e6, 0)
		c := &Colloquium{Proposer: "host", Where: "Room 3, https://meet.example.org/secret", Start: start, Link: rapid.SampledFrom(linkOrder).Draw(t, "rule")}
		v := viewer{
			person: rapid.SampledFrom([]string{"", "me", "host"}).Draw(t, "person"), edits: rapid.Bool().Draw(t, "edits"),
			state: rapid.SampledFrom([]RsvpState{"", Going, Waiting, Offered, Unsure, Left, Absent}).Draw(t, "state"),
		}
		now := start.Add(-rapid.SampledFrom([]time.Duration{0, time.Minute, 15 * time.Minute, 16 * time.Minute, time.Hour, 61 * time.Minute}).Draw(t, "before"))
		got := visibleWhere(c, v, now)
		listed := strings.HasPrefix(string(c.Link), "listed")
		before := map[LinkRule]time.Duration{LinkSoon: 15 * time.Minute, LinkListedSoon: 15 * time.Minute, LinkHour: time.Hour, LinkListedHour: time.Hour}[c.Link]
		want := v.edits || v.person == "host" || (!listed || v.state == Going) && (before == 0 || start.Sub(now) <= before)
		if strings.Contains(got, "secret") != want || !strings.HasPrefix(got, "Room 3, ") {
			t.Errorf("visibleWhere(%q, %+v, %s before) = %q, want the link: %v", c.Link, v, start.Sub(now), got, want)
		}
	})
}

func TestTheCardsShowALinkWhenItsTimeHasCome(t *testing.T) {
	t.Parallel()
	start := time.Unix(1e6, 0)
	for rule, want := range map[LinkRule]time.Time{"": {}, LinkListed: {}, LinkListedSoon: {}, LinkSoon: start.Add(-soonBefore), LinkHour: start.Add(-time.Hour)} {
		c := Colloquium{Where: "https://meet.example.org/x", Start: start, Link: rule, Timing: 2}
		if got := c.reveal(); !got.Equal(want) {
			t.Errorf("reveal() under %q = %s, want %s", rule, got, want)
		}
	}
	if got := linkRuleOf("nonsense"); got != "" {
		t.Errorf("linkRuleOf(nonsense) = %q, want none", got)
	}
}

func TestTalksClashWithinAQuarterOfAnHour(t *testing.T) {
	t.Parallel()
	one := &Colloquium{Start: time.Unix(0, 0), Length: time.Hour}
	for minutes, want := range map[int]bool{-75: false, -74: true, 0: true, 74: true, 75: false} {
		other := &Colloquium{Start: one.Start.Add(time.Duration(minutes) * time.Minute), Length: time.Hour}
		if got := overlap(one, other); got != want || overlap(other, one) != want {
			t.Errorf("overlap of talks %d minutes apart = %v, want %v", minutes, got, want)
		}
	}
	if p := (&Person{Seeks: []string{"Sparse Codes"}}); !p.interestedIn([]string{"sparse  codes"}) || p.interestedIn([]string{"codes"}) {
		t.Error("interestedIn compares topics otherwise than by their words")
	}
}

func TestMergingAndLeavingReachTheTalksOfAPerson(t *testing.T) {
	t.Parallel()
	c := &Colloquium{Proposer: "old", Speakers: []Speaker{{Name: "Bo", Person: "old", Speaks: Agreed}}}
	if err := repointTalk(nil, nil, c, "old", &Person{ID: "new"}); err != nil || c.Proposer != "new" || c.Speakers[0].Person != "new" {
		t.Errorf("repointTalk() = %v, %+v; want the new person everywhere", err, c)
	}
	if v := viewerOf(c, &Rsvp{State: Going}, &Person{ID: "new"}); v != (viewer{person: "new", state: Going, edits: true}) {
		t.Errorf("viewerOf() = %+v", v)
	}
	if field := linkInput(); len(field.Options) != len(linkRules) || field.Options[0] != (chat.Option{Label: "Everybody, at once", Value: linkOpen}) {
		t.Errorf("linkInput() = %+v, want one option for each rule", field)
	}
}
