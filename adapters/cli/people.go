package cli

import (
	"cmp"
	"strconv"
	"strings"

	"interlab/matching"
	"interlab/matching/round"
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
	Slots  []int    `json:"slots"` // in which the person can come, from 1; none is all
	at     record
}

// text is something that a person wrote.
type text struct {
	Title    string `json:"title"`
	Abstract string `json:"abstract"`
	Year     int    `json:"year"`
}

// people reads a file of people. Of CSV the columns are id (or account, or name), name,
// lab, about, and shares, seeks and slots with semicolons between them.
func (p *Program) people(path string) ([]person, error) {
	records, err := p.records(path, "id", "name", "lab", "shares", "seeks", "about", "slots")
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
		for _, slot := range r.list("slots") {
			number, err := strconv.Atoi(slot)
			if err != nil {
				return nil, r.errorf("the slot %q is not a whole number", slot)
			}
			one.Slots = append(one.Slots, number)
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

// away returns the slots in which a person cannot come, as bits from 0.
func (p person) away() (uint64, error) {
	if len(p.Slots) == 0 {
		return 0, nil
	}
	here := uint64(0)
	for _, slot := range p.Slots {
		if slot < 1 || slot > round.MaxSlots {
			return 0, p.at.errorf("the slot %d of %q is not between 1 and %d", slot, p.ID, round.MaxSlots)
		}
		here |= 1 << (slot - 1)
	}
	return ^here, nil
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
