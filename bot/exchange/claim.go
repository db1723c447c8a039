package exchange

import "time"

// Tell notes how an open goal is going. Obstacle is what is in the way of a
// blocked one, and may be told later. A disputed goal is open again by it.
func (e *Exchange) Tell(n int, by Party, status Status, obstacle Obstacle, now time.Time) error {
	i, err := e.worked(n, by, e.Giver, giversSay)
	if err != nil {
		return err
	}
	g := &e.Goals[i]
	if g.State != GoalOpen && g.State != GoalDisputed {
		return refuse(NotNow, "This goal is no longer open, so there is nothing to say about how it is going.")
	}
	switch {
	case status != Blocked:
		g.unblocked(now)
		obstacle, g.Help = "", nil
	case g.Since.IsZero():
		g.Since = now
	}
	g.State, g.Status, g.Obstacle, g.Said = GoalOpen, status, obstacle, now
	return nil
}

// Claim says for the giving side that a goal is reached, also after a "not yet".
func (e *Exchange) Claim(n int, by Party, now time.Time) error { return e.claim(n, by, "", now) }

// ClaimNegative says for the giving side that a goal came to an honest end:
// found is what was learned, for instance that it does not work and why.
func (e *Exchange) ClaimNegative(n int, by Party, found string, now time.Time) error {
	if err := CheckText(found); err != nil {
		return err
	}
	return e.claim(n, by, found, now)
}

func (e *Exchange) claim(n int, by Party, found string, now time.Time) error {
	i, err := e.unclaimed(n, by)
	if err != nil {
		return err
	}
	g := &e.Goals[i]
	g.unblocked(now)
	g.State, g.Claimed, g.Found = GoalClaimed, &Mark{by.Person, now}, found
	return nil
}

// unclaimed is the place of a goal that the giving side can still settle.
func (e *Exchange) unclaimed(n int, by Party) (int, error) {
	i, err := e.worked(n, by, e.Giver, giversSay)
	if err != nil {
		return 0, err
	}
	switch g := e.Goals[i]; {
	case g.State == GoalClaimed:
		return 0, refuse(NotNow, "This goal was claimed before. It is the receiving lab's turn.")
	case g.Settled():
		return 0, refuse(NotNow, "This goal is settled, so it stays as it is.")
	}
	return i, nil
}

// Verify says for the receiving side how far a claimed goal is reached. Whoever
// claimed it cannot. The last goal of an exchange that is over completes it.
func (e *Exchange) Verify(n int, by Party, outcome Outcome, now time.Time) error {
	i, err := e.answerable(n, by)
	if err != nil {
		return err
	}
	if e.Goals[i].Found != "" {
		outcome = Alone // that something does not work is known in full or not at all
	}
	g := &e.Goals[i]
	g.State, g.Verified, g.Outcome = GoalVerified, &Mark{by.Person, now}, outcome
	return e.complete(by.Person, now)
}

// Doubt says for the receiving side that a claimed goal is not reached yet. The
// giving side may claim it again, go on with it, or settle it otherwise.
func (e *Exchange) Doubt(n int, by Party, now time.Time) error {
	i, err := e.answerable(n, by)
	if err != nil {
		return err
	}
	g := &e.Goals[i]
	g.State, g.Claimed, g.Found = GoalDisputed, nil, ""
	g.Doubted = &Mark{by.Person, now}
	g.NotYet++
	return nil
}

// answerable is the place of a claimed goal that somebody may confirm or doubt.
func (e *Exchange) answerable(n int, by Party) (int, error) {
	i, err := e.worked(n, by, e.Receiver, receiversSay)
	if err != nil {
		return 0, err
	}
	g := e.Goals[i]
	switch {
	case g.State != GoalClaimed:
		return 0, refuse(NotNow, "Nobody says at the moment that this goal is reached, so there is nothing to confirm.")
	case g.Claimed.By == by.Person:
		return 0, refuse(NotYours, receiversSay)
	}
	return i, nil
}

// Miss says for the giving side that a goal will not be reached, and what there
// is to know about it. That is an answer like any other.
func (e *Exchange) Miss(n int, by Party, why string, now time.Time) error {
	return e.settle(n, by, GoalMissed, why, now)
}

// Carry says for the giving side who goes on with a goal once the visit is over.
func (e *Exchange) Carry(n int, by Party, who string, now time.Time) error {
	if e.State == Active || e.State == Paused {
		return refuse(NotNow, "The exchange is not over yet, so there is still time for this goal. When it is over, you can say who goes on with it.")
	}
	return e.settle(n, by, GoalCarried, who, now)
}

func (e *Exchange) settle(n int, by Party, state GoalState, text string, now time.Time) error {
	i, err := e.unclaimed(n, by)
	if err != nil {
		return err
	}
	if err := CheckText(text); err != nil {
		return err
	}
	e.Goals[i].unblocked(now)
	e.Goals[i].State, e.Goals[i].Settling = state, &Said{by.Person, text, now}
	return e.complete(by.Person, now)
}
