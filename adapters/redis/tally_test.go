package redis

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"interlab/bot"
)

func TestTallyCountsDocumentsAndWork(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		work := func(id string, at time.Time) bot.Write {
			write := put(id, 0)
			write.Due = []bot.Work{{Name: "w", At: at}}
			return write
		}
		must(t, w.commit(work("a", now), work("b", now), work("c", now), work("d", now.Add(time.Hour)), put("e", 0, bot.Entry{Index: "i"})))
		claims, err := w.Claim(t.Context(), now, 2, long)
		must(t, err)
		must(t, w.Bury(t.Context(), claims[0], now, "why"))

		before := w.RoundTrips()
		got, err := w.Tally(t.Context(), now, "all/person", "i", "nothing")
		must(t, err)
		if trips := w.RoundTrips() - before; trips != 1 {
			t.Errorf("Tally made %d round trips, want 1", trips)
		}
		want := bot.Tally{Listed: []int64{5, 1, 0}, Due: 1, Later: 1, Held: 1, Buried: 1}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Tally (-want +got):\n%s", diff)
		}
	})
}
