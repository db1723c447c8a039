package bot_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"interlab/bot"
	"interlab/bot/chat"
)

// Whose keys were lost asks once more, and is told so; what is kept as a document
// is not lost with them.
func TestAnEventWhoseKeyIsGoneIsToldAndNothingElseIsLost(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	e := w.event(ana, chat.Call{Path: []string{"profile", "pause"}, Args: map[string]string{"until": "in 4 weeks"}})
	if _, err := w.app.Accept(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	w.keys = someKeys(t)
	w.app = w.replica(w.store)
	w.lapse()
	w.settle()
	answer, ok := w.answer(e.ID)
	if !ok {
		t.Fatal("nobody was told")
	}
	w.says(answer, "I could not read the last thing that you asked me, so it was not done. Please ask again.")
	w.says(w.line(ana, "profile pause until:\"in 4 weeks\""), "Paused until")
	w.says(w.line(bo, "profile show"), "protein folding")
	w.healthy()
}

// A code that links accounts is shown once; Redis keeps a hash of it, and the
// answer that showed it only sealed. So are the token that answers an event and
// the text that was typed.
func TestWhatIsShownOnceCannotBeReadInTheStore(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	e := w.event(ana, chat.Call{Path: []string{"link", "start"}})
	e.Handle.Token = "canary-of-the-token"
	code := regexp.MustCompile(`[0-9a-z]{4}-[0-9a-z]{4}`).FindString(plain(w.handles(e)))
	if code == "" {
		t.Fatal("no code was shown")
	}
	waiting := w.event(ana, chat.Line{Text: "profile set shares:\"canary of the text\""})
	waiting.Handle.Token = "canary-of-the-token"
	if _, err := w.app.Accept(t.Context(), waiting); err != nil {
		t.Fatal(err)
	}
	seen := 0
	err := w.store.Reseal(t.Context(), func(_ bool, id string, data []byte) []byte {
		seen++
		for _, secret := range []string{code, strings.ReplaceAll(code, "-", ""), "canary", "Ana"} {
			if bytes.Contains(data, []byte(secret)) {
				t.Errorf("%s can be read under %s", secret, id)
			}
		}
		return nil
	})
	if err != nil || seen < 3 {
		t.Errorf("%d events and answers were looked at, %v; want at least 3", seen, err)
	}
	if left, err := bot.CountSeals(t.Context(), w.store); err != nil || left[""] != 0 || left["a"] != seen {
		t.Errorf("CountSeals() = %v, %v; want all %d under a", left, err, seen)
	}
}
