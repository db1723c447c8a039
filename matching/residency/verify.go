package residency

import "slices"

// Verify checks placements against the market alone: everybody is placed at most once,
// where they chose and are wanted, no place has more people than room, and there is
// no applicant and place who would both rather have each other. It shares no step with
// Settle but the lottery. Errors wrap ErrMarket and name whom they are about.
func (m Market) Verify(r Result) error {
	c, err := m.check()
	if err != nil {
		return err
	}
	if len(r.Placements) != len(m.Applicants) {
		return refuse("%d placements of %d applicants", len(r.Placements), len(m.Applicants))
	}
	worst, count := make([]order, len(m.Places)), make([]int, len(m.Places))
	for i, p := range r.Placements {
		if p.Applicant != m.Applicants[i].ID {
			return refuse("placement %d is of %q, not of %q", i, p.Applicant, m.Applicants[i].ID)
		}
		if p.Place == "" {
			continue
		}
		at := c.rank(i, p.Place)
		if at < 0 {
			return refuse("%q is at %q, which they did not choose or which does not want them", p.Applicant, p.Place)
		}
		o := c.choices[i][at]
		count[o.place]++
		if count[o.place] > m.Places[o.place].Capacity {
			return refuse("more people are at %q than it has room for", p.Place)
		}
		if count[o.place] == 1 || o.order.compare(worst[o.place]) > 0 {
			worst[o.place] = o.order
		}
	}
	for i, p := range r.Placements {
		for at, o := range c.choices[i] {
			if at == c.rank(i, p.Place) {
				break
			}
			if count[o.place] < m.Places[o.place].Capacity || o.order.compare(worst[o.place]) < 0 {
				return refuse("%q and %q would both rather have each other", p.Applicant, m.Places[o.place].ID)
			}
		}
	}
	return nil
}

// rank returns at which of their possible choices an applicant has a place, or -1.
func (c *market) rank(applicant int, place string) int {
	return slices.IndexFunc(c.choices[applicant], func(o option) bool { return c.Places[o.place].ID == place })
}
