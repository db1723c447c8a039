package bot_test

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"

	"interlab/bot"
	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// myFile is what "profile export" gives, as whoever gets it reads it.
type myFile struct {
	raw    string
	Person map[string]any              `json:"person"`
	Kept   map[string][]map[string]any `json:"kept"`
}

// exports has somebody export everything about them, and opens the file.
func (w *world) exports(who chat.Account) myFile {
	w.t.Helper()
	said := w.line(who, "profile export")
	if len(said.Attachments) != 1 || said.Attachments[0].Name != "interlab-my-data.json" {
		w.t.Fatalf("%s asked for everything about them and got %d files:\n%s", who, len(said.Attachments), plain(said))
	}
	f := myFile{raw: string(said.Attachments[0].Data)}
	if err := json.Unmarshal(said.Attachments[0].Data, &f); err != nil {
		w.t.Fatal(err)
	}
	return f
}

// songs are the canaries anywhere in a value, keys of maps too.
func songs(v any) map[string]bool {
	all := map[string]bool{}
	add := func(text string) {
		if strings.HasPrefix(text, birdsong) {
			all[text] = true
		}
	}
	switch v := v.(type) {
	case string:
		add(v)
	case []any:
		for _, one := range v {
			maps.Copy(all, songs(one))
		}
	case map[string]any:
		for key, one := range v {
			add(key)
			maps.Copy(all, songs(one))
		}
	}
	return all
}

// inFile are the canaries that a file has of each document.
func (f myFile) inFile() map[string]map[string]bool {
	all := map[string]map[string]bool{string(bot.KindPerson): songs(f.Person)}
	for kind, docs := range f.Kept {
		for _, doc := range docs {
			all[kind+":"+text(doc["id"])] = songs(doc)
		}
	}
	return all
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

// notMine are canaries in what Ana takes part in, or was found by, that are not
// hers to have, by document or by what they begin with, and why.
var notMine = map[string]string{
	"search:search2":             "what another one looked for, and whom they were shown",
	"CANARY Application.Lot.Key": "the lab's own list",
	"CANARY Link.Hash":           "all that is kept of a secret code, which is of no use to anybody else",
}

// shownTo says of what Ana wrote, or what was written about her, why it is in the
// export of Bo, who takes part in it with her; by what the canary begins with.
// Whatever is not here is nobody's but hers. One who adds a text to a document of
// two people says here that both may read it, or takes it out of what the other
// one exports.
var shownTo = map[string]string{
	"CANARY Match.Topic":                 "Bo was asked with it",
	"CANARY Match.Reasons":               "of Bo's own topics, as Ana was shown them",
	"CANARY Match.Back":                  "of a round: Bo was shown why",
	"CANARY Match.Contacts":              "given to Bo with the introduction",
	"CANARY Question.Text":               "Bo was asked it, and answered",
	"CANARY Question.Answer":             "given to Bo, who had asked",
	"CANARY Story.Text":                  "told once both had read it and agreed",
	"CANARY Exchange.Exchange.Terms":     "both sign them",
	"CANARY Exchange.Exchange.Was":       "terms that both have seen",
	"CANARY Exchange.Exchange.Baseline":  "terms that both signed",
	"CANARY Exchange.Exchange.Amended":   "terms that both signed",
	"CANARY Exchange.Exchange.Next":      "terms that both are to sign",
	"CANARY Exchange.Exchange.Goals":     "both see them on the card of the exchange",
	"CANARY Exchange.Exchange.Steps":     "told to the other one when it was done",
	"CANARY Exchange.Exchange.Objection": "told to the other one",
	"CANARY Exchange.Exchange.Handover":  "where the other one finds what was handed over",
	"CANARY Colloquium.":                 "the card of a talk at which Bo speaks",
	"CANARY FollowUp.Was":                "a goal of both",
	"CANARY Poll.Title":                  "the card of a poll that cannot do without Bo",
}

// entry is what of a table's keys a text begins with.
func entry(table map[string]string, text string) (string, bool) {
	for begin := range table {
		if strings.HasPrefix(text, begin) {
			return begin, true
		}
	}
	return "", false
}

// edits changes a document behind the bot's back.
func edits[T any](w *world, kind bot.Kind, id string, edit func(doc *T)) {
	w.t.Helper()
	r := w.read(bot.Want{Ref: bot.Ref{Kind: kind, ID: id}})
	doc := new(T)
	unwrap(w.t, r.Data, doc)
	edit(doc)
	typed, ok := any(doc).(bot.Document)
	if !ok {
		w.t.Fatalf("%T is no document", doc)
	}
	w.write(typed, r.Version)
}

// besides lets Bo take part in what is Ana's.
func (w *world) besides(c cage) {
	w.t.Helper()
	for _, id := range []string{"talk1", "talk2", "talk3"} {
		edits(w, bot.KindColloquium, id, func(talk *bot.Colloquium) {
			talk.Speakers = append(talk.Speakers, bot.Speaker{Name: "Bo Larsen", Person: c.other})
		})
	}
	edits(w, bot.KindPoll, "poll1", func(p *bot.Poll) { p.Required = append(p.Required, c.other) })
	edits(w, bot.KindFollowUp, "followup1", func(f *bot.FollowUp) { f.Via = c.other })
	w.change(ana, func(p *bot.Person) {
		all := full[bot.Person]()
		kept := *p
		all.ID, all.Accounts, all.Lab, all.Zone, all.Hours, all.Joined = kept.ID, kept.Accounts, kept.Lab, kept.Zone, kept.Hours, kept.Joined
		all.Roles, all.Asking, all.Asked, all.Away, all.Was, all.Into = nil, nil, nil, nil, nil, ""
		all.Blocks, all.Calendar, all.Forgotten = []string{c.other}, nil, nil
		*p = *all
	})
}

// What is Ana's she gets, text by text, whatever kind of document it is in; and of
// what is hers others get only what they have been shown.
func TestAnExportHasAllThatIsMineAndNothingThatIsSomebodyElses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.release()
	w.besides(c)
	w.join(finder, "Fin Dahl", "Finder Lab", "seismology")
	want, seen := w.sung(), 0
	got := w.exports(ana).inFile()
	for ref, all := range want {
		for song := range all {
			_, kept := entry(notMine, song)
			if _, doc := notMine[ref]; doc {
				kept = true
			}
			if seen++; got[ref][song] == kept {
				t.Errorf("Ana's export has %q of %s: %v, want %v", song, ref, got[ref][song], !kept)
			}
		}
	}
	if seen < 100 {
		t.Errorf("only %d texts were looked for", seen)
	}
	used := map[string]bool{}
	for ref, all := range w.exports(bo).inFile() {
		for song := range all {
			if _, ok := entry(shownTo, song); !ok && ref != "search:search2" {
				t.Errorf("Bo's export has %q of %s; say in shownTo why he may, or take it out", song, ref)
			}
			for begin := range shownTo {
				used[begin] = used[begin] || strings.HasPrefix(song, begin)
			}
		}
	}
	for begin := range shownTo {
		if !used[begin] {
			t.Errorf("shownTo has %q, which is in nobody's export", begin)
		}
	}
	if raw := w.exports(finder).raw; strings.Contains(raw, birdsong) || strings.Contains(raw, c.me) {
		t.Errorf("the export of somebody who never met Ana has her:\n%s", raw)
	}
}

