package bot_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"interlab/bot"
	"interlab/bot/chat"
)

// mortal is a store whose every third commit finds its replica dead.
type mortal struct {
	bot.Store
	commits atomic.Int64
}

func (m *mortal) Commit(ctx context.Context, c bot.Commit) error {
	if m.commits.Add(1)%3 == 0 {
		return fmt.Errorf("the replica dies: %w", bot.ErrUnavailable)
	}
	return m.Store.Commit(ctx, c)
}

// A placement goes on, page by page, in whatever replica is left; nothing of it is
// recorded or told twice.
func TestAPlacementGoesOnWhereAReplicaDied(t *testing.T) {
	t.Parallel()
	m := newMarket(t, 99, 3, 6)
	m.rank()
	m.line(olga, "residency run")
	m.handles(m.event(olga, chat.Press{Ref: m.button(olga, "Publish and tell")}))
	deaths := 0
	for store := (&mortal{Store: m.store}); ; deaths++ {
		m.app = m.replica(store) // it knows nothing of what the one before had worked out
		if err := m.app.Settle(t.Context()); err == nil {
			if _, waits := m.due(); !waits {
				break
			}
		}
		m.lapse()
		if deaths > 500 {
			t.Fatal("the placement does not end")
		}
	}
	m.app = m.replica(m.store)
	m.settle()
	m.fits("after so many deaths")
	m.stable("after so many deaths")
	m.replays()
	told := map[chat.Account]int{}
	for _, s := range m.messenger.all() {
		if s.how == "direct" && (strings.HasPrefix(s.said.Title, "You have a place") || s.said.Title == "No place this time") {
			told[s.to]++
		}
	}
	for _, who := range m.people {
		if told[who] > 1 {
			t.Errorf("%s was told %d times what the placement gave them", who, told[who])
		}
	}
	if deaths < 3 {
		t.Errorf("replicas died %d times, want several", deaths)
	}
}

