package bot_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"interlab/bot"
	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// birdsong begins every text of the person who is forgotten.
const birdsong = "CANARY"

// sing fills every plain text of a value with a canary that names its field, so
// that a field that is added later is looked for without anybody thinking of it.
// Ids, states and times are set by hand afterwards.
func sing(v reflect.Value, path string, depth int) {
	if depth > 12 {
		return
	}
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			v.SetString(birdsong + " " + path)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		sing(v.Elem(), path, depth+1)
	case reflect.Slice:
		if v.Type().Elem().Kind() != reflect.Uint8 {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			sing(v.Index(0), path, depth+1)
		}
	case reflect.Map:
		if v.Type().Key().Kind() == reflect.String {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			sing(key, path+" key", depth+1)
			sing(value, path, depth+1)
			v.Set(reflect.MakeMap(v.Type()))
			v.SetMapIndex(key, value)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[calendar.Date]() {
			v.Set(reflect.ValueOf(someday))
		}
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() && v.Type() != reflect.TypeFor[time.Time]() {
				sing(v.Field(i), path+"."+field.Name, depth+1)
			}
		}
	default:
	}
}

// full is a document of a type with a canary in every text.
func full[T any]() *T {
	doc := new(T)
	sing(reflect.ValueOf(doc).Elem(), reflect.TypeFor[T]().Name(), 0)
	return doc
}

// cage is who is who among the canaries.
type cage struct {
	me, other, lab, otherLab string
	now                      time.Time
}

var someday = calendar.Pinned().Today(time.Date(2026, 12, 20, 12, 0, 0, 0, time.UTC), calendar.UTC())

