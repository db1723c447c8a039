package bot

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"interlab/matching/residency"
)

// solution is a placement that was worked out. One is kept by each replica, for
// the pages that record it; it follows from the documents, so losing it loses time.
type solution struct {
	mu      sync.Mutex
	of      string
	market  residency.Market
	result  residency.Result
	answers map[string]residency.Placement // by the applicant's key
}

// solved works a placement out from what was set on the applications, or
// remembers it, and checks it by a way that shares no step with the other one.
func (a *App) solved(tx *Tx, p *Placement) (residency.Market, map[string]residency.Placement, residency.Result, error) {
	s := &a.placed
	s.mu.Lock()
	defer s.mu.Unlock()
	if of := joinID(p.ID, p.Edition); s.of != of {
		market, err := marketOf(tx, p)
		if err != nil {
			return market, nil, residency.Result{}, err
		}
		result, err := market.Settle()
		if err == nil {
			err = market.Verify(result)
		}
		if err != nil {
			return market, nil, result, fmt.Errorf("place %s: %w", p.ID, err)
		}
		s.of, s.market, s.result, s.answers = of, market, result, map[string]residency.Placement{}
		for _, one := range result.Placements {
			s.answers[one.Applicant] = one
		}
	}
	return s.market, s.answers, s.result, nil
}

// marketOf is the market of a placement, by what was set on each application.
// Applicants and places stand in the order of their ids.
func marketOf(tx *Tx, p *Placement) (residency.Market, error) {
	m := residency.Market{Seed: p.Seed}
	mine := map[string][]*Application{}
	for _, id := range p.Openings {
		o, err := load[*Opening](tx, KindOpening, id)
		if err != nil {
			return m, err
		}
		apps, err := listAll[*Application](tx, applicationsTo+id)
		if err != nil {
			return m, err
		}
		place := residency.Place{ID: id, Capacity: o.Capacity, Ranks: make([][]string, len(bands()))}
		for _, app := range apps {
			if app.Lot.Run != p.ID || app.Lot.Rank == 0 {
				continue
			}
			mine[app.Lot.Key] = append(mine[app.Lot.Key], app)
			if app.Lot.Level >= 0 {
				place.Ranks[app.Lot.Level] = append(place.Ranks[app.Lot.Level], app.Lot.Key)
			}
		}
		m.Places = append(m.Places, place)
	}
	for key, apps := range mine {
		slices.SortFunc(apps, func(a, b *Application) int { return a.Lot.Rank - b.Lot.Rank })
		one := residency.Applicant{ID: key}
		for _, app := range apps {
			one.Choices = append(one.Choices, app.Opening)
		}
		m.Applicants = append(m.Applicants, one)
	}
	slices.SortFunc(m.Applicants, func(a, b residency.Applicant) int { return strings.Compare(a.ID, b.ID) })
	return m, nil
}

// solvePlacement works the placement out and shows the numbers to whoever began it.
func (a *App) solvePlacement(tx *Tx, p *Placement) error {
	market, answers, result, err := a.solved(tx, p)
	if err != nil {
		return err
	}
	n := Numbers{Applicants: len(market.Applicants)}
	labs := map[string]bool{}
	for _, place := range market.Places {
		n.Places += place.Capacity
		o, err := load[*Opening](tx, KindOpening, place.ID)
		if err != nil {
			return err
		}
		labs[o.Lab] = true
		if !o.Ranked {
			n.Defaults++
		}
	}
	for _, applicant := range market.Applicants {
		one := answers[applicant.ID]
		if one.Place != "" {
			n.Placed++
		}
		if one.Place == applicant.Choices[0] {
			n.First++
		}
		for _, why := range one.Why {
			if why.Reason == residency.Lottery {
				n.Drawn++
			}
		}
	}
	n.Labs, n.Left = len(labs), n.Places-n.Placed
	p.Numbers, p.Result = n, resultHash(result)
	p.turn(PlacementPreview)
	return a.tellBy(tx, p, noticePreview)
}

// resultHash names who goes where: the SHA-256 of the placements, in hexadecimal.
func resultHash(r residency.Result) string {
	data, err := json.Marshal(r.Placements)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
