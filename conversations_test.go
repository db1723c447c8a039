package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interlab/bot/seal"
)

// scripts are the conversations that specify what the bot says.
const scripts = "bot/testdata/conversations/*.txt"

// settings name the organiser and the public pages that the scripts speak of.
const settings = "network:\n  organisers:\n    - slack:office/olga\nweb:\n  address: https://talks.example\n"

func TestConversationsGoAsWritten(t *testing.T) {
	t.Parallel()
	config := settingsFile(t)
	for _, script := range conversations(t) {
		t.Run(filepath.Base(script), func(t *testing.T) {
			t.Parallel()
			args := []string{"-c", config, "console", "--script", script}
			if people := peopleOf(script); people != "" {
				args = append(args, "--people", people)
			}
			if _, errs, code := program(t, "", args...); code != 0 {
				t.Errorf("console --script %s = exit %d:\n%s", script, code, errs)
			}
		})
	}
}

func TestAScriptThatFailsNamesTheLineAndWhatWasSeen(t *testing.T) {
	t.Parallel()
	_, errs, code := program(t, "ana@slack:curie> hello\nexpect ana: something else\n", "console", "--script", "-")
	want := `interlab: standard input:2: ana@slack:curie was to see "something else", and saw:`
	if code != 1 || !strings.HasPrefix(errs, want) {
		t.Errorf("console --script - = exit %d, %q; want exit 1 and %q", code, errs, want)
	}
}

// The story survives a server that is killed before every step, and nobody
// hears anything twice or in other words.
func TestTheStorySurvivesAStoreThatIsKilledAtEveryStep(t *testing.T) {
	t.Parallel()
	needRedis(t)
	story, err := os.ReadFile("bot/testdata/conversations/first-seminar.txt")
	if err != nil {
		t.Fatal(err)
	}
	calm, errs, code := program(t, string(story), "console", "--script", "-")
	if code != 0 {
		t.Fatalf("console --script first-seminar.txt = exit %d: %s", code, errs)
	}
	torn, errs, code := program(t, killed(string(story)), "console", "--script", "-", "--data", t.TempDir())
	if code != 0 {
		t.Fatalf("the same with kills = exit %d: %s\n%s", code, errs, torn)
	}
	if diff := cmp.Diff(said(calm), said(torn)); diff != "" {
		t.Errorf("what was said differs (-calm +killed):\n%s", diff)
	}
}

// heading is the first line of something that the bot said.
var heading = regexp.MustCompile(`(?m)^\d+ bot → `)

// chanceCode is a code that is shown at a talk: another one in every run.
var chanceCode = regexp.MustCompile(`\b[a-z2-9]{3}-[a-z2-9]{3}\b`)

// said is everything that the bot said in a transcript, without numbers, without
// codes and in no order: who of two people hears first at the same moment is not
// promised.
func said(transcript string) []string {
	var cards []string
	transcript = chanceCode.ReplaceAllLiteralString(transcript, "CODE")
	for _, part := range heading.Split(transcript, -1)[1:] {
		lines := strings.Split(part, "\n")
		card := lines[:1]
		for _, line := range lines[1:] {
			if !strings.HasPrefix(line, "    ") {
				break
			}
			card = append(card, line)
		}
		cards = append(cards, strings.Join(card, "\n"))
	}
	slices.Sort(cards)
	return cards
}

// killed is a script in which the store is killed before every statement that
// does something.
func killed(script string) string {
	var out strings.Builder
	for line := range strings.Lines(script) {
		text := strings.TrimSpace(line)
		if text != "" && !strings.HasPrefix(text, "#") && !strings.HasPrefix(text, "expect") {
			out.WriteString("store stops\nstore returns\n")
		}
		out.WriteString(line)
	}
	return out.String()
}

func TestASampleNetworkCanBeTalkedToAtOnce(t *testing.T) {
	t.Parallel()
	typed := "as ana@slack:curie\n/interlab match find topic:\"sparse autoencoders\"\n1\n" +
		"as bo@discord:noether\n1\nas ana\nmatch list\nquit\n"
	out, errs, code := program(t, typed, "console", "--sample")
	if code != 0 {
		t.Fatalf("console --sample = exit %d: %s", code, errs)
	}
	for _, want := range []string{"Bo Larsen, Noether Lab", "Tom Becker, Hopper Lab", "Ana Ruiz of Curie Lab would like to talk to you", "Meet Ana Ruiz", "Introduced on"} {
		if !strings.Contains(out, want) {
			t.Errorf("console --sample never says %q:\n%s", want, out)
		}
	}
}

// program runs the program in this process, with a home of its own and nothing
// else in the environment.
func program(t *testing.T, input string, args ...string) (out, errs string, code int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	env := map[string]string{"HOME": t.TempDir()}
	code = run(t.Context(), args, strings.NewReader(input), &stdout, &stderr, func(name string) string { return env[name] })
	return stdout.String(), stderr.String(), code
}

func conversations(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(scripts)
	if err != nil || len(files) < 10 {
		t.Fatalf("Glob(%s) = %d files, %v; want at least 10", scripts, len(files), err)
	}
	return files
}

func settingsFile(t *testing.T) string {
	t.Helper()
	return settingsOf(t, settings)
}

// settingsOf is a settings file with a text in it.
func settingsOf(t *testing.T, text string) string {
	t.Helper()
	if !strings.Contains(text, "keys") {
		text += "\nkeys: \"" + testKey + "\"\n"
	}
	path := filepath.Join(t.TempDir(), "interlab.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// testKey is a key as interlab keys new prints one.
const testKey = "test:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

// testRing is a ring with it.
func testRing(t testing.TB) *seal.Ring {
	t.Helper()
	ring, err := seal.Parse(testKey)
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

// needRedis skips where no server is installed, but not where the test must run.
func needRedis(t testing.TB) {
	t.Helper()
	for _, name := range []string{"redis-server", "valkey-server"} {
		if _, err := exec.LookPath(name); err == nil {
			return
		}
	}
	if os.Getenv("INTERLAB_CI") != "" {
		t.Fatal("neither redis-server nor valkey-server is installed, and INTERLAB_CI wants this test to run")
	}
	t.Skip("neither redis-server nor valkey-server is installed")
}
