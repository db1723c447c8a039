package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/bot/exchange/export"
	"interlab/calendar"
)

// Format is how outcomes are exported.
type Format string

// The formats. All but JSON are a zip of several files.
const (
	FormatCSV    Format = "csv"
	FormatJSON   Format = "json"
	FormatCrate  Format = "crate"
	FormatBibTeX Format = "bibtex"
)

// Order says what of the outcomes is exported. Without a Lab, its name or id, it is
// the network; without a Period, all time so far.
type Order struct {
	Format Format
	Lab    string
	Period string // as report has it: 2026, 2026-Q1, 2026-01-01..2026-03-31
}

// Export is a file with outcomes, for an operator: names and texts are in crates and
// BibTeX, never in CSV and JSON. What cannot be read of an order is a *Denied.
func (a *App) Export(ctx context.Context, o Order) (export.File, error) {
	tx := newTx(ctx, a.store, a.clock.Now(), a.ids)
	during, err := parseSpan(chat.CleanLine(o.Period), a.zones.Today(tx.now, calendar.UTC()))
	if err != nil {
		return export.File{}, err
	}
	var of exchange.Scope
	if o.Lab != "" {
		if of.Lab, err = a.labNamed(tx, o.Lab); err != nil {
			return export.File{}, err
		}
	}
	h, err := a.holdings(tx, of)
	if err != nil {
		return export.File{}, err
	}
	b, err := a.book(tx, h, of, during, func(*Exchange) bool { return o.Format == FormatCrate || o.Format == FormatBibTeX })
	if err != nil {
		return export.File{}, err
	}
	return bound(b, o.Format)
}

// labNamed is the id of the lab of that name or id.
func (a *App) labNamed(tx *Tx, name string) (string, error) {
	labs, err := listAll[*Lab](tx, every(KindLab))
	if err != nil {
		return "", err
	}
	i := slices.IndexFunc(labs, func(l *Lab) bool { return l.ID == name || fold(l.Name) == fold(name) })
	if i < 0 {
		return "", denied("There is no lab of that name here. These are: %s.", labNames(labs))
	}
	return labs[i].ID, nil
}

// bound is a book as one file.
func bound(b export.Book, f Format) (export.File, error) {
	var files []export.File
	var err error
	switch f {
	case FormatJSON:
		data, err := b.JSON()
		return export.File{Name: "outcomes.json", Data: data}, err
	case FormatCSV:
		files, err = b.CSV()
	case FormatCrate:
		files, err = crates(b)
	case FormatBibTeX:
		files = lists(b)
	}
	if err != nil {
		return export.File{}, err
	}
	data, err := export.Zip(files)
	return export.File{Name: "outcomes-" + string(f) + ".zip", Data: data}, err
}

