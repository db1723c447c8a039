package configs_test

import (
	"strings"
	"testing"

	"interlab/configs"
)

func TestRetentionIsInDaysWithinBounds(t *testing.T) {
	t.Parallel()
	got, err := world{}.load("retention:\n  asks_days: 90\n  talks_days: 3650\n")
	if want := (configs.Retention{Asks: 90, Talks: 3650, Applications: 365, Exchanges: 1095}); err != nil || got.Retention != want {
		t.Errorf("Load = %+v, %v; want %+v", got.Retention, err, want)
	}
	for _, days := range []string{"89", "3651", "-1", "forever", "30d"} {
		_, err := world{}.load("retention:\n  applications_days: " + days + "\n")
		if err == nil || !strings.Contains(err.Error(), "retention.applications_days") || !strings.Contains(err.Error(), "90 to 3650") {
			t.Errorf("Load(%s days) = %v, want a refusal that says what to write", days, err)
		}
	}
}
