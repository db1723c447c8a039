package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"interlab/bot"
	"interlab/bot/chat"
)

// A block cannot be inferred: whatever the one who is kept away does, every
// message they get, with its numbers, length, order and time, is the one they
// would get had nobody blocked them and, where the blocker's absence must show,
// had the blocker done something that anybody does for reasons of their own.
// Each row names that choice; "nothing" is where no absence shows.

// twoWorlds is one story in a world with a block and in one without.
type twoWorlds struct {
	before  func(w *world) // what both worlds share
	natural func(w *world) // instead of the block; nil for looking at one's profile
	play    func(w *world) // what Ana, who is blocked, and others do
}

var worlds = map[string]twoWorlds{
	"a search, and an old card: as a pause": {
		natural: func(w *world) { w.line(bo, `profile pause until:"1 Oct 2027"`) },
		play: func(w *world) {
			w.press(ana, "Ask Bo")
			w.line(ana, "match find protein folding")
			w.line(ana, `match find topic:"protein folding" kind:chat`)
			w.completes(ana, "topic", "person", "talk", "round", "opening", "lab")
		},
	},
	"names that are offered and typed: as nothing": {
		play: func(w *world) {
			w.completes(ana, "topic", "person", "talk", "round", "opening", "lab")
			w.line(ana, `exchange propose person:"Bo Larsen"`)
			w.line(ana, `exchange propose person:"discord:/bo"`)
			w.line(ana, `match unblock person:"Bo Larsen"`)
		},
	},
	"an ask that waits for the blocker: as silence": {
		before: func(w *world) { w.press(ana, "Ask Bo") },
		play: func(w *world) {
			w.looks(ana)
			w.press(ana, "Ask Bo")
			for range 3 {
				w.pass(5 * 24 * time.Hour)
				w.looks(ana)
			}
			w.line(ana, "match find protein folding")
			w.pass(70 * 24 * time.Hour)
			w.line(ana, "match find protein folding")
		},
	},
	"an ask of the blocker: as taking it back": {
		before: func(w *world) {
			w.line(bo, "match find cryo-electron microscopy")
			w.press(bo, "Ask Ana")
		},
		natural: func(w *world) {
			w.line(bo, "match list")
			w.does(bo, chat.Press{Ref: chat.Ref{Route: "match.withdraw", ID: w.openAsk()}})
		},
		play: func(w *world) {
			w.looks(ana)
			w.press(ana, "Yes, introduce us")
			w.press(ana, "No")
			w.pass(20 * 24 * time.Hour)
			w.looks(ana)
		},
	},
	"an introduction: as nothing": {
		before: func(w *world) { w.press(ana, "Ask Bo"); w.press(bo, "Yes, introduce us") },
		play: func(w *world) {
			w.looks(ana)
			w.press(ana, "Other times")
			w.pass(100 * 24 * time.Hour)
			w.looks(ana)
		},
	},
	"an introduction, and then a plan: as a pause": {
		before:  func(w *world) { w.press(ana, "Ask Bo"); w.press(bo, "Yes, introduce us") },
		natural: func(w *world) { w.line(bo, `profile pause until:"1 Oct 2027"`) },
		play: func(w *world) {
			w.line(ana, `exchange propose person:"Bo Larsen"`)
			w.press(ana, "Plan an exchange")
			w.looks(ana)
		},
	},
	"a plan that waits for the blocker: as a decline": {
		before: func(w *world) {
			w.press(ana, "Ask Bo")
			w.press(bo, "Yes, introduce us")
			w.plans(ana)
		},
		natural: func(w *world) { w.press(bo, "Decline") },
		play: func(w *world) {
			w.looks(ana)
			w.pass(60 * 24 * time.Hour)
			w.looks(ana)
		},
	},
	"talks, seats, the waitlist and polls: as nothing": {
		before: func(w *world) { w.hosts() },
		play: func(w *world) {
			w.line(bo, `colloquium rsvp talk:"Small room" answer:yes`)
			w.line(ana, `colloquium rsvp talk:"Small room" answer:yes`)
			w.line(finder, `colloquium rsvp talk:"Small room" answer:yes`)
			w.line(ana, `colloquium show talk:"Small room"`)
			w.line(bo, `colloquium rsvp talk:"Small room" answer:no`)
			w.line(ana, `colloquium ask talk:"Small room" text:"May I ask?"`)
			w.line(ana, `colloquium ask talk:"Of Bo" text:"May I ask you?"`)
			w.line(ana, `colloquium rsvp talk:"Of Bo" answer:yes`)
			w.line(bo, `colloquium move talk:"Of Bo" to:"17 Dec 16:00"`)
			w.line(ana, "colloquium list")
			w.completes(ana, "topic", "person", "talk", "round", "opening", "lab")
			w.pass(30 * 24 * time.Hour)
			w.looks(ana)
		},
	},
	"speaking with the blocker, who is not asked: as silence": {
		before: func(w *world) { w.hosts() },
		play: func(w *world) {
			w.line(ana, `colloquium propose title:"Together" speaker:"Ana Ruiz and Bo Larsen" when:"20 Dec 15:00"`)
			w.press(ana, "Announce")
			w.line(ana, `colloquium show talk:"Together"`)
		},
	},
	"a round in which there are others to meet: as nothing": {
		before: func(w *world) {
			w.line(olga, `round open topic:"Winter" kind:chat until:"Fri 17:00"`)
			w.press(olga, "Open it")
			for _, who := range []chat.Account{ana, bo, finder, friend} {
				w.line(who, "round join")
			}
		},
		play: (*world).meets,
	},
	"a round in which there is nobody else: as being away": {
		before: func(w *world) {
			w.line(olga, `round open topic:"Winter" kind:chat until:"Fri 17:00"`)
			w.press(olga, "Open it")
			w.line(ana, "round join")
			w.line(bo, "round join")
		},
		natural: func(w *world) { w.line(bo, `profile away from:"1 Dec 2026" to:"1 Nov 2027"`) },
		play:    (*world).meets,
	},
	"a residency of the blocker's lab: as not being wanted": {
		before: func(w *world) {
			w.line(olga, `admin role person:"Bo Larsen" role:lead lab:"Noether Lab"`)
			w.line(bo, `residency offer title:"Folding" topics:"protein folding" learn:"All" give:"All" from:"1 Mar 2027" to:"28 May 2027" deadline:"10 Dec 2026"`)
			w.press(bo, "Offer it")
		},
		play: func(w *world) {
			w.line(ana, "residency browse")
			w.line(ana, `residency apply opening:"Folding" why:"I would like to."`)
			w.line(finder, `residency apply opening:"Folding" why:"I, too."`)
			w.pass(11 * 24 * time.Hour)
			w.line(bo, "residency rank")
			w.refusesAna()
			w.pass(14 * 24 * time.Hour)
			w.line(olga, "residency run")
			w.press(olga, "Publish and tell")
			w.pass(24 * time.Hour)
			w.line(ana, "residency results")
			w.pass(20 * 24 * time.Hour)
			w.looks(ana)
		},
	},
}

