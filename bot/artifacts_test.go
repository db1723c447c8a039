package bot

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"interlab/bot/chat"
)

func TestOnlyLinksThatAllLabsCanFollowArePublished(t *testing.T) {
	t.Parallel()
	for link, want := range map[string]string{
		"":                                    "",
		"https://files.example.org/s.pdf":     "",
		"ask me":                              "Give one whole link",
		"see https://files.example.org/s.pdf": "Give one whole link",
		"https://me:secret@files.example.org": "One of the links has a name or a password",
		"http://127.0.0.1/x":                  "127.0.0.1 cannot be reached",
		"http://[::1]/x":                      "::1 cannot be reached",
		"http://169.254.169.254/latest":       "169.254.169.254 cannot be reached",
		"http://intranet/x":                   "intranet cannot be reached",
		"ftp://files.example.org/s.pdf":       "A link must begin with https://",
	} {
		err := artifactFault(link)
		if want == "" && err != nil || want != "" && (err == nil || !strings.HasPrefix(err.Error(), want)) {
			t.Errorf("artifactFault(%q) = %v, want %q", link, err, want)
		}
	}
	if got := artifactProblems(map[string]string{"slides": "x", "code": "y"}); len(got) != 2 || got[0].Field != "slides" || got[1].Field != "code" {
		t.Errorf("artifactProblems(two) = %+v, want one for each", got)
	}
}

func TestALaterWordOfWhatCameReplacesAnEarlierOne(t *testing.T) {
	t.Parallel()
	c := &Colloquium{Title: "A talk", MadeNo: 2, Made: map[string]string{"paper": "https://b.example", "slides": "https://a.example"}}
	m, err := madeNews(c, "made.2")
	if err != nil || m.Title != "What came of it: A talk" {
		t.Errorf("madeNews() = %q, %v", m.Title, err)
	}
	if diff := cmp.Diff([]string{"slides", "paper"}, madeNames(c)); diff != "" {
		t.Errorf("madeNames() differs (-want +got):\n%s", diff)
	}
	for _, notice := range []string{"made.1", "made"} {
		if _, err := madeNews(c, notice); !errors.Is(err, errMoot) {
			t.Errorf("madeNews(%s) = %v, want errMoot", notice, err)
		}
	}
	c.Made = nil
	if _, err := madeNews(c, "made.2"); !errors.Is(err, errMoot) {
		t.Errorf("madeNews() without links = %v, want errMoot", err)
	}
	if diff := cmp.Diff(chat.T("nothing yet"), madeText(c)); diff != "" {
		t.Errorf("madeText() differs (-want +got):\n%s", diff)
	}
}

func TestQuestionsAreTakenUntilTwoDaysAfterATalk(t *testing.T) {
	t.Parallel()
	end := pollTime.Add(time.Hour)
	for _, c := range []struct {
		state TalkState
		at    time.Time
		want  bool
	}{
		{Announced, pollTime.Add(-time.Hour), true},
		{Over, end.Add(47 * time.Hour), true},
		{Over, end.Add(48 * time.Hour), false},
		{Cancelled, pollTime, false},
		{Proposed, pollTime, false},
	} {
		talk := &Colloquium{State: c.state, Start: pollTime, Length: time.Hour}
		if got := talk.asks(c.at); got != c.want {
			t.Errorf("a talk that is %s asks at %s = %v, want %v", c.state, c.at, got, c.want)
		}
	}
}

func TestQuestionsAreHandedOverTogether(t *testing.T) {
	t.Parallel()
	talk := &Colloquium{State: Over, Hand: pollTime, Hands: 3}
	if diff := cmp.Diff([]Work{{"hand.3", pollTime}}, talk.Due()); diff != "" {
		t.Errorf("Due() differs (-want +got):\n%s", diff)
	}
	a, tx := &App{}, newTx(t.Context(), nil, pollTime, nil)
	if err := a.handOver(tx, talk); err != nil || !talk.Hand.IsZero() || !talk.Handed.Equal(pollTime) || talk.Hands != 4 {
		t.Errorf("handOver() = %v, %+v; want it done", err, talk)
	}
	if due := talk.Due(); len(due) != 0 {
		t.Errorf("Due() after the hand-over = %v, want nothing", due)
	}
	q := &Question{ID: "q", Colloquium: "c", By: "a", At: pollTime}
	if err := repointQuestion(nil, nil, q, "a", &Person{ID: "b"}); err != nil || q.Entries()[1].Index != "question.by/b" {
		t.Errorf("repointQuestion() = %v, %+v; want it under b", err, q.Entries())
	}
	if got := a.asker(tx, &Question{}, &Person{}); len(got) != 1 {
		t.Errorf("asker() of nobody = %v, want one word", got)
	}
}
