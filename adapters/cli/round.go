package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"interlab/matching/round"
)

// planRound plans meetings.
type planRound struct {
	People   string `help:"Who takes part: JSON lines, or CSV with names of columns. Who has slots comes in those alone." placeholder:"FILE" xor:"from" required:""`
	Edges    string `help:"Who may meet and how well they fit: CSV of a, b and a whole number." placeholder:"FILE" xor:"from" required:""`
	Meetings int    `default:"1" help:"Meetings for each person; each is a slot."`
	Group    int    `help:"Plan groups of about so many, 3 to 6, instead of pairs." placeholder:"N"`
	LabCap   int    `default:"1" help:"In a group, so many people of one lab at most." placeholder:"N"`
	History  string `help:"Who met before: CSV of a, b, and a column round or ago." placeholder:"FILE"`
	HalfLife int    `default:"13" help:"Rounds after which a meeting counts half." placeholder:"N"`
	MinGap   int    `help:"Rounds that lie between two meetings of a pair at least." placeholder:"N"`
	Pins     string `help:"Who meets in any case, and who must not: CSV of a, b, and pin or forbid." placeholder:"FILE"`
	Fair     bool   `help:"First make the worst pair as good as it can be."`
	Seed     uint64 `default:"1" help:"Decides between equals."`
	Steps    int64  `help:"Stop after so many steps, with a proved bound; 0 is a thousand for each pair." placeholder:"N"`
	JSON     bool   `help:"Print one JSON object."`
}

type (
	plannedPair struct {
		A      string `json:"a"`
		B      string `json:"b"`
		Weight int64  `json:"weight"`
		Slot   int    `json:"slot"` // from 1
		Ago    int    `json:"ago,omitempty"`
	}
	plannedGroup struct {
		Members []string `json:"members"`
		Weight  int64    `json:"weight"`
	}
	price struct {
		A      string `json:"a"`
		B      string `json:"b"`
		Rule   string `json:"rule"`
		People int    `json:"people"`
		Weight int64  `json:"weight"`
	}
	planned struct {
		Pairs     []plannedPair  `json:"pairs"`
		Groups    []plannedGroup `json:"groups,omitempty"`
		Unmatched []string       `json:"unmatched"`
		Total     int64          `json:"total"`
		Bound     int64          `json:"bound"`
		Exact     bool           `json:"exact"`
		Seed      uint64         `json:"seed"`
		Prices    []price        `json:"prices,omitempty"`
		Path      round.Path     `json:"path"`
		Steps     int64          `json:"steps"`
		Input     string         `json:"input"`
	}
)

// Run plans a round and prints it.
func (c planRound) Run(p *Program) error {
	defer p.working("planning the round")()
	r := round.Round{Rules: round.Rules{
		Slots: c.Meetings, Group: c.Group, LabCap: c.LabCap, HalfLife: c.HalfLife, MinGap: c.MinGap,
		Fair: c.Fair, Seed: c.Seed, Steps: c.Steps,
	}}
	if c.Meetings < 1 || c.HalfLife < 1 {
		return fmt.Errorf("--meetings is %d and --half-life is %d; both must be at least 1", c.Meetings, c.HalfLife)
	}
	var err error
	if c.Edges != "" {
		err = p.edges(c.Edges, &r)
	} else {
		err = p.pairPeople(c.People, &r)
	}
	if err == nil && c.History != "" {
		err = p.history(c.History, &r)
	}
	if err == nil && c.Pins != "" {
		err = p.pins(c.Pins, &r)
	}
	if err != nil {
		return err
	}
	made, err := round.Make(r)
	if err != nil {
		return err
	}
	if len(made.Meetings)+len(made.Groups) == 0 {
		return fmt.Errorf("nobody can meet: of %d people no two may, by labs, gaps and forbids; allow more pairs", len(r.People))
	}
	return c.print(p, plannedOf(made))
}

// edges reads who may meet, and who there is from that.
func (p *Program) edges(path string, r *round.Round) error {
	records, err := p.records(path, "a", "b", "weight")
	if err != nil {
		return err
	}
	here, lines := map[string]bool{}, map[round.Couple]int{}
	for _, line := range records {
		a, b := line.columns["a"], line.columns["b"]
		weight, err := strconv.ParseInt(line.columns["weight"], 10, 64)
		c := round.Couple{A: min(a, b), B: max(a, b)}
		switch {
		case a == "" || b == "":
			return line.errorf("a pair needs two names")
		case a == b:
			return line.errorf("%q cannot meet themselves", a)
		case err != nil:
			return line.errorf("the weight %q is not a whole number below 2^63", line.columns["weight"])
		case weight < 0:
			return line.errorf("the weight %d is negative", weight)
		case lines[c] > 0:
			return line.errorf("%q and %q are also in line %d", a, b, lines[c])
		}
		lines[c] = line.line
		for _, id := range [...]string{a, b} {
			if !here[id] {
				here[id] = true
				r.People = append(r.People, round.Person{ID: id})
			}
		}
		r.Pairs = append(r.Pairs, round.Pair{A: a, B: b, Weight: weight})
	}
	return nil
}

