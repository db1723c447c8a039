package bot

import (
	"fmt"
	"slices"
	"strings"

	"interlab/bot/chat"
)

func roundEditRoutes() []route {
	routes := []route{
		{name: "round.undo", show: chat.ShowInPlace, changes: true, do: (*request).undoOverride, subject: KindRound},
		{name: "round.keep", show: chat.ShowInPlace, changes: true, do: (*request).keepTrial, subject: KindRound},
		{name: "round.drop", show: chat.ShowInPlace, changes: true, do: (*request).dropTrial, subject: KindRound},
	}
	for _, say := range []string{overridePin, overrideForbid, overrideSwap} {
		routes = append(routes,
			route{name: "round." + say, show: chat.ShowForm, form: overrideForm(say), subject: KindRound},
			route{name: submitted("round." + say), show: chat.ShowPrivate, changes: true, do: tryOverride(say), subject: KindRound})
	}
	return routes
}

// overrideForm asks for the two people of a change.
func overrideForm(say string) func(*request) (chat.Form, error) {
	title := map[string]string{overridePin: "Pin a pair", overrideForbid: "Forbid a pair", overrideSwap: "Swap two people"}[say]
	return func(rq *request) (chat.Form, error) {
		_, err := rq.editable()
		return chat.Form{
			Ref: controlRef(rq.event), Title: title, Submit: "What does it cost?",
			Fields: []chat.FormField{
				{Name: "one", Label: "The first person", Hint: "A name, or its beginning", Required: true, Max: maxSpeaker},
				{Name: "two", Label: "The second person", Hint: "A name, or its beginning", Required: true, Max: maxSpeaker},
			},
		}, err
	}
}

// editable is the round whose plan the control is about, for organisers; a
// control of an older plan is refused.
func (rq *request) editable() (*Round, error) {
	if err := rq.mayRun(Edit); err != nil {
		return nil, err
	}
	r, err := rq.theRound()
	if err != nil {
		return nil, err
	}
	if err := rq.planned(r); err != nil {
		return nil, err
	}
	_, edition := rq.control()
	if len(edition) != 1 || edition[0] != r.Edition {
		return nil, denied("The plan has changed since this card was made, so nothing was done. round preview shows it as it is now.")
	}
	if !r.Solving.IsZero() {
		return nil, denied("The price of another change is being worked out at the moment. You hear from me in a minute at most.")
	}
	return r, nil
}

// tryOverride has the price of a change worked out.
func tryOverride(say string) func(*request) (chat.Message, error) {
	return func(rq *request) (chat.Message, error) {
		r, err := rq.editable()
		if err != nil {
			return chat.Message{}, err
		}
		one, two, err := rq.guests(r)
		if err != nil {
			return chat.Message{}, err
		}
		o := Override{Say: say, A: one.Turn, B: two.Turn}
		if err := rq.fill(r, &o); err != nil {
			return chat.Message{}, err
		}
		r.Trial = &Trial{Override: o}
		r.order(rq.me.ID, rq.now)
		rq.tx.put(r, rq.me)
		return chat.Message{Body: []chat.Text{chat.T("I make the plan with that change and tell you in a moment what it costs. Nothing is kept yet.")}}, nil
	}
}

// guests are the two people of the round that a form names.
func (rq *request) guests(r *Round) (one, two *Entrant, err error) {
	places, err := listAll[*Entrant](rq.tx, entrantsOf+r.ID)
	if err != nil {
		return nil, nil, err
	}
	for some := range slices.Chunk(places, MaxListed) {
		var wants []Want
		for _, e := range some {
			wants = append(wants, Want{Ref: Ref{KindPerson, e.Person}})
		}
		if err := rq.tx.prefetch(wants...); err != nil {
			return nil, nil, err
		}
	}
	if one, err = rq.guest(places, rq.args["one"]); err != nil {
		return nil, nil, err
	}
	if two, err = rq.guest(places, rq.args["two"]); err != nil {
		return nil, nil, err
	}
	if one.ID == two.ID {
		return nil, nil, denied("That is one person twice. Name two people.")
	}
	return one, two, nil
}

// guest is the one place whose person has that name, or whose name begins so.
func (rq *request) guest(places []*Entrant, text string) (*Entrant, error) {
	name := fold(chat.CleanLine(text))
	account, _ := chat.ParseAccount(chat.CleanLine(text))
	var near []*Entrant
	for _, e := range places {
		p, err := personAt(rq.tx, e.Round, e.Turn)
		if err != nil {
			return nil, err
		}
		if fold(p.Name) == name || slices.Contains(p.Accounts, account) {
			return e, nil
		}
		if name != "" && strings.HasPrefix(fold(p.Name), name) {
			near = append(near, e)
		}
	}
	switch len(near) {
	case 0:
		return nil, denied("%s is not in this round, so nothing was changed. Only people who have joined can be paired.", clip(chat.CleanLine(text), 60))
	case 1:
		return near[0], nil
	}
	return nil, denied("%d people in this round have a name that begins with %s. Write the whole name.", len(near), clip(chat.CleanLine(text), 60))
}

