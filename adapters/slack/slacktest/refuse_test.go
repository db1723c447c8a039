package slacktest_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"interlab/adapters/slack/slacktest"
)

// raw is a client without any library: what it sends is what the test says.
type raw struct {
	*slacktest.Server
	t      *testing.T
	tokens slacktest.Tokens
}

func newRaw(t *testing.T, o slacktest.Options) *raw {
	t.Helper()
	c := &raw{Server: slacktest.New(t, o), t: t}
	c.tokens = c.AddTeam("T1", "Curie")
	c.AddUser("T1", slacktest.User{ID: "U1", Name: "Ana"})
	c.AddChannel("T1", slacktest.Channel{ID: "C1", Member: true}, "U1")
	return c
}

// call calls a method and returns the error that Slack names, and the pause it wants.
func (c *raw) call(method, token string, args ...string) (refusal, pause string, answer map[string]any) {
	c.t.Helper()
	form := url.Values{"token": {token}}
	for i := 0; i < len(args); i += 2 {
		form.Set(args[i], args[i+1])
	}
	return c.post(c.APIURL()+method, "application/x-www-form-urlencoded", form.Encode())
}

func (c *raw) post(address, kind, body string) (refusal, pause string, answer map[string]any) {
	c.t.Helper()
	request, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	request.Header.Set("Content-Type", kind)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	_ = json.Unmarshal(data, &answer) // a 429 has no body
	refusal, _ = answer["error"].(string)
	if response.StatusCode == http.StatusTooManyRequests {
		refusal = "ratelimited"
	}
	return refusal, response.Header.Get("Retry-After"), answer
}

// socket opens a connection and reads what comes, without a word to it.
func (c *raw) socket() (envelopes <-chan map[string]any, conn *websocket.Conn) {
	c.t.Helper()
	_, _, answer := c.call("apps.connections.open", c.tokens.App)
	ws, response, err := websocket.DefaultDialer.DialContext(c.t.Context(), fmt.Sprint(answer["url"]), nil)
	if err != nil {
		c.t.Fatal(err)
	}
	_ = response.Body.Close() // the connection is ws
	c.t.Cleanup(func() { _ = ws.Close() })
	all := make(chan map[string]any, 16)
	go func() {
		defer close(all)
		for {
			var e map[string]any
			if ws.ReadJSON(&e) != nil {
				return
			}
			all <- e
		}
	}()
	if hello := <-all; hello["type"] != "hello" {
		c.t.Fatalf("a new connection says %v, want hello", hello)
	}
	return all, ws
}

func blocks(n int) string {
	return "[" + strings.TrimSuffix(strings.Repeat(`{"type":"header","text":{"type":"plain_text","text":"x"}},`, n), ",") + "]"
}

func TestWhatSlackRefusesIsRefused(t *testing.T) {
	t.Parallel()
	c := newRaw(t, slacktest.Options{})
	c.AddChannel("T1", slacktest.Channel{ID: "C2"})
	c.AddChannel("T1", slacktest.Channel{ID: "C3", Member: true, Archived: true})
	bot := c.tokens.Bot
	for _, test := range []struct {
		want, method, token string
		args                []string
	}{
		{"not_authed", "auth.test", "", nil},
		{"invalid_auth", "auth.test", "xoxb-wrong", nil},
		{"not_allowed_token_type", "auth.test", c.tokens.App, nil},
		{"not_allowed_token_type", "apps.connections.open", bot, nil},
		{"unknown_method", "chat.shout", bot, nil},
		{"channel_not_found", "chat.postMessage", bot, []string{"channel", "C9", "text", "x"}},
		{"not_in_channel", "chat.postMessage", bot, []string{"channel", "C2", "text", "x"}},
		{"is_archived", "chat.postMessage", bot, []string{"channel", "C3", "text", "x"}},
		{"no_text", "chat.postMessage", bot, []string{"channel", "C1"}},
		{"msg_too_long", "chat.postMessage", bot, []string{"channel", "C1", "text", strings.Repeat("x", 40001)}},
		{"invalid_blocks", "chat.postMessage", bot, []string{"channel", "C1", "text", "x", "blocks", blocks(51)}},
		{"invalid_blocks", "chat.postMessage", bot, []string{"channel", "C1", "text", "x", "blocks", `[{"type":"hologram"}]`}},
		{"thread_not_found", "chat.postMessage", bot, []string{"channel", "C1", "text", "x", "thread_ts", "1.1"}},
		{"message_not_found", "chat.update", bot, []string{"channel", "C1", "text", "x", "ts", "1.1"}},
		{"user_not_in_channel", "chat.postEphemeral", bot, []string{"channel", "C1", "text", "x", "user", "U9"}},
		{"users_not_found", "conversations.open", bot, []string{"users", "U9"}},
		{"user_not_found", "users.info", bot, []string{"user", "U9"}},
		{"", "chat.postMessage", bot, []string{"channel", "C1", "text", "x", "blocks", blocks(50)}},
	} {
		if got, _, _ := c.call(test.method, test.token, test.args...); got != test.want {
			t.Errorf("%s %.60q = %q, want %q", test.method, test.args, got, test.want)
		}
	}
	if n := len(c.Refused()); n != 17 {
		t.Errorf("%d refusals are told of, want 17", n)
	}
	c.Revoke("T1", "token_revoked")
	if got, _, _ := c.call("auth.test", bot); got != "token_revoked" {
		t.Errorf("auth.test with a revoked token = %q", got)
	}
}

