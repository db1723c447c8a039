package bot

import (
	"slices"
	"sync"
	"time"

	"interlab/bot/exchange"
	"interlab/bot/exchange/chart"
	"interlab/bot/exchange/export"
)

// boardFresh is how often the figures of the public board are computed anew at
// most: reading everything that they are of takes longer than showing a page.
const boardFresh = time.Minute

// Board is the public outcomes board as it was at one moment. It never changes.
type Board struct {
	// Version names what it was made of: the same version has the same figures for
	// a day.
	Version string

	figures exchange.Board
	network string
	until   time.Time // the end of the day of which it is
	at      time.Time // when it was read
	names   map[string]string
	labs    []Choice
	made    []Made

	mu    sync.Mutex
	drawn map[boardKey]Figures // that somebody looked at
}

type boardKey struct {
	year int
	lab  string
}

// Figures are what a board shows of a network or of a lab, in a year or a period.
type Figures struct {
	Lab     Choice // the zero value of the network
	Year    int    // 0 for all time, and on a lab's own view
	Words   string // which time it is: "2026", "all the time so far"
	Period  string // the same as somebody types it; "" for all time
	Problem string // what is wrong with the period that was asked for

	Measures []exchange.Measure
	Flow     chart.Matrix
	States   chart.Bars
	Meetings chart.Bars
	// StatesFew and MeetingsFew are set where a picture would be of too few people.
	StatesFew, MeetingsFew bool
	Made                   []Made
}

// Labs are those that the board names, by name.
func (b *Board) Labs() []Choice { return b.labs }

// Years are those that it has, the newest first.
func (b *Board) Years() []int { return b.figures.Years() }

// Name is what people call a lab that the board names; "" of any other.
func (b *Board) Name(lab string) string {
	if i := slices.IndexFunc(b.labs, func(l Choice) bool { return l.ID == lab }); i >= 0 {
		return b.labs[i].Name
	}
	return ""
}

// Figures are those of a year, 0 for all time, and of a lab that the board names
// or, with "", of the network.
func (b *Board) Figures(year int, lab string) Figures {
	b.mu.Lock()
	defer b.mu.Unlock()
	key := boardKey{year, lab}
	f, ok := b.drawn[key]
	if !ok {
		if f = b.compute(year, lab); b.drawn == nil {
			b.drawn = map[boardKey]Figures{}
		}
		b.drawn[key] = f
	}
	return f
}

func (b *Board) compute(year int, lab string) Figures {
	f := Figures{Lab: Choice{lab, b.Name(lab)}, Year: year, Measures: b.figures.Measures(year, lab)}
	f.Flow = chart.FlowMatrix(b.figures.Flow(year, lab), b.names)
	f.States = chart.StateBars(f.Measures)
	f.StatesFew = slices.ContainsFunc(f.Measures, func(m exchange.Measure) bool { return m.Metric == "M2" && m.Few })
	introduced, few := b.figures.Introduced(year, lab)
	f.Meetings, f.MeetingsFew = chart.MeetingBars(introduced, b.figures.Period(year)), few
	for _, m := range b.made {
		if lab == "" || slices.Contains(m.LabIDs[:], lab) {
			f.Made = append(f.Made, m)
		}
	}
	return f
}

// Sheet is the figures of a year and a lab as files have them.
func (b *Board) Sheet(year int, lab string) export.Sheet {
	s := export.Sheet{
		Network: b.network, Scope: exchange.Scope{Lab: lab}, Period: b.figures.Period(year),
		Labs: map[string]string{},
	}
	for _, l := range b.labs {
		s.Labs[l.ID] = l.Name
	}
	f := b.Figures(year, lab)
	s.Measures = f.Measures
	for _, m := range f.Made {
		s.Works = append(s.Works, export.Work{
			Type: m.Type, Title: m.Title, Version: m.Version, Link: m.Link, Licence: m.Licence, Since: m.Since, From: m.LabIDs[0], To: m.LabIDs[1],
		})
	}
	return s
}

// figuresOf are the figures of a scope for those whose they are.
func figuresOf(l exchange.Ledger, p exchange.Period, of exchange.Scope, names map[string]string) Figures {
	f := Figures{Measures: l.Measures(p, of), Flow: chart.FlowMatrix(l.VerifiedFlow(p), names), Meetings: chart.MeetingBars(l, p)}
	f.States = chart.StateBars(f.Measures)
	return f
}

// outcomeKinds are the documents that figures are computed from.
var outcomeKinds = []Kind{KindExchange, KindMatch, KindEvidence, KindFollowUp, KindLab} //nolint:gochecknoglobals // a table

// readBoard reads the public board, where something that it shows was written or
// a day has ended, and not again within boardFresh.
func (d *draftView) readBoard() error {
	now := d.app.clock.Now()
	until := endOfDay(now)
	old := d.board
	d.outdated = d.outdated || d.figured || old == nil || !old.until.Equal(until)
	if !d.outdated || old != nil && now.Sub(old.at) < boardFresh && !now.Before(old.at) && old.until.Equal(until) {
		return nil
	}
	tx := newTx(d.ctx, d.app.store, now, d.app.ids)
	h, err := d.app.holdings(tx, exchange.Scope{})
	if err != nil {
		return err
	}
	made, err := d.app.artefacts(tx, "")
	if err != nil {
		return err
	}
	b := &Board{Version: d.Seq + "@" + until.Format(time.DateOnly), network: d.app.network, until: until, at: now}
	b.names = map[string]string{exchange.Others: "other labs"}
	shown := map[string]bool{}
	for _, lab := range h.labs {
		if lab.Public {
			shown[lab.ID], b.names[lab.ID] = true, lab.Name
			b.labs = append(b.labs, Choice{lab.ID, lab.Name})
		}
	}
	slices.SortFunc(b.labs, byName)
	b.figures = d.app.ledger(h).Board(shown, until)
	b.made = madePublic(made, shown)
	d.board, d.outdated = b, false
	return nil
}

// madePublic is what labs gave that are named. Whoever received it is another lab
// where that one is not.
func madePublic(made []Made, shown map[string]bool) []Made {
	var public []Made
	for _, m := range made {
		if !shown[m.LabIDs[0]] {
			continue
		}
		m.Exchange = ""
		if !shown[m.LabIDs[1]] {
			m.LabIDs[1], m.Labs[1] = exchange.Others, "another lab"
		}
		public = append(public, m)
	}
	return public
}
