package bot

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"interlab/bot/chat"
)

func rankRoutes() []route {
	return []route{
		{name: "residency.rank", show: chat.ShowPrivate, do: (*request).rank},
		{name: "residency.rankthis", show: chat.ShowPrivate, do: (*request).rankThis, subject: KindOpening},
		{name: "residency.ranklist", show: chat.ShowInPlace, do: (*request).rankList, subject: KindOpening},
		{name: "residency.rankone", show: chat.ShowInPlace, do: (*request).rankOne, subject: KindApplication},
		{name: "residency.band", show: chat.ShowInPlace, changes: true, do: (*request).setBand, subject: KindApplication},
		{name: "residency.skip", show: chat.ShowInPlace, do: (*request).skipApplicant, subject: KindApplication},
	}
}

// ledOpenings are the openings of the labs that the person leads, newest first.
func (rq *request) ledOpenings() ([]*Opening, error) {
	var all []*Opening
	for _, lab := range rq.ledLabs() {
		some, err := listAll[*Opening](rq.tx, openingsOf+lab)
		if err != nil {
			return nil, err
		}
		slices.Reverse(some)
		all = append(all, some...)
	}
	return all, nil
}

// rank begins to rank an opening that is named, or the only one that waits for it.
func (rq *request) rank() (chat.Message, error) {
	if len(rq.ledLabs()) == 0 {
		return chat.Message{}, denied("Only the leads of a lab rank who applied there. residency results shows what became of your own applications.")
	}
	all, err := rq.ledOpenings()
	if err != nil {
		return chat.Message{}, err
	}
	if name := chat.CleanLine(rq.args["opening"]); name != "" {
		o, err := rq.findOpening(name, all, "Your lab offers nothing of that name. residency rank shows what it offers.")
		if err != nil {
			return chat.Message{}, err
		}
		return rq.ranking(o)
	}
	var open []*Opening
	for _, o := range all {
		if o.State == OpeningRanking && o.ranks(rq.now) {
			open = append(open, o)
		}
	}
	if len(open) == 1 {
		return rq.ranking(open[0])
	}
	return rq.ledCard(all), nil
}

// ledCard lists what the person's labs offer.
func (rq *request) ledCard(all []*Opening) chat.Message {
	if len(all) == 0 {
		return chat.Message{
			Title: "Your lab offers no residency",
			Body:  []chat.Text{chat.T("To offer one, say what your lab wants to learn and what it can pass on; people of other labs apply.")},
			Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Offer a residency", Ref: chat.Ref{Route: offerRoute}, Tone: chat.Main})},
		}
	}
	m := chat.Message{Title: "What your lab offers", Note: chat.T("A lab ranks from the deadline on, for a week.")}
	menu := chat.Menu{Ref: chat.Ref{Route: "residency.show"}, Hint: "Open one"}
	for _, o := range all[:min(len(all), chat.MaxFields)] {
		m.Fields = append(m.Fields, chat.Field{Name: o.Title, Value: chat.T(rq.openingStanding(o))})
		menu.Options = append(menu.Options, chat.Option{Label: clip(o.Title, chat.MaxOptionText), Value: o.ID})
	}
	if n := len(all) - chat.MaxFields; n > 0 {
		m.Note = chat.T(fmt.Sprintf("Newest first; %d older ones are not shown.", n))
	}
	m.Rows = []chat.Row{chat.NewMenu(menu), chat.NewRow(chat.Button{Label: "Offer a residency", Ref: chat.Ref{Route: offerRoute}})}
	return m
}

// openingStanding says where an opening stands, to a lead.
func (rq *request) openingStanding(o *Opening) string {
	switch o.State {
	case OpeningTaking:
		return "People apply until " + rq.app.closes(o, rq.me).Fallback + "."
	case OpeningRanking:
		return "Your lab ranks until " + rq.app.ranked(o, rq.me).Fallback + "."
	case OpeningReady:
		return "Ranked; waits for the placement."
	case OpeningOffering:
		return fmt.Sprintf("Placed: %d of %s taken or kept for somebody.", o.Held, counted(o.Capacity, "place is", "places are"))
	case OpeningWithdrawn:
		return "Withdrawn."
	case OpeningOver:
	}
	return fmt.Sprintf("Settled: %d of %s taken.", o.Held, counted(o.Capacity, "place was", "places were"))
}

