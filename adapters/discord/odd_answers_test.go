package discord_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"interlab/adapters/discord/discordtest"
	"interlab/bot/chat"
)

// Whatever Discord, or what stands before it, answers: it is survived and told
// apart, and what it said reaches no error.
func TestOddAnswersAreSurvived(t *testing.T) {
	t.Parallel()
	const secret = "private words"
	page := map[string]string{"Content-Type": "text/html"}
	limit := func(wait string) map[string]string {
		return map[string]string{"Retry-After": wait, "X-RateLimit-Reset-After": wait, "X-RateLimit-Remaining": "0"}
	}
	for name, c := range map[string]struct {
		status int
		header map[string]string
		body   string
		least  time.Duration // of the pause; 0 means any other error
	}{
		"a pause of 0":              {429, limit("0"), `{"retry_after":0}`, time.Millisecond},
		"a pause of words":          {429, limit("abc"), secret, 30 * time.Second},
		"a pause that is no number": {429, limit("NaN"), secret, time.Millisecond},
		"a pause of 31 years":       {429, limit("1000000000"), `{"retry_after":1000000000}`, time.Hour},
		"a page that says to wait":  {429, map[string]string{"Content-Type": "text/html", "Retry-After": "1000000000"}, secret, time.Hour},
		"a pause that names none":   {429, nil, secret, 30 * time.Second},
		"a page with status 200":    {200, page, "<html>" + secret, 0},
		"nothing":                   {200, nil, "", 0},
		"a message without an id":   {200, nil, `{"content":"` + secret + `"}`, 0},
		"an id that is none":        {200, nil, `{"id":"../x","channel_id":"1"}`, 0},
		"an error of the server":    {503, page, secret, 0},
		"a page that refuses":       {400, page, "<html>" + secret, 0},
		"an unknown code":           {400, nil, `{"code":99999999,"message":"` + secret + `"}`, 0},
		"a code of another type":    {400, nil, `{"code":"` + secret + `"}`, 0},
		"50 MB":                     {200, nil, `{"id":"1","content":"` + strings.Repeat(secret, 50<<20/len(secret)) + `"}`, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, place := writer(t)
			s.Refuse("/messages", 1, discordtest.Refusal{Status: c.status, Odd: &discordtest.Odd{Header: c.header, Body: c.body}})
			_, err := s.adapter.Post(t.Context(), "d1", place, s.core.say)
			var pause *chat.RetryAfter
			switch {
			case err == nil, errors.Is(err, chat.ErrGone), errors.Is(err, chat.ErrUnreachable):
				t.Errorf("Post = %v, want an error that is tried again", err)
			case errors.As(err, &pause) != (c.least > 0), c.least > 0 && (pause.Wait < c.least || pause.Wait > time.Hour):
				t.Errorf("Post = %v, want a pause of %v to an hour", err, c.least)
			case strings.Contains(err.Error(), secret):
				t.Errorf("Post = %.200v, want nothing of the answer in it", err)
			}
			if _, err := s.adapter.Direct(t.Context(), "d2", s.person(), s.core.say); err != nil {
				t.Errorf("a message elsewhere = %v", err)
			}
		})
	}
}

// A message that arrived is known to have, though what its answer says of limits
// makes no sense; and no limit closes a channel for years.
func TestLimitsThatMakeNoSenseLoseNoMessageAndCloseNoChannel(t *testing.T) {
	t.Parallel()
	for _, after := range []string{"abc", "NaN", "-1", "1000000000"} {
		s, place := writer(t)
		s.Refuse("/messages", 1, discordtest.Refusal{Status: 200, Odd: &discordtest.Odd{
			Header: map[string]string{"X-RateLimit-Reset-After": after, "X-RateLimit-Reset": after, "X-RateLimit-Remaining": "0"},
			Body:   `{"id":"17","channel_id":"` + place.Channel + `"}`,
		}})
		if got, err := s.adapter.Post(t.Context(), "d1", place, s.core.say); err != nil || got.Message != "17" {
			t.Errorf("Post with a limit of %s = %+v, %v; want message 17", after, got, err)
		}
		_, err := s.adapter.Post(t.Context(), "d2", place, s.core.say)
		var pause *chat.RetryAfter
		if err != nil && (!errors.As(err, &pause) || pause.Wait > time.Hour) {
			t.Errorf("the next Post after a limit of %s = %v, want none or a pause of an hour at most", after, err)
		}
	}
}

// What stands before Discord may say that all went well and name nothing that
// was made: then nothing is taken to have been.
func TestAnAnswerThatNamesNothingIsNoSuccess(t *testing.T) {
	t.Parallel()
	s, place := writer(t)
	o := talk(t, s, place)
	at, err := s.adapter.Schedule(t.Context(), "d", chat.Posted{}, o)
	if err != nil {
		t.Fatal(err)
	}
	e := chat.Event{From: s.person(), In: place, Handle: chat.Handle{Token: `{"a":"1","t":"secret-token","o":"private"}`, Expires: time.Now().Add(time.Minute)}}
	for what, c := range map[string]struct {
		path string
		do   func() (chat.Posted, error)
	}{
		"Answer": {"/webhooks/", func() (chat.Posted, error) {
			return s.adapter.Answer(t.Context(), "a", e, chat.ShowPrivate, s.core.say)
		}},
		"Direct":                {"/messages", func() (chat.Posted, error) { return s.adapter.Direct(t.Context(), "b", s.person(), s.core.say) }},
		"a direct conversation": {"/users/@me/channels", func() (chat.Posted, error) { return s.adapter.Direct(t.Context(), "c", s.person(), s.core.say) }},
		"Schedule": {"/scheduled-events", func() (chat.Posted, error) {
			return s.adapter.Schedule(t.Context(), "d", at, o)
		}},
	} {
		s.Refuse(c.path, 1, discordtest.Refusal{Status: 200, Odd: &discordtest.Odd{Body: "{}"}})
		if _, err := c.do(); err == nil || errors.Is(err, chat.ErrGone) || errors.Is(err, chat.ErrUnreachable) {
			t.Errorf("%s with an answer of {} = %v, want an error that is tried again", what, err)
		}
	}
}