// sung are the canaries of each document that is kept.
func (w *world) sung() map[string]map[string]bool {
	w.t.Helper()
	all := map[string]map[string]bool{}
	for _, kind := range bot.AllKinds() {
		records, _, err := w.store.Page(w.t.Context(), bot.Page{Index: "all/" + string(kind)})
		if err != nil {
			w.t.Fatal(err)
		}
		for _, r := range records {
			var doc map[string]any
			unwrap(w.t, r.Data, &doc)
			ref := r.Ref.String()
			if kind == bot.KindPerson {
				ref = string(kind)
			}
			if found := songs(doc); len(found) > 0 {
				all[ref] = found
			}
		}
	}
	return all
}

// In worlds in which anybody is anybody's partner, each gets their own, what their
// partner showed them, and nothing of a third one.
func TestWhoeverExportsGetsTheirOwnAndWhatWasShown(t *testing.T) {
	t.Parallel()
	people := []chat.Account{ana, bo, finder}
	for seed := range uint64(12) {
		chance := rand.New(rand.NewPCG(seed, 7))
		w := newWorld(t)
		w.anaAndBo()
		w.join(finder, "Fin Dahl", "Finder Lab", "seismology")
		cages := map[bot.Kind]cage{}
		for _, kind := range bot.AllKinds() {
			order := chance.Perm(len(people))
			me, _ := w.person(people[order[0]])
			other, _ := w.person(people[order[1]])
			cages[kind] = cage{me: me.ID, other: other.ID, lab: me.Lab, otherLab: other.Lab, now: w.clock.Now()}
			w.sings(kind, cages[kind])
		}
		released := w.sung()
		w.settle()
		want := w.sung()
		maps.DeleteFunc(want, func(ref string, _ map[string]bool) bool { return released[ref] == nil }) // what came of them
		for _, who := range people {
			reader, _ := w.person(who)
			got := w.exports(who).inFile()
			for ref, all := range want {
				c := cages[bot.Kind(strings.Split(ref, ":")[0])]
				for song := range all {
					if has := got[ref][song]; has != gets(reader.ID, c, ref, song) {
						t.Errorf("seed %d: the export of %s has %q of %s: %v, want %v", seed, who, song, ref, has, !has)
					}
				}
			}
		}
	}
}

// gets reports whether a text of a document is for a reader to export.
func gets(reader string, c cage, ref, song string) bool {
	_, mine := entry(notMine, song)
	_, shown := entry(shownTo, song)
	_, another := notMine[ref]
	switch {
	case another: // of the other one about the person
		return reader == c.other
	case reader == c.me:
		return !mine
	case reader == c.other:
		return shown && partners[strings.Split(ref, ":")[0]]
	}
	return false
}

// partners are the kinds whose canaries have two people in them.
var partners = map[string]bool{"match": true, "exchange": true, "story": true, "question": true}

