package bot

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interlab/bot/chat"
)

const (
	anasID = "abcdefghijkmnpqr"
	bosID  = "bbcdefghijkmnpqr"
	talkID = "tbcdefghijkmnpqr"
)

// keptFor is what is kept of an answer that was made of some documents.
func keptFor(t *testing.T, m marks, writes ...Write) []byte {
	t.Helper()
	data, err := m.keep(chat.Message{Title: "Done"}, Commit{Writes: writes})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestAnAnswerIsAboutAllWhoseIDsItWasMadeOf(t *testing.T) {
	t.Parallel()
	read := marks{}
	read.addAll([]Record{{Ref: Ref{KindColloquium, talkID}, Data: []byte(`{"s":1,"d":{"host":"` + anasID + `","going":["` + bosID + `"]}}`)}})
	for name, c := range map[string]struct {
		kept  []byte
		about bool
	}{
		"read":            {keptFor(t, read), true},
		"written":         {keptFor(t, marks{}, Write{Ref: Ref{KindMatch, talkID}, Data: []byte(`"` + anasID + `"`)}), true},
		"their own":       {keptFor(t, marks{}, Write{Ref: Ref{KindPerson, anasID}}), true},
		"within a key":    {keptFor(t, marks{}, Write{Ref: Ref{KindMatch, talkID}, Data: []byte(`{"ask.` + anasID + `.1":2}`)}), true},
		"after others":    {keptFor(t, marks{}, Write{Ref: Ref{KindMatch, talkID}, Data: []byte("é" + bosID + " " + anasID)}), true},
		"somebody else":   {keptFor(t, marks{}, Write{Ref: Ref{KindPerson, bosID}, Data: []byte(`{"name":"Bo"}`)}), false},
		"blocked":         {keptFor(t, marks{}, Write{Ref: Ref{KindPerson, bosID}, Data: []byte(`{"blocks":["` + anasID + `"]}`)}), false},
		"longer":          {keptFor(t, marks{}, Write{Ref: Ref{KindMatch, talkID}, Data: []byte(anasID + "x")}), false},
		"nobody":          {keptFor(t, marks{}), false},
		"from before":     {[]byte(`{"title":"Done"}`), true},
		"no JSON":         {[]byte(`{`), true},
		"cannot be read":  {nil, true},
		"cut":             {[]byte(`{"about":"AAA=","said":{}}`), true},
		"forgotten twice": {forgottenAnswer, false},
	} {
		if got := forgotten(c.kept, []string{"other", anasID}); (got != nil) != c.about {
			t.Errorf("%s: forgotten(%s) = %s, want forgotten: %v", name, c.kept, got, c.about)
		} else if c.about && !bytes.Equal(got, forgottenAnswer) {
			t.Errorf("%s: %s stands instead", name, got)
		}
	}
}

// An answer of very many goes with anybody, and does not grow without end.
func TestAnAnswerMadeOfTooManyIsAboutEverybody(t *testing.T) {
	t.Parallel()
	for n, all := range map[int]bool{mostMarks: false, mostMarks + 1: true} {
		m := marks{}
		for i := range n {
			m.add(fmt.Appendf(nil, "a%015d", i))
		}
		data := keptFor(t, m)
		if got := forgotten(data, []string{anasID}) != nil; got != all || len(data) > 6*mostMarks {
			t.Errorf("of %d ids: goes with anybody: %v, want %v; %d bytes", n, got, all, len(data))
		}
	}
}

func TestAKeptAnswerIsReadAsItWasGiven(t *testing.T) {
	t.Parallel()
	want := chat.Message{Title: "Done", Body: []chat.Text{chat.T("It is ", chat.Code("done"))}}
	plain, err := want.Encode()
	if err != nil {
		t.Fatal(err)
	}
	m := marks{}
	m.add([]byte(anasID))
	data, err := m.keep(want, Commit{})
	if err != nil || !json.Valid(data) {
		t.Fatalf("keep() = %s, %v", data, err)
	}
	for name, kept := range map[string][]byte{"now": data, "before answers told whom they are about": plain} {
		if got, err := decodeAnswer(kept); err != nil || !cmp.Equal(got, want) {
			t.Errorf("%s: decodeAnswer() = %+v, %v", name, got, err)
		}
	}
	if _, err := decodeAnswer([]byte("{")); err == nil {
		t.Error("half an answer is read")
	}
}
