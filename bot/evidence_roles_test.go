package bot_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"interlab/bot"
	"interlab/bot/chat"
	"interlab/bot/exchange"
)

// menuReader is a platform that remembers the menus of answers, and what was said last.
type menuReader struct {
	chat.Messenger
	read *menusRead
}

type menusRead struct {
	mu    sync.Mutex
	menus map[string]chat.Menu // by route
	said  string
}

func (r menuReader) Answer(ctx context.Context, id string, e chat.Event, show chat.Show, m chat.Message) (chat.Posted, error) {
	r.read.mu.Lock()
	for _, row := range m.Rows {
		if row.Menu != nil {
			r.read.menus[row.Menu.Ref.Route] = *row.Menu
		}
	}
	r.read.said = plain(m)
	r.read.mu.Unlock()
	return r.Messenger.Answer(ctx, id, e, show, m)
}

// A client may send back what no menu offered.
func TestARoleThatNoMenuOfferedIsRefusedWithAllThatThereAre(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/conversations/evidence-checks.txt")
	if err != nil {
		t.Fatal(err)
	}
	read := &menusRead{menus: map[string]chat.Menu{}}
	th := newTheatreOn(t, memoryStore(t), func(th *theatre, o *bot.Options) {
		o.Messenger = func(chat.Platform) (chat.Messenger, bool) { return menuReader{th.con.Platform(), read}, true }
	})
	th.play(string(text))
	menu, there := read.menus["evidence.role"]
	if !there {
		t.Fatal("nobody was asked who did what")
	}
	offered := menu.Options[0].Value
	person := offered[strings.LastIndex(offered, ".")+1:]
	for i, role := range []string{"juggling", "", "Software ", "author", strings.Repeat("x", 3000)} {
		e := chat.Event{
			ID: fmt.Sprintf("forged-%d", i), At: th.Now(), From: chat.Account{Platform: "discord", User: "bo"}, Name: "Bo",
			In: chat.Place{Home: chat.Home{Platform: "discord", ID: "noether"}}, Input: chat.Press{Ref: menu.Ref, Values: []string{role + "." + person}},
		}
		ticket, err := th.app.Accept(t.Context(), e)
		if err == nil {
			err = th.app.Handle(t.Context(), ticket)
		}
		if err != nil {
			t.Fatalf("a press with the role %.20q = %v", role, err)
		}
		for _, r := range exchange.Roles() {
			if !strings.Contains(read.said, r.Label()) {
				t.Errorf("the role %.20q was answered %q, which does not name %q", role, read.said, r.Label())
			}
		}
		if !strings.Contains(read.said, "is none of the fourteen roles") {
			t.Errorf("the role %.20q was answered %q, want it refused", role, read.said)
		}
	}
	th.play(`bo@discord:noether> goal show 2
bo> choose "Data card: Card of the probes"
expect bo: By Bo (data curation, review and editing).`)
}