// meets has the round go its way.
func (w *world) meets() {
	w.line(ana, "round status")
	w.pass(7 * 24 * time.Hour)
	if answer := w.line(olga, "round publish"); strings.Contains(plain(answer), "[Yes, publish]") {
		w.press(olga, "Yes, publish")
	}
	w.pass(24 * time.Hour)
	w.line(ana, "round status")
	w.looks(ana)
	w.pass(10 * 24 * time.Hour)
	w.looks(ana)
}

// plans has somebody send the newest introduction's plan.
func (w *world) plans(who chat.Account) {
	w.t.Helper()
	fill := func(label string, values map[string]string) {
		form, err := w.app.Form(w.t.Context(), w.event(who, chat.Press{Ref: w.button(who, label)}))
		if err != nil {
			w.t.Fatal(err)
		}
		w.does(who, chat.Submission{Ref: form.Ref, Values: values})
	}
	fill("Plan an exchange", map[string]string{"kind": "residency", "visitor": "me", "from": "11 Jan 2027", "to": "19 Feb 2027"})
	fill("Both in one form", map[string]string{"give": "They can run our tests", "giveby": "5 Feb 2027", "get": "We can train our own", "getby": "19 Feb 2027"})
	w.button(bo, "Decline")
}

// refusesAna has Bo, who sees her application, say that she should not come.
func (w *world) refusesAna() {
	w.t.Helper()
	me, _ := w.person(ana)
	for _, app := range stored[bot.Application](w, "all/application") {
		if app.Person == me.ID {
			w.does(bo, chat.Press{Ref: chat.Ref{Route: "residency.band", ID: app.ID + ".3"}})
		}
	}
}