// rankThis begins to rank the opening that a control names.
func (rq *request) rankThis() (chat.Message, error) {
	id, _ := rq.control()
	o, err := rq.opening(id)
	if err != nil {
		return chat.Message{}, err
	}
	return rq.ranking(o)
}

// mayRank refuses whoever does not lead the lab, and what is not the time for it.
func (rq *request) mayRank(o *Opening) error {
	if err := rq.may(Edit, o.object(), "Only the leads of the lab that offers this rank who applied. Nothing has changed."); err != nil {
		return err
	}
	switch {
	case o.ranks(rq.now):
		return nil
	case o.State == OpeningTaking:
		return denied("People can apply until %s. Your lab ranks from then on, for a week; I write to you.", rq.app.closes(o, rq.me).Fallback)
	case o.State == OpeningWithdrawn:
		return denied("This opening was withdrawn, so there is nobody to rank.")
	}
	return denied("The ranking was over on %s. residency results shows what became of it.", rq.app.ranked(o, rq.me).Fallback)
}

// ranking shows the first applicant of whom the lab has said nothing, or all.
func (rq *request) ranking(o *Opening) (chat.Message, error) {
	if err := rq.mayRank(o); err != nil {
		return chat.Message{}, err
	}
	return rq.nextApplicant(o, "")
}

// applicantsSeen are the applications that the lab's leads may see, in the order
// of applying: none of whoever keeps one of them away or is kept away.
func (rq *request) applicantsSeen(o *Opening) ([]*Application, error) {
	leads, err := leadsOf(rq.tx, o.Lab)
	if err != nil {
		return nil, err
	}
	return applicantsOf(rq.tx, o, leads)
}

func applicantsOf(tx *Tx, o *Opening, leads []*Person) ([]*Application, error) {
	all, err := listAll[*Application](tx, applicationsTo+o.ID)
	if err != nil {
		return nil, err
	}
	var people []Want
	for _, app := range all {
		people = append(people, Want{Ref: Ref{KindPerson, app.Person}})
	}
	if err := tx.prefetch(people...); err != nil {
		return nil, err
	}
	var seen []*Application
	for _, app := range all {
		p, err := reader(tx, app.Person)
		if err != nil {
			return nil, err
		}
		if h, ok := tx.loaded[app.Ref()]; ok && h.doc != nil {
			app, _ = h.doc.(*Application)
		}
		if p != nil && !kept(p, o, leads) {
			seen = append(seen, app)
		}
	}
	return seen, nil
}

// reader is a person for reading, nil where there is none.
func reader(tx *Tx, id string) (*Person, error) {
	p, err := load[*Person](tx, KindPerson, id)
	if errors.Is(err, errNotFound) {
		return nil, nil
	}
	return p, err
}

// nextApplicant shows the next application behind one of whom nothing was said,
// from the top where there is none behind it; at the end all of them.
func (rq *request) nextApplicant(o *Opening, behind string) (chat.Message, error) {
	apps, err := rq.applicantsSeen(o)
	if err != nil {
		return chat.Message{}, err
	}
	at := slices.IndexFunc(apps, func(a *Application) bool { return a.ID == behind })
	for i := range apps {
		if a := apps[(at+1+i)%len(apps)]; a.Band == "" && a.ID != behind {
			return rq.applicantCard(o, apps, a)
		}
	}
	return rq.rankedCard(o, apps, 0)
}

