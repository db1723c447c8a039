package blossom

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// lemon builds the program that asks LEMON, an independent library of graph
// algorithms. Without it the test is skipped, but where INTERLAB_CI is set it fails.
func lemon(t *testing.T) (program string) {
	t.Helper()
	program = filepath.Join(t.TempDir(), "lemon")
	build := exec.CommandContext(t.Context(), "g++", "-O2", "-o", program, "testdata/lemon.cc", "-llemon")
	out, err := build.CombinedOutput()
	switch {
	case err == nil:
	case os.Getenv("INTERLAB_CI") != "":
		t.Fatalf("build testdata/lemon.cc: %v\n%s", err, out)
	default:
		t.Skip("LEMON is not here; on Debian: apt install g++ liblemon-dev")
	}
	return program
}

func TestSolveEqualsLEMON(t *testing.T) {
	t.Parallel()
	program := lemon(t)
	var graphs []*Graph
	random := rand.New(rand.NewPCG(11, 11))
	for seed := range uint64(300) {
		n, degree := 2+random.IntN(120), 1+random.IntN(6)
		graphs = append(graphs, randomGraph(seed, n, degree, []int64{1, 3, 100, 1_000_000, 1 << 40}[random.IntN(5)]))
	}
	graphs = append(graphs, randomGraph(301, 2000, 8, 1_000_000), randomGraph(302, 3000, 3, 9), network(3, 1_000), network(4, 10_000), triangles(60))
	var input bytes.Buffer
	for _, g := range graphs {
		fmt.Fprintln(&input, g.vertices, len(g.edges))
		for _, e := range g.edges {
			fmt.Fprintln(&input, e.A, e.B, e.Weight)
		}
	}
	oracle := exec.CommandContext(t.Context(), program)
	oracle.Stdin = &input
	out, err := oracle.Output()
	if err != nil {
		t.Fatal(err)
	}
	answers := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(answers) != len(graphs) {
		t.Fatalf("LEMON gave %d answers to %d graphs", len(answers), len(graphs))
	}
	for i, g := range graphs {
		begun := time.Now()
		m, err := g.Solve(0)
		if err != nil {
			t.Fatal(err)
		}
		want, took, _ := strings.Cut(answers[i], " ")
		if m.Weight.String() != want {
			t.Errorf("graph %d: Solve weighs %v, LEMON %s", i, m.Weight, want)
		}
		alone := time.Since(begun)
		guess := make([]int64, g.vertices)
		for v := range guess {
			guess[v] = random.Int64N(1_000_000)
		}
		begun = time.Now()
		guessed, err := g.SolveFrom(guess, 0)
		if err != nil || guessed.Weight.String() != want {
			t.Errorf("graph %d: SolveFrom a guess weighs %v, LEMON %s (%v)", i, guessed.Weight, want, err)
		}
		if len(g.edges) > 10_000 {
			t.Logf("%d vertices, %d edges: %v, from a guess %v, LEMON %s s", g.vertices, len(g.edges), alone, time.Since(begun), took)
		}
	}
}

// triangles is a square of so many vertices a side, cut into triangles of nearly equal
// edges: blossoms lie deep within one another.
func triangles(side int) *Graph {
	random := rand.New(rand.NewPCG(5, 5))
	var edges []Edge
	for i := range side * side {
		for _, to := range []struct{ down, right int }{{1, 0}, {0, 1}, {1, 1}} {
			if i/side+to.down < side && i%side+to.right < side {
				j := i + to.down*side + to.right
				edges = append(edges, Edge{int32(i), int32(j), 1_000_000 + random.Int64N(1000)})
			}
		}
	}
	g, err := NewGraph(side*side, edges)
	if err != nil {
		panic(err)
	}
	return g
}
