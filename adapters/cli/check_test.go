package cli_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interlab/adapters/cli"
)

var (
	fine  = cli.Finding{Grade: cli.OK, What: "zone data", Found: "2026f"}
	so    = cli.Finding{Grade: cli.Warning, What: "organisers", Found: "none named", Advice: "name one"}
	awful = cli.Finding{Grade: cli.Failure, What: "store", Found: "cannot be reached", Advice: "start it"}
)

func TestCheckSaysALineForEachFinding(t *testing.T) {
	t.Parallel()
	s := shell{findings: []cli.Finding{fine, so}}
	want := "ok       settings: defaults and environment\n" +
		"ok       zone data: 2026f\n" +
		"warning  organisers: none named\n         name one\n"
	if code := s.run(t, "check"); code != 0 || s.out.String() != want {
		t.Errorf("interlab check = exit %d and\n%s; want 0, since a warning is no failure, and\n%s", code, s.out.String(), want)
	}
	if s.errs.Len() != 0 {
		t.Errorf("interlab check complains as well: %q", s.errs.String())
	}
}

func TestCheckFailsWhereAnythingDoes(t *testing.T) {
	t.Parallel()
	s := shell{findings: []cli.Finding{awful, fine}}
	if code := s.run(t, "check"); code != 1 || !strings.HasSuffix(s.out.String(), "ok       zone data: 2026f\n") {
		t.Errorf("interlab check = exit %d and\n%s; want 1 after all findings", code, s.out.String())
	}
	if s.errs.Len() != 0 {
		t.Errorf("interlab check says it twice: %q", s.errs.String())
	}
}

func TestCheckAsJSONIsAnObjectALine(t *testing.T) {
	t.Parallel()
	s := shell{findings: []cli.Finding{fine, awful}, files: map[string]string{"lab.yaml": ""}}
	if code := s.run(t, "-c", "lab.yaml", "check", "--json"); code != 1 {
		t.Errorf("interlab check --json = exit %d, want 1", code)
	}
	var got []cli.Finding
	for line := range strings.Lines(s.out.String()) {
		var f cli.Finding
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatalf("%q is no JSON: %v", line, err)
		}
		got = append(got, f)
	}
	want := []cli.Finding{{Grade: cli.OK, What: "settings", Found: "lab.yaml"}, fine, awful}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the findings differ (-want +got):\n%s", diff)
	}
}

func TestCheckTellsMistakesOfTheSettingsAsAFinding(t *testing.T) {
	t.Parallel()
	s := shell{files: map[string]string{"lab.yaml": wrong}, findings: []cli.Finding{fine}}
	if code := s.run(t, "-c", "lab.yaml", "check", "--json"); code != 1 {
		t.Errorf("interlab check = exit %d, want 1", code)
	}
	var f cli.Finding
	if err := json.Unmarshal(s.out.Bytes(), &f); err != nil || f.Grade != cli.Failure || f.What != "settings" || !strings.Contains(f.Found, "3 problems") {
		t.Errorf("the one finding is %+v, %v; want the three problems", f, err)
	}
}

// What a library says of what it looked at may cite a secret of the settings.
func TestAFindingThatCitesASecretIsToldWithoutIt(t *testing.T) {
	t.Parallel()
	const secret = `hunter2 "and" more`
	leaky := cli.Finding{Grade: cli.Warning, What: "redis", Found: "refused " + secret, Advice: "is it " + secret + "?"}
	for command, want := range map[string][]string{
		"check":        {"refused [secret]\n", "is it [secret]?"},
		"check --json": {`"refused [secret]"`, `"is it [secret]?"`},
	} {
		s := shell{
			env:      map[string]string{"INTERLAB_REDIS_PASSWORD": secret},
			files:    map[string]string{"lab.yaml": "redis:\n  url: redis://localhost:1\n  username: bot\n"},
			findings: []cli.Finding{leaky},
		}
		s.run(t, append([]string{"-c", "lab.yaml"}, strings.Fields(command)...)...)
		for _, text := range want {
			if !strings.Contains(s.out.String(), text) || strings.Contains(s.out.String(), "hunter2") {
				t.Errorf("interlab %s says %s, want %s and no secret", command, s.out.String(), text)
			}
		}
	}
}

func TestSecretsAreNeverPrinted(t *testing.T) {
	t.Parallel()
	const secret = "hunter2-hunter2"
	settings := "redis:\n  url: redis://localhost:1\n  username: bot\n  password: " + secret + "\n"
	for _, text := range []string{
		settings,
		settings + "log: {level: loud}\n",
		"redis:\n  url: redis://bot:" + secret + "@localhost\n",
		"redis:\n  password: " + secret + "\n",
		"redis:\n  url: redis://localhost?password=" + secret + "\n",
	} {
		for _, command := range []string{"check", "serve", "console"} {
			s := shell{files: map[string]string{"lab.yaml": text}, findings: []cli.Finding{awful}}
			s.run(t, "-c", "lab.yaml", command)
			if said := s.out.String() + s.errs.String(); strings.Contains(said, "hunter2") {
				t.Errorf("interlab %s prints the password of\n%s:\n%s", command, text, said)
			}
		}
		s := shell{env: map[string]string{"INTERLAB_REDIS_PASSWORD": secret, "INTERLAB_LOG_LEVEL": "loud"}, files: map[string]string{"lab.yaml": settings}}
		s.run(t, "-c", "lab.yaml", "check")
		if said := s.out.String() + s.errs.String(); strings.Contains(said, "hunter2") {
			t.Errorf("interlab check prints the password of the environment:\n%s", said)
		}
	}
}
