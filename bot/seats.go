package bot

import "math"

// Seats counts who has a place at a colloquium and who would like one. An
// offered seat counts as taken: whoever waits longest is never overtaken.
type Seats struct {
	Capacity int `json:"capacity,omitempty"` // 0 means that there is room for everybody
	Going    int `json:"going,omitempty"`
	Offered  int `json:"offered,omitempty"`
	Waiting  int `json:"waiting,omitempty"`
	Unsure   int `json:"maybe,omitempty"`  // they take no seat
	Absent   int `json:"cannot,omitempty"` // they said so, and are on the list no more
}

// free is how many seats nobody has. It is 0, too, where the capacity was
// lowered below those who have one: nobody is thrown out.
func (s Seats) free() int {
	if s.Capacity == 0 {
		return math.MaxInt
	}
	return max(0, s.Capacity-s.taken())
}

// taken is how many seats somebody has or is offered.
func (s Seats) taken() int { return s.Going + s.Offered }

// vacant is how many seats can be offered to those who wait.
func (s Seats) vacant() int { return min(s.free(), s.Waiting) }

// people is how many are concerned when something changes.
func (s Seats) people() int { return s.taken() + s.Waiting + s.Unsure }

// entry is what somebody becomes who wants to come: they wait where there is no
// seat, or where others waited before them.
func (s Seats) entry() RsvpState {
	if s.free() > 0 && s.Waiting == 0 {
		return Going
	}
	return Waiting
}

// move counts somebody under another state.
func (s *Seats) move(from, to RsvpState) {
	s.add(from, -1)
	s.add(to, 1)
}

func (s *Seats) add(state RsvpState, n int) {
	switch state {
	case Going:
		s.Going += n
	case Offered:
		s.Offered += n
	case Waiting:
		s.Waiting += n
	case Unsure:
		s.Unsure += n
	case Absent:
		s.Absent += n
	case Left:
	}
}
