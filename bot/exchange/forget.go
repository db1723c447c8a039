package exchange

// Gone stands where somebody's words stood who wanted to be forgotten.
const Gone = "(removed)"

// Forget takes out what a person wrote. Of one of the two who met that is the
// text of all goals and terms as well, which they wrote together; of a lead it
// is what they said themselves. States, days and names of moves stay, and what
// was signed stays signed, so that every figure stays as it was.
func (e *Exchange) Forget(person string) {
	e.forgetSaid(person)
	if !e.met(person) {
		return
	}
	held, next := e.signatures()
	for _, t := range e.allTerms() {
		for i := range t.Goals {
			wipe(&t.Goals[i].Text, &t.Goals[i].Shown)
		}
		wipe(&t.OneWay)
	}
	for i := range e.Goals {
		wipe(&e.Goals[i].Text, &e.Goals[i].Shown, &e.Goals[i].Found)
	}
	e.carry(held, next, func(*string) {})
}

// met reports whether a person is, or was, one of the two.
func (e *Exchange) met(person string) bool {
	for _, t := range e.allTerms() {
		if t.Visitor.Person == person || t.Host.Person == person {
			return true
		}
	}
	for _, left := range e.Left {
		if !left.Seat.IsLead() && left.Party.Person == person {
			return true
		}
	}
	return false
}

// forgetSaid takes out what a person said in their own name.
func (e *Exchange) forgetSaid(person string) {
	for i := range e.Steps {
		if e.Steps[i].By == person {
			wipe(&e.Steps[i].Note)
		}
	}
	for i := range e.Goals {
		g := &e.Goals[i]
		if g.Settling != nil && g.Settling.By == person {
			wipe(&g.Settling.Text)
		}
		if g.Claimed != nil && g.Claimed.By == person {
			wipe(&g.Found)
		}
	}
	if e.Objection != nil && e.Objection.By == person {
		wipe(&e.Objection.Text)
	}
	if e.Handover != nil && e.Handover.Given.By == person {
		wipe(&e.Handover.Where)
	}
}

func wipe(words ...*string) {
	for _, text := range words {
		if *text != "" {
			*text = Gone
		}
	}
}
