package web

import "net/http"

// about says to somebody who comes here first what this is, how to come to a talk
// and how a lab joins.
func (s *site) about(w http.ResponseWriter, r *http.Request) {
	view, ok := s.view(w, r)
	if !ok {
		return
	}
	p := s.page(r, choice{}, "How to come", "What "+s.Name+" is, how to come to its talks, and how a lab joins.")
	p.Data = view.Labs()
	s.show(w, r, "about", p)
}
