package bot

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"interlab/matching/residency"
)

// How many documents one commit of a placement reads or changes.
const (
	readPage   = 100 // applications
	recordPage = 20  // people, with up to maxChoices applications each
	leadsPage  = 20  // openings
)

// placementWork does the next page of a placement.
func (a *App) placementWork(tx *Tx, p *Placement, _ Claim) error {
	p.Page++
	tx.put(p)
	switch p.Step {
	case PlacementReading:
		return a.readChoices(tx, p)
	case PlacementSolving:
		return a.solvePlacement(tx, p)
	case PlacementRecording:
		return a.recordPlacement(tx, p)
	case PlacementOpening:
		return a.openAfterPlacement(tx, p)
	case PlacementTelling:
		return a.tellPlaced(tx, p)
	case PlacementLeads:
		return a.tellLeads(tx, p)
	case PlacementPreview, PlacementDone:
	}
	return fmt.Errorf("placement %s: no work at step %q", p.ID, p.Step)
}

// readChoices sets on a page of one opening's applications what the placement
// goes by: their place among the person's choices, the lab's band, the ticket.
func (a *App) readChoices(tx *Tx, p *Placement) error {
	if p.Next == len(p.Openings) {
		p.turn(PlacementSolving)
		return nil
	}
	o, err := load[*Opening](tx, KindOpening, p.Openings[p.Next])
	if err != nil {
		return err
	}
	leads, err := leadsOf(tx, o.Lab)
	if err != nil {
		return err
	}
	apps, next, err := page[*Application](tx, Page{Index: applicationsTo + o.ID, After: p.After, Limit: readPage})
	if err != nil {
		return err
	}
	wants := make([]Want, 0, 3*len(apps))
	for _, app := range apps {
		wants = append(wants, Want{Ref: app.Ref()}, Want{Ref: Ref{KindPerson, app.Person}}, Want{List: applicationsOf + app.Person})
	}
	if err := tx.prefetch(wants...); err != nil {
		return err
	}
	for _, listed := range apps {
		if err := a.readChoice(tx, p, o, leads, listed.ID); err != nil {
			return err
		}
	}
	o.Run, o.Seed = p.ID, p.Seed
	tx.put(o)
	if p.After = next; next == "" {
		p.Next++
	}
	return nil
}

func (a *App) readChoice(tx *Tx, p *Placement, o *Opening, leads []*Person, id string) error {
	app, err := load[*Application](tx, KindApplication, id)
	if errors.Is(err, errNotFound) || err == nil && app.State != AppChosen {
		return nil
	}
	if err != nil {
		return err
	}
	all, err := list[*Application](tx, Want{List: applicationsOf + app.Person})
	if err != nil {
		return err
	}
	rank := 1
	for _, other := range all {
		if other.State == AppChosen && other.Place < app.Place && slices.Contains(p.Openings, other.Opening) {
			rank++
		}
	}
	person, err := reader(tx, app.Person)
	if err != nil {
		return err
	}
	app.Lot = lotOf(p.ID, p.Seed, app.Person)
	app.Lot.Rank = rank
	if person != nil && !kept(person, o, leads) {
		app.Lot.Level = app.Band.level()
		if !o.Ranked {
			score, _ := a.fitOf(person)(o)
			app.Lot.Level = fitLevel(score)
		}
	}
	tx.put(app)
	return a.notTwice(tx, app, o, all)
}

// notTwice keeps whoever has accepted a place of an earlier placement for the
// same days from getting another.
func (a *App) notTwice(tx *Tx, app *Application, o *Opening, all []*Application) error {
	for _, other := range all {
		if other.ID == app.ID || !other.holds() {
			continue
		}
		taken, err := load[*Opening](tx, KindOpening, other.Opening)
		if err != nil && !errors.Is(err, errNotFound) {
			return err
		}
		if err == nil && taken.overlaps(o) {
			app.Lot.Level = -1
		}
	}
	return nil
}

// tellBy tells whoever began a placement at once: they wait for it.
func (a *App) tellBy(tx *Tx, p *Placement, notice string) error {
	by, err := reader(tx, p.By)
	if err != nil || by == nil {
		return err
	}
	a.tell(tx, by, Delivery{Notice: numbered(notice, p.Edition), Subject: p.Ref(), As: Grant{Role: Organiser}, NotBefore: tx.now})
	return nil
}

// heads is a page of those who take part in a placement, each by their first choice.
func heads(tx *Tx, p *Placement, limit int) ([]*Application, error) {
	apps, next, err := page[*Application](tx, Page{Index: placedIn + p.ID, After: p.After, Limit: limit})
	p.After = next
	return apps, err
}

