package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"interlab/bot"
	"interlab/bot/chat"
	"interlab/bot/exchange/chart"
	"interlab/bot/exchange/export"
)

// boardData is what a page of the board shows.
type boardData struct {
	Own      bool // the view of a lab that is its own people's alone
	Lab      string
	Words    string
	Problem  string
	Periods  []option
	Typed    string // a period, on a lab's own view
	Labs     []link
	Flow     *table
	Pictures []pictured
	Groups   []figureGroup
	Files    []link
	Made     []bot.Made
}

// pictured is a picture of figures with the same as a table.
type pictured struct {
	ID, Title, Alt, URL, Note string
	Table                     table
	None                      string // what is said where there is no picture
}

// table has a first row and a first column of names.
type table struct {
	Head []string
	Rows [][]string
}

// networkBoard is the page of the network's figures.
func (s *site) networkBoard(w http.ResponseWriter, r *http.Request) { s.board(w, r, "", "") }

// networkFile is a picture or a file of them.
func (s *site) networkFile(w http.ResponseWriter, r *http.Request) {
	s.board(w, r, "", r.PathValue("file"))
}

// labBoard is the page of a lab's figures, if its lead wants it to be there.
func (s *site) labBoard(w http.ResponseWriter, r *http.Request) {
	s.board(w, r, r.PathValue("id"), r.PathValue("file"))
}

// board answers with figures of the network or a lab: their page, or a file.
func (s *site) board(w http.ResponseWriter, r *http.Request, lab, file string) {
	view, ok := s.view(w, r)
	if !ok {
		return
	}
	b := view.Board()
	year, known := boardYear(b, r.URL.Query())
	if b == nil || lab != "" && b.Name(lab) == "" || file != "" && (!known || !boardFiles[file]) {
		s.missing(w, r)
		return
	}
	if !known { // nothing is computed of what anybody may type
		s.show(w, r, "board", s.boardPage(r, b, lab, 0, "There are figures of whole years, and of all time. Choose one of those that are listed."))
		return
	}
	e, err := s.boards.get(hashed(lab, strconv.Itoa(year), file), b.Version, func() (entity, error) {
		if file != "" {
			return s.boardFile(b, year, lab, file)
		}
		return s.render("board", s.boardPage(r, b, lab, year, ""))
	})
	if err != nil {
		s.failed(w, r, err)
		return
	}
	if file != "" && !strings.HasSuffix(file, ".svg") {
		w.Header().Set("Content-Disposition", `attachment; filename="`+file+`"`)
	}
	e.serve(w, r, forAll)
}

func (s *site) failed(w http.ResponseWriter, r *http.Request, err error) {
	s.Log.Error().Err(err).Str("page", r.Pattern).Msg("a page of figures failed")
	s.plain(w, r, http.StatusInternalServerError, "Something went wrong", "These figures could not be made. Please try again later.")
}

// boardFiles are what a board has beside its page.
//
//nolint:gochecknoglobals // a table
var boardFiles = map[string]bool{"flow.svg": true, "states.svg": true, "meetings.svg": true, "outcomes.json": true, "outcomes-csv.zip": true, "outcomes-ro-crate-metadata.json": true}

// boardYear is the year that a query asks for, 0 for all time; false of what is
// none of the board's.
func boardYear(b *bot.Board, query url.Values) (int, bool) {
	typed := chat.CleanLine(query.Get("period"))
	if typed == "" || b == nil {
		return 0, true
	}
	for _, year := range b.Years() {
		if typed == strconv.Itoa(year) {
			return year, true
		}
	}
	return 0, false
}

