package cli

import (
	"fmt"
	"slices"
	"strconv"

	"interlab/matching"
	"interlab/matching/residency"
)

// planResidencies places applicants.
type planResidencies struct {
	Applicants string `required:"" help:"JSON lines of id, lab and choices, or CSV with semicolons." placeholder:"FILE"`
	Places     string `required:"" help:"JSON lines of id, lab, capacity and ranks in bands." placeholder:"FILE"`
	Seed       uint64 `default:"1" help:"Of the lottery among applicants of a band."`
	JSON       bool   `help:"Print one JSON object."`
}

type (
	applicant struct {
		ID      string   `json:"id"`
		Lab     string   `json:"lab"`
		Choices []string `json:"choices"`
		Seeks   []string `json:"seeks"`
		About   string   `json:"about"`
	}
	place struct {
		ID       string     `json:"id"`
		Lab      string     `json:"lab"`
		Capacity *int       `json:"capacity"`
		Ranks    [][]string `json:"ranks"`
		Shares   []string   `json:"shares"`
		About    string     `json:"about"`
	}
	answered struct {
		Place  string           `json:"place"`
		Reason residency.Reason `json:"reason"`
	}
	placement struct {
		Applicant string     `json:"applicant"`
		Place     string     `json:"place"`
		Why       []answered `json:"why,omitempty"`
	}
	opening struct {
		Place string `json:"place"`
		Left  int    `json:"left"`
	}
	placed struct {
		Placements []placement           `json:"placements"`
		Unmatched  []string              `json:"unmatched"`
		Open       []opening             `json:"open"`
		Seed       uint64                `json:"seed"`
		Why        map[string][]answered `json:"why,omitempty"` // of the unmatched
	}
)

// Run places everybody and prints who goes where.
func (c planResidencies) Run(p *Program) error {
	defer p.working("placing applicants")()
	m, err := p.market(c)
	if err != nil {
		return err
	}
	result, err := m.Settle()
	if err == nil {
		err = m.Verify(result)
	}
	if err != nil {
		return err
	}
	return c.print(p, placedOf(result))
}

// market reads both files; what is wrong is told with its line.
func (p *Program) market(c planResidencies) (residency.Market, error) {
	m := residency.Market{Seed: c.Seed}
	lines, err := p.records(c.Places, "id", "lab", "capacity", "ranks")
	if err != nil {
		return m, err
	}
	applicants, at, err := p.applicants(c.Applicants)
	if err != nil {
		return m, err
	}
	fits := wishesOf(applicants)
	places, named, ranked := map[string]bool{}, false, false
	for _, line := range lines {
		one, err := readPlace(line)
		if err != nil {
			return m, err
		}
		if places[one.ID] {
			return m, line.errorf("the place %q is there twice", one.ID)
		}
		places[one.ID], ranked = true, ranked || one.Ranks != nil
		seen := map[string]bool{}
		for _, id := range slices.Concat(one.Ranks...) {
			switch {
			case at[id].line == 0:
				return m, line.errorf("place %q ranks %q, who is no applicant", one.ID, id)
			case seen[id]:
				return m, line.errorf("place %q ranks %q twice", one.ID, id)
			}
			seen[id], named = true, true
		}
		m.Places = append(m.Places, one.ranking(len(seen) == 0, fits))
	}
	if ranked && !named {
		return m, lines[0].errorf("the ranks of all places name nobody; name applicants in bands, or leave ranks out to draw by lot")
	}
	for _, one := range applicants {
		seen := map[string]bool{}
		for _, id := range one.Choices {
			if !places[id] || seen[id] {
				return m, at[one.ID].errorf("applicant %q chooses %q, which is no place or chosen already", one.ID, id)
			}
			seen[id] = true
		}
		m.Applicants = append(m.Applicants, residency.Applicant{ID: one.ID, Lab: one.Lab, Choices: one.Choices})
	}
	return m, nil
}

// applicants reads the file of applicants, and where each stands in it.
func (p *Program) applicants(path string) ([]applicant, map[string]record, error) {
	records, err := p.records(path, "id", "lab", "choices")
	if err != nil {
		return nil, nil, err
	}
	at := map[string]record{}
	var list []applicant
	for _, line := range records {
		one := applicant{ID: line.columns["id"], Lab: line.columns["lab"], Choices: line.list("choices")}
		if line.object != nil {
			if err := line.decode(&one); err != nil {
				return nil, nil, err
			}
		}
		switch {
		case one.ID == "":
			return nil, nil, line.errorf("this applicant has no id")
		case at[one.ID].line > 0:
			return nil, nil, line.errorf("the id %q is also that of line %d", one.ID, at[one.ID].line)
		}
		at[one.ID] = line
		list = append(list, one)
	}
	return list, at, nil
}

