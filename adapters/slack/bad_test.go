package slack_test

import (
	"fmt"
	"strings"
	"testing"

	"interlab/adapters/slack/slacktest"
	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

// Whatever comes over the socket: it is acknowledged where it has an id, so that
// Slack does not send it again, counted, and the next event is handled.
func TestOddEnvelopesAreSurvived(t *testing.T) {
	t.Parallel()
	press := func(action any) map[string]any {
		return map[string]any{
			"type": "block_actions", "team": map[string]any{"id": "T1"}, "user": map[string]any{"id": "U1"}, "trigger_id": "t1",
			"container": map[string]any{"type": "message", "channel_id": "C1", "message_ts": "1.1"}, "actions": action,
		}
	}
	for name, c := range map[string]struct {
		kind    string
		payload map[string]any
	}{
		"two megabytes":             {"slash_commands", map[string]any{"team_id": "T1", "user_id": "U1", "text": strings.Repeat("x", 2<<20)}},
		"an unknown workspace":      {"slash_commands", map[string]any{"team_id": "T9", "user_id": "U1", "text": "hello"}},
		"no workspace":              {"events_api", map[string]any{"type": "event_callback", "event": map[string]any{"type": "message"}}},
		"a press of nothing":        {"interactive", press([]any{})},
		"a forged reference":        {"interactive", press([]any{map[string]any{"action_id": "match yes\x00"}})},
		"actions that are none":     {"interactive", press("all of them")},
		"an unknown interaction":    {"interactive", map[string]any{"type": "levitation", "team": map[string]any{"id": "T1"}}},
		"a form without reference":  {"interactive", map[string]any{"type": "view_submission", "user": map[string]any{"id": "U1"}, "view": map[string]any{"callback_id": ""}}},
		"texts where ids should be": {"slash_commands", map[string]any{"team_id": 7, "user_id": []any{}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, nil)
			if payload := w.sent(w.Send("T1", c.kind, c.payload)); len(payload) > 0 {
				t.Errorf("acknowledged with %s, want nothing", payload)
			}
			if h := w.adapter.Envelopes(); h[desk.Unreadable] != 1 || len(w.app.accepted()) != 0 {
				t.Errorf("unreadable = %d, accepted = %d; want 1 and 0", h[desk.Unreadable], len(w.app.accepted()))
			}
			w.sent(w.Slash("T1", "U1", "C1", "hello"))
			if len(w.app.accepted()) != 1 {
				t.Error("the next event was not accepted")
			}
		})
	}
}

