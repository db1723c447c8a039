package blossom

// event is something that may happen in a search when the duals have moved so far.
type event struct {
	at   int64 // the shift of the duals
	what occasion
	id   int32 // of a vertex, a half-edge or a blossom, as the occasion says
}

// occasion is a kind of event.
type occasion uint8

const (
	reaches occasion = iota // the best edge to an unlabelled vertex gets tight
	meets                   // a half-edge between two outer vertices gets tight
	empties                 // the dual of an inner blossom gets zero
)

// agenda is a binary heap of events, the earliest first. Events may be out of date
// when they come; whoever takes one looks.
type agenda []event

func (a *agenda) add(e event) {
	list := append(*a, e)
	at := len(list) - 1
	for at > 0 {
		parent := (at - 1) / 2
		if list[parent].at <= e.at {
			break
		}
		list[at], at = list[parent], parent
	}
	list[at] = e
	*a = list
}

// take returns the earliest event. The agenda must not be empty.
func (a *agenda) take() event {
	list := *a
	first, last := list[0], list[len(list)-1]
	list = list[:len(list)-1]
	at := 0
	for {
		child := 2*at + 1
		if child >= len(list) {
			break
		}
		if child+1 < len(list) && list[child+1].at < list[child].at {
			child++
		}
		if list[child].at >= last.at {
			break
		}
		list[at], at = list[child], child
	}
	if len(list) > 0 {
		list[at] = last
	}
	*a = list
	return first
}
