package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// samples is the folder of what an operator copies.
const samples = "configs/deploy"

func sample(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(samples, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// understood plays the command line of a sample, on settings that are not
// there: what the program does not know is exit 2.
func understood(t *testing.T, what string, args []string) {
	t.Helper()
	if _, errs, code := program(t, "", args...); code != 1 || !strings.Contains(errs, "read the settings") {
		t.Errorf("%s runs interlab %q = exit %d, %q; want it to look for its settings", what, args, code, errs)
	}
}

func TestTheSampleServiceRunsACommandThatExists(t *testing.T) {
	t.Parallel()
	line := regexp.MustCompile(`(?m)^ExecStart=/usr/local/bin/interlab (.*)$`).FindStringSubmatch(sample(t, "interlab.service"))
	if line == nil {
		t.Fatal("interlab.service starts no interlab")
	}
	understood(t, "interlab.service", strings.Fields(line[1]))
}

func TestTheSampleContainersNameFilesAndVariablesThatExist(t *testing.T) {
	t.Parallel()
	compose := composed(t)
	bot := compose.Services["interlab"]
	understood(t, "compose.yaml", bot.Command)
	if _, err := os.Stat(filepath.Join(samples, bot.Build.Context, bot.Build.Dockerfile)); err != nil {
		t.Errorf("compose.yaml builds from %s: %v", bot.Build.Dockerfile, err)
	}
	settings, err := os.ReadFile("configs/sample.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for name := range bot.Environment {
		if !strings.Contains(string(settings), name) {
			t.Errorf("compose.yaml sets %s, which no setting is", name)
		}
	}
	for _, name := range bot.Secrets {
		if compose.Secrets[name].File == "" {
			t.Errorf("compose.yaml hands over %s, which is nowhere", name)
		}
	}
	for _, volume := range compose.Services["redis"].Volumes {
		if file, _, _ := strings.Cut(volume, ":"); strings.HasPrefix(file, "./") {
			sample(t, file)
		}
	}
}
