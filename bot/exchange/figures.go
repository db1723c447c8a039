package exchange

// Figures count the goals of one direction. Each is a part of those above it,
// but for Dropped: those were planned and will not be reached.
type Figures struct {
	Planned  int
	Claimed  int // by the givers, whether or not it was verified since
	Verified int
	Dropped  int
}

// Add is both together.
func (f Figures) Add(g Figures) Figures {
	return Figures{f.Planned + g.Planned, f.Claimed + g.Claimed, f.Verified + g.Verified, f.Dropped + g.Dropped}
}

// Figures counts the goals that were agreed, by direction. Terms that are not
// agreed count for nothing. A goal that was claimed and then doubted is not
// claimed.
func (e *Exchange) Figures() map[Way]Figures {
	figures := map[Way]Figures{}
	if !e.State.Binding() && e.State != Cancelled {
		return figures
	}
	for _, g := range e.Goals {
		f := figures[g.Way()]
		f.Planned++
		switch g.State {
		case GoalVerified:
			f.Claimed++
			f.Verified++
		case GoalClaimed:
			f.Claimed++
		case GoalDropped:
			f.Dropped++
		case GoalOpen:
		}
		figures[g.Way()] = f
	}
	return figures
}
