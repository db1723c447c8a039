package bot_test

import (
	"context"
	"testing"

	"interlab/bot/chat"
)

// Whoever presses in a channel that another organisation shares is served only
// where their own workspace is part of the network, and joins no lab of the host.
func TestStrangersOfAnotherWorkspaceAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	eve := chat.Account{Platform: "slack", Team: "elsewhere", User: "eve"}
	for _, input := range []chat.Input{
		chat.Line{Text: "match find protein folding"},
		chat.Press{Ref: w.button(ana, "Ask Bo")},
		chat.Line{Text: `profile set shares:"spying" zone:Paris contact:"e@e.example" lab:"Curie Lab"`},
	} {
		e := w.event(eve, input)
		e.In.Home = home(ana)
		w.says(w.handles(e), "yours is not. Nothing was done")
	}
	if got := w.line(ana, "match find spying"); count([]chat.Message{got}, "Eve") != 0 {
		t.Errorf("a stranger is found: %s", plain(got))
	}
}

// A guest of a workspace is told so when they want to join; a platform that
// does not answer keeps nobody out.
func TestGuestsCannotJoin(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	gus := chat.Account{Platform: "slack", Team: "curie", User: "gus"}
	w.messenger.profile = func(context.Context, chat.Account) (chat.Profile, error) {
		return chat.Profile{Name: "Gus", Guest: true}, nil
	}
	const join = `profile set shares:"spying" zone:Paris contact:"g@g.example" show:name lab:"Curie Lab"`
	w.says(w.line(gus, join), "You are a guest of this workspace")
	if got := w.line(bo, "match find spying"); count([]chat.Message{got}, "Gus") != 0 {
		t.Errorf("a guest is found: %s", plain(got))
	}
	w.messenger.profile = func(context.Context, chat.Account) (chat.Profile, error) {
		return chat.Profile{}, chat.ErrUnreachable
	}
	w.says(w.line(gus, join), "You are in")
}
