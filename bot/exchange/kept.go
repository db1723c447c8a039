package exchange

// use is what was said of one goal at one stage.
type use struct {
	alone, with, no int
}

// inUse reports whether most say that it is in use; a tie says that it is not.
func (u use) inUse() bool    { return u.alone+u.with > u.no }
func (u use) unaided() bool  { return u.inUse() && u.alone > u.with }
func (u use) answered() bool { return u.alone+u.with+u.no > 0 }

// Kept is what came of the verified goals that were asked about at a stage.
type Kept struct {
	Due      int // goals whose day has come
	Answered int // goals that somebody answered for
	InUse    int // of these, in use
	Unaided  int // of those, without help
	People   int // who answered
	Asked    int // people whom the questions about them were for
}

// Kept counts what is still in use at a stage. Whoever cannot say has not answered.
func (l Ledger) Kept(p Period, s Stage) Kept {
	goals, people, asked := map[aboutGoal]use{}, map[string]bool{}, map[string]bool{}
	verified := l.verified()
	for _, f := range l.FollowUps {
		if f.Stage != s || f.State == Moot || !p.holds(f.Day) || !verified[f.about()] {
			continue
		}
		goal := f.about()
		asked[f.Person] = true
		u := goals[goal]
		if f.State == Answered && f.Answer != nil && f.Answer.Choice != DontKnow {
			people[f.Answer.By] = true
			switch f.Answer.Choice {
			case Unaided:
				u.alone++
			case Helped:
				u.with++
			default:
				u.no++
			}
		}
		goals[goal] = u
	}
	k := Kept{Due: len(goals), People: len(people), Asked: len(asked)}
	for _, u := range goals {
		if !u.answered() {
			continue
		}
		k.Answered++
		if u.inUse() {
			k.InUse++
		}
		if u.unaided() {
			k.Unaided++
		}
	}
	return k
}

// retention is M16: what is still in use, of the verified goals that somebody
// answered for.
func (l Ledger) retention(p Period, s Stage) []Measure {
	k := l.Kept(p, s)
	all := []Measure{shareOf("M16", string(s), Ratio{k.InUse, k.Answered}), shareOf("M16", string(s)+" unaided", Ratio{k.Unaided, k.Answered})}
	for i := range all {
		if all[i].People = k.People; k.People == 0 { // that nobody answered says it of each who was asked
			all[i].People = k.Asked
		}
	}
	coverage := shareOf("M16", string(s)+coveragePart, Ratio{k.Answered, k.Due})
	coverage.People = k.Asked
	return append(all, coverage)
}

// aboutGoal names a goal of an exchange.
type aboutGoal struct {
	exchange string
	n        int
}

func (f *FollowUp) about() aboutGoal { return aboutGoal{f.Exchange, f.Goal} }

// verified are the goals that were.
func (l Ledger) verified() map[aboutGoal]bool {
	goals := map[aboutGoal]bool{}
	for _, r := range l.Records {
		for _, g := range r.Exchange.Goals {
			goals[aboutGoal{r.ID, g.N}] = g.State == GoalVerified
		}
	}
	return goals
}
