package cli

import (
	"cmp"
	"strings"

	"interlab/matching"
)

// person is a line of a file of people.
type person struct {
	ID     string   `json:"id"`
	Name   string   `json:"name"`
	Lab    string   `json:"lab"`
	Shares []string `json:"shares"`
	Seeks  []string `json:"seeks"`
	About  string   `json:"about"`
	Texts  []text   `json:"texts"`
	at     record
}

// text is something that a person wrote.
type text struct {
	Title    string `json:"title"`
	Abstract string `json:"abstract"`
	Year     int    `json:"year"`
}

// people reads a file of people. Of CSV the columns are id (or account, or name), name,
// lab, about, and shares and seeks with semicolons between topics.
func (p *Program) people(path string) ([]person, error) {
	records, err := p.records(path, "id", "name", "lab", "shares", "seeks", "about")
	if err != nil {
		return nil, err
	}
	lines := map[string]int{}
	var list []person
	for _, r := range records {
		one := person{
			ID: r.columns["id"], Name: r.columns["name"], Lab: r.columns["lab"], About: r.columns["about"],
			Shares: r.list("shares"), Seeks: r.list("seeks"),
		}
		if r.object != nil {
			if err := r.decode(&one); err != nil {
				return nil, err
			}
		}
		one.at = r
		one.ID = cmp.Or(strings.TrimSpace(one.ID), r.columns["account"], one.Name)
		if one.ID == "" {
			return nil, r.errorf("this person has no id")
		}
		if line, twice := lines[one.ID]; twice {
			return nil, r.errorf("the id %q is also that of line %d", one.ID, line)
		}
		lines[one.ID] = r.line
		list = append(list, one)
	}
	return list, nil
}

// profile is what the index knows of a person: what they wrote is about them.
func (p person) profile() matching.Profile {
	about := []string{p.About}
	for _, t := range p.Texts {
		about = append(about, t.Title, t.Abstract)
	}
	return matching.Profile{ID: p.ID, Shares: p.Shares, Seeks: p.Seeks, About: strings.TrimSpace(strings.Join(about, ".\n"))}
}

// author is a person by what they wrote.
func (p person) author() matching.Author {
	a := matching.Author{Profile: matching.Profile{ID: p.ID, Shares: p.Shares, Seeks: p.Seeks, About: p.About}}
	for _, t := range p.Texts {
		a.Texts = append(a.Texts, matching.Text(t))
	}
	return a
}
