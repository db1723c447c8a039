package bot

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"
)

// workMerge re-points one page of what belonged to a person who is one with
// another now.
const workMerge = "merge"

// mergePage is how many documents one page re-points.
const mergePage = 200

// absorb makes one person of two: accounts, roles, blocks and what is open are
// joined; of the profiles the one that has joined counts, the first if both
// have, and the other one fills its gaps. Where both chose what others see, the
// stricter choice counts for each field. What is left of the second one points
// to the first until all its documents have followed.
func (p *Person) absorb(second *Person, now time.Time) {
	main, other := *p, *second
	if p.Joined.IsZero() && !second.Joined.IsZero() {
		main, other = *second, *p
	}
	p.Name, p.Lab, p.Shown, p.Sight, p.Joined, p.Listed = main.Name, cmp.Or(main.Lab, other.Lab), main.Shown, main.Sight, main.Joined, main.Listed
	if !main.Joined.IsZero() && !other.Joined.IsZero() {
		p.hideAs(&other)
	}
	p.About, p.Contact, p.Zone = cmp.Or(main.About, other.About), cmp.Or(main.Contact, other.Contact), cmp.Or(main.Zone, other.Zone)
	p.Shares, p.Seeks = firstOf(main.Shares, other.Shares), firstOf(main.Seeks, other.Seeks)
	if p.Hours = main.Hours; p.Hours.IsZero() {
		p.Hours = other.Hours
	}
	if p.Listed == nil && p.Joined.IsZero() {
		p.Listed = other.Listed
	}
	if p.Remind = main.Remind; p.Remind == RemindUsual {
		p.Remind = other.Remind
	}
	p.Away = firstOf(main.Away, other.Away)
	if p.Hush = main.Hush; p.Hush == (Hush{}) {
		p.Hush = other.Hush
	}
	if p.Calendar = main.Calendar; p.Calendar == nil {
		p.Calendar = other.Calendar
	}
	if other.Paused.After(main.Paused) {
		p.Paused = other.Paused
	} else {
		p.Paused = main.Paused
	}
	p.Was = append(slices.Concat(p.Was, second.Was), second.ID)
	p.Accounts = slices.Concat(second.Accounts, p.Accounts) // the one that was used last comes first
	p.Asking, p.Asked = slices.Concat(p.Asking, second.Asking), slices.Concat(p.Asked, second.Asked)
	for _, id := range second.Blocks {
		if !slices.Contains(p.Blocks, id) {
			p.Blocks = append(p.Blocks, id)
		}
	}
	p.Blocks = drop(drop(p.Blocks, second.ID), p.ID)
	for _, grant := range second.Roles {
		if !slices.Contains(p.Roles, grant) {
			p.Roles = append(p.Roles, grant)
		}
	}
	p.Spent = spentByBoth(p.Spent, second.Spent)
	*second = Person{ID: second.ID, Name: second.Name, Lab: second.Lab, Into: p.ID, IntoAt: now}
}

func firstOf[T any](a, b []T) []T {
	if len(a) > 0 {
		return a
	}
	return b
}

// belonging is an index that lists what belongs to a person, and how one of
// these documents comes to belong to another one.
type belonging struct {
	index   string
	repoint func(a *App, tx *Tx, doc Document, from string, to *Person) error
}

// belongings are all indexes with persons' ids in them. Whatever a person's
// document is listed by stands here, or a merge would leave it behind.
func belongings() []belonging {
	return []belonging{
		{matchesOf, each(repointMatch)},
		{deliveriesOf, each(repointDelivery)},
		{searchesOf, each(repointSearch)},
		{foundIn, each(repointFound)},
		{draftsOf, each(repointDraft)},
		{blockedBy, each(repointBlock)},
		{exchangesOf, each(repointExchange)},
		{seatsOffered, each(repointOffer)},
		{rsvpsBy, each(repointRsvp)},
		{talksBy, each(repointTalk)},
		{votesBy, each(repointVote)},
		{pollsBy, each(repointPoll)},
		{applicationsOf, each(repointApplication)},
		{openingsBy, each(repointOpening)},
		{placementsBy, each(repointPlacement)},
		{entrantsBy, each(repointEntrant)},
		{roundsBy, each(repointRound)},
		{questionsBy, each(repointQuestion)},
		{followingBy, each(repointFollowing)},
		{followUpsOf, each(repointFollowUp)},
		{evidenceOf, each(repointEvidence)},
		{storiesOf, each(repointStory)},
		{attendancesBy, each(repointAttendance)},
		{appointmentsOf, each(repointAppointment)},
		{answersBy, each(repointAnswer)},
	}
}

