package bot

import (
	"errors"
	"slices"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// What deliveries say about the terms of an exchange. Those about one version
// of the terms carry its number.
const (
	noticeTerms          = "terms"
	noticeTermsAgain     = "termsagain"
	noticeVisitSigned    = "signed"
	noticeVisitDeclined  = "declined"
	noticeVisitLapsed    = "lapsed"
	noticeVisitCancelled = "cancelled"
	noticeVisitOver      = "over"
	noticeVisitEnded     = "ended"
	noticeVisitLeft      = "left" // the other one wanted to be forgotten

	noticeVisitBegan    = "began"
	noticeVisitDoubted  = "notbegun"
	noticeVisitStands   = "stands"
	noticeVisitGivenUp  = "givenup"
	noticeVisitPaused   = "paused"
	noticeVisitResumed  = "resumed"
	noticeVisitHanded   = "handed"
	noticeVisitTaken    = "taken"
	noticeVisitDone     = "done"
	noticeChangeMade    = "changed"
	noticeChangeRefused = "refused"
	noticeChangeLapsed  = "forgotten"
	noticeForLeads      = "forleads"
	noticeObjected      = "objected"
	noticeSeatEmpty     = "seatempty" // with the seat's number
	noticeSeatOffered   = "seatoffered"
	noticeSeatTaken     = "seattaken"
	noticeReopenWanted  = "reopen"
	noticeTalkWanted    = "talk" // with an organiser; with the seat's number
	noticeReopened      = "reopened"
)

// version is the version of the terms that the control was about.
func version(numbers []int) int {
	if len(numbers) == 0 {
		return -1
	}
	return numbers[0]
}

// agreeTerms signs the terms on the card: those on the table, or those that are
// to replace the ones in force. A card of earlier terms turns into the present
// ones, unsigned.
func (rq *request) agreeTerms() (chat.Message, error) {
	e, numbers, err := rq.pressed(Answer)
	if err != nil {
		return chat.Message{}, err
	}
	if e.State.Binding() && version(numbers) == e.Version {
		return rq.app.exchangeCard(rq.tx, e, rq.me) // pressed twice: it stands as agreed
	}
	if _, err := rq.partner(e); err != nil {
		return chat.Message{}, err
	}
	amends := e.Next != nil
	err = e.Agree(e.partyOf(rq.me), version(numbers), rq.today(), rq.now)
	if refused(err, exchange.Superseded) {
		return rq.present(e, "The terms have changed since", "Nothing was signed. These are the terms as they stand now:")
	}
	if refused(err, exchange.BadDates) && !amends {
		return chat.Message{}, denied("The first day, %s, has passed, so nothing was agreed. Press “Change” to name later days.", calendar.FormatDay(e.Terms.From))
	}
	if err != nil {
		return chat.Message{}, dealt(err)
	}
	rq.tx.put(e)
	return rq.signed(e, amends)
}

// signed tells everybody concerned of a signature, and what follows on the last.
func (rq *request) signed(e *Exchange, amends bool) (chat.Message, error) {
	if waits := append(e.Waiting(), e.WaitingNext()...); len(waits) > 0 {
		v := e.Version
		if e.Next != nil {
			v = e.Next.Version
		}
		if err := rq.app.tellSeats(rq.tx, e, rq.notMe(e, waits), numbered(noticeTerms, v)); err != nil {
			return chat.Message{}, err
		}
		return rq.present(e, "Signed", "Your signature is noted. The others who sign are asked next.")
	}
	if err := rq.app.settleDates(rq.tx, e); err != nil {
		return chat.Message{}, err
	}
	notice := numbered(noticeVisitSigned, e.Version)
	if amends {
		notice = numbered(noticeChangeMade, e.Version)
	}
	if err := rq.app.tellSeats(rq.tx, e, rq.notMe(e, signers(e)), notice); err != nil {
		return chat.Message{}, err
	}
	if !e.ObjectBy().IsZero() && !amends {
		if err := rq.app.tellSeats(rq.tx, e, []exchange.Seat{exchange.HomeLead, exchange.HostLead}, noticeForLeads); err != nil {
			return chat.Message{}, err
		}
	}
	return rq.agreedCard(e)
}

// signers are the seats that signed what is in force.
func signers(e *Exchange) []exchange.Seat {
	return slices.DeleteFunc(exchange.Seats(), func(s exchange.Seat) bool { return e.Signed[s].Person == "" })
}

// notMe are seats in which somebody else sits.
func (rq *request) notMe(e *Exchange, seats []exchange.Seat) []exchange.Seat {
	return slices.DeleteFunc(slices.Clone(seats), func(s exchange.Seat) bool { return e.Party(s).Person == rq.me.ID })
}

// agreedCard says what was agreed.
func (rq *request) agreedCard(e *Exchange) (chat.Message, error) {
	card, err := rq.app.exchangeCard(rq.tx, e, rq.me)
	if err != nil {
		return chat.Message{}, err
	}
	c, err := rq.app.cast(rq.tx, e)
	card.Title = "Agreed: " + c.whose(e.Terms, rq.me.ID)
	return card, err
}

// refused reports whether an error is a refusal for a reason.
func refused(err error, reason exchange.Reason) bool {
	var r *exchange.Refusal
	return errors.As(err, &r) && r.Reason == reason
}

// present is how an exchange stands, with a word before it.
func (rq *request) present(e *Exchange, title, words string) (chat.Message, error) {
	card, err := rq.app.exchangeCard(rq.tx, e, rq.me)
	card.Title = title
	card.Body = append([]chat.Text{chat.T(words)}, card.Body...)
	return card, err
}

// settleDates takes the first and the last day as moments, where the host is:
// that is where the visit takes place.
func (a *App) settleDates(tx *Tx, e *Exchange) error {
	if e.State != exchange.Scheduled && !e.State.Working() {
		return nil
	}
	zone := calendar.UTC()
	host, err := load[*Person](tx, KindPerson, e.Terms.Host.Person)
	if err == nil {
		zone = host.zone()
	} else if !errors.Is(err, errNotFound) {
		return err
	}
	e.Begins = a.startOf(e.Terms.From, zone)
	e.Ends = a.startOf(e.Terms.To.AddDays(1), zone)
	return nil
}

// declineTerms ends the talk about terms, for whoever does not want them or
// takes them back.
func (rq *request) declineTerms() (chat.Message, error) {
	e, numbers, err := rq.pressed(Answer)
	if err != nil {
		return chat.Message{}, err
	}
	if e.State.Open() && version(numbers) != e.Version {
		return rq.present(e, "The terms have changed since", "Nothing was declined. These are the terms as they stand now:")
	}
	if e.State.Binding() && version(numbers) != e.Version {
		return rq.refuseChange(e, version(numbers))
	}
	if err := e.Decline(e.partyOf(rq.me), rq.now); err != nil {
		return chat.Message{}, dealt(err)
	}
	rq.tx.put(e)
	if err := rq.tellOthers(e, noticeVisitDeclined); err != nil {
		return chat.Message{}, err
	}
	if e.State == exchange.Withdrawn {
		return chat.Message{Title: "Taken back", Body: []chat.Text{chat.T("They need not answer any more, and I tell them so.")}}, nil
	}
	return chat.Message{
		Title: "Declined",
		Body:  []chat.Text{chat.T("I tell them kindly that it does not come about. You stay introduced, and either of you may plan another one: ", chat.Code("exchange propose"))},
	}, nil
}

// refuseChange leaves agreed terms as they are, for whoever does not want others
// or takes them back.
func (rq *request) refuseChange(e *Exchange, version int) (chat.Message, error) {
	err := e.Refuse(e.partyOf(rq.me), version)
	if refused(err, exchange.Superseded) {
		return rq.present(e, "That change is no longer open", "Nothing was declined. This is how it stands now:")
	}
	if err != nil {
		return chat.Message{}, dealt(err)
	}
	rq.tx.put(e)
	if err := rq.tellOthers(e, noticeChangeRefused); err != nil {
		return chat.Message{}, err
	}
	return rq.present(e, "It stays as agreed", "The change is off the table, and I tell them so. What was agreed before holds.")
}

// tellOthers tells the visitor and the host, but for whoever did it.
func (rq *request) tellOthers(e *Exchange, notice string) error {
	return rq.app.tellSeats(rq.tx, e, rq.notMe(e, []exchange.Seat{exchange.Visitor, exchange.Host}), notice)
}

// cancelExchange calls off an exchange that has not begun.
func (rq *request) cancelExchange() (chat.Message, error) {
	e, numbers, err := rq.pressed(Settle)
	if err != nil {
		return chat.Message{}, err
	}
	if version(numbers) != e.Version {
		return rq.present(e, "The terms have changed since", "Nothing was cancelled. This is how it stands now:")
	}
	if err := e.Cancel(e.partyOf(rq.me), rq.now); err != nil {
		return chat.Message{}, dealt(err)
	}
	rq.tx.put(e)
	if err := rq.tellOthers(e, noticeVisitCancelled); err != nil {
		return chat.Message{}, err
	}
	return chat.Message{
		Title: "Cancelled",
		Body:  []chat.Text{chat.T("I tell them, and ask nothing more about it. Nobody else is told. To plan another one: ", chat.Code("exchange propose"))},
	}, nil
}

// endExchange ends an exchange that is under way.
func (rq *request) endExchange() (chat.Message, error) {
	e, _, err := rq.pressed(Settle)
	if err != nil {
		return chat.Message{}, err
	}
	if err := e.EndNow(e.partyOf(rq.me), rq.now); err != nil {
		return chat.Message{}, dealt(err)
	}
	rq.tx.put(e)
	if err := rq.tellOthers(e, noticeVisitEnded); err != nil {
		return chat.Message{}, err
	}
	return rq.present(e, "Ended", "I tell them that it is over, and nobody is asked why. What was reached can still be claimed and confirmed.")
}