// canaries makes, for each kind, documents with a canary in every text that a
// person has any part in. One who adds a kind adds it here. Kinds without
// anything of a person's own say why.
var canaries = map[bot.Kind]func(c cage) []bot.Document{
	bot.KindPerson: nil, // Ana herself: her profile is filled in through the chat and below

	bot.KindLab:      nothing("a lab's name is the lab's"),
	bot.KindHome:     nothing("a workspace's name and channels are its own; who added the bot is a random id"),
	bot.KindRules:    nothing("the network's"),
	bot.KindUnlisted: nothing("a fingerprint"),
	bot.KindSheet:    nothing("people by their turn"),
	bot.KindPlanPage: nothing("people by their turn"),
	bot.KindOpening:  nothing("what a lab offers is the lab's, without who wrote it"),
	bot.KindRound:    nothing("what a round is about is the network's"),

	bot.KindAttendance: nothing("a random id and times: who is counted is a tombstone"),
	bot.KindEvidence:   nothing("what two labs made, in their name; who is credited is taken out by Evidence.Forget, which has tests of its own"),

	bot.KindBulletin: nothing("the network's"),
	bot.KindDigest:   nothing("when the next one is"),
	bot.KindWeekly:   nothing("when the next one is"),

	bot.KindAppointment: nothing("random ids and a role: who is taken out of it has a test of its own"),

	bot.KindFollowing: func(c cage) []bot.Document {
		f := full[bot.Following]()
		f.ID, f.Person, f.Talks = "following1", c.me, nil
		return []bot.Document{f}
	},
	bot.KindStory: func(c cage) []bot.Document {
		s := full[bot.Story]()
		s.ID, s.People, s.Said = "exchange2", [2]string{c.me, c.other}, map[string]time.Time{c.me: c.now}
		return []bot.Document{s}
	},
	bot.KindFollowUp: func(c cage) []bot.Document {
		f := full[bot.FollowUp]()
		f.ID, f.Exchange, f.Person, f.Via, f.Act, f.Card, f.First = "followup1", "exchange2", c.me, "", "", "", c.now
		f.Answer.By, f.Before.By = c.me, c.me
		f.Answer.Choice, f.Before.Choice = "yes", "yes" // one of the buttons
		return []bot.Document{f}
	},

	bot.KindMatch: func(c cage) []bot.Document {
		var all []bot.Document
		for i, state := range []bot.State{bot.Asked, bot.NotNow, bot.Introduced, bot.Closed} {
			m := full[bot.Match]()
			m.ID, m.State, m.Purpose, m.AskedAt, m.Began = fmt.Sprint("match", i), state, bot.Seminar, c.now, c.now
			m.Asker, m.Asked, m.Round, m.LeftLab, m.Done, m.Met = c.me, c.other, "", "", nil, map[string]bot.Met{c.me: {Why: birdsong + " Match.Met.Why"}}
			m.Contacts = map[string]string{c.me: birdsong + " Match.Contacts"}
			m.Offer.Picks, m.Meeting = nil, nil
			all = append(all, m)
		}
		return all
	},
	bot.KindSearch: func(c cage) []bot.Document {
		mine, theirs := full[bot.Search](), full[bot.Search]()
		mine.ID, mine.By, mine.At = "search1", c.me, c.now
		theirs.ID, theirs.By, theirs.At, theirs.Topic = "search2", c.other, c.now, "words of another one"
		theirs.Found[0].Person = c.me
		return []bot.Document{mine, theirs}
	},
	bot.KindDraft: func(c cage) []bot.Document {
		d := full[bot.Draft]()
		d.ID, d.By, d.At, d.Then = "draft1", c.me, c.now, chat.Ref{Route: "match.ask", ID: "search1.0"}
		return []bot.Document{d}
	},
	bot.KindDelivery: func(c cage) []bot.Document {
		d := full[bot.Delivery]()
		d.ID, d.To, d.Progress, d.Settled, d.Subject = "delivery1", c.me, bot.Sent, c.now, bot.Ref{Kind: bot.KindMatch, ID: "match1"}
		return []bot.Document{d}
	},
	bot.KindLink: func(c cage) []bot.Document {
		l := full[bot.Link]()
		l.ID, l.By, l.Until, l.For = "link1", c.me, c.now.Add(time.Hour), ""
		return []bot.Document{l}
	},
	bot.KindQuestion: func(c cage) []bot.Document {
		q := full[bot.Question]()
		q.ID, q.By, q.Colloquium, q.At, q.Answerer = "question1", c.me, "talk1", c.now, c.other
		answered := full[bot.Question]()
		answered.ID, answered.By, answered.Text, answered.Colloquium, answered.At, answered.Answerer = "question2", c.other, "words of another one", "talk1", c.now, c.me
		return []bot.Document{q, answered}
	},
	bot.KindColloquium: func(c cage) []bot.Document {
		var all []bot.Document
		for i, state := range []bot.TalkState{bot.Announced, bot.Over, bot.Proposed} {
			talk := full[bot.Colloquium]()
			talk.ID, talk.State, talk.Lab, talk.Proposer, talk.Start, talk.Length = fmt.Sprint("talk", i+1), state, c.lab, c.me, c.now.AddDate(0, 0, 10), time.Hour
			talk.Together = "" // a random id
			talk.Code = ""     // made by chance, and told to everybody in the room
			talk.Speakers[0].Person, talk.Part, talk.Rules, talk.Reason, talk.Done = c.me, nil, "", "", nil
			talk.Posts, talk.Mirrors, talk.Fans, talk.Wall = nil, nil, nil, calendar.Pinned().WallAt(talk.Start, calendar.UTC())
			all = append(all, talk)
		}
		return all
	},
	bot.KindRsvp: func(c cage) []bot.Document {
		r := full[bot.Rsvp]()
		r.ID, r.Colloquium, r.Person, r.State, r.At = "rsvp1", "talk2", c.me, bot.Unsure, c.now
		return []bot.Document{r}
	},
	bot.KindPoll: func(c cage) []bot.Document {
		p := full[bot.Poll]()
		p.ID, p.By, p.Lab, p.State, p.At, p.Closes = "poll1", c.me, c.lab, bot.PollOpen, c.now, c.now.AddDate(0, 0, 3)
		p.Talk, p.Required, p.Posts, p.Fans, p.Times = "", []string{c.me}, nil, nil, nil
		return []bot.Document{p}
	},
	bot.KindVote: func(c cage) []bot.Document {
		v := full[bot.PollVote]()
		v.ID, v.Poll, v.Person, v.At = "vote1", "poll1", c.me, c.now
		return []bot.Document{v}
	},
	bot.KindApplication: func(c cage) []bot.Document {
		a := full[bot.Application]()
		a.ID, a.Person, a.Opening, a.State, a.At = "application1", c.me, "opening1", bot.AppChosen, c.now
		a.Lot.Run = ""
		return []bot.Document{a}
	},
	bot.KindPlacement: func(c cage) []bot.Document {
		return []bot.Document{&bot.Placement{ID: "placement1", By: c.me, At: c.now, Step: bot.PlacementDone}} // ids and numbers only
	},
	bot.KindEntrant: func(c cage) []bot.Document {
		return []bot.Document{&bot.Entrant{ID: "entrant1", Round: "round1", Person: c.me, Turn: 1, At: c.now}} // ids and numbers only
	},
	bot.KindExchange: func(c cage) []bot.Document {
		var all []bot.Document
		for i, state := range []exchange.State{exchange.Active, exchange.Closed, exchange.Scheduled} {
			e := full[bot.Exchange]()
			e.ID, e.Match, e.At, e.Continues, e.Done, e.Offered, e.State = fmt.Sprint("exchange", i+1), "match2", c.now, "", nil, nil, state
			visitor, host := exchange.Party{Person: c.me, Lab: c.lab}, exchange.Party{Person: c.other, Lab: c.otherLab}
			for _, t := range []*exchange.Terms{&e.Terms, e.Was, e.Baseline, &e.Next.Terms, &e.Amended[0]} {
				t.Visitor, t.Host, t.HomeLead, t.HostLead = visitor, host, exchange.Party{}, exchange.Party{}
				t.From, t.To = someday, someday.AddDays(10)
				t.Goals[0].N, t.Goals[0].Giver, t.Goals[0].Receiver, t.Goals[0].Due = 1, c.lab, c.otherLab, someday
			}
			e.Left, e.Vacant, e.Signed, e.Next.Signed, e.Midterm = nil, nil, nil, nil, nil
			e.Pauses[0].By, e.Pauses[0].From, e.Pauses[0].Until, e.Pauses[0].Back = c.me, someday, someday.AddDays(1), someday.AddDays(1)
			e.Goals[0].N, e.Goals[0].Giver, e.Goals[0].Receiver, e.Goals[0].Due, e.Goals[0].State = 1, c.lab, c.otherLab, someday, exchange.GoalVerified
			for _, by := range []*string{&e.Steps[0].By, &e.Goals[0].Claimed.By, &e.Goals[0].Verified.By, &e.Goals[0].Settling.By, &e.Goals[0].Doubted.By, &e.Objection.By, &e.Began.By, &e.Handover.Given.By, &e.Handover.Taken.By, &e.Next.By} {
				*by = c.me
			}
			e.Steps[0].Move, e.Next.Put = "submit", c.now
			e.Begins, e.Ends = c.now.AddDate(0, 0, 20), c.now.AddDate(0, 0, 30)
			all = append(all, e)
		}
		return all
	},
}

