package bot

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"time"

	"interlab/bot/chat"
)

// openingWork is what happens to an opening by itself.
func (a *App) openingWork(tx *Tx, o *Opening, c Claim) error {
	tx.put(o)
	switch baseName(c.Work) {
	case workFan:
		i := slices.IndexFunc(o.Fans, func(f Fan) bool { return f.work() == c.Work })
		last, err := a.spreadOpening(tx, o, &o.Fans[i])
		if last {
			o.Fans = slices.Delete(o.Fans, i, i+1)
		}
		return err
	case workRemind:
		o.Reminded = true
		o.fan(Fan{Over: overPeople, Notice: noticeDay, At: tx.now, Until: o.Deadline})
		return nil
	case workShutUp:
		return a.closeOpening(tx, o)
	case workUrge:
		o.Urged = true
		return a.urgeLeads(tx, o)
	case workReady:
		o.State = OpeningReady
		return a.readyOpening(tx, o)
	case workFill:
		return a.offerFree(tx, o)
	case workOver:
		o.State = OpeningOver
		o.fan(Fan{Over: overPeople, Notice: noticeOver, At: tx.now})
		if o.free() > 0 {
			o.fan(Fan{Over: overCards, Notice: noticeRefresh, At: tx.now}) // people could still apply until now
		}
		return nil
	}
	return fmt.Errorf("opening %s: unknown work %q", o.ID, c.Work)
}

// closeOpening ends the taking of applications; the leads rank from now on.
func (a *App) closeOpening(tx *Tx, o *Opening) error {
	o.State = OpeningRanking
	o.fan(Fan{Over: overCards, Notice: noticeRefresh, At: tx.now})
	return a.tellLab(tx, o, Delivery{Notice: noticeRank, Subject: o.Ref(), Until: o.rankBy()})
}

// urgeLeads reminds the leads who have not answered for everybody.
func (a *App) urgeLeads(tx *Tx, o *Opening) error {
	leads, err := leadsOf(tx, o.Lab)
	if err != nil {
		return err
	}
	for _, lead := range leads {
		if err := a.nudge(tx, lead, Delivery{Notice: noticeUrge, Subject: o.Ref(), Until: o.rankBy(), As: Grant{Lead, o.Lab}}); err != nil {
			return err
		}
	}
	return nil
}

// readyOpening ends the ranking. With the last one the organisers learn that the
// placement can run.
func (a *App) readyOpening(tx *Tx, o *Opening) error {
	if !o.Ranked {
		if err := a.tellLab(tx, o, Delivery{Notice: noticeDefaults, Subject: o.Ref()}); err != nil {
			return err
		}
	}
	for _, state := range []OpeningState{OpeningTaking, OpeningRanking} {
		open, err := listAll[*Opening](tx, openingsIn+string(state))
		if err != nil {
			return err
		}
		if slices.ContainsFunc(open, func(other *Opening) bool { return other.rankBy().After(tx.now) }) {
			return nil
		}
	}
	organisers, err := a.organiserPeople(tx)
	if err != nil {
		return err
	}
	for _, organiser := range organisers {
		if err := a.tellReady(tx, o, organiser); err != nil {
			return err
		}
	}
	return nil
}

// tellReady tells an organiser once a day that the placement can run, however many
// rankings end at the same moment.
func (a *App) tellReady(tx *Tx, o *Opening, to *Person) error {
	sum := sha256.Sum256([]byte(noticeReady + "\n" + tx.now.Format(time.DateOnly) + "\n" + to.ID))
	id := idText.EncodeToString(sum[:idBytes])
	if _, err := load[*Delivery](tx, KindDelivery, id); !errors.Is(err, errNotFound) {
		return err
	}
	tx.put(&Delivery{ID: id, To: to.ID, As: Grant{Role: Organiser}, Class: Promised, Notice: noticeReady, Subject: o.Ref(), Progress: Planned, NotBefore: a.awake(to, tx.now)})
	return nil
}