// applicantCard shows one applicant, with a button for each band.
func (rq *request) applicantCard(o *Opening, apps []*Application, app *Application) (chat.Message, error) {
	p, err := load[*Person](rq.tx, KindPerson, app.Person)
	if err != nil {
		return chat.Message{}, err
	}
	lab, err := rq.app.lab(rq.tx, p.Lab)
	if err != nil {
		return chat.Message{}, err
	}
	i := slices.IndexFunc(apps, func(a *Application) bool { return a.ID == app.ID })
	m := chat.Message{
		Title:  fmt.Sprintf("%s, %d of %d", clip(o.Title, 80), i+1, len(apps)),
		Fields: []chat.Field{{Name: withoutLinks(p.Name) + ", " + lab, Value: chat.T(withoutLinks(topicsLine(p)))}, {Name: "Why they would like to come", Value: chat.T(withoutLinks(app.Why))}},
		Note:   chat.T("Each tap is kept at once and can be changed until ", rq.rankEnd(o), ". Only the leads of your lab see it; the applicant learns whether there is a place, never your answer."),
	}
	if _, reasons := rq.app.fitOf(p)(o); len(reasons) > 0 && p.showsTopics(false) {
		m.Fields = append(m.Fields, chat.Field{Name: "Topics in common", Value: chat.T(fitText(reasons, "they"))})
	}
	if app.Band != "" {
		m.Fields = append(m.Fields, chat.Field{Name: "Your answer so far", Value: chat.T(app.Band.label())})
	}
	var buttons []chat.Button
	for n, b := range bands() {
		buttons = append(buttons, chat.Button{Label: b.label(), Ref: chat.Ref{Route: "residency.band", ID: joinID(app.ID, n)}})
	}
	m.Rows = []chat.Row{chat.NewRow(buttons...), chat.NewRow(
		chat.Button{Label: "Skip", Ref: chat.Ref{Route: "residency.skip", ID: app.ID}},
		chat.Button{Label: "All applicants", Ref: chat.Ref{Route: "residency.ranklist", ID: joinID(o.ID, 0)}},
	)}
	return m, nil
}

// rankEnd is until when an answer can be changed.
func (rq *request) rankEnd(o *Opening) chat.When {
	if o.State == OpeningOffering {
		return rq.app.when(o.Until, rq.me)
	}
	return rq.app.ranked(o, rq.me)
}

func topicsLine(p *Person) string {
	var parts []string
	if !p.showsTopics(false) {
		return "Shows their topics to few people."
	}
	if len(p.Shares) > 0 {
		parts = append(parts, "Shares "+strings.Join(p.Shares, ", "))
	}
	if len(p.Seeks) > 0 {
		parts = append(parts, "looks for "+strings.Join(p.Seeks, ", "))
	}
	if len(parts) == 0 {
		return "No topics named."
	}
	return clip(capital(strings.Join(parts, "; "))+".", 600)
}

// rankList is a page of all applicants.
func (rq *request) rankList() (chat.Message, error) {
	id, numbers := rq.control()
	o, err := rq.opening(id)
	if err != nil {
		return chat.Message{}, err
	}
	if err := rq.mayRank(o); err != nil {
		return chat.Message{}, err
	}
	apps, err := rq.applicantsSeen(o)
	if err != nil {
		return chat.Message{}, err
	}
	page := 0
	if len(numbers) == 1 {
		page = max(0, numbers[0])
	}
	return rq.rankedCard(o, apps, page)
}

