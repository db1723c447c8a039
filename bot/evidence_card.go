package bot

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// maxShownEvidence is how many pieces the card of a goal or an exchange names.
const maxShownEvidence = 5

// agreedOn is the day on which the goals of an exchange were agreed.
func agreedOn(e *Exchange) calendar.Date { return dateOf(e.Agreed) }

// dateOf is the day of a moment by UTC, none for no moment.
func dateOf(at time.Time) calendar.Date {
	if at.IsZero() {
		return calendar.Date{}
	}
	d, err := calendar.NewDate(at.UTC().Year(), at.UTC().Month(), at.UTC().Day())
	if err != nil {
		return calendar.Date{}
	}
	return d
}

// whereText is where evidence is, as a link where it is one. Nobody of ours opens it.
func whereText(v exchange.Evidence) chat.Text {
	where := chat.T(v.Where)
	if link := v.Link(); link != "" {
		where = chat.T(chat.Link{Label: v.Where, URL: link})
	}
	if v.Version != "" {
		where = append(where, chat.Say(", version "+v.Version))
	}
	if v.Licence != "" {
		where = append(where, chat.Say(", "+v.Licence))
	}
	return where
}

// knownAs says how well a piece is known.
func (c cast) knownAs(e *Exchange, p Piece) string {
	if p.Confirmed == nil {
		return "declared, not confirmed yet"
	}
	lab := "the lab that received it"
	if seats := receiversOf(e, p); len(seats) > 0 {
		lab = c.labs[e.Party(seats[0]).Lab]
	}
	if p.Ran {
		return "confirmed by " + lab + ", which ran it itself"
	}
	return "confirmed by " + lab
}

// pieceLine is a piece in a line of another card.
func (c cast) pieceLine(e *Exchange, p Piece, today calendar.Date) chat.Text {
	open := "not open"
	if p.Open(today) {
		open = "open, " + p.Licence
	}
	return chat.T(capital(p.Type.Label()), ": ", chat.Strong(p.Title), " (", open, "; ", c.knownAs(e, p), ")")
}

// pieceCard is a piece of evidence, for somebody of the exchange.
func (a *App) pieceCard(tx *Tx, e *Exchange, p Piece, to *Person) (chat.Message, error) {
	c, err := a.cast(tx, e)
	if err != nil {
		return chat.Message{}, err
	}
	today := a.zones.Today(tx.now, to.zone())
	card := chat.Message{Title: capital(p.Type.Label()), Note: chat.T("I have not opened the link. Part of ", c.whose(e.Terms, to.ID), ".")}
	card.Body = append(card.Body, chat.T(chat.Strong(p.Title)), whereText(p.Evidence), chat.T(reachWords(p.Evidence, today)))
	if names, err := a.creditNames(tx, c, p.Evidence); err != nil {
		return card, err
	} else if names != "" {
		card.Body = append(card.Body, chat.T("By ", names, "."))
	}
	card.Body = append(card.Body, chat.T("Added by ", c.nameOf(p.Declared.By), " on ", a.day(p.Declared.At, to), "; ", c.knownAs(e, p), "."))
	for _, n := range p.Goals {
		if g, ok := e.Goal(n); ok {
			card.Body = append(card.Body, chat.T("It shows: ", chat.Strong(g.Text), "."))
		}
	}
	if _, err := e.Seat(e.partyOf(to)); err != nil || !e.State.Working() {
		return card, nil //nolint:nilerr // who stands for neither lab any more only reads
	}
	card.Rows = pieceRows(e, p, c, to)
	return card, nil
}

// pieceRows are what somebody of the exchange can do about a piece.
func pieceRows(e *Exchange, p Piece, c cast, to *Person) []chat.Row {
	var rows []chat.Row
	if mayConfirm(e, p, to.ID) {
		row := []chat.Button{step(e, "We ran it ourselves", "evidence.ran", p.N, p.Rev)}
		if p.Confirmed == nil {
			row = append([]chat.Button{toned(step(e, "Confirm", "evidence.confirm", p.N, p.Rev), chat.Main)}, row...)
		}
		rows = append(rows, chat.NewRow(row...))
	}
	if mayChange(e, p, to.ID) {
		rows = append(rows, chat.NewRow(
			step(e, "Change", "evidence.edit", p.N), step(e, "Who can get it", "evidence.gate", p.N),
			step(e, "Who did what", "evidence.credit", p.N), step(e, "Look a text over", "evidence.paste", p.N), toned(step(e, "Take it away", "evidence.drop", p.N), chat.Danger),
		))
		if more := otherGoals(e, p, c); len(more) > 0 {
			rows = append(rows, chat.NewMenu(chat.Menu{Ref: chat.Ref{Route: "evidence.also", ID: joinID(e.ID, p.N)}, Hint: "It shows another goal too", Options: more}))
		}
	}
	return rows
}

