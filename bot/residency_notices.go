package bot

import (
	"fmt"
	"slices"

	"interlab/bot/chat"
	"interlab/matching/residency"
)

// What is told of residencies, beside what talks and matches tell too.
const (
	noticeRank     = "rank"     // the deadline is over: rank
	noticeUrge     = "urge"     // the ranking is nearly over
	noticeDefaults = "defaults" // nobody was ranked
	noticeReady    = "ready"    // the placement can run
	noticePreview  = "preview"
	noticePlaced   = "placed"
	noticeOver     = "over"
)

// renderOpening says one thing about an opening, in a place or to a lead.
func (a *App) renderOpening(tx *Tx, d *Delivery, to *Person) (chat.Message, error) {
	o, err := load[*Opening](tx, KindOpening, d.Subject.ID)
	if err != nil {
		return chat.Message{}, err
	}
	if to == nil {
		if d.Notice == noticeAnnounce && !o.takes(tx.now) {
			return chat.Message{}, errMoot
		}
		return a.openingPost(tx, o)
	}
	switch d.Notice {
	case noticeRank, noticeUrge:
		return a.rankNews(tx, o, to, d.Notice == noticeUrge)
	case noticeDefaults:
		return a.defaultsNews(tx, o)
	case noticeReady:
		return chat.Message{
			Title: "The placement can run",
			Body:  []chat.Text{chat.T("All rankings are over. Working it out shows you the numbers; nobody else hears of it before you publish it.")},
			Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Work it out", Ref: chat.Ref{Route: "residency.run"}, Tone: chat.Main})},
		}, nil
	case noticePlaced:
		return a.labNews(tx, o, to)
	}
	return chat.Message{}, unknownNotice(d)
}

// rankNews asks a lead to rank.
func (a *App) rankNews(tx *Tx, o *Opening, to *Person, again bool) (chat.Message, error) {
	leads, err := leadsOf(tx, o.Lab)
	if err != nil {
		return chat.Message{}, err
	}
	apps, err := applicantsOf(tx, o, leads)
	if err != nil {
		return chat.Message{}, err
	}
	left := 0
	for _, app := range apps {
		if app.Band == "" {
			left++
		}
	}
	if o.State != OpeningRanking || again && left == 0 {
		return chat.Message{}, errMoot
	}
	m := chat.Message{
		Title: counted(len(apps), "person has applied", "people have applied") + ": " + clip(o.Title, 90),
		Body:  []chat.Text{chat.T("Applications are closed. Say of each whether your lab would like them: one tap each, until ", a.ranked(o, to), ". If you answer for nobody, I go by the topics in common.")},
		Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Rank", Ref: chat.Ref{Route: "residency.rankthis", ID: o.ID}, Tone: chat.Main})},
	}
	if len(apps) == 0 {
		m.Title = "Nobody has applied: " + clip(o.Title, 90)
		m.Body = []chat.Text{chat.T("Applications are closed. After the placement the opening stays open for whoever has no place yet; I write to you if somebody applies.")}
		m.Rows = nil
	}
	if again {
		m.Title = fmt.Sprintf("Still to rank: %d of %s", left, counted(len(apps), "applicant", "applicants"))
		m.Body = []chat.Text{chat.T("For ", chat.Strong(clip(o.Title, 120)), " the ranking is over on ", a.ranked(o, to), ".")}
	}
	return m, nil
}

// defaultsNews tells a lead that the placement goes by topics.
func (a *App) defaultsNews(tx *Tx, o *Opening) (chat.Message, error) {
	leads, err := leadsOf(tx, o.Lab)
	if err != nil {
		return chat.Message{}, err
	}
	apps, err := applicantsOf(tx, o, leads)
	if err != nil {
		return chat.Message{}, err
	}
	if len(apps) == 0 {
		return chat.Message{}, errMoot
	}
	return chat.Message{
		Title: "I go by topics for " + clip(o.Title, 90),
		Body:  []chat.Text{chat.T("The ranking is over and nobody was ranked. So whoever has most topics in common with the opening comes first in the placement, and nobody is left out.")},
	}, nil
}