// history reads who met when: in round N, or N rounds ago; else one round ago. Who met
// nobody in one of these rounds sat it out.
func (p *Program) history(path string, r *round.Round) error {
	records, err := p.records(path, "a", "b", "round", "ago")
	if err != nil {
		return err
	}
	rounds, last := make([]int, len(records)), 0
	for i, line := range records {
		for _, column := range [...]string{"round", "ago"} {
			value := line.columns[column]
			n, err := strconv.Atoi(cmp.Or(value, "0"))
			if err != nil || n < 0 || n > 1_000_000 || value != "" && column == "ago" && n < 1 {
				return line.errorf("the %s %q is not a number of rounds", column, value)
			}
			if value != "" && column == "ago" {
				n = -n
			}
			if value != "" {
				rounds[i] = n
			}
		}
		last = max(last, rounds[i])
	}
	took, met := map[int]bool{}, map[string]map[int]bool{}
	for i, line := range records {
		ago := last + 1 - rounds[i]
		if line.columns["ago"] != "" {
			ago = -rounds[i]
		}
		took[ago] = true
		for _, id := range [...]string{line.columns["a"], line.columns["b"]} {
			if id == "" {
				return line.errorf("a meeting needs two names")
			}
			if met[id] == nil {
				met[id] = map[int]bool{}
			}
			met[id][ago] = true
		}
		r.Past = append(r.Past, round.Past{A: line.columns["a"], B: line.columns["b"], Ago: ago})
	}
	for i, one := range r.People {
		r.People[i].Waited = len(took) - len(met[one.ID])
	}
	return nil
}

// pins reads who meets in any case, and who must not.
func (p *Program) pins(path string, r *round.Round) error {
	records, err := p.records(path, "a", "b", "rule")
	if err != nil {
		return err
	}
	for _, line := range records {
		c := round.Couple{A: line.columns["a"], B: line.columns["b"]}
		for _, id := range [...]string{c.A, c.B} {
			if !slices.ContainsFunc(r.People, func(one round.Person) bool { return one.ID == id }) {
				return line.errorf("%q takes no part", id)
			}
		}
		switch line.columns["rule"] {
		case "pin", "":
			r.Pins = append(r.Pins, c)
		case "forbid":
			r.Forbids = append(r.Forbids, c)
		default:
			return line.errorf("the rule %q is neither pin nor forbid", line.columns["rule"])
		}
	}
	return nil
}

func plannedOf(m round.Plan) planned {
	out := planned{
		Pairs: []plannedPair{}, Unmatched: append([]string{}, m.Unmatched...), Total: m.Total, Bound: m.Bound,
		Exact: m.Exact, Seed: m.Seed, Path: m.Path, Steps: m.Steps, Input: m.Input,
	}
	for _, one := range m.Meetings {
		out.Pairs = append(out.Pairs, plannedPair{one.A, one.B, one.Weight, one.Slot + 1, one.Ago})
	}
	for _, g := range m.Groups {
		out.Groups = append(out.Groups, plannedGroup(g))
	}
	for _, one := range m.Prices {
		rule := "forbid"
		if one.Pin {
			rule = "pin"
		}
		out.Prices = append(out.Prices, price{one.A, one.B, rule, one.People, one.Weight})
	}
	return out
}

func (c planRound) print(p *Program, out planned) error {
	if c.JSON {
		return p.lines(out)
	}
	var rows [][]string
	for _, one := range out.Pairs {
		rows = append(rows, []string{strconv.Itoa(one.Slot), one.A, one.B, strconv.FormatInt(one.Weight, 10)})
	}
	head := "slot\ta\tb\tweight"
	for i, g := range out.Groups {
		head = "group\tweight\tmembers"
		rows = append(rows, append([]string{strconv.Itoa(i + 1), strconv.FormatInt(g.Weight, 10)}, g.Members...))
	}
	if err := p.table(head, rows); err != nil {
		return err
	}
	proof := "No plan is better by the rules."
	if !out.Exact {
		proof = fmt.Sprintf("At least %.2f %% of what any plan can weigh, which is proved; with more --steps it may get better.", 100*float64(out.Total)/float64(max(out.Bound, 1)))
	}
	_, err := fmt.Fprintf(p.Stdout, "\nTotal %d. %s Seed %d, %d steps.\n", out.Total, proof, out.Seed, out.Steps)
	for _, one := range out.Prices {
		_, err = fmt.Fprintf(p.Stdout, "Without the %s of %s and %s: %+d people, %+d weight.\n", one.Rule, one.A, one.B, one.People, one.Weight)
	}
	for _, id := range out.Unmatched {
		_, err = fmt.Fprintf(p.Stdout, "%s meets nobody in this round, and comes first in the next.\n", id)
	}
	if err != nil {
		return fmt.Errorf("print the round: %w", err)
	}
	return nil
}
