package bot_test

import (
	"encoding/json"
	"testing"

	"interlab/bot"
	"interlab/bot/chat"
)

// What tests read and write behind the bot's back.

// kept is a document as the store has it, around the document itself.
type kept struct {
	Schema int             `json:"s"`
	Doc    json.RawMessage `json:"d"`
}

// read is the one record that a want names.
func (w *world) read(want bot.Want) bot.Record {
	w.t.Helper()
	lists, err := w.store.Read(w.t.Context(), want)
	if err != nil || len(lists) != 1 || len(lists[0]) != 1 || lists[0][0].Version == 0 {
		w.t.Fatalf("Read(%+v) = %v, %v; want one document", want, lists, err)
	}
	return lists[0][0]
}

func (w *world) person(who chat.Account) (*bot.Person, int64) {
	w.t.Helper()
	r := w.read(wantPerson(who))
	p := &bot.Person{}
	unwrap(w.t, r.Data, p)
	return p, r.Version
}

// change changes a person's document.
func (w *world) change(who chat.Account, edit func(p *bot.Person)) {
	w.t.Helper()
	p, version := w.person(who)
	edit(p)
	w.write(p, version)
}

// write keeps documents as they derive, all in one commit.
func (w *world) write(doc bot.Document, version int64) {
	w.t.Helper()
	w.commit(bot.Write{Ref: doc.Ref(), Version: version, Data: wrap(w.t, doc), Entries: doc.Entries(), Due: doc.Due()})
}

func (w *world) commit(writes ...bot.Write) {
	w.t.Helper()
	c := bot.Commit{Writes: writes, Note: bot.Note{At: w.clock.Now(), Verb: "test"}}
	for _, write := range writes {
		c.Note.Refs = append(c.Note.Refs, write.Ref)
	}
	if err := w.store.Commit(w.t.Context(), c); err != nil {
		w.t.Fatal(err)
	}
}

func wrap(t testing.TB, doc bot.Document) []byte {
	t.Helper()
	inner, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(kept{1, inner})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func unwrap(t testing.TB, data []byte, doc any) {
	t.Helper()
	var k kept
	if err := json.Unmarshal(data, &k); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(k.Doc, doc); err != nil {
		t.Fatal(err)
	}
}

// wantPerson names the document of whoever has an account.
func wantPerson(who chat.Account) bot.Want { return bot.Want{Unique: "account/" + who.String()} }
