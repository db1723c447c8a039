package exchange

import "time"

// TakeBack takes back what somebody said of a goal at a moment: was is the goal
// before they did. Whatever came after it stands, and then nothing is taken back.
func (e *Exchange) TakeBack(was Goal, at time.Time) error {
	i := e.place(was.N)
	switch {
	case i < 0, !e.State.Working():
		return refuse(NotNow, e.notNow())
	case e.Completed.Equal(at):
		return refuse(NotNow, "That answer completed the exchange, so it stays. An organiser can open it again: ask for it on its card.")
	case !e.Goals[i].spoken().Equal(at) || e.Goals[i].Pledge != was.Pledge:
		return refuse(NotNow, "Something was said about this goal since, so nothing was taken back. goal list shows how it stands.")
	}
	notYet := max(e.Goals[i].NotYet, was.NotYet) // a question that was put again stays another one
	e.Goals[i] = was
	e.Goals[i].NotYet = notYet
	return nil
}

// spoken is when somebody last said something of the goal.
func (g Goal) spoken() time.Time {
	last := g.Said
	for _, m := range []*Mark{g.Claimed, g.Verified, g.Doubted} {
		if m != nil && m.At.After(last) {
			last = m.At
		}
	}
	return last
}
