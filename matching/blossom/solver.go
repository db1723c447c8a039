package blossom

// none stands for no half-edge, no vertex and no blossom.
const none = -1

// label is what a blossom is in the tree of the present search.
type label uint8

const (
	unlabelled label = iota
	outer            // at an even distance from the root; duals of its vertices fall
	inner            // at an odd distance; they rise
)

// solver is a matching on its way to the greatest weight, with duals that are
// feasible at every moment: for each edge the duals of its ends and of the blossoms
// around both make at least its weight. Blossoms below len(y) are single vertices.
//
// Within a search the duals of all outer vertices fall, and of all inner ones rise, by
// one shift. They are stored so that nothing moves: the dual of an outer vertex is
// y - shift, of an inner one y + shift, of an outer blossom z + 2 shift, of an inner
// one z - 2 shift. So the time of every event is known when it is planned.
type solver struct {
	*Graph
	steps, limit int64

	mate []int32 // half-edge from a vertex to its partner
	half []int32 // half-edge to the next vertex of an odd cycle of half edges
	y    []int64 // dual of a vertex
	top  []int32 // outermost blossom of a vertex, but for what this search shrank

	z        []int64 // dual of a blossom
	parent   []int32
	base     []int32
	children [][]int32 // in the order of the cycle, the one with the base first
	links    [][]int32 // half-edge from each child to the next
	free     []int32   // blossoms not in use

	search
}

// search is the state of the growth of one tree. Between searches it is blank.
type search struct {
	fractional bool // odd cycles become half edges and do not shrink
	shift      int64
	agenda     agenda
	queue      []int32 // outer vertices to be scanned
	label      []label // of outermost blossoms
	entry      []int32 // of an inner blossom: the half-edge by which the tree came in
	best       []int32 // of a vertex that is not outer: the half-edge to it that gets tight first
	near       []int64 // the stored dual at the tail of that half-edge, less its weight
	up         []int32 // a blossom, or the one that this search shrank it into
	mark       []int32 // number of the walk that last came by
	walk       int32
	zeroAt     int64 // shift at which the first outer dual is zero
	zero       int32 // its vertex
	labelled   []int32
	reached    []int32 // vertices with a best half-edge
	shrunk     []int32 // blossoms made in this search
}

func newSolver(g *Graph, limit int64) *solver {
	n := g.vertices
	all := n + n/2 + 1
	s := &solver{
		Graph: g, limit: limit,
		mate: nobody(n), half: nobody(n), y: make([]int64, n), top: make([]int32, n),
		z: make([]int64, all), parent: nobody(all), base: make([]int32, all),
		children: make([][]int32, all), links: make([][]int32, all),
		search: search{
			label: make([]label, all), entry: nobody(all), best: nobody(n), near: make([]int64, n),
			up: make([]int32, all), mark: make([]int32, all),
		},
	}
	for b := range s.up {
		s.up[b] = int32(b)
		if b < n {
			s.top[b], s.base[b] = int32(b), int32(b)
		} else {
			s.free = append(s.free, int32(b))
		}
	}
	return s
}

// nobody returns a list of none.
func nobody(n int) []int32 {
	list := make([]int32, n)
	for i := range list {
		list[i] = none
	}
	return list
}

// start gives each vertex the least dual that its edges allow when its neighbours
// have theirs, and matches along tight edges where both ends are free. It sets out from
// a guess: what an edge weighs beyond the guesses of its ends is halved between them, so
// that the duals are feasible whatever the guess.
func (s *solver) start(guess []int64) {
	worth := func(v int32) int64 {
		if guess == nil {
			return 0
		}
		return 2 * guess[v]
	}
	for v := range int32(len(s.y)) {
		for h, last := s.around(v); h < last; h++ {
			e := s.halves[h]
			s.y[v] = max(s.y[v], worth(v)+(e.weight-worth(v)-worth(e.to)+1)/2)
		}
	}
	for v := range int32(len(s.y)) {
		if s.mate[v] != none {
			continue
		}
		s.y[v] = 0
		first, last := s.around(v)
		for h := first; h < last; h++ {
			s.y[v] = max(s.y[v], s.halves[h].weight-s.y[s.halves[h].to])
		}
		for h := first; h < last; h++ {
			if e := s.halves[h]; s.mate[e.to] == none && s.y[v]+s.y[e.to] == e.weight {
				s.mate[v], s.mate[e.to] = h, e.back
				break
			}
		}
	}
	s.steps += 3 * int64(len(s.halves))
}

// find returns the outermost blossom of a vertex.
func (s *solver) find(v int32) int32 {
	b := s.top[v]
	for s.up[b] != b {
		s.up[b] = s.up[s.up[b]]
		b = s.up[b]
	}
	return b
}

// isVertex reports whether a blossom is a single vertex.
func (s *solver) isVertex(b int32) bool { return int(b) < len(s.y) }

// leaves calls do for each vertex of a blossom, in the order of the cycles.
func (s *solver) leaves(b int32, do func(v int32)) {
	s.steps++
	if s.isVertex(b) {
		do(b)
		return
	}
	for _, c := range s.children[b] {
		s.leaves(c, do)
	}
}

// childWith returns which child of a blossom holds a vertex.
func (s *solver) childWith(b, v int32) (index int) {
	for s.parent[v] != b {
		v = s.parent[v]
	}
	s.steps += int64(len(s.children[b]))
	for i, c := range s.children[b] {
		if c == v {
			return i
		}
	}
	return none // a vertex of the blossom is in one of its children
}
