package discord_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"interlab/adapters/discord"
	"interlab/adapters/discord/discordtest"
	"interlab/bot/chat"
)

// writer is a stage whose bot only writes.
func writer(t *testing.T) (*stage, chat.Place) {
	t.Helper()
	s := newStage(t, nil)
	return s, chat.Place{Home: chat.Home{Platform: "discord", ID: s.guild.ID}, Channel: s.channel.ID}
}

func (s *stage) person() chat.Account { return chat.Account{Platform: "discord", User: s.ana.ID} }

func TestTheSameDeliveryArrivesOnce(t *testing.T) {
	t.Parallel()
	s, place := writer(t)
	ctx := context.Background()
	first, err := s.adapter.Post(ctx, "d1", place, s.core.say)
	if err != nil {
		t.Fatal(err)
	}
	second, err := s.adapter.Post(ctx, "d1", place, s.core.say)
	if err != nil || second != first || len(s.Messages("")) != 1 {
		t.Errorf("Post of the same delivery = %+v, %v and %d messages; want %+v and 1", second, err, len(s.Messages("")), first)
	}
	for range 3 {
		if _, err := s.adapter.Direct(ctx, "d2", s.person(), s.core.say); err != nil {
			t.Fatal(err)
		}
	}
	if got := len(s.Messages(s.ana.ID)); got != 1 {
		t.Errorf("Direct three times with one id arrived %d times, want once", got)
	}
}

// Beyond the time for which Discord recognises a repeat, its history tells.
func TestADeliveryIsFoundInHistory(t *testing.T) {
	t.Parallel()
	s, place := writer(t)
	ctx := context.Background()
	began := time.Now()
	for _, id := range []string{"before", "d1", "after"} {
		if _, err := s.adapter.Post(ctx, id, place, s.core.say); err != nil {
			t.Fatal(err)
		}
	}
	want, err := s.adapter.Direct(ctx, "d2", s.person(), s.core.say)
	if err != nil {
		t.Fatal(err)
	}
	s.ForgetNonces()
	for _, c := range []struct {
		id    string
		to    chat.Recipient
		since time.Time
		found bool
	}{
		{"d1", chat.Recipient{Place: place}, began, true},
		{"d2", chat.Recipient{Account: s.person()}, began, true},
		{"d2", chat.Recipient{Place: place}, began, false},
		{"d3", chat.Recipient{Place: place}, began, false},
		{"d1", chat.Recipient{Place: place}, began.Add(time.Hour), false},
	} {
		at, found, err := s.adapter.Find(ctx, c.id, c.to, c.since)
		if err != nil || found != c.found {
			t.Errorf("Find(%s, %+v) = %+v, %t, %v; want %t", c.id, c.to, at, found, err, c.found)
		}
		if c.id == "d2" && found && at != want {
			t.Errorf("Find(d2) = %+v, want %+v", at, want)
		}
	}
}

func TestADeliveryIsFoundBelowItsPost(t *testing.T) {
	t.Parallel()
	s, place := writer(t)
	ctx := context.Background()
	began := time.Now()
	post, err := s.adapter.Post(ctx, "d1", place, s.core.say)
	if err != nil {
		t.Fatal(err)
	}
	below := chat.Recipient{Place: place, Under: post}
	if at, found, err := s.adapter.Find(ctx, "d2", below, began); found || err != nil {
		t.Errorf("Find below a post without thread = %+v, %t, %v; want nothing", at, found, err)
	}
	want, err := s.adapter.Thread(ctx, "d2", post, s.core.say)
	if err != nil {
		t.Fatal(err)
	}
	s.ForgetNonces()
	if at, found, err := s.adapter.Find(ctx, "d2", below, began); !found || err != nil || at != want {
		t.Errorf("Find below its post = %+v, %t, %v; want %+v", at, found, err, want)
	}
	if at, found, err := s.adapter.Find(ctx, "d2", chat.Recipient{Place: place}, began); found || err != nil {
		t.Errorf("Find in the channel = %+v, %t, %v; want nothing", at, found, err)
	}
}

