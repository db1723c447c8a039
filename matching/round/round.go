// Package round plans many meetings at once: pairs in one or more slots, or groups.
// Its rule: who must not meet has no edge; then as many people as possible meet, then
// those who waited longest, then who fits best; and how good the plan is comes with it,
// proved. Equal rounds give equal plans, in whatever order their lists are.
package round

import (
	"errors"
	"fmt"

	"interlab/matching/blossom"
)

// MaxSlots is how many slots a round has at most.
const MaxSlots = 32

// ErrRound is wrapped by all errors about a round that cannot be planned.
var ErrRound = errors.New("the round cannot be planned")

// Person takes part in a round.
type Person struct {
	ID     string
	Lab    string // two people of the same lab do not meet; "" is no lab
	Away   uint64 // bit s: the person cannot come in slot s
	Waited int    // how many rounds the person sat out so far, or since whenever counts; the most come first
}

// Pair are two people who may meet, and how well they fit. Who is in no pair together
// does not meet.
type Pair struct {
	A, B   string
	Weight int64 // at least 0
}

// Past is a meeting that took place.
type Past struct {
	A, B string
	Ago  int // rounds; 1 is the one before
}

// Couple are two people, in whatever order.
type Couple struct{ A, B string }

// Rules say how a round is planned. The zero value plans one meeting each, to the end.
type Rules struct {
	Slots    int    // meetings each, one a slot; 0 is 1
	Group    int    // 3 to 6: groups of about so many instead of pairs
	LabCap   int    // in groups: so many of one lab at most; 0 is 1
	HalfLife int    // rounds after which a meeting counts half; 0 is DefaultHalfLife
	MinGap   int    // so many rounds lie between two meetings of a pair at least
	Fair     bool   // first make the worst pair as good as it can be
	Seed     uint64 // decides between equals
	Steps    int64  // limit of steps for each solve; 0 is a thousand for each pair, which no network was seen to need
}

// A plan without a limit of its own ends all the same: after so many steps for each pair,
// which a network of 20,000 people needs 300 of, and with what a small round never needs.
const (
	defaultSteps = 1000
	leastSteps   = 100_000_000
)

// DefaultHalfLife is half a year of fortnightly rounds.
const DefaultHalfLife = 13

// Round is all that a plan depends on.
type Round struct {
	People  []Person
	Pairs   []Pair
	Past    []Past
	Pins    []Couple // who meets in any case; one slot for each mention
	Forbids []Couple // who does not
	Rules
}

// Meeting is a pair in a slot.
type Meeting struct {
	A, B   string // in order
	Weight int64  // as in the pair; 0 for a pin without one
	Slot   int    // from 0
	Ago    int    // rounds since they last met; 0 if never
}

// Group is a group of three and more.
type Group struct {
	Members []string // in order
	Weight  int64    // of all pairs in it
}

// Plan is what a round comes to.
type Plan struct {
	Meetings  []Meeting // by slot, then by A
	Groups    []Group   // by first member
	Unmatched []string  // who meets nobody, in order
	Total     int64     // the weights of all meetings
	Bound     int64     // Total, and what may be missing to the best plan by the rules
	Exact     bool      // no plan is better by the rules, in people, in waiting and in weight; Bound equals Total
	Worst     int64     // the least weight of a meeting
	Prices    []Price   // of the pins, then of the forbids

	// What replays the plan: the same input with the same seed and limit takes the
	// same path in as many steps.
	Seed  uint64
	Input string // SHA-256 of the round, in hexadecimal digits
	Path  Path
	Steps int64
}

// Path says how a plan came to be. Its values are stored.
type Path string

// The paths.
const (
	Proved  Path = "exact"  // to the end, every slot
	Limited Path = "fast"   // a limit of steps came first; the bound is still proved
	Grouped Path = "groups" // by local search; the bound is what nobody's best companions exceed
)

// Price is what the plan would gain without one pin or forbid.
type Price struct {
	Couple
	Pin    bool
	People int   // so many more would meet
	Weight int64 // so much greater would the total be; less than 0 where more people meet for it
}

// Make plans a round. Errors wrap ErrRound and name what is in the way.
func Make(r Round) (Plan, error) {
	p, err := r.plan()
	if err != nil {
		return Plan{}, err
	}
	for i, pin := range r.Pins {
		without := r
		without.Pins = except(r.Pins, i)
		if err := p.price(without, pin, true); err != nil {
			return Plan{}, err
		}
	}
	for i, forbid := range r.Forbids {
		without := r
		without.Forbids = except(r.Forbids, i)
		if err := p.price(without, forbid, false); err != nil {
			return Plan{}, err
		}
	}
	return p, nil
}

// plan makes a plan without prices.
func (r Round) plan() (Plan, error) {
	t, err := newTable(r)
	if err != nil {
		return Plan{}, err
	}
	if r.Group != 0 {
		return t.groups()
	}
	for slot := range t.slots {
		if err := t.fill(slot); err != nil {
			return Plan{}, err
		}
	}
	return t.plan(), nil
}

func (p *Plan) price(without Round, c Couple, pin bool) error {
	other, err := without.plan()
	if err != nil {
		return err
	}
	p.Prices = append(p.Prices, Price{
		Couple: c, Pin: pin, People: len(p.Unmatched) - len(other.Unmatched), Weight: other.Total - p.Total,
	})
	return nil
}

func except[T any](list []T, i int) []T {
	return append(append([]T{}, list[:i]...), list[i+1:]...)
}

func refuse(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrRound, fmt.Sprintf(format, args...))
}

// maxWeight is the largest weight of a pair: what is far above any similarity, and
// leaves room for the tiers above it.
const maxWeight = blossom.MaxWeight
