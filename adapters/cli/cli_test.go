package cli_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interlab/adapters/cli"
	"interlab/configs"
)

// shell runs the command line with everything beside it made up.
type shell struct {
	env, files map[string]string
	fails      error // of whatever a command calls
	findings   []cli.Finding

	out, errs bytes.Buffer
	consoles  []cli.Console
	settings  configs.Settings
	served    int
	again     func() (configs.Settings, error) // as serve got it
}

func (s *shell) run(t *testing.T, args ...string) int {
	t.Helper()
	s.out.Reset()
	s.errs.Reset()
	return cli.Run(t.Context(), args, cli.Program{
		Version: "1.2.3", Stdout: &s.out, Stderr: &s.errs, Veil: &configs.Veil{},
		Getenv: func(name string) string {
			if name == "HOME" {
				return "/home/ana"
			}
			return s.env[name]
		},
		ReadFile: func(path string) ([]byte, error) {
			if text, ok := s.files[path]; ok {
				return []byte(text), nil
			}
			return nil, fs.ErrNotExist
		},
		Console: func(_ context.Context, settings configs.Settings, c cli.Console) error {
			s.settings, s.consoles = settings, append(s.consoles, c)
			return s.fails
		},
		Serve: func(_ context.Context, settings configs.Settings, again func() (configs.Settings, error)) error {
			s.again = again
			s.settings = settings
			s.served++
			return s.fails
		},
		Probe: func(_ context.Context, settings configs.Settings) []cli.Finding {
			s.settings = settings
			return s.findings
		},
	})
}

func TestHelpNamesEveryCommand(t *testing.T) {
	t.Parallel()
	var s shell
	if code := s.run(t, "--help"); code != 0 || s.errs.Len() != 0 {
		t.Errorf("interlab --help = exit %d, errors %q; want 0 and none", code, s.errs.String())
	}
	for _, want := range []string{"Usage: interlab", "console", "serve", "check", "version", "--config", "INTERLAB_CONFIG"} {
		if !strings.Contains(s.out.String(), want) {
			t.Errorf("interlab --help lacks %q:\n%s", want, s.out.String())
		}
	}
	if code := s.run(t, "console", "--help"); code != 0 || !strings.Contains(s.out.String(), "--script") {
		t.Errorf("interlab console --help = exit %d:\n%s", code, s.out.String())
	}
}

func TestAWrongCommandLineIsExitTwoAndSaysWhereHelpIs(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{}, {"fly"}, {"console", "--fly"}, {"console", "--script"}, {"check", "now"}, {"--config"}} {
		var s shell
		if code := s.run(t, args...); code != 2 || !strings.Contains(s.errs.String(), "Type interlab --help") {
			t.Errorf("interlab %q = exit %d, %q; want exit 2 and where help is", args, code, s.errs.String())
		}
		if len(s.consoles)+s.served != 0 {
			t.Errorf("interlab %q did something all the same", args)
		}
	}
}

func TestVersionIsOneLine(t *testing.T) {
	t.Parallel()
	var s shell
	if code := s.run(t, "version"); code != 0 || s.out.String() != "interlab 1.2.3\n" {
		t.Errorf("interlab version = exit %d, %q; want 0 and one line", code, s.out.String())
	}
}

func TestConsoleGetsItsFlags(t *testing.T) {
	t.Parallel()
	var s shell
	if code := s.run(t, "console", "--sample", "--script", "-", "--data", "here"); code != 0 {
		t.Errorf("interlab console = exit %d, %q", code, s.errs.String())
	}
	if diff := cmp.Diff([]cli.Console{{Sample: true, Script: "-", Data: "here"}}, s.consoles); diff != "" {
		t.Errorf("the console got others (-want +got):\n%s", diff)
	}
}

func TestACommandThatFailsIsExitOneAndSaysWhy(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"console", "serve"} {
		s := shell{fails: errors.New("serve: there is nothing to serve")}
		if code := s.run(t, command); code != 1 || s.errs.String() != "interlab: serve: there is nothing to serve\n" {
			t.Errorf("interlab %s = exit %d, %q; want exit 1 and the reason", command, code, s.errs.String())
		}
	}
}

// wrong has three mistakes, none of which hides another.
const wrong = "network:\n  id: Not An Id\n  organisers: [nobody]\nlog:\n  level: loud\n"

func TestAllMistakesOfTheSettingsAreToldAtOnce(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"console", "serve", "check"} {
		s := shell{files: map[string]string{"lab.yaml": wrong}}
		code := s.run(t, "-c", "lab.yaml", command)
		said := s.errs.String() + s.out.String()
		for _, want := range []string{"3 problems", "network.id", "network.organisers", "log.level"} {
			if code != 1 || !strings.Contains(said, want) {
				t.Errorf("interlab %s = exit %d, lacks %q:\n%s", command, code, want, said)
			}
		}
		if len(s.consoles)+s.served != 0 {
			t.Errorf("interlab %s began with wrong settings", command)
		}
	}
}

func TestTheSettingsFileIsNamedByArgumentOrEnvironment(t *testing.T) {
	t.Parallel()
	files := map[string]string{"a.yaml": "network: {id: a}", "b.yaml": "network: {id: b}"}
	for _, c := range []struct {
		env  map[string]string
		args []string
		want string
	}{
		{nil, []string{"serve"}, "interlab"},
		{map[string]string{"INTERLAB_CONFIG": "a.yaml"}, []string{"serve"}, "a"},
		{map[string]string{"INTERLAB_CONFIG": "a.yaml"}, []string{"--config", "b.yaml", "serve"}, "b"},
		{map[string]string{"INTERLAB_CONFIG": "a.yaml", "INTERLAB_NETWORK": "c"}, []string{"serve"}, "c"},
	} {
		s := shell{env: c.env, files: files}
		if code := s.run(t, c.args...); code != 0 || s.settings.Network.ID != c.want {
			t.Errorf("interlab %q with %v = exit %d for network %q, want %q", c.args, c.env, code, s.settings.Network.ID, c.want)
		}
	}
	var s shell
	if code := s.run(t, "-c", "none.yaml", "serve"); code != 1 || !strings.Contains(s.errs.String(), "read the settings") {
		t.Errorf("interlab -c none.yaml = exit %d, %q; want exit 1 and the reason", code, s.errs.String())
	}
}

// A running bot reads its settings again from where it read them first.
func TestServeMayReadTheSettingsAgain(t *testing.T) {
	t.Parallel()
	s := shell{files: map[string]string{"lab.yaml": "log: {level: warn}\n"}}
	if code := s.run(t, "-c", "lab.yaml", "serve"); code != 0 || s.settings.Log.Level != configs.LevelWarn {
		t.Fatalf("interlab serve = exit %d, level %s: %s", code, s.settings.Log.Level, s.errs.String())
	}
	s.files["lab.yaml"] = "log: {level: debug}\n"
	if fresh, err := s.again(); err != nil || fresh.Log.Level != configs.LevelDebug {
		t.Errorf("the settings read again say level %s, %v; want debug", fresh.Log.Level, err)
	}
	s.files["lab.yaml"] = "log: {level: loud}\n"
	if _, err := s.again(); err == nil || !strings.Contains(err.Error(), "log.level") {
		t.Errorf("broken settings read again = %v; want the setting named", err)
	}
}
