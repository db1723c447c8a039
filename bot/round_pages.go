package bot

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	pairing "interlab/matching/round"
)

// KindSheet and KindPlanPage are pages of what a round is planned from, and of
// its plans. They know people by their turn, so that they stay as they were,
// and replay, whoever leaves.
const (
	KindSheet    Kind = "roundsheet"
	KindPlanPage Kind = "roundplan"
)

const (
	planPage   = 50          // meetings on one page: each is a match and two places in one commit
	sheetPage  = 2000        // pairs on one sheet
	solveSteps = 200_000_000 // looks at an edge in one slot: some seconds, and far more than a thousand people need
)

// Sheet is a page of what a round is planned from.
type Sheet struct {
	Round  string            `json:"round"`
	Frozen int               `json:"frozen"`
	N      int               `json:"n"`
	People []pairing.Person  `json:"people,omitempty"`
	Pairs  []Fit             `json:"pairs,omitempty"`
	Past   []Fit             `json:"past,omitempty"`
	Out    map[string]string `json:"out,omitempty"` // why a person, by turn, has no pair at all
}

// Fit are two people by turn, and a number: how well they fit, or how many weeks
// ago they met.
type Fit [3]int64

// Ref names the sheet.
func (s *Sheet) Ref() Ref { return Ref{KindSheet, pageID(s.Round, s.Frozen, s.N)} }

// Entries list the round's sheets.
func (s *Sheet) Entries() []Entry {
	return []Entry{{Index: sheetsOf + s.Round, Score: int64(s.N)}}
}

// Due is empty.
func (s *Sheet) Due() []Work { return nil }

// With a round's id, sheetsOf lists its sheets and planPagesOf the pages of its plans.
const (
	sheetsOf    = "roundsheet.of/"
	planPagesOf = "roundplan.of/"
)

func pageID(round string, of, n int) string { return fmt.Sprintf("%s-%d-%d", round, of, n) }

// PlanPage is a page of a plan.
type PlanPage struct {
	Round string        `json:"round"`
	Plan  int           `json:"plan"`
	N     int           `json:"n"`
	Pairs []PlannedPair `json:"pairs,omitempty"`
	Out   []int64       `json:"out,omitempty"` // turns of those who meet nobody
	At    time.Time     `json:"at"`
}

// PlannedPair is a meeting of a plan.
type PlannedPair struct {
	A      int64  `json:"a"`
	B      int64  `json:"b"`
	Slot   int    `json:"slot,omitempty"`
	Weight int64  `json:"weight"`
	Weeks  int    `json:"weeks,omitempty"` // since they last met
	Match  string `json:"match,omitempty"` // once it is recorded
}

// Ref names the page.
func (p *PlanPage) Ref() Ref { return Ref{KindPlanPage, pageID(p.Round, p.Plan, p.N)} }

// Entries list the pages of the round's plans.
func (p *PlanPage) Entries() []Entry {
	return []Entry{{Index: planPagesOf + p.Round, Score: int64(p.Plan)<<20 | int64(p.N)}}
}

// Due is empty.
func (p *PlanPage) Due() []Work { return nil }

// turns are all whom the page speaks of.
func (p *PlanPage) turns() []int64 {
	turns := slices.Clone(p.Out)
	for _, pair := range p.Pairs {
		turns = append(turns, pair.A, pair.B)
	}
	return turns
}

// planID and its inverse name a person in a plan.
func planID(turn int64) string { return strconv.FormatInt(turn, 10) }

func turnOf(id string) int64 {
	turn, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return 0 // nobody has it: turns begin at 1
	}
	return turn
}

