package bot_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"interlab/adapters/redis"
	"interlab/bot"
	"interlab/bot/chat"
	"interlab/calendar"
	"interlab/matching"
)

// semester is a network whose people do, day by day, whatever they can: they type
// commands, press buttons that they see, old ones too, and fill in forms well and
// badly. Nobody knows what will happen; the rules below must hold whatever does.
type semester struct {
	t       testing.TB
	app     *bot.App
	store   *redis.Running
	clock   *clock
	journal *journal
	chance  *rand.Rand
	people  []chat.Account
	active  int // how many of them, the first ones, ever do something
	seen    map[chat.Account][]card
	sends   map[string]int // by delivery
	events  int
	tally   map[string]int
	routes  map[string]int // pressed or submitted
}

// card is something that somebody still sees.
type card struct {
	at   chat.Posted
	rows []chat.Row
}

// inSight is how many cards people look back over.
const inSight = 8

func newSemester(t testing.TB, people, active int, seed uint64) *semester {
	t.Helper()
	store, err := redis.InProcess(t.Context(), "semester")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	s := &semester{
		t: t, store: store, clock: &clock{now: monday}, journal: &journal{}, chance: rand.New(rand.NewPCG(seed, seed)), active: active,
		seen: map[chat.Account][]card{}, sends: map[string]int{}, tally: map[string]int{}, routes: map[string]int{},
	}
	s.app, err = bot.New(bot.Options{
		Store: store, Clock: s.clock, Chance: rand.NewChaCha8([32]byte{byte(seed)}), Zones: calendar.Pinned(), Workers: 1,
		Aliases: matching.DefaultAliases(), Log: zerolog.New(s.journal).Level(zerolog.WarnLevel), Organisers: []chat.Account{olga},
		Messenger: func(chat.Platform) (chat.Messenger, bool) { return s, true },
	})
	if err != nil {
		t.Fatal(err)
	}
	s.populate(people)
	return s
}

var (
	semesterZones  = []string{"Europe/Paris", "America/New_York", "Asia/Kathmandu", "Australia/Sydney", "Europe/London", "Asia/Tokyo"}
	semesterTopics = []string{
		"sparse codes", "protein folding", "cryo-electron microscopy", "graph neural networks", "ocean acidification", "octopus camouflage",
		"language model evaluation", "single-cell RNA", "perovskite solar cells", "quantum error correction", "causal inference", "birdsong",
	}
)

func pick[T any](s *semester, from []T) T { return from[s.chance.IntN(len(from))] }

// populate joins people of twelve labs, half of them on each platform, and has each
// lab choose its channel.
func (s *semester) populate(n int) {
	s.t.Helper()
	const labs = 12
	var all []bot.Newcomer
	for i := range n {
		lab := i % labs
		who := chat.Account{Platform: "slack", Team: fmt.Sprint("team", lab), User: fmt.Sprint("u", i)}
		if lab%2 == 1 {
			who = chat.Account{Platform: "discord", User: fmt.Sprint("u", i)}
		}
		s.people = append(s.people, who)
		all = append(all, bot.Newcomer{
			Name: fmt.Sprintf("Person %d", i), Account: who, Home: s.home(who), Lab: fmt.Sprintf("Lab %c", 'A'+lab),
			Values: map[string]string{
				"shares": pick(s, semesterTopics), "seeks": pick(s, semesterTopics), "zone": pick(s, semesterZones),
				"contact": who.User + "@lab.example", "show": "name",
			},
		})
	}
	if _, err := s.app.Populate(s.t.Context(), all); err != nil {
		s.t.Fatal(err)
	}
	s.does(olga, chat.Line{Text: "me"})
	for lab := range labs {
		s.does(olga, chat.Line{Text: fmt.Sprintf("admin role person:%q role:lead lab:%q", fmt.Sprint("Person ", lab), fmt.Sprintf("Lab %c", 'A'+lab))})
		e := s.event(s.people[lab], chat.Line{Text: "admin channel"})
		e.In.Channel = fmt.Sprint("channel", lab)
		s.handles(e)
	}
	s.people = append([]chat.Account{olga}, s.people...)
}

// home is where somebody lives; those of a lab on Discord share a server.
func (s *semester) home(who chat.Account) chat.Home {
	if who.Platform == "discord" {
		var n int
		_, _ = fmt.Sscanf(who.User, "u%d", &n)
		return chat.Home{Platform: who.Platform, ID: fmt.Sprint("guild", n%12)}
	}
	return chat.Home{Platform: who.Platform, ID: who.Team}
}

func (s *semester) event(who chat.Account, input chat.Input) chat.Event {
	s.events++
	return chat.Event{ID: fmt.Sprint("event-", s.events), At: s.clock.Now(), From: who, Name: capital(who.User), In: chat.Place{Home: s.home(who)}, Input: input}
}

func (s *semester) does(who chat.Account, input chat.Input) { s.handles(s.event(who, input)) }