// looks has somebody look at all that is theirs.
func (w *world) looks(who chat.Account) {
	w.t.Helper()
	for _, line := range []string{"me", "match list", "exchange show", "goal list", "colloquium list", "residency results", "report me"} {
		w.line(who, line)
	}
	home, err := w.app.Home(w.t.Context(), who)
	if err != nil {
		w.t.Fatal(err)
	}
	w.offered = append(w.offered, plain(home))
}

// hosts has a talk with one seat announced, and one that Bo gives.
func (w *world) hosts() {
	w.t.Helper()
	w.line(olga, `admin role person:"Fin Dahl" role:lead lab:"Finder Lab"`)
	w.line(olga, `admin role person:"Bo Larsen" role:lead lab:"Noether Lab"`)
	w.line(olga, `admin role person:"Ana Ruiz" role:lead lab:"Curie Lab"`)
	w.line(finder, `colloquium propose title:"Small room" speaker:"Fin Dahl" when:"15 Dec 15:00" capacity:1`)
	w.press(finder, "Announce")
	w.line(bo, `colloquium propose title:"Of Bo" speaker:"Bo Larsen" when:"16 Dec 15:00"`)
	w.press(bo, "Announce")
}

// heard is every message that somebody gets from now on, with when it came.
func (w *world) heard(who chat.Account) func() string {
	var all strings.Builder
	w.messenger.after = func(s sent) error {
		if s.to == who || s.how == "post" {
			fmt.Fprintf(&all, "%s %s %v\n%s\n---\n", w.clock.Now().Format(time.RFC3339), s.how, s.show, plain(s.said))
		}
		return nil
	}
	return all.String
}

func TestABlockCannotBeInferred(t *testing.T) {
	t.Parallel()
	for name, story := range worlds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var heard [2]string
			for i := range heard {
				w := newWorld(t)
				w.join(finder, "Fin Dahl", "Finder Lab", "protein folding of old")
				w.join(friend, "Fay Moss", "Friend Lab", "glaciology")
				w.anaAndBo()
				if story.before != nil {
					story.before(w)
				}
				all := w.heard(ana)
				switch {
				case i == 0:
					w.says(w.line(bo, `match block person:"Ana Ruiz"`), "Blocked")
				case story.natural != nil:
					story.natural(w)
				default:
					w.line(bo, "profile show")
				}
				story.play(w)
				heard[i] = all() + strings.Join(w.offered, "\n")
				w.healthy()
			}
			if heard[0] == "" || len(heard[1]) < 200 {
				t.Fatalf("Ana heard %q and %q, want a story", heard[0], heard[1])
			}
			if heard[0] != heard[1] {
				t.Errorf("a block shows in what Ana hears:\n%s", firstDifference(heard[0], heard[1]))
			}
		})
	}
}

// firstDifference is where two texts part, with what stands around it.
func firstDifference(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	return fmt.Sprintf("with it: ...%s\n\nwithout it: ...%s", a[max(0, i-300):min(len(a), i+300)], b[max(0, i-300):min(len(b), i+300)])
}

// openAsk is the id of the ask that is open.
func (w *world) openAsk() string {
	w.t.Helper()
	for _, m := range stored[bot.Match](w, "all/match") {
		if m.State == bot.Asked {
			return m.ID
		}
	}
	w.t.Fatal("no ask is open")
	return ""
}

// completes has somebody typing offered whatever there is.
func (w *world) completes(who chat.Account, args ...string) {
	w.t.Helper()
	for _, arg := range args {
		options, err := w.app.Complete(w.t.Context(), chat.Completion{From: who, Path: []string{"match", "find"}, Arg: arg})
		if err != nil {
			w.t.Fatal(err)
		}
		w.offered = append(w.offered, fmt.Sprint(options))
	}
}
