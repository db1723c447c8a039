package bot

import (
	"slices"

	"interlab/bot/exchange"
)

// mineOf is a document without what others keep to themselves: what the person
// could read of it in the chat, and no more.
func (rq *request) mineOf(doc Document) Document {
	switch doc := doc.(type) {
	case *Match:
		return doc.as(rq.me.ID)
	case *Application:
		mine := *doc
		mine.Band, mine.Lot, mine.Reason = "", Lot{}, "" // the lab's own list
		return &mine
	case *Exchange:
		return doc.as(rq.me.ID)
	case *Link:
		mine := *doc
		mine.Hash, mine.For = "", ""
		return &mine
	case *Question:
		mine := *doc
		if mine.By != rq.me.ID && !mine.Named {
			mine.By = "" // who asked the person, and did not want to say so
		}
		return &mine
	case *Colloquium:
		return rq.myTalk(doc)
	case *Poll:
		mine := *doc
		if mine.By != rq.me.ID {
			mine.Values = nil // what is asked is the title and the times
		}
		return &mine
	case *FollowUp:
		return doc.as(rq.me.ID)
	case *Evidence:
		return doc.as(rq.me)
	}
	return doc
}

// as is a match as one of the two may know it: a private no reads as silence,
// and what one told me about the meeting is theirs.
func (m *Match) as(person string) *Match {
	mine := *m
	if m.Asker == person {
		mine.Refused, mine.Done = false, nil // reminders stop at a no
	}
	mine.Met = map[string]Met{}
	if said, ok := m.Met[person]; ok {
		mine.Met[person] = said
	}
	return &mine
}

// as is an exchange without what the other one answered half-way.
func (e *Exchange) as(person string) *Exchange {
	mine := *e
	mine.Midterm = map[exchange.Seat]exchange.Midterm{}
	for seat, said := range e.Midterm {
		if e.Party(seat).Person == person {
			mine.Midterm[seat] = said
		}
	}
	return &mine
}

// myTalk is a talk without what its other speakers answered about themselves,
// without their ids, which would tell their names wherever else they are shown
// without one, and with the link and the code as its card would have them.
func (rq *request) myTalk(c *Colloquium) *Colloquium {
	mine := *c
	mine.Where = visibleWhere(c, rq.viewer(c, nil), rq.now)
	if !rq.mayPublish(c) {
		mine.Code = ""
	}
	mine.Speakers = nil
	for _, s := range c.Speakers {
		if s.Person != rq.me.ID {
			s = Speaker{Name: s.Name}
		}
		mine.Speakers = append(mine.Speakers, s)
	}
	return &mine
}

// as is a question as somebody may know it who was asked it, or who answered:
// another one's answer only where the goal's card has it, too.
func (f *FollowUp) as(person string) *FollowUp {
	mine := *f
	if f.Answer != nil && f.Answer.By != person && usedAfter[f.Stage] == "" {
		mine.Answer = nil
	}
	if f.Before != nil && f.Before.By != person {
		mine.Before = nil // it was taken back
	}
	return &mine
}

// as is what an exchange left behind: all of it for a person of the two labs, and
// for anybody else the pieces that name them.
func (v *Evidence) as(p *Person) *Evidence {
	if slices.Contains(v.Labs, p.Lab) {
		return v
	}
	mine := *v
	mine.Items = slices.DeleteFunc(slices.Clone(v.Items), func(piece Piece) bool { return !names(piece.Evidence, p.ID) })
	mine.Kits = nil
	for _, kit := range v.Kits {
		slots := map[exchange.Artefact]exchange.Slot{}
		for artefact, s := range kit.Slots {
			if s.Evidence != nil && names(*s.Evidence, p.ID) {
				slots[artefact] = s
			}
		}
		if kit.Slots = slots; len(slots) > 0 {
			mine.Kits = append(mine.Kits, kit)
		}
	}
	return &mine
}

// names reports whether a person declared a piece of evidence, confirmed it or is
// credited for it.
func names(one exchange.Evidence, person string) bool {
	_, credited := one.Credit[person]
	return credited || one.Declared.By == person || one.Confirmed != nil && one.Confirmed.By == person
}
