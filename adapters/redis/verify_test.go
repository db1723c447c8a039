package redis

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	goredis "github.com/redis/go-redis/v9"

	"interlab/bot"
)

func TestDifferNamesWhatIsNotAsDerived(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		good := full("p", 0)
		must(t, w.commit(good))
		good.Version = 1
		differ := func() int {
			wrong, err := w.Differ(t.Context(), []bot.Write{good})
			must(t, err)
			return len(wrong)
		}
		if n := differ(); n != 0 {
			t.Errorf("Differ() of a healthy document names %d", n)
		}
		work := workOf(good.Ref, good.Due[0].Name)
		for what, sabotage := range map[string]func(){
			"an entry": func() {
				must(t, w.client.ZRem(t.Context(), w.keys.index(good.Entries[0].Index), good.Ref.String()).Err())
			},
			"due work":     func() { must(t, w.client.ZRem(t.Context(), w.keys.due(), work).Err()) },
			"a unique one": func() { must(t, w.client.HDel(t.Context(), w.keys.unique(), "u").Err()) },
		} {
			sabotage()
			if n := differ(); n != 1 {
				t.Errorf("Differ() without %s names %d documents, want 1", what, n)
			}
			if n, err := w.Repair(t.Context(), []bot.Write{good}); n != 1 || err != nil {
				t.Errorf("Repair() without %s = %d, %v", what, n, err)
			}
		}
		changed := good
		changed.Version = 7
		if wrong, err := w.Differ(t.Context(), []bot.Write{changed}); len(wrong) != 0 || err != nil {
			t.Errorf("Differ() of another version = %v, %v; want it left alone", wrong, err)
		}
	})
}

func TestStraysAreNamedAndTakenAway(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(full("p", 0)))
		if strays, err := w.Strays(t.Context(), false); len(strays) != 0 || err != nil {
			t.Fatalf("Strays() of a healthy store = %v, %v", strays, err)
		}
		ghosts := 0
		for i := range strayPage + 10 { // over a page's end
			must(t, w.client.ZAdd(t.Context(), w.keys.due(), goredis.Z{Score: float64(i), Member: fmt.Sprintf("person:gone%d#x", i)}).Err())
			ghosts++
		}
		must(t, w.client.ZAdd(t.Context(), w.keys.index("i"), goredis.Z{Member: "person:gone"}).Err())
		must(t, w.client.ZAdd(t.Context(), w.keys.index("elsewhere"), goredis.Z{Member: "person:p"}).Err())
		must(t, w.client.HSet(t.Context(), w.keys.unique(), "free", "person:gone").Err())
		ghosts += 3
		for _, fix := range []bool{false, true} {
			strays, err := w.Strays(t.Context(), fix)
			must(t, err)
			if len(strays) != ghosts {
				t.Errorf("Strays(%t) names %d, want %d", fix, len(strays), ghosts)
			}
			for _, want := range []string{"index i: person:gone", "index elsewhere: person:p", "unique: free", "due: person:gone1#x"} {
				if !slices.Contains(strays, want) {
					t.Errorf("Strays(%t) lacks %q among %d, as %s", fix, want, len(strays), strings.Join(strays[:3], ", "))
				}
			}
		}
		if strays, err := w.Strays(t.Context(), false); len(strays) != 0 || err != nil {
			t.Errorf("Strays() afterwards = %v, %v", strays, err)
		}
		if got := w.next(); got == "none" {
			t.Error("the document's own work was taken away")
		}
	})
}