// boardPage is the page of the figures of a year, 0 for all time, or of what is
// wrong with the period that was asked for.
func (s *site) boardPage(r *http.Request, b *bot.Board, lab string, year int, problem string) page {
	title := "Outcomes of the network"
	if lab != "" {
		title = "Outcomes of " + b.Name(lab)
	}
	p := s.page(r, choice{}, title, "What moved between labs of "+s.Name+", and what came of it that is open to all.")
	p.Hidden = problem != ""
	at := "/board"
	if lab != "" {
		at += "/lab/" + lab
	}
	data := boardData{Problem: problem, Lab: b.Name(lab), Words: "all the time so far"}
	data.Periods = append(data.Periods, option{bot.Choice{Name: "All the time so far"}, year == 0})
	for _, y := range b.Years() {
		data.Periods = append(data.Periods, option{bot.Choice{ID: strconv.Itoa(y), Name: strconv.Itoa(y)}, y == year})
	}
	query := ""
	if year != 0 {
		data.Words, query = strconv.Itoa(year), "?period="+strconv.Itoa(year)
	}
	data.Labs = append(data.Labs, link{Title: "The network", URL: "/board" + query, Here: lab == ""})
	for _, l := range b.Labs() {
		data.Labs = append(data.Labs, link{Title: l.Name, URL: "/board/lab/" + l.ID + query, Here: l.ID == lab})
	}
	if problem == "" {
		data.fill(b.Figures(year, lab), at, query)
		data.Files = []link{
			{Title: "Tables (CSV)", URL: at + "/outcomes-csv.zip" + query},
			{Title: "JSON", URL: at + "/outcomes.json" + query},
			{Title: "Research object (RO-Crate)", URL: at + "/outcomes-ro-crate-metadata.json" + query},
		}
	}
	p.Data = data
	return p
}

// fill sets what a board shows of figures, whose pictures are at an address.
func (d *boardData) fill(f bot.Figures, at, query string) {
	for _, one := range drawn(f) {
		one.URL = at + "/" + one.ID + ".svg" + query
		d.Pictures = append(d.Pictures, one)
	}
	d.Groups, d.Made = figureGroups(f), f.Made
}

// drawn are the pictures of figures, without their addresses.
func drawn(f bot.Figures) []pictured {
	flow := pictured{ID: "flow", Title: f.Flow.Title, Alt: f.Flow.Alt, Table: matrixTable(f.Flow), Note: "Rows give, columns receive. A dash stands for nothing, or for too few people to be told."}
	if len(f.Flow.Names) == 0 {
		flow.None = "No goal of this time is to be shown."
	}
	states := pictured{ID: "states", Title: f.States.Title, Alt: f.States.Alt, Table: barsTable("State", "Goals", f.States)}
	meetings := pictured{ID: "meetings", Title: f.Meetings.Title, Alt: f.Meetings.Alt, Table: barsTable("First meeting", "Pairs", f.Meetings)}
	for _, one := range []struct {
		*pictured
		bars chart.Bars
		few  bool
	}{{&states, f.States, f.StatesFew}, {&meetings, f.Meetings, f.MeetingsFew}} {
		switch {
		case one.few:
			one.None = tooFew
		case total(one.bars) == 0:
			one.None = one.bars.Alt
		}
	}
	return []pictured{flow, states, meetings}
}

func total(b chart.Bars) int {
	n := 0
	for _, bar := range b.Bars {
		n += bar.N
	}
	return n
}

// boardFile is a picture or a download.
func (s *site) boardFile(b *bot.Board, year int, lab, file string) (entity, error) {
	if strings.HasSuffix(file, ".svg") {
		return svg(b.Figures(year, lab), file)
	}
	sheet := b.Sheet(year, lab)
	switch file {
	case "outcomes.json":
		data, err := sheet.JSON()
		return newEntity("application/json", data), err
	case "outcomes-csv.zip":
		files, err := sheet.CSV()
		if err != nil {
			return entity{}, err
		}
		data, err := export.Zip(files)
		return newEntity("application/zip", data), err
	}
	address, title := s.base+"/board", "Outcomes of "+s.Name
	if lab != "" {
		address, title = address+"/lab/"+lab, "Outcomes of "+b.Name(lab)
	}
	if year != 0 {
		address += "?period=" + strconv.Itoa(year)
	}
	crate, err := sheet.Crate(address, title)
	return newEntity("application/ld+json", crate.Data), err
}

// svg draws one of the pictures.
func svg(f bot.Figures, file string) (entity, error) {
	var p chart.Picture
	switch file {
	case "flow.svg":
		p = f.Flow.Picture("flow")
	case "states.svg":
		p = f.States.Picture("states")
	default:
		p = f.Meetings.Picture("meetings")
	}
	data, err := p.SVG()
	if err != nil {
		return entity{}, fmt.Errorf("draw %s: %w", file, err)
	}
	return newEntity("image/svg+xml", data), nil
}
