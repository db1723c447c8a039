package bot

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"interlab/bot/chat"
)

func acceptRoutes() []route {
	return []route{
		{name: "residency.accept", show: chat.ShowInPlace, changes: true, do: (*request).acceptPlace, subject: KindApplication},
		{name: "residency.decline", show: chat.ShowInPlace, changes: true, do: (*request).declinePlace, subject: KindApplication},
		{name: "residency.stay", show: chat.ShowInPlace, changes: true, do: (*request).leaveWaiting, subject: KindApplication},
	}
}

// hold keeps a place for somebody, for so long from when they hear of it. It is
// the only way to a place, and refuses to keep one that is not there.
func (a *App) hold(tx *Tx, app *Application, person *Person, life time.Duration) error {
	o, err := load[*Opening](tx, KindOpening, app.Opening)
	if err != nil {
		return err
	}
	if o.free() == 0 {
		return fmt.Errorf("keep a place at %s: all %d are taken", o.ID, o.Capacity)
	}
	o.Held++
	app.State, app.Reason, app.Near = AppHeld, "", false
	app.Offers++
	app.Until = a.awake(person, tx.now).Add(life)
	if first := a.startOf(o.From, o.Zone); first.Before(app.Until) {
		app.Until = later(tx.now, first)
	}
	tx.put(o, app)
	return nil
}

// release gives a place back, in the state that it leaves the application in, and
// has it offered to the next.
func release(tx *Tx, app *Application, to ApplicationState) error {
	o, err := load[*Opening](tx, KindOpening, app.Opening)
	if err != nil && !errors.Is(err, errNotFound) {
		return err
	}
	if err == nil && app.holds() {
		o.Held--
		o.stir(tx.now)
		tx.put(o)
	}
	app.State = to
	tx.put(app)
	return nil
}

// offerFree offers an opening's free places to those who are next: by the lab's
// bands, and among equals by the lottery of the placement.
func (a *App) offerFree(tx *Tx, o *Opening) error {
	o.Fills++
	tx.put(o)
	waiting, err := list[*Application](tx, Want{List: waitingFor + o.ID, Limit: o.free() + 1})
	if err != nil {
		return err
	}
	for _, listed := range waiting[:min(len(waiting), o.free())] {
		app, err := load[*Application](tx, KindApplication, listed.ID)
		if err != nil {
			return err
		}
		if err := a.offerNext(tx, o, app); err != nil {
			return err
		}
	}
	o.Idle = o.Idle || len(waiting) == 0 || o.free() == 0
	return nil
}

// offerNext keeps a free place for one person who waits, unless they have gone
// or the two must not come together any more.
func (a *App) offerNext(tx *Tx, o *Opening, app *Application) error {
	person, err := reader(tx, app.Person)
	if err != nil {
		return err
	}
	leads, err := leadsOf(tx, o.Lab)
	if err != nil {
		return err
	}
	if person == nil || kept(person, o, leads) {
		app.State = AppPassed
		tx.put(app)
		return nil
	}
	if err := a.hold(tx, app, person, nextLife); err != nil {
		return err
	}
	a.tell(tx, person, Delivery{Notice: numbered(noticeOffer, app.Offers), Subject: app.Ref(), Until: app.Until})
	return nil
}

// applicationWork is what happens to an application by itself: a reminder of a
// place that is kept, and its end.
func (a *App) applicationWork(tx *Tx, app *Application, c Claim) error {
	person, err := reader(tx, app.Person)
	if err != nil {
		return err
	}
	if baseName(c.Work) == workNear {
		app.Near = true
		tx.put(app)
		if person != nil && app.Until.After(tx.now) {
			a.tell(tx, person, Delivery{Notice: numbered(workNear, app.Offers), Subject: app.Ref(), Until: app.Until})
		}
		return nil
	}
	if err := release(tx, app, AppLapsed); err != nil || person == nil {
		return err
	}
	o, err := load[*Opening](tx, KindOpening, app.Opening)
	if err == nil {
		err = a.tellLab(tx, o, Delivery{Notice: noticeOff, Subject: app.Ref()})
	}
	if err != nil && !errors.Is(err, errNotFound) {
		return err
	}
	a.tell(tx, person, Delivery{Notice: noticeLapsed, Subject: app.Ref()})
	return nil
}

