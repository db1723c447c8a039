package console

import (
	"context"
	"fmt"

	"interlab/bot/chat"
)

// StageDoor is where the people of one platform come in when that platform's
// real adapter serves them: what they do in a script goes to the platform, and
// not to the App. What the platform then shows comes back through Show, Change,
// OpenForm, Problems and CloseForm, so that numbers, press and expect mean the
// same as in the terminal.
//
// A Submission names the form's Ref and a Press the message as Show returned
// it. An event that comes a second time with the same ID is a redelivery.
type StageDoor interface {
	// Deliver lets the platform send what a person did, and returns when the
	// adapter has handled it and everything that follows has been shown.
	Deliver(ctx context.Context, e chat.Event) error
}

// Install puts a stage door before all people of a platform. It is called
// before anything is played. Lines of a script that are marked for players are
// then played for these people where the mark names their platform. A door that
// is nil leaves them in the terminal, on the same lines: what they read there is
// what they must read behind a door.
func (c *Console) Install(p chat.Platform, d StageDoor) { c.doors[p] = d }

// Shown is a message that arrived on a platform.
type Shown struct {
	ID      string         // of the send, for Find; empty where the platform does not tell
	To      chat.Recipient // an account, or everybody in a place's home
	In      chat.Place     // where it landed
	Under   chat.Posted    // the message that it stands below in a thread, if any
	Private bool           // an answer that only the person sees, and no message out of the blue
	Message chat.Message
}

// Show shows a message that arrived behind a stage door, under a new number.
func (c *Console) Show(s Shown) chat.Posted {
	m := send{id: s.ID, at: c.world.Now(), kind: "direct", to: s.To, m: s.Message, posted: chat.Posted{Place: s.In}}
	switch {
	case s.Under != chat.Posted{}:
		number, to := c.screen.posted(s.Under)
		m.kind, m.to = fmt.Sprintf("thread under %d", number), to
	case s.To.Account.IsZero():
		m.kind = "public #" + s.In.Channel
	case s.Private:
		m.kind = "private"
	}
	return c.screen.add(m)
}

// Change shows a message anew under its old number: in place, as the answer to
// a press, or because the bot edited it. It is an error that nothing landed there.
func (c *Console) Change(at chat.Posted, inPlace bool, id string, m chat.Message) error {
	number, _ := c.screen.posted(at)
	if number == 0 {
		return fmt.Errorf("change %s: %w", at.Message, chat.ErrGone)
	}
	s := send{id: id, at: c.world.Now(), kind: "changed", m: m}
	if inPlace {
		s.kind = "in place"
	}
	c.screen.change(number, s)
	return nil
}

// OpenForm shows a form that opened for a person; on is the message whose
// control opened it, if one did.
func (c *Console) OpenForm(who chat.Account, in chat.Place, on chat.Posted, f chat.Form) {
	c.screen.openForm(who, openForm{form: f, on: on, in: in})
}

// CloseForm closes a form that was taken. Another one that opened since stays.
func (c *Console) CloseForm(who chat.Account, ref chat.Ref) { c.screen.closeForm(who, ref) }

// Problems shows a person what is wrong with the form that stays open.
func (c *Console) Problems(who chat.Account, problems []chat.Problem) {
	c.screen.problems(who, problems)
}

// Fault fails the statement that is played: something arrived that no platform
// would show.
func (c *Console) Fault(err error) { c.screen.fault(err) }

// plays reports whether the console plays a step: for people of a platform with
// a door as that platform, for all others as itself. What is about nobody in
// particular is played if any platform with a door does, and without doors if
// the console does.
func (c *Console) plays(step Step) bool {
	who, ok := actor(step.Do)
	if _, door := c.doors[who.Home.Platform]; ok && door {
		return step.PlayedBy(string(who.Home.Platform))
	}
	if ok || len(c.doors) == 0 {
		return step.PlayedBy(player)
	}
	for platform := range c.doors {
		if step.PlayedBy(string(platform)) {
			return true
		}
	}
	return false
}

// actor is whom a statement is about, if that is one person.
func actor(do Statement) (Person, bool) {
	switch do := do.(type) {
	case Act:
		return do.Who, true
	case Again:
		return do.Who, !do.Who.IsZero()
	case Expect:
		return do.Who, true
	}
	return Person{}, false
}
