package bot

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interlab/calendar"
)

var (
	paris    = must(calendar.ParseZone("Paris"))
	auckland = must(calendar.ParseZone("Auckland"))
	newYork  = must(calendar.ParseZone("New York"))
)

func timesApp() *App { return &App{zones: calendar.Pinned()} }

func in(zone calendar.Zone, hours string) *Person {
	p := &Person{ID: zone.String() + hours, Zone: zone}
	if hours != "" {
		p.Hours = must(calendar.ParseHours(hours))
	}
	return p
}

// tuesday is when times are looked for: a Tuesday at noon, UTC.
var tuesday = noon

func TestTimesLieOnOtherDaysAndAtOtherTimesOfDay(t *testing.T) {
	t.Parallel()
	a := timesApp()
	starts := a.commonTimes(asked(), in(paris, ""), in(newYork, ""), tuesday)
	if len(starts) != timesAtOnce {
		t.Fatalf("commonTimes = %v, want %d of them", starts, timesAtOnce)
	}
	starts = a.commonTimes(asked(), in(paris, ""), in(paris, ""), tuesday)
	for i, at := range starts {
		if at.Before(tuesday.Add(timesFrom)) || at.After(tuesday.Add(timesFrom+timesWithin)) {
			t.Errorf("%v is not between a day and two weeks ahead", at)
		}
		others := slices.Delete(slices.Clone(starts), i, i+1)
		if !apartFrom(others, at) {
			t.Errorf("%v is near another of %v", at, starts)
		}
	}
}

func TestTimesAvoidNoon(t *testing.T) {
	t.Parallel()
	a := timesApp()
	for _, at := range a.commonTimes(asked(), in(paris, ""), in(paris, ""), tuesday) {
		if wall := at.In(time.FixedZone("CET", 3600)); wall.Hour() == 12 || wall.Hour() == 11 && wall.Minute() > 0 {
			t.Errorf("%v takes somebody's lunch", wall)
		}
	}
	if starts := a.commonTimes(asked(), in(paris, "Mon-Fri 12:00-13:00"), in(paris, ""), tuesday); len(starts) == 0 {
		t.Error("commonTimes of people who share only noon is empty: noon is better than nothing")
	}
}

func TestPeopleWithoutACommonHourAreOfferedEarlyAndLateTimes(t *testing.T) {
	t.Parallel()
	a := timesApp()
	one, two := in(paris, ""), in(auckland, "")
	starts := a.commonTimes(asked(), one, two, tuesday)
	if len(starts) == 0 {
		t.Fatal("commonTimes(Paris, Auckland) is empty, want early and late times")
	}
	for _, at := range starts {
		for _, zone := range []calendar.Zone{paris, auckland} {
			if wall := a.zones.WallAt(at, zone); !stretched.Contains(wall) {
				t.Errorf("%v is %v: nobody is awake", at, wall)
			}
		}
	}
}

// Hours that touch for less than a meeting are as good as none.
func TestPeopleWhoseHoursOnlyTouchAreOfferedEarlyAndLateTimes(t *testing.T) {
	t.Parallel()
	a := timesApp()
	one, two := in(paris, "Mon-Fri 08:00-12:15"), in(paris, "Mon-Fri 12:00-18:00")
	if starts := a.commonTimes(asked(), one, two, tuesday); len(starts) != timesAtOnce {
		t.Errorf("commonTimes = %v, want %d times outside of the quarter of an hour they share", starts, timesAtOnce)
	}
}

// However often other times are asked for, none comes twice.
func TestNoTimeIsOfferedTwice(t *testing.T) {
	t.Parallel()
	a := timesApp()
	zones := []calendar.Zone{paris, auckland, newYork, calendar.UTC()}
	hours := []string{"", "Mon 09:00-12:00", "Sat-Sun 10:00-16:00", "Mon-Sun 00:00-24:00", "Wed 12:00-13:00"}
	rapid.Check(t, func(t *rapid.T) {
		pick := func(who string) *Person {
			return in(rapid.SampledFrom(zones).Draw(t, who+"'s zone"), rapid.SampledFrom(hours).Draw(t, who+"'s hours"))
		}
		one, two := pick("one"), pick("two")
		m, now := asked(), tuesday.Add(time.Duration(rapid.IntRange(0, 365*24*60).Draw(t, "minutes later"))*time.Minute)
		m.Purpose = rapid.SampledFrom([]Purpose{Seminar, Chat, Residency}).Draw(t, "purpose")
		seen := map[int64]bool{}
		for range maxRounds {
			starts := a.commonTimes(m, one, two, now)
			if len(starts) > timesAtOnce || !slices.IsSortedFunc(starts, time.Time.Compare) {
				t.Fatalf("commonTimes = %v, want at most %d in order", starts, timesAtOnce)
			}
			for _, at := range starts {
				if seen[at.Unix()] {
					t.Fatalf("%v is offered twice", at)
				}
				if at.Before(now.Add(timesFrom)) {
					t.Fatalf("%v is less than a day after %v", at, now)
				}
				seen[at.Unix()] = true
			}
			m.offer(starts)
		}
	})
}

func TestATimeIsAgreedWhenBothHavePickedIt(t *testing.T) {
	t.Parallel()
	m := introduced()
	m.offer([]time.Time{noon, noon.Add(day)})
	for _, step := range []struct {
		who  string
		n    int
		want bool
	}{{"a", 0, false}, {"a", 0, false}, {"b", 1, false}, {"a", 1, true}} {
		if got := m.pick(step.who, step.n); got != step.want {
			t.Errorf("pick(%s, %d) = %v, want %v", step.who, step.n, got, step.want)
		}
	}
	if got := len(m.Offer.Picks["a"]); got != 2 {
		t.Errorf("a has picked %d times, want 2: a second press on the same one is none", got)
	}
}