// keptPlace is the place of a control that is kept for the person.
func (rq *request) keptPlace() (*Application, *Opening, error) {
	id, _ := rq.control()
	app, err := load[*Application](rq.tx, KindApplication, id)
	if errors.Is(err, errNotFound) {
		return nil, nil, denied("This application is no longer kept here, so nothing was done. residency results shows what is yours.")
	}
	if err != nil {
		return nil, nil, err
	}
	if err := rq.may(Answer, app.object(), "This place is kept for somebody else. Nothing has changed."); err != nil {
		return nil, nil, err
	}
	o, err := rq.opening(app.Opening)
	if err != nil {
		return nil, nil, err
	}
	switch {
	case o.State == OpeningWithdrawn:
		return nil, nil, denied("The lab has withdrawn this opening, so the place is no longer there.")
	case !app.holds():
		return nil, nil, denied("This place is not kept for you any more. residency results shows how your applications stand.")
	}
	return app, o, rq.notWhileBusy()
}

// acceptPlace takes a place: the leads are told, other places that were kept for
// the same days go to the next, and an exchange can be planned.
func (rq *request) acceptPlace() (chat.Message, error) {
	app, o, err := rq.keptPlace()
	if err != nil {
		return chat.Message{}, err
	}
	if app.State == AppAccepted {
		return rq.acceptedCard(app, o)
	}
	if !rq.now.Before(app.Until) {
		return chat.Message{}, denied("The place was kept for you until %s. residency results shows how your applications stand.", rq.app.when(app.Until, rq.me).Fallback)
	}
	leads, err := leadsOf(rq.tx, o.Lab)
	if err != nil {
		return chat.Message{}, err
	}
	host := hostOf(leads, o)
	if host == nil {
		return chat.Message{}, denied("The lab has no lead at the moment, so nobody could receive you. Ask an organiser; the place stays kept for you until %s.", rq.app.when(app.Until, rq.me).Fallback)
	}
	app.State = AppAccepted
	rq.tx.put(app)
	if err := rq.dropOverlaps(app, o); err != nil {
		return chat.Message{}, err
	}
	if err := rq.beginExchange(app, o, host); err != nil {
		return chat.Message{}, err
	}
	for _, lead := range leads {
		rq.app.tell(rq.tx, lead, Delivery{Notice: noticeAgreed, Subject: app.Ref(), As: Grant{Lead, o.Lab}})
	}
	return rq.acceptedCard(app, o)
}

// dropOverlaps ends the person's other applications of the same placement, which
// gives one place to each, and those for the same days.
func (rq *request) dropOverlaps(app *Application, o *Opening) error {
	all, err := rq.applications()
	if err != nil {
		return err
	}
	for _, listed := range all {
		if listed.ID == app.ID || !slices.Contains([]ApplicationState{AppChosen, AppHeld, AppWaiting}, listed.State) {
			continue
		}
		other, err := load[*Opening](rq.tx, KindOpening, listed.Opening)
		if err != nil {
			return err
		}
		if !other.overlaps(o) && listed.Lot.Run != app.Lot.Run {
			continue
		}
		one, err := load[*Application](rq.tx, KindApplication, listed.ID)
		if err != nil {
			return err
		}
		if err := rq.spoil(one.Lot.Run); err != nil {
			return err
		}
		if err := release(rq.tx, one, AppPassed); err != nil {
			return err
		}
	}
	return nil
}

