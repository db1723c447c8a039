package matching

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// BenchmarkRelated is the worst case of vectors: everybody shares three topics that nobody
// else shares, of two or three words that are in titles of papers, and has three such titles as a text. It reports what
// BenchmarkSuggest reports, and the memory that the index keeps.
func BenchmarkRelated(b *testing.B) {
	data, err := os.ReadFile("testdata/triplets.tsv")
	if err != nil {
		b.Fatal(err)
	}
	titles := strings.Split(string(data), "\n")
	words := strings.Fields(string(data))
	for _, people := range []int{10_000, 100_000} {
		random := rand.New(rand.NewPCG(1, 1))
		topic := func() string {
			list := make([]string, 2+random.IntN(2))
			for i := range list {
				list[i] = words[random.IntN(len(words))]
			}
			return strings.Join(list, " ")
		}
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		x := NewIndex(standard())
		for i := range people {
			x.Put(Profile{ID: fmt.Sprint("person-", i), Shares: []string{topic(), topic(), topic()}, About: titles[i%len(titles)]})
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.Run(fmt.Sprintf("people=%d", people), func(b *testing.B) {
			queries := make([]Query, 100)
			fastest := slices.Repeat([]time.Duration{time.Hour}, len(queries))
			for i := range queries {
				queries[i] = Query{topic()}
			}
			for i := 0; b.Loop(); i++ {
				start := time.Now()
				x.Suggest(queries[i%len(queries)], 5, nil)
				fastest[i%len(queries)] = min(fastest[i%len(queries)], time.Since(start))
			}
			slices.Sort(fastest)
			b.ReportMetric(float64(fastest[len(fastest)/2].Microseconds())/1000, "median-ms")
			b.ReportMetric(float64(fastest[len(fastest)*99/100].Microseconds())/1000, "p99-ms")
			b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB")
		})
	}
}
