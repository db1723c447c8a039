package redis

import (
	"strings"
	"testing"
	"time"

	"interlab/bot"
)

func TestADocumentMustDeriveWhatCanBeKept(t *testing.T) {
	w := inProcess(t)
	at := func(name string, at time.Time) bot.Work { return bot.Work{Name: name, At: at} }
	for name, write := range map[string]bot.Write{
		"no id":            {Ref: bot.Ref{Kind: "person"}, Data: []byte("{}")},
		"no kind":          {Ref: bot.Ref{ID: "p"}, Data: []byte("{}")},
		"kind with colon":  {Ref: bot.Ref{Kind: "a:b", ID: "p"}, Data: []byte("{}")},
		"id with space":    put("a b", 0),
		"id with hash":     put("a#b", 0),
		"id with newline":  put("a\nb", 0),
		"id not UTF-8":     put("a\xff", 0),
		"no index":         put("p", 0, bot.Entry{}),
		"index not UTF-8":  put("p", 0, unique("\xff")),
		"reserved index":   put("p", 0, bot.Entry{Index: "all/person"}),
		"two scores":       put("p", 0, bot.Entry{Index: "i", Score: 1}, bot.Entry{Index: "i", Score: 2}),
		"score not exact":  put("p", 0, bot.Entry{Index: "i", Score: maxScore + 1}),
		"score not exact-": put("p", 0, bot.Entry{Index: "i", Score: -maxScore - 1}),
		"nameless work":    put("p", 0, at("", now)),
		"work not UTF-8":   put("p", 0, at("\xff", now)),
		"work due twice":   put("p", 0, at("w", now), at("w", now.Add(time.Second))),
	} {
		if err := w.commit(write); err == nil {
			t.Errorf("%s: Commit took it, want an error", name)
		}
		if _, err := w.Repair(t.Context(), []bot.Write{write}); err == nil {
			t.Errorf("%s: Repair took it, want an error", name)
		}
	}
	if err := w.commit(put("p", 0), put("p", 0)); err == nil {
		t.Error("Commit took two writes of one document, want an error")
	}
	c := change()
	c.Note.Refs = []bot.Ref{person("a b")}
	if err := w.Commit(t.Context(), c); err == nil {
		t.Error("Commit took a note of a document that cannot be, want an error")
	}
}

func TestTheSameEntryTwiceIsOne(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		twice := bot.Entry{Index: "i", Score: 1}
		must(t, w.commit(put("p", 0, twice, twice, unique("u"), unique("u"), bot.Work{Name: "w", At: now}, bot.Work{Name: "w", At: now})))
		if got := w.listed("i") + w.owner("u"); got != "pp" {
			t.Errorf("found as %q, want pp", got)
		}
	})
}

// Names come from what people typed, and pass through JSON and Lua.
func TestNamesMayHoldAnyText(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		for i, name := range []string{"topic/ökonomie 日本", `quote"\/<&>`, "%s {x} [1]", "line\nbreak", "\u2028#", "0", "*", "il:{b00}:due", "{}", "}{", "}:due{", "doc:person:x", "\x00"} {
			id := strings.Repeat("x", i+1)
			must(t, w.commit(put(id, 0, bot.Entry{Index: name}, unique(name), bot.Work{Name: name, At: now})))
			if got := w.listed(name) + w.owner(name); got != id+id {
				t.Errorf("entry %q finds %q, want %s twice", name, got, id)
			}
			claims, err := w.Claim(t.Context(), now, 1, long)
			must(t, err)
			if len(claims) != 1 || claims[0].Work != name || claims[0].Ref != person(id) {
				t.Errorf("Claim = %+v, want work %q", claims, name)
			}
			must(t, w.commit(put(id, 1)))
			if got := w.listed(name) + w.owner(name); got != "" {
				t.Errorf("entry %q still finds %q", name, got)
			}
		}
	})
}

func TestCorruptJSONNamesItsKey(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(put("p", 0, bot.Entry{Index: "i"})))
		for _, broken := range []string{"{", "3", `{"e":{}}`, "\x00"} {
			key := w.keys.doc("person:p")
			must(t, w.client.HSet(t.Context(), key, "x", broken).Err())
			err := w.commit(put("q", 0), put("p", 1))
			if err == nil || !strings.Contains(err.Error(), key+" holds no valid JSON") {
				t.Errorf("Commit on %q = %v, want an error that names %s", broken, err, key)
			}
		}
		if got := w.version("q"); got != 0 {
			t.Errorf("a commit that failed wrote version %d", got)
		}
		n, err := w.Repair(t.Context(), []bot.Write{put("p", 1, bot.Entry{Index: "i"})})
		if n != 1 || err != nil {
			t.Errorf("Repair = %d, %v, want 1 mended", n, err)
		}
		must(t, w.commit(put("p", 1)))
	})
}