// fill says what pins and forbids a change comes to, and refuses one that a hard
// rule or an earlier change stands against.
func (rq *request) fill(r *Round, o *Override) error {
	pair := Twosome{o.A, o.B}
	switch o.Say {
	case overridePin:
		o.Pins = []Twosome{pair}
	case overrideForbid:
		o.Forbids = []Twosome{pair}
	case overrideSwap:
		if err := rq.fillSwap(r, o); err != nil {
			return err
		}
	}
	for _, p := range o.Pins {
		if err := rq.pinnable(r, p); err != nil {
			return err
		}
	}
	for _, f := range o.Forbids {
		if r.has(f, func(o Override) []Twosome { return o.Pins }) {
			return rq.refusePair(r, f, "%s are pinned. Undo that change first.")
		}
	}
	return nil
}

// has reports whether an earlier change pinned or forbade a pair.
func (r *Round) has(t Twosome, of func(Override) []Twosome) bool {
	return slices.ContainsFunc(r.Edits, func(o Override) bool {
		return slices.Contains(of(o), t) || slices.Contains(of(o), Twosome{t[1], t[0]})
	})
}

// pinnable refuses a pair that must not meet. Why two people keep apart is told
// only as far as everybody may know it.
func (rq *request) pinnable(r *Round, t Twosome) error {
	if r.has(t, func(o Override) []Twosome { return o.Forbids }) {
		return rq.refusePair(r, t, "You have forbidden that %s meet. Undo that change first.")
	}
	if r.has(t, func(o Override) []Twosome { return o.Pins }) {
		return rq.refusePair(r, t, "%s are pinned already.")
	}
	var places []*Entrant
	for _, turn := range t {
		e, err := entrantAt(rq.tx, r.ID, turn)
		if err != nil {
			return err
		}
		if e == nil {
			return denied("One of them has left the round, so nothing was changed.")
		}
		places = append(places, e)
		pins := 0
		for _, o := range r.Edits {
			for _, pin := range o.Pins {
				if slices.Contains(pin[:], turn) {
					pins++
				}
			}
		}
		if pins >= r.Meetings {
			return rq.refusePair(r, Twosome{turn, turn}, "%s has "+counted(r.Meetings, "meeting", "meetings")+" and all of them pinned. Undo that change first.")
		}
	}
	c, err := rq.app.newCrowd(rq.tx, r, places)
	if err != nil {
		return err
	}
	sentences := map[barrier]string{
		barrierLab:    "%s are of one lab, and a round pairs people of different labs.",
		barrierHours:  "%s share too few working hours to meet.",
		barrierAway:   "One of %s is paused or has too many asks open.",
		barrierLately: "%s cannot be paired in this round: they met or were in touch too lately, or one of them keeps to other people.",
	}
	if sentence, apart := sentences[c.between(&c.guests[0], &c.guests[1])]; apart {
		return rq.refusePair(r, t, sentence+" Nothing was changed.")
	}
	return nil
}

// refusePair refuses with the names of two people, or of one.
func (rq *request) refusePair(r *Round, t Twosome, sentence string) error {
	names, err := rq.app.namesOf(rq.tx, r, t)
	if err != nil {
		return err
	}
	return denied(sentence, names)
}

// namesOf are two people in a sentence, or one.
func (a *App) namesOf(tx *Tx, r *Round, t Twosome) (string, error) {
	var names []string
	for _, turn := range slices.Compact(t[:]) {
		p, err := personAt(tx, r.ID, turn)
		if err != nil {
			return "", err
		}
		names = append(names, p.Name)
	}
	return sentenceList(names), nil
}

// fillSwap lets two people change places in the plan: each meets whom the other
// was to meet. Who sits out takes the other's place.
func (rq *request) fillSwap(r *Round, o *Override) error {
	partners := map[int64]int64{}
	for n := range r.Plan.Pages {
		p, err := planPageAt(rq.tx, r, r.Plan.N, n)
		if err != nil {
			return err
		}
		for _, pair := range p.Pairs {
			for _, side := range [][2]int64{{pair.A, pair.B}, {pair.B, pair.A}} {
				if _, known := partners[side[0]]; !known && (side[0] == o.A || side[0] == o.B) {
					partners[side[0]] = side[1]
				}
			}
		}
	}
	switch {
	case partners[o.A] == o.B:
		return rq.refusePair(r, Twosome{o.A, o.B}, "%s meet each other, so there is nothing to swap.")
	case len(partners) == 0:
		return rq.refusePair(r, Twosome{o.A, o.B}, "%s both sit out, so there is nothing to swap.")
	}
	for _, side := range []Twosome{{o.A, o.B}, {o.B, o.A}} {
		if partner, meets := partners[side[0]]; meets {
			o.Pins = append(o.Pins, Twosome{side[1], partner})
			o.Forbids = append(o.Forbids, Twosome{side[0], partner})
		}
	}
	return nil
}

