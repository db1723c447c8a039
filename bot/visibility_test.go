package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"interlab/bot"
	"interlab/bot/chat"
)

// The people who see something of Ana, each in a lab of their own.
var (
	finder  = chat.Account{Platform: "discord", Team: "finderlab", User: "finder"} // looks for people and asks Ana, who is silent
	friend  = chat.Account{Platform: "slack", Team: "friendlab", User: "friend"}   // is introduced to Ana by a round
	visited = chat.Account{Platform: "slack", Team: "visitedlab", User: "visited"} // leads a lab to which Ana applies
)

// seenCanaries are words that stand nowhere but in one field of Ana.
var seenCanaries = map[string][]string{
	"topics":  {"marmoset", "wombat", "axolotl"},
	"lab":     {"Quokka"},
	"name":    {"Wren", "Zirkon"},
	"contact": {"echidna"},
}

// played is a semester in which Ana does what she can, and what it showed to whom.
type played struct {
	*world
	told map[string]string // by who saw it
}

// play has Ana hide one field, and everybody do what they can.
func play(t *testing.T, field, seen string) *played {
	t.Helper()
	p := &played{newWorld(t), map[string]string{}}
	p.join(bo, "Bo Larsen", "Noether Lab", "cryo-electron microscopy")
	p.join(finder, "Fin Dahl", "Finder Lab", "seismology")
	p.join(friend, "Fay Moss", "Friend Lab", "glaciology")
	p.join(visited, "Vic Stone", "Visited Lab", "protein folding")
	p.line(friend, `profile set seeks:"protein folding"`)
	if _, err := p.app.Populate(t.Context(), []bot.Newcomer{{Name: "Wren Zirkon", Account: ana, Home: home(ana), Lab: "Quokka Lab", Values: map[string]string{
		"shares": "protein folding with marmosets", "seeks": "cryo-electron wombats", "about": "We model protein folding in axolotl eggs.",
		"zone": "Europe/Paris", "contact": "echidna@lab.example", "show": "name",
	}}}); err != nil {
		t.Fatal(err)
	}
	p.line(olga, `admin role person:"Vic Stone" role:lead lab:"Visited Lab"`)
	p.line(olga, `admin role person:"Wren Zirkon" role:lead lab:"Quokka Lab"`)
	p.does(visited, chat.Line{Text: "admin channel"})
	p.says(p.line(ana, fmt.Sprintf("profile privacy %s:%s", field, seen)), "Who sees what")
	from := len(p.messenger.all())

	p.asks()
	p.talks()
	p.applies()
	p.pairs()
	p.pass(40 * 24 * time.Hour)
	for _, who := range []chat.Account{bo, finder, friend, visited} {
		p.line(who, "me")
		p.line(who, "match list")
	}
	p.completes(finder, "topic", "person", "talk", "round", "opening")
	p.told[finder.User] = strings.Join(p.offered, "\n")
	for _, s := range p.messenger.all()[from:] {
		if s.to != ana {
			p.told[s.to.User] += plain(s.said) + "\n"
		}
	}
	return p
}

// asks has Ana found, asked, and ask somebody herself.
func (p *played) asks() {
	p.t.Helper()
	p.line(finder, "match find protein folding")
	p.does(finder, chat.Press{Ref: p.oneOf(finder, "Ask Wren", "Ask number")})
	p.line(finder, "match list")
	p.line(ana, "match find cryo-electron microscopy")
	p.press(ana, "Ask Bo")
	p.line(bo, "me")
	p.press(bo, "No")
	p.press(bo, "Never match me with them")
	p.line(bo, `match unblock person:"somebody else"`)
	p.line(finder, `exchange propose person:"slack:curie/ana"`)
	p.line(finder, `match block person:"slack:curie/ana"`)
}

// oneOf is the newest button with one of some labels.
func (p *played) oneOf(who chat.Account, labels ...string) chat.Ref {
	p.t.Helper()
	all := p.messenger.all()
	for i := len(all) - 1; i >= 0; i-- {
		for _, row := range all[i].said.Rows {
			for _, b := range row.Buttons {
				for _, label := range labels {
					if all[i].to == who && strings.HasPrefix(b.Label, label) {
						return b.Ref
					}
				}
			}
		}
	}
	p.t.Fatalf("%s saw no button of %q", who, labels)
	return chat.Ref{}
}

