package bot_test

import (
	"strings"
	"testing"
	"time"

	"interlab/bot"
)

func TestBuriedWorkIsShownAndTriedAgain(t *testing.T) {
	t.Parallel()
	th := newTheatre(t)
	ref := bot.Ref{Kind: "draft", ID: "d1"}
	write := bot.Write{
		Ref: ref, Data: []byte(`{"s":1,"d":{"id":"d1","by":"p","values":{},"at":"2026-11-20T09:00:00Z"}}`),
		Due: []bot.Work{{Name: "forget", At: importDay.Add(-time.Hour)}},
	}
	if err := th.Commit(t.Context(), bot.Commit{Writes: []bot.Write{write}, Note: bot.Note{At: importDay, Verb: "test", Refs: []bot.Ref{ref}}}); err != nil {
		t.Fatal(err)
	}
	claims, err := th.Claim(t.Context(), importDay, 1, time.Minute)
	if err != nil || len(claims) != 1 {
		t.Fatalf("Claim = %v, %v; want one", claims, err)
	}
	if err := th.Bury(t.Context(), claims[0], importDay, "no \u202eroom\nleft <!channel>"); err != nil {
		t.Fatal(err)
	}
	said := th.play(`olga@slack:office> admin jobs
		expect olga: 1. forget of draft
		expect olga: no room left <!channel>
		eve@slack:hopper> press "Try 1 again" of olga
		expect eve: Only organisers can do that
		olga> press "Try 1 again"
		expect olga: It is tried again now
		olga> press "What else was given up"
		expect olga: No work was given up
		olga> admin status
		expect olga: 0 given up`)
	if strings.Contains(said, "\u202e") {
		t.Error("a reason is shown with a control of direction in it")
	}
	if all := everything(t, th.Running); all["draft:d1"] != 0 {
		t.Error("the draft is still there after its work was tried again")
	}
}