// mayConfirm reports whether somebody can say for the receiving side that a piece is there.
func mayConfirm(e *Exchange, p Piece, person string) bool {
	seats := receiversOf(e, p)
	return p.Declared.By != person && !p.Ran && e.has(person) && slices.Contains(seats, e.seatOf(person).Side())
}

// has reports whether somebody sits in the exchange.
func (e *Exchange) has(person string) bool {
	return slices.ContainsFunc(exchange.Seats(), func(s exchange.Seat) bool { return e.Party(s).Person == person })
}

// otherGoals are the goals in the direction of a piece that it does not show yet.
func otherGoals(e *Exchange, p Piece, c cast) []chat.Option {
	var found []chat.Option
	for _, g := range e.Goals {
		if !slices.Contains(p.Goals, g.N) && slices.Contains(receiversOf(e, p), e.Receiver(g.Pledge)) && len(found) < chat.MaxOptions {
			found = append(found, chat.Option{Label: clip(c.way(g.Way())+": "+g.Text, chat.MaxOptionText), Value: fmt.Sprint(g.N)})
		}
	}
	return found
}

// evidenceLines name pieces on another card, the latest where there are many.
func (c cast) evidenceLines(e *Exchange, pieces []Piece, today calendar.Date) []chat.Text {
	var lines []chat.Text
	for _, p := range pieces[max(0, len(pieces)-maxShownEvidence):] {
		lines = append(lines, c.pieceLine(e, p, today))
	}
	if more := len(pieces) - maxShownEvidence; more > 0 {
		lines = append(lines, chat.T("And ", counted(more, "earlier piece", "earlier pieces"), " of evidence."))
	}
	return lines
}

// goalCard is how a goal stands, with what shows it, for one of the two.
func (a *App) goalCard(tx *Tx, e *Exchange, g exchange.Goal, to *Person) (chat.Message, error) {
	card, err := a.goalAlone(tx, e, g, to)
	if err != nil || !e.State.Working() {
		return card, err
	}
	v, err := a.evidence(tx, e)
	if err != nil {
		return card, err
	}
	c, err := a.cast(tx, e)
	if err != nil {
		return card, err
	}
	pieces := v.of(g.N)
	card.Body = append(card.Body, c.evidenceLines(e, pieces, a.zones.Today(tx.now, to.zone()))...)
	if _, err := e.Seat(e.partyOf(to)); err != nil {
		return card, nil //nolint:nilerr // who stands for neither lab any more only reads
	}
	if g.State != exchange.GoalDropped && g.State != exchange.GoalMissed {
		card.Rows = append(card.Rows, chat.NewRow(step(e, "Add evidence", "evidence.add", g.N)))
	}
	if len(pieces) > 0 {
		card.Rows = append(card.Rows, chat.NewMenu(pieceMenu(e, pieces)))
	}
	return card, nil
}

// pieceMenu opens one of several pieces.
func pieceMenu(e *Exchange, pieces []Piece) chat.Menu {
	menu := chat.Menu{Ref: chat.Ref{Route: "evidence.open"}, Hint: "Open a piece of evidence"}
	for _, p := range pieces[max(0, len(pieces)-chat.MaxOptions):] {
		menu.Options = append(menu.Options, chat.Option{Label: clip(capital(p.Type.Label())+": "+p.Title, chat.MaxOptionText), Value: joinID(e.ID, p.N)})
	}
	return menu
}

// exchangeCard is how an exchange stands with what it left behind, for one of
// the two, with what they can do about it.
func (a *App) exchangeCard(tx *Tx, e *Exchange, to *Person) (chat.Message, error) {
	card, err := a.exchangeAlone(tx, e, to)
	if err != nil || !e.State.Binding() || e.State == exchange.Scheduled || e.State == exchange.NotStarted {
		return card, err
	}
	v, err := a.evidence(tx, e)
	if err != nil {
		return card, err
	}
	lines, err := a.leftLines(tx, e, v, to)
	if err != nil {
		return card, err
	}
	card.Body = append(card.Body, lines...)
	if _, err := e.Seat(e.partyOf(to)); err != nil || !e.State.Working() {
		return card, nil //nolint:nilerr // who stands for neither lab any more only reads
	}
	card.Rows = withButton(card.Rows, step(e, "Evidence and releases", "evidence.list"))
	return card, nil
}

// leftLines are what an exchange left behind, on its card. Of a fellowship they
// are its deliverables: what anybody may get and use.
func (a *App) leftLines(tx *Tx, e *Exchange, v *Evidence, to *Person) ([]chat.Text, error) {
	c, err := a.cast(tx, e)
	if err != nil {
		return nil, err
	}
	today := a.zones.Today(tx.now, to.zone())
	var lines []chat.Text
	if e.Terms.Kind == exchange.Fellowship {
		lines = deliverableLines(v, today)
	} else {
		lines = c.evidenceLines(e, v.Items, today)
	}
	for _, k := range v.Kits {
		lines = append(lines, chat.T("Release, ", profileLabel(k.Profile), ". ", k.Summary(today)))
	}
	return lines, nil
}

