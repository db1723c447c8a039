package bot

import (
	"errors"

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
	noticeVisitBegins    = "begins"
	noticeVisitOver      = "over"
	noticeVisitEnded     = "ended"
)

// version is the version of the terms that the control was about.
func version(numbers []int) int {
	if len(numbers) == 0 {
		return -1
	}
	return numbers[0]
}

// agreeTerms signs the terms on the card. A card of earlier terms turns into
// the present ones, unsigned.
func (rq *request) agreeTerms() (chat.Message, error) {
	e, numbers, err := rq.pressed(Answer)
	if err != nil {
		return chat.Message{}, err
	}
	if e.State.Binding() && version(numbers) == e.Version {
		return rq.app.exchangeCard(rq.tx, e, rq.me) // pressed twice: it stands as agreed
	}
	other, err := rq.partner(e)
	if err != nil {
		return chat.Message{}, err
	}
	err = e.Agree(rq.me.party(), version(numbers), rq.today(), rq.now)
	if refused(err, exchange.Superseded) {
		return rq.present(e, "The terms have changed since", "Nothing was signed. These are the terms as they stand now:")
	}
	if refused(err, exchange.BadDates) {
		return chat.Message{}, denied("The first day, %s, has passed, so nothing was agreed. Press “Change” to name later days.", calendar.FormatDay(e.Terms.From))
	}
	if err != nil {
		return chat.Message{}, dealt(err)
	}
	if err := rq.app.settleDates(rq.tx, e); err != nil {
		return chat.Message{}, err
	}
	rq.tx.put(e)
	rq.app.tell(rq.tx, other, Delivery{Notice: numbered(noticeVisitSigned, e.Version), Subject: e.Ref()})
	return rq.agreedCard(e)
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
	if e.State != exchange.Scheduled {
		return nil
	}
	host, err := load[*Person](tx, KindPerson, e.Terms.Host.Person)
	if err != nil {
		return err
	}
	e.Begins = a.startOf(e.Terms.From, host.zone())
	e.Ends = a.startOf(e.Terms.To.AddDays(1), host.zone())
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
	if err := e.Decline(rq.me.party(), rq.now); err != nil {
		return chat.Message{}, dealt(err)
	}
	rq.tx.put(e)
	if err := rq.tellOther(e, noticeVisitDeclined); err != nil {
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

// tellOther tells the other one of an exchange, where they are still here.
func (rq *request) tellOther(e *Exchange, notice string) error {
	other, err := load[*Person](rq.tx, KindPerson, e.other(rq.me.ID).Person)
	if errors.Is(err, errNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	rq.app.tell(rq.tx, other, Delivery{Notice: notice, Subject: e.Ref()})
	return nil
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
	if err := e.Cancel(rq.me.party(), rq.now); err != nil {
		return chat.Message{}, dealt(err)
	}
	rq.tx.put(e)
	if err := rq.tellOther(e, noticeVisitCancelled); err != nil {
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
	if err := e.EndNow(rq.me.party(), rq.now); err != nil {
		return chat.Message{}, dealt(err)
	}
	rq.tx.put(e)
	if err := rq.tellOther(e, noticeVisitEnded); err != nil {
		return chat.Message{}, err
	}
	return rq.present(e, "Ended", "I tell them. What was reached can still be claimed and confirmed.")
}
