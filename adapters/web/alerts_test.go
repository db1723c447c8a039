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

// promtool runs Prometheus' own checker.
func promtool(t *testing.T, args ...string) {
	t.Helper()
	tool, err := exec.LookPath("promtool")
	if err != nil {
		if os.Getenv("INTERLAB_CI") != "" {
			t.Fatal("promtool is not installed, and INTERLAB_CI wants this test to run")
		}
		t.Skip("promtool is not installed")
	}
	if out, err := exec.CommandContext(t.Context(), tool, args...).CombinedOutput(); err != nil {
		t.Errorf("promtool %v: %v\n%s", args, err, out)
	}
}

func TestPrometheusUnderstandsTheAlertRules(t *testing.T) {
	t.Parallel()
	promtool(t, "check", "rules", alerts)
}

// Every alert fires on what it is for, and none while all is well.
func TestAlertsFireOnWhatTheyAreForAndElseAreSilent(t *testing.T) {
	t.Parallel()
	const cases = "testdata/alerts_test.yaml"
	rules, err := os.ReadFile(alerts)
	if err != nil {
		t.Fatal(err)
	}
	played, err := os.ReadFile(cases)
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range regexp.MustCompile(`(?m)alert: (\w+)$`).FindAllStringSubmatch(string(rules), -1) {
		if n := strings.Count(string(played), rule[1]); n < 2 {
			t.Errorf("%s names %s %d times, want once silent and once firing", cases, rule[1], n)
		}
	}
	promtool(t, "test", "rules", cases)
}

// A rule on the increase of a counter never hears of its first count unless the
// counter was there before.
func TestCountersOfAlertsAreThereBeforeTheyCount(t *testing.T) {
	t.Parallel()
	h := house{}
	_, figures := get(t, h.handler(), http.MethodGet, "/metrics")
	rules, err := os.ReadFile(alerts)
	if err != nil {
		t.Fatal(err)
	}
	for _, of := range regexp.MustCompile(`increase\((\w+(?:\{[^}]*\})?)\[`).FindAllStringSubmatch(string(rules), -1) {
		if !strings.Contains(figures, of[1]+" 0\n") {
			t.Errorf("a bot that has done nothing does not show %s 0", of[1])
		}
	}
}
