package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/bot/exchange/export"
	"interlab/calendar"
)

const (
	ownRoute = "report.web"
	// ownPurpose is what a lab's address is signed for: nothing else that the ring
	// signs counts as one.
	ownPurpose = "a lab's own figures"
	// ownLife is how long such an address leads anywhere.
	ownLife = time.Hour
)

// labRows are the buttons below the report of a lab.
func (a *App) labRows(lab string, during span) []chat.Row {
	rows := chartRows(lab, during)
	if a.public != "" {
		rows = append(rows, chat.NewRow(chat.Button{Label: "See it on the web", Ref: chat.Ref{Route: ownRoute, ID: during.id(lab)}}))
	}
	return rows
}

// ownAddress signs an address for whoever asks. Nothing of it is kept: it says
// whose it is, of which lab, and until when, and nobody else can make one.
func (rq *request) ownAddress() (chat.Message, error) {
	of, lab, during, err := rq.reported()
	if err != nil {
		return chat.Message{}, err
	}
	if lab == nil || rq.app.public == "" {
		return chat.Message{}, denied("These figures have no page on the web.")
	}
	token, err := rq.app.store.ring.Load().Sign(ownPurpose, []byte(rq.me.ID+"\n"+of.Lab), rq.now.Add(ownLife))
	if err != nil {
		return chat.Message{}, fmt.Errorf("sign an address of lab %s: %w", of.Lab, err)
	}
	address := rq.app.public + "/own/" + token
	if period := during.text(); period != "" {
		address += "?period=" + period
	}
	return chat.Message{
		Title: lab.Name + " on the web",
		Body: []chat.Text{
			chat.T(chat.Link{Label: "The figures of " + lab.Name, URL: address}, ", with pictures and files."),
			chat.T("The address is for you and works for an hour. Whoever else has it sees the same, so do not pass it on: the files name people and goals of your exchanges."),
		},
		Note: chat.T("It leads nowhere from the moment you may no longer see these figures. For a new one: ", chat.Code("report lab")),
	}, nil
}

// errNoView is what everybody hears whose address counts for nothing, whatever the
// reason.
func errNoView() error { return denied("There is nothing here.") }

// opened is who has an address and of which lab it is, if it counts still and that
// person may see these figures now.
func (a *App) opened(tx *Tx, token string) (Actor, *Lab, error) {
	said, err := a.store.ring.Load().Verify(ownPurpose, token, tx.now)
	if err != nil {
		return Actor{}, nil, errNoView()
	}
	person, of, _ := strings.Cut(string(said), "\n")
	p, err := load[*Person](tx, KindPerson, person)
	var lab *Lab
	if err == nil {
		lab, err = load[*Lab](tx, KindLab, of)
	}
	if errors.Is(err, errNotFound) {
		return Actor{}, nil, errNoView()
	}
	if err != nil {
		return Actor{}, nil, fmt.Errorf("whose figures: %w", err)
	}
	who := a.actorOf(p)
	if !Can(who, Report, Object{Kind: KindLab, Lab: lab.ID}) {
		return Actor{}, nil, errNoView()
	}
	return who, lab, nil
}

// LabFigures are the figures of a lab for whoever has a token of theirs, which is
// the end of an address that report lab gave them, of a period as chat has it, ""
// for all time. A token that was not signed here, is too old, or is of somebody
// who may not see them any more is a *Denied. A period that is none is told in
// the figures' Problem, which are of all time then.
func (a *App) LabFigures(ctx context.Context, token, period string) (Figures, error) {
	tx := newTx(ctx, a.store, a.clock.Now(), a.ids)
	_, lab, err := a.opened(tx, token)
	if err != nil {
		return Figures{}, err
	}
	during, problem := a.spanOrAll(tx, period)
	of := exchange.Scope{Lab: lab.ID}
	h, err := a.holdings(tx, of)
	if err != nil {
		return Figures{}, err
	}
	made, err := a.artefacts(tx, lab.ID)
	if err != nil {
		return Figures{}, err
	}
	names := map[string]string{}
	for _, l := range h.labs {
		names[l.ID] = l.Name
	}
	f := figuresOf(a.ledger(h), a.wholeDays(tx, during), of, names)
	f.Lab, f.Words, f.Period, f.Problem, f.Made = Choice{lab.ID, lab.Name}, during.words(), during.text(), problem, made
	return f, nil
}

// LabExport is a file of a lab's own records, as report export sends it, for
// whoever has a token of theirs. Who that is may read the texts of their own
// exchanges alone.
func (a *App) LabExport(ctx context.Context, token, period string, format Format) (export.File, error) {
	tx := newTx(ctx, a.store, a.clock.Now(), a.ids)
	who, lab, err := a.opened(tx, token)
	if err != nil {
		return export.File{}, err
	}
	during, problem := a.spanOrAll(tx, period)
	if problem != "" {
		return export.File{}, errNoView()
	}
	of := exchange.Scope{Lab: lab.ID}
	h, err := a.holdings(tx, of)
	if err != nil {
		return export.File{}, err
	}
	b, err := a.book(tx, h, of, during, func(e *Exchange) bool { return Can(who, Look, e.object()) })
	if err != nil {
		return export.File{}, err
	}
	return bound(b, format)
}

// spanOrAll reads a period, or says what is wrong with it.
func (a *App) spanOrAll(tx *Tx, period string) (span, string) {
	during, err := parseSpan(chat.CleanLine(period), a.zones.Today(tx.now, calendar.UTC()))
	var refused *Denied
	if errors.As(err, &refused) {
		return span{}, refused.Text
	}
	if err != nil {
		return span{}, "This period cannot be read."
	}
	return during, ""
}

// wholeDays is a span as figures have it; all time is up to the end of today, so
// that figures of one day are the same.
func (a *App) wholeDays(tx *Tx, during span) exchange.Period {
	if during == (span{}) {
		return exchange.Period{To: endOfDay(tx.now)}
	}
	return during.period(tx.now)
}

// text is a span as parseSpan reads it.
func (s span) text() string {
	if s == (span{}) {
		return ""
	}
	return s.first.String() + ".." + s.last.String()
}

func endOfDay(now time.Time) time.Time {
	return now.UTC().Truncate(24*time.Hour).AddDate(0, 0, 1)
}