func TestAChannelTakesSoManyMessagesASecond(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	c := newRaw(t, slacktest.Options{Now: func() time.Time { return now }, PostsPerSecond: 1})
	for _, want := range []string{"", "ratelimited"} {
		if got, pause, _ := c.call("chat.postMessage", c.tokens.Bot, "channel", "C1", "text", "x"); got != want || (got != "") != (pause == "1") {
			t.Errorf("chat.postMessage = %q, Retry-After %q; want %q", got, pause, want)
		}
	}
}

func TestATriggerOpensOneFormAndNotForLong(t *testing.T) {
	t.Parallel()
	c := newRaw(t, slacktest.Options{})
	envelopes, _ := c.socket()
	const view = `{"type":"modal","callback_id":"a","title":{"type":"plain_text","text":"A"},"submit":{"type":"plain_text","text":"B"},"blocks":[]}`
	trigger := func() string {
		if _, err := c.Slash("T1", "U1", "C1", "form"); err != nil {
			t.Fatal(err)
		}
		payload, _ := (<-envelopes)["payload"].(map[string]any)
		return fmt.Sprint(payload["trigger_id"])
	}
	first := trigger()
	for _, test := range []struct{ trigger, want string }{{first, ""}, {first, "exchanged_trigger_id"}, {"made up", "invalid_trigger_id"}} {
		if got, _, _ := c.call("views.open", c.tokens.Bot, "trigger_id", test.trigger, "view", view); got != test.want {
			t.Errorf("views.open with %q = %q, want %q", test.trigger, got, test.want)
		}
	}
	late := trigger()
	c.ExpireTriggers()
	if got, _, _ := c.call("views.open", c.tokens.Bot, "trigger_id", late, "view", view); got != "expired_trigger_id" {
		t.Errorf("views.open too late = %q, want expired_trigger_id", got)
	}
}

func TestAResponseURLIsGoodForFiveUsesInHalfAnHour(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	c := newRaw(t, slacktest.Options{Now: func() time.Time { return now }})
	envelopes, _ := c.socket()
	hook := func() string {
		if _, err := c.Slash("T1", "U1", "C1", "x"); err != nil {
			t.Fatal(err)
		}
		payload, _ := (<-envelopes)["payload"].(map[string]any)
		return fmt.Sprint(payload["response_url"])
	}
	first, second := hook(), hook()
	for i, want := range []string{"", "", "", "", "", "used_url"} {
		if got, _, _ := c.post(first, "application/json", `{"text":"x"}`); got != want {
			t.Errorf("use %d = %q, want %q", i+1, got, want)
		}
	}
	now = now.Add(31 * time.Minute)
	if got, _, _ := c.post(second, "application/json", `{"text":"x"}`); got != "expired_url" {
		t.Errorf("a use after 31 minutes = %q, want expired_url", got)
	}
}

func TestConnectionsShareEventsAndNobodyHearsWithoutOne(t *testing.T) {
	t.Parallel()
	c := newRaw(t, slacktest.Options{})
	if _, err := c.Say("T1", "U1", "x"); !errors.Is(err, slacktest.ErrNobody) {
		t.Errorf("Say without a connection = %v, want ErrNobody", err)
	}
	one, _ := c.socket()
	two, ws := c.socket()
	for range 16 {
		if _, err := c.Say("T1", "U1", "x"); err != nil {
			t.Fatal(err)
		}
	}
	var first, second int
	for first+second < 16 {
		select {
		case <-one:
			first++
		case <-two:
			second++
		}
	}
	if first == 0 || second == 0 {
		t.Errorf("the connections got %d and %d events, want both some", first, second)
	}
	d, err := c.Say("T1", "U1", "x")
	if err != nil {
		t.Fatal(err)
	}
	var e map[string]any
	select {
	case e = <-one:
	case e = <-two:
	}
	if err := ws.WriteJSON(map[string]any{"envelope_id": e["envelope_id"]}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Acked(t.Context()); err != nil {
		t.Errorf("an acknowledgement over another connection = %v", err)
	}
	c.Disconnect("T1", "warning")
	select {
	case e = <-one:
	case e = <-two:
	}
	if e["type"] != "disconnect" || c.Sockets("T1") != 1 {
		t.Errorf("asked to go, a connection hears %v, and %d are open", e, c.Sockets("T1"))
	}
}
