package round

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// network is a round as similarity makes it: everybody has the twenty best of 200
// others as pairs, labs of 25 people, some history and some waiting.
func network(people int) Round {
	random := rand.New(rand.NewPCG(1, uint64(people)))
	r := Round{Rules: Rules{MinGap: 2, Seed: 1}}
	places := make([][4]float64, people)
	for i := range people {
		for d := range places[i] {
			places[i][d] = random.NormFloat64()
		}
		r.People = append(r.People, Person{ID: fmt.Sprintf("p%06d", i), Lab: fmt.Sprint("lab", i*25/people*max(people/625, 1)+i%25), Waited: random.IntN(20) / 18})
	}
	known := map[Couple]bool{}
	for i, p := range r.People {
		var near []Pair
		for range 200 {
			j := random.IntN(people)
			distance := 1.0
			for d := range places[i] {
				distance += (places[i][d] - places[j][d]) * (places[i][d] - places[j][d])
			}
			if i != j {
				near = append(near, Pair{p.ID, r.People[j].ID, int64(1_000_000 / distance)})
			}
		}
		slices.SortFunc(near, func(p, q Pair) int { return cmp.Or(cmp.Compare(q.Weight, p.Weight), cmp.Compare(p.B, q.B)) })
		for _, pair := range near[:20] {
			c := Couple{min(pair.A, pair.B), max(pair.A, pair.B)}
			if known[c] {
				continue
			}
			known[c] = true
			r.Pairs = append(r.Pairs, pair)
			if random.IntN(40) == 0 {
				r.Past = append(r.Past, Past{pair.A, pair.B, 1 + random.IntN(20)})
			}
		}
	}
	return r
}

// BenchmarkMake measures whole rounds. The budget: 10,000 people and 150,000 pairs
// exactly in 3 s; 100,000 at least 99 % proved in 10 s, or exactly in 30 s.
func BenchmarkMake(b *testing.B) {
	for _, people := range []int{1_000, 10_000, 100_000} {
		for _, slots := range []int{1, 3} {
			r := network(people)
			r.Slots = slots
			b.Run(fmt.Sprintf("people=%d/pairs=%d/slots=%d", people, len(r.Pairs), slots), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					p, err := Make(r)
					if err != nil || !p.Exact {
						b.Fatal(err, p.Exact)
					}
					b.ReportMetric(float64(len(p.Unmatched)), "unmatched")
				}
			})
		}
	}
}

// BenchmarkLimited measures whole rounds that a limit of steps stops, and how much of
// their bound they are proved to reach. The budget: 99 % of 100,000 people in 10 s.
func BenchmarkLimited(b *testing.B) {
	for _, people := range []int{10_000, 100_000} {
		r := network(people)
		for _, share := range []int64{20, 30, 40} {
			r.Steps = share * int64(len(r.Pairs))
			b.Run(fmt.Sprintf("people=%d/pairs=%d/steps=%d", people, len(r.Pairs), share), func(b *testing.B) {
				for b.Loop() {
					p, err := Make(r)
					if err != nil {
						b.Fatal(err)
					}
					b.ReportMetric(100*float64(p.Total)/float64(p.Bound), "%proved")
					b.ReportMetric(float64(len(p.Unmatched)), "unmatched")
				}
			})
		}
	}
}

// BenchmarkGroups measures groups of four among all.
func BenchmarkGroups(b *testing.B) {
	for _, people := range []int{100, 400} {
		r := everybody(people, func(i, j int) int64 { return int64(i * j * 7919 % 1_000_003) })
		r.Group = 4
		b.Run(fmt.Sprintf("people=%d", people), func(b *testing.B) {
			for b.Loop() {
				if _, err := Make(r); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