// A private thing of somebody else leaves no trace in an export: it is the same,
// byte for byte, as before.
func TestAnExportIsTheSameWhateverOthersDoInPrivate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.release()
	w.besides(c)
	edits(w, bot.KindExchange, "exchange1", func(e *bot.Exchange) {
		e.Midterm = map[exchange.Seat]exchange.Midterm{exchange.Visitor: {Plan: exchange.PlanStands}}
	})
	w.write(&bot.Question{ID: "question3", By: c.other, Text: "Why?", Colloquium: "talk1", At: c.now, Answerer: c.me, Answer: "Because."}, 0)
	w.write(&bot.FollowUp{ID: "followup2", Via: c.me, FollowUp: exchange.FollowUp{Exchange: "exchange1", Person: c.other, Stage: exchange.AskClose, Day: someday}}, 0)
	w.write(&bot.Evidence{ID: "exchange7", Labs: []string{c.otherLab, "a third lab"}, Items: []bot.Piece{
		{N: 1, Evidence: exchange.Evidence{Title: "With Ana", Credit: map[string][]exchange.Role{c.me: nil}}},
	}}, 0)
	w.settle()
	before := w.exports(ana).raw
	for what, private := range map[string]func(){
		"a private no": func() {
			edits(w, bot.KindMatch, "match0", func(m *bot.Match) { m.Refused, m.Done = true, []string{"nudge1"} })
		},
		"what one said of a meeting": func() {
			edits(w, bot.KindMatch, "match2", func(m *bot.Match) { m.Met[c.other] = bot.Met{Answer: bot.MetNo, Why: "We had nothing to say."} })
		},
		"an answer half-way": func() {
			edits(w, bot.KindExchange, "exchange1", func(e *bot.Exchange) { e.Midterm[exchange.Host] = exchange.Midterm{Plan: exchange.PlanEnds} })
		},
		"another speaker's consent": func() {
			edits(w, bot.KindColloquium, "talk1", func(talk *bot.Colloquium) { talk.Speakers[1].Speaks, talk.Speakers[1].Record = bot.Agreed, bot.Refused })
		},
		"a lab's list": func() {
			edits(w, bot.KindApplication, "application1", func(a *bot.Application) { a.Band, a.Lot.Rank, a.Reason = "3", 4, "full" })
		},
		"who asked without a name": func() {
			edits(w, bot.KindQuestion, "question3", func(q *bot.Question) { q.By = "somebody" })
		},
		"another one's answer": func() {
			edits(w, bot.KindFollowUp, "followup2", func(f *bot.FollowUp) {
				f.Answer, f.Before = &exchange.Answer{By: c.other, Text: "It was a waste."}, &exchange.Answer{By: c.other}
			})
		},
		"what two other labs made": func() {
			edits(w, bot.KindEvidence, "exchange7", func(v *bot.Evidence) {
				v.Items = append(v.Items, bot.Piece{N: 2, Evidence: exchange.Evidence{Title: "Without Ana", Where: "https://secret.example"}})
				v.Kits = []bot.KeptPack{{N: 3, Pack: exchange.Pack{Slots: map[exchange.Artefact]exchange.Slot{"paper": {Why: "not yet"}}}}}
			})
		},
		"a block, a profile and a search": func() {
			w.change(bo, func(p *bot.Person) {
				p.Blocks, p.Name, p.Contact, p.About = []string{c.me}, "Bo Hansen", "bo@new.example", "Something new"
			})
			w.line(bo, "match find CANARY topic")
		},
		"a vote": func() {
			w.write(&bot.PollVote{ID: "vote2", Poll: "poll1", Person: c.other, At: c.now, Votes: map[int]calendar.Vote{0: calendar.VoteNo}}, 0)
		},
	} {
		private()
		if after := w.exports(ana).raw; after != before {
			t.Errorf("%s shows in Ana's export:\n%s", what, firstDifference(after, before))
			before = after
		}
	}
}

// Whoever is named as a speaker, perhaps by mistake, gets the link and the code of
// the talk once they have said that they speak.
func TestAnExportHasALinkOnlyForWhomTheCardHasIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.release()
	w.besides(c)
	const link, code = "https://meet.example/secret", "zz7zz7"
	edits(w, bot.KindColloquium, "talk1", func(talk *bot.Colloquium) { talk.Where, talk.Code, talk.Link = link, code, bot.LinkListed })
	for _, step := range []struct {
		says bot.Consent
		want bool
	}{{"", false}, {bot.Refused, false}, {bot.Agreed, true}} {
		edits(w, bot.KindColloquium, "talk1", func(talk *bot.Colloquium) { talk.Speakers[1].Speaks = step.says })
		raw := w.exports(bo).raw
		if strings.Contains(raw, link) != step.want || strings.Contains(raw, code) != step.want {
			t.Errorf("the link and the code are in the export of a speaker who said %q: %v, %v; want %v", step.says, strings.Contains(raw, link), strings.Contains(raw, code), step.want)
		}
	}
	if raw := w.exports(ana).raw; !strings.Contains(raw, link) || !strings.Contains(raw, code) {
		t.Error("who proposed the talk lacks its link or its code")
	}
}
