package bot

import (
	"fmt"
	"strings"
	"time"

	"interlab/bot/chat"
	"interlab/bot/exchange"
)

// quickly is how soon after somebody was told of a piece another change of it is
// told by what they have rather than by one more message: people mend what they
// have just written.
const quickly = 10 * time.Minute

// tellPiece has those who sit in some seats read what a piece says now. Each
// change carries the revision that it is about, so that of several that wait for
// somebody's morning the last alone is sent; one soon after another takes its
// place where it stands. A piece that was confirmed in between is told anew: a
// message that was answered is not looked at again.
func (a *App) tellPiece(tx *Tx, e *Exchange, seats []exchange.Seat, p Piece, answered bool) error {
	return a.withParties(tx, e, seats, func(to *Person) error {
		d := Delivery{Notice: joinID(noticeAdded, p.N, p.Rev), Subject: Ref{KindEvidence, e.ID}}
		told, err := a.toldOfPiece(tx, d.Subject, p.N, to)
		if err != nil {
			return err
		}
		if n := len(told); n > 0 && !answered && tx.now.Sub(told[n-1].Settled) < quickly {
			d.Edit, d.NotBefore = told[n-1].Posted, tx.now
		}
		a.tell(tx, to, d)
		return nil
	})
}

// toldOfPiece are the messages in which somebody was told that a piece was added
// or changed, as far as they are remembered, the last at the end.
func (a *App) toldOfPiece(tx *Tx, about Ref, n int, to *Person) ([]*Delivery, error) {
	all, err := listAll[*Delivery](tx, deliveriesAbout+about.String())
	if err != nil {
		return nil, err
	}
	var told []*Delivery
	for _, d := range all {
		if name, of, _ := pieceNotice(d.Notice); name == noticeAdded && of == n && d.To == to.ID && d.Progress == Sent {
			told = append(told, d)
		}
	}
	return told, nil
}

// heardOf reports whether somebody was told of a piece before, in another message
// than the one that is to be replaced.
func (a *App) heardOf(tx *Tx, about Ref, p Piece, to *Person, replaced chat.Posted) (bool, error) {
	told, err := a.toldOfPiece(tx, about, p.N, to)
	for _, d := range told {
		if d.Posted != replaced {
			return true, err
		}
	}
	return p.Rev > 1 && tx.now.Sub(p.Declared.At) > deliveryLife, err // no longer remembered
}

// pieceNotice takes a notice apart: what it says, the number of its piece and the
// revision; 0 for one that speaks of none.
func pieceNotice(notice string) (name string, n, rev int) {
	name, rest, _ := strings.Cut(notice, ".")
	if _, err := fmt.Sscanf(rest, "%d.%d", &n, &rev); err != nil {
		_, n = noticeNumber(notice)
		rev = 0
	}
	return name, n, rev
}
