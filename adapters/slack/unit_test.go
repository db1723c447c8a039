package slack

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"pgregory.net/rapid"

	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

func TestTypedTextIsWhatThePersonTyped(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"hello":                                 "hello",
		"a &lt;b&gt; &amp; c":                   "a <b> & c",
		"&lt;@U1&gt;":                           "<@U1>",
		"&amp;lt;":                              "&lt;",
		"match block <@U2|bo>":                  `match block "slack:T1/U2"`,
		"person:<@U2>":                          `person:"slack:T1/U2"`,
		`topic:"ask <@U2> first"`:               `topic:"ask slack:T1/U2 first"`,
		"in <#C1|general>":                      "in #general",
		"in <#C1>":                              "in #C1",
		"<!channel> <!here|@here>":              "!channel !here",
		"<mailto:ana@a.example|ana@a.example>":  "ana@a.example",
		"<https://a.example/?a=1&amp;b=2|this>": "https://a.example/?a=1&b=2",
		"a < b":                                 "a < b",
		"":                                      "",
	} {
		if got := typed(in, "T1"); got != want {
			t.Errorf("typed(%q) = %q, want %q", in, got, want)
		}
	}
}

// What Slack escapes comes back as it was typed, whatever it was.
func TestTypedUndoesSlacksEscaping(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("<>&;@#!|ab ltgmp\"é🧪"))).Draw(t, "text")
		if got := typed(escape.Replace(text), "T1"); got != text {
			t.Fatalf("typed(escaped %q) = %q", text, got)
		}
	})
}

func FuzzTyped(f *testing.F) {
	f.Add("<@U1|x> &lt; <#C|y> <!z> <mailto:a|b>")
	f.Fuzz(func(t *testing.T, text string) {
		if got := typed(text, "T1"); len(got) > 20*len(text)+20 {
			t.Errorf("typed(%q) = %q, much longer than it", text, got)
		}
	})
}

func FuzzRoute(f *testing.F) {
	f.Add("slash_commands", `{"team_id":"T1","user_id":"U1","text":"hi"}`)
	f.Add("interactive", `{"type":"block_actions","actions":[{"action_id":"a:1","selected_option":{"value":"x"}}],"container":{"channel_id":"D1"}}`)
	f.Add("interactive", `{"type":"view_submission","view":{"callback_id":"a","private_metadata":"{\"u\":1}","state":{"values":{"b":{"value":{"value":null}}}}}}`)
	f.Add("events_api", `{"team_id":"T1","event_id":"E","event":{"type":"message","channel_type":"im","channel":{"id":"C"},"user":"U"}}`)
	f.Fuzz(func(t *testing.T, kind, body string) {
		e := envelope{ID: "e", Type: kind, Payload: []byte(body)}
		in, err := route(e, chat.Home{Platform: Platform, ID: "T1"}, "UB", time.Unix(1, 0))
		if err == nil && in.event.Input != nil && in.event.In.Home.ID != "T1" {
			t.Errorf("route(%s, %s) is of %v", kind, body, in.event.In.Home)
		}
	})
}

func TestAWaySurvivesTheStore(t *testing.T) {
	t.Parallel()
	w := way{URL: "https://hooks.slack.com/x", Ephemeral: true, Channel: "C1", Message: "1.2", Place: "C1", Home: true}
	if got := desk.FromToken[way](desk.Token(w)); got != w {
		t.Errorf("FromToken(Token) = %+v, want %+v", got, w)
	}
	for _, text := range []string{"", "{", "7", `{"u":7}`} {
		if got := desk.FromToken[way](text); got != (way{}) {
			t.Errorf("FromToken(%q) = %+v, want none", text, got)
		}
	}
}

func TestWhereAMessageLandedLeadsBackThere(t *testing.T) {
	t.Parallel()
	home := chat.Home{Platform: Platform, ID: "T1"}
	for _, channel := range []string{"C1", "D1"} {
		at := landed(home, channel, "17.25")
		if c, ts := at.Address(); c != channel || ts != "17.25" {
			t.Errorf("Address(%+v) = %s, %s; want %s, 17.25", at, c, ts, channel)
		}
		if at.Place.Direct() != (channel == "D1") {
			t.Errorf("landed(%s) is in %+v", channel, at.Place)
		}
	}
}

