package redis

import (
	"errors"
	"testing"

	"interlab/bot"
)

// A key of another type, as somebody's script may leave it, is an error of that
// document: it is not taken for an outage, changes nothing and stops nothing else.
func TestAKeyOfTheWrongTypeIsAnErrorOfItsDocument(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(put("p", 0, due("a", 0))))
		must(t, w.commit(put("q", 0, due("b", 0))))
		key := w.keys.doc(person("p").String())
		must(t, w.client.Del(t.Context(), key).Err())
		must(t, w.client.Set(t.Context(), key, "text", 0).Err())
		for name, call := range map[string]func() error{
			"Read":   func() error { _, err := w.Read(t.Context(), bot.Want{Ref: person("p")}); return err },
			"Commit": func() error { return w.commit(put("p", 1)) },
			"both":   func() error { return w.commit(put("q", 1), put("p", 1)) },
		} {
			if err := call(); err == nil || errors.Is(err, bot.ErrUnavailable) || errors.Is(err, bot.ErrConflict) {
				t.Errorf("%s of a key of another type = %v, want an error of its own", name, err)
			}
		}
		if got := w.version("q"); got != 1 {
			t.Errorf("a commit of both left the other at version %d, want 1", got)
		}
		must(t, w.commit(put("q", 1)))
		if got := names(w.claim(60, 10, long)); got != "p.a" {
			t.Errorf("claimed %q, want what was due before", got)
		}
	})
}
