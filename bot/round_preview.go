package bot

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"interlab/bot/chat"
)

func roundPreviewRoutes() []route {
	return []route{
		{name: "round.preview", show: chat.ShowPrivate, do: (*request).previewTyped},
		{name: "round.page", show: chat.ShowInPlace, do: (*request).previewPage, subject: KindRound},
	}
}

// pairsShown is how many pairs a card shows; pages of plans hold a whole number of cards.
const pairsShown = chat.MaxFields

func isClosed(r *Round) bool { return r.State == RoundClosed }

func (rq *request) previewTyped() (chat.Message, error) {
	if err := rq.mayRun(Edit); err != nil {
		return chat.Message{}, err
	}
	r, err := rq.findRound(isClosed)
	if err != nil {
		return chat.Message{}, err
	}
	return rq.preview(r, 0)
}

func (rq *request) previewPage() (chat.Message, error) {
	if err := rq.mayRun(Edit); err != nil {
		return chat.Message{}, err
	}
	r, err := rq.theRound()
	if err != nil {
		return chat.Message{}, err
	}
	_, at := rq.control()
	if len(at) == 0 {
		at = []int{0}
	}
	return rq.preview(r, at[0])
}

// planned refuses a round that has no plan to look at.
func (rq *request) planned(r *Round) error {
	switch {
	case r.State == RoundOpen:
		return denied("Joining is open until %s, and %s. The plan is made then, and I show it to you first.", rq.app.zones.FormatFull(r.Deadline, rq.me.zone()), peopleJoined(r.Joined))
	case r.State == RoundPublished:
		return denied("This round was published on %s, so its plan cannot be changed any more. Whoever cannot make it says so on their card, and whoever is left over is paired anew.", rq.app.day(r.Published, rq.me))
	case r.State != RoundClosed:
		return denied("This round is over, so there is no plan of it.")
	case r.Plan == nil || !r.Solving.IsZero() && r.Trial == nil:
		return denied("The plan is being made at the moment. You hear from me when it is ready, in a minute at most.")
	}
	return nil
}

// preview shows a page of the plan, in private.
func (rq *request) preview(r *Round, n int) (chat.Message, error) {
	if err := rq.planned(r); err != nil {
		return chat.Message{}, err
	}
	if r.Plan.Fault != "" {
		return faultCard(r), nil
	}
	last := max(r.Plan.Pairs-1, 0) / pairsShown
	n = min(max(n, 0), last)
	m := chat.Message{
		Title: fmt.Sprintf("The plan, page %d of %d: %s", n+1, last+1, clip(r.title(), 80)),
		Body:  []chat.Text{chat.T(planText(r.Plan)), chat.T(proofText(r.Plan))},
		Note:  chat.T("Nobody is told before you publish. A change shows what it costs before it is kept."),
	}
	if err := rq.addPairs(&m, r, n); err != nil {
		return m, err
	}
	if n == last {
		if err := rq.addOut(&m, r); err != nil {
			return m, err
		}
	}
	m.Rows = previewRows(r, n, last)
	return m, nil
}

func previewRows(r *Round, n, last int) []chat.Row {
	edit := func(label, route string) chat.Button {
		return chat.Button{Label: label, Ref: chat.Ref{Route: route, ID: joinID(r.ID, r.Edition)}}
	}
	changes := []chat.Button{edit("Pin a pair", "round.pin"), edit("Forbid a pair", "round.forbid"), edit("Swap two people", "round.swap")}
	if len(r.Edits) > 0 {
		changes = append(changes, edit("Undo the last change", "round.undo"))
	}
	publish := edit("Publish", "round.publish.ask")
	publish.Tone = chat.Main
	rows := []chat.Row{chat.NewRow(publish), chat.NewRow(changes...)}
	var turn []chat.Button
	if n > 0 {
		turn = append(turn, chat.Button{Label: "Earlier pairs", Ref: chat.Ref{Route: "round.page", ID: joinID(r.ID, n-1)}})
	}
	if n < last {
		turn = append(turn, chat.Button{Label: "More pairs", Ref: chat.Ref{Route: "round.page", ID: joinID(r.ID, n+1)}})
	}
	if len(turn) > 0 {
		rows = append(rows, chat.NewRow(turn...))
	}
	return rows
}

// faultCard says why there is no plan.
func faultCard(r *Round) chat.Message {
	return chat.Message{
		Title: "Nobody can be paired: " + r.title(),
		Body:  []chat.Text{chat.T(r.Plan.Fault)},
		Note:  chat.T("You can cancel the round, which tells everybody who joined, or leave it: nobody is told anything yet."),
		Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Cancel the round", Ref: chat.Ref{Route: "round.cancel.ask", ID: r.ID}, Tone: chat.Danger})},
	}
}

// planText is a plan in numbers.
func planText(p *RoundPlan) string {
	text := counted(p.Pairs, "pair", "pairs") + ": " + counted(p.People, "person meets", "people meet") + " somebody"
	if p.Out == 0 {
		return text + ", and nobody sits out."
	}
	return text + ", and " + counted(p.Out, "person sits out.", "people sit out.")
}

// proofText says how good a plan is, and that it is proved.
func proofText(p *RoundPlan) string {
	if p.Exact {
		return "It is proved that by the rules, and with the changes you kept, no other plan pairs more people, serves better those who sat out before, or fits better by topics."
	}
	share := int64(100)
	if p.Bound > 0 {
		share = p.Total * 100 / p.Bound
	}
	return fmt.Sprintf("I stopped looking after %d steps. It is proved that by topics the plan reaches at least %d %% of the best there can be.", p.Steps, share)
}

