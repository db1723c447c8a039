package exchange

import (
	"testing"
	"time"
)

// A count of what nobody notes is not told as zero.
func TestWhatNobodyNotesIsADash(t *testing.T) {
	t.Parallel()
	p := Period{To: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)}
	known := func(l Ledger) map[string]bool {
		got := map[string]bool{}
		for _, m := range l.Measures(p, Scope{}) {
			got[m.Metric] = got[m.Metric] || m.Known
		}
		return got
	}
	bare := known(Ledger{Labs: []Member{{Lab: "a"}, {Lab: "b"}}})
	full := known(Ledger{Labs: []Member{{Lab: "a", Sector: Academic}, {Lab: "b"}}, Talks: []Talk{{Lab: "a", At: p.To.AddDate(0, -1, 0), Attended: 3}}})
	for _, metric := range []string{"M19", "M22"} {
		if bare[metric] || !full[metric] {
			t.Errorf("%s is known without anything noted: %t; with it: %t", metric, bare[metric], full[metric])
		}
	}
}
