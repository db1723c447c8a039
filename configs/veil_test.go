package configs_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/rs/zerolog"
	"pgregory.net/rapid"

	"interlab/configs"
)

// canaries are settings with a secret in every place that has one, each of which
// looks like nothing that is known.
func canaries(secret func(name string) configs.Secret) configs.Settings {
	return configs.Settings{
		Redis:   configs.Redis{Password: secret("redis"), SentinelPassword: secret("sentinel")},
		Discord: configs.Discord{Token: secret("discord")},
		Slack: configs.Slack{Workspaces: []configs.SlackWorkspace{
			{Name: "curie", BotToken: secret("curie bot"), AppToken: secret("curie app")},
			{Name: "noether", BotToken: secret("noether bot"), AppToken: secret("noether app")},
		}},
	}
}

// Before any veil hangs there, settings tell nothing however they are printed.
func TestNoPrintOfSettingsTellsASecret(t *testing.T) {
	t.Parallel()
	s := canaries(func(name string) configs.Secret { return configs.NewSecret("CANARY " + name) })
	s.Keys = keyRing(t)
	encoded, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	for what, text := range map[string]string{
		"%v": fmt.Sprintf("%v", s), "%+v": fmt.Sprintf("%+v", s), "%#v": fmt.Sprintf("%#v", s), "%s": fmt.Sprintf("%s", s.Keys), "%x": fmt.Sprintf("%x", s.Keys),
		"%q": fmt.Sprintf("%q", s.Slack), "an error": fmt.Errorf("load %v: %w", s, errors.New("x")).Error(), "JSON": string(encoded),
	} {
		for _, secret := range []string{"CANARY", fmt.Sprintf("%x", "CANARY"), "AAAAAAAA", "AQAAAAAA"} {
			if strings.Contains(text, secret) {
				t.Errorf("the settings in %s tell %s: %s", what, secret, text)
			}
		}
	}
}

func TestTheVeilCoversEverySecretInEveryFormOfALog(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		// Of what is hard to write down; and so that no other text has it.
		text := "Z" + rapid.StringMatching(`[ -~äß✓\t]{8,40}`).Draw(t, "secret") + "Z"
		var veil configs.Veil
		veil.Cover(canaries(func(name string) configs.Secret {
			if name == "noether app" {
				return configs.NewSecret(text)
			}
			return configs.NewSecret("another-" + name)
		}))
		var out bytes.Buffer
		over := veil.Over(&out)
		log := zerolog.New(over)
		log.Error().Err(fmt.Errorf("refused: %w", errors.New(text))).Str("so", text).Bytes("stack", []byte("at "+text)).Msg(text)
		log.Error().Err(fmt.Errorf("refused: %q", text)).Strs("list", []string{text}).Msg("twice quoted")
		log.Error().Err(&url.Error{Op: "GET", URL: "http://x/?a=" + url.QueryEscape(text), Err: errors.New("down")}).Msg("in an address")
		log.Error().Interface("tree", map[string]string{"a": text}).Msg("in a tree")
		people := zerolog.New(zerolog.ConsoleWriter{Out: over})
		people.Error().Err(errors.New(text)).Msg("for people")
		_, _ = fmt.Fprintf(over, "interlab: %s and %+q\n", url.PathEscape(text), "nothing")
		encoded, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		for what, form := range map[string]string{
			"as it is": text, "in JSON": string(encoded[1 : len(encoded)-1]), "in quotes": fmt.Sprintf("%q", text)[1:], "in an address": url.QueryEscape(text),
		} {
			if strings.Contains(out.String(), form) {
				t.Errorf("the secret %q stands %s in\n%s", text, what, out.String())
			}
		}
		if n := strings.Count(out.String(), "[secret]"); n < 9 {
			t.Errorf("%d secrets were hidden, want at least 9:\n%s", n, out.String())
		}
	})
}

func TestTheVeilCoversSettingsOfEveryReload(t *testing.T) {
	t.Parallel()
	var veil configs.Veil
	for _, generation := range []string{"first", "second"} {
		veil.Cover(canaries(func(name string) configs.Secret { return configs.NewSecret(generation + "-" + name) }))
	}
	for _, generation := range []string{"first", "second"} {
		for _, name := range []string{"redis", "sentinel", "discord", "curie bot", "curie app", "noether bot", "noether app"} {
			if got := veil.Hide("it is " + generation + "-" + name + "."); got != "it is [secret]." {
				t.Errorf("Hide() of the %s token of %s = %q", generation, name, got)
			}
		}
	}
	if got, want := veil.Hide("it is first-discor, and second-senti, and second-sen"), "it is [secret], and [secret], and second-sen"; got != want {
		t.Errorf("Hide() of what was cut = %q, want %q", got, want)
	}
	// One that begins as another, and one too short to be told from words.
	veil.Cover(configs.Settings{Redis: configs.Redis{Password: configs.NewSecret("first-redis-and-more"), SentinelPassword: configs.NewSecret("a")}})
	if got, want := veil.Hide("a first-redis-and-more"), "a [secret]"; got != want {
		t.Errorf("Hide() = %q, want %q", got, want)
	}
}