// acceptedCard says what comes next.
func (rq *request) acceptedCard(app *Application, o *Opening) (chat.Message, error) {
	lab, err := rq.app.lab(rq.tx, o.Lab)
	if err != nil {
		return chat.Message{}, err
	}
	m := chat.Message{
		Title: "Accepted: you go to " + lab,
		Body: []chat.Text{
			chat.T(chat.Strong(o.Title), ", ", dates(o), ". I tell the lab."),
		},
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: "Plan the residency", Ref: rq.planRef(app), Tone: chat.Main},
			chat.Button{Label: "I cannot come after all", Ref: chat.Ref{Route: "residency.decline", ID: app.ID}, Tone: chat.Danger},
		)},
		Note: chat.T("Any other applications of yours in this placement, or for the same days, have ended."),
	}
	if host, contact, err := rq.hostContact(app); err != nil || host != nil {
		if err != nil {
			return m, err
		}
		m.Body = append(m.Body, chat.T(host.mention(), " receives you. You can write to them: ", chat.Code(contact), ". Plan it together next: one goal in each direction, so that both labs learn something."))
	}
	return m, nil
}

// declinePlace gives a place back, before or after it was accepted.
func (rq *request) declinePlace() (chat.Message, error) {
	app, o, err := rq.keptPlace()
	if err != nil {
		return chat.Message{}, err
	}
	accepted := app.State == AppAccepted
	if err := release(rq.tx, app, AppDeclined); err != nil {
		return chat.Message{}, err
	}
	if err := rq.app.tellLab(rq.tx, o, Delivery{Notice: noticeOff, Subject: app.Ref()}); err != nil {
		return chat.Message{}, err
	}
	waits, err := rq.wishOn(app)
	if err != nil {
		return chat.Message{}, err
	}
	m := chat.Message{
		Title: "Declined",
		Body:  []chat.Text{chat.T("The place in ", chat.Strong(o.Title), " is free again and goes to whoever is next. Thank you for saying so early.")},
	}
	if waits > 0 {
		m.Body = append(m.Body, chat.T("You wait for ", counted(waits, "other choice", "other choices"), " of yours now; if a place falls free there, I offer it to you. ", chat.Code("residency results"), " shows them."))
	}
	if accepted {
		m.Note = chat.T("If you had planned an exchange for it already, call that off too: ", chat.Code("exchange show"), ".")
	}
	return m, nil
}

// wishOn has somebody who declined a place wait for the choices that they ranked
// below it, and counts all that they wait for: without that place, these are what
// they would rather have than nothing.
func (rq *request) wishOn(declined *Application) (waits int, err error) {
	all, err := rq.applications()
	if err != nil {
		return 0, err
	}
	for _, listed := range all {
		if listed.State == AppWaiting {
			waits++
		}
		below := listed.Lot.Run == declined.Lot.Run && listed.Lot.Rank > declined.Lot.Rank && declined.Lot.Rank > 0
		if !below || listed.State != AppPassed || listed.Reason != "" || listed.Lot.Level < 0 {
			continue
		}
		app, err := load[*Application](rq.tx, KindApplication, listed.ID)
		if err != nil {
			return 0, err
		}
		o, err := load[*Opening](rq.tx, KindOpening, app.Opening)
		if err != nil {
			return 0, err
		}
		if o.State != OpeningOffering || !rq.now.Before(o.Until) {
			continue
		}
		waits++
		app.State = AppWaiting
		o.stir(rq.now)
		rq.tx.put(app, o)
	}
	return waits, nil
}

// leaveWaiting ends the wait for a place that may fall free.
func (rq *request) leaveWaiting() (chat.Message, error) {
	id, _ := rq.control()
	app, err := load[*Application](rq.tx, KindApplication, id)
	if errors.Is(err, errNotFound) || err == nil && app.State != AppWaiting {
		return chat.Message{}, denied("You do not wait for this place any more. residency results shows how your applications stand.")
	}
	if err != nil {
		return chat.Message{}, err
	}
	if err := rq.may(Answer, app.object(), "This is somebody else's application. Nothing has changed."); err != nil {
		return chat.Message{}, err
	}
	app.State = AppPassed
	rq.tx.put(app)
	return chat.Message{Title: "Noted", Body: []chat.Text{chat.T("You no longer wait for this place, and nobody is told.")}}, nil
}