// crates are those of all exchanges that were agreed on.
func crates(b export.Book) ([]export.File, error) {
	var files []export.File
	for _, r := range b.Ledger.Records {
		file, err := b.Crate(r)
		if errors.Is(err, export.ErrNoCrate) {
			continue
		}
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, nil
}

// lists are the works of everybody who has any and may be named.
func lists(b export.Book) []export.File {
	var files []export.File
	for id, name := range b.People {
		if list := b.BibTeX(id); len(list) > 0 {
			base := strings.Join(strings.FieldsFunc(fold(name), func(r rune) bool { return r < 'a' || r > 'z' }), "-")
			base = strings.Trim(base+"-"+id, "-")
			files = append(files, export.File{Name: base + ".bib", Data: list})
			if dois := b.DOIs(id); len(dois) > 0 {
				files = append(files, export.File{Name: base + "-doi.txt", Data: dois})
			}
		}
	}
	slices.SortFunc(files, func(a, b export.File) int { return cmp.Compare(a.Name, b.Name) })
	return files
}

// book gathers what is exported. sees says of which exchanges the reader may know
// the texts and the names.
func (a *App) book(tx *Tx, h holdings, of exchange.Scope, during span, sees func(*Exchange) bool) (export.Book, error) {
	b := export.Book{
		Network: a.network, Scope: of, Period: a.wholeDays(tx, during),
		Labs: map[string]string{}, People: map[string]string{}, Texts: map[string]bool{},
	}
	var err error
	if b.Ledger, err = a.wholeLedger(tx, of, h); err != nil {
		return b, err
	}
	for _, lab := range h.labs {
		b.Labs[lab.ID] = lab.Name
	}
	people, err := a.people.all(tx.ctx)
	if err != nil {
		return b, fmt.Errorf("whom to name: %w", err)
	}
	names := map[string]string{}
	for _, p := range people {
		names[p.ID] = p.Name
	}
	for _, e := range h.exchanges {
		if !sees(e) {
			continue
		}
		b.Texts[e.ID] = true
		whom := h.named(e)
		for _, seat := range exchange.Seats() {
			whom = append(whom, e.Party(seat).Person)
		}
		for _, id := range whom {
			if names[id] != "" {
				b.People[id] = names[id]
			}
		}
	}
	return b, nil
}

// maxExport is the size of what is sent in a chat, all files together, in bytes:
// Discord takes 10 MiB of whoever pays nothing.
// https://discord.com/developers/docs/reference#uploading-files
const maxExport = 8 << 20

// exportReport sends a report as files.
func (rq *request) exportReport() (chat.Message, error) {
	of, lab, during, err := rq.reported()
	if err != nil {
		return chat.Message{}, err
	}
	return rq.exported(of, lab, during)
}

// exportNamed is the same by a command.
func (rq *request) exportNamed() (chat.Message, error) {
	during, err := rq.span()
	if err != nil {
		return chat.Message{}, err
	}
	switch rq.args["of"] {
	case networkReport:
		if err := rq.may(Report, Object{Kind: KindExchange}, "The figures of the whole network are for organisers. report export of:lab sends those of your lab."); err != nil {
			return chat.Message{}, err
		}
		return rq.exported(exchange.Scope{}, nil, during)
	case myReport:
		return rq.exported(exchange.Scope{Person: rq.me.ID}, nil, during)
	}
	lab, err := rq.labToReport()
	if err != nil {
		return chat.Message{}, err
	}
	return rq.exported(exchange.Scope{Lab: lab.ID}, lab, during)
}

// exported answers with the files of a report.
func (rq *request) exported(of exchange.Scope, lab *Lab, during span) (chat.Message, error) {
	h, err := rq.app.holdings(rq.tx, of)
	if err != nil {
		return chat.Message{}, err
	}
	b, err := rq.app.book(rq.tx, h, of, during, func(e *Exchange) bool { return Can(rq.actor(), Look, e.object()) })
	if err != nil {
		return chat.Message{}, err
	}
	card := chat.Message{Title: exportTitle(of, lab), Note: chat.T("In the tables nobody has a name, and texts are there only of exchanges that are yours. Figures are of what happened in the time. ", answersTold(of))}
	card.Body = []chat.Text{chat.T(capital(during.words()), ", as of today: tables for a spreadsheet with metrics.csv, the same as JSON with everything to compute the figures again, and a research object crate of each exchange that was agreed on.")}
	size := 0
	add := func(f export.File, media string) {
		size += len(f.Data)
		card.Attachments = append(card.Attachments, chat.Attachment{Name: f.Name, Type: media, Data: f.Data})
	}
	for format, media := range map[Format]string{FormatCSV: "application/zip", FormatJSON: "application/json", FormatCrate: "application/zip"} {
		if format == FormatCrate && len(b.Texts) == 0 && of.Person != "" {
			continue
		}
		file, err := bound(b, format)
		if err != nil {
			return chat.Message{}, err
		}
		add(file, media)
	}
	works, err := rq.works(b, h)
	if err != nil {
		return chat.Message{}, err
	}
	if list := works.BibTeX(rq.me.ID); of.Person != "" && len(list) > 0 {
		add(export.File{Name: "works.bib", Data: list}, "text/x-bibtex")
		said := "Your open works come as BibTeX."
		if dois := works.DOIs(rq.me.ID); len(dois) > 0 {
			add(export.File{Name: "works-doi.txt", Data: dois}, "text/plain")
			said = "Your open works come as BibTeX, and their DOIs as a list to paste."
		}
		card.Body = append(card.Body, chat.T(said))
	}
	slices.SortFunc(card.Attachments, func(a, b chat.Attachment) int { return strings.Compare(a.Name, b.Name) })
	if size > maxExport {
		return chat.Message{}, denied("This is more than a chat takes as files. Name a shorter period, or ask whoever runs me for: interlab export.")
	}
	return card, nil
}

// works are a book with what the person is credited for in exchanges of others,
// too, and where they alone are named.
func (rq *request) works(b export.Book, h holdings) (export.Book, error) {
	all, err := listAll[*Evidence](rq.tx, evidenceOf+rq.me.ID)
	b.Ledger.Records, b.People = slices.Clone(b.Ledger.Records), maps.Clone(b.People)
	for _, v := range all {
		if h.evidence[v.ID] == nil {
			b.Ledger.Records = append(b.Ledger.Records, exchange.Record{ID: v.ID, Exchange: &exchange.Exchange{}, Evidence: v.All(), Packs: v.Packs()})
		}
	}
	b.People[rq.me.ID] = rq.me.Name
	return b, err
}

// answersTold says what the files of a scope tell of what people answered.
func answersTold(of exchange.Scope) string {
	if of == (exchange.Scope{}) {
		return "What people answered is there as counts, of whole years and of all the time, where five people or more are behind them; no answer is."
	}
	return "What people answered is in none of these files: beside those of the network they could give somebody away. The report in chat has it."
}

func exportTitle(of exchange.Scope, lab *Lab) string {
	switch {
	case of.Person != "":
		return "Your figures as files"
	case lab != nil:
		return lab.Name + ": figures as files"
	}
	return "The network: figures as files"
}