// spreadOpening plans the deliveries of a fan's next page and moves its cursor. It
// reports whether that was the last one.
func (a *App) spreadOpening(tx *Tx, o *Opening, f *Fan) (last bool, err error) {
	f.Page++
	switch f.Over {
	case overHomes:
		homes, next, err := page[*Home](tx, Page{Index: announcing, After: f.After, Limit: fanPage})
		for _, home := range homes {
			a.say(tx, Delivery{Place: home.Announce, Notice: f.Notice, Subject: o.Ref(), Until: f.Until})
		}
		f.After = next
		return next == "", err
	case overCards:
		end := min(f.Next+fanPage, len(o.Posts))
		for _, at := range o.Posts[f.Next:end] {
			a.say(tx, Delivery{Edit: at, Notice: f.Notice, Subject: o.Ref()})
		}
		f.Next = end
		return end == len(o.Posts), nil
	case overPeople:
		apps, next, err := page[*Application](tx, Page{Index: applicationsTo + o.ID, After: f.After, Limit: readPage})
		if err != nil {
			return false, err
		}
		for _, app := range apps {
			if err := a.spreadToApplicant(tx, o, f, app.ID); err != nil {
				return false, err
			}
		}
		f.After = next
		return next == "", nil
	case overThreads:
	}
	return false, fmt.Errorf("opening %s: unknown audience %q", o.ID, f.Over)
}

// spreadToApplicant tells one applicant, and notes on the application what it means.
func (a *App) spreadToApplicant(tx *Tx, o *Opening, f *Fan, id string) error {
	app, err := load[*Application](tx, KindApplication, id)
	if errors.Is(err, errNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	person, err := reader(tx, app.Person)
	if err != nil || person == nil {
		return err
	}
	switch f.Notice {
	case noticeDay:
		return a.remindOfDeadline(tx, o, app, person)
	case noticeCancelled:
		if !slices.Contains([]ApplicationState{AppChosen, AppHeld, AppAccepted, AppWaiting}, app.State) {
			return nil
		}
		app.State = AppOff
	case noticeOver:
		if app.State != AppWaiting {
			return nil
		}
		app.State = AppPassed
	}
	tx.put(app)
	a.tell(tx, person, Delivery{Notice: f.Notice, Subject: app.Ref()})
	return nil
}

// remindOfDeadline reminds somebody once of all their deadlines in the next days.
func (a *App) remindOfDeadline(tx *Tx, o *Opening, app *Application, person *Person) error {
	if app.Told || app.State != AppChosen {
		return nil
	}
	all, err := list[*Application](tx, Want{List: applicationsOf + app.Person})
	if err != nil {
		return err
	}
	for _, listed := range all {
		other, err := load[*Opening](tx, KindOpening, listed.Opening)
		if errors.Is(err, errNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if listed.State != AppChosen || other.Deadline.Sub(tx.now) > urgeBefore*3/2 {
			continue
		}
		one, err := load[*Application](tx, KindApplication, listed.ID)
		if err != nil {
			return err
		}
		one.Told = true
		tx.put(one)
	}
	a.tell(tx, person, Delivery{Notice: noticeDay, Subject: app.Ref(), Until: o.Deadline})
	return nil
}

// landOpening notes where an opening was posted.
func landOpening(tx *Tx, d *Delivery) error {
	if d.Notice != noticeAnnounce {
		return nil
	}
	o, err := load[*Opening](tx, KindOpening, d.Subject.ID)
	if errors.Is(err, errNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(o.Posts, func(p chat.Posted) bool { return p.Place.Home == d.Posted.Place.Home }) {
		o.Posts = append(o.Posts, d.Posted)
	}
	if !o.takes(tx.now) {
		o.fan(Fan{Over: overCards, Notice: noticeRefresh, At: tx.now}) // it was closed while this was on its way
	}
	tx.put(o)
	return nil
}
