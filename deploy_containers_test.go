package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"interlab/configs"
)

// composition is what of the Compose specification the sample uses
// (https://github.com/compose-spec/compose-spec/blob/main/spec.md); read strictly,
// a key that is spelt otherwise is an error.
type composition struct {
	Services map[string]composedService `yaml:"services"`
	Secrets  map[string]struct {
		File string `yaml:"file"`
	} `yaml:"secrets"`
	Volumes map[string]any `yaml:"volumes"`
}

type composedService struct {
	Build struct {
		Context    string `yaml:"context"`
		Dockerfile string `yaml:"dockerfile"`
	} `yaml:"build"`
	Image       string            `yaml:"image"`
	Command     []string          `yaml:"command"`
	Environment map[string]string `yaml:"environment"`
	Volumes     []string          `yaml:"volumes"`
	Secrets     []string          `yaml:"secrets"`
	DependsOn   []string          `yaml:"depends_on"`
	ReadOnly    bool              `yaml:"read_only"`
	CapDrop     []string          `yaml:"cap_drop"`
	SecurityOpt []string          `yaml:"security_opt"`
	StopGrace   string            `yaml:"stop_grace_period"`
	Restart     string            `yaml:"restart"`
}

func composed(t *testing.T) composition {
	t.Helper()
	var c composition
	if err := yaml.UnmarshalWithOptions([]byte(sample(t, "compose.yaml")), &c, yaml.Strict()); err != nil {
		t.Fatalf("compose.yaml: %v", err)
	}
	return c
}

func TestTheSampleContainersAreOfTheComposeSpecification(t *testing.T) {
	t.Parallel()
	c := composed(t)
	for name, s := range c.Services {
		if (s.Image == "") == (s.Build.Context == "") {
			t.Errorf("%s has an image and a build, or neither", name)
		}
		for _, other := range s.DependsOn {
			if _, ok := c.Services[other]; !ok {
				t.Errorf("%s depends on %s, which is nowhere", name, other)
			}
		}
		if !slices.Contains([]string{"no", "always", "on-failure", "unless-stopped"}, s.Restart) || !regexp.MustCompile(`^[0-9]+s$`).MatchString(s.StopGrace) {
			t.Errorf("%s: restart %q, stop_grace_period %q", name, s.Restart, s.StopGrace)
		}
		for _, volume := range s.Volumes {
			from, to, _ := strings.Cut(volume, ":")
			_, named := c.Volumes[from]
			if !named && !strings.HasPrefix(from, "./") || !strings.HasPrefix(to, "/") {
				t.Errorf("%s mounts %q, which is neither a file beside the compose file nor a volume of it", name, volume)
			}
		}
	}
	for name := range c.Secrets {
		if !slices.Contains(c.Services["interlab"].Secrets, name) {
			t.Errorf("secret %s is handed to nobody", name)
		}
	}
	if err := yaml.UnmarshalWithOptions([]byte("services: {a: {imaeg: x}}"), &composition{}, yaml.Strict()); err == nil {
		t.Error("a key that is spelt wrongly passes")
	}
}

// The settings as the compose file's comment has them, with its variables, are
// read from what it mounts.
func TestTheSampleContainersSettingsLoad(t *testing.T) {
	t.Parallel()
	bot := composed(t).Services["interlab"]
	var settings strings.Builder
	for _, m := range regexp.MustCompile(`(?m)^#   ((?:redis|keys_file|discord): ?.*)$`).FindAllStringSubmatch(sample(t, "compose.yaml"), -1) {
		settings.WriteString(m[1] + "\n")
	}
	keys, _, _ := program(t, "", "keys", "new")
	files := map[string]string{"redis-password": "a password", "keys": keys, "discord-token": "AAAA.BBBB.CCCC"}
	read := func(path string) ([]byte, error) {
		switch name := strings.TrimPrefix(path, "/run/secrets/"); {
		case path == "/etc/interlab/interlab.yaml":
			return []byte(settings.String()), nil
		case name != path && slices.Contains(bot.Secrets, name):
			return []byte(files[name]), nil
		}
		return nil, os.ErrNotExist
	}
	got, err := configs.Load("/etc/interlab/interlab.yaml", func(name string) string { return bot.Environment[name] }, read)
	if err != nil {
		t.Fatalf("the settings of the containers: %v\n%s", err, settings.String())
	}
	if got.Redis.URL != "redis://redis:6379" || got.Redis.Password.Reveal() != "a password" || got.Keys == nil || got.Discord.Token.Reveal() == "" || got.Private.Listen != ":9464" {
		t.Errorf("the settings of the containers = %+v; want the store, its password, the keys, the token and the listener", got)
	}
	if n := len(got.SecretFiles); n != len(bot.Secrets) {
		t.Errorf("%d secrets are read, and %d handed over", n, len(bot.Secrets))
	}
}

// Without an engine for containers: what the Dockerfile copies is there, its build
// is one that go understands, and what it starts is what it built.
func TestTheSampleImageBuildsWhatItStarts(t *testing.T) {
	t.Parallel()
	file := sample(t, "Dockerfile")
	line := regexp.MustCompile(`(?m)^RUN (.*go build .*) -o (\S+) (\S+)$`).FindStringSubmatch(file)
	if line == nil {
		t.Fatalf("the Dockerfile builds nothing:\n%s", file)
	}
	out := filepath.Join(t.TempDir(), "interlab")
	// -n says what would be run: all but the compiler itself.
	c := exec.CommandContext(t.Context(), "sh", "-c", strings.Replace(line[1], "go build", "go build -n", 1)+" -o "+out+" "+line[3])
	if said, err := c.CombinedOutput(); err != nil || !strings.Contains(string(said), out) {
		t.Errorf("%s: %v\n%.2000s", c, err, said)
	}
	for _, m := range regexp.MustCompile(`(?m)^COPY (--from=build )?(\S+) (\S+)$`).FindAllStringSubmatch(file, -1) {
		built := m[2] == line[2] || m[2] == "/etc/ssl/certs/ca-certificates.crt" // of the golang image
		if _, err := os.Stat(m[2]); m[1] == "" && err != nil || m[1] != "" && !built {
			t.Errorf("the Dockerfile copies %s, which is not there", m[2])
		}
	}
	entry := regexp.MustCompile(`(?m)^ENTRYPOINT \["(\S+)"\]$`).FindStringSubmatch(file)
	if len(entry) != 2 || !strings.Contains(file, "COPY --from=build "+line[2]+" "+entry[1]+"\n") {
		t.Errorf("the Dockerfile starts %v, which it does not copy", entry)
	}
	version := regexp.MustCompile(`(?m)^FROM golang:([0-9.]+) `).FindStringSubmatch(file)
	if mod, err := os.ReadFile("go.mod"); err != nil || version == nil || !strings.Contains(string(mod), "\ngo "+version[1]) {
		t.Errorf("the Dockerfile builds with Go %v, and go.mod wants another", version)
	}
}