// pagesOf cuts a plan into pages. There is always one.
func pagesOf(round string, n int, plan pairing.Plan, now time.Time) []*PlanPage {
	var pairs []PlannedPair
	for _, m := range plan.Meetings {
		pairs = append(pairs, PlannedPair{A: turnOf(m.A), B: turnOf(m.B), Slot: m.Slot, Weight: m.Weight, Weeks: m.Ago})
	}
	var out []int64
	for _, id := range plan.Unmatched {
		out = append(out, turnOf(id))
	}
	slices.Sort(out)
	pages := []*PlanPage{}
	for len(pages) == 0 || len(pairs)+len(out) > 0 {
		p := &PlanPage{Round: round, Plan: n, N: len(pages), At: now}
		cut := min(planPage, len(pairs))
		p.Pairs, pairs = pairs[:cut], pairs[cut:]
		cut = min(2*(planPage-cut), len(out))
		p.Out, out = out[:cut], out[cut:]
		pages = append(pages, p)
	}
	return pages
}

// sheets cuts what is planned from into pages.
func (p *problem) sheets(r *Round) []*Sheet {
	all := []*Sheet{{Round: r.ID, Frozen: r.Solves, People: p.People, Out: p.out}}
	cut := func(pairs []Fit, put func(*Sheet, []Fit)) {
		for page := range slices.Chunk(pairs, sheetPage) {
			s := &Sheet{Round: r.ID, Frozen: r.Solves, N: len(all)}
			put(s, page)
			all = append(all, s)
		}
	}
	var pairs, past []Fit
	for _, f := range p.Pairs {
		pairs = append(pairs, Fit{turnOf(f.A), turnOf(f.B), f.Weight})
	}
	for _, m := range p.Past {
		past = append(past, Fit{turnOf(m.A), turnOf(m.B), int64(m.Ago)})
	}
	cut(pairs, func(s *Sheet, page []Fit) { s.Pairs = page })
	cut(past, func(s *Sheet, page []Fit) { s.Past = page })
	return all
}

// Replay makes the round's plan again from what was recorded of it. Its sheets
// come in any order; those of an earlier gathering do not count.
func (r *Round) Replay(sheets []*Sheet) (pairing.Plan, error) {
	plan, err := pairing.Solve(r.problem(sheets, r.Edits).Round)
	if err != nil {
		return plan, fmt.Errorf("replay round %s: %w", r.ID, err)
	}
	return plan, nil
}

// problem puts the sheets together, with overrides.
func (r *Round) problem(sheets []*Sheet, overrides []Override) *problem {
	p := &problem{out: map[string]string{}}
	for _, s := range sheets {
		if s.Frozen != r.Frozen {
			continue
		}
		p.People = append(p.People, s.People...)
		for _, f := range s.Pairs {
			p.Pairs = append(p.Pairs, pairing.Pair{A: planID(f[0]), B: planID(f[1]), Weight: f[2]})
		}
		for _, f := range s.Past {
			p.Past = append(p.Past, pairing.Past{A: planID(f[0]), B: planID(f[1]), Ago: int(f[2])})
		}
		for turn, why := range s.Out {
			p.out[turn] = why
		}
	}
	p.Rules = r.rules()
	p.override(overrides)
	return p
}

// override adds pins and forbids.
func (p *problem) override(overrides []Override) {
	add := func(list *[]pairing.Couple, t Twosome) {
		c := pairing.Couple{A: planID(t[0]), B: planID(t[1])}
		if !slices.Contains(*list, c) && !slices.Contains(*list, pairing.Couple{A: c.B, B: c.A}) {
			*list = append(*list, c)
		}
	}
	for _, o := range overrides {
		for _, t := range o.Pins {
			add(&p.Pins, t)
		}
		for _, t := range o.Forbids {
			add(&p.Forbids, t)
		}
	}
}

// rules are the round's rules. Time counts in weeks.
func (r *Round) rules() pairing.Rules {
	return pairing.Rules{Slots: r.Meetings, HalfLife: halfLifeWeeks, MinGap: r.GapWeeks, Seed: r.Seed, Steps: solveSteps}
}

// halfLifeWeeks is after how many weeks a meeting counts half: two quarters.
const halfLifeWeeks = 26
