package slack_test

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"interlab/adapters/slack/slacktest"
	"interlab/bot/chat"
	"interlab/bot/chat/desk"
	"interlab/bot/chat/desk/desktest"
)

// What people do in Slack arrives in many shapes. Each field in turn, however
// deep, is nothing, another type, missing, there twice, or a number that no
// machine has: it is handled or counted, and the next event is handled.
func TestFieldsThatAreNothingOrOddAreSurvived(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ kind, payload string }{
		"a command": {"slash_commands", `{"team_id":"T1","user_id":"U1","channel_id":"C1","command":"/interlab","text":"hello","trigger_id":"t","response_url":""}`},
		"a press": {"interactive", `{"type":"block_actions","team":{"id":"T1"},"user":{"id":"U1","name":"ana","team_id":"T1"},"trigger_id":"t",
			"container":{"type":"message","channel_id":"C1","message_ts":"1.1"},"channel":{"id":"C1"},"actions":[{"action_id":"go:1","type":"button","value":"x"}]}`},
		"a choice": {"interactive", `{"type":"block_actions","team":{"id":"T1"},"user":{"id":"U1"},"trigger_id":"t",
			"container":{"type":"message","channel_id":"C1","message_ts":"1.1"},"actions":[{"action_id":"go:1","type":"static_select","selected_option":{"value":"x"}}]}`},
		"a form": {"interactive", `{"type":"view_submission","team":{"id":"T1"},"user":{"id":"U1"},"trigger_id":"t",
			"view":{"id":"V1","type":"modal","callback_id":"talk:1","private_metadata":"{}","blocks":[],"state":{"values":{"a":{"value":{"type":"plain_text_input","value":"x"}}}}}}`},
		"a line":       {"events_api", `{"type":"event_callback","team_id":"T1","event_id":"E1","event":{"type":"message","channel_type":"im","channel":"D1","user":"U1","text":"hello","ts":"1.1"}}`},
		"a home view":  {"events_api", `{"type":"event_callback","team_id":"T1","event_id":"E2","event":{"type":"app_home_opened","user":"U1","tab":"home","channel":"D1"}}`},
		"a lost place": {"events_api", `{"type":"event_callback","team_id":"T1","event_id":"E3","event":{"type":"channel_deleted","channel":"C1"}}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, nil)
			all, err := desktest.Oddities(c.payload)
			if err != nil {
				t.Fatal(err)
			}
			for i, payload := range all {
				w.Frame("T1", []byte(`{"envelope_id":"e`+strconv.Itoa(i)+`","type":"`+c.kind+`","payload":`+payload+`}`))
			}
			w.await(t, "both sockets, and all that is no deeper than a reader goes", func() bool {
				h := w.adapter.Envelopes()
				return w.Sockets("T1") == 2 && w.adapter.Links()[0].Open == 2 && h[desk.Taken] >= int64(len(all)*13/14) && h[desk.Unreadable] > 0
			})
			last := func() bool {
				return slices.ContainsFunc(w.app.accepted(), func(e chat.Event) bool { return e.Input == (chat.Line{Text: "and now"}) })
			}
			w.sent(w.Slash("T1", "U1", "C1", "and now"))
			w.await(t, "the next event", last)
			if h := w.adapter.Envelopes(); h[desk.Failed] != 0 {
				t.Errorf("envelopes = %v; want none that failed", h)
			}
		})
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