// handles does what an adapter does with an event: it opens the form that is
// planned, and somebody fills it in.
func (s *semester) handles(e chat.Event) {
	s.t.Helper()
	s.tally["events"]++
	if s.app.Plan(e).Show == chat.ShowForm {
		form, err := s.app.Form(s.t.Context(), e)
		if err != nil {
			s.tally["forms refused"]++
			return
		}
		e = s.event(e.From, chat.Submission{Ref: form.Ref, Values: s.filled(form)})
		if problems := s.app.Check(e); len(problems) > 0 {
			s.tally["forms with problems"]++
			return
		}
	}
	switch input := e.Input.(type) {
	case chat.Press:
		s.routes[input.Ref.Route]++
	case chat.Submission:
		s.routes[input.Ref.Route]++
	}
	ticket, err := s.app.Accept(s.t.Context(), e)
	if err == nil {
		err = s.app.Handle(s.t.Context(), ticket)
	}
	if err != nil {
		s.t.Fatalf("event %+v: %v", e, err)
	}
	if s.app.Plan(e).Changes && s.chance.IntN(10) == 0 { // the platform sends it again
		if ticket, err := s.app.Accept(s.t.Context(), e); err != nil || s.app.Handle(s.t.Context(), ticket) != nil {
			s.t.Fatalf("event %+v came again: %v", e, err)
		}
	}
}

// filled is a form as somebody sends it: mostly as it came or as it should be.
func (s *semester) filled(f chat.Form) map[string]string {
	values := map[string]string{}
	for _, field := range f.Fields {
		value := field.Value
		switch {
		case len(field.Options) > 0 && (value == "" || s.chance.IntN(3) == 0):
			value = pick(s, field.Options).Value
		case value == "" && (field.Required || s.chance.IntN(2) == 0):
			value = s.text(field)
		case s.chance.IntN(20) == 0:
			value = pick(s, []string{"@everyone", "-1", "1e9", "31 Feb", strings.Repeat("x", 500), "\u202e\u200b", "*"})
		}
		values[field.Name] = value
	}
	return values
}

// text is what somebody types into a field.
func (s *semester) text(f chat.FormField) string {
	day := s.clock.Now().AddDate(0, 0, 3+s.chance.IntN(30)).Format("2 Jan 2006")
	known := map[string][]string{
		"when": {day + " 15:00", day + " 09:30"}, "times": {day + " 15:00\n" + day + " 16:00"}, "zone": semesterZones,
		"from": {day}, "to": {s.clock.Now().AddDate(0, 2, s.chance.IntN(30)).Format("2 Jan 2006")}, "deadline": {day}, "until": {day}, "due": {day},
		"minutes": {"45", "60"}, "capacity": {"2", "20", ""}, "contact": {"somebody@lab.example"}, "link": {"https://meet.example.org/x"},
		"where": {"Room 3", "https://meet.example.org/room"}, "hours": {"Mon-Fri 09:00-17:00"}, "count": {"12"},
	}
	if texts, ok := known[f.Name]; ok {
		return pick(s, texts)
	}
	return pick(s, semesterTopics)
}

// act has somebody do something.
func (s *semester) act() {
	who := s.people[s.chance.IntN(s.active)]
	if cards := s.seen[who]; len(cards) > 0 && s.chance.IntN(5) > 0 {
		c := cards[len(cards)-1] // most of all what came last
		if s.chance.IntN(3) == 0 {
			c = pick(s, cards)
		}
		if input := s.control(c); input != nil {
			s.tally["presses"]++
			s.does(who, input)
			return
		}
	}
	lines := []string{
		"match find topic:%q", "match find topic:%q", "match find topic:%q", "colloquium propose", "colloquium propose", "colloquium poll", "colloquium series",
		"colloquium list", "residency offer", "residency browse", "residency apply", "round status", "exchange show", "goal list", "report me", "report lab", "me",
		"profile set", "profile show", "match list", "admin status", "when",
	}
	line := pick(s, lines)
	if strings.Contains(line, "%q") {
		line = fmt.Sprintf(line, pick(s, semesterTopics))
	}
	s.does(who, chat.Line{Text: line})
}

// control is something to press on a card; nil where there is nothing.
func (s *semester) control(c card) chat.Input {
	if len(c.rows) == 0 {
		return nil
	}
	row := pick(s, c.rows)
	for _, b := range c.rows[0].Buttons {
		if b.Tone == chat.Main && s.chance.IntN(2) == 0 {
			return chat.Press{Ref: b.Ref, On: c.at}
		}
	}
	switch {
	case len(row.Buttons) > 0:
		return chat.Press{Ref: pick(s, row.Buttons).Ref, On: c.at}
	case row.Menu != nil && len(row.Menu.Options) > 0:
		return chat.Press{Ref: row.Menu.Ref, Values: []string{pick(s, row.Menu.Options).Value}, On: c.at}
	}
	return nil
}

