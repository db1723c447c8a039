package slack_test

import (
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"interlab/adapters/slack"
	"interlab/adapters/slack/slacktest"
	"interlab/bot/chat"
)

func TestTheManifestIsAsPrinted(t *testing.T) {
	t.Parallel()
	got, err := slack.Manifest(&chat.Tree{Name: "interlab", Summary: `Scientists "talking"`, Commands: []chat.Command{{Name: "help"}, {Name: "match"}}})
	if err != nil {
		t.Fatal(err)
	}
	const path = "testdata/manifest.yaml"
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("manifest (-want +got):\n%s", diff)
	}
}

func TestCheckNamesWhatIsMissing(t *testing.T) {
	t.Parallel()
	s := slacktest.New(t, slacktest.Options{})
	tokens := s.AddTeam("T1", "Curie")
	s.AddChannel("T1", slacktest.Channel{ID: "C1", Name: "colloquia", Member: true})
	options := slack.Options{APIURL: s.APIURL(), Now: time.Now, Workspaces: []slack.Workspace{{Name: "curie", BotToken: tokens.Bot, AppToken: tokens.App}}}
	bad := func() string {
		var lines []string
		for _, f := range slack.Check(t.Context(), options) {
			if f.Bad && f.Advice == "" {
				t.Errorf("%s has no advice", f.What)
			}
			if f.Bad || f.Advice != "" {
				lines = append(lines, f.What+": "+f.Found)
			}
		}
		return strings.Join(lines, "\n")
	}
	if got := bad(); got != "" {
		t.Errorf("Check of a good workspace finds %s", got)
	}
	s.SetScopes("T1", "commands", "chat:write")
	s.AddChannel("T1", slacktest.Channel{ID: "C1", Name: "colloquia"})
	options.Now = func() time.Time { return time.Now().Add(-5 * time.Minute) }
	options.Workspaces[0].AppToken = "xapp-wrong"
	options.Workspaces = append(options.Workspaces, slack.Workspace{Name: "same", BotToken: tokens.Bot, AppToken: tokens.App}, slack.Workspace{Name: "none", BotToken: "xoxb-none"})
	got := bad()
	for _, want := range []string{
		"off the platform's", "slack curie: scopes: missing: im:write, im:history, users:read",
		"slack curie: app token: slack answered invalid_auth", "slack curie: channels: none",
		"slack same: workspace: T1 is the workspace of curie too", "slack none: bot token: slack answered invalid_auth",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("Check does not say %q; it says\n%s", want, got)
		}
	}
}

// With the app token of another workspace the bot would hear that one and
// answer in this one.
func TestCheckSeesTokensThatDoNotBelongTogether(t *testing.T) {
	t.Parallel()
	s := slacktest.New(t, slacktest.Options{})
	curie, noether := s.AddTeam("T1", "Curie"), s.AddTeam("T2", "Noether")
	check := func(workspaces ...slack.Workspace) string {
		var lines []string
		for _, f := range slack.Check(t.Context(), slack.Options{APIURL: s.APIURL(), Now: time.Now, Workspaces: workspaces}) {
			if strings.Contains(f.What, "pair") || strings.Contains(f.What, "app token") {
				lines = append(lines, f.What+": "+f.Found)
			}
			if f.Bad && f.Advice == "" {
				t.Errorf("%s: %s has no advice", f.What, f.Found)
			}
		}
		return strings.Join(lines, "\n")
	}
	own := []slack.Workspace{{Name: "curie", BotToken: curie.Bot, AppToken: curie.App}, {Name: "noether", BotToken: noether.Bot, AppToken: noether.App}}
	for what, c := range map[string]struct {
		change func(w []slack.Workspace)
		want   []string
	}{
		"as they belong":   {func([]slack.Workspace) {}, []string{"slack curie: pair of tokens: both of app AT1", "slack noether: pair of tokens: both of app AT2"}},
		"exchanged":        {func(w []slack.Workspace) { w[0].AppToken, w[1].AppToken = w[1].AppToken, w[0].AppToken }, []string{"slack curie: pair of tokens: the bot token is of app AT1, the app token of app AT2", "slack noether: pair of tokens: the bot token is of app AT2, the app token of app AT1"}},
		"one for both":     {func(w []slack.Workspace) { w[1].AppToken = w[0].AppToken }, []string{"slack curie: pair of tokens: both of app AT1", "slack noether: pair of tokens: the bot token is of app AT2, the app token of app AT1"}},
		"of another shape": {func(w []slack.Workspace) { w[0].AppToken = "xapp-odd" }, []string{"slack curie: app token: slack answered invalid_auth", "slack curie: pair of tokens: not told"}},
	} {
		workspaces := append([]slack.Workspace(nil), own...)
		c.change(workspaces)
		got := check(workspaces...)
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("tokens %s: Check does not say %q; it says\n%s", what, want, got)
			}
		}
	}
	s.Script("bots.info", slacktest.Answer{Body: `{"ok":false,"error":"missing_scope"}`})
	if got := check(own[0]); !strings.Contains(got, "pair of tokens: not told") {
		t.Errorf("where Slack does not tell, Check says\n%s", got)
	}
}
