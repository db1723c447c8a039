package blossom

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// graphs draws small graphs, dense or sparse, with many equal weights.
func graphs(vertices int) *rapid.Generator[*Graph] {
	return rapid.Custom(func(t *rapid.T) *Graph {
		n := rapid.IntRange(0, vertices).Draw(t, "vertices")
		most := rapid.SampledFrom([]int64{1, 3, 20, 1000, MaxWeight}).Draw(t, "most")
		part := rapid.IntRange(1, 10).Draw(t, "part")
		var edges []Edge
		for a := range int32(n) {
			for b := range a {
				if rapid.IntRange(1, 10).Draw(t, "drawn") <= part {
					edges = append(edges, Edge{a, b, rapid.Int64Range(0, most).Draw(t, "weight")})
				}
			}
		}
		g, err := NewGraph(n, edges)
		if err != nil {
			t.Fatal(err)
		}
		return g
	})
}

// greatest finds the weight of the best matching of the vertices that are not taken.
func (g *Graph) greatest(taken int) *big.Int {
	for v := range g.vertices {
		if taken>>v&1 == 1 {
			continue
		}
		most := g.greatest(taken | 1<<v)
		for h, last := g.around(int32(v)); h < last; h++ {
			if to := g.halves[h].to; taken>>to&1 == 0 {
				with := g.greatest(taken | 1<<v | 1<<to)
				with.Add(with, big.NewInt(g.halves[h].weight/2))
				if with.Cmp(most) > 0 {
					most = with
				}
			}
		}
		return most
	}
	return new(big.Int)
}

func TestSolveEqualsBruteForce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g := graphs(9).Draw(t, "graph")
		m, err := g.Solve(0)
		if err != nil {
			t.Fatal(err)
		}
		if want := g.greatest(0); m.Weight.Cmp(want) != 0 || !m.Exact {
			t.Fatalf("Solve(%v) weighs %v, exact %t, want %v", g.edges, m.Weight, m.Exact, want)
		}
	})
}

// randomGraph has so many edges around each vertex; few weights make many blossoms.
func randomGraph(seed uint64, vertices, degree int, most int64) *Graph {
	random := rand.New(rand.NewPCG(seed, 1))
	var edges []Edge
	for v := range int32(vertices) {
		for range degree {
			if w := random.Int32N(int32(vertices)); w != v {
				edges = append(edges, Edge{v, w, random.Int64N(most + 1)})
			}
		}
	}
	g, err := NewGraph(vertices, edges)
	if err != nil {
		panic(err)
	}
	return g
}

func TestSolveIsProvedOnManyGraphs(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(7, 7))
	for seed := range uint64(2000) {
		n, degree := 1+random.IntN(60), 1+random.IntN(6)
		most := []int64{1, 2, 5, 50, 1_000_000, MaxWeight}[random.IntN(6)]
		m, err := randomGraph(seed, n, degree, most).Solve(0)
		if err != nil || !m.Exact {
			t.Fatalf("Solve of graph %d (%d vertices, degree %d, weights to %d) = exact %t, %v", seed, n, degree, most, m.Exact, err)
		}
	}
}
