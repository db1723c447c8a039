package bot

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"interlab/bot/chat"
	"interlab/calendar"
)

// Routes that several parts name.
const (
	applyRoute   = "residency.apply.form"
	choicesRoute = "residency.choices"
)

func applicationRoutes() []route {
	move := func(name string, do func(*request) (chat.Message, error)) route {
		return route{name: name, show: chat.ShowInPlace, changes: true, do: do, subject: KindApplication}
	}
	return []route{
		{name: "residency.browse", show: chat.ShowPrivate, changes: true, do: (*request).browse},
		{name: "residency.more", show: chat.ShowInPlace, changes: true, do: (*request).browseMore},
		{name: "residency.show", show: chat.ShowPrivate, do: (*request).showOpening, subject: KindOpening},
		{name: "residency.apply", show: chat.ShowPrivate, changes: true, do: (*request).applyTyped},
		{name: applyRoute, show: chat.ShowForm, form: (*request).applyForm, subject: KindOpening},
		{name: submitted(applyRoute), show: chat.ShowPrivate, changes: true, do: (*request).applied, check: whyProblems},
		{name: choicesRoute, show: chat.ShowPrivate, do: (*request).choices},
		move("residency.pick", (*request).pickChoice),
		move("residency.first", (*request).choiceFirst),
		move("residency.up", (*request).choiceUp),
		move("residency.down", (*request).choiceDown),
		move("residency.remove", (*request).choiceRemove),
	}
}

// whyProblems is what is wrong with the text of an application.
func whyProblems(values map[string]string) []chat.Problem {
	if err := needed(chat.Clean(values["why"]), maxOpeningText, "Say in a few lines why you would like to come."); err != nil {
		return []chat.Problem{{Field: "why", Text: err.Error()}}
	}
	return nil
}

// applyForm asks why. What else is needed is known already.
func (rq *request) applyForm() (chat.Form, error) {
	form := chat.Form{
		Ref: controlRef(rq.event), Title: "Apply for a residency", Submit: "Apply",
		Fields: []chat.FormField{{Name: "why", Label: "Why would you like to come?", Hint: "A few lines; only the lab's leads read them, with your name and lab", Required: true, Long: true, Max: maxOpeningText}},
	}
	o, err := rq.opening(controlID(rq.event))
	if err != nil {
		return form, err
	}
	app, err := rq.applicationTo(o)
	if err != nil {
		return form, err
	}
	if app != nil {
		form = form.Fill(map[string]string{"why": app.Why})
	}
	return form, rq.mayApply(o, app)
}

// applyTyped applies to an opening that is named, or shows it where no reason is given.
func (rq *request) applyTyped() (chat.Message, error) {
	open, err := rq.takenNow()
	if err != nil {
		return chat.Message{}, err
	}
	o, err := rq.findOpening(rq.args["opening"], open, "No opening that takes applications is called that. residency browse shows them all.")
	if err != nil {
		return chat.Message{}, err
	}
	if chat.Clean(rq.args["why"]) == "" {
		return rq.openingFor(o)
	}
	return rq.applyTo(o)
}

// applied takes the form.
func (rq *request) applied() (chat.Message, error) {
	o, err := rq.opening(controlID(rq.event))
	if err != nil {
		return chat.Message{}, err
	}
	return rq.applyTo(o)
}

// applyTo keeps an application as the person's last choice. Whom the lab's leads
// keep away learns nothing of it: the application is simply never shown to them.
func (rq *request) applyTo(listed *Opening) (chat.Message, error) {
	o, err := rq.opening(listed.ID)
	if err != nil {
		return chat.Message{}, err
	}
	if problems := whyProblems(rq.args); len(problems) > 0 {
		return chat.Message{}, denied("%s", problems[0].Text)
	}
	app, err := rq.applicationTo(o)
	if err != nil {
		return chat.Message{}, err
	}
	if err := rq.mayApply(o, app); err != nil {
		return chat.Message{}, err
	}
	rq.tx.put(rq.me)
	if app != nil {
		app.Why = chat.Clean(rq.args["why"])
		rq.tx.put(app)
		return rq.choiceList("You have applied to this already, and your text is the new one now. ")
	}
	mine, err := rq.applications()
	if err != nil {
		return chat.Message{}, err
	}
	if err := rq.notTaken(o, mine); err != nil {
		return chat.Message{}, err
	}
	place := 0
	for _, other := range mine {
		place = max(place, other.Place)
	}
	if n := len(chosen(mine)); n >= maxChoices {
		return chat.Message{}, denied("You have applied to %d openings, which is as many as can be. Remove one first: residency apply.", n)
	}
	app = &Application{Person: rq.me.ID, Opening: o.ID, Why: chat.Clean(rq.args["why"]), Place: place + 1, At: rq.now, State: AppChosen}
	if app.ID, err = rq.app.ids.id(); err != nil {
		return chat.Message{}, err
	}
	if o.State == OpeningOffering {
		return rq.applyLate(o, app)
	}
	rq.tx.put(app)
	return rq.choiceList("Applied to " + clip(o.Title, 80) + ". ")
}