// labNews tells a lead who comes.
func (a *App) labNews(tx *Tx, o *Opening, to *Person) (chat.Message, error) {
	line, err := a.openingResult(tx, o, to)
	if err != nil {
		return chat.Message{}, err
	}
	return chat.Message{
		Title: "The placement is published: " + clip(o.Title, 80),
		Body:  []chat.Text{line},
		Note:  chat.T("Whoever has a place answers within a week. What falls free goes to the next of your ranking; ", chat.Code("residency results"), " shows how it goes."),
	}, nil
}

// openingResult says who has an opening's places, to a lead.
func (a *App) openingResult(tx *Tx, o *Opening, to *Person) (chat.Text, error) {
	apps, err := listAll[*Application](tx, applicationsTo+o.ID)
	if err != nil {
		return nil, err
	}
	text := chat.T()
	for _, app := range apps {
		if !app.holds() {
			continue
		}
		p, err := reader(tx, app.Person)
		if err != nil || p == nil {
			return text, err
		}
		lab, err := a.lab(tx, p.Lab)
		if err != nil {
			return text, err
		}
		if app.State == AppAccepted {
			text = append(text, chat.T(p.Name, " of ", lab, " comes. ")...)
		} else {
			text = append(text, chat.T(p.Name, " of ", lab, " has a place and answers by ", a.day(app.Until, to), ". ")...)
		}
	}
	if free := o.free(); free > 0 {
		text = append(text, chat.Say(counted(free, "place is free.", "places are free.")))
	}
	return text, nil
}

// renderApplication says one thing about an application, to the applicant or to a
// lead of the lab.
func (a *App) renderApplication(tx *Tx, d *Delivery, to *Person) (chat.Message, error) {
	app, err := load[*Application](tx, KindApplication, d.Subject.ID)
	if err != nil {
		return chat.Message{}, err
	}
	o, err := load[*Opening](tx, KindOpening, app.Opening)
	if err != nil {
		return chat.Message{}, err
	}
	if app.Person != to.ID {
		return a.applicantNews(tx, d, app, o)
	}
	name, n := noticeNumber(d.Notice)
	switch name {
	case noticeDay:
		return a.deadlineNews(tx, app, o, to)
	case noticeOffer, workNear:
		if app.State != AppHeld || app.Offers != n {
			return chat.Message{}, errMoot
		}
		return a.offeredNews(tx, app, o, to, name == workNear)
	case noticeLapsed:
		if app.State != AppLapsed {
			return chat.Message{}, errMoot
		}
		return chat.Message{Title: "The place went to somebody else", Body: []chat.Text{chat.T("The place in ", chat.Strong(o.Title), " was kept for you until ", a.when(app.Until, to), " and no answer came, so it goes to whoever is next.")}}, nil
	case noticeCancelled:
		return chat.Message{
			Title: "Withdrawn: " + o.Title,
			Body:  []chat.Text{chat.T("The lab no longer offers this residency, and your application has ended. The reason given: ", o.Reason)},
			Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "My choices", Ref: chat.Ref{Route: choicesRoute}})},
		}, nil
	case noticeOver:
		return chat.Message{Title: "No place fell free", Body: []chat.Text{chat.T("The offers of places in ", chat.Strong(o.Title), " are over, and none fell free for you. Other residencies are in ", chat.Code("residency browse"), ".")}}, nil
	}
	return chat.Message{}, unknownNotice(d)
}