// Frames that are no envelope at all cost at most their connection.
func TestOddFramesAreSurvived(t *testing.T) {
	t.Parallel()
	for name, frame := range map[string]string{
		"a depth of 10,000":     `{"envelope_id":"e1","type":"interactive","payload":` + strings.Repeat(`[`, 10_000) + strings.Repeat(`]`, 10_000) + `}`,
		"no JSON":               "hello \x00\xff",
		"half of an object":     `{"type":"slash_comm`,
		"an unknown type":       `{"type":"telepathy"}`,
		"a number":              "7",
		"more than a frame has": `{"type":"events_api","payload":"` + strings.Repeat("x", 9<<20) + `"}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, nil)
			w.Frame("T1", []byte(frame))
			silent := strings.HasPrefix(name, "half") // the library keeps that one to itself
			w.await(t, "both sockets, and the count", func() bool {
				links := w.adapter.Links()
				return w.Sockets("T1") == 2 && links[0].Open == 2 && (silent || w.adapter.Envelopes()[desk.Unreadable]+int64(w.Opened()-2) > 0)
			})
			w.sent(w.Slash("T1", "U1", "C1", "hello"))
			if len(w.app.accepted()) != 1 {
				t.Error("the next event was not accepted")
			}
		})
	}
}

// Blocks and fields of tomorrow in what Slack sends along are no reason not to
// understand a press.
func TestUnknownBlocksInAPressAreLeftAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.sent(w.Send("T1", "interactive", map[string]any{
		"type": "block_actions", "team": map[string]any{"id": "T1"}, "user": map[string]any{"id": "U1"}, "trigger_id": "t1",
		"container": map[string]any{"type": "message", "channel_id": "C1", "message_ts": "1.1", "hologram": true},
		"actions":   []any{map[string]any{"action_id": "go:1", "type": "hologram", "text": 7}},
		"message":   map[string]any{"blocks": []any{map[string]any{"type": "hologram", "elements": 7}, 7}},
	}))
	if got := w.app.accepted(); len(got) != 1 || got[0].Input.(chat.Press).Ref != (chat.Ref{Route: "go", ID: "1"}) {
		t.Errorf("events = %+v, want the press", got)
	}
}

// A panic of the core costs the one event that caused it.
func TestAPanicCostsOneEvent(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.app.answer = func(e chat.Event) chat.Message {
		if e.Input == (chat.Line{Text: "boom"}) {
			panic("boom")
		}
		return say("fine")
	}
	w.sent(w.Slash("T1", "U1", "C1", "boom"))
	w.sent(w.Slash("T1", "U1", "C1", "hello"))
	if h := w.adapter.Envelopes(); h[desk.Failed] != 1 || len(w.seen(slacktest.Shown)) != 1 {
		t.Errorf("panics = %d, answers = %d; want 1 each", h[desk.Failed], len(w.seen(slacktest.Shown)))
	}
}

// Hostile text in every part of every message and form reaches Slack as text.
func TestHostileTextReachesSlackAsText(t *testing.T) {
	t.Parallel()
	for i, hostile := range []string{
		"<!channel> <!here|x> <!subteam^S1>", "<@U1> @everyone @here", "*bold* _it_ ~s~ `c` ```x```", "> quote\n- list\n1. one",
		"&lt;!channel&gt; &amp;amp;", "\u202eright to left\u202c \u2066x", "zero\u200b\u200d\ufeffwidth", strings.Repeat("🧪", 5000),
		"<https://evil.example|https://slack.com>", ":tada: :skull:", `"quoted" \ {"json":true}`, "line\r\nbreak\x00\x07", "<!date^1^{date}|x>",
	} {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, nil)
			option := []chat.Option{{Label: hostile, Value: "a", Hint: hostile}}
			m := chat.Message{
				Title: hostile, Body: []chat.Text{chat.T(hostile, chat.Strong(hostile), chat.Code(hostile), chat.Link{Label: hostile, URL: "https://a.example/"}, chat.Mention{Name: hostile}, chat.When{At: w.Now(), Fallback: hostile})},
				Fields: []chat.Field{{Name: hostile, Value: chat.T(hostile)}}, Note: chat.T(hostile),
				Rows:        []chat.Row{chat.NewRow(chat.Button{Label: hostile, Ref: chat.Ref{Route: "go"}}), chat.NewMenu(chat.Menu{Ref: chat.Ref{Route: "pick"}, Hint: hostile, Options: option})},
				Attachments: []chat.Attachment{{Name: hostile, Type: "text/plain", Alt: hostile, Data: []byte(hostile)}},
			}
			w.app.form = chat.Form{Ref: chat.Ref{Route: "talk"}, Title: hostile, Submit: hostile, Fields: []chat.FormField{
				{Name: "a", Label: hostile, Hint: hostile, Value: hostile, Long: true}, {Name: "b", Label: hostile, Value: "a", Options: option},
			}}
			w.app.answer = func(chat.Event) chat.Message { return m }
			w.sent(w.Slash("T1", "U1", "C1", "hello"))
			w.sent(w.Say("T1", "U1", "hello"))
			w.sent(w.Slash("T1", "U1", "C1", "form"))
			if refused := w.Refused(); len(refused) > 0 {
				t.Fatalf("Slack refused %v", refused)
			}
			sights := append(w.seen(slacktest.Shown), w.seen(slacktest.Said)...)
			sights = append(sights, w.seen(slacktest.Opened)...)
			if len(sights) != 3 {
				t.Fatalf("seen %d things, want 3", len(sights))
			}
			for _, s := range sights {
				blocks := string(s.Blocks) + string(s.View.Blocks)
				for _, markup := range []string{`"mrkdwn"`, `"broadcast"`, `"type":"user"`, `"usergroup"`, `"emoji":true`} {
					if strings.Contains(blocks, markup) {
						t.Errorf("%s has %s", s.What, markup)
					}
				}
				if strings.ContainsAny(s.Text, "<>") || strings.ContainsAny(blocks+s.Text, "\u202e\u2066") {
					t.Errorf("%s shows %q", s.What, s.Text)
				}
			}
		})
	}
}
