package console

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"interlab/bot/chat"
)

// player is the name under which a script marks lines for the console.
const player = "console"

// Play plays a script to its end, or to the first statement that fails. The
// error names file and line, what was wanted, and what the person did see.
// Lines that are marked for other players are skipped.
func (c *Console) Play(ctx context.Context, script *Script) error {
	if err := c.ready(); err != nil {
		return fmt.Errorf("play %s: %w", script.Name, err)
	}
	for _, step := range script.Steps {
		if err := c.play(ctx, step); err != nil {
			return err
		}
	}
	return nil
}

func (c *Console) play(ctx context.Context, step Step) error {
	if !c.plays(step) {
		return nil
	}
	var err error
	switch do := step.Do.(type) {
	case Expect:
		err = c.named(ctx, func() error { return c.screen.expect(do) }, do.Who)
	case Silence:
		err = c.named(ctx, func() error { return c.screen.silence(do) }, do.But...)
	default:
		c.screen.fresh()
		err = c.perform(ctx, step)
		for _, fault := range c.screen.trouble() {
			if !errors.Is(err, fault) {
				err = errors.Join(err, fault)
			}
		}
	}
	return at(step, err)
}

// at puts the step's place before an error that has none yet.
func at(step Step, err error) error {
	var placed *placedError
	if err == nil || step.Where == "" || errors.As(err, &placed) {
		return err
	}
	return &placedError{step.Where, err}
}

// placedError is an error with the line of the script that it belongs to.
type placedError struct {
	where string
	err   error
}

func (e *placedError) Error() string { return e.where + ": " + e.err.Error() }
func (e *placedError) Unwrap() error { return e.err }

// named lets people be there before something is done that names them.
func (c *Console) named(ctx context.Context, do func() error, people ...Person) error {
	for _, who := range people {
		if err := c.enter(ctx, who); err != nil {
			return fmt.Errorf("enter %s: %w", who, err)
		}
	}
	return do()
}

func (c *Console) perform(ctx context.Context, step Step) error {
	switch do := step.Do.(type) {
	case Act, Again:
		return c.together(ctx, step)
	case Together:
		c.screen.echo("together")
		defer c.screen.echo("end")
		return c.together(ctx, do.Steps...)
	case Clock:
		return c.clock(ctx, do)
	case Store:
		return c.store(ctx, do)
	case Zones:
		return c.zones(ctx, do)
	}
	return fmt.Errorf("the console cannot play %q", step.Do)
}

// together makes the events of all steps, delivers them at the same moment,
// and settles the world.
func (c *Console) together(ctx context.Context, steps ...Step) error {
	var events []chat.Event
	for _, step := range steps {
		if !c.plays(step) {
			continue
		}
		e, err := c.event(ctx, step.Do)
		if err != nil {
			return at(step, err)
		}
		if e.Input != nil {
			events = append(events, e)
		}
	}
	errs := make([]error, len(events))
	var all sync.WaitGroup
	for i, e := range events {
		all.Go(func() { errs[i] = c.deliver(ctx, e) })
	}
	all.Wait()
	return errors.Join(errors.Join(errs...), c.settle(ctx))
}

// deliver does with an event what every adapter does, or leaves it to the
// adapter behind the stage door.
func (c *Console) deliver(ctx context.Context, e chat.Event) error {
	if door := c.doors[e.From.Platform]; door != nil {
		return door.Deliver(ctx, e)
	}
	submission, submitted := e.Input.(chat.Submission)
	if plan := c.app.Plan(e); plan.Show == chat.ShowForm {
		if submitted {
			return fmt.Errorf("the form %s is to be answered with a form, and no platform can do that", submission.Ref)
		}
		return c.open(ctx, e)
	}
	if submitted {
		if problems := c.app.Check(e); len(problems) > 0 {
			c.screen.problems(e.From, problems)
			return nil
		}
		c.screen.closeForm(e.From, submission.Ref)
	}
	ticket, err := c.app.Accept(ctx, e)
	if err != nil {
		c.log.Warn().Err(err).Str("event", e.ID).Msg("event not accepted")
		c.instead(e, chat.Unsaved())
		return ctx.Err()
	}
	if err := c.app.Handle(ctx, ticket); err != nil {
		c.log.Warn().Err(err).Str("event", e.ID).Msg("event handled with an error")
	}
	return ctx.Err()
}

// open shows the form that an event asks for.
func (c *Console) open(ctx context.Context, e chat.Event) error {
	form, err := c.app.Form(ctx, e)
	if err != nil {
		if !chat.Refused(err) {
			c.log.Warn().Err(err).Str("event", e.ID).Msg("form not read")
		}
		c.instead(e, chat.Unopened(err))
		return ctx.Err()
	}
	if err := form.Validate(); err != nil {
		return fmt.Errorf("the form %q is not valid: %w", form.Title, err)
	}
	opened := openForm{form: form.Clip(), in: e.In}
	if press, ok := e.Input.(chat.Press); ok {
		opened.on = press.On
	}
	c.screen.openForm(e.From, opened)
	return nil
}

// instead tells a person why nothing was done. This is the console's own
// message, so that it needs no store.
func (c *Console) instead(e chat.Event, m chat.Message) {
	c.screen.add(send{
		id: "instead:" + e.ID, at: c.world.Now(), kind: "private", m: m,
		to: chat.Recipient{Account: e.From}, posted: chat.Posted{Place: e.In},
	})
}

// settle lets the world come to rest. While the store is stopped nothing can.
func (c *Console) settle(ctx context.Context) error {
	if c.stopped {
		return ctx.Err()
	}
	if err := c.world.Settle(ctx); err != nil {
		return fmt.Errorf("settle: %w", err)
	}
	return nil
}

func (c *Console) store(ctx context.Context, do Store) error {
	c.screen.echo(do.String())
	if !do.Running {
		c.stopped = true
		return c.world.StopStore(ctx)
	}
	if err := c.world.StartStore(ctx); err != nil {
		return err
	}
	c.stopped = false
	return c.settle(ctx)
}

func (c *Console) zones(ctx context.Context, do Zones) error {
	c.screen.echo(do.String())
	world, ok := c.world.(Rezoner)
	if !ok {
		return errors.New("the zone data of this world cannot change")
	}
	if err := world.Rezone(ctx, do.Law, do.Like); err != nil {
		return fmt.Errorf("change the zone data: %w", err)
	}
	return c.settle(ctx)
}