// keepTrial keeps a change whose price was shown.
func (rq *request) keepTrial() (chat.Message, error) {
	r, err := rq.editable()
	if err != nil {
		return chat.Message{}, err
	}
	if r.Trial == nil || r.Trial.Plan == nil || r.Trial.Plan.Fault != "" {
		return chat.Message{}, denied("There is no change to keep. round preview shows the plan.")
	}
	r.Edits, r.Plan, r.Trial = append(r.Edits, r.Trial.Override), r.Trial.Plan, nil
	r.Edition++
	rq.tx.put(r)
	return rq.preview(r, 0)
}

// dropTrial leaves the plan as it was.
func (rq *request) dropTrial() (chat.Message, error) {
	r, err := rq.editable()
	if err != nil {
		return chat.Message{}, err
	}
	r.Trial = nil
	r.Edition++
	rq.tx.put(r)
	return rq.preview(r, 0)
}

// undoOverride takes the last kept change back.
func (rq *request) undoOverride() (chat.Message, error) {
	r, err := rq.editable()
	if err != nil {
		return chat.Message{}, err
	}
	if len(r.Edits) == 0 {
		return chat.Message{}, denied("No change is kept, so there is nothing to undo.")
	}
	r.Edits, r.Trial = r.Edits[:len(r.Edits)-1], nil
	r.order(rq.me.ID, rq.now)
	rq.tx.put(r, rq.me)
	return chat.Message{Body: []chat.Text{chat.T("The last change is taken back. I make the plan without it and show it to you in a moment.")}}, nil
}

// sayOverride says what a change is.
func (a *App) sayOverride(tx *Tx, r *Round, o Override) (string, error) {
	names, err := a.namesOf(tx, r, Twosome{o.A, o.B})
	switch o.Say {
	case overridePin:
		return names + " meet in any case", err
	case overrideForbid:
		return names + " do not meet", err
	}
	return names + " change places", err
}

// priceCard says what a change costs before it is kept.
func (a *App) priceCard(tx *Tx, r *Round) (chat.Message, error) {
	what, err := a.sayOverride(tx, r, r.Trial.Override)
	if err != nil {
		return chat.Message{}, err
	}
	button := func(label, route string) chat.Button {
		return chat.Button{Label: label, Ref: chat.Ref{Route: route, ID: joinID(r.ID, r.Edition)}}
	}
	keep := button("Keep it", "round.keep")
	keep.Tone = chat.Main
	m := chat.Message{Title: "What it costs: " + what, Rows: []chat.Row{chat.NewRow(keep, button("Leave it", "round.drop"))}}
	if fault := r.Trial.Plan.Fault; fault != "" {
		m.Title, m.Body = "It cannot be done: "+what, []chat.Text{chat.T(fault)}
		m.Rows = []chat.Row{chat.NewRow(button("Back to the plan", "round.drop"))}
		return m, nil
	}
	m.Body = []chat.Text{chat.T(priceText(r.Plan, r.Trial.Plan)), chat.T("With it the plan has ", planText(r.Trial.Plan))}
	m.Note = chat.T("Nothing is kept before you press.")
	return m, nil
}

// priceText says in plain words what a plan loses by a change.
func priceText(before, after *RoundPlan) string {
	var parts []string
	switch n := before.People - after.People; {
	case n > 0:
		parts = append(parts, counted(n, "person fewer meets somebody", "people fewer meet somebody"))
	case n < 0:
		parts = append(parts, counted(-n, "person more meets somebody", "people more meet somebody"))
	}
	lost := before.Total - after.Total
	share := func(n int64) string { return fmt.Sprintf("%d %%", max(n*100/max(before.Total, 1), 1)) }
	switch {
	case lost > 0:
		parts = append(parts, "over all, topics fit "+share(lost)+" less well")
	case lost < 0:
		parts = append(parts, "over all, topics fit "+share(-lost)+" better")
	}
	if len(parts) == 0 {
		return "It costs nothing: as many people meet somebody, and the topics fit as well."
	}
	return capital(strings.Join(parts, "; ")) + "."
}