// applicantNews tells a lead of one applicant.
func (a *App) applicantNews(tx *Tx, d *Delivery, app *Application, o *Opening) (chat.Message, error) {
	p, err := load[*Person](tx, KindPerson, app.Person)
	if err != nil {
		return chat.Message{}, err
	}
	leads, err := leadsOf(tx, o.Lab)
	if err != nil {
		return chat.Message{}, err
	}
	lab, err := a.lab(tx, p.Lab)
	if err != nil {
		return chat.Message{}, err
	}
	if kept(p, o, leads) {
		return chat.Message{}, errMoot
	}
	switch {
	case d.Notice == noticeAsk && app.State == AppWaiting && app.Band == "":
		return chat.Message{
			Title: withoutLinks(p.Name) + " of " + lab + " applies for a free place",
			Body:  []chat.Text{chat.T("In ", chat.Strong(clip(o.Title, 100)), " a place stayed free. If your lab would like them to come, I offer it to them at once.")},
			Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Rank", Ref: chat.Ref{Route: "residency.rankthis", ID: o.ID}, Tone: chat.Main})},
		}, nil
	case d.Notice == noticeAgreed && app.State == AppAccepted:
		m := chat.Message{Title: withoutLinks(p.Name) + " of " + lab + " comes: " + clip(o.Title, 80), Body: []chat.Text{chat.T("They accepted the place, ", dates(o), ". They can plan the residency with you now: one goal in each direction.")}}
		if p.Contact != "" {
			m.Body = append(m.Body, chat.T("You can write to ", p.mention(), ": ", chat.Code(p.Contact)))
		}
		return m, nil
	case d.Notice == noticeOff && app.State == AppDeclined:
		return chat.Message{Title: withoutLinks(p.Name) + " of " + lab + " cannot come", Body: []chat.Text{chat.T("The place in ", chat.Strong(clip(o.Title, 100)), " goes to the next of your ranking; I write to you when somebody accepts it.")}}, nil
	case d.Notice == noticeOff && app.State == AppLapsed:
		return chat.Message{Title: "No answer from " + withoutLinks(p.Name) + " of " + lab, Body: []chat.Text{chat.T("The place in ", chat.Strong(clip(o.Title, 100)), " goes to the next of your ranking; I write to you when somebody accepts it.")}}, nil
	}
	return chat.Message{}, errMoot
}

// deadlineNews reminds an applicant of the deadline and of the order of their choices.
func (a *App) deadlineNews(tx *Tx, app *Application, o *Opening, to *Person) (chat.Message, error) {
	if app.State != AppChosen || !o.takes(tx.now) {
		return chat.Message{}, errMoot
	}
	all, err := applicationsBy(tx, to.ID)
	if err != nil {
		return chat.Message{}, err
	}
	m := chat.Message{
		Title: "Applications close soon: " + clip(o.Title, 90),
		Body:  []chat.Text{chat.T("You can still apply elsewhere until ", a.closes(o, to), ". Your choices, the most wanted first:")},
		Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "My choices", Ref: chat.Ref{Route: choicesRoute}, Tone: chat.Main})},
	}
	for i, one := range chosen(all) {
		other, err := load[*Opening](tx, KindOpening, one.Opening)
		if err != nil {
			return m, err
		}
		m.Body = append(m.Body, chat.T(fmt.Sprintf("%d. ", i+1), clip(other.Title, 120)))
	}
	return m, nil
}

// placeButtons answer a place that is kept.
func placeButtons(app *Application) []chat.Button {
	return []chat.Button{
		{Label: "Accept", Ref: chat.Ref{Route: "residency.accept", ID: app.ID}, Tone: chat.Main},
		{Label: "Decline", Ref: chat.Ref{Route: "residency.decline", ID: app.ID}},
	}
}

// offeredNews offers a place that fell free, or reminds of one.
func (a *App) offeredNews(tx *Tx, app *Application, o *Opening, to *Person, near bool) (chat.Message, error) {
	lab, err := a.lab(tx, o.Lab)
	if err != nil {
		return chat.Message{}, err
	}
	m := chat.Message{
		Title: "A place fell free: " + clip(o.Title, 80) + ", " + lab,
		Body:  []chat.Text{chat.T(dates(o), ". It is kept for you until ", a.when(app.Until, to), ".")},
		Rows:  []chat.Row{chat.NewRow(placeButtons(app)...)},
		Note:  chat.T("If another place is kept for you in this placement, accepting this one gives that one to the next."),
	}
	if near {
		m.Title = "Still to answer: your place in " + clip(o.Title, 80)
	}
	return m, nil
}

