package console

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// ailing is a world of which parts fail.
type ailing struct {
	*fake
	settle, next, stop, start error
	stops                     []string // where it settled
}

func (a *ailing) Settle(ctx context.Context) error {
	a.stops = append(a.stops, instant(a.Now()))
	return errors.Join(a.settle, a.fake.Settle(ctx))
}

func (a *ailing) Next(ctx context.Context) (time.Time, bool, error) {
	at, ok, err := a.fake.Next(ctx)
	return at, ok, errors.Join(a.next, err)
}

func (a *ailing) StopStore(ctx context.Context) error {
	return errors.Join(a.stop, a.fake.StopStore(ctx))
}

func (a *ailing) StartStore(ctx context.Context) error {
	return errors.Join(a.start, a.fake.StartStore(ctx))
}

func newAiling(t *testing.T, out *strings.Builder) (*ailing, *Console) {
	t.Helper()
	f, _ := newFake(t, out)
	a := &ailing{fake: f}
	c := New(Options{App: f, World: a, Out: out})
	f.says = c
	return a, c
}

func TestTheClockStopsWhereSomethingFallsDue(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	a, c := newAiling(t, &out)
	for _, after := range []time.Duration{3 * time.Hour, time.Hour, 90 * time.Second, 3 * time.Hour, 5 * time.Hour} {
		a.due = append(a.due, reminder{start.Add(after), ana.Account(), after.String()})
	}
	if err := c.Play(t.Context(), parsed(t, "clock +4h")); err != nil {
		t.Fatal(err)
	}
	stops := []string{"2026-12-01 09:00Z", "2026-12-01 09:01:30Z", "2026-12-01 10:00Z", "2026-12-01 12:00Z", "2026-12-01 13:00Z"}
	if diff := cmp.Diff(stops, a.stops); diff != "" {
		t.Errorf("settled at (-want +got):\n%s", diff)
	}
	want := `clock 2026-12-01 09:01:30Z
1 bot → slack:curie/ana (direct): Reminder
    1m30s
clock 2026-12-01 10:00Z
2 bot → slack:curie/ana (direct): Reminder
    1h0m0s
clock 2026-12-01 12:00Z
3 bot → slack:curie/ana (direct): Reminder
    3h0m0s
4 bot → slack:curie/ana (direct): Reminder
    3h0m0s
clock 2026-12-01 13:00Z
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("transcript (-want +got):\n%s", diff)
	}
}

func TestTheClockPrintsWhereItArrives(t *testing.T) {
	t.Parallel()
	_, got := played(t, "clock 2026-12-01T09:00Z\nclock +1m\nana@slack:curie> remind\nclock +1d")
	want := "clock 2026-12-01 09:00Z\nclock 2026-12-01 09:01Z\n" +
		"ana@slack:curie> remind\n1 bot → ana@slack:curie (private): I will remind you\n" +
		"clock 2026-12-02 09:01Z\n2 bot → ana@slack:curie (direct): Reminder\n    Day 1.\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("transcript (-want +got):\n%s", diff)
	}
}

func TestWithoutAStoreTheClockGoesStraightOn(t *testing.T) {
	t.Parallel()
	a, c := newAiling(t, &strings.Builder{})
	script := parsed(t, `
		ana@slack:curie> remind
		store stops
		clock +8d
		expect nobody
		store returns
		expect ana: Day 1.
		expect ana: Day 7.`)
	if err := c.Play(t.Context(), script); err != nil {
		t.Fatal(err)
	}
	if slices.Contains(a.stops, "2026-12-02 09:00Z") {
		t.Errorf("settled at %v, want no stop while the store was stopped", a.stops)
	}
}

func TestAFailingWorldFailsTheStatement(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	for name, test := range map[string]struct {
		ail          func(*ailing)
		script, want string
	}{
		"settle":       {func(a *ailing) { a.settle = broken }, "\nana@slack:curie> hi", "talk.txt:2: settle: broken"},
		"settle first": {func(a *ailing) { a.settle = broken }, "clock +1d", "talk.txt:1: settle: broken"},
		"next":         {func(a *ailing) { a.next = broken }, "clock +1d", "talk.txt:1: ask what falls due: broken"},
		"stop":         {func(a *ailing) { a.stop = broken }, "store stops", "talk.txt:1: broken"},
		"start":        {func(a *ailing) { a.start = broken }, "store stops\nstore returns", "talk.txt:2: broken"},
	} {
		a, c := newAiling(t, &strings.Builder{})
		test.ail(a)
		if err := c.Play(t.Context(), parsed(t, test.script)); !errors.Is(err, broken) || err.Error() != test.want {
			t.Errorf("Play with a broken %s = %v, want %s", name, err, test.want)
		}
	}
}

func TestPlayEndsWithItsContext(t *testing.T) {
	t.Parallel()
	for _, script := range []string{"ana@slack:curie> hi", "clock +1d", "store stops\nana@slack:curie> hi"} {
		_, c := newFake(t, &strings.Builder{})
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := c.Play(ctx, parsed(t, script)); !errors.Is(err, context.Canceled) {
			t.Errorf("Play(%q) with a context that ended = %v, want %v", script, err, context.Canceled)
		}
	}
}

func TestAFaultIsToldOnce(t *testing.T) {
	t.Parallel()
	a, c := newAiling(t, &strings.Builder{})
	a.due = []reminder{{at: start.Add(time.Hour), to: ana.Account(), text: ""}}
	err := c.Play(t.Context(), parsed(t, "clock +1d"))
	if err == nil || strings.Count(err.Error(), "is not valid") != 1 || !strings.HasPrefix(err.Error(), "talk.txt:1: settle: direct due:") {
		t.Errorf("Play with a malformed reminder = %v, want one error about it", err)
	}
}
