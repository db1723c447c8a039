package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interlab/calendar"
)

const day = 24 * time.Hour

// noon is when the matches of these tests were asked for.
var noon = time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)

// plan is a match's due work as "name+time since the ask", in order.
func plan(m *Match) string {
	due := m.Due()
	slices.SortFunc(due, func(a, b Work) int { return a.At.Compare(b.At) })
	var parts []string
	for _, w := range due {
		after := w.At.Sub(noon)
		parts = append(parts, fmt.Sprintf("%s+%dd%s", w.Name, after/day, after%day))
	}
	return strings.ReplaceAll(strings.Join(parts, " "), "d0s", "d")
}

func asked() *Match {
	return &Match{ID: "m", Asker: "a", Asked: "b", Purpose: Seminar, State: Asked, AskedAt: noon}
}

// introduced is a match with a yes after two days.
func introduced() *Match {
	m := asked()
	m.introduce(noon.Add(2*day), map[string]string{"a": "a@x", "b": "b@x"})
	return m
}

// meeting is an introduction with a talk agreed three days before it begins.
func meeting() *Match {
	m := introduced()
	m.offer([]time.Time{noon.Add(6 * day), noon.Add(8 * day)})
	m.agree(1, calendar.Wall{}, noon.Add(5*day))
	return m
}

func TestWhatIsDueOfAMatch(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		m    *Match
		want string
	}{
		{"an open ask is recalled twice and ends by itself", asked(), "nudge1+4d nudge2+10d expire+14d"},
		{"a private no is not recalled, and ends as silence does", with(asked(), func(m *Match) { m.Refused = true }), "expire+14d"},
		{"what was done is not due again", with(asked(), func(m *Match) { m.done(workNudge1) }), "nudge2+10d expire+14d"},
		{"not now is the end", with(asked(), func(m *Match) { m.end(NotNow, noon) }), ""},
		{"silence is the end", with(asked(), func(m *Match) { m.end(Expired, noon) }), ""},
		{"a withdrawal is the end", with(asked(), func(m *Match) { m.end(Withdrawn, noon) }), ""},
		{"after an introduction there is a question, and a close", introduced(), "met+9d close+53d"},
		{"reminders belong to an agreed time only", with(introduced(), func(m *Match) { m.offer([]time.Time{noon.Add(6 * day)}); m.pick("a", 0) }), "met+9d close+53d"},
		{"a meeting is recalled and asked about from its end", meeting(), "day.1+7d soon.1+7d23h45m0s met+15d1h0m0s close+59d1h0m0s"},
		{"a meeting agreed within a day has one reminder", with(meeting(), func(m *Match) { m.Meeting.Agreed = m.Meeting.Start.Add(-2 * time.Hour) }), "soon.1+7d23h45m0s met+15d1h0m0s close+59d1h0m0s"},
		{"a meeting agreed within minutes has none", with(meeting(), func(m *Match) { m.Meeting.Agreed = m.Meeting.Start.Add(-time.Minute) }), "met+15d1h0m0s close+59d1h0m0s"},
		{"not yet is asked once more", with(introduced(), func(m *Match) { m.done(workMet); m.Met = map[string]Met{"b": {Answer: MetLater}} }), "metagain+23d close+53d"},
		{"a closed match rests", with(introduced(), func(m *Match) { m.end(Closed, noon) }), ""},
	} {
		if got := plan(c.m); got != c.want {
			t.Errorf("%s: Due() = %q, want %q", c.name, got, c.want)
		}
	}
}

func with(m *Match, edit func(m *Match)) *Match {
	edit(m)
	return m
}

// The second time of a match has reminders of its own, though the first one's
// were sent.
func TestAnotherTimeIsRecalledAnew(t *testing.T) {
	t.Parallel()
	m := meeting()
	m.done("day.1")
	m.Meeting, m.Since = nil, noon.Add(7*day)
	m.offer([]time.Time{noon.Add(12 * day)})
	m.agree(0, calendar.Wall{}, noon.Add(8*day))
	if got, want := plan(m), "day.2+11d soon.2+11d23h45m0s met+19d1h0m0s close+63d1h0m0s"; got != want {
		t.Errorf("Due() = %q, want %q", got, want)
	}
}

// Whoever agreed on a time after they were asked whether they met is asked
// once more when that meeting is over.
func TestATimeAgreedLateIsAskedAboutToo(t *testing.T) {
	t.Parallel()
	m := introduced()
	m.done(workMet)
	m.offer([]time.Time{noon.Add(20 * day)})
	m.agree(0, calendar.Wall{}, noon.Add(12*day))
	if got := plan(m); !strings.Contains(got, "met+27d1h0m0s") {
		t.Errorf("Due() = %q, want the question a week after the meeting", got)
	}
}

// Slots, pauses and refusals must not tell a private no from silence.
func TestRestsAreEqualAfterAPrivateNoAndAfterSilence(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		silent, refused := asked(), asked()
		refused.Refused = true
		now := noon.Add(time.Duration(rapid.Int64Range(0, int64(400*day)).Draw(t, "later")))
		for _, m := range []*Match{silent, refused} {
			if now.After(m.ends()) {
				m.end(Expired, m.ends())
			}
		}
		if silent.rests(now) != refused.rests(now) {
			t.Errorf("%s after the ask: rests = %v after silence and %v after a private no", now.Sub(noon), silent.rests(now), refused.rests(now))
		}
	})
}

func TestHowLongAMatchRests(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		m    *Match
		want time.Duration // since the ask
	}{
		{"silence", with(asked(), func(m *Match) { m.end(Expired, noon.Add(14*day)) }), (14 + 90) * day},
		{"a withdrawal on the first day", with(asked(), func(m *Match) { m.end(Withdrawn, noon) }), (14 + 90) * day},
		{"not now", with(asked(), func(m *Match) { m.end(NotNow, noon.Add(day)) }), 31 * day},
		{"an introduction", introduced(), 182 * day},
		{"a meeting", meeting(), 188*day + time.Hour},
		{"a close", with(meeting(), func(m *Match) { m.end(Closed, noon.Add(59*day)) }), 188*day + time.Hour},
	} {
		if end := noon.Add(c.want); !c.m.rests(end.Add(-1)) || c.m.rests(end) {
			t.Errorf("%s: rests until another moment than %s after the ask", c.name, c.want)
		}
	}
	if !asked().rests(noon.Add(5000 * day)) {
		t.Error("an open ask must rest for as long as it is open")
	}
}

func TestOneAskIsOpenBetweenTwoPeopleWhoeverAsked(t *testing.T) {
	t.Parallel()
	there, back := asked(), asked()
	back.Asker, back.Asked = "b", "a"
	one, two := there.Entries(), back.Entries()
	if one[2] != two[2] || !one[2].Unique {
		t.Errorf("Entries() = %v and %v, want the same unique pair", one[2], two[2])
	}
	there.end(NotNow, noon)
	if got := there.Entries(); len(got) != 2 {
		t.Errorf("Entries() = %v after the end, want the pair to be free", got)
	}
}

func TestWhoIsStillAskedWhetherTheyMet(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		answer MetAnswer
		again  bool
		want   bool
	}{{"", false, true}, {MetLater, false, false}, {MetLater, true, true}, {MetYes, true, false}, {MetNo, true, false}} {
		m := introduced()
		m.Met = map[string]Met{"a": {Answer: c.answer}}
		if c.again {
			m.done(workMetAgain)
		}
		if got := m.asksMet("a"); got != c.want {
			t.Errorf("asksMet after %q, asked again %v = %v, want %v", c.answer, c.again, got, c.want)
		}
	}
}
