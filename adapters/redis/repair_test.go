package redis

import (
	"testing"

	"interlab/bot"
)

// repaired repairs and returns how many were mended.
func (w *world) repaired(writes ...bot.Write) int {
	w.t.Helper()
	n, err := w.Repair(w.t.Context(), writes)
	must(w.t, err)
	return n
}

// full is a write that derives one of everything.
func full(id string, version int64) bot.Write {
	return put(id, version, bot.Entry{Index: "i", Score: 3}, unique("u"), due("w", 1))
}

func TestRepairLeavesWhatIsRight(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(full("p", 0)))
		if n := w.repaired(full("p", 1)); n != 0 {
			t.Errorf("Repair of a sound document mended %d, want 0", n)
		}
		must(t, w.Later(t.Context(), w.one(1, long), now.Add(long), true))
		if n := w.repaired(full("p", 1)); n != 0 {
			t.Errorf("Repair of one whose work is put off mended %d, want 0", n)
		}
		c := w.one(60, long)
		if n := w.repaired(full("p", 1)); n != 0 {
			t.Errorf("Repair of one whose work is claimed mended %d, want 0", n)
		}
		must(t, w.Bury(t.Context(), c, now, "x"))
		if n := w.repaired(full("p", 1)); n != 0 || len(w.buried(0)) != 1 {
			t.Errorf("Repair of one whose work is buried mended %d, want 0", n)
		}
		if got := w.version("p"); got != 1 {
			t.Errorf("version after repairs = %d, want 1", got)
		}
	})
}

func TestRepairBringsBackWhatWasLost(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		for name, lose := range map[string]func() error{
			"entry":  func() error { return w.client.ZRem(t.Context(), w.keys.index("i"), "person:p").Err() },
			"score":  func() error { return w.client.ZAdd(t.Context(), w.keys.index("i"), z(9)).Err() },
			"all":    func() error { return w.client.Del(t.Context(), w.keys.index("all/person")).Err() },
			"unique": func() error { return w.client.HDel(t.Context(), w.keys.unique(), "u").Err() },
			"work":   func() error { return w.client.Del(t.Context(), w.keys.due()).Err() },
		} {
			if version := w.version("p"); version == 0 {
				must(t, w.commit(full("p", 0)))
			}
			must(t, lose())
			if n := w.repaired(full("p", 1), full("p", 0), full("nobody", 0), full("nobody", 1)); n != 1 {
				t.Errorf("%s lost: Repair mended %d, want 1", name, n)
			}
			if n := w.repaired(full("p", 1)); n != 0 {
				t.Errorf("%s lost: Repair mended %d at its second run, want 0", name, n)
			}
			if got := w.listed("i") + w.owner("u") + w.listed("all/person") + w.next(); got != "ppp1" {
				t.Errorf("%s lost: found as %q after Repair, want ppp1", name, got)
			}
		}
	})
}

// Changed code derives other things from the same content.
func TestRepairReplacesWhatIsDerivedOtherwiseNow(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(full("p", 0)))
		if n := w.repaired(put("p", 1, bot.Entry{Index: "j"}, unique("v"), due("w", 2), due("x", 3))); n != 1 {
			t.Errorf("Repair mended %d, want 1", n)
		}
		if got := w.listed("i") + w.owner("u") + w.listed("j") + w.owner("v") + w.next(); got != "pp2" {
			t.Errorf("found as %q, want pp2", got)
		}
		must(t, w.commit(put("p", 1)))
		if got := w.listed("j") + w.owner("v") + w.next(); got != "none" {
			t.Errorf("found as %q after a commit, want none", got)
		}
	})
}

func TestRepairLeavesAUniqueEntryWithItsRightfulOwner(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(put("p", 0, unique("u")), put("q", 0)))
		if n := w.repaired(put("q", 1, unique("u"))); n != 0 || w.owner("u") != "p" {
			t.Errorf("Repair mended %d and gave u to %s, want 0 and p", n, w.owner("u"))
		}
		must(t, w.commit(put("q", 1)))
		if got := w.owner("u"); got != "p" {
			t.Errorf("owner after the other's commit = %q, want p", got)
		}
		for _, wrong := range []string{"person:nobody", "person:q"} {
			must(t, w.client.HSet(t.Context(), w.keys.unique(), "u", wrong).Err())
			if n := w.repaired(put("p", 1, unique("u"))); n != 1 || w.owner("u") != "p" {
				t.Errorf("Repair mended %d and left u with %s, want 1 and p", n, w.owner("u"))
			}
		}
	})
}

func TestRepairOfNothingAsksNobody(t *testing.T) {
	w := inProcess(t)
	before := w.RoundTrips()
	if n := w.repaired(); n != 0 || w.RoundTrips() != before {
		t.Errorf("Repair() = %d in %d round trips, want 0 in 0", n, w.RoundTrips()-before)
	}
}