// renderPlacement says one thing about a placement, to whoever began it or to an applicant.
func (a *App) renderPlacement(tx *Tx, d *Delivery, to *Person) (chat.Message, error) {
	p, err := load[*Placement](tx, KindPlacement, d.Subject.ID)
	if err != nil {
		return chat.Message{}, err
	}
	name, n := noticeNumber(d.Notice)
	switch {
	case d.Notice == noticePlaced:
		return a.placedNews(tx, p, to)
	case name == noticePlaced && p.Step == PlacementDone:
		m := a.placementCard(p, to)
		m.Title = "Everybody is told. " + m.Title
		return m, nil
	case name == noticePreview && p.Edition == n && p.Step == PlacementPreview:
		return a.placementCard(p, to), nil
	}
	return chat.Message{}, errMoot
}

// placedNews tells an applicant what the placement gives them, and why.
func (a *App) placedNews(tx *Tx, p *Placement, to *Person) (chat.Message, error) {
	all, err := applicationsBy(tx, to.ID)
	if err != nil {
		return chat.Message{}, err
	}
	mine := slices.DeleteFunc(all, func(app *Application) bool { return app.Lot.Run != p.ID || app.Lot.Rank == 0 })
	slices.SortFunc(mine, func(x, y *Application) int { return x.Lot.Rank - y.Lot.Rank })
	if len(mine) == 0 {
		return chat.Message{}, errMoot
	}
	m := chat.Message{Title: "No place this time", Body: []chat.Text{chat.T("The placement is published, and you have no place in it. Your choices, the most wanted first:")}}
	for i, app := range mine {
		line, err := a.resultLine(tx, i, app, to)
		if err != nil {
			return m, err
		}
		if app.holds() {
			o, err := load[*Opening](tx, KindOpening, app.Opening)
			if err != nil {
				return m, err
			}
			lab, err := a.lab(tx, o.Lab)
			if err != nil {
				return m, err
			}
			m.Title = "You have a place: " + clip(o.Title, 80) + ", " + lab
			m.Body[0] = chat.T("The placement is published. Accept or decline by ", a.when(app.Until, to), ", or the place goes to the next.")
			m.Rows = []chat.Row{chat.NewRow(placeButtons(app)...)}
		}
		m.Body = append(m.Body, line)
	}
	if slices.ContainsFunc(mine, func(app *Application) bool { return app.State == AppWaiting }) {
		m.Note = chat.T("Where you wait, a place that falls free is offered to you in your turn; there is nothing to do.")
	}
	if m.Rows == nil {
		m.Rows = []chat.Row{chat.NewRow(chat.Button{Label: "Places still free", Ref: chat.Ref{Route: "residency.more", ID: "all.0"}})}
	}
	return m, nil
}

// resultLine says of one choice what became of it. It names nobody, and says the
// same of a lab that wants somebody else and of one that must not see the person.
func (a *App) resultLine(tx *Tx, i int, app *Application, to *Person) (chat.Text, error) {
	o, err := load[*Opening](tx, KindOpening, app.Opening)
	if err != nil {
		return nil, err
	}
	lab, err := a.lab(tx, o.Lab)
	if err != nil {
		return nil, err
	}
	return chat.T(fmt.Sprintf("%d. ", i+1), chat.Strong(clip(o.Title, 100)), ", ", lab, ": ", a.became(app, to)), nil
}

// became says what became of an application.
func (a *App) became(app *Application, to *Person) string {
	why := ""
	switch app.Reason {
	case residency.Full:
		why = "its places went to applicants whom the lab wanted more"
	case residency.Lottery:
		why = "the lab wanted you and others alike, and the lottery drew them first"
	case residency.NotRanked, residency.OwnLab:
		why = "the lab looked for somebody else"
	}
	switch app.State {
	case AppChosen:
		return "applied; the placement is still to come."
	case AppHeld:
		return "a place is kept for you until " + a.when(app.Until, to).Fallback + "."
	case AppAccepted:
		return "you accepted the place."
	case AppDeclined:
		return "you declined the place."
	case AppLapsed:
		return "no answer came in time, so the place went to the next."
	case AppOff:
		return "the lab withdrew it."
	case AppWaiting:
		if why == "" {
			return "you wait for a place that falls free."
		}
		return why + ". You wait for one that falls free."
	case AppPassed:
	}
	if why == "" {
		return "ended, as there is a place for you that you wanted more or took."
	}
	return why + "."
}