// lets time pass, doing what falls due at its moment.
func (s *semester) until(end time.Time) {
	s.t.Helper()
	for {
		at, ok, err := s.app.Next(s.t.Context())
		if err != nil {
			s.t.Fatal(err)
		}
		if !ok || at.After(end) {
			break
		}
		if at.After(s.clock.Now()) {
			s.clock.set(at)
		}
		if err := s.app.Settle(s.t.Context()); err != nil {
			s.t.Fatal(err)
		}
	}
	s.clock.set(end)
}

// TestFaultASemesterInSeconds plays months of a network in the store of this
// process: INTERLAB_FAULT=long takes 10,000 people and 26 weeks.
func TestFaultASemesterInSeconds(t *testing.T) {
	t.Parallel()
	people, active, weeks, daily := 120, 60, 6, 25
	if os.Getenv("INTERLAB_FAULT") == "long" {
		people, active, weeks, daily = 10_000, 1_000, 26, 60
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	s := newSemester(t, people, active, seed)
	for day := range 7 * weeks {
		morning := monday.AddDate(0, 0, day)
		if day%14 == 0 {
			s.does(olga, chat.Line{Text: fmt.Sprintf("round open until:%q topic:%q kind:chat", morning.AddDate(0, 0, 3).Format("2 Jan 2006")+" 17:00", "Round "+fmt.Sprint(day))})
		}
		for i := range daily {
			s.until(morning.Add(time.Duration(i) * 9 * time.Hour / time.Duration(daily)))
			s.act()
		}
	}
	s.until(monday.AddDate(0, 0, 7*weeks))
	t.Logf("%v, %d routes, %d messages", s.tally, len(s.routes), len(s.sends))
	s.sound()
	t.Log(s.routes)
}

// sound fails where a rule is broken.
func (s *semester) sound() {
	s.t.Helper()
	r, err := s.app.Verify(s.t.Context(), s.store, false)
	if err != nil || !r.Sound() {
		s.t.Errorf("Verify() = %+v, %v", r, err)
	}
	s.t.Logf("%d documents", r.Documents)
	if n, err := s.app.Sweep(s.t.Context()); n != 0 || err != nil {
		s.t.Errorf("Sweep() = %d, %v; want nothing to mend", n, err)
	}
	if said := s.journal.String(); strings.Contains(said, "panic") || strings.Contains(said, "given up") || strings.Contains(said, `"level":"error"`) {
		s.t.Errorf("the log tells of faults:\n%.4000s", said)
	}
	if buried, err := s.store.Graveyard(s.t.Context(), 10); err != nil || len(buried) > 0 {
		s.t.Errorf("given up: %v, %v", buried, err)
	}
	for id, n := range s.sends {
		if n > 1 {
			s.t.Errorf("%s was sent %d times", id, n)
		}
	}
}

var _ chat.Messenger = (*semester)(nil)

func (s *semester) see(id string, to chat.Account, m chat.Message) (chat.Posted, error) {
	s.t.Helper()
	if err := m.Validate(); err != nil {
		s.t.Errorf("%s is no message that a platform takes: %v", id, err)
	}
	s.sends[id]++
	at := chat.Posted{Place: chat.Place{Home: s.home(to)}, Message: id}
	if len(m.Rows) > 0 {
		s.seen[to] = append(s.seen[to], card{at, m.Rows})
		s.seen[to] = s.seen[to][max(0, len(s.seen[to])-inSight):]
	}
	return at, nil
}

// Answer is seen by whoever asked.
func (s *semester) Answer(_ context.Context, id string, e chat.Event, _ chat.Show, m chat.Message) (chat.Posted, error) {
	return s.see(id, e.From, m)
}

// Direct is seen by one person.
func (s *semester) Direct(_ context.Context, id string, to chat.Account, m chat.Message) (chat.Posted, error) {
	return s.see(id, to, m)
}

// Post is seen by somebody who passes by.
func (s *semester) Post(_ context.Context, id string, in chat.Place, m chat.Message) (chat.Posted, error) {
	at, err := s.see(id, s.people[s.chance.IntN(max(1, min(s.active, len(s.people))))], m)
	at.Place = in
	return at, err
}

// Thread is a post like any other.
func (s *semester) Thread(ctx context.Context, id string, under chat.Posted, m chat.Message) (chat.Posted, error) {
	return s.Post(ctx, id, under.Place, m)
}

// Edit changes what stands somewhere, as often as it likes.
func (s *semester) Edit(_ context.Context, _ string, at chat.Posted, m chat.Message) (chat.Posted, error) {
	if err := m.Validate(); err != nil {
		s.t.Errorf("%s becomes no message that a platform takes: %v", at.Message, err)
	}
	return at, nil
}

// Find finds what was sent.
func (s *semester) Find(_ context.Context, id string, _ chat.Recipient, _ time.Time) (chat.Posted, bool, error) {
	return chat.Posted{Message: id}, s.sends[id] > 0, nil
}

// Profile knows nothing.
func (*semester) Profile(context.Context, chat.Account) (chat.Profile, error) {
	return chat.Profile{}, nil
}