// planPageAt is a page of the round's plan.
func planPageAt(tx *Tx, r *Round, plan, n int) (*PlanPage, error) {
	return load[*PlanPage](tx, KindPlanPage, pageID(r.ID, plan, n))
}

// addPairs shows pairs with the reasons for them.
func (rq *request) addPairs(m *chat.Message, r *Round, n int) error {
	p, err := planPageAt(rq.tx, r, r.Plan.N, n*pairsShown/planPage)
	if err != nil {
		return err
	}
	from := n * pairsShown % planPage
	pairs := p.Pairs[min(from, len(p.Pairs)):min(from+pairsShown, len(p.Pairs))]
	var turns []int64
	for _, pair := range pairs {
		turns = append(turns, pair.A, pair.B)
	}
	if err := rq.app.people.refresh(rq.ctx); err != nil {
		return err
	}
	if err := entrantsAt(rq.tx, r.ID, turns); err != nil {
		return err
	}
	for _, pair := range pairs {
		x, y, err := rq.app.pairOf(rq.tx, r, pair)
		if err != nil {
			return err
		}
		name, err := rq.app.pairName(rq.tx, x, y)
		if err != nil {
			return err
		}
		if r.Meetings > 1 {
			name = fmt.Sprintf("%d. %s", pair.Slot+1, name)
		}
		m.Fields = append(m.Fields, chat.Field{Name: name, Value: chat.T(rq.pairWhy(r, pair, x, y))})
	}
	return nil
}

// pairOf are the people of a pair; somebody without a name where they have left.
func (a *App) pairOf(tx *Tx, r *Round, pair PlannedPair) (x, y *Person, err error) {
	if x, err = personAt(tx, r.ID, pair.A); err != nil {
		return nil, nil, err
	}
	y, err = personAt(tx, r.ID, pair.B)
	return x, y, err
}

// personAt is who joined with that turn; somebody without a name where they have left.
func personAt(tx *Tx, round string, turn int64) (*Person, error) {
	e, err := entrantAt(tx, round, turn)
	if err != nil {
		return nil, err
	}
	if e != nil {
		p, err := load[*Person](tx, KindPerson, e.Person)
		if err == nil || !errors.Is(err, errNotFound) {
			return p, err
		}
	}
	return &Person{Name: "somebody who has left"}, nil
}

func (a *App) pairName(tx *Tx, x, y *Person) (string, error) {
	one, err := a.lab(tx, x.Lab)
	if err != nil {
		return "", err
	}
	two, err := a.lab(tx, y.Lab)
	return x.Name + " (" + one + ") and " + y.Name + " (" + two + ")", err
}

// pairWhy says why two people are paired.
func (rq *request) pairWhy(r *Round, pair PlannedPair, x, y *Person) string {
	var parts []string
	for _, side := range [][2]*Person{{x, y}, {y, x}} {
		clauses := because(topOf(rq.app.people.reasons(wish(side[0]), side[1].ID)), "shares", "looks for", "writes about")
		if len(clauses) > 0 && side[1].showsTopics(false) {
			parts = append(parts, firstName(side[1].Name)+" "+sentenceList(clauses))
		}
	}
	text := "No topic in common that I can see"
	if len(parts) > 0 {
		text = strings.Join(parts, "; ")
	}
	text += ". " + rq.app.hoursBetween(x, y, rq.now) + " " + capital(metBefore("they", pair.Weeks)) + "."
	if r.pinned(pair) {
		text += " Pinned."
	}
	return text
}

// metBefore says when a pair last met.
func metBefore(who string, weeks int) string {
	if weeks == 0 {
		return who + " have not met before"
	}
	return who + " last met " + counted(weeks, "week", "weeks") + " ago"
}

func (r *Round) pinned(pair PlannedPair) bool {
	return slices.ContainsFunc(r.Edits, func(o Override) bool {
		return slices.Contains(o.Pins, Twosome{pair.A, pair.B}) || slices.Contains(o.Pins, Twosome{pair.B, pair.A})
	})
}

// maxOutNamed is how many who sit out are named.
const maxOutNamed = 10

// addOut says who sits out and why.
func (rq *request) addOut(m *chat.Message, r *Round) error {
	if r.Plan.Out == 0 {
		return nil
	}
	var out []int64
	for n := max(r.Plan.Pairs-1, 0) / planPage; n < r.Plan.Pages && len(out) < maxOutNamed; n++ {
		p, err := planPageAt(rq.tx, r, r.Plan.N, n)
		if err != nil {
			return err
		}
		out = append(out, p.Out...)
	}
	out = out[:min(len(out), maxOutNamed)]
	first, err := load[*Sheet](rq.tx, KindSheet, pageID(r.ID, r.Frozen, 0))
	if err != nil {
		return err
	}
	if err := entrantsAt(rq.tx, r.ID, out); err != nil {
		return err
	}
	for _, turn := range out {
		p, err := personAt(rq.tx, r.ID, turn)
		if err != nil {
			return err
		}
		m.Body = append(m.Body, chat.T(chat.Strong(p.Name), " sits out: ", outText(barrier(first.Out[planID(turn)])), "."))
	}
	if more := r.Plan.Out - len(out); more > 0 {
		m.Body = append(m.Body, chat.T("and "+counted(more, "other person", "other people")))
	}
	return nil
}

// outText says why somebody has nobody to meet.
func outText(b barrier) string {
	switch b {
	case barrierLab:
		return "nearly everybody else is of their lab"
	case barrierHours:
		return "their working hours meet nobody's"
	case barrierLately:
		return "they met or were in touch with the others too lately, or keep to other people"
	case barrierAway:
		return "they are paused, away, or have too many asks open"
	case barrierAlone:
		return "nobody else has joined"
	case barrierNone:
	}
	return "it does not come out even, and the turn fell on them; they come first the next time"
}
