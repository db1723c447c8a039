package bot_test

import (
	"strings"
	"testing"

	"interlab/bot"
	"interlab/bot/chat"
)

// disguises make a text look as before, or nearly so, and be other characters.
var disguises = map[string]func(string) string{
	"Cyrillic letters": func(s string) string {
		return strings.NewReplacer("o", "\u043e", "a", "\u0430", "e", "\u0435").Replace(s)
	},
	"zero-width spaces":   func(s string) string { return strings.Join(strings.Split(s, ""), "\u200b") },
	"an override":         func(s string) string { return "\u202e" + s + "\u202c" },
	"wide letters":        func(s string) string { return strings.NewReplacer("o", "\uff4f", "e", "\uff45").Replace(s) },
	"soft hyphens":        func(s string) string { return strings.ReplaceAll(s, "o", "o\u00ad") },
	"other spaces":        func(s string) string { return strings.ReplaceAll(s, " ", "\u00a0\u2003") },
	"upper case, spaces":  func(s string) string { return "  " + strings.ToUpper(s) + " " },
	"a byte order mark":   func(s string) string { return "\ufeff" + s },
	"directional isolate": func(s string) string { return "\u2066" + s + "\u2069" },
}

// Wherever a name or a topic is compared, what looks the same is the same.
func TestWhatLooksTheSameIsTheSameWhereverItIsCompared(t *testing.T) {
	t.Parallel()
	for name, disguise := range disguises {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.anaAndBo()
			w.line(olga, `admin role person:"Bo Larsen" role:lead lab:"Noether Lab"`)
			w.line(bo, `colloquium propose title:"Open floors" speaker:"Bo Larsen" when:"15 Dec 15:00"`)
			w.press(bo, "Announce")
			w.line(olga, `round open topic:"Frozen seas" kind:chat until:"Fri 17:00"`)
			w.press(olga, "Open it")
			w.line(bo, `colloquium propose title:"Reading group" speaker:"Bo Larsen" when:"16 Dec 15:00"`)
			w.press(bo, "Make it a series")
			w.does(bo, chat.Submission{Ref: w.button(bo, "Make it a series"), Values: map[string]string{"rule": "1", "until": "3"}})
			w.press(bo, "Announce the series")
			w.line(bo, `residency offer title:"Sea ice models" topics:"sea ice" learn:"All" give:"All" from:"1 Mar 2027" to:"28 May 2027" deadline:"10 Jan 2027"`)
			w.press(bo, "Offer it")
			w.line(ana, `colloquium follow topic:"one of oceans"`)
			for _, c := range []struct {
				who        chat.Account
				path, args []string
				want       string
			}{
				{ana, []string{"match", "find"}, []string{"topic", "protein folding"}, "Bo Larsen"},
				{ana, []string{"colloquium", "show"}, []string{"talk", "Open floors"}, "Bo Larsen"},
				{ana, []string{"profile", "set"}, []string{"lab", "Curie Lab"}, "(Curie Lab)"},
				{ana, []string{"colloquium", "follow"}, []string{"series", "Reading group"}, "Series: Reading group"},
				{ana, []string{"colloquium", "follow"}, []string{"topic", "one of oceans"}, "You follow 2 things"},
				{ana, []string{"residency", "apply"}, []string{"opening", "Sea ice models", "why", "To learn"}, "Sea ice models"},
				{ana, []string{"residency", "browse"}, []string{"topic", "sea ice"}, "Sea ice models"},
				{ana, []string{"round", "join"}, []string{"round", "Frozen seas"}, "Frozen seas"},
				{ana, []string{"colloquium", "follow"}, []string{"lab", "Noether Lab"}, "Lab: Noether Lab"},
				{olga, []string{"admin", "role"}, []string{"person", "Bo Larsen", "role", "member"}, "Bo Larsen is now"},
				{ana, []string{"match", "block"}, []string{"person", "Bo Larsen"}, "Blocked"},
				{ana, []string{"match", "unblock"}, []string{"person", "Bo Larsen"}, "Block taken back"},
			} {
				args := map[string]string{}
				for i := 0; i < len(c.args); i += 2 {
					args[c.args[i]] = c.args[i+1]
				}
				args[c.args[0]] = disguise(c.args[1])
				if got := plain(w.does(c.who, chat.Call{Path: c.path, Args: args})); !strings.Contains(got, c.want) {
					t.Errorf("%v with %s %q = %s; want %q as without the disguise", c.path, c.args[0], args[c.args[0]], got, c.want)
				}
			}
			w.does(ana, chat.Call{Path: []string{"profile", "set"}, Args: map[string]string{"shares": "sea ice, " + disguise("sea ice")}})
			if p, _ := w.person(ana); len(p.Shares) != 1 {
				t.Errorf("topics %q, want one that was named twice", p.Shares)
			}
			if labs := stored[bot.Lab](w, "all/lab"); len(labs) != 2 {
				t.Errorf("there are %d labs, want 2: %v", len(labs), labs)
			}
		})
	}
}

// hidden are characters that turn a line around or cannot be seen.
const hidden = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\u00ad\ufeff"

// Whatever a name or a topic hides is not in any message that shows it.
func TestNoMessageCarriesWhatCannotBeSeen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	eve := chat.Account{Platform: "slack", Team: "curie", User: "eve"}
	e := w.event(eve, chat.Line{Text: "hello"})
	e.Name = "Eve\u202eevE\u200b" + strings.Repeat("\u0301", 1000)
	w.handles(e)
	from := len(w.messenger.all())
	w.does(eve, chat.Call{Path: []string{"profile", "set"}, Args: map[string]string{
		"lab": "Curie Lab", "shares": "ice\u202e, \u2067snow\u200b, " + strings.Repeat("\u200b", 200), "about": "\u202d text", "zone": "Paris", "contact": "eve\u200b@\u202elab", "show": "name",
	}})
	w.line(eve, "me")
	w.line(bo, "match find snow")
	w.press(bo, "Ask")
	w.press(eve, "Yes, introduce us")
	w.line(bo, "match list")
	seen := false
	for _, s := range w.messenger.all()[from:] {
		said := plain(s.said)
		seen = seen || strings.Contains(said, "snow")
		if i := strings.IndexAny(said, hidden); i >= 0 || strings.Count(said, "\u0301") > 20 {
			t.Errorf("a message to %s carries hidden characters: %.300q", s.to, said)
		}
	}
	if !seen {
		t.Error("nobody was shown the topic")
	}
}
