package bot

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// KindWeekly is the weekly word to the organisers about what exchanges were asked.
// There is one; it begins with the first question.
const KindWeekly Kind = "weekly"

// Weekly is when the organisers hear next, and since when things count.
type Weekly struct {
	At    time.Time `json:"at"`
	Since time.Time `json:"since"`
}

// weeklyID is the only one's.
const weeklyID = "followups"

// noticeWeekly is the weekly word.
const noticeWeekly = "weekly"

// oneWeek is how often it comes.
const oneWeek = 7 * oneDay

// Ref names the digest.
func (d *Weekly) Ref() Ref { return Ref{KindWeekly, weeklyID} }

// Entries are none.
func (d *Weekly) Entries() []Entry { return nil }

// Due is the next one.
func (d *Weekly) Due() []Work {
	return []Work{{Name: joinID(noticeWeekly, int(d.At.Unix())), At: d.At}}
}

// keepWeekly begins the weekly word where it has not begun: on the next Monday.
func (a *App) keepWeekly(tx *Tx) error {
	if _, err := load[*Weekly](tx, KindWeekly, weeklyID); !errors.Is(err, errNotFound) {
		return err
	}
	today := a.zones.Today(tx.now, calendar.UTC())
	monday := today.AddDays(7 - (int(today.Weekday())+6)%7)
	tx.put(&Weekly{At: a.startOf(monday, calendar.UTC()), Since: tx.now})
	return nil
}

// weeklyWork has the organisers told, each in their own hours and not where
// there is nothing to say.
func (a *App) weeklyWork(tx *Tx, d *Weekly, _ Claim) error {
	d.Since, d.At = d.At.Add(-oneWeek), d.At.Add(oneWeek)
	tx.put(d)
	if w, err := a.pastWeek(tx, d); err != nil || w.empty() {
		return err
	}
	organisers, err := a.organiserPeople(tx)
	if err != nil {
		return err
	}
	for _, p := range organisers {
		if err := a.nudge(tx, p, Delivery{Notice: noticeWeekly, Subject: d.Ref(), Until: d.At, As: Grant{Role: Organiser}}); err != nil {
			return err
		}
	}
	return nil
}

// pastWeek is what happened to questions within one, and who needs help.
type pastWeek struct {
	asked, answered, second, silent int
	hushed                          int
	help                            []helpWanted
}

// helpWanted is a goal that is blocked, or a person who would like to talk.
type helpWanted struct {
	exchange *Exchange
	goal     exchange.Goal
	days     int
}

func (w pastWeek) empty() bool { return w.asked+w.answered+w.silent+len(w.help) == 0 }

// maxHelp is how many goals the word names.
const maxHelp = 8

// stuckFor is for how many days a goal is blocked before organisers hear of it.
const stuckFor = 7

// pastWeek counts the week before a digest.
func (a *App) pastWeek(tx *Tx, d *Weekly) (pastWeek, error) {
	var w pastWeek
	until := d.Since.Add(oneWeek)
	within := func(at time.Time) bool { return !at.Before(d.Since) && at.Before(until) }
	all, err := listAll[*FollowUp](tx, every(KindFollowUp))
	if err != nil {
		return w, err
	}
	for _, f := range all {
		if within(f.First) {
			w.asked++
		}
		switch {
		case !within(f.Settled):
		case f.State == exchange.Answered && f.Answer.SecondHand:
			w.second++
			w.answered++
		case f.State == exchange.Answered:
			w.answered++
		case f.State == exchange.Silence && !f.First.IsZero():
			w.silent++
		}
	}
	people, err := a.people.all(tx.ctx)
	if err != nil {
		return w, err
	}
	for _, p := range people {
		if p.hushed(tx.now) {
			w.hushed++
		}
	}
	exchanges, err := listAll[*Exchange](tx, every(KindExchange))
	if err != nil {
		return w, err
	}
	for _, e := range exchanges {
		for _, g := range e.Goals {
			if e.State == exchange.Active && g.State == exchange.GoalOpen && g.Status == exchange.Blocked && !g.Since.IsZero() {
				if days := int(tx.now.Sub(g.Since) / oneDay); days >= stuckFor {
					w.help = append(w.help, helpWanted{e, g, days})
				}
			}
		}
	}
	slices.SortStableFunc(w.help, func(x, y helpWanted) int { return cmp.Compare(y.days, x.days) })
	return w, nil
}

// renderWeekly is the weekly word. It goes to organisers alone, never to a
// channel, and names nobody for saying nothing.
func (a *App) renderWeekly(tx *Tx, d *Delivery, _ *Person) (chat.Message, error) {
	digest, err := load[*Weekly](tx, KindWeekly, d.Subject.ID)
	if err != nil {
		return chat.Message{}, err
	}
	w, err := a.pastWeek(tx, digest)
	if err != nil {
		return chat.Message{}, err
	}
	card := chat.Message{
		Title: "The exchanges, last week",
		Fields: []chat.Field{
			{Name: "Questions asked", Value: chat.T(counted(w.asked, "question", "questions"))},
			{Name: "Answered", Value: chat.T(counted(w.answered, "answer", "answers"))},
			{Name: "By the other side", Value: chat.T(counted(w.second, "answer", "answers"))},
			{Name: "Left without an answer", Value: chat.T(counted(w.silent, "question", "questions"))},
		},
		Note: chat.T("Counts only: nobody is named for saying nothing."),
	}
	if len(w.help) > 0 {
		card.Note = append(card.Note, chat.Say(" Goals stand here because somebody says that they are blocked."))
	}
	if w.hushed > 0 {
		card.Fields = append(card.Fields, chat.Field{Name: "Not asked at the moment", Value: chat.T(counted(w.hushed, "person", "people"))})
	}
	for _, h := range w.help[:min(len(w.help), maxHelp)] {
		c, err := a.cast(tx, h.exchange)
		if err != nil {
			return chat.Message{}, err
		}
		why := obstacleLabel(h.goal.Obstacle)
		if why == "" {
			why = "no reason given"
		}
		card.Body = append(card.Body, chat.T(c.way(h.goal.Way()), ": ", chat.Strong(h.goal.Text), " has been blocked for ", counted(h.days, "day", "days"), " (", why, "). ",
			c.first(h.exchange.Party(h.exchange.Giver(h.goal.Pledge))), " could use help."))
	}
	return card, nil
}
