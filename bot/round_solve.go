package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"interlab/bot/chat"
	pairing "interlab/matching/round"
)

// offline is due work that takes long: it reads, reckons and writes pages before
// the one commit that its claim covers, so that no commit waits for it and a
// second try begins anew without harm.
var offline = map[Kind]map[string]func(a *App, ctx context.Context, c Claim) error{ //nolint:gochecknoglobals // a table
	KindRound: {workSolve: (*App).solve, workMend: (*App).mend},
}

// isOffline reports whether work goes that way.
func isOffline(c Claim) bool { return offline[c.Ref.Kind][baseName(c.Work)] != nil }

// workOffline does it.
func (a *App) workOffline(ctx context.Context, c Claim) error {
	return offline[c.Ref.Kind][baseName(c.Work)](a, ctx, c)
}

// read is a transaction that is never committed.
func (a *App) read(ctx context.Context) *Tx { return newTx(ctx, a.store, a.clock.Now(), a.ids) }

// claimed loads the round that work is about, and nil where it is done already.
func claimed(tx *Tx, c Claim) (*Round, error) {
	r, err := load[*Round](tx, KindRound, c.Ref.ID)
	if errors.Is(err, errNotFound) || err == nil && !derives(r, c.Work) {
		return nil, nil
	}
	return r, err
}

// concludeRound commits what work on a round came to, unless it is done already.
func (a *App) concludeRound(ctx context.Context, c Claim, fn func(tx *Tx, r *Round) error) error {
	_, err := a.update(ctx, change{verb: c.Work, job: &c}, func(tx *Tx) (chat.Message, error) {
		r, err := claimed(tx, c)
		if err != nil || r == nil {
			return chat.Message{}, err
		}
		tx.put(r)
		return chat.Message{}, fn(tx, r)
	})
	return err
}

// solve makes a plan: of all who joined, or of an edit that is tried.
func (a *App) solve(ctx context.Context, c Claim) error {
	tx := a.read(ctx)
	r, err := claimed(tx, c)
	if err != nil || r == nil {
		return a.concludeRound(ctx, c, func(*Tx, *Round) error { return err })
	}
	p, fault, sheets, err := a.stated(tx, r)
	if err != nil {
		return err
	}
	planned, pages := r.plan(p, fault, tx)
	for _, s := range sheets {
		if err := a.keepPage(ctx, s); err != nil {
			return err
		}
	}
	for _, page := range pages {
		if err := a.keepPage(ctx, page); err != nil {
			return err
		}
	}
	return a.concludeRound(ctx, c, func(tx *Tx, now *Round) error {
		if len(sheets) > 0 {
			now.Sheets, now.Frozen = len(sheets), r.Solves
		}
		return a.roundSolved(tx, now, planned)
	})
}

// stated is the problem of a round: as it was gathered, or gathered now, with the
// sheets that are to be kept of it.
func (a *App) stated(tx *Tx, r *Round) (p *problem, fault string, fresh []*Sheet, err error) {
	if r.Sheets > 0 {
		sheets, err := listAll[*Sheet](tx, sheetsOf+r.ID)
		return r.problem(sheets, r.overrides()), "", nil, err
	}
	if err := a.people.refresh(tx.ctx); err != nil {
		return nil, "", nil, err
	}
	places, err := listAll[*Entrant](tx, entrantsOf+r.ID)
	if err != nil {
		return nil, "", nil, err
	}
	crowd, err := a.newCrowd(tx, r, places)
	if err != nil {
		return nil, "", nil, err
	}
	p = crowd.problem()
	fresh = p.sheets(r)
	p.override(r.overrides())
	return p, crowd.fault(p), fresh, nil
}

// plan solves a problem and cuts the plan into pages.
func (r *Round) plan(p *problem, fault string, tx *Tx) (*RoundPlan, []*PlanPage) {
	plan, err := pairing.Solve(p.Round)
	if err != nil {
		return &RoundPlan{N: r.Solves, Fault: "These changes cannot all be kept: a person has only " + counted(r.Meetings, "meeting", "meetings") + "."}, nil
	}
	pages := pagesOf(r.ID, r.Solves, plan, tx.now)
	if len(p.Pairs) == 0 && fault == "" {
		fault = "Nobody can be paired with anybody any more."
	}
	return &RoundPlan{
		N: r.Solves, Pages: len(pages), Pairs: len(plan.Meetings), People: len(p.People) - len(plan.Unmatched), Out: len(plan.Unmatched),
		Total: plan.Total, Bound: plan.Bound, Exact: plan.Exact, Fault: fault,
		Seed: plan.Seed, Input: plan.Input, Path: plan.Path, Steps: plan.Steps,
	}, pages
}

// keepPage writes a page that nothing points at yet. A try before this one may
// have written it.
func (a *App) keepPage(ctx context.Context, page Document) error {
	_, err := a.update(ctx, change{verb: "round.page"}, func(tx *Tx) (chat.Message, error) {
		if _, err := load[Document](tx, page.Ref().Kind, page.Ref().ID); err != nil && !errors.Is(err, errNotFound) {
			return chat.Message{}, err
		}
		tx.put(page)
		return chat.Message{}, nil
	})
	if err != nil {
		return fmt.Errorf("keep %s: %w", page.Ref(), err)
	}
	return nil
}

// roundSolved notes a plan and tells whoever waits for it.
func (a *App) roundSolved(tx *Tx, r *Round, planned *RoundPlan) error {
	r.Solving = time.Time{}
	r.Edition++
	notice := noticePlanned
	if r.Trial != nil {
		r.Trial.Plan = planned
		notice = noticePrice
	} else {
		r.Plan = planned
	}
	if err := tidy(tx, r); err != nil {
		return err
	}
	organiser, err := load[*Person](tx, KindPerson, r.For)
	if errors.Is(err, errNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	a.tell(tx, organiser, Delivery{Notice: fmt.Sprintf("%s.%d", notice, r.Edition), Subject: r.Ref(), As: Grant{Role: Organiser}, NotBefore: tx.now})
	return nil
}

// tidy deletes pages of plans and sheets that nothing points at any more, as
// many as are listed at once.
func tidy(tx *Tx, r *Round) error {
	keep := []int{}
	if r.Plan != nil {
		keep = append(keep, r.Plan.N)
	}
	if r.Trial != nil && r.Trial.Plan != nil {
		keep = append(keep, r.Trial.Plan.N)
	}
	pages, err := list[*PlanPage](tx, Want{List: planPagesOf + r.ID})
	if err != nil {
		return err
	}
	for _, p := range pages {
		if !slices.Contains(keep, p.Plan) {
			if err := drawOut(tx, p.Ref()); err != nil {
				return err
			}
		}
	}
	sheets, err := list[*Sheet](tx, Want{List: sheetsOf + r.ID})
	if err != nil {
		return err
	}
	for _, s := range sheets {
		if s.Frozen != r.Frozen {
			if err := drawOut(tx, s.Ref()); err != nil {
				return err
			}
		}
	}
	return nil
}

// drawOut deletes a page.
func drawOut(tx *Tx, ref Ref) error {
	if _, err := load[Document](tx, ref.Kind, ref.ID); err != nil {
		return err
	}
	tx.remove(ref)
	return nil
}
