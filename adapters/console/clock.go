package console

import (
	"context"
	"fmt"
	"time"
)

// clock moves the clock forward. It stops wherever something falls due and
// settles there, so that things happen in their order and at their time.
func (c *Console) clock(ctx context.Context, do Clock) error {
	now := c.world.Now()
	target := do.To
	if target.IsZero() {
		target = now.Add(do.By)
	}
	if target.Before(now) {
		return fmt.Errorf("the clock moves only forward, and it is %s already", instant(now))
	}
	if err := c.settle(ctx); err != nil {
		return err
	}
	for due, moved := true, false; due; moved = true {
		var next time.Time
		var err error
		if next, due, err = c.next(ctx, target); err != nil {
			return err
		}
		if !due && moved && c.world.Now().Equal(target) {
			break
		}
		c.move(next)
		if err := c.settle(ctx); err != nil {
			return err
		}
	}
	c.screen.arriveAt()
	return nil
}

// next is when something falls due by the target, or the target and false where
// nothing does. What is due by now has been settled, so it must lie ahead.
func (c *Console) next(ctx context.Context, target time.Time) (time.Time, bool, error) {
	if c.stopped {
		return target, false, ctx.Err()
	}
	next, ok, err := c.world.Next(ctx)
	if err != nil {
		return target, false, fmt.Errorf("ask what falls due: %w", err)
	}
	if !ok || next.After(target) {
		return target, false, ctx.Err()
	}
	if now := c.world.Now(); !next.After(now) {
		return target, false, fmt.Errorf("at %s everything was settled, but something due at %s is left", instant(now), instant(next))
	}
	return next, true, ctx.Err()
}

// move sets the clock. The transcript has a line for it before the first thing
// that is shown there.
func (c *Console) move(to time.Time) {
	c.world.SetNow(to)
	c.screen.moveTo("clock " + instant(to))
}

func (s *screen) moveTo(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.moved = text
}

// arriveAt prints the clock's move where nothing was shown since.
func (s *screen) arriveAt() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.moved != "" {
		s.print("")
	}
}