func TestMessagesAreEditedAndThreaded(t *testing.T) {
	t.Parallel()
	s, place := writer(t)
	ctx := context.Background()
	post, err := s.adapter.Post(ctx, "d1", place, s.core.say)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"d2", "d3"} {
		if _, err := s.adapter.Thread(ctx, id, post, s.core.say); err != nil {
			t.Errorf("Thread %s = %v", id, err)
		}
	}
	direct, err := s.adapter.Direct(ctx, "d4", s.person(), s.core.say)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.adapter.Thread(ctx, "d5", direct, s.core.say); err != nil {
		t.Errorf("Thread below a direct message = %v", err)
	}
	kept := direct // as versions before this one kept it
	kept.Message = strings.Replace(direct.Message, "/", "-", 1)
	if kept == direct {
		t.Fatalf("Direct landed at %+v, want a channel and a message", direct)
	}
	if _, err := s.adapter.Edit(ctx, "d6", kept, chat.Message{Title: "Changed before"}); err != nil || s.Messages(s.ana.ID)[0].Body.Embeds[0].Title != "Changed before" {
		t.Errorf("Edit of %+v = %v, want the message changed", kept, err)
	}
	if _, err := s.adapter.Thread(ctx, "d7", kept, s.core.say); err != nil {
		t.Errorf("Thread below %+v = %v", kept, err)
	}
	if at, found, err := s.adapter.Find(ctx, "d7", chat.Recipient{Account: s.person(), Under: kept}, time.Now().Add(-time.Minute)); !found || err != nil {
		t.Errorf("Find below %+v = %+v, %t, %v", kept, at, found, err)
	}
	for _, at := range []chat.Posted{post, direct} {
		if got, err := s.adapter.Edit(ctx, "d6", at, chat.Message{Title: "Changed"}); err != nil || got != at {
			t.Errorf("Edit = %+v, %v; want %+v", got, err, at)
		}
	}
	public := s.Messages("")
	if len(public) != 3 || public[0].Body.Embeds[0].Title != "Changed" || public[1].Under != public[0].ID || public[2].Under != public[0].ID {
		t.Errorf("in the channel stand %+v", public)
	}
	if mine := s.Messages(s.ana.ID); len(mine) != 3 || mine[1].Under != mine[0].ID || mine[2].Under != mine[0].ID {
		t.Errorf("directly stand %+v", mine)
	}
}

func TestAttachmentsComeWithTheirText(t *testing.T) {
	t.Parallel()
	s, place := writer(t)
	m := chat.Message{Title: "A talk", Attachments: []chat.Attachment{{Name: "plot.png", Type: "image/png", Alt: "A rising line", Data: []byte("png")}}}
	if _, err := s.adapter.Post(context.Background(), "d1", place, m); err != nil {
		t.Fatal(err)
	}
	got := s.Messages("")[0]
	if len(got.Files) != 1 || got.Files[0].Type != "image/png" || string(got.Files[0].Data) != "png" || !strings.Contains(string(got.Body.Attachments), "A rising line") {
		t.Errorf("the attachment arrived as %+v with %s", got.Files, got.Body.Attachments)
	}
}

// What is no id never becomes part of an address.
func TestWhatIsNoIdLeadsNowhere(t *testing.T) {
	t.Parallel()
	s, place := writer(t)
	ctx := context.Background()
	before := len(s.Calls(""))
	for _, id := range []string{"", "../../users/@me", "1/2", "1?x", "{id}", "123456789012345678901"} {
		bad := chat.Place{Home: place.Home, Channel: "7"}
		post := chat.Posted{Place: bad, Message: id}
		for what, do := range map[string]func() error{
			"Post": func() error {
				_, err := s.adapter.Post(ctx, "d", chat.Place{Home: place.Home, Channel: id}, s.core.say)
				return err
			},
			"Edit":   func() error { _, err := s.adapter.Edit(ctx, "d", post, s.core.say); return err },
			"Thread": func() error { _, err := s.adapter.Thread(ctx, "d", post, s.core.say); return err },
			"Profile": func() error {
				_, err := s.adapter.Profile(ctx, chat.Account{Platform: "discord", User: id})
				return err
			},
			"Find": func() error {
				_, _, err := s.adapter.Find(ctx, "d", chat.Recipient{Place: bad, Under: post}, time.Now())
				return err
			},
			"Schedule": func() error {
				_, err := s.adapter.Schedule(ctx, "d", chat.Posted{}, chat.Occasion{Post: post})
				return err
			},
		} {
			if err := do(); !errors.Is(err, chat.ErrGone) {
				t.Errorf("%s with the id %q = %v, want ErrGone", what, id, err)
			}
		}
	}
	if got := len(s.Calls("")); got != before {
		t.Errorf("%d requests were made, want none", got-before)
	}
}

