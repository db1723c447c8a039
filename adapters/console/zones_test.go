package console

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestZoneDataChangeWhereAScriptSaysSo(t *testing.T) {
	t.Parallel()
	f, transcript := played(t, "ana@slack:curie> counter\nzones Europe/Berlin like Africa/Lagos\nexpect nobody")
	if diff := cmp.Diff([]string{"Europe/Berlin like Africa/Lagos"}, f.laws); diff != "" {
		t.Errorf("the laws differ (-want +got):\n%s", diff)
	}
	if !strings.Contains(transcript, "\nzones Europe/Berlin like Africa/Lagos\n") {
		t.Errorf("the transcript does not say so:\n%s", transcript)
	}
}

// still is a world whose zone data cannot change.
type still struct{ World }

func TestZoneDataThatCannotChangeFailTheScript(t *testing.T) {
	t.Parallel()
	f, c := newFake(t, &strings.Builder{})
	err := c.Play(t.Context(), parsed(t, "zones Mars/Base like Africa/Lagos"))
	if err == nil || err.Error() != "talk.txt:1: change the zone data: no such zone" {
		t.Errorf("Play = %v, want to hear that there is no such zone", err)
	}
	c.world = still{f}
	if err := c.Play(t.Context(), parsed(t, "zones UTC like Africa/Lagos")); err == nil || !strings.Contains(err.Error(), "cannot change") {
		t.Errorf("Play = %v, want to hear that the zone data cannot change", err)
	}
}