// applyLate asks for a place that stayed free after a placement: the leads are
// told, and as soon as one of them would have the person, the place is offered.
func (rq *request) applyLate(o *Opening, app *Application) (chat.Message, error) {
	leads, err := leadsOf(rq.tx, o.Lab)
	if err != nil {
		return chat.Message{}, err
	}
	app.State, app.Lot = AppWaiting, lotOf(o.Run, o.Seed, rq.me.ID)
	rq.tx.put(app)
	if !kept(rq.me, o, leads) {
		for _, lead := range leads {
			rq.app.tell(rq.tx, lead, Delivery{Notice: noticeAsk, Subject: app.Ref(), Until: o.Until, As: Grant{Lead, o.Lab}})
		}
	}
	return chat.Message{
		Title: "Applied",
		Body:  []chat.Text{chat.T(chat.Strong(o.Title), " has a place that stayed free. The lab's leads can say whether they would like you to come; if so, I offer you the place.")},
		Note:  chat.T("Free places are offered until ", rq.app.when(o.Until, rq.me), "."),
	}, nil
}

// mayApply refuses an application that cannot be.
func (rq *request) mayApply(o *Opening, app *Application) error {
	if err := rq.may(Create, Object{Kind: KindApplication, Lab: o.Lab}, "You cannot apply here. Ask an organiser."); err != nil {
		return err
	}
	switch {
	case rq.me.Joined.IsZero() || rq.me.Lab == "":
		return denied("Join first, so that the lab knows who applies: type profile set. Then apply again.")
	case rq.me.Lab == o.Lab || slices.Contains(rq.ledLabs(), o.Lab):
		return denied("This is a residency in your own lab, for people of other labs. residency browse shows what others offer.")
	case o.State == OpeningWithdrawn:
		return denied("The lab has withdrawn this opening. residency browse shows what is offered.")
	case app != nil && app.State != AppChosen:
		return denied("You applied to this before, and that is settled. residency results shows what became of it.")
	case !o.takes(rq.now):
		return denied("Applications for this were taken until %s. residency browse shows what is open.", rq.app.closes(o, rq.me).Fallback)
	}
	return nil
}

// notTaken refuses to apply for days on which the person will be elsewhere.
func (rq *request) notTaken(o *Opening, mine []*Application) error {
	for _, app := range mine {
		if app.State != AppAccepted {
			continue
		}
		taken, err := load[*Opening](rq.tx, KindOpening, app.Opening)
		if err != nil && !errors.Is(err, errNotFound) {
			return err
		}
		if err == nil && taken.overlaps(o) {
			return denied("You have accepted a place in %s for these days. residency results shows it; there you can also say that you cannot come after all.", clip(taken.Title, 80))
		}
	}
	return nil
}

// applicationTo is the person's application to an opening, nil without one.
func (rq *request) applicationTo(o *Opening) (*Application, error) {
	app, err := owner[*Application](rq.tx, applicationPair(o.ID, rq.me.ID))
	if errors.Is(err, errNotFound) {
		return nil, nil
	}
	return app, err
}

// applications are all of the person's, the most wanted first.
func (rq *request) applications() ([]*Application, error) { return applicationsBy(rq.tx, rq.me.ID) }

func applicationsBy(tx *Tx, person string) ([]*Application, error) {
	apps, err := listAll[*Application](tx, applicationsOf+person)
	if err != nil {
		return nil, err
	}
	for i, listed := range apps {
		// One that was changed in this very transaction is read as it is now.
		if h, ok := tx.loaded[listed.Ref()]; ok {
			if app, ok := h.doc.(*Application); ok {
				apps[i] = app
			} else {
				apps[i] = nil
			}
		}
	}
	for ref, h := range tx.loaded {
		app, ok := h.doc.(*Application)
		if ok && app.Person == person && !slices.ContainsFunc(apps, func(a *Application) bool { return a != nil && a.ID == ref.ID }) {
			apps = append(apps, app)
		}
	}
	apps = slices.DeleteFunc(apps, func(a *Application) bool { return a == nil })
	slices.SortStableFunc(apps, func(a, b *Application) int { return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(a.ID, b.ID)) })
	return apps, nil
}

// chosen are those that wait for a placement, the most wanted first.
func chosen(apps []*Application) []*Application {
	return slices.DeleteFunc(slices.Clone(apps), func(a *Application) bool { return a.State != AppChosen })
}

// dates are an opening's days, for a sentence.
func dates(o *Opening) string {
	return fmt.Sprintf("%s to %s", calendar.FormatDay(o.From), calendar.FormatDay(o.To))
}
