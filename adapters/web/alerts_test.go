package web_test

import (
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"interlab/adapters/web"
	"interlab/bot"
)

const alerts = "../../configs/deploy/alerts.yaml"

// A rule on a figure that nobody counts never fires, and nobody notices.
func TestEveryFigureInTheAlertRulesIsShown(t *testing.T) {
	t.Parallel()
	h := house{links: []web.Link{{Platform: "slack", Name: "curie"}}}
	handler := h.handler()
	h.meter.Accepted(false, time.Millisecond)
	h.meter.Handled("slack", "help", bot.OutcomeFailed, 0)
	h.meter.Worked(bot.KindDelivery, "send", bot.OutcomeDone, 0)
	_, figures := get(t, handler, http.MethodGet, "/metrics")
	rules, err := os.ReadFile(alerts)
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`\binterlab_\w+(\{[^}]*\})?`).FindAllString(string(rules), -1)
	if len(named) < 8 {
		t.Fatalf("the rules name %d figures, want at least 8", len(named))
	}
	for _, figure := range named {
		name, labels, _ := strings.Cut(strings.TrimSuffix(figure, "}"), "{")
		found := false
		for line := range strings.Lines(figures) {
			found = found || regexp.MustCompile(`^`+name+`[{ ]`).MatchString(line) && strings.Contains(line, labels)
		}
		if !found {
			t.Errorf("the rules speak of %s, which is not shown", figure)
		}
	}
}

func TestPrometheusUnderstandsTheAlertRules(t *testing.T) {
	t.Parallel()
	tool, err := exec.LookPath("promtool")
	if err != nil {
		if os.Getenv("INTERLAB_CI") != "" {
			t.Fatal("promtool is not installed, and INTERLAB_CI wants this test to run")
		}
		t.Skip("promtool is not installed")
	}
	if out, err := exec.CommandContext(t.Context(), tool, "check", "rules", alerts).CombinedOutput(); err != nil {
		t.Errorf("promtool check rules: %v\n%s", err, out)
	}
}
