package bot_test

import (
	"context"
	"strings"
	"testing"

	"interlab/bot/chat"
)

// Some platforms do not tell where somebody is who writes to the bot alone. So
// nobody joins a lab from there; whoever has joined does everything there.
func TestNobodyJoinsALabFromNowhere(t *testing.T) {
	t.Parallel()
	h := newHall(t, inProcess(t))
	noether := chat.Home{Platform: "discord", ID: "noether"}
	if err := h.replicas[0].Enter(t.Context(), noether, "Noether Lab"); err != nil {
		t.Fatal(err)
	}
	bo := chat.Account{Platform: "discord", User: "bo"}
	in := func(id string, home chat.Home, text string) chat.Message {
		t.Helper()
		e := chat.Event{ID: id, At: h.Now(), From: bo, Name: "Bo", In: chat.Place{Home: home}, Input: chat.Line{Text: text}}
		h.replicas[0].Plan(e)
		ticket, err := h.replicas[0].Accept(context.Background(), e)
		if err == nil {
			err = h.replicas[0].Handle(context.Background(), ticket)
		}
		if err != nil {
			t.Fatal(err)
		}
		return h.answer(id)
	}
	nowhere := chat.Home{Platform: "discord"}
	hello := in("1", nowhere, "hello")
	if text := hello.Body[1].Plain(); !strings.Contains(text, "I cannot see from here where you come from") || len(hello.Rows[0].Buttons) != 2 {
		t.Errorf("hello from nowhere answers %q with %d buttons", text, len(hello.Rows[0].Buttons))
	}
	const join = `profile set lab:"Noether Lab" shares:"superposition" zone:Copenhagen`
	if m := in("2", nowhere, join); !strings.Contains(m.Body[0].Plain(), "I cannot see from here") {
		t.Errorf("joining from nowhere answers %q", m.Body[0].Plain())
	}
	if m := in("3", noether, join); !strings.HasPrefix(m.Title, "You are in") {
		t.Errorf("joining from the lab's server answers %q, %q", m.Title, m.Body[0].Plain())
	}
	if m := in("4", nowhere, `profile set shares:"superposition, sparse codes" lab:"Noether Lab"`); !strings.HasPrefix(m.Title, "You are in") {
		t.Errorf("a change from nowhere answers %q, %q", m.Title, m.Body[0].Plain())
	}
}