// rankedCard lists the applicants by band, and opens any of them.
func (rq *request) rankedCard(o *Opening, apps []*Application, page int) (chat.Message, error) {
	if len(apps) == 0 {
		return chat.Message{Title: clip(o.Title, 100), Body: []chat.Text{chat.T("Nobody has applied, so there is nobody to rank. A place that stays free can still be applied for after the placement.")}}, nil
	}
	names := map[Band][]string{}
	menu := chat.Menu{Ref: chat.Ref{Route: "residency.rankone"}, Hint: "Change an answer"}
	pages := (len(apps) + chat.MaxOptions - 1) / chat.MaxOptions
	page = min(page, pages-1)
	for i, app := range apps {
		p, err := load[*Person](rq.tx, KindPerson, app.Person)
		if err != nil {
			return chat.Message{}, err
		}
		names[app.Band] = append(names[app.Band], withoutLinks(p.Name))
		if i/chat.MaxOptions == page {
			menu.Options = append(menu.Options, chat.Option{Label: clip(withoutLinks(p.Name)+": "+app.Band.label(), chat.MaxOptionText), Value: app.ID})
		}
	}
	left := len(names[""])
	m := chat.Message{Title: "Ranked: " + clip(o.Title, 100), Note: chat.T("You can change any answer until ", rq.rankEnd(o), ".")}
	if left > 0 {
		m.Title = fmt.Sprintf("%s: %d of %d answered", clip(o.Title, 100), len(apps)-left, len(apps))
		m.Note = chat.T("Whoever you leave without an answer is not placed with you, unless you answer for nobody at all: then I go by the topics in common. You can change any answer until ", rq.rankEnd(o), ".")
	}
	for _, b := range append(bands(), "") {
		if len(names[b]) > 0 {
			m.Fields = append(m.Fields, chat.Field{Name: b.label(), Value: chat.T(clip(strings.Join(names[b], ", "), chat.MaxFieldValue))})
		}
	}
	m.Rows = []chat.Row{chat.NewMenu(menu)}
	if pages > 1 {
		m.Rows = append(m.Rows, chat.NewRow(chat.Button{Label: "More applicants", Ref: chat.Ref{Route: "residency.ranklist", ID: joinID(o.ID, (page+1)%pages)}}))
	}
	return m, nil
}

// applicant is the application of a control and its opening, for the lab's leads.
func (rq *request) applicant() (*Application, *Opening, []*Application, error) {
	id, _ := rq.control()
	app, err := load[*Application](rq.tx, KindApplication, id)
	if errors.Is(err, errNotFound) {
		return nil, nil, nil, denied("This application was taken back, so there is nothing to answer. residency rank shows who applied.")
	}
	if err != nil {
		return nil, nil, nil, err
	}
	o, err := rq.opening(app.Opening)
	if err != nil {
		return nil, nil, nil, err
	}
	if err := rq.mayRank(o); err != nil {
		return nil, nil, nil, err
	}
	apps, err := rq.applicantsSeen(o)
	if err != nil {
		return nil, nil, nil, err
	}
	if !slices.ContainsFunc(apps, func(a *Application) bool { return a.ID == id }) {
		return nil, nil, nil, denied("This application was taken back, so there is nothing to answer. residency rank shows who applied.")
	}
	return app, o, apps, nil
}

func (rq *request) rankOne() (chat.Message, error) {
	app, o, apps, err := rq.applicant()
	if err != nil {
		return chat.Message{}, err
	}
	return rq.applicantCard(o, apps, app)
}

func (rq *request) skipApplicant() (chat.Message, error) {
	app, o, _, err := rq.applicant()
	if err != nil {
		return chat.Message{}, err
	}
	return rq.nextApplicant(o, app.ID)
}

// setBand keeps a lead's answer and shows the next applicant. Of somebody who
// applied after the placement, a good answer has the place offered.
func (rq *request) setBand() (chat.Message, error) {
	app, o, _, err := rq.applicant()
	if err != nil {
		return chat.Message{}, err
	}
	_, numbers := rq.control()
	if len(numbers) != 1 || numbers[0] < 0 || numbers[0] >= len(bands()) {
		return chat.Message{}, denied("This control is from an older version of me. Type residency rank to go on.")
	}
	if o.State == OpeningOffering && app.Lot.Rank > 0 {
		return chat.Message{}, denied("This applicant took part in the placement, which went by your answer as it was. Nothing has changed.")
	}
	if o.State == OpeningOffering && app.State != AppWaiting {
		return chat.Message{}, denied("This applicant has been offered a place, or no longer waits for one. Nothing has changed.")
	}
	app.Band = bands()[numbers[0]]
	rq.tx.put(app)
	if o.State == OpeningOffering {
		app.Lot.Level = app.Band.level()
		o.stir(rq.now)
		rq.tx.put(o)
	} else if !o.Ranked {
		o.Ranked = true
		rq.tx.put(o)
	}
	return rq.nextApplicant(o, app.ID)
}