// deliverableLines are the open artefacts of a fellowship.
func deliverableLines(v *Evidence, today calendar.Date) []chat.Text {
	shown := v.Shown(today)
	if len(shown) == 0 {
		return []chat.Text{chat.T(chat.Strong("Deliverables: "), "none is open yet. What both of you add with an open licence stands here.")}
	}
	lines := []chat.Text{chat.T(chat.Strong("Deliverables"), ", open to all:")}
	for _, one := range shown[max(0, len(shown)-maxShownEvidence):] {
		lines = append(lines, append(chat.T(capital(one.Type.Label()), ": ", chat.Strong(one.Title), ". "), whereText(one)...))
	}
	if more := len(shown) - maxShownEvidence; more > 0 {
		lines = append(lines, chat.T("And ", counted(more, "earlier one", "earlier ones"), "."))
	}
	return lines
}

// withButton adds a button to the last row of buttons that has room, for a card
// has few rows.
func withButton(rows []chat.Row, b chat.Button) []chat.Row {
	rows = slices.Clone(rows)
	for i := len(rows) - 1; i >= 0; i-- {
		if n := len(rows[i].Buttons); rows[i].Menu == nil && n < chat.MaxButtons {
			rows[i].Buttons = append(slices.Clone(rows[i].Buttons), b)
			return rows
		}
	}
	if len(rows) < chat.MaxRows {
		rows = append(rows, chat.NewRow(b))
	}
	return rows
}

// listEvidence shows everything that an exchange left behind.
func (rq *request) listEvidence() (chat.Message, error) {
	l, err := rq.leaving(Look)
	if err != nil {
		return chat.Message{}, err
	}
	c, err := rq.app.cast(rq.tx, l.e)
	if err != nil {
		return chat.Message{}, err
	}
	card := chat.Message{Title: "What " + c.whose(l.e.Terms, rq.me.ID) + " leaves behind", Note: chat.T("Nobody here has opened a link. What is open stands in ", chat.Code("report artefacts"), " too.")}
	today := rq.today()
	for _, p := range l.v.Items {
		card.Body = append(card.Body, c.pieceLine(l.e, p, today))
	}
	for _, k := range l.v.Kits {
		card.Body = append(card.Body, chat.T("Release, ", profileLabel(k.Profile), ". ", k.Summary(today)))
	}
	if len(card.Body) == 0 {
		card.Body = []chat.Text{chat.T("Nothing yet. Evidence is added on the card of the goal that it shows; a release has a place for everything that belongs to a model, a dataset, code, an evaluation, a negative result or a talk.")}
	}
	for _, said := range exchange.Contradictions(l.v.All()) {
		card.Body = append(card.Body, chat.T(said))
	}
	card.Rows = leftRows(l, c)
	return card, nil
}

// leftRows lead on from the list of what an exchange left behind.
func leftRows(l *leaving, c cast) []chat.Row {
	var rows []chat.Row
	if len(l.v.Items) > 0 {
		rows = append(rows, chat.NewMenu(pieceMenu(l.e, l.v.Items)))
	}
	if len(l.v.Kits) > 0 {
		menu := chat.Menu{Ref: chat.Ref{Route: "pack.open"}, Hint: "Open a release"}
		for _, k := range l.v.Kits {
			menu.Options = append(menu.Options, chat.Option{Label: capital(profileLabel(k.Profile)), Value: joinID(l.e.ID, k.N)})
		}
		rows = append(rows, chat.NewMenu(menu))
	}
	if !l.e.State.Working() {
		return rows
	}
	goals := chat.Menu{Ref: chat.Ref{Route: "goal.open"}, Hint: "Add evidence for a goal", Options: goalOptions(l.e, c)}
	packs := chat.Menu{Ref: chat.Ref{Route: "pack.begin", ID: l.e.ID}, Hint: "Begin a release", Options: options(exchange.Profiles(), profileLabel)}
	return append(rows, chat.NewMenu(goals), chat.NewMenu(packs))
}

// openPiece shows a piece of evidence.
func (rq *request) openPiece() (chat.Message, error) {
	l, p, err := rq.leavingPiece(Look)
	if err != nil {
		return chat.Message{}, err
	}
	return rq.app.pieceCard(rq.tx, l.e, *p, rq.me)
}

// rolesSaid are roles in a sentence.
func rolesSaid(roles []exchange.Role) string {
	var names []string
	for _, r := range roles {
		names = append(names, r.Label())
	}
	return strings.Join(names, ", ")
}
