package main

import (
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// readme is the README, and the command lines in it: those that stand as blocks
// for the shell, and those within a sentence.
func readme(t *testing.T) (text string, blocks, said []string) {
	t.Helper()
	data, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	text = string(data)
	for _, m := range regexp.MustCompile(`(?m)^    ((?:apt-get|go|useradd|install|runuser|systemctl|interlab) .*)$`).FindAllStringSubmatch(text, -1) {
		blocks = append(blocks, m[1])
	}
	for _, m := range regexp.MustCompile("`((?:interlab|go run \\.) [^`]*)`").FindAllStringSubmatch(text, -1) {
		said = append(said, strings.Join(strings.Fields(m[1]), " "))
	}
	return text, blocks, said
}

// ofInterlab is what a line gives the program, without its settings and without
// what the shell does around it.
func ofInterlab(line string) ([]string, bool) {
	m := regexp.MustCompile(`(?:^|=\S+ )(?:interlab|go run \.) (.*)$`).FindStringSubmatch(line)
	if m == nil {
		return nil, false
	}
	given, _, _ := strings.Cut(m[1], " > ")
	given = regexp.MustCompile(`(?:--config|-c) \S+ ?`).ReplaceAllString(given, "")
	given = regexp.MustCompile(`\$\([^)]*\)`).ReplaceAllString(given, "TODAY")
	return strings.Fields(given), given != ""
}

// each is every line, and of those with a choice, as csv|json, one for each.
func each(lines []string) []string {
	var all []string
	for _, line := range lines {
		choice := regexp.MustCompile(`\w+(?:\|\w+)+`).FindString(line)
		for one := range strings.SplitSeq(choice, "|") {
			all = append(all, strings.Replace(line, choice, one, 1))
		}
	}
	return all
}

// parses reports whether the program knows a command line; it is given settings
// that are not there, so that it does nothing. A group of commands is known by
// what it says of those in it.
func parses(t *testing.T, args []string) bool {
	t.Helper()
	missing := filepath.Join(t.TempDir(), "none.yaml")
	_, errs, code := program(t, "", append([]string{"--config", missing}, args...)...)
	return code != 2 || len(args) == 1 && strings.Contains(errs, "expected one of")
}

func TestEveryCommandOfTheReadmeIsOneOfTheProgram(t *testing.T) {
	t.Parallel()
	_, blocks, said := readme(t)
	tried := 0
	for _, line := range each(append(blocks, said...)) {
		if args, ok := ofInterlab(line); ok {
			tried++
			if !parses(t, args) {
				t.Errorf("README.md says %q, which the program does not know", line)
			}
		}
	}
	if tried < 20 {
		t.Errorf("README.md has %d command lines; want those of every chapter", tried)
	}
	for _, wrong := range []string{"interlab cheque", "interlab check --xml", "interlab export backups FILE"} {
		if args, ok := ofInterlab(wrong); !ok || parses(t, args) {
			t.Errorf("%q passes for a command", wrong)
		}
	}
}

// The operator's way as the README has it, in a folder of its own instead of the
// system's: install, check, people, backup, and a restore. As root it is played
// by a user who may do nothing else, as there.
func TestTheReadmesInstallationAndBackupPlay(t *testing.T) {
	t.Parallel()
	needRedis(t)
	_, blocks, _ := readme(t)
	root, people := t.TempDir(), peopleFile(t, "Ana,Curie,slack:T1/ana,Paris,,corals", "Bo,Noether,discord:1,Oslo,,krill")
	for _, folder := range []string{"bin", "lib", "systemd"} {
		if err := os.Mkdir(filepath.Join(root, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	as, own, group := "", "", ""
	if nobody, err := user.Lookup("nobody"); err == nil && os.Geteuid() == 0 {
		as, own, group = "runuser -u nobody -- ", " -o nobody -g "+nobody.Gid, " -o root -g "+nobody.Gid
		for folder := root; folder != os.TempDir(); folder = filepath.Dir(folder) {
			if err := os.Chmod(folder, 0o755); err != nil {
				t.Fatal(err)
			}
		}
	}
	here := strings.NewReplacer(
		"/usr/local/bin", root+"/bin", "/var/lib/interlab", root+"/lib/data", "/etc/interlab", root+"/etc", "/etc/systemd/system", root+"/systemd",
		" -o root -g interlab", group, " -o interlab -g interlab", own, "runuser -u interlab -- ", as,
	)
	shell := func(line string) string {
		t.Helper()
		c := exec.CommandContext(t.Context(), "sh", "-c", line)
		c.Env = append(os.Environ(), "PATH="+root+"/bin:"+os.Getenv("PATH"), "GOFLAGS=-buildvcs=false")
		c.Stdin = strings.NewReader("a token\n")
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", line, err, out)
		}
		return string(out)
	}
	played, program := map[string]string{}, "interlab -c "+root+"/etc/interlab.yaml "
	for _, line := range blocks {
		name := strings.Fields(line)[0]
		if name != "install" && name != "runuser" && !strings.HasPrefix(line, "go build") {
			continue // of the system: packages, users and services; the rest is played elsewhere
		}
		if strings.Contains(line, "export backup") {
			shell(as + "env INTERLAB_DATA=" + root + "/lib/data " + program + "import people --by Olga - <" + people)
		}
		played[line] = shell(here.Replace(line))
	}
	checked := false
	for line, out := range played {
		checked = checked || strings.HasSuffix(line, " check") && strings.Contains(out, "ok       store: embedded")
	}
	if !checked {
		t.Errorf("the check of the README was not played: %v", played)
	}
	shell("INTERLAB_DATA=" + root + "/other " + program + "restore --dry-run " + root + "/lib/data/backup-*")
	shell("INTERLAB_DATA=" + root + "/other " + program + "restore " + root + "/lib/data/backup-*")
	shell("INTERLAB_DATA=" + root + "/other " + program + "export backup " + root + "/again")
	again, err := os.ReadFile(filepath.Join(root, "again"))
	if err != nil || !strings.Contains(string(again), `"ref":"person:`) {
		t.Errorf("what was restored holds nobody: %v\n%s", err, again)
	}
	shell("INTERLAB_DATA=" + root + "/other " + program + "verify")
}