// recordPlacement keeps what became of each application of a page of people.
func (a *App) recordPlacement(tx *Tx, p *Placement) error {
	_, answers, result, err := a.solved(tx, p)
	if err != nil {
		return err
	}
	if got := resultHash(result); got != p.Result {
		if p.After != "" {
			return fmt.Errorf("record placement %s: it comes to %s now, and was shown as %s", p.ID, got, p.Result)
		}
		// Two accounts have become one person, or somebody has left, since it was shown.
		p.Edition++
		p.turn(PlacementReading)
		return nil
	}
	apps, err := heads(tx, p, recordPage)
	if err != nil {
		return err
	}
	for _, head := range apps {
		if err := a.recordOne(tx, p, head, answers[head.Lot.Key]); err != nil {
			return err
		}
	}
	if p.After == "" {
		p.turn(PlacementOpening)
	}
	return nil
}

// recordOne keeps what became of the applications of one applicant, named by the
// first choice.
func (a *App) recordOne(tx *Tx, p *Placement, head *Application, got residency.Placement) error {
	all, err := applicationsBy(tx, head.Person)
	if err != nil {
		return err
	}
	person, err := reader(tx, head.Person)
	if err != nil {
		return err
	}
	for _, listed := range all {
		if listed.Lot.Run != p.ID || listed.Lot.Key != head.Lot.Key || listed.Lot.Rank == 0 {
			continue
		}
		app, err := load[*Application](tx, KindApplication, listed.ID)
		if err != nil {
			return err
		}
		tx.put(app)
		if app.Opening == got.Place && person != nil {
			if err := a.hold(tx, app, person, acceptLife); err != nil {
				return err
			}
			continue
		}
		app.State = AppPassed
		for _, why := range got.Why {
			if why.Place == app.Opening {
				app.Reason = why.Reason
			}
		}
		if app.Reason == residency.Full || app.Reason == residency.Lottery {
			app.State = AppWaiting
		}
	}
	return nil
}

// openAfterPlacement has a page of openings offer what falls free from now on.
func (a *App) openAfterPlacement(tx *Tx, p *Placement) error {
	end := min(len(p.Openings), p.Next+leadsPage)
	for _, id := range p.Openings[p.Next:end] {
		o, err := load[*Opening](tx, KindOpening, id)
		if err != nil {
			return err
		}
		o.State, o.Until = OpeningOffering, tx.now.Add(roundsLife)
		if first := a.startOf(o.From, o.Zone); first.Before(o.Until) {
			o.Until = first
		}
		o.stir(tx.now)
		if o.free() > 0 {
			o.fan(Fan{Over: overCards, Notice: noticeRefresh, At: tx.now}) // people can apply for what is left
		}
		tx.put(o)
	}
	if p.Next = end; end == len(p.Openings) {
		p.turn(PlacementTelling)
	}
	return nil
}

// tellPlaced tells a page of people what became of their applications.
func (a *App) tellPlaced(tx *Tx, p *Placement) error {
	apps, err := heads(tx, p, fanPage)
	if err != nil {
		return err
	}
	for _, head := range apps {
		person, err := reader(tx, head.Person)
		if err != nil {
			return err
		}
		if person != nil {
			a.tell(tx, person, Delivery{Notice: noticePlaced, Subject: p.Ref()})
		}
	}
	if p.After == "" {
		p.turn(PlacementLeads)
	}
	return nil
}

// tellLeads tells the leads of a page of openings who comes.
func (a *App) tellLeads(tx *Tx, p *Placement) error {
	end := min(len(p.Openings), p.Next+leadsPage)
	for _, id := range p.Openings[p.Next:end] {
		o, err := load[*Opening](tx, KindOpening, id)
		if err != nil {
			return err
		}
		if err := a.tellLab(tx, o, Delivery{Notice: noticePlaced, Subject: o.Ref()}); err != nil {
			return err
		}
	}
	if p.Next = end; end == len(p.Openings) {
		p.turn(PlacementDone)
		return a.tellBy(tx, p, noticePlaced)
	}
	return nil
}

// tellLab tells the leads of an opening's lab.
func (a *App) tellLab(tx *Tx, o *Opening, d Delivery) error {
	leads, err := leadsOf(tx, o.Lab)
	d.As = Grant{Lead, o.Lab}
	for _, lead := range leads {
		a.tell(tx, lead, d)
	}
	return err
}

// How long somebody has to accept a place: one of the placement, and one that
// fell free later. How long before the end they are reminded.
const (
	acceptLife = 7 * 24 * time.Hour
	nextLife   = 4 * 24 * time.Hour
	nearEnd    = 24 * time.Hour
)
