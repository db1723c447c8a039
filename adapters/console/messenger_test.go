package console

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"interlab/bot/chat"
)

var (
	ana     = Person{User: "ana", Home: chat.Home{Platform: "slack", ID: "curie"}}
	bo      = Person{User: "bo", Home: chat.Home{Platform: "discord", ID: "noether"}}
	general = chat.Place{Home: ana.Home, Channel: "general"}
	hello   = chat.Message{Title: "Hello"}
)

func TestARepeatedSendShowsTwice(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	_, c := newFake(t, &out)
	for range 2 {
		if _, err := c.Direct(t.Context(), "d1", bo.Account(), hello); err != nil {
			t.Fatal(err)
		}
	}
	want := "1 bot → discord:bo (direct): Hello\n2 bot → discord:bo (direct): Hello\n"
	if got := out.String(); got != want {
		t.Errorf("transcript = %q, want %q", got, want)
	}
}

func TestFindAnswersFromWhatWasShown(t *testing.T) {
	t.Parallel()
	_, c := newFake(t, &strings.Builder{})
	post, err := c.Post(t.Context(), "p1", general, hello)
	if err != nil {
		t.Fatal(err)
	}
	direct, err := c.Direct(t.Context(), "d1", bo.Account(), hello)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		id    string
		to    chat.Recipient
		since time.Time
		want  chat.Posted
	}{
		{"p1", chat.Recipient{Place: general}, start, post},
		{"d1", chat.Recipient{Account: bo.Account()}, start.Add(-time.Hour), direct},
		{"d1", chat.Recipient{Account: bo.Account()}, start.Add(time.Second), chat.Posted{}},
		{"d1", chat.Recipient{Account: ana.Account()}, start, chat.Posted{}},
		{"p1", chat.Recipient{Place: chat.Place{Home: ana.Home, Channel: "random"}}, start, chat.Posted{}},
		{"p2", chat.Recipient{Place: general}, start, chat.Posted{}},
	} {
		got, found, err := c.Find(t.Context(), test.id, test.to, test.since)
		if err != nil || got != test.want || found != (test.want != chat.Posted{}) {
			t.Errorf("Find(%s, %v, %v) = %v, %t, %v, want %v", test.id, test.to, test.since, got, found, err, test.want)
		}
	}
}

func TestSendsToWhatIsGoneAreRefused(t *testing.T) {
	t.Parallel()
	_, c := newFake(t, &strings.Builder{})
	if err := c.Play(t.Context(), parsed(t, "ana@slack:curie> hi\nbo@discord:noether> hi")); err != nil {
		t.Fatal(err)
	}
	post, err := c.Post(t.Context(), "p", general, hello)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Play(t.Context(), parsed(t, "ana@slack:curie> channel gone #general\nbo@discord:noether> remove bot")); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		send func(context.Context) error
		want error
	}{
		"post in a channel that is gone":   {func(ctx context.Context) error { _, err := c.Post(ctx, "1", general, hello); return err }, chat.ErrGone},
		"edit in a channel that is gone":   {func(ctx context.Context) error { _, err := c.Edit(ctx, "2", post, hello); return err }, chat.ErrGone},
		"thread in a channel that is gone": {func(ctx context.Context) error { _, err := c.Thread(ctx, "3", post, hello); return err }, chat.ErrGone},
		"edit of what was never shown": {func(ctx context.Context) error {
			_, err := c.Edit(ctx, "4", chat.Posted{Message: "x"}, hello)
			return err
		}, chat.ErrGone},
		"direct to a home without the bot": {func(ctx context.Context) error { _, err := c.Direct(ctx, "5", bo.Account(), hello); return err }, chat.ErrUnreachable},
		"post in another channel": {func(ctx context.Context) error {
			_, err := c.Post(ctx, "6", chat.Place{Home: ana.Home, Channel: "random"}, hello)
			return err
		}, nil},
	} {
		if err := test.send(t.Context()); !errors.Is(err, test.want) {
			t.Errorf("%s = %v, want %v", name, err, test.want)
		}
	}
	if err := c.Play(t.Context(), parsed(t, "bo@discord:noether> add bot")); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Direct(t.Context(), "7", bo.Account(), hello); err != nil {
		t.Errorf("Direct after the bot was added again = %v, want nil", err)
	}
}

func TestAnswersEndWithTheirHandle(t *testing.T) {
	t.Parallel()
	f, c := newFake(t, &strings.Builder{})
	e := chat.Event{ID: "e", From: ana.Account(), Handle: chat.Handle{Token: "e", Expires: start.Add(handleLife)}}
	f.SetNow(start.Add(handleLife))
	if _, err := c.Answer(t.Context(), "1", e, chat.ShowPrivate, hello); err != nil {
		t.Errorf("Answer at the handle's end = %v, want nil", err)
	}
	f.SetNow(start.Add(handleLife + time.Second))
	if _, err := c.Answer(t.Context(), "2", e, chat.ShowPrivate, hello); !errors.Is(err, chat.ErrGone) {
		t.Errorf("Answer after the handle's end = %v, want %v", err, chat.ErrGone)
	}
}

func TestMalformedUseFailsTheStatement(t *testing.T) {
	t.Parallel()
	_, c := newFake(t, &strings.Builder{})
	_, post := c.Post(t.Context(), "1", chat.Place{Home: ana.Home}, hello)
	_, answer := c.Answer(t.Context(), "2", chat.Event{ID: "e"}, chat.ShowForm, hello)
	_, direct := c.Direct(t.Context(), "3", ana.Account(), chat.Message{})
	if post == nil || answer == nil || direct == nil {
		t.Errorf("Post, Answer, Direct = %v, %v, %v, want three errors", post, answer, direct)
	}
	if got := len(c.screen.trouble()); got != 3 {
		t.Errorf("faults of the statement = %d, want 3", got)
	}
}

func TestLongTextsAreClippedAsOnAPlatform(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	_, c := newFake(t, &out)
	if _, err := c.Direct(t.Context(), "1", ana.Account(), chat.Message{Title: strings.Repeat("x", 1000)}); err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(out.String(), "x"); got != chat.MaxTitle-1 {
		t.Errorf("title shows %d letters, want %d", got, chat.MaxTitle-1)
	}
}

func TestProfileTellsANameAndNoZone(t *testing.T) {
	t.Parallel()
	_, c := newFake(t, &strings.Builder{})
	got, err := c.Profile(t.Context(), bo.Account())
	if want := (chat.Profile{Name: "Bo"}); err != nil || got != want {
		t.Errorf("Profile(bo) = %v, %v, want %v", got, err, want)
	}
}

func TestSessionsHaveTheirOwnIDs(t *testing.T) {
	t.Parallel()
	f, _ := newFake(t, &strings.Builder{})
	c := New(Options{App: f, World: f, Session: "s7"})
	f.says = c
	if err := c.Play(t.Context(), parsed(t, "ana@slack:curie> hi")); err != nil {
		t.Fatal(err)
	}
	if f.done["console:s7:1"] != 1 || c.screen.cards[0].posted.Message != "console:s7:m1" {
		t.Errorf("handled %v, posted %v, want ids that name the session", f.done, c.screen.cards[0].posted)
	}
}
