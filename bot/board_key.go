package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/bot/exchange/export"
	"interlab/calendar"
)

// LabKey is what is kept of a secret address at which somebody looks at the
// figures of a lab: a hash, by which the address is known when it is asked for.
type LabKey struct {
	Hash  string    `json:"hash"`
	Lab   string    `json:"lab"`
	Until time.Time `json:"until"`
}

const (
	labKeyRoute = "report.web"
	// labKeyLife is how long such an address leads anywhere.
	labKeyLife = time.Hour
	// labKeysMost is how many a person has at a time; another ends the oldest.
	labKeysMost = 5
)

// personByLabKey is the unique entry of the hash of a key.
func personByLabKey(hash string) string { return "board.key/" + hash }

// labKeyHash is what is kept of a key, which is as long as that of a calendar.
func labKeyHash(key string) string { return hashFor("board", key) }

// labRows are the buttons below the report of a lab.
func (a *App) labRows(lab string, during span) []chat.Row {
	rows := chartRows(lab, during)
	if a.public != "" {
		rows = append(rows, chat.NewRow(chat.Button{Label: "See it on the web", Ref: chat.Ref{Route: labKeyRoute, ID: during.id(lab)}}))
	}
	return rows
}

// newLabKey makes an address, which is said aloud and not kept.
func (rq *request) newLabKey() (chat.Message, error) {
	of, lab, during, err := rq.reported()
	if err != nil {
		return chat.Message{}, err
	}
	if lab == nil || rq.app.public == "" {
		return chat.Message{}, denied("These figures have no page on the web.")
	}
	key, err := rq.app.secretKey()
	if err != nil {
		return chat.Message{}, err
	}
	windows := slices.DeleteFunc(slices.Clone(rq.me.Windows), func(k LabKey) bool { return !rq.now.Before(k.Until) })
	windows = append(windows, LabKey{Hash: labKeyHash(key), Lab: of.Lab, Until: rq.now.Add(labKeyLife)})
	rq.me.Windows = windows[max(0, len(windows)-labKeysMost):]
	rq.tx.put(rq.me)
	address := rq.app.public + "/own/" + key
	if during != (span{}) {
		address += "?period=" + during.first.String() + ".." + during.last.String()
	}
	rq.tx.aloud = &chat.Message{
		Title: lab.Name + " on the web",
		Body: []chat.Text{
			chat.T(chat.Link{Label: "The figures of " + lab.Name, URL: address}, ", with pictures and files."),
			chat.T("The address is for you and works for an hour. Whoever else has it sees the same, so do not pass it on: the files name people and goals of your exchanges."),
		},
		Note: chat.T("I show it this once. It leads nowhere from the moment you may no longer see these figures."),
	}
	return chat.Message{Body: []chat.Text{chat.T("I showed the address once and have not kept it. For a new one: ", chat.Code("report lab"))}}, nil
}

// errNoWindow is what everybody hears whose key counts for nothing, whatever the
// reason.
func errNoWindow() error { return denied("There is nothing here.") }

// opened is whose key it is and of which lab, if it counts still and its person
// may see these figures now.
func (a *App) opened(tx *Tx, key string) (Actor, *Lab, error) {
	hash := labKeyHash(key)
	p, err := owner[*Person](tx, personByLabKey(hash))
	if errors.Is(err, errNotFound) {
		return Actor{}, nil, errNoWindow()
	}
	if err != nil {
		return Actor{}, nil, fmt.Errorf("whose figures: %w", err)
	}
	i := slices.IndexFunc(p.Windows, func(k LabKey) bool { return k.Hash == hash })
	if i < 0 || !tx.now.Before(p.Windows[i].Until) {
		return Actor{}, nil, errNoWindow()
	}
	who := a.actorOf(p)
	lab, err := load[*Lab](tx, KindLab, p.Windows[i].Lab)
	switch {
	case errors.Is(err, errNotFound):
		return Actor{}, nil, errNoWindow()
	case err != nil:
		return Actor{}, nil, fmt.Errorf("whose figures: %w", err)
	case !Can(who, Report, Object{Kind: KindLab, Lab: lab.ID}):
		return Actor{}, nil, errNoWindow()
	}
	return who, lab, nil
}

// LabFigures are the figures of a lab for whoever has a key to them, of a period
// as chat has it, "" for all time. A key that is unknown, too old, or of somebody
// who may not see them any more is a *Denied. A period that is none is told in
// the figures' Problem, which are of all time then.
func (a *App) LabFigures(ctx context.Context, key, period string) (Figures, error) {
	tx := newTx(ctx, a.store, a.clock.Now(), a.ids)
	_, lab, err := a.opened(tx, key)
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
// whoever has a key. Who that is may read the texts of their own exchanges alone.
func (a *App) LabExport(ctx context.Context, key, period string, format Format) (export.File, error) {
	tx := newTx(ctx, a.store, a.clock.Now(), a.ids)
	who, lab, err := a.opened(tx, key)
	if err != nil {
		return export.File{}, err
	}
	during, problem := a.spanOrAll(tx, period)
	if problem != "" {
		return export.File{}, errNoWindow()
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