// nothing says of a kind why it has nothing of a person's own.
func nothing(_ string) func(cage) []bot.Document {
	return func(cage) []bot.Document { return nil }
}

// TestEveryKindHasItsCanaries fails where somebody adds a kind of document and
// does not say what of it is a person's.
func TestEveryKindHasItsCanaries(t *testing.T) {
	t.Parallel()
	for _, kind := range bot.AllKinds() {
		if _, ok := canaries[kind]; !ok {
			t.Errorf("canaries lack %s: make one with a canary in every text, and let it go in leavings()", kind)
		}
	}
}

// release puts a canary into every kind of document, and everything about Ana
// that the chat takes.
func (w *world) release() cage {
	w.t.Helper()
	w.anaAndBo()
	w.line(ana, `profile set about:"CANARY about" contact:"CANARY contact" shares:"CANARY topic"`)
	me, _ := w.person(ana)
	other, _ := w.person(bo)
	c := cage{me: me.ID, other: other.ID, lab: me.Lab, otherLab: other.Lab, now: w.clock.Now()}
	w.change(ana, func(p *bot.Person) { p.Name = "CANARY Ana" })
	w.change(bo, func(p *bot.Person) { p.Blocks = []string{me.ID} })
	w.change(bo, func(p *bot.Person) { p.Blocks = nil })
	for _, kind := range bot.AllKinds() {
		w.sings(kind, c)
	}
	return c
}

// sings keeps the canaries of a kind.
func (w *world) sings(kind bot.Kind, c cage) {
	w.t.Helper()
	if canaries[kind] == nil {
		return
	}
	for _, doc := range canaries[kind](c) {
		w.write(doc, 0)
	}
}

// forgets lets Ana be forgotten up to her second tap.
func (w *world) forgets(who chat.Account) {
	w.t.Helper()
	w.line(who, "profile forget")
	w.says(w.press(who, "Yes, forget me"), "You are forgotten")
}
