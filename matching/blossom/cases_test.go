package blossom

import (
	"testing"
)

// TestSolveMakesAndTakesApartBlossoms holds the cases of Joris van Rantwijk's
// mwmatching.py: each makes another thing happen to a blossom. Vertices are from 1.
func TestSolveMakesAndTakesApartBlossoms(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		edges  []Edge
		weight int64
	}{
		{"nothing", nil, 0},
		{"one edge", []Edge{{1, 2, 1}}, 1},
		{"the heavier of two", []Edge{{1, 2, 10}, {2, 3, 11}}, 11},
		{"one heavy edge before two", []Edge{{1, 2, 5}, {2, 3, 11}, {3, 4, 5}}, 11},
		{"edges without weight", []Edge{{1, 2, 0}, {2, 3, 0}}, 0},
		{"a blossom that is outer", []Edge{{1, 2, 8}, {1, 3, 9}, {2, 3, 10}, {3, 4, 7}}, 15},
		{
			"a blossom that is outer, and augmented through",
			[]Edge{{1, 2, 8}, {1, 3, 9}, {2, 3, 10}, {3, 4, 7}, {1, 6, 5}, {4, 5, 6}},
			21,
		},
		{
			"a blossom that gets inner",
			[]Edge{{1, 2, 9}, {1, 3, 8}, {2, 3, 10}, {1, 4, 5}, {4, 5, 4}, {1, 6, 3}},
			17,
		},
		{
			"a blossom that gets inner, other weights",
			[]Edge{{1, 2, 9}, {1, 3, 8}, {2, 3, 10}, {1, 4, 5}, {4, 5, 3}, {1, 6, 4}},
			17,
		},
		{
			"a blossom that gets inner, another way out",
			[]Edge{{1, 2, 9}, {1, 3, 8}, {2, 3, 10}, {1, 4, 5}, {4, 5, 3}, {3, 6, 4}},
			16,
		},
		{
			"nested and augmented through",
			[]Edge{{1, 2, 9}, {1, 3, 9}, {2, 3, 10}, {2, 4, 8}, {3, 5, 8}, {4, 5, 10}, {5, 6, 6}},
			23,
		},
		{
			"relabelled inside a nested one",
			[]Edge{{1, 2, 10}, {1, 7, 10}, {2, 3, 12}, {3, 4, 20}, {3, 5, 20}, {4, 5, 25}, {5, 6, 10}, {6, 7, 10}, {7, 8, 8}},
			48,
		},
		{
			"nested twice and expanded",
			[]Edge{{1, 2, 8}, {1, 3, 8}, {2, 3, 10}, {2, 4, 12}, {3, 5, 12}, {4, 5, 14}, {4, 6, 12}, {5, 7, 12}, {6, 7, 14}, {7, 8, 12}},
			44,
		},
		{
			"outer, relabelled inner, expanded",
			[]Edge{{1, 2, 23}, {1, 5, 22}, {1, 6, 15}, {2, 3, 25}, {3, 4, 22}, {4, 5, 25}, {4, 8, 14}, {5, 7, 13}},
			67,
		},
		{
			"nested, inner, expanded",
			[]Edge{{1, 2, 19}, {1, 3, 20}, {1, 8, 8}, {2, 3, 25}, {2, 4, 18}, {3, 5, 18}, {4, 5, 13}, {4, 7, 7}, {5, 6, 7}},
			47,
		},
		{
			"inner, relabelled in more than one way, expanded",
			[]Edge{{1, 2, 45}, {1, 5, 45}, {2, 3, 50}, {3, 4, 45}, {4, 5, 50}, {1, 6, 30}, {3, 9, 35}, {4, 8, 35}, {5, 7, 26}, {9, 10, 5}},
			146,
		},
		{
			"the same, slower",
			[]Edge{{1, 2, 45}, {1, 5, 45}, {2, 3, 50}, {3, 4, 45}, {4, 5, 50}, {1, 6, 30}, {3, 9, 35}, {4, 8, 26}, {5, 7, 40}, {9, 10, 5}},
			151,
		},
		{
			"the same, with the least slack set anew",
			[]Edge{{1, 2, 45}, {1, 5, 45}, {2, 3, 50}, {3, 4, 45}, {4, 5, 50}, {1, 6, 30}, {3, 9, 35}, {4, 8, 28}, {5, 7, 26}, {9, 10, 5}},
			139,
		},
		{
			"nested, expanded in the midst of a search",
			[]Edge{
				{1, 2, 45},
				{1, 7, 45},
				{2, 3, 50},
				{3, 4, 45},
				{4, 5, 95},
				{4, 6, 94},
				{5, 6, 94},
				{6, 7, 50},
				{1, 8, 30},
				{3, 11, 35},
				{5, 9, 36},
				{7, 10, 26},
				{11, 12, 5},
			},
			241,
		},
		{
			"nested, outer, relabelled and expanded",
			[]Edge{{1, 2, 40}, {1, 3, 40}, {2, 3, 60}, {2, 4, 55}, {3, 5, 55}, {4, 5, 50}, {1, 8, 15}, {5, 7, 30}, {7, 6, 10}, {8, 10, 10}, {4, 9, 30}},
			145,
		},
	} {
		g, err := NewGraph(13, c.edges)
		if err != nil {
			t.Fatal(err)
		}
		m, err := g.Solve(0)
		if err != nil || m.Weight.Int64() != c.weight || !m.Exact {
			t.Errorf("%s: Solve weighs %v, exact %t (%v), want %d", c.name, m.Weight, m.Exact, err, c.weight)
		}
		if all := g.greatest(1); all.Int64() != c.weight {
			t.Errorf("%s: the best of all matchings weighs %v, want %d", c.name, all, c.weight)
		}
	}
}