// due is when the next work is due, and whether it is due by now.
func (w *world) due() (time.Time, bool) {
	w.t.Helper()
	at, ok, err := w.app.Next(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return at, ok && !at.After(w.clock.Now())
}

// oneOpening is a network in which Bo's lab offers residencies, and Ana is of
// another lab.
func oneOpening(t *testing.T, offers int) *world {
	t.Helper()
	w := newWorld(t)
	w.anaAndBo()
	w.line(olga, `admin role person:"Bo Larsen" role:lead lab:"Noether Lab"`)
	for i := range offers {
		w.line(bo, fmt.Sprintf(`residency offer title:"Opening %02d" topics:"protein folding" learn:"All" give:"All" from:"1 Mar 2027" to:"28 May 2027" deadline:"10 Jan 2027"`, i))
		w.says(w.press(bo, "Offer it"), "Offered")
	}
	return w
}

func TestTextsWithoutEndAreRefusedAndNothingIsKept(t *testing.T) {
	t.Parallel()
	w := oneOpening(t, 1)
	endless := strings.Repeat("x", 10_000)
	id := stored[bot.Opening](w, "all/opening")[0].ID
	for _, input := range []chat.Input{
		chat.Submission{Ref: chat.Ref{Route: "residency.apply.form", ID: id}, Values: map[string]string{"why": endless}},
		chat.Call{Path: []string{"residency", "apply"}, Args: map[string]string{"opening": "Opening 00", "why": endless}},
		chat.Call{Path: []string{"residency", "apply"}, Args: map[string]string{"opening": endless, "why": "x"}},
		chat.Call{Path: []string{"residency", "browse"}, Args: map[string]string{"topic": endless}},
		chat.Line{Text: "residency apply opening:\"" + endless + "\""},
	} {
		answer := plain(w.does(ana, input))
		if strings.Contains(answer, "went wrong") || strings.Contains(answer, endless) {
			t.Errorf("%T is answered %.300q, want a refusal", input, answer)
		}
	}
	long := chat.Submission{Ref: chat.Ref{Route: "residency.offer"}, Values: map[string]string{"title": endless, "topics": endless, "learn": endless, "give": endless}}
	w.says(w.does(bo, long), "things to correct")
	if apps := stored[bot.Application](w, "all/application"); len(apps) != 0 {
		t.Errorf("there are %d applications, want none", len(apps))
	}
}

func TestNobodyAppliesToMoreThanTwentyOpenings(t *testing.T) {
	t.Parallel()
	w := oneOpening(t, 22)
	for i := range 22 {
		answer := w.line(ana, fmt.Sprintf(`residency apply opening:"Opening %02d" why:"I would like to."`, i))
		if want := map[bool]string{true: "most wanted first", false: "as many as can be"}[i < 20]; !strings.Contains(plain(answer), want) {
			t.Errorf("application %d is answered %q, want %q", i, plain(answer), want)
		}
	}
	w.press(ana, "Browse openings")
	w.says(w.press(ana, "More"), "Page 2 of 3")
	apps := stored[bot.Application](w, "all/application")
	last := apps[len(apps)-1]
	for _, move := range []struct{ route, want string }{{"first", "number 1"}, {"down", "number 2"}, {"up", "number 1"}, {"up", "number 1"}, {"remove", "Taken back"}} {
		w.says(w.does(ana, chat.Press{Ref: chat.Ref{Route: "residency." + move.route, ID: last.ID}}), move.want)
	}
	if n := len(stored[bot.Application](w, "all/application")); n != 19 {
		t.Errorf("after one was removed there are %d applications, want 19", n)
	}
}

func TestOpeningsAreCompleted(t *testing.T) {
	t.Parallel()
	w := oneOpening(t, 3)
	for _, c := range []struct {
		who     chat.Account
		command string
		want    int
	}{{ana, "apply", 3}, {bo, "rank", 3}, {ana, "rank", 0}} {
		options, err := w.app.Complete(t.Context(), chat.Completion{From: c.who, Path: []string{"residency", c.command}, Arg: "opening", Typed: "open"})
		if err != nil || len(options) != c.want {
			t.Errorf("Complete(%s, open) for %s = %v, %v; want %d openings", c.command, c.who, options, err, c.want)
		}
		for _, o := range options {
			if c.command == "apply" {
				w.says(w.does(c.who, chat.Call{Path: []string{"residency", "apply"}, Args: map[string]string{"opening": o.Value}}), o.Label)
			}
		}
	}
}

// Controls that were made up, or belong to others, change nothing.
func TestForgedControlsOfResidenciesDoNothing(t *testing.T) {
	t.Parallel()
	w := oneOpening(t, 1)
	w.line(ana, `residency apply opening:"Opening 00" why:"I would like to."`)
	app := stored[bot.Application](w, "all/application")[0]
	for _, route := range []string{
		"residency.pick", "residency.first", "residency.up", "residency.down", "residency.remove", "residency.rankone", "residency.band",
		"residency.skip", "residency.accept", "residency.decline", "residency.stay", "residency.again", "residency.settle",
		"residency.publishopening", "residency.withdraw.yes", "residency.rankthis", "residency.ranklist", "residency.show", "residency.more",
	} {
		for _, id := range []string{"", "nothing", app.ID, app.ID + ".99", app.Opening + ".-1", "all.9999999"} {
			for _, who := range []chat.Account{bo, olga} {
				if said := plain(w.does(who, chat.Press{Ref: chat.Ref{Route: route, ID: id}})); strings.Contains(said, "went wrong") {
					t.Errorf("%s:%s pressed by %s is answered %q", route, id, who, said)
				}
			}
		}
	}
	after := stored[bot.Application](w, "all/application")
	if len(after) != 1 || after[0] != app {
		t.Errorf("the application is %+v now, want it as it was: %+v", after, app)
	}
	if o := stored[bot.Opening](w, "all/opening")[0]; o.State != bot.OpeningTaking || o.Ranked {
		t.Errorf("the opening is %+v now, want it as it was", o)
	}
}

// A lead is asked once more, an applicant reminded of a place; both fall silent, and
// everything ends by itself.
func TestSilenceEndsAResidencyByItself(t *testing.T) {
	t.Parallel()
	w := oneOpening(t, 1)
	w.line(ana, `residency apply opening:"Opening 00" why:"I would like to."`)
	w.pass(time.Date(2027, 1, 18, 12, 0, 0, 0, time.UTC).Sub(w.clock.Now()))
	w.line(olga, "residency run")
	w.says(w.press(olga, "Publish and tell"), "Published")
	w.pass(120 * 24 * time.Hour)
	heard := map[string]int{}
	for _, s := range w.messenger.all() {
		if s.how == "direct" {
			heard[s.said.Title]++
		}
	}
	for _, title := range []string{
		"Applications close soon: Opening 00", "1 person has applied: Opening 00", "Still to rank: 1 of 1 applicant", "I go by topics for Opening 00",
		"You have a place: Opening 00, Noether Lab", "Still to answer: your place in Opening 00", "The place went to somebody else", "No answer from Ana Ruiz of Curie Lab",
	} {
		if heard[title] != 1 {
			t.Errorf("%q was told %d times, want once; all: %v", title, heard[title], heard)
		}
	}
	o := stored[bot.Opening](w, "all/opening")[0]
	if o.State != bot.OpeningOver || o.Held != 0 {
		t.Errorf("the opening is %s with %d places held, want it over with none", o.State, o.Held)
	}
	w.healthy()
}
