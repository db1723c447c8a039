package exchange

import "strings"

// Gone stands where somebody's words stood who wanted to be forgotten.
const Gone = "(removed)"

// Forget takes out what a person wrote. Of one of the two who met that is the
// text of all goals and terms as well, which they wrote together; of a lead it
// is what they said themselves. States, days and names of moves stay, and what
// was signed stays signed, so that every figure stays as it was.
func (e *Exchange) Forget(person string) {
	e.forgetSaid(func(by string) bool { return by == person })
	if e.met(person) {
		e.forgetShared()
	}
}

// Fade takes out what anybody wrote, long after an exchange is settled. It
// reports whether there was anything left to take out.
func (e *Exchange) Fade() bool {
	before := e.words()
	e.forgetSaid(func(string) bool { return true })
	e.forgetShared()
	return before != e.words()
}

// words is all that people wrote, as one text.
func (e *Exchange) words() string {
	var all strings.Builder
	add := func(texts ...string) {
		for _, text := range texts {
			all.WriteString(text)
			all.WriteByte('\n')
		}
	}
	for _, t := range e.allTerms() {
		add(t.OneWay)
		for _, g := range t.Goals {
			add(g.Text, g.Shown)
		}
	}
	for _, g := range e.Goals {
		add(g.Text, g.Shown, g.Found)
		if g.Settling != nil {
			add(g.Settling.Text)
		}
	}
	for _, s := range e.Steps {
		add(s.Note)
	}
	if e.Objection != nil {
		add(e.Objection.Text)
	}
	if e.Handover != nil {
		add(e.Handover.Where)
	}
	return all.String()
}

// forgetShared takes out what the two wrote together.
func (e *Exchange) forgetShared() {
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

// forgetSaid takes out what some said in their own name.
func (e *Exchange) forgetSaid(whose func(person string) bool) {
	for i := range e.Steps {
		if whose(e.Steps[i].By) {
			wipe(&e.Steps[i].Note)
		}
	}
	for i := range e.Goals {
		g := &e.Goals[i]
		if g.Settling != nil && whose(g.Settling.By) {
			wipe(&g.Settling.Text)
		}
		if g.Claimed != nil && whose(g.Claimed.By) {
			wipe(&g.Found)
		}
	}
	if e.Objection != nil && whose(e.Objection.By) {
		wipe(&e.Objection.Text)
	}
	if e.Handover != nil && whose(e.Handover.Given.By) {
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

// HasWords reports whether anything is left that Fade would take out.
func (e *Exchange) HasWords() bool {
	return strings.Trim(strings.ReplaceAll(e.words(), Gone, ""), "\n") != ""
}
