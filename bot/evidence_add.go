package bot

import (
	"net/url"
	"slices"

	"interlab/bot/chat"
	"interlab/bot/exchange"
)

// byLink leaves it to the link to say what evidence is.
const byLink = "link"

// pieceForm asks for a piece of evidence, or for other words of one.
func (rq *request) pieceForm() (chat.Form, error) {
	form := chat.Form{
		Ref: chat.Ref{Route: controlRef(rq.event).Route, ID: controlRef(rq.event).ID}, Title: "Evidence", Submit: "Add",
		Fields: []chat.FormField{
			{Name: "where", Label: "Where is it?", Hint: "A public link, a DOI or an arXiv number; else a few words", Required: true, Max: exchange.MaxLink},
			{
				Name: "what", Label: "What is it?", Required: true, Value: byLink,
				Options: append([]chat.Option{{Label: "What the link looks like", Value: byLink}}, options(exchange.Artefacts(), exchange.Artefact.Label)...),
			},
			{Name: "licence", Label: "Its licence", Hint: "For example MIT, Apache-2.0, CC-BY-4.0. Without one nobody may use it", Max: 120},
			{Name: "version", Label: "Which version?", Hint: "A tag, a commit or a release, for example v1.2.0", Max: exchange.MaxShown},
			{Name: "title", Label: "A title", Hint: "Left empty, it is called what it is", Max: exchange.MaxDeclared},
		},
	}
	l, err := rq.leaving(Settle)
	if err != nil {
		return form, err
	}
	values := map[string]string{}
	if p, err := l.piece(); err == nil && controlRef(rq.event).Route == "evidence.edit" {
		form.Submit = "Save"
		values = map[string]string{"where": p.Where, "what": string(p.Type), "licence": p.Licence, "version": p.Version, "title": p.Title}
	}
	if l.draft != nil {
		values = l.draft.Values
	}
	return form.Fill(values), nil
}

// readPiece reads a form into evidence. The rest of it is left as it is.
func readPiece(v exchange.Evidence, values map[string]string) (exchange.Evidence, error) {
	v.Where, v.Licence, v.Version = chat.CleanLine(values["where"]), chat.CleanLine(values["licence"]), chat.CleanLine(values["version"])
	v.Type, v.Title = exchange.Artefact(values["what"]), chat.CleanLine(values["title"])
	if values["what"] == byLink || values["what"] == "" {
		v.Type = suggested(v.Where)
		if v.Type == "" {
			return v, &exchange.Refusal{Reason: exchange.BadArtefact, Sentence: "The link does not say what it is. Choose it from the list. Nothing was saved."}
		}
	}
	if v.Title == "" {
		v.Title = capital(v.Type.Label())
	}
	return v, nil
}

// suggested is what a link or an identifier looks like; "" if it says nothing.
func suggested(where string) exchange.Artefact {
	if id, found, err := exchange.FindIdentifier(where); found && err == nil {
		where = id.Link()
	}
	u, err := url.Parse(where)
	if err != nil {
		return ""
	}
	what, _ := exchange.Suggest(u)
	return what
}

// pieceLabels name the field that a refusal is about.
func pieceLabels() map[exchange.Reason]string {
	return map[exchange.Reason]string{
		"": "Evidence", exchange.BadLink: "Where is it?", exchange.SecretLink: "Where is it?", exchange.BadIdentifier: "Where is it?",
		exchange.BadLicence: "Its licence", exchange.BadArtefact: "What is it?", exchange.BadText: "A title",
		exchange.BadOpenness: "Who can get it?", exchange.BadDates: "The day",
	}
}

// addPiece takes a piece of evidence for a goal.
func (rq *request) addPiece() (chat.Message, error) { return rq.declare("evidence.add") }

// editPiece takes other words of a piece.
func (rq *request) editPiece() (chat.Message, error) { return rq.declare("evidence.edit") }

// declare takes what a form says of a piece, a new one or one that is there.
// What is only doubtful is asked about once.
func (rq *request) declare(route string) (chat.Message, error) {
	l, err := rq.leaving(Settle)
	if err != nil {
		return chat.Message{}, err
	}
	p, err := rq.declared(l, route)
	if err != nil {
		return rq.unsent(l, route, pieceLabels(), err)
	}
	if doubts := rq.doubts(l, p); len(doubts) > 0 {
		draft, err := rq.begunForm(l, false)
		if err != nil {
			return chat.Message{}, err
		}
		draft.Values[draftRoute] = route
		return doubtCard(draft, route, p, doubts), nil
	}
	return rq.savePiece(l, p)
}

// draftRoute names the form that a piece was typed in.
const draftRoute = ".route"

// declared is the piece that a form makes, checked; its number is 0 for a new one.
func (rq *request) declared(l *leaving, route string) (Piece, error) {
	p := Piece{Evidence: exchange.Evidence{Goals: []int{l.number(0)}}}
	if route != "evidence.add" {
		old, err := l.piece()
		if err != nil {
			return p, err
		}
		if !mayChange(l.e, *old, rq.me.ID) {
			return p, denied("Only who added this can change it. Nothing has changed.")
		}
		p = *old
	} else if len(l.v.Items) >= maxEvidence {
		return p, &exchange.Refusal{Reason: exchange.NotNow, Sentence: "There are forty pieces of evidence on this exchange already, which is as many as fit. Take one away first."}
	}
	var err error
	read := func(v exchange.Evidence) (exchange.Evidence, error) { return readPiece(v, l.values) }
	if route == "evidence.gate" {
		read = func(v exchange.Evidence) (exchange.Evidence, error) { return rq.readGate(v, l.values) }
	}
	one, err := read(p.Evidence)
	if err != nil {
		return p, err
	}
	old := p.Evidence
	p.Evidence, err = l.e.Declare(one, l.e.partyOf(rq.me), rq.today(), rq.now)
	if p.N > 0 {
		p.keepFrom(old)
	}
	return p, err
}

