package bot_test

import (
	"strings"
	"testing"
	"time"

	"interlab/bot"
	"interlab/bot/chat"
)

// lures are what somebody would have a stranger open: platforms make links of them.
var lures = []string{"https://evil.example/a", "www.evil.example", "evil.example/b", "ｈｔｔｐｓ://evil.example/c"}

// Whatever somebody writes with whom the other one has nothing to do yet carries
// no link: an ask, a question, an application, a talk that names them, a seat.
func TestFirstContactsCarryNoLinks(t *testing.T) {
	t.Parallel()
	for _, lure := range lures {
		t.Run(lure, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.join(bo, "Bo Larsen", "Noether Lab", "protein folding")
			if _, err := w.app.Populate(t.Context(), []bot.Newcomer{{Name: "Ana " + lure, Account: ana, Home: home(ana), Lab: "Curie Lab", Values: map[string]string{
				"shares": "looking at " + lure, "seeks": "more of " + lure, "about": lure, "zone": "Europe/Paris", "contact": "ana@lab.example", "show": "name",
			}}}); err != nil {
				t.Fatal(err)
			}
			w.line(olga, `admin role person:"Bo Larsen" role:lead lab:"Noether Lab"`)
			from := len(w.messenger.all())
			w.line(ana, `match find topic:"protein folding `+lure+`"`)
			w.press(ana, "Ask Bo")
			w.line(ana, `colloquium propose title:"See `+lure+`" speaker:"Bo Larsen" when:"15 Dec 15:00"`)
			w.press(ana, "Announce")
			w.line(bo, `colloquium propose title:"Folding" speaker:"Bo Larsen" when:"16 Dec 15:00"`)
			w.press(bo, "Announce")
			w.line(ana, `colloquium ask talk:"Folding" text:"Why not `+lure+`?"`)
			w.line(bo, `residency offer title:"Here" topics:"protein folding" learn:"All" give:"All" from:"1 Mar 2027" to:"28 May 2027" deadline:"10 Dec 2026"`)
			w.press(bo, "Offer it")
			w.line(ana, `residency apply opening:"Here" why:"Look at `+lure+`."`)
			w.pass(7 * time.Hour)
			w.pass(11 * 24 * time.Hour)
			w.line(bo, "residency rank")
			firsts := 0
			for _, s := range w.messenger.all()[from:] {
				if s.to != bo {
					continue
				}
				said := plain(s.said)
				if strings.Contains(said, "[link left out]") {
					firsts++
				}
				if strings.Contains(said, "evil.example") {
					t.Errorf("Bo was shown a link by a stranger:\n%s", said)
				}
			}
			if firsts < 4 {
				t.Errorf("Bo read %d first contacts without their links, want an ask, a talk, a question and an application", firsts)
			}
		})
	}
}

// The pause to the same person is the same after a no and after silence.
func TestTheNextAskWaitsAsLongAfterANoAsAfterSilence(t *testing.T) {
	t.Parallel()
	var again [2]time.Duration
	for i := range again {
		w := newWorld(t)
		w.asked()
		if i == 1 {
			w.press(bo, "No")
		}
		for !strings.Contains(plain(w.line(ana, "match find protein folding")), "Bo Larsen") {
			if again[i] += 24 * time.Hour; again[i] > 400*24*time.Hour {
				t.Fatal("Bo is never shown again")
			}
			w.pass(24 * time.Hour)
		}
		w.does(ana, chat.Press{Ref: w.button(ana, "Ask Bo")})
		w.button(bo, "Yes, introduce us")
	}
	if again[0] != again[1] {
		t.Errorf("Ana can ask Bo again %s after silence and %s after a no, want the same", again[0], again[1])
	}
}

// Whoever asked hears, sees and finds the same after a private no as after
// silence, to the minute, on every day until the ask rests no more.
func TestAPrivateNoReadsAsSilenceDoes(t *testing.T) {
	t.Parallel()
	var heard [2]string
	for i := range heard {
		w := newWorld(t)
		w.asked()
		all := w.heard(ana)
		if i == 1 {
			w.press(bo, "No")
		} else {
			w.line(bo, "match list")
		}
		for range 40 {
			w.pass(3 * 24 * time.Hour)
			for _, line := range []string{"match list", "match find protein folding", "me", "report me"} {
				w.line(ana, line)
			}
		}
		heard[i] = all() + strings.Join(w.offered, "\n")
		w.healthy()
	}
	if len(heard[0]) < 2000 {
		t.Fatalf("Ana heard %q, want a story", heard[0])
	}
	if heard[0] != heard[1] {
		t.Errorf("a private no shows in what Ana hears:\n%s", firstDifference(heard[1], heard[0]))
	}
}
