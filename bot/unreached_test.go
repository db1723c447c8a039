package bot_test

import (
	"testing"
	"time"

	"interlab/bot"
	"interlab/bot/chat"
)

// Bo's account is closed, or takes no messages. Ana's ask cannot reach him: from
// then on nobody else is shown him, and Ana sees what silence would show.
func TestNobodyIsShownWhomNothingReaches(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.messenger.fails(failing(direct(bo), chat.ErrUnreachable), nil)
	w.asked()
	w.join(olga, "Olga Stern", "Office", "statistics")
	w.says(w.line(olga, "match find protein folding"), "Nobody found")
	w.says(w.line(ana, "match list"), "Asked")
	w.says(w.line(bo, "profile show"), "did not reach you")

	for name, back := range map[string]func(w *world){
		"he writes": func(w *world) { w.line(bo, `profile set shares:"protein folding"`) },
		"a message reaches him": func(w *world) {
			w.messenger.fails(nil, nil)
			w.line(olga, `admin role person:"Bo Larsen" role:lead lab:"Noether Lab"`)
		},
		"the last try is weeks ago": func(w *world) { w.pass(60 * 24 * time.Hour) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.messenger.fails(failing(direct(bo), chat.ErrUnreachable), nil)
			w.asked()
			w.join(olga, "Olga Stern", "Office", "statistics")
			back(w)
			w.says(w.line(olga, "match find protein folding"), "Bo")
			w.healthy()
		})
	}
}

// One account of two that takes nothing keeps nobody from being found.
func TestWhoIsReachedOnOneAccountIsFound(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	w.change(bo, func(p *bot.Person) {
		p.Accounts = append(p.Accounts, chat.Account{Platform: "slack", Team: "guests", User: "bo"})
	})
	w.messenger.fails(failing(direct(bo), chat.ErrUnreachable), nil)
	w.press(ana, "Ask Bo")
	w.join(olga, "Olga Stern", "Office", "statistics")
	w.says(w.line(olga, "match find protein folding"), "Bo")
}