// talks has Ana named as a speaker, come to a talk and ask without her name.
func (p *played) talks() {
	p.t.Helper()
	p.says(p.line(visited, `colloquium propose title:"Two views" speaker:"Vic Stone and slack:curie/ana" when:"15 Dec 15:00"`), "Two views")
	p.press(visited, "Announce")
	p.line(visited, `colloquium propose title:"One view" speaker:"Vic Stone" when:"16 Dec 15:00"`)
	p.press(visited, "Announce")
	p.line(ana, `colloquium rsvp talk:"One view" answer:yes`)
	p.line(ana, `colloquium ask talk:"One view" text:"Why is that so?" named:no`)
	p.line(visited, `colloquium show talk:"One view"`)
	p.line(finder, "colloquium list")
}

// applies has Ana apply for a residency, and the lab look at her.
func (p *played) applies() {
	p.t.Helper()
	p.line(visited, `residency offer title:"Folding" topics:"protein folding" learn:"All" give:"All" from:"1 Mar 2027" to:"28 May 2027" deadline:"10 Dec 2026"`)
	p.press(visited, "Offer it")
	p.says(p.line(ana, `residency apply opening:"Folding" why:"I would like to."`), "Applied")
	p.pass(11 * 24 * time.Hour)
	p.says(p.line(visited, "residency rank"), "Why they would like to come")
}

// pairs has Ana join a round in which only one other person does.
func (p *played) pairs() {
	p.t.Helper()
	p.line(olga, `round open topic:"Winter" kind:chat until:"Fri 17:00"`)
	p.press(olga, "Open it")
	p.line(ana, "round join")
	p.line(friend, "round join")
	p.pass(7 * 24 * time.Hour)
	p.line(olga, "round preview")
	p.line(olga, "round publish")
	p.press(olga, "Yes, publish")
	p.pass(24 * time.Hour)
	p.line(friend, "match list")
}

// Whatever Ana chose for a field holds in every message that anybody else gets.
func TestEveryMessageObeysWhoMaySeeAField(t *testing.T) {
	t.Parallel()
	strangers := []string{"", finder.User}
	for _, c := range []struct {
		field, seen string
		sees, not   []string // who sees it, and who must not
	}{
		{"topics", "everybody", []string{finder.User, bo.User, olga.User, visited.User, friend.User}, nil},
		{"topics", "introduced", []string{friend.User}, append(strangers, bo.User, olga.User, visited.User)},
		{"topics", "nobody", nil, append(strangers, bo.User, olga.User, visited.User, friend.User)},
		{"lab", "everybody", []string{finder.User, bo.User, visited.User, friend.User}, nil},
		{"lab", "introduced", []string{friend.User}, append(strangers, bo.User)},
		{"name", "everybody", []string{finder.User, bo.User, visited.User, friend.User}, nil},
		{"name", "asked", []string{bo.User, friend.User}, strangers},
		{"name", "introduced", []string{friend.User}, append(strangers, bo.User)},
		{"contact", "everybody", []string{finder.User, friend.User}, []string{""}},
		{"contact", "introduced", []string{friend.User}, append(strangers, bo.User, olga.User, visited.User)},
	} {
		t.Run(c.field+" "+c.seen, func(t *testing.T) {
			t.Parallel()
			p := play(t, c.field, c.seen)
			for _, who := range c.sees {
				if !containsAny(p.told[who], seenCanaries[c.field]) {
					t.Errorf("%s never saw the %s, which %s may see:\n%s", who, c.field, c.seen, p.told[who])
				}
			}
			for _, who := range c.not {
				for _, canary := range seenCanaries[c.field] {
					if i := strings.Index(p.told[who], canary); i >= 0 {
						t.Errorf("%q saw the %s, which %s may see: ...%s", who, c.field, c.seen, around(p.told[who], i))
					}
				}
			}
		})
	}
}

func containsAny(text string, words []string) bool {
	for _, word := range words {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// around is a text about a place in it.
func around(text string, i int) string { return text[max(0, i-150):min(len(text), i+100)] }

// A choice that a field has not is refused, and nothing is saved.
func TestAFieldHasItsOwnChoices(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	for line, want := range map[string]string{
		"profile privacy name:nobody":             "name",
		"profile privacy contact:nobody":          "contact",
		"profile privacy lab:asked topics:nobody": "lab",
	} {
		if got := plain(w.line(ana, line)); strings.Contains(got, "Saved") || !strings.Contains(got, want) {
			t.Errorf("%s = %s; want a refusal that names %s", line, got, want)
		}
	}
	if p, _ := w.person(ana); p.Sight != (bot.Sight{}) || p.Shown != bot.ShownName {
		t.Errorf("after refusals Ana shows %+v, %q; want what it was", p.Sight, p.Shown)
	}
}
