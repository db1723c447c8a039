package slack_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"interlab/adapters/slack/slacktest"
	"interlab/bot/chat/desk"
)

// What a command and a press bring, each field in turn being nothing, another
// type, or a number that no machine has: it is answered or counted, and the next
// event is handled.
func TestFieldsThatAreNothingOrOddAreSurvived(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	for kind, fields := range map[string]map[string]string{
		"slash_commands": {"team_id": `"T1"`, "user_id": `"U1"`, "channel_id": `"C1"`, "command": `"/interlab"`, "text": `"hello"`, "trigger_id": `"t"`, "response_url": `""`},
		"interactive": {
			"type": `"block_actions"`, "team": `{"id":"T1"}`, "user": `{"id":"U1"}`, "trigger_id": `"t"`,
			"container": `{"type":"message","channel_id":"C1","message_ts":"1.1"}`, "actions": `[{"action_id":"go:1"}]`,
		},
	} {
		for _, name := range slices.Sorted(maps.Keys(fields)) {
			for i, odd := range []string{"null", "1e400", "-0", "9007199254740993", `"\ud800"`, `"\u0000\u2028"`, `{"id":null}`, "[[]]", `"x","` + name + `":"twice"`} {
				parts := []string{`"` + name + `":` + odd}
				for other, value := range fields {
					if other != name {
						parts = append(parts, `"`+other+`":`+value)
					}
				}
				w.Frame("T1", []byte(`{"envelope_id":"e-`+kind+name+strconv.Itoa(i)+`","type":"`+kind+`","payload":{`+strings.Join(parts, ",")+`}}`))
			}
		}
	}
	before := len(w.app.accepted())
	w.await(t, "both sockets", func() bool { return w.Sockets("T1") == 2 && w.adapter.Links()[0].Open == 2 })
	w.sent(w.Slash("T1", "U1", "C1", "and now"))
	w.await(t, "the odd ones", func() bool { return w.adapter.Envelopes()[desk.Unreadable] > 0 })
	if after := w.app.accepted(); len(after) <= before {
		t.Errorf("%d events before and %d after the last one; want it accepted", before, len(after))
	}
	if h := w.adapter.Envelopes(); h[desk.Failed] != 0 || h[desk.Unreadable] == 0 {
		t.Errorf("envelopes = %v; want some that cannot be read and none that failed", h)
	}
}

func TestAnAnswerWithoutEndIsNotReadToIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	body, err := json.Marshal(map[string]any{"ok": true, "channel": "C1", "ts": "1.1", "more": strings.Repeat("private ", 50<<20/8)})
	if err != nil {
		t.Fatal(err)
	}
	w.Script("chat.postMessage", slacktest.Answer{Body: string(body)})
	if _, err := w.adapter.Direct(t.Context(), "d1", ana(), say("hello")); err == nil || strings.Contains(err.Error(), "private") {
		t.Errorf("Direct with an answer of 50 MB = %.100v, want an error without it", err)
	}
	if _, err := w.adapter.Direct(t.Context(), "d1", ana(), say("again")); err != nil {
		t.Errorf("the next Direct = %v", err)
	}
}