func readPlace(line record) (place, error) {
	one := place{ID: line.columns["id"], Lab: line.columns["lab"]}
	if line.object != nil {
		if err := line.decode(&one); err != nil {
			return one, err
		}
	} else {
		capacity, err := strconv.Atoi(line.columns["capacity"])
		if err != nil {
			return one, line.errorf("the capacity %q is not a whole number", line.columns["capacity"])
		}
		one.Capacity = &capacity
		for _, id := range line.list("ranks") {
			one.Ranks = append(one.Ranks, []string{id})
		}
	}
	switch {
	case one.ID == "":
		return one, line.errorf("this place has no id")
	case one.Capacity == nil:
		return one, line.errorf("place %q has no capacity", one.ID)
	case *one.Capacity < 1:
		return one, line.errorf("place %q has a capacity of %d; it needs room for one at least", one.ID, *one.Capacity)
	}
	return one, nil
}

// wishes are what applicants look for.
type wishes struct {
	fit *matching.Index
	all []string
}

func wishesOf(applicants []applicant) wishes {
	w := wishes{fit: matching.NewIndex(matching.DefaultAliases())}
	for _, a := range applicants {
		w.fit.Put(matching.Profile{ID: a.ID, Shares: a.Seeks, About: a.About})
		w.all = append(w.all, a.ID)
	}
	return w
}

// ranking is a place with its ranks; where it ranks nobody, by how well applicants fit
// its topics, the rest alike; or, without topics, all alike.
func (p place) ranking(nobody bool, fits wishes) residency.Place {
	out := residency.Place{ID: p.ID, Lab: p.Lab, Capacity: *p.Capacity, Ranks: p.Ranks}
	if !nobody {
		return out
	}
	out.Ranks, out.Open = nil, true
	topics := p.About
	for _, topic := range p.Shares {
		topics += ", " + topic
	}
	found := fits.fit.Rank(matching.Query{Text: topics}, matching.MaxResults, nil)
	if len(found) == 0 {
		return out
	}
	rest := map[string]bool{}
	for _, s := range found {
		out.Ranks, rest[s.ID] = append(out.Ranks, []string{s.ID}), true
	}
	last := slices.DeleteFunc(slices.Clone(fits.all), func(id string) bool { return rest[id] })
	out.Ranks, out.Open = append(out.Ranks, last), false
	return out
}

func placedOf(r residency.Result) placed {
	out := placed{Placements: []placement{}, Unmatched: append([]string{}, r.Unmatched...), Open: []opening{}, Seed: r.Seed, Why: map[string][]answered{}}
	for _, one := range r.Placements {
		var why []answered
		for _, a := range one.Why {
			why = append(why, answered(a))
		}
		if one.Place == "" {
			out.Why[one.Applicant] = why
			continue
		}
		out.Placements = append(out.Placements, placement{one.Applicant, one.Place, why})
	}
	for _, one := range r.Open {
		out.Open = append(out.Open, opening(one))
	}
	return out
}

func (c planResidencies) print(p *Program, out placed) error {
	if c.JSON {
		return p.lines(out)
	}
	var rows [][]string
	for _, one := range out.Placements {
		rows = append(rows, []string{one.Applicant, one.Place, explained(one.Why)})
	}
	for _, id := range out.Unmatched {
		rows = append(rows, []string{id, "-", explained(out.Why[id])})
	}
	if err := p.table("applicant\tplace\tnot, because", rows); err != nil {
		return err
	}
	for _, one := range out.Open {
		if _, err := fmt.Fprintf(p.Stdout, "%s has room for %d more.\n", one.Place, one.Left); err != nil {
			return fmt.Errorf("print the placements: %w", err)
		}
	}
	return nil
}

// explained says why the places that an applicant would rather have are not theirs.
func explained(why []answered) string {
	text := ""
	for i, a := range why {
		if i > 0 {
			text += "; "
		}
		text += a.Place + ": " + string(a.Reason)
	}
	return text
}