// each lets what re-points documents of one type stand among those of others.
func each[T Document](repoint func(a *App, tx *Tx, doc T, from string, to *Person) error) func(*App, *Tx, Document, string, *Person) error {
	return func(a *App, tx *Tx, doc Document, from string, to *Person) error {
		typed, ok := doc.(T)
		if !ok {
			return fmt.Errorf("%s is a %T", doc.Ref(), doc)
		}
		return repoint(a, tx, typed, from, to)
	}
}

func repointSearch(_ *App, _ *Tx, s *Search, _ string, to *Person) error {
	s.By = to.ID
	return nil
}

func repointFound(_ *App, _ *Tx, s *Search, from string, to *Person) error {
	for i, f := range s.Found {
		if f.Person == from {
			s.Found[i].Person = to.ID
		}
	}
	return nil
}

func repointDraft(_ *App, _ *Tx, d *Draft, _ string, to *Person) error {
	d.By = to.ID
	return nil
}

// repointBlock keeps away whom somebody kept away in another account.
func repointBlock(_ *App, _ *Tx, p *Person, from string, to *Person) error {
	p.Blocks = drop(drop(p.Blocks, from), to.ID)
	if p.ID != to.ID {
		p.Blocks = append(p.Blocks, to.ID)
	}
	return nil
}

// merge re-points one page of what still belongs to somebody who is one with
// another person now, and deletes them when nothing is left.
func (a *App) merge(tx *Tx, second *Person) error {
	first, err := load[*Person](tx, KindPerson, second.Into)
	if err != nil {
		return err
	}
	for _, b := range belongings() {
		docs, err := list[Document](tx, Want{List: b.index + second.ID, Limit: mergePage})
		if err != nil {
			return err
		}
		for _, listed := range docs {
			if err := a.repoint(tx, b, listed.Ref(), second.ID, first); err != nil {
				return fmt.Errorf("merge %s into %s: %w", second.ID, first.ID, err)
			}
		}
		if len(docs) > 0 {
			second.Pages++
			tx.put(second)
			return nil
		}
	}
	tx.remove(second.Ref())
	return nil
}

func (a *App) repoint(tx *Tx, b belonging, ref Ref, from string, to *Person) error {
	doc, err := load[Document](tx, ref.Kind, ref.ID)
	if errors.Is(err, errNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	tx.put(doc)
	return b.repoint(a, tx, doc, from, to)
}

// repointMatch puts the other person into a match. One between the two is over
// and goes; a second open ask with the same third person ends without a word.
func repointMatch(_ *App, tx *Tx, m *Match, from string, to *Person) error {
	third := m.other(from)
	if third == to.ID {
		to.Asking, to.Asked = drop(to.Asking, m.ID), drop(to.Asked, m.ID)
		tx.put(to)
		tx.remove(m.Ref())
		return nil
	}
	pair := openPair(to.ID, third)
	taken := tx.plans(pair)
	m.replace(from, to.ID)
	if m.State != Asked {
		return nil
	}
	_, err := owner[*Match](tx, pair)
	switch {
	case err == nil || taken && errors.Is(err, errNotFound):
		return endAsk(tx, m, Withdrawn)
	case errors.Is(err, errNotFound):
		return nil
	}
	return err
}

// replace puts one person in the place of another.
func (m *Match) replace(from, to string) {
	if m.Asker == from {
		m.Asker = to
	}
	if m.Asked == from {
		m.Asked = to
	}
	move(m.Contacts, from, to)
	move(m.Met, from, to)
	if m.Offer != nil {
		move(m.Offer.Picks, from, to)
	}
}

func move[V any](values map[string]V, from, to string) {
	if value, ok := values[from]; ok {
		delete(values, from)
		values[to] = value
	}
}

// repointDelivery has something told to the other person. A day takes one nudge
// of a person: what was told on a day that is taken gives the day up, and what
// is still to be told finds another.
func repointDelivery(a *App, tx *Tx, d *Delivery, from string, to *Person) error {
	day := nudgeDay(to.ID, d.Day)
	taken := tx.plans(day)
	d.To = to.ID
	if d.Subject == (Ref{KindPerson, from}) {
		d.Subject = to.Ref()
	}
	if d.Class != Nudge || d.Progress == Dropped {
		return nil
	}
	if d.Progress == Planned {
		d.Day = "" // it wants none while one is looked for
		return a.freeDay(tx, to, d)
	}
	_, err := owner[*Delivery](tx, day)
	if err == nil || taken {
		d.Day = ""
	}
	if errors.Is(err, errNotFound) {
		return nil
	}
	return err
}
