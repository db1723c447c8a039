package discord_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"interlab/adapters/discord"
	"interlab/adapters/discord/discordtest"
	"interlab/bot/chat"
)

func TestAnswersAppearWhereThePlanSays(t *testing.T) {
	t.Parallel()
	s := perform(t, nil)
	s.Command(s.here(), "interlab", []string{"private"})
	if got := s.sees(s.ana.ID, 1)[0]; !got.Private || got.Body.Embeds[0].Title != "Said" {
		t.Errorf("a private answer arrived as %+v", got)
	}
	s.Command(s.here(), "interlab", []string{"public"})
	if got := s.sees("", 1)[0]; got.Private || got.Channel != s.channel.ID {
		t.Errorf("a public answer arrived as %+v", got)
	}
	s.Say(s.ana.ID, "hello")
	if got := s.sees(s.ana.ID, 2)[1]; got.Private || got.Guild != "" {
		t.Errorf("the answer to a line arrived as %+v", got)
	}
}

func TestAPressChangesItsMessageOrIsAnsweredPrivately(t *testing.T) {
	t.Parallel()
	s := perform(t, nil)
	s.core.say.Rows = []chat.Row{chat.NewRow(chat.Button{Label: "Go", Ref: chat.Ref{Route: "inplace", ID: "1"}})}
	s.Command(s.here(), "interlab", []string{"public"})
	posted := s.sees("", 1)[0]
	if _, err := s.Press(s.ana.ID, posted.ID, "inplace:1"); err != nil {
		t.Fatal(err)
	}
	s.Until("changed", func() bool { return s.Messages("")[0].Edits == 1 })
	press, ok := s.pressed(2)
	if want := (chat.Posted{Place: chat.Place{Home: chat.Home{Platform: "discord", ID: s.guild.ID}, Channel: s.channel.ID}, Message: posted.ID}); !ok || press.On != want {
		t.Errorf("the press was on %+v, want %+v", press.On, want)
	}
	// What the person may not do is told them alone; the card stays.
	s.core.handle = func(ctx context.Context, e chat.Event) error { return s.core.reply(ctx, e, chat.ShowPrivate) }
	if _, err := s.Press(s.ana.ID, posted.ID, "inplace:1"); err != nil {
		t.Fatal(err)
	}
	if got := s.sees(s.ana.ID, 1)[0]; !got.Private || s.Messages("")[0].Edits != 1 {
		t.Errorf("a refused press: %+v, and the card was edited %d times; want a private message and 1", got, s.Messages("")[0].Edits)
	}
	// The same where a public answer was promised.
	s.Command(s.here(), "interlab", []string{"public"})
	if got := s.sees(s.ana.ID, 2)[1]; !got.Private || len(s.Messages("")) != 1 {
		t.Errorf("a refused command: %+v, and %d public messages; want a private one and 1", got, len(s.Messages("")))
	}
}

func TestFormsOpenAndComeBack(t *testing.T) {
	t.Parallel()
	s := perform(t, nil)
	s.core.form = chat.Form{Ref: chat.Ref{Route: "form", ID: "d1"}, Title: "A form", Submit: "Send", Fields: []chat.FormField{
		{Name: "text", Label: "Text", Required: true, Max: 10},
		{Name: "pick", Label: "Pick", Options: []chat.Option{{Label: "One", Value: "1"}, {Label: "Two", Value: "2"}}},
	}}
	command := s.Command(s.here(), "interlab", []string{"group", "form"})
	s.Until("opened", func() bool { return s.Modal(command) != nil })
	s.Say(s.ana.ID, "form") // no form opens on a line: a card leads to it
	button := s.sees(s.ana.ID, 1)[0]
	press, err := s.Press(s.ana.ID, button.ID, "form:d1")
	if err != nil {
		t.Fatal(err)
	}
	s.Until("opened", func() bool { return s.Modal(press) != nil })
	if _, err := s.Submit(press, map[string]string{"text": "hello", "pick": "2"}); err != nil {
		t.Fatal(err)
	}
	s.sees(s.ana.ID, 2)
	events := s.heard(1)
	got, ok := events[len(events)-1].Input.(chat.Submission)
	if !ok || got.Ref != s.core.form.Ref || got.Values["text"] != "hello" || got.Values["pick"] != "2" {
		t.Errorf("the submission arrived as %+v", got)
	}
}

