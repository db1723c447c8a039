package web

import (
	"net/http"

	"interlab/bot"
	"interlab/calendar"
)

// offered is a residency on its page.
type offered struct {
	bot.Place
	Dates string
	When  shownTime
}

// offers is what the page of residencies shows.
type offers struct{ Places []offered }

// residencies are the places that labs offer, and how to apply for one.
func (s *site) residencies(w http.ResponseWriter, r *http.Request) {
	view, ok := s.view(w, r)
	if !ok {
		return
	}
	c := s.chosen(w, r)
	p := s.page(r, c, "Residencies on offer", "Visits of some weeks or months that labs of "+s.Name+" offer to researchers of other labs.")
	var data offers
	for _, place := range view.Places("", s.Window.Now()) {
		data.Places = append(data.Places, offered{place, calendar.FormatDay(place.From()) + " to " + calendar.FormatDay(place.To()), s.shown(place.Deadline(), place.Zone(), c)})
	}
	p.Data = data
	s.show(w, r, "residencies", p)
}