func TestErrorsMeanWhatTheCoreActsOn(t *testing.T) {
	t.Parallel()
	s, place := writer(t)
	ctx := context.Background()
	post, err := s.adapter.Post(ctx, "d1", place, s.core.say)
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := chat.Place{Home: place.Home, Channel: "1"}
	s.Change(func() { s.ana.Closed = true })
	s.DeleteMessage(post.Message)
	for _, c := range []struct {
		what string
		do   func() error
		want error
	}{
		{"closed direct messages", func() error { _, err := s.adapter.Direct(ctx, "d", s.person(), s.core.say); return err }, chat.ErrUnreachable},
		{"an unknown user", func() error {
			_, err := s.adapter.Direct(ctx, "d", chat.Account{Platform: "discord", User: "7"}, s.core.say)
			return err
		}, chat.ErrUnreachable},
		{"a user that is none", func() error {
			_, err := s.adapter.Direct(ctx, "d", chat.Account{Platform: "discord", User: "../x"}, s.core.say)
			return err
		}, chat.ErrUnreachable},
		{"an unknown channel", func() error { _, err := s.adapter.Post(ctx, "d", elsewhere, s.core.say); return err }, chat.ErrGone},
		{"a message that is gone", func() error { _, err := s.adapter.Edit(ctx, "d", post, s.core.say); return err }, chat.ErrGone},
		{"a thread below it", func() error { _, err := s.adapter.Thread(ctx, "d", post, s.core.say); return err }, chat.ErrGone},
		{"a handle of nobody's", func() error {
			_, err := s.adapter.Answer(ctx, "d", chat.Event{From: s.person()}, chat.ShowPrivate, s.core.say)
			return err
		}, chat.ErrGone},
	} {
		if err := c.do(); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.what, err, c.want)
		}
	}
	s.Change(func() { s.channel.Forbidden = true })
	_, err = s.adapter.Post(ctx, "d", place, s.core.say)
	if err == nil || errors.Is(err, chat.ErrGone) || errors.Is(err, chat.ErrUnreachable) {
		t.Errorf("a missing permission: %v, want an error for the operator", err)
	}
}

// A limit is returned, by the first request that meets it and by those behind
// it, and nothing waits.
func TestRateLimitsAreReturned(t *testing.T) {
	t.Parallel()
	s, place := writer(t)
	ctx := context.Background()
	s.Limit("/messages", 1, 40*time.Second)
	for range 2 {
		begun := time.Now()
		_, err := s.adapter.Post(ctx, "d1", place, s.core.say)
		var pause *chat.RetryAfter
		if !errors.As(err, &pause) || pause.Wait < 30*time.Second || time.Since(begun) > 10*time.Second {
			t.Errorf("Post at a limit = %v after %s, want RetryAfter of 40 s at once", err, time.Since(begun))
		}
	}
	if got := len(s.Calls("/messages")); got != 1 {
		t.Errorf("%d requests into a limit, want 1", got)
	}
	if _, err := s.adapter.Profile(ctx, s.person()); err != nil {
		t.Errorf("Profile beside a limit of another resource = %v", err)
	}
	s.LimitGlobally(50 * time.Second)
	_, _ = s.adapter.Profile(ctx, s.person())
	var pause *chat.RetryAfter
	if _, err := s.adapter.Direct(ctx, "d2", s.person(), s.core.say); !errors.As(err, &pause) {
		t.Errorf("Direct at the global limit = %v, want RetryAfter", err)
	}
}

func TestErrorsHoldNoTokenAndNoText(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	e := chat.Event{From: s.person(), Handle: chat.Handle{Token: `{"a":"1","t":"secret-token","o":"private"}`, Expires: time.Now().Add(time.Minute)}}
	m := chat.Message{Title: "what somebody wrote"}
	s.Refuse("/webhooks", 1, discordtest.Refusal{Status: http.StatusBadGateway, Text: "what somebody wrote"})
	s.Refuse("/webhooks", 1, discordtest.Refusal{Status: http.StatusBadRequest, Code: 50035, Text: "what somebody wrote"})
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	for _, ctx := range []context.Context{context.Background(), context.Background(), ended} {
		_, err := s.adapter.Answer(ctx, "id", e, chat.ShowPrivate, m)
		if err == nil || strings.Contains(err.Error(), "secret-token") || strings.Contains(err.Error(), "somebody") || strings.Contains(err.Error(), discordtest.Token) {
			t.Errorf("Answer = %v, want an error without token and text", err)
		}
	}
}

func TestOptionsThatCannotBeAreRefused(t *testing.T) {
	t.Parallel()
	for _, o := range []discord.Options{{}, {Token: "a b"}, {Token: "a", APIURL: "discord.com"}, {Token: "a", Guilds: []string{"lab"}}} {
		if _, err := discord.New(o); err == nil {
			t.Errorf("New(%+v) succeeded, want an error", o)
		}
	}
}
