package bot

import (
	"testing"

	"interlab/bot/exchange"
)

func TestASectorIsOneOfThoseOfTheForm(t *testing.T) {
	t.Parallel()
	for _, o := range sectors() {
		s, ok := sectorOf(o.Value)
		if !ok {
			t.Errorf("sectorOf(%q) is refused, and the form offers it", o.Value)
		}
		if s != "" && sectorText(s) != o.Label {
			t.Errorf("sectorText(%q) = %q, want %q", s, sectorText(s), o.Label)
		}
	}
	for _, value := range []string{"Academic", "military", " "} {
		if s, ok := sectorOf(value); ok {
			t.Errorf("sectorOf(%q) = %q, want it refused", value, s)
		}
	}
	if got := sectorText(exchange.Sector("")); got != "Not said" {
		t.Errorf("sectorText of nothing is %q", got)
	}
}

func TestWhatIsWrongAboutALabIsNamedByField(t *testing.T) {
	t.Parallel()
	for field, values := range map[string]map[string]string{
		"":       {"sector": "none", "public": "yes"},
		"sector": {"sector": "x", "public": "yes"},
		"public": {"sector": "industry", "public": "perhaps"},
	} {
		problems := labProblems(values)
		if field == "" && len(problems) != 0 || field != "" && (len(problems) != 1 || problems[0].Field != field) {
			t.Errorf("labProblems(%v) = %v, want it about %q", values, problems, field)
		}
	}
}