func TestOnlySlacksOwnAddressesAreAnswered(t *testing.T) {
	t.Parallel()
	slacks, tests := New(Options{}), New(Options{APIURL: "http://127.0.0.1:99/api"})
	for address, want := range map[string][2]bool{
		"https://hooks.slack.com/actions/T1/2/x":      {true, false},
		"https://hooks.slack-gov.com/commands/x":      {true, false},
		"http://hooks.slack.com/x":                    {false, false},
		"https://hooks.slack.com.evil.example/x":      {false, false},
		"https://hooks.slack.com@evil.example/x":      {false, false},
		"http://127.0.0.1:99/hooks/1":                 {false, true},
		"http://127.0.0.1:98/hooks/1":                 {false, false},
		"":                                            {false, false},
		"http://169.254.169.254/latest/meta-data/%zz": {false, false},
	} {
		if got := [2]bool{slacks.trusted(address), tests.trusted(address)}; got != want {
			t.Errorf("trusted(%q) = %v, want %v", address, got, want)
		}
	}
}

func TestFailuresAreToldApartAndHoldNoSecret(t *testing.T) {
	t.Parallel()
	const secret = "xoxb-7"
	unsent := &url.Error{Op: "Post", URL: "https://hooks.slack.com/" + secret, Err: errors.New("connection refused")}
	for _, c := range []struct {
		err  error
		want string
	}{
		{slack.SlackErrorResponse{Err: "channel_not_found"}, "slack answered channel_not_found: no longer exists"},
		{slack.SlackErrorResponse{Err: "invalid_blocks"}, "slack answered invalid_blocks"},
		{slack.SlackErrorResponse{Err: "missing_scope", Needed: "chat:write"}, "slack answered missing_scope: the scope chat:write is missing"},
		{slack.SlackErrorResponse{Err: "missing_scope", Needed: "im:write,users.profile:read"}, "slack answered missing_scope: the scope im:write,users.profile:read is missing"},
		{slack.SlackErrorResponse{Err: "missing_scope", Needed: secret}, "slack answered missing_scope"},
		{slack.SlackErrorResponse{Err: secret}, "slack answered an unknown error"},
		{slack.SlackErrorResponse{Err: "invalid_auth " + secret, Needed: "chat:write"}, "slack answered an unknown error"},
		{slack.SlackErrorResponse{Err: "Ana wrote:\nhello"}, "slack answered an unknown error"},
		{slack.SlackErrorResponse{Err: strings.Repeat("a", 81)}, "slack answered an unknown error"},
		{slack.StatusCodeError{Code: 403, Status: secret}, "slack answered 403"},
		{fmt.Errorf("post: %w", &slack.RateLimitedError{RetryAfter: 3 * time.Second}), "asked to wait 3s"},
		{unsent, "not reached: connection refused"},
		{fmt.Errorf("parse %s", secret), "the answer is not understood"},
		{fmt.Errorf("x: %w", context.DeadlineExceeded), "no answer in time: context deadline exceeded"},
	} {
		if got := failure(c.err, chat.ErrGone).Error(); got != c.want || strings.Contains(got, secret) {
			t.Errorf("failure(%v) = %q, want %q", c.err, got, c.want)
		}
	}
	if err := responseFailure(slack.StatusCodeError{Code: 404}); !errors.Is(err, chat.ErrGone) {
		t.Errorf("responseFailure(404) = %v, want ErrGone", err)
	}
}

func TestEventIdsAreTheSameForEveryDelivery(t *testing.T) {
	t.Parallel()
	home := chat.Home{Platform: Platform, ID: "T1"}
	a, b, c := eventID(home, "Ev1", "e1"), eventID(home, "Ev1", "e2"), eventID(home, "", "e1")
	if a != b || a == c || strings.Contains(a, "Ev1") {
		t.Errorf("eventID = %q, %q, %q", a, b, c)
	}
}
