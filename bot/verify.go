package bot

import (
	"context"
	"fmt"
	"slices"

	"interlab/bot/exchange"
)

// Ledger is a store whose derived parts can be looked at.
type Ledger interface {
	Store
	// Differ names the documents among the writes, still of that version, whose
	// entries and due work are not what the writes derive. It changes nothing.
	Differ(ctx context.Context, writes []Write) ([]Ref, error)
	// Strays names entries and work that no document derives, and takes them
	// away where fix is set.
	Strays(ctx context.Context, fix bool) ([]string, error)
}

// VerifyReport is what Verify found. What is broken in a document is for a
// person to look at; everything else can be fixed from the documents.
type VerifyReport struct {
	Documents int
	Broken    []string // documents that cannot be read, or contradict themselves or each other
	Differ    []Ref    // documents whose entries or due work are not theirs
	Strays    []string // entries and work of no document
	Fixed     int      // of those that differed or were strays
}

// Sound reports whether nothing is wrong any more.
func (r VerifyReport) Sound() bool {
	return len(r.Broken) == 0 && len(r.Differ)+len(r.Strays) == r.Fixed
}

// Verify looks at every document and at everything that is derived from them.
// It may run while the bot serves: a document that changes meanwhile is left to
// the next time.
func (a *App) Verify(ctx context.Context, ledger Ledger, fix bool) (VerifyReport, error) {
	v := &verifier{app: a, ledger: ledger, fix: fix, seats: map[string]Seats{}, talks: map[string]Seats{}, coded: map[string]int{}}
	for _, kind := range sortedKinds() {
		if err := v.all(ctx, kind); err != nil {
			return v.report, fmt.Errorf("verify %s: %w", kind, err)
		}
	}
	v.lists()
	strays, err := ledger.Strays(ctx, fix)
	if err != nil {
		return v.report, fmt.Errorf("verify what is derived: %w", err)
	}
	v.report.Strays = strays
	if fix {
		v.report.Fixed += len(strays)
	}
	return v.report, nil
}

// verifier is one look at a store.
type verifier struct {
	app    *App
	ledger Ledger
	fix    bool
	report VerifyReport
	seats  map[string]Seats // as the answers of people add up, by colloquium
	talks  map[string]Seats // as the colloquium says
	coded  map[string]int   // who gave the code, beyond what the colloquium says
}

// all looks at the documents of a kind.
func (v *verifier) all(ctx context.Context, kind Kind) error {
	for page := (Page{Index: every(kind)}); ; {
		records, next, err := v.ledger.Page(ctx, page)
		if err != nil {
			return err
		}
		if err := v.page(ctx, records); err != nil {
			return err
		}
		if next == "" {
			return nil
		}
		page.After = next
	}
}

func (v *verifier) page(ctx context.Context, records []Record) error {
	var writes []Write
	for _, r := range records {
		v.report.Documents++
		doc, err := decode(r)
		if err != nil {
			v.broken(r.Ref, err.Error())
			continue
		}
		v.look(doc)
		w, err := write(doc, r.Version)
		if err != nil {
			v.broken(r.Ref, err.Error())
			continue
		}
		writes = append(writes, w)
	}
	wrong, err := v.ledger.Differ(ctx, writes)
	if err != nil || len(wrong) == 0 {
		return err
	}
	v.report.Differ = append(v.report.Differ, wrong...)
	if !v.fix {
		return nil
	}
	writes = slices.DeleteFunc(writes, func(w Write) bool { return !slices.Contains(wrong, w.Ref) })
	n, err := v.ledger.Repair(ctx, writes)
	v.report.Fixed += max(n, len(wrong))
	return err
}

func (v *verifier) broken(ref Ref, why string) {
	v.report.Broken = append(v.report.Broken, ref.String()+": "+why)
}

// look holds a document to what must be so whatever happened to it.
func (v *verifier) look(doc Document) {
	switch doc := doc.(type) {
	case *Rsvp:
		seats := v.seats[doc.Colloquium]
		seats.add(doc.State, 1)
		v.seats[doc.Colloquium] = seats
	case *Colloquium:
		v.coded[doc.ID] -= doc.Coded
		says := doc.Seats
		says.Capacity = 0 // not counted from answers
		v.talks[doc.ID] = says
		if doc.Seats.vacant() > 0 && !doc.Closed && doc.State == Announced && len(doc.Due()) == 0 {
			v.broken(doc.Ref(), "a seat is free, somebody waits, and nothing offers it")
		}
	case *Attendance:
		if doc.came() {
			v.coded[doc.Colloquium]++
		}
	case *Exchange:
		if err := exchange.CheckSteps(doc.Steps); err != nil {
			v.broken(doc.Ref(), err.Error())
		}
	case *Delivery:
		if _, known := renderers[doc.Subject.Kind]; !known {
			v.broken(doc.Ref(), "nobody can say what it is about")
		}
	}
}

// counts are the seats as an operator reads them.
func (s Seats) counts() string {
	return fmt.Sprintf("%d going, %d offered, %d waiting, %d maybe and %d who cannot", s.Going, s.Offered, s.Waiting, s.Unsure, s.Absent)
}

// lists holds what colloquia count to the answers that people gave.
func (v *verifier) lists() {
	for id, says := range v.talks {
		if counted := v.seats[id]; counted != says {
			v.broken(Ref{KindColloquium, id}, fmt.Sprintf("it counts %s, and the answers are %s", says.counts(), counted.counts()))
		}
	}
	for id, more := range v.coded {
		if more > 0 { // fewer are those who have been erased
			v.broken(Ref{KindColloquium, id}, fmt.Sprintf("%s gave its code than it counts", counted(more, "person more", "people more")))
		}
	}
	slices.Sort(v.report.Broken)
}
