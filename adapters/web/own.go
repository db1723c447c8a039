package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"interlab/bot"
	"interlab/bot/exchange/export"
)

// Own is the view of a lab that is its own people's, at an address that the bot
// gave one of them in chat.
type Own interface {
	LabFigures(ctx context.Context, token, period string) (bot.Figures, error)
	LabExport(ctx context.Context, token, period string, format bot.Format) (export.File, error)
}

// ownFiles are what can be had of it, by the last part of the address.
var ownFiles = []struct { //nolint:gochecknoglobals // a table
	name, title, kind string
	format            bot.Format
}{
	{"outcomes-csv.zip", "Tables (CSV)", "application/zip", bot.FormatCSV},
	{"outcomes.json", "JSON, to compute the figures again", "application/json", bot.FormatJSON},
	{"outcomes-crate.zip", "Research objects (RO-Crate)", "application/zip", bot.FormatCrate},
	{"outcomes-bibtex.zip", "References (BibTeX)", "application/zip", bot.FormatBibTeX},
}

// ownBoard is a lab's own view, or a file of it. An address that counts for
// nothing, whatever the reason, is nothing that could ever have been here.
func (s *site) ownBoard(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Robots-Tag", "noindex")
	if s.Own == nil {
		s.missing(w, r)
		return
	}
	token, file, period := r.PathValue("token"), r.PathValue("file"), r.URL.Query().Get("period")
	e, err := s.ownEntity(r, token, file, period)
	var refused *bot.Denied
	switch {
	case errors.As(err, &refused):
		s.missing(w, r)
	case err != nil:
		s.failed(w, r, err)
	default:
		if file != "" && !strings.HasSuffix(file, ".svg") {
			w.Header().Set("Content-Disposition", `attachment; filename="`+file+`"`)
		}
		e.serve(w, r, forNone)
	}
}

// ownEntity makes it. It is made anew each time: nobody else may have it.
func (s *site) ownEntity(r *http.Request, token, file, period string) (entity, error) {
	for _, f := range ownFiles {
		if f.name == file {
			made, err := s.Own.LabExport(r.Context(), token, period, f.format)
			return newEntity(f.kind, made.Data), err
		}
	}
	f, err := s.Own.LabFigures(r.Context(), token, period)
	switch {
	case err != nil:
		return entity{}, err
	case file == "flow.svg" || file == "states.svg" || file == "meetings.svg":
		return svg(f, file)
	case file != "":
		return entity{}, &bot.Denied{Text: "There is no such file."}
	}
	return s.render("board", s.ownPage(r, token, period, f))
}

func (s *site) ownPage(r *http.Request, token, typed string, f bot.Figures) page {
	p := s.page(r, choice{}, f.Lab.Name+": your lab's own view", "")
	p.Description, p.Canonical, p.Hidden = "For the people of one lab.", "", true
	data := boardData{Own: true, Lab: f.Lab.Name, Words: f.Words, Problem: f.Problem, Typed: f.Period}
	if f.Problem != "" {
		data.Typed = clipped(typed, 60)
	}
	at, query := "/own/"+token, ""
	if f.Period != "" {
		query = "?period=" + url.QueryEscape(f.Period)
	}
	data.fill(f, at, query)
	for _, file := range ownFiles {
		data.Files = append(data.Files, link{Title: file.title, URL: at + "/" + file.name + query})
	}
	p.Data = data
	return p
}
