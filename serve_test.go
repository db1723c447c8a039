package main

import (
	"bytes"
	"strings"
	"testing"

	"interlab/adapters/slack/slacktest"
)

func TestServeStopsWithItsPlatformsAndSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	server := slacktest.New(t, slacktest.Options{})
	tokens := server.AddTeam("curie", "Curie")
	env := map[string]string{
		"HOME": t.TempDir(), "INTERLAB_SLACK_CURIE_BOT_TOKEN": tokens.Bot, "INTERLAB_SLACK_CURIE_APP_TOKEN": tokens.App,
	}
	file := settingsOf(t, "slack:\n  api_url: "+server.APIURL()+"\n  workspaces:\n    - name: curie\n")
	var out, errs bytes.Buffer
	run(t.Context(), []string{"-c", file, "check"}, nil, &out, &errs, func(name string) string { return env[name] })
	for _, want := range []string{"ok       slack curie: bot token: Curie (curie) as interlab", "ok       slack curie: app token: opens sockets", "warning  slack curie: channels: none"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("check does not say %q:\n%s", want, out.String())
		}
	}
	server.Revoke("curie", "account_inactive")
	needRedis(t)
	if code := run(t.Context(), []string{"-c", file, "serve"}, nil, &out, &errs, func(name string) string { return env[name] }); code != 1 || !strings.Contains(errs.String(), "no workspace is left") {
		t.Errorf("serve with refused tokens = exit %d: %s", code, errs.String())
	}
}

func TestServeWithoutAPlatformSaysWhatToDo(t *testing.T) {
	t.Parallel()
	_, errs, code := program(t, "", "serve")
	if code != 1 || !strings.Contains(errs, "README.md says how to install the bot") {
		t.Errorf("serve = exit %d: %s", code, errs)
	}
	if out, _, code := program(t, "", "manifest", "slack"); code != 0 || !strings.Contains(out, `command: "/interlab"`) {
		t.Errorf("manifest slack = exit %d: %s", code, out)
	}
	if _, errs, code := program(t, "", "manifest", "irc"); code != 1 || !strings.Contains(errs, "write discord or slack") {
		t.Errorf("manifest irc = exit %d: %s", code, errs)
	}
}