// What no setting holds is known by how it looks.
func TestTheVeilKnowsWhatSecretsLookLike(t *testing.T) {
	t.Parallel()
	const canary = "CANARYcanaryCANARYcanaryCANARYcanary0123456"
	for name, text := range map[string]string{
		"token of a bot":     "invalid token xoxb-" + canary + "-1 given",
		"token that rotates": "invalid token xoxe.xoxb-" + canary + "-1 given",
		"token of an app":    "invalid token xapp-1-A1-" + canary + " given",
		"token of Discord":   "sent MTE5OTk5OTk5OTk5OTk5OTk5OQ.G4CANARY.x" + canary + " so",
		"signed link":        "GET https://labs.example/own/first-key.AAAAAGtJ4BCANARYjdXJpZQ." + canary + " refused",
		"interaction":        "token aW50ZXJhY3Rpb246" + canary + " is over",
		"its address":        `Post "https://discord.com/api/v10/interactions/123/` + canary + `/callback": EOF`,
		"its webhook":        `Patch "http://127.0.0.1:1/webhooks/123/` + canary + `/messages/@original": EOF`,
		"response_url":       `Post "https://hooks.slack.com/actions/T1/123/` + canary + `": EOF`,
		"response_url of /":  `Post "https://hooks.slack.com/commands/T1/123/` + canary + `": EOF`,
		"socket":             "dial wss://wss-primary.slack.com/link/?ticket=" + canary + "&app_id=1: EOF",
		"address of Redis":   "dial redis://bot:" + canary + "@host:6379: refused",
		"a request's head":   "Authorization: Bearer " + canary,
		"of Discord's":       "Authorization: Bot " + canary,
		"calendar":           "GET /u/" + canary + ".ics refused",
		"key":                "line 1: first-key:" + canary + "= has",
		"key that says +":    "line 1: first-key:+" + canary[1:] + "= has",
	} {
		var none *configs.Veil
		for what, veil := range map[string]*configs.Veil{"zero": {}, "nil": none} {
			if got := veil.Hide(text); strings.Contains(strings.ToLower(got), "canary") || !strings.Contains(got, "[secret]") {
				t.Errorf("%s: Hide(%q) by the %s veil = %q", name, text, what, got)
			}
		}
	}
}

func TestTheVeilLeavesWhatIsNoSecret(t *testing.T) {
	t.Parallel()
	var veil configs.Veil
	veil.Cover(canaries(func(name string) configs.Secret { return configs.NewSecret("another-" + name) }))
	for _, text := range []string{
		`{"level":"info","event":"Ev0PV52K21","platform":"slack","route":"match.ask","ms":12,"time":"2026-11-23T09:10:11Z","message":"handled"}`,
		"redis: connect: the store cannot be used: dial tcp 127.0.0.1:6379: connect: connection refused",
		"https://labs.example/talk/abcdefghijklmnop.ics and https://labs.example/residencies",
		"goroutine 8 [running]:\ninterlab/adapters/web.(*site).view(0x3368d34ea540, {0x1ca8558, 0x3368d3688fc0})\n\t/src/adapters/web/public.go:106 +0x68",
		"slack curie: bot token: Curie (curie) as interlab",
		"the token is not set; write it into interlab.yaml", "",
	} {
		if got := veil.Hide(text); got != text {
			t.Errorf("Hide(%q) = %q, want it as it is", text, got)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestAVeilPassesOnWhatItsWriterSays(t *testing.T) {
	t.Parallel()
	var veil configs.Veil
	var out bytes.Buffer
	if n, err := veil.Over(&out).Write([]byte("xoxb-123456-7")); n != 13 || err != nil || out.String() != "[secret]" {
		t.Errorf("Write() = %d, %v; it wrote %q", n, err, out.String())
	}
	if n, err := veil.Over(full{}).Write([]byte("x")); n != 0 || err == nil || err.Error() != "disk full" {
		t.Errorf("Write() to a full disk = %d, %v", n, err)
	}
}

func BenchmarkVeil(b *testing.B) {
	var veil configs.Veil
	veil.Cover(canaries(func(name string) configs.Secret { return configs.NewSecret("another-" + name) }))
	for name, line := range map[string]string{
		"event": `{"level":"info","event":"Ev0PV52K21","platform":"slack","route":"match.ask","outcome":"done","ms":12,"time":"2026-11-23T09:10:11Z","message":"handled"}`,
		"fault": `{"level":"error","error":"redis: connect: the store cannot be used: dial tcp 127.0.0.1:6379: connect: connection refused","time":"2026-11-23T09:10:11Z","message":"due work waits"}`,
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				veil.Hide(line)
			}
		})
	}
}
