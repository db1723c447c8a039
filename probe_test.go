package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interlab/adapters/cli"
	"interlab/adapters/discord/discordtest"
	"interlab/adapters/redis"
	"interlab/adapters/slack/slacktest"
	"interlab/configs"
)

// steady takes out of a check what differs from run to run.
func steady(text string, folders ...string) string {
	for _, folder := range folders {
		text = strings.ReplaceAll(text, folder, "FOLDER")
	}
	text = regexp.MustCompile(`takes \S+, at most \S+`).ReplaceAllString(text, "takes 1ms, at most 2ms")
	return regexp.MustCompile(`(store version|zone data): \S+`).ReplaceAllString(text, "$1: NEWEST")
}

// A whole network as an operator sees it: two workspaces of which one has lost
// a right, Discord without a server, and a store of the program's own.
func TestCheckOfANetworkReadsAsWritten(t *testing.T) {
	t.Parallel()
	needRedis(t)
	slacks, discords := slacktest.New(t, slacktest.Options{}), discordtest.New(t)
	settings := "network: {organisers: [\"slack:T1/U1\"]}\nredis: {data: kept}\ndiscord: {api_url: " + discords.URL + ", token: " + discordtest.Token +
		"}\nslack:\n  api_url: " + slacks.APIURL() + "\n  workspaces:\n"
	for _, team := range []string{"T1", "T2"} {
		tokens := slacks.AddTeam(team, "Lab "+team)
		settings += "    - {name: " + strings.ToLower(team) + ", bot_token: " + tokens.Bot + ", app_token: " + tokens.App + "}\n"
	}
	slacks.AddChannel("T1", slacktest.Channel{ID: "C1", Name: "colloquia", Member: true})
	slacks.SetScopes("T2", strings.Split(strings.Replace(slacktest.AllScopes, ",files:write", "", 1), ",")...)
	file := settingsOf(t, settings)
	folder := filepath.Dir(file)
	out, errs, code := program(t, "", "-c", file, "check")
	if code != 1 || errs != "" {
		t.Errorf("check with a right missing = exit %d, %q; want 1", code, errs)
	}
	if os.Getenv("INTERLAB_UPDATE") != "" {
		if err := os.WriteFile("adapters/cli/testdata/check.txt", []byte(steady(out, folder)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("adapters/cli/testdata/check.txt")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), steady(out, folder)); diff != "" {
		t.Errorf("check differs from adapters/cli/testdata/check.txt (-want +got):\n%s", diff)
	}
	lines, _, _ := program(t, "", "-c", file, "check", "--json")
	said := ""
	for line := range strings.Lines(lines) {
		var f cli.Finding
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatalf("%q is no JSON: %v", line, err)
		}
		if (f.Grade == cli.OK) != (f.Advice == "") {
			t.Errorf("%+v: what is not ok, and nothing else, says what to do", f)
		}
		said += string(f.Grade) + f.What
	}
	for _, line := range regexp.MustCompile(`(?m)^(ok|warning|error) +(.*?): `).FindAllStringSubmatch(out, -1) {
		if !strings.Contains(said, line[1]+line[2]) {
			t.Errorf("check --json lacks %q", line[0])
		}
	}
}

func TestCheckTellsAWireThatOthersMayRead(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]cli.Grade{
		"redis://127.0.0.1:6379":                           cli.OK,
		"redis://localhost:6379":                           cli.OK,
		"redis://[::1]:6379":                               cli.OK,
		"redis://redis.example.org:6379":                   cli.Warning,
		"redis://10.0.0.5:6379":                            cli.Warning,
		"rediss://redis.example.org:6379":                  cli.OK,
		"redis-sentinel://127.0.0.1:1,10.0.0.5:1/main":     cli.Warning,
		"rediss-cluster://a.example.org:1,b.example.org:1": cli.OK,
		"gopher://redis":                                   cli.Failure,
	} {
		var s configs.Settings
		s.Redis.URL = url
		if got := probeWire(s); got.Grade != want || (got.Advice == "") != (want == cli.OK) {
			t.Errorf("probeWire(%s) = %+v, want %s", url, got, want)
		}
	}
}

func TestCheckReadsTheTopicAliases(t *testing.T) {
	t.Parallel()
	bad := filepath.Join(t.TempDir(), "aliases.yaml")
	if err := os.WriteFile(bad, []byte("- ["), 0o600); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]cli.Grade{"": cli.OK, "matching/aliases.yaml": cli.OK, bad: cli.Failure, "none.yaml": cli.Failure} {
		if got := probeAliases(configs.Settings{AliasesFile: file}); got.Grade != want || (got.Advice == "") != (want == cli.OK) {
			t.Errorf("probeAliases(%q) = %+v, want %s", file, got, want)
		}
	}
}

func TestCheckReadsTheZoneData(t *testing.T) {
	t.Parallel()
	for folder, want := range map[string]cli.Grade{"": cli.OK, movedZones(t): cli.OK, t.TempDir(): cli.Failure} {
		if got := probeZones(configs.Settings{ZoneData: folder}); got.Grade != want || (got.Advice == "") != (want == cli.OK) {
			t.Errorf("probeZones(%q) = %+v, want %s", folder, got, want)
		}
	}
}

func TestCheckSaysWhatToDoAboutAStoreThatDoesNotOpen(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	here := configs.Redis{Data: file}
	for _, c := range []struct {
		name   string
		redis  configs.Redis
		err    error // nil: the one of the store
		advice string
	}{
		{"no server", here, fmt.Errorf("open: %w", redis.ErrNoServer), "install redis-server"},
		{"a folder of somebody else", here, fmt.Errorf("open: %w", fs.ErrPermission), "give " + file + " to the user that the bot runs as"},
		{"a file where the folder should be", here, nil, "name another one under redis.data"},
		{"nothing at the address", configs.Redis{URL: "redis://127.0.0.1:1"}, nil, "redis.url"},
	} {
		s := configs.Settings{Network: configs.Network{ID: "test"}, Redis: c.redis}
		got := []cli.Finding{{Advice: storeAdvice(s, c.err)}}
		if c.err == nil {
			got = probeStore(t.Context(), s)
		}
		if len(got) != 1 || !strings.Contains(got[0].Advice, c.advice) || c.err == nil && got[0].Grade != cli.Failure {
			t.Errorf("%s: check says %+v, want advice with %q", c.name, got, c.advice)
		}
	}
}