func TestCompletionOffersWhatFits(t *testing.T) {
	t.Parallel()
	s := perform(t, nil)
	i := s.Complete(s.here(), "interlab", []string{"private"}, discordtest.Given{Name: "topic", Value: "spa", Focused: true})
	s.Until("completed", func() bool { return s.Choices(i) != nil })
	if got := s.Choices(i); len(got) != 1 || got[0] != "spa one" {
		t.Errorf("completion of spa = %q, want one choice", got)
	}
}

func TestCommandsCarryTheirArguments(t *testing.T) {
	t.Parallel()
	s := perform(t, nil)
	s.Command(s.here(), "interlab", []string{"private"},
		discordtest.Given{Name: "topic", Value: "<@" + s.ana.ID + ">"}, discordtest.Given{Name: "count", Value: 3})
	s.sees(s.ana.ID, 1)
	call, ok := s.heard(1)[0].Input.(chat.Call)
	if !ok || call.Args["topic"] != "discord:"+s.ana.ID || call.Args["count"] != "3" {
		t.Errorf("the call arrived as %+v", call)
	}
}

// The acknowledgement waits for nothing, and the answer for the acknowledgement.
func TestAnAnswerWaitsForItsAcknowledgement(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	early := make(chan error, 1)
	s.core.accept = func(e chat.Event) error {
		go func() {
			_, err := s.adapter.Answer(context.Background(), e.ID, e, chat.ShowPrivate, s.core.say)
			early <- err
		}()
		return nil
	}
	s.start(t)
	release := s.Hold("/callback")
	s.Command(s.here(), "interlab", []string{"private"})
	select {
	case err := <-early:
		t.Errorf("Answer before the acknowledgement = %v, want it to wait", err)
	case <-time.After(100 * time.Millisecond):
	}
	release()
	if err := <-early; err != nil {
		t.Errorf("Answer after the acknowledgement = %v", err)
	}
}

func TestALateAcknowledgementIsAnsweredDirectly(t *testing.T) {
	t.Parallel()
	s := perform(t, nil)
	s.Refuse("/callback", 1, discordtest.Refusal{Status: http.StatusNotFound, Code: 10062})
	s.Command(s.here(), "interlab", []string{"private"})
	if got := s.sees(s.ana.ID, 1)[0]; got.Private || got.Guild != "" {
		t.Errorf("the answer arrived as %+v, want a direct message", got)
	}
}

func TestAStoreThatCannotSaveIsTold(t *testing.T) {
	t.Parallel()
	s := perform(t, func(_ *discord.Options, c *core) { c.accept = func(chat.Event) error { return errors.New("no store") } })
	s.Command(s.here(), "interlab", []string{"private"})
	s.Say(s.ana.ID, "hello")
	for _, m := range s.sees(s.ana.ID, 2) {
		if m.Body.Embeds[0].Title != "Nothing was saved" {
			t.Errorf("a person is told %q, want that nothing was saved", m.Body.Embeds[0].Title)
		}
	}
}

// A replica ends between the acknowledgement and the answer; another gives it,
// with the event as it was kept.
func TestTheAnswerComesAfterARestart(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	kept := make(chan chat.Event, 1)
	s.core.handle = func(_ context.Context, e chat.Event) error {
		kept <- e
		return nil
	}
	s.start(t)
	s.Command(s.here(), "interlab", []string{"public"})
	e := <-kept
	s.stop()
	s.build(t, nil)
	s.start(t)
	if err := s.core.reply(context.Background(), e, chat.ShowPublic); err != nil {
		t.Fatal(err)
	}
	if got := s.sees("", 1)[0]; got.Private || len(s.Messages("")) != 1 {
		t.Errorf("the answer after a restart: %+v", got)
	}
}

func TestAnAnswerAfterItsTimeIsGone(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	e := chat.Event{From: chat.Account{Platform: "discord", User: s.ana.ID}, Handle: chat.Handle{Token: `{"a":"1","t":"t","o":"private"}`, Expires: time.Now().Add(-time.Second)}}
	if _, err := s.adapter.Answer(context.Background(), "id", e, chat.ShowPrivate, s.core.say); !errors.Is(err, chat.ErrGone) {
		t.Errorf("Answer after 15 minutes = %v, want ErrGone", err)
	}
	if len(s.Calls("/webhooks")) != 0 {
		t.Error("an answer after its time was tried all the same")
	}
}
