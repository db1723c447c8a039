package redis

import (
	"fmt"
	"testing"
	"time"

	"interlab/bot"
)

// onEachOf runs a benchmark on both servers.
func onEachOf(b *testing.B, run func(b *testing.B, w *world)) {
	b.Run("in-process", func(b *testing.B) { run(b, inProcess(b)) })
	b.Run("redis-server", func(b *testing.B) { run(b, onServer(b)) })
}

func BenchmarkCommit(b *testing.B) {
	onEachOf(b, func(b *testing.B, w *world) {
		version := int64(0)
		for b.Loop() {
			c := change(put("p", version, unique("u"), bot.Entry{Index: "i", Score: version}, due("w", int(version))))
			c.Op = fmt.Sprint("op", version)
			must(b, w.Commit(b.Context(), c))
			version++
		}
	})
}

func BenchmarkCommitByManyAtOnce(b *testing.B) {
	onEachOf(b, func(b *testing.B, w *world) {
		b.SetParallelism(8)
		b.RunParallel(func(pb *testing.PB) {
			id := fmt.Sprint(networkCount.Add(1))
			for version := int64(0); pb.Next(); version++ {
				must(b, w.commit(put(id, version, bot.Entry{Index: "i", Score: version})))
			}
		})
	})
}

func BenchmarkRead(b *testing.B) {
	onEachOf(b, func(b *testing.B, w *world) {
		must(b, w.commit(full("p", 0)))
		for b.Loop() {
			_, err := w.Read(b.Context(), bot.Want{Unique: "u"}, bot.Want{Ref: person("p")}, bot.Want{List: "i"})
			must(b, err)
		}
	})
}

func BenchmarkAcceptAndSettle(b *testing.B) {
	onEachOf(b, func(b *testing.B, w *world) {
		must(b, w.commit(full("p", 0)))
		for i := 0; b.Loop(); i++ {
			turn, _, err := w.Accept(b.Context(), inbound("q", fmt.Sprint("e", i)), long, bot.Want{Unique: "u"})
			must(b, err)
			w.settle(turn)
		}
	})
}

// BenchmarkClaimTenThousand claims 10,000 works, 64 at a time.
func BenchmarkClaimTenThousand(b *testing.B) {
	onEachOf(b, func(b *testing.B, w *world) {
		for b.Loop() {
			b.StopTimer()
			w.wipe()
			for i := range 100 {
				var works []any
				for j := range 100 {
					works = append(works, due(fmt.Sprint(j), 0))
				}
				must(b, w.commit(put(fmt.Sprint(i), 0, works...)))
			}
			b.StartTimer()
			claimed, begun := 0, time.Now()
			for {
				claims := w.claim(0, 64, long)
				if claimed += len(claims); len(claims) == 0 {
					break
				}
			}
			b.ReportMetric(float64(claimed)/time.Since(begun).Seconds(), "works/s")
			if claimed != 10_000 {
				b.Fatalf("claimed %d, want 10000", claimed)
			}
		}
	})
}
