package bot_test

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"interlab/adapters/redis"
	"interlab/bot"
	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
	"interlab/matching"
)

// halfYear is a network whose people live by chance: some answer what they are
// asked, some late, some never, and some leave their lab.
type halfYear struct {
	*redis.Running
	t      testing.TB
	app    *bot.App
	chance *mathrand.Rand
	now    time.Time
	people []*bot.Person
	habit  map[string]string // by account
	later  []reaction
	nudges map[string][]time.Time // by person
	sent   map[string]int         // by delivery
	posted int                    // in channels
	last   chat.Message           // what somebody was answered last
	events int
}

// reaction is an event that somebody will cause.
type reaction struct {
	at time.Time
	do chat.Event
}

const worldLabs = 4

func (w *halfYear) Now() time.Time { return w.now }

// newHalfYear has n people, each visiting the next one's lab and hosting the one
// before, so that everybody is in two exchanges.
func newHalfYear(t testing.TB, n int, seed uint64, habits ...string) *halfYear {
	t.Helper()
	store, err := redis.InProcess(t.Context(), "world")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	w := &halfYear{
		Running: store, t: t, chance: mathrand.New(mathrand.NewPCG(seed, 1)), now: time.Date(2026, time.December, 1, 9, 0, 0, 0, time.UTC),
		habit: map[string]string{}, nudges: map[string][]time.Time{}, sent: map[string]int{},
	}
	for i := range worldLabs {
		w.keep(&bot.Lab{ID: fmt.Sprintf("lab%d", i), Name: fmt.Sprintf("Lab %d", i)})
	}
	zones := []string{"Europe/Paris", "America/New_York", "Pacific/Auckland", "Asia/Kolkata"}
	for i := range n {
		zone, err := calendar.ParseZone(zones[i%len(zones)])
		if err != nil {
			t.Fatal(err)
		}
		account := chat.Account{Platform: "slack", Team: "t", User: fmt.Sprintf("u%d", i)}
		p := &bot.Person{ID: fmt.Sprintf("p%d", i), Name: fmt.Sprintf("Person %d", i), Accounts: []chat.Account{account}, Lab: fmt.Sprintf("lab%d", i%worldLabs), Zone: zone, Joined: w.now, Shares: []string{"evals"}}
		if day, err := calendar.ParseDate("2027-01-18"); err == nil && i%5 == 0 {
			p.Away = []bot.Absence{{From: day, To: day.AddDays(12)}}
		}
		w.people = append(w.people, p)
		w.habit[account.String()] = habits[w.chance.IntN(len(habits))]
		w.keep(p)
	}
	w.app, err = bot.New(bot.Options{
		Store: store, Clock: w, Chance: rand.Reader, Zones: calendar.Pinned(), Aliases: matching.DefaultAliases(),
		Messenger:  func(chat.Platform) (chat.Messenger, bool) { return w, true },
		Organisers: []chat.Account{{Platform: "slack", Team: "office", User: "olga"}},
		Workers:    1, Log: zerolog.Nop(),
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// keep writes a document as the bot would.
func (w *halfYear) keep(d bot.Document) {
	w.t.Helper()
	data, err := json.Marshal(map[string]any{"s": 1, "d": d})
	if err != nil {
		w.t.Fatal(err)
	}
	if err := w.Commit(w.t.Context(), bot.Commit{Writes: []bot.Write{{Ref: d.Ref(), Data: data, Entries: d.Entries(), Due: d.Due()}}, Note: bot.Note{At: w.now, Verb: "test"}}); err != nil {
		w.t.Fatal(err)
	}
}

// exchanges lets everybody visit the next one, in a state that turns may reach.
func (w *halfYear) exchanges(turns func(i int, e *exchange.Exchange)) {
	w.t.Helper()
	today, err := calendar.ParseDate(w.now.Format(time.DateOnly))
	if err != nil {
		w.t.Fatal(err)
	}
	for i, p := range w.people {
		host := w.people[(i+1)%len(w.people)]
		terms := exchange.Terms{Kind: exchange.Residency, Visitor: exchange.Party{Person: p.ID, Lab: p.Lab}, Host: exchange.Party{Person: host.ID, Lab: host.Lab}}
		terms.From = today.AddDays(w.chance.IntN(15))
		terms.To = terms.From.AddDays(20 + w.chance.IntN(40))
		for n, way := range [][2]string{{p.Lab, host.Lab}, {host.Lab, p.Lab}, {p.Lab, host.Lab}} {
			terms.Goals = append(terms.Goals, exchange.Pledge{Giver: way[0], Receiver: way[1], Text: fmt.Sprintf("Goal %d", n), Due: terms.To.AddDays(-n * 3)})
		}
		deal, err := exchange.Propose(terms, terms.Visitor, today, w.now)
		if err != nil {
			w.t.Fatal(err)
		}
		turns(i, deal)
		utc := func(d calendar.Date) time.Time { return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC) }
		w.keep(&bot.Exchange{ID: fmt.Sprintf("e%d", i), At: w.now, Exchange: *deal, Begins: utc(terms.From), Ends: utc(terms.To.AddDays(1))})
	}
}

// live lets time pass until an end, or until nothing more comes by itself.
func (w *halfYear) live(until time.Time) {
	w.t.Helper()
	for {
		next, ok, err := w.app.Next(w.t.Context())
		if err != nil {
			w.t.Fatal(err)
		}
		if len(w.later) > 0 && (!ok || w.later[0].at.Before(next)) {
			next, ok = w.later[0].at, true
		}
		if !ok || next.After(until) {
			return
		}
		if next.After(w.now) {
			w.now = next
		}
		for len(w.later) > 0 && !w.later[0].at.After(w.now) {
			first := w.later[0]
			w.later = w.later[1:]
			w.cause(first.do)
		}
		if err := w.app.Settle(w.t.Context()); err != nil {
			w.t.Fatal(err)
		}
	}
}

// cause hands an event to the bot.
func (w *halfYear) cause(e chat.Event) {
	w.t.Helper()
	w.events++
	e.ID, e.At = fmt.Sprintf("ev%d", w.events), w.now
	ticket, err := w.app.Accept(w.t.Context(), e)
	if err == nil {
		err = w.app.Handle(w.t.Context(), ticket)
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *halfYear) plan(at time.Time, e chat.Event) {
	w.later = append(w.later, reaction{at, e})
	slices.SortStableFunc(w.later, func(a, b reaction) int { return a.at.Compare(b.at) })
}

// react lets somebody press something on a message, as their habit is.
func (w *halfYear) react(to chat.Account, m chat.Message, where chat.Posted) {
	habit := w.habit[to.String()]
	var refs []chat.Ref
	for _, row := range m.Rows {
		for _, b := range row.Buttons {
			if r := b.Ref.Route; r == "followup.say" || r == "followup.later" || r == "followup.undo" || r == "hush.end" || r == "goal.done" {
				refs = append(refs, b.Ref)
			}
		}
	}
	if len(refs) == 0 || habit == "silent" || habit == "" || w.chance.IntN(8) == 0 {
		return
	}
	at := w.now.Add(time.Duration(1+w.chance.IntN(300)) * time.Minute)
	if habit == "late" {
		at = w.now.Add(time.Duration(1+w.chance.IntN(25)) * 24 * time.Hour)
	}
	e := chat.Event{From: to, In: chat.Place{Home: chat.Home{Platform: "slack", ID: "t"}}, Input: chat.Press{Ref: refs[min(w.chance.IntN(len(refs)), w.chance.IntN(len(refs)))], On: where}}
	if habit == "leaving" && w.chance.IntN(6) == 0 {
		e.Input = chat.Line{Text: fmt.Sprintf("profile set lab:%q", fmt.Sprintf("Lab %d", w.chance.IntN(worldLabs)))}
	}
	w.plan(at, e)
}

// The methods below are a platform on which everybody can be reached.

func (w *halfYear) Answer(_ context.Context, id string, e chat.Event, _ chat.Show, m chat.Message) (chat.Posted, error) {
	where := chat.Posted{Place: e.In, Message: id}
	w.last = m
	if w.chance.IntN(3) == 0 { // a second question on the card, or second thoughts
		w.react(e.From, m, where)
	}
	return where, nil
}

func (w *halfYear) Post(context.Context, string, chat.Place, chat.Message) (chat.Posted, error) {
	w.posted++
	return chat.Posted{}, nil
}

func (w *halfYear) Thread(context.Context, string, chat.Posted, chat.Message) (chat.Posted, error) {
	w.posted++
	return chat.Posted{}, nil
}

func (w *halfYear) Direct(ctx context.Context, id string, to chat.Account, m chat.Message) (chat.Posted, error) {
	if err := m.Validate(); err != nil {
		w.t.Errorf("%q breaks a limit: %v", m.Title, err)
	}
	lists, err := w.Read(ctx, bot.Want{Ref: bot.Ref{Kind: bot.KindDelivery, ID: id}})
	if err != nil || len(lists[0]) != 1 {
		return chat.Posted{}, fmt.Errorf("delivery %s: %d, %w", id, len(lists[0]), err)
	}
	var kept struct {
		D bot.Delivery `json:"d"`
	}
	if err := json.Unmarshal(lists[0][0].Data, &kept); err != nil {
		return chat.Posted{}, err
	}
	w.sent[id]++
	if kept.D.Class == bot.Nudge {
		w.nudges[kept.D.To] = append(w.nudges[kept.D.To], w.now)
	}
	where := chat.Posted{Place: chat.Place{Home: chat.Home{Platform: "slack", ID: "t"}, Channel: to.User}, Message: id}
	w.react(to, m, where)
	return where, nil
}

func (w *halfYear) Edit(_ context.Context, _ string, at chat.Posted, _ chat.Message) (chat.Posted, error) {
	return at, nil
}

func (w *halfYear) Find(context.Context, string, chat.Recipient, time.Time) (chat.Posted, bool, error) {
	return chat.Posted{}, false, nil
}

func (w *halfYear) Profile(context.Context, chat.Account) (chat.Profile, error) {
	return chat.Profile{}, nil
}

// docs are all documents of a kind.
func docs[T any](w *halfYear, kind bot.Kind) []T {
	w.t.Helper()
	var all []T
	for page := (bot.Page{Index: "all/" + string(kind)}); ; {
		records, next, err := w.Page(w.t.Context(), page)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, r := range records {
			var kept struct {
				D T `json:"d"`
			}
			if err := json.Unmarshal(r.Data, &kept); err != nil {
				w.t.Fatal(err)
			}
			all = append(all, kept.D)
		}
		if next == "" {
			return all
		}
		page.After = next
	}
}

// check holds the invariants: nobody is asked more than once a day, three times a
// week, outside of their hours or while away; every question is put at most as
// often as its reminders and postponements allow; nothing is said in a channel.
func (w *halfYear) check() {
	w.t.Helper()
	zones := calendar.Pinned()
	for _, p := range w.people {
		days, weeks := map[calendar.Date]int{}, map[calendar.Date]int{}
		for _, at := range w.nudges[p.ID] {
			wall := zones.WallAt(at, p.Zone)
			monday := wall.Date.AddDays(-(int(wall.Date.Weekday()) + 6) % 7)
			days[wall.Date]++
			weeks[monday]++
			if days[wall.Date] > exchange.PerDay || weeks[monday] > exchange.PerWeek {
				w.t.Errorf("%s is asked %d times on %s, %d times in that week", p.ID, days[wall.Date], wall.Date, weeks[monday])
			}
			if !calendar.DefaultHours().Contains(wall) || slices.ContainsFunc(p.Away, func(a bot.Absence) bool { return a.Covers(wall.Date) }) {
				w.t.Errorf("%s is asked at %v, outside of their hours or while away", p.ID, wall)
			}
		}
	}
	if w.posted > 0 {
		w.t.Errorf("%d things were said in channels", w.posted)
	}
	for id, n := range w.sent {
		if n > 1 {
			w.t.Errorf("delivery %s was sent %d times", id, n)
		}
	}
	for _, f := range docs[bot.FollowUp](w, bot.KindFollowUp) {
		if f.Reminders > exchange.MaxReminders || f.Snoozes > exchange.MaxSnoozes {
			w.t.Errorf("question %s was repeated %d times and put off %d times", f.ID, f.Reminders, f.Snoozes)
		}
		if a := f.Answer; a != nil && a.By != f.Person && (a.By != f.Via || !a.SecondHand) {
			w.t.Errorf("question %s to %s was answered by %s", f.ID, f.Person, a.By)
		}
	}
}

// worldSize is how many exchanges the world below has: 8, or as many as
// INTERLAB_EXCHANGES says; 500 take some minutes.
func worldSize() int {
	n, _ := strconv.Atoi(os.Getenv("INTERLAB_EXCHANGES"))
	return cmp.Or(n, 8)
}

// Half a year in which people answer, fall silent, answer late and change labs:
// every invariant holds, and the report is what can be counted from the documents.
func TestHalfAYearOfExchangesKeepsItsRulesAndItsFigures(t *testing.T) {
	t.Parallel()
	w := newHalfYear(t, worldSize(), 7, "answering", "answering", "silent", "late", "leaving")
	w.exchanges(func(_ int, e *exchange.Exchange) {
		if err := e.Agree(e.Terms.Host, 1, e.Terms.From, w.now); err != nil {
			t.Fatal(err)
		}
	})
	w.live(w.now.AddDate(0, 0, 26*7))
	w.check()
	said := w.report()
	if want := "Still in use: " + w.keptByHand(false); !strings.Contains(said, want) {
		t.Errorf("the report says:\n%s\nand the documents: %s", said, want)
	}
	if want := "Questions answered: " + w.answeredByHand(); !strings.Contains(said, want) {
		t.Errorf("the report says:\n%s\nand the documents: %s", said, want)
	}
	states := map[exchange.State]int{}
	for _, e := range docs[bot.Exchange](w, bot.KindExchange) {
		states[e.State]++
	}
	t.Logf("%d exchanges: %v; %d events; %s", worldSize(), states, w.events, w.answeredByHand())
}
