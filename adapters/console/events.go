package console

import (
	"context"
	"fmt"
	"slices"
	"time"

	"interlab/bot/chat"
)

// handleLife is how long an event can be answered: as long as the interaction
// tokens and response addresses of the platforms live in general.
// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback
const handleLife = 15 * time.Minute

// event makes the event of an Act or Again, and prints what the person did.
// The event has no input where nothing is to be delivered.
func (c *Console) event(ctx context.Context, do Statement) (chat.Event, error) {
	if again, ok := do.(Again); ok {
		return c.again(ctx, again.Who)
	}
	act, ok := do.(Act)
	if !ok {
		return chat.Event{}, fmt.Errorf("%T is nothing that a person does", do)
	}
	if deed, ok := act.Deed.(Happen); ok && deed.What == chat.BotAdded && !slices.Contains(c.screen.present(), act.Who) {
		c.screen.arrive(act.Who) // a home that the bot comes into has no lab yet
	} else if err := c.enter(ctx, act.Who); err != nil {
		return chat.Event{}, fmt.Errorf("enter %s: %w", act.Who, err)
	}
	e := chat.Event{
		From: act.Who.Account(), Name: act.Who.Name(), At: c.world.Now(),
		In: chat.Place{Home: act.Who.Home, Channel: act.Channel},
	}
	act.Deed = c.screen.recalling(act.Deed)
	said, err := c.input(act, &e)
	if err != nil || e.Input == nil {
		return e, err
	}
	c.screen.echo(said)
	c.events++
	e.ID = fmt.Sprintf("%s%d", c.session, c.events)
	e.Handle = chat.Handle{Token: e.ID, Expires: e.At.Add(handleLife)}
	c.last[e.From], c.lastAny = e, e
	return e, nil
}

// again is the last event of somebody, or of all where who is zero.
func (c *Console) again(ctx context.Context, who Person) (chat.Event, error) {
	if who.IsZero() {
		if c.lastAny.Input == nil {
			return chat.Event{}, fmt.Errorf("nobody has done anything yet that could be delivered again")
		}
		c.screen.echo("again")
		return c.lastAny, nil
	}
	if err := c.enter(ctx, who); err != nil {
		return chat.Event{}, fmt.Errorf("enter %s: %w", who, err)
	}
	e := c.last[who.Account()]
	if e.Input == nil {
		return e, fmt.Errorf("%s has done nothing yet that could be delivered again", who)
	}
	c.screen.echo(Again{Who: who}.String())
	return e, nil
}

// input sets what the person did, and where. It returns the act as it is
// printed: with labels and message numbers in full.
func (c *Console) input(act Act, e *chat.Event) (said string, err error) {
	switch deed := act.Deed.(type) {
	case Arrive:
	case Say:
		e.Input = chat.Line{Text: deed.Text}
	case Press:
		pick, err := c.press(act.Who, deed.Pick, buttonWidget, e)
		return Act{Who: act.Who, Deed: Press{pick}}.String(), err
	case Choose:
		pick, err := c.press(act.Who, deed.Pick, optionWidget, e)
		return Act{Who: act.Who, Deed: Choose{pick}}.String(), err
	case Fill:
		err = c.fill(act.Who, deed, e)
	case Happen:
		c.screen.happen(e.In, deed.What)
		e.Input = chat.Happening{What: deed.What}
	}
	return act.String(), err
}

// press makes a press of the control that is meant. One of a message in a
// channel happens there; one that somebody else sees happens where the person
// is, unless the person presses it there: in a channel that two organisations share.
func (c *Console) press(who Person, pick Pick, kind widget, e *chat.Event) (Pick, error) {
	card, control, err := c.screen.control(who, pick, kind)
	if err != nil {
		return pick, err
	}
	e.In.Channel = card.posted.Place.Channel
	if pick.There {
		e.In.Home = card.posted.Place.Home
	}
	if control.ref.ID, err = c.screen.forged(pick, control.ref.ID); err != nil {
		return pick, err
	}
	e.Input = chat.Press{Ref: control.ref, Values: control.values, On: card.posted}
	pick.Number, pick.Label, pick.On = 0, control.label, card.number
	return pick, nil
}

// fill fills in the form that is open for a person. What was typed stands in
// it from now on, should the form be refused.
func (c *Console) fill(who Person, deed Fill, e *chat.Event) error {
	open, ok := c.screen.form(e.From)
	if !ok {
		return fmt.Errorf("no form is open for %s; press what opens one first", who)
	}
	form, err := fillIn(open.form, deed.Values)
	if err != nil {
		return err
	}
	c.screen.keep(e.From, form)
	e.In = open.in
	e.Input = chat.Submission{Ref: form.Ref, Values: values(form), On: open.on}
	return nil
}
