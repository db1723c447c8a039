package bot

import (
	"context"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// moving is a clock that tests set.
type moving struct{ now time.Time }

func (m *moving) Now() time.Time { return m.now }

// nudged plans nudges as due work does, one commit each.
func nudged(t interface{ Fatal(...any) }, a *App, who *Person, n int) {
	ref := Ref{KindMatch, fmt.Sprint("m", n)}
	_, err := a.update(context.Background(), change{op: fmt.Sprint("op", n), verb: "test"}, func(tx *Tx) (chat.Message, error) {
		person, err := load[*Person](tx, KindPerson, who.ID)
		if err != nil {
			return chat.Message{}, err
		}
		return chat.Message{Title: "-"}, a.nudge(tx, person, Delivery{Notice: noticeMet, Subject: ref})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// deliveries are all of a memory.
func deliveries(m *memory) []*Delivery {
	var all []*Delivery
	for ref := range m.records {
		if ref.Kind == KindDelivery {
			all = append(all, of[*Delivery](m, ref))
		}
	}
	return all
}

// Over everything that wants to ask something of a person, they hear at most
// one of it a day, and in their own hours.
func TestAPersonGetsAtMostOneNudgeADayInTheirOwnHours(t *testing.T) {
	t.Parallel()
	zones := []calendar.Zone{paris, auckland, newYork, calendar.UTC()}
	hours := []string{"Mon-Fri 09:00-17:00", "Sat 23:00-24:00", "Mon-Sun 00:00-24:00", "Wed 08:00-08:30, Fri 22:00-24:00"}
	rapid.Check(t, func(t *rapid.T) {
		who := in(rapid.SampledFrom(zones).Draw(t, "zone"), rapid.SampledFrom(hours).Draw(t, "hours"))
		m, clock := newMemory(), &moving{noon}
		m.keep(who)
		a := newMemoryApp(m, clock)
		for n := range rapid.IntRange(1, 12).Draw(t, "nudges") {
			clock.now = clock.now.Add(time.Duration(rapid.IntRange(0, 3*24*60).Draw(t, "minutes later")) * time.Minute)
			nudged(t, a, who, n)
		}
		days, weeks := map[string]int{}, map[string]int{}
		for _, d := range deliveries(m) {
			wall := a.zones.WallAt(d.NotBefore, who.Zone)
			if !who.hours().Contains(wall) {
				t.Errorf("a nudge is planned for %v, outside of %s", wall, who.hours())
			}
			days[wall.Date.String()]++
			monday := wall.Date.AddDays(-(int(wall.Date.Weekday()) + 6) % 7).String()
			if weeks[monday]++; weeks[monday] > exchange.PerWeek {
				t.Errorf("%d nudges are planned in the week of %s", weeks[monday], monday)
			}
			if days[wall.Date.String()] > 1 || d.Day != wall.Date.String() {
				t.Errorf("the nudge of %v is number %d of day %s", wall, days[wall.Date.String()], d.Day)
			}
		}
	})
}

// Two replicas plan a nudge at the same moment: one of them goes a day later.
func TestTwoNudgesAtOnceTakeTwoDays(t *testing.T) {
	t.Parallel()
	who := in(paris, "")
	m := newMemory()
	m.keep(who)
	a, b := newMemoryApp(m, still(noon)), newMemoryApp(m, still(noon))
	m.meanwhile = func() { nudged(t, b, who, 2) }
	nudged(t, a, who, 1)
	days := map[string]bool{}
	for _, d := range deliveries(m) {
		days[d.Day] = true
	}
	if !days["2026-12-01"] || !days["2026-12-02"] || len(days) != 2 {
		t.Errorf("nudges stand on %v, want the first two days", days)
	}
}

func TestANudgeThatFindsTwoWeeksFullIsLeftOut(t *testing.T) {
	t.Parallel()
	who := in(paris, "Mon-Sun 09:00-17:00")
	m := newMemory()
	m.keep(who)
	a := newMemoryApp(m, still(noon))
	for n := range maxNudgeDays + 3 {
		nudged(t, a, who, n)
	}
	if got := len(deliveries(m)); got != 7 { // from a Tuesday on: three, three, and the Monday
		t.Errorf("%d nudges are planned in two weeks, want 7", got)
	}
}

// What is promised goes though it is outside of the person's hours, where
// waiting for them would be too late.
func TestWhatIsPromisedGoesBeforeItIsPointless(t *testing.T) {
	t.Parallel()
	night := time.Date(2026, 12, 4, 22, 0, 0, 0, time.UTC) // a Friday
	who := in(paris, "")
	for name, c := range map[string]struct {
		d    Delivery
		want time.Time
	}{
		"waits for Monday":           {Delivery{}, time.Date(2026, 12, 7, 8, 0, 0, 0, time.UTC)},
		"waits though it ends later": {Delivery{Until: night.Add(5 * day)}, time.Date(2026, 12, 7, 8, 0, 0, 0, time.UTC)},
		"cannot wait":                {Delivery{Until: night.Add(time.Hour)}, night},
		"says when itself":           {Delivery{NotBefore: night.Add(time.Minute)}, night.Add(time.Minute)},
	} {
		m := newMemory()
		a := newMemoryApp(m, still(night))
		_, err := a.update(t.Context(), change{op: "1"}, func(tx *Tx) (chat.Message, error) {
			a.tell(tx, who, c.d)
			return chat.Message{Title: "-"}, nil
		})
		if got := deliveries(m); err != nil || len(got) != 1 || !got[0].NotBefore.Equal(c.want) {
			t.Errorf("what %s: tell plans %v, %v; want %v", name, got, err, c.want)
		}
	}
}

// A delivery exists once, however often its operation is tried, and no two of
// different people, notices, subjects or operations are one.
func TestTheIDOfADeliveryIsMadeOfWhatItSays(t *testing.T) {
	t.Parallel()
	id := func(seed, subject, notice, to string) string {
		return deliveryID(&Tx{seed: seed}, &Person{ID: to}, Delivery{Subject: Ref{KindMatch, subject}, Notice: notice, NotBefore: noon})
	}
	first := id("op", "m", noticeAsk, "p")
	if again := id("op", "m", noticeAsk, "p"); again != first || len(first) != 16 {
		t.Errorf("deliveryID = %q, then %q; want the same 16 characters", first, again)
	}
	if want := "3gyctjq6bddpbpqy"; first != want {
		t.Errorf("deliveryID = %q, want %q as ever: what was planned before a new version must be known to it", first, want)
	}
	for _, other := range []string{id("op2", "m", noticeAsk, "p"), id("op", "m2", noticeAsk, "p"), id("op", "m", noticePick, "p"), id("op", "m", noticeAsk, "p2")} {
		if other == first {
			t.Errorf("deliveryID = %q for two different deliveries", other)
		}
	}
}

// The seed of due work is its claim: the same at every try, another one at
// another time.
func TestTheSeedOfWorkIsWhichWorkWasDueWhen(t *testing.T) {
	t.Parallel()
	claim := Claim{Ref: Ref{KindMatch, "m"}, Work: workMet, At: noon, Token: 1}
	later := claim
	later.Token, later.Tries = 2, 5
	if one, two := (change{job: &claim}).seed(), (change{job: &later}).seed(); one != two {
		t.Errorf("seed() = %q and %q at another try, want the same", one, two)
	}
	later.At = noon.Add(time.Second)
	if one, two := (change{job: &claim}).seed(), (change{job: &later}).seed(); one == two {
		t.Errorf("seed() = %q at two times, want two", one)
	}
}
