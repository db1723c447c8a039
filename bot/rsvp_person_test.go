package bot

import (
	"testing"
	"time"

	"interlab/calendar"
)

// fullTalk is a talk with one seat that one person has, held by a transaction.
func fullTalk(t *testing.T) (*Tx, *Colloquium, *Rsvp) {
	t.Helper()
	now := time.Date(2026, time.December, 1, 9, 0, 0, 0, time.UTC)
	c := &Colloquium{ID: "c", State: Announced, Wall: calendar.Pinned().WallAt(now.Add(48*time.Hour), calendar.UTC()), Start: now.Add(48 * time.Hour), Length: time.Hour, At: now, Changed: now, Timed: now}
	r := &Rsvp{ID: "r", Colloquium: "c", Person: "old", At: now}
	c.shift(r, Going, now)
	tx := newTx(t.Context(), noDocuments{}, now, nil)
	for _, d := range []Document{c, r} {
		if _, err := tx.hold(keptAs(t, d)); err != nil {
			t.Fatal(err)
		}
	}
	return tx, c, r
}

// heldTalk is the talk as the transaction has it.
func heldTalk(t *testing.T, tx *Tx) (*Colloquium, *Rsvp) {
	t.Helper()
	c, err := load[*Colloquium](tx, KindColloquium, "c")
	if err != nil {
		t.Fatal(err)
	}
	r, err := load[*Rsvp](tx, KindRsvp, "r")
	if err != nil {
		t.Fatal(err)
	}
	return c, r
}

func TestAMergedPersonKeepsTheirSeat(t *testing.T) {
	t.Parallel()
	tx, _, _ := fullTalk(t)
	c, r := heldTalk(t, tx)
	if err := repointRsvp(&App{}, tx, r, "old", &Person{ID: "one"}); err != nil {
		t.Fatal(err)
	}
	if r.Person != "one" || r.State != Going || c.Seats.Going != 1 {
		t.Errorf("after a merge = %s is %s of %d going, want one going of 1", r.Person, r.State, c.Seats.Going)
	}
}

func TestWhoLeavesGivesTheSeatUp(t *testing.T) {
	t.Parallel()
	tx, _, _ := fullTalk(t)
	c, r := heldTalk(t, tx)
	if err := (&App{}).giveUp(tx, r); err != nil {
		t.Fatal(err)
	}
	if c.Seats.Going != 0 {
		t.Errorf("after leaving %d are going, want nobody", c.Seats.Going)
	}
	commit, err := tx.commit()
	if err != nil || len(commit.Writes) != 2 {
		t.Errorf("commit = %d writes, %v; want the talk and the deleted answer", len(commit.Writes), err)
	}
}
