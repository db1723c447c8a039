package blossom

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// weighs solves a graph and returns the greatest weight.
func weighs(t rapid.TB, vertices int, edges []Edge) *big.Int {
	t.Helper()
	g, err := NewGraph(vertices, slices.Clone(edges))
	if err != nil {
		t.Fatal(err)
	}
	m, err := g.Solve(0)
	if err != nil || !m.Exact {
		t.Fatalf("Solve of %v: exact %t, %v", edges, m.Exact, err)
	}
	return m.Weight
}

func TestOneMoreEdgeNeverLowersTheWeight(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g := graphs(10).Draw(t, "graph")
		if g.vertices < 2 {
			return
		}
		a := rapid.Int32Range(0, int32(g.vertices)-1).Draw(t, "a")
		b := (a + rapid.Int32Range(1, int32(g.vertices)-1).Draw(t, "b")) % int32(g.vertices)
		weight := rapid.Int64Range(0, 50).Draw(t, "weight")
		before, after := weighs(t, g.vertices, g.edges), weighs(t, g.vertices, append(slices.Clone(g.edges), Edge{a, b, weight}))
		if most := new(big.Int).Add(before, big.NewInt(weight)); after.Cmp(before) < 0 || after.Cmp(most) > 0 {
			t.Errorf("an edge of %d changes the weight from %v to %v", weight, before, after)
		}
	})
}

func TestOneVertexLessNeverRaisesTheWeight(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g := graphs(10).Draw(t, "graph")
		if g.vertices == 0 {
			return
		}
		gone := rapid.Int32Range(0, int32(g.vertices)-1).Draw(t, "gone")
		rest := slices.DeleteFunc(slices.Clone(g.edges), func(e Edge) bool { return e.A == gone || e.B == gone })
		if before, after := weighs(t, g.vertices, g.edges), weighs(t, g.vertices, rest); after.Cmp(before) > 0 {
			t.Errorf("without vertex %d the weight is %v, with it %v", gone, after, before)
		}
	})
}

func TestTheNumbersOfVerticesDoNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g := graphs(12).Draw(t, "graph")
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		names := random.Perm(g.vertices)
		var other []Edge
		for _, e := range g.edges {
			other = append(other, Edge{int32(names[e.B]), int32(names[e.A]), e.Weight})
		}
		random.Shuffle(len(other), func(i, j int) { other[i], other[j] = other[j], other[i] })
		if want, got := weighs(t, g.vertices, g.edges), weighs(t, g.vertices, other); got.Cmp(want) != 0 {
			t.Errorf("with other numbers the weight is %v, want %v", got, want)
		}
	})
}

func TestWeightsInAnotherUnitGiveTheSameMatching(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var edges, larger []Edge
		n, factor := rapid.IntRange(2, 10).Draw(t, "vertices"), rapid.Int64Range(2, 1_000_000).Draw(t, "factor")
		for a := range int32(n) {
			for b := range a {
				w := rapid.Int64Range(0, 1000).Draw(t, "weight")
				edges, larger = append(edges, Edge{a, b, w}), append(larger, Edge{a, b, w * factor})
			}
		}
		want := new(big.Int).Mul(weighs(t, n, edges), big.NewInt(factor))
		if got := weighs(t, n, larger); got.Cmp(want) != 0 {
			t.Errorf("weights times %d make %v, want %v", factor, got, want)
		}
	})
}

func TestOfParallelEdgesTheHeaviestCounts(t *testing.T) {
	t.Parallel()
	g, err := NewGraph(2, []Edge{{0, 1, 3}, {1, 0, 9}, {0, 1, 4}})
	if err != nil {
		t.Fatal(err)
	}
	m, err := g.Solve(0)
	if err != nil || len(m.Edges) != 1 || m.Edges[0] != 1 || m.Weight.Int64() != 9 {
		t.Errorf("Solve = %v, %v, %v, want edge 1 alone", m.Edges, m.Weight, err)
	}
}

// A guess changes how long it takes, and nothing else.
func TestAnyGuessGivesTheSameWeight(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g := graphs(10).Draw(t, "graph")
		var guess []int64
		most := rapid.SampledFrom([]int64{0, 5, 1000, MaxWeight}).Draw(t, "most")
		for range g.vertices {
			guess = append(guess, rapid.Int64Range(0, most).Draw(t, "guess"))
		}
		want, err := g.Solve(0)
		if err != nil {
			t.Fatal(err)
		}
		got, err := g.SolveFrom(guess, 0)
		if err != nil || got.Weight.Cmp(want.Weight) != 0 || !got.Exact {
			t.Errorf("with the guess %v: %v, exact %t (%v), want %v", guess, got.Weight, got.Exact, err, want.Weight)
		}
		if short, err := g.SolveFrom(guess, rapid.Int64Range(1, 99).Draw(t, "limit")); err != nil || short.Bound.Cmp(want.Weight) < 0 {
			t.Errorf("with a guess and a limit the bound is %v (%v), below %v", short.Bound, err, want.Weight)
		}
	})
}

// Where an edge weighs what its ends are worth and little besides, a guess of that saves
// most of the steps.
func TestAGoodGuessSavesSteps(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	base := network(3, 2000)
	guess, edges := make([]int64, base.vertices), slices.Clone(base.edges)
	for v := range guess {
		guess[v] = int64(1+random.IntN(3)) * 1_000_000_000_000
	}
	for i, e := range edges {
		edges[i].Weight += guess[e.A] + guess[e.B]
	}
	g, err := NewGraph(base.vertices, edges)
	if err != nil {
		t.Fatal(err)
	}
	without, err := g.Solve(0)
	if err != nil {
		t.Fatal(err)
	}
	with, err := g.SolveFrom(guess, 0)
	if err != nil || with.Weight.Cmp(without.Weight) != 0 || with.Steps >= without.Steps {
		t.Errorf("with a guess %d steps for %v, without %d for %v (%v)", with.Steps, with.Weight, without.Steps, without.Weight, err)
	}
}

func TestALongPathAndACircleAreMatchedWhole(t *testing.T) {
	t.Parallel()
	for _, n := range []int32{2, 3, 10, 101, 1000, 2001} {
		var path []Edge
		for v := range n - 1 {
			path = append(path, Edge{v, v + 1, 1})
		}
		if got := weighs(t, int(n), path).Int64(); got != int64(n/2) {
			t.Errorf("a path of %d vertices weighs %d, want %d", n, got, n/2)
		}
		if got := weighs(t, int(n), append(path, Edge{n - 1, 0, 1})[:min(int(n), len(path)+1)]).Int64(); got != int64(n/2) {
			t.Errorf("a circle of %d vertices weighs %d, want %d", n, got, n/2)
		}
	}
}

func TestACompleteGraphOfEqualWeightsLeavesAtMostOneAlone(t *testing.T) {
	t.Parallel()
	for n := range int32(32) {
		var edges []Edge
		for a := range n {
			for b := range a {
				edges = append(edges, Edge{a, b, 7})
			}
		}
		if got := weighs(t, int(n), edges).Int64(); got != int64(n/2)*7 {
			t.Errorf("%d vertices weigh %d, want %d", n, got, n/2*7)
		}
	}
}