// keepFrom keeps of a piece what other words do not change: who declared it, and
// that it was confirmed, as long as it is the same thing at the same place.
func (p *Piece) keepFrom(old exchange.Evidence) {
	if old.Declared.By != "" {
		p.Declared = old.Declared
	}
	if p.Type == old.Type && p.Where == old.Where && p.Version == old.Version {
		p.Confirmed, p.Ran = old.Confirmed, old.Ran
	}
}

// doubts are what is doubtful about a piece beside the others.
func (rq *request) doubts(l *leaving, p Piece) []string {
	doubts := p.Doubts(agreedOn(l.e), rq.today())
	for _, other := range l.v.Items {
		if other.N != p.N && other.Where == p.Where && other.Type != p.Type && p.Link() != "" {
			doubts = append(doubts, "The same link stands for "+other.Type.Label()+" already. Link each of them where it is.")
		}
	}
	return doubts
}

// doubtCard says what is doubtful, once, and leaves it to the person.
func doubtCard(d *Draft, route string, p Piece, doubts []string) chat.Message {
	card := chat.Message{
		Title: "One thing looks doubtful",
		Body:  []chat.Text{chat.T(capital(p.Type.Label()), ": ", chat.Strong(p.Title), ". Nothing is saved yet.")},
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: "Fix", Ref: chat.Ref{Route: route, ID: d.ID}, Tone: chat.Main},
			chat.Button{Label: "Keep it as it is", Ref: chat.Ref{Route: "evidence.keep", ID: d.ID}},
		)},
		Note: chat.T("I did not open the link. What you typed is kept for a week."),
	}
	if len(doubts) > 1 {
		card.Title = "A few things look doubtful"
	}
	for _, doubt := range doubts {
		card.Body = append(card.Body, chat.T(doubt))
	}
	return card
}

// keepPiece saves what looked doubtful, as its author wants it.
func (rq *request) keepPiece() (chat.Message, error) {
	l, err := rq.leaving(Settle)
	if l == nil || l.draft == nil {
		return chat.Message{}, denied("This was saved already, or it is no longer kept: that is for a week. exchange show leads to what there is.")
	}
	if err != nil {
		return chat.Message{}, err
	}
	route := l.draft.Values[draftRoute]
	p, err := rq.declared(l, route)
	if err != nil {
		return rq.unsent(l, route, pieceLabels(), err)
	}
	return rq.savePiece(l, p)
}

// savePiece keeps a piece and has the other side asked. What was confirmed of
// other words is not confirmed any more.
func (rq *request) savePiece(l *leaving, p Piece) (chat.Message, error) {
	title, answered := "Added: ", false
	if i := l.v.piece(p.N); i >= 0 {
		title, answered = "Saved: ", l.v.Items[i].Confirmed != nil
		p.Rev++
		l.v.Items[i] = p
	} else {
		l.v.Last++
		p.N, p.Rev = l.v.Last, 1
		l.v.Items = append(l.v.Items, p)
	}
	rq.kept(l)
	asked := ""
	if p.Confirmed == nil {
		var err error
		if asked, err = rq.askToConfirm(l, p, answered); err != nil {
			return chat.Message{}, err
		}
	}
	card, err := rq.app.pieceCard(rq.tx, l.e, p, rq.me)
	card.Title = title + p.Type.Label()
	if asked != "" {
		card.Body = append(card.Body, chat.T(asked))
	}
	return card, err
}

// askToConfirm tells the other side of a piece, and says who can confirm it;
// answered, that an earlier revision of it was confirmed.
func (rq *request) askToConfirm(l *leaving, p Piece, answered bool) (string, error) {
	receivers := receiversOf(l.e, p)
	others := slices.DeleteFunc(slices.Clone(receivers), func(s exchange.Seat) bool { return l.e.Party(s).Person == p.Declared.By })
	if len(others) == 0 { // the receiving side says so itself; its giver hears of it
		side := l.e.seatOf(p.Declared.By).Side().Across()
		return "", rq.app.tellPiece(rq.tx, l.e, []exchange.Seat{side}, p, answered)
	}
	c, err := rq.app.cast(rq.tx, l.e)
	if err != nil {
		return "", err
	}
	seat := l.e.Party(others[0])
	return "I ask " + c.first(seat) + " of " + c.labs[seat.Lab] + " whether it is there. Until then it counts as declared.",
		rq.app.tellPiece(rq.tx, l.e, others, p, answered)
}

// receiversOf are the seats of those who receive one of the goals of a piece.
func receiversOf(e *Exchange, p Piece) []exchange.Seat {
	var seats []exchange.Seat
	for _, n := range p.Goals {
		if g, ok := e.Goal(n); ok && !slices.Contains(seats, e.Receiver(g.Pledge)) {
			seats = append(seats, e.Receiver(g.Pledge))
		}
	}
	return seats
}

// mayChange reports whether somebody may change a piece: whoever declared it,
// and anybody of the exchange once that one no longer sits in it.
func mayChange(e *Exchange, p Piece, person string) bool {
	sits := slices.ContainsFunc(exchange.Seats(), func(s exchange.Seat) bool {
		return p.Declared.By != "" && e.Party(s).Person == p.Declared.By
	})
	return p.Declared.By == person || !sits
}
