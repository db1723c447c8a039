package bot

import (
	"slices"
	"strconv"

	"interlab/bot/chat"
	"interlab/bot/exchange"
)

// What deliveries say about a piece of evidence; each carries its number.
const (
	noticeAdded     = "added"
	noticeConfirmed = "confirmed"
	noticeCredited  = "credited"
)

// tellEvidence tells those who sit in some seats something about evidence.
func (a *App) tellEvidence(tx *Tx, e *Exchange, seats []exchange.Seat, notice string) error {
	return a.withParties(tx, e, seats, func(p *Person) error {
		a.tell(tx, p, Delivery{Notice: notice, Subject: Ref{KindEvidence, e.ID}})
		return nil
	})
}

// renderEvidence says one thing about evidence to one of those it concerns.
func (a *App) renderEvidence(tx *Tx, d *Delivery, to *Person) (chat.Message, error) {
	v, err := load[*Evidence](tx, KindEvidence, d.Subject.ID)
	if err != nil {
		return chat.Message{}, err
	}
	e, err := load[*Exchange](tx, KindExchange, v.ID)
	if err != nil {
		return chat.Message{}, err
	}
	name, n, rev := pieceNotice(d.Notice)
	i := v.piece(n)
	if i < 0 || rev > 0 && rev != v.Items[i].Rev {
		return chat.Message{}, errMoot // taken away since, or another notice says how it is now
	}
	if name == noticeCredited {
		return a.creditedCard(tx, e, v.Items[i], to)
	}
	return a.pieceNews(tx, e, v.Items[i], to, d)
}

// pieceNews tells one side of what the other one said about a piece.
func (a *App) pieceNews(tx *Tx, e *Exchange, p Piece, to *Person, d *Delivery) (chat.Message, error) {
	name := baseName(d.Notice)
	_, err := e.Seat(e.partyOf(to))
	stale := name == noticeAdded && p.Confirmed != nil || name == noticeConfirmed && p.Confirmed == nil
	if err != nil || stale || !e.State.Working() {
		return chat.Message{}, errMoot
	}
	card, err := a.pieceCard(tx, e, p, to)
	if err != nil {
		return card, err
	}
	c, err := a.cast(tx, e)
	switch name {
	case noticeAdded:
		heard, err := a.heardOf(tx, d.Subject, p, to, d.Edit)
		if err != nil {
			return card, err
		}
		did := " added evidence: "
		if heard {
			did = " changed evidence: "
		}
		card.Title = c.nameOf(p.Declared.By) + did + p.Type.Label()
		if mayConfirm(e, p, to.ID) {
			card.Title += ". Is it there?"
			card.Note = chat.T("Only your side can say so; look at it first. ", card.Note)
		}
	case noticeConfirmed:
		card.Title = c.nameOf(p.Confirmed.By) + " confirmed: " + p.Type.Label()
	default:
		return chat.Message{}, unknownNotice(d)
	}
	return card, err
}

// confirmPiece takes the receiving side's word that a piece is there; ran, that
// they ran it themselves. A card of what it said before confirms nothing.
func confirmPiece(ran bool) func(*request) (chat.Message, error) {
	return func(rq *request) (chat.Message, error) {
		l, p, err := rq.leavingPiece(Settle)
		if err != nil {
			return chat.Message{}, err
		}
		if l.number(1) != p.Rev {
			card, err := rq.app.pieceCard(rq.tx, l.e, *p, rq.me)
			card.Title = "It was changed since"
			card.Body = append([]chat.Text{chat.T("Nothing was confirmed. This is what it says now:")}, card.Body...)
			return card, err
		}
		one, err := l.e.Confirm(p.Evidence, l.e.partyOf(rq.me), ran, rq.now)
		if refused(err, exchange.Twice) {
			return rq.app.pieceCard(rq.tx, l.e, *p, rq.me) // pressed twice
		}
		if err != nil {
			return chat.Message{}, dealt(err)
		}
		p.Evidence = one
		rq.kept(l)
		told := slices.DeleteFunc(exchange.Seats(), func(s exchange.Seat) bool { return l.e.Party(s).Person != p.Declared.By })
		if p.Declared.By == "" {
			told = nil
		}
		if err := rq.app.tellEvidence(rq.tx, l.e, told, numbered(noticeConfirmed, p.N)); err != nil {
			return chat.Message{}, err
		}
		card := chat.Message{Title: "Confirmed", Body: []chat.Text{chat.T(chat.Strong(p.Title), " counts as confirmed by your lab. I tell them.")}}
		if ran {
			card.Title = "Confirmed, and run by you"
		}
		return card, nil
	}
}

// dropPiece takes a piece away, for whoever added it.
func (rq *request) dropPiece() (chat.Message, error) {
	l, p, err := rq.leavingPiece(Settle)
	if err != nil {
		return chat.Message{}, err
	}
	if !mayChange(l.e, *p, rq.me.ID) {
		return chat.Message{}, denied("Only who added this can take it away. Nothing has changed.")
	}
	title := p.Title
	l.v.Items = slices.Delete(l.v.Items, l.v.piece(p.N), l.v.piece(p.N)+1)
	rq.kept(l)
	return chat.Message{Title: "Taken away", Body: []chat.Text{chat.T(chat.Strong(title), " is no longer kept here. It can be added again on the card of its goal: ", chat.Code("goal list"))}}, nil
}

// alsoShows lets a piece show another goal in the same direction.
func (rq *request) alsoShows() (chat.Message, error) {
	l, p, err := rq.leavingPiece(Settle)
	if err != nil {
		return chat.Message{}, err
	}
	press, _ := rq.event.Input.(chat.Press)
	n, err := strconv.Atoi(firstOr(press.Values, ""))
	g, ok := l.e.Goal(n)
	switch {
	case !mayChange(l.e, *p, rq.me.ID):
		return chat.Message{}, denied("Only who added this can change it. Nothing has changed.")
	case err != nil, !ok, !slices.Contains(receiversOf(l.e, *p), l.e.Receiver(g.Pledge)):
		return chat.Message{}, denied("Choose the goal from the list: one that goes the same way. Nothing has changed.")
	}
	if !slices.Contains(p.Goals, n) {
		p.Goals = append(p.Goals, n)
		slices.Sort(p.Goals)
		rq.kept(l)
	}
	return rq.app.pieceCard(rq.tx, l.e, *p, rq.me)
}
