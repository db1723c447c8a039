package configs_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interlab/configs"
)

func TestWorkspacesOfSlackArriveWithTheirTokens(t *testing.T) {
	t.Parallel()
	w := world{
		env:   map[string]string{"INTERLAB_SLACK_NOETHER_LAB_BOT_TOKEN": "xoxb-env", "INTERLAB_SLACK_NOETHER_LAB_APP_TOKEN": "xapp-env"},
		files: map[string]string{"lab/curie.bot": "xoxb-file\n", "/run/curie.app": "xapp-file"},
	}
	got, err := w.load(`
slack:
  api_url: http://127.0.0.1:8080/api/
  workspaces:
    - name: curie
      bot_token_file: curie.bot
      app_token_file: /run/curie.app
    - name: noether-lab
    - {name: hopper, bot_token: xoxb-plain, app_token: xapp-plain}
`)
	if err != nil {
		t.Fatal(err)
	}
	secret := configs.NewSecret
	want := configs.Slack{APIURL: "http://127.0.0.1:8080/api/", Workspaces: []configs.SlackWorkspace{
		{Name: "curie", BotToken: secret("xoxb-file"), AppToken: secret("xapp-file")},
		{Name: "noether-lab", BotToken: secret("xoxb-env"), AppToken: secret("xapp-env")},
		{Name: "hopper", BotToken: secret("xoxb-plain"), AppToken: secret("xapp-plain")},
	}}
	if diff := cmp.Diff(want, got.Slack, sameSecret()); diff != "" {
		t.Errorf("Load differs (-want +got):\n%s", diff)
	}
}

func TestMistakesInWorkspacesAreToldWithTheirPlace(t *testing.T) {
	t.Parallel()
	const both = "bot_token: xoxb-1, app_token: xapp-1"
	for text, want := range map[string]string{
		"slack: {workspaces: [{" + both + "}]}":                                        `slack.workspaces[0].name: is missing; write a name of your own for the workspace`,
		"slack: {workspaces: [{name: A b, " + both + "}]}":                             `slack.workspaces[0].name: "A b" is no name; write 1 to 32 of a-z, 0-9 and -`,
		"slack: {workspaces: [{name: a, " + both + "}, {name: a, " + both + "}]}":      `slack.workspaces[1].name: "a" is also slack.workspaces[0].name; choose another`,
		"slack: {workspaces: [{name: a, bot_token: xoxb-1}]}":                          `slack.workspaces[0].app_token: is missing; set INTERLAB_SLACK_A_APP_TOKEN or slack.workspaces[0].app_token_file`,
		"slack: {workspaces: [{name: a, bot_token: xapp-hunter2, app_token: xapp-1}]}": `slack.workspaces[0].bot_token: is not the right token; this one begins with xoxb-`,
		"slack: {workspaces: [{name: a, bot_token_file: none, app_token: xapp-1}]}":    `slack.workspaces[0].bot_token_file: cannot be read: open lab/none: file does not exist; correct the path or the file's rights`,
		"slack: {workspaces: [{name: a, " + both + ", tokens: x}]}":                    `slack.workspaces[0].tokens: is no setting (line 1); write name, bot_token, bot_token_file, app_token or app_token_file`,
		"slack: {workspaces: [curie]}":                                                 `slack.workspaces[0]: is no block of settings (line 1); write name, bot_token, bot_token_file, app_token or app_token_file`,
		"slack: {workspaces: curie}":                                                   `slack.workspaces: is no list (line 1); write each on a line of its own after a dash`,
		"slack: {api_url: 'ftp://x'}":                                                  `slack.api_url: is no address of an API; write https://HOST/api/, or leave it out`,
		"slack: {team: x}":                                                             `slack.team: is no setting (line 1); write api_url or workspaces`,
	} {
		_, err := world{}.load(text)
		if want = "configs: 1 problem\n  " + want; errorText(err) != want {
			t.Errorf("Load(%q) = %v, want %s", text, err, want)
		}
		if strings.Contains(errorText(err), "hunter2") {
			t.Errorf("Load(%q) shows a token", text)
		}
	}
}
