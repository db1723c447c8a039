package bot_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"interlab/bot"
	"interlab/bot/chat"
	"interlab/calendar"
)

// listed reads all documents that an index lists.
func listed[T any](w *world, index string) []T {
	w.t.Helper()
	var docs []T
	for page := (bot.Page{Index: index}); ; {
		records, next, err := w.store.Page(w.t.Context(), page)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, r := range records {
			var e struct {
				Doc json.RawMessage `json:"d"`
			}
			var doc T
			if err := json.Unmarshal(r.Data, &e); err != nil {
				w.t.Fatal(err)
			}
			if err := json.Unmarshal(e.Doc, &doc); err != nil {
				w.t.Fatal(err)
			}
			docs = append(docs, doc)
		}
		if page.After = next; next == "" {
			return docs
		}
	}
}

// guestAccount is the account of somebody who joins rounds.
func guestAccount(n int) chat.Account {
	if n%2 == 0 {
		return chat.Account{Platform: "discord", User: fmt.Sprintf("guest%d", n)}
	}
	return chat.Account{Platform: "slack", Team: "guests", User: fmt.Sprintf("guest%d", n)}
}

var (
	guestTopics = []string{"sparse codes", "graph theory", "protein folding", "reward models", "superposition", "coral reefs", "plasma physics"} //nolint:gochecknoglobals // a table
	guestZones  = []string{"Europe/Paris", "Europe/London", "Asia/Tokyo", "America/New_York"}                                                    //nolint:gochecknoglobals // a table
)

// guests puts people into labs, by chance.
func (w *world) guests(n, labs int, chance *rand.Rand) {
	w.t.Helper()
	var newcomers []bot.Newcomer
	pick := func(list []string) string { return list[chance.IntN(len(list))] }
	for i := range n {
		newcomers = append(newcomers, bot.Newcomer{
			Name: fmt.Sprintf("Guest%d Number", i), Account: guestAccount(i), Home: home(guestAccount(i)), Lab: fmt.Sprintf("Lab %d", chance.IntN(labs)),
			Values: map[string]string{"shares": pick(guestTopics), "seeks": pick(guestTopics), "zone": pick(guestZones), "contact": fmt.Sprintf("g%d@lab.example", i), "show": "name"},
		})
	}
	for some := range slices.Chunk(newcomers, 100) {
		if _, err := w.app.Populate(w.t.Context(), some); err != nil {
			w.t.Fatal(err)
		}
	}
}

// opens opens a round and returns it.
func (w *world) opens(terms string) bot.Round {
	w.t.Helper()
	w.says(w.line(olga, "round open "+terms), "Open this round?")
	w.says(w.press(olga, "Open it"), "The round is open")
	return w.newest()
}

// newest is the round that was opened last.
func (w *world) newest() bot.Round {
	w.t.Helper()
	rounds := listed[bot.Round](w, "all/round")
	return slices.MaxFunc(rounds, func(a, b bot.Round) int { return a.At.Compare(b.At) })
}

// round is how a round is kept now.
func (w *world) round(id string) bot.Round {
	w.t.Helper()
	for _, r := range listed[bot.Round](w, "all/round") {
		if r.ID == id {
			return r
		}
	}
	w.t.Fatalf("there is no round %s", id)
	return bot.Round{}
}

// paired are the matches of a round, those that were declined as well.
func (w *world) paired(round string) []bot.Match {
	w.t.Helper()
	return slices.DeleteFunc(listed[bot.Match](w, "all/match"), func(m bot.Match) bool { return m.Round != round })
}

// told counts deliveries by what they say, about what and to whom.
func (w *world) told() map[string]int {
	w.t.Helper()
	counts := map[string]int{}
	for _, d := range listed[bot.Delivery](w, "all/delivery") {
		if slices.Contains([]string{"paired", "satout", "leftover", "calledoff", "declined"}, d.Notice) {
			counts[d.Notice+" "+d.Subject.String()+" "+d.To]++
			if d.Notice == "declined" {
				counts["declines "+d.To]++
			}
		}
	}
	return counts
}

// publishes closes the joining and publishes what is planned.
func (w *world) publishes(r bot.Round) {
	w.t.Helper()
	w.pass(r.Deadline.Sub(w.clock.Now()))
	w.settle()
	w.line(olga, "round publish")
	w.press(olga, "Yes, publish")
	w.settle()
}

// A published round can be planned again from its documents alone, and comes
// out the same to the last digit: the seed, the input, the path and the steps.
func TestAPublishedRoundReplaysFromItsDocuments(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	chance := rand.New(rand.NewPCG(3, 3))
	w.guests(14, 5, chance)
	r := w.opens(`until:"today 17:00" meetings:2 topic:Replay`)
	for i := range 14 {
		w.line(guestAccount(i), "round join")
	}
	w.pass(r.Deadline.Sub(w.clock.Now()))
	w.line(olga, "round preview")
	pair := w.planned(w.round(r.ID))[0]
	w.tries(olga, "Forbid a pair", w.nameAt(r.ID, pair.A), w.nameAt(r.ID, pair.B))
	w.press(olga, "Keep it")
	w.line(olga, "round publish")
	w.press(olga, "Yes, publish")

	round := w.round(r.ID)
	var sheets []*bot.Sheet
	for _, s := range listed[bot.Sheet](w, "roundsheet.of/"+r.ID) {
		sheets = append(sheets, &s)
	}
	plan, err := round.Replay(sheets)
	if err != nil {
		t.Fatal(err)
	}
	if plan.Seed != round.Plan.Seed || plan.Input != round.Plan.Input || plan.Path != round.Plan.Path || plan.Steps != round.Plan.Steps || plan.Total != round.Plan.Total {
		t.Errorf("Replay() = %+v, want as it was published, %+v", plan, round.Plan)
	}
	var again []string
	for _, m := range plan.Meetings {
		again = append(again, fmt.Sprint(m.Slot, min(m.A, m.B), max(m.A, m.B)))
	}
	var published []string
	for _, p := range w.planned(round) {
		a, b := fmt.Sprint(p.A), fmt.Sprint(p.B)
		published = append(published, fmt.Sprint(p.Slot, min(a, b), max(a, b)))
	}
	slices.Sort(again)
	slices.Sort(published)
	if !slices.Equal(again, published) || len(again) == 0 {
		t.Errorf("Replay() pairs %v, want those that were published, %v", again, published)
	}
	if slices.ContainsFunc(w.planned(round), func(p bot.PlannedPair) bool { return p.A == pair.A && p.B == pair.B }) {
		t.Errorf("the forbidden pair %v is published", pair)
	}
	w.healthy()
}

// planned are the pairs of a round's plan.
func (w *world) planned(r bot.Round) []bot.PlannedPair {
	w.t.Helper()
	var pairs []bot.PlannedPair
	for _, page := range listed[bot.PlanPage](w, "roundplan.of/"+r.ID) {
		if page.Plan == r.Plan.N {
			pairs = append(pairs, page.Pairs...)
		}
	}
	return pairs
}

// nameAt is the name of who joined a round with a turn.
func (w *world) nameAt(round string, turn int64) string {
	w.t.Helper()
	for _, e := range listed[bot.Entrant](w, "entrant.of/"+round) {
		if e.Turn == turn {
			for _, p := range listed[bot.Person](w, "all/person") {
				if p.ID == e.Person {
					return p.Name
				}
			}
		}
	}
	w.t.Fatalf("nobody has turn %d", turn)
	return ""
}

// tries fills in the form of a change.
func (w *world) tries(who chat.Account, label, one, two string) chat.Message {
	w.t.Helper()
	return w.does(who, chat.Submission{Ref: w.button(who, label), Values: map[string]string{"one": one, "two": two}})
}

// Whatever people are like, whoever changes the plan, and whoever declines: no
// hard rule is ever broken, nobody meets more people than they joined for or
// the same person twice, and nobody is told anything twice.
func TestNoRoundBreaksARuleOrTellsTwice(t *testing.T) {
	t.Parallel()
	for seed := range uint64(12) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			chance := rand.New(rand.NewPCG(seed, 7))
			w := newWorld(t)
			n := 3 + chance.IntN(9)
			w.guests(n, 2+chance.IntN(4), chance)
			for range chance.IntN(4) {
				w.line(guestAccount(chance.IntN(n)), fmt.Sprintf(`match block person:"Guest%d Number"`, chance.IntN(n)))
			}
			r := w.opens(fmt.Sprintf(`until:"today 17:00" meetings:%d kind:chat topic:"Round %d"`, 1+chance.IntN(3), seed))
			for i := range n {
				w.line(guestAccount(i), "round join")
			}
			w.pass(r.Deadline.Sub(w.clock.Now()))
			if w.round(r.ID).Plan.Fault != "" {
				w.keepsRules(r.ID)
				return
			}
			w.line(olga, "round preview")
			for range chance.IntN(4) {
				w.changes(n, chance)
			}
			w.publishes(w.round(r.ID))
			w.keepsRules(r.ID)
			for range 3 {
				w.declines(r.ID, chance)
				w.pass(26 * time.Hour)
				w.keepsRules(r.ID)
			}
			w.healthy()
		})
	}
}

// changes tries a change of the plan by chance, and keeps it by chance.
func (w *world) changes(n int, chance *rand.Rand) {
	w.t.Helper()
	name := func() string { return fmt.Sprintf("Guest%d Number", chance.IntN(n)) }
	labels := []string{"Pin a pair", "Forbid a pair", "Swap two people"}
	w.tries(olga, labels[chance.IntN(len(labels))], name(), name())
	w.line(olga, "round preview")
	if trial := w.newest().Trial; trial == nil || trial.Plan.Fault != "" {
		return
	}
	w.press(olga, []string{"Keep it", "Leave it"}[chance.IntN(2)])
}

// declines lets somebody decline by chance.
func (w *world) declines(round string, chance *rand.Rand) {
	w.t.Helper()
	var open []bot.Match
	for _, m := range w.paired(round) {
		if m.State == bot.Introduced && m.Meeting == nil {
			open = append(open, m)
		}
	}
	if len(open) == 0 {
		return
	}
	m := open[chance.IntN(len(open))]
	for _, p := range listed[bot.Person](w, "all/person") {
		if p.ID == m.Asker {
			w.does(p.Accounts[0], chat.Press{Ref: chat.Ref{Route: "round.decline", ID: m.ID}})
		}
	}
}

// keepsRules fails where a round breaks a rule.
func (w *world) keepsRules(id string) {
	w.t.Helper()
	r := w.round(id)
	people := map[string]bot.Person{}
	for _, p := range listed[bot.Person](w, "all/person") {
		people[p.ID] = p
	}
	met, count := map[string]bool{}, map[string]int{}
	for _, m := range w.paired(id) {
		x, y := people[m.Asker], people[m.Asked]
		pair := min(x.ID, y.ID) + max(x.ID, y.ID)
		switch {
		case x.Lab == y.Lab:
			w.t.Errorf("%s and %s of one lab are paired", x.Name, y.Name)
		case slices.Contains(x.Blocks, y.ID) || slices.Contains(y.Blocks, x.ID):
			w.t.Errorf("%s and %s keep apart and are paired", x.Name, y.Name)
		case met[pair]:
			w.t.Errorf("%s and %s are paired twice", x.Name, y.Name)
		case calendar.Pinned().Overlap([]calendar.Attendee{{Zone: x.Zone, Hours: calendar.DefaultHours()}, {Zone: y.Zone, Hours: calendar.DefaultHours()}}, w.clock.Now()) < 30:
			w.t.Errorf("%s and %s share no hours and are paired", x.Name, y.Name)
		}
		met[pair] = true
		if m.State == bot.Introduced {
			count[x.ID]++
			count[y.ID]++
		}
	}
	for person, n := range count {
		if n > r.Meetings {
			w.t.Errorf("%s meets %d people, want %d at most", people[person].Name, n, r.Meetings)
		}
	}
	for _, e := range listed[bot.Entrant](w, "entrant.of/"+id) {
		if len(e.Matches) != count[e.Person] {
			w.t.Errorf("%s has %d matches noted and %d kept", people[e.Person].Name, len(e.Matches), count[e.Person])
		}
	}
	told := w.told()
	for what, n := range told {
		left, mayRepeat := strings.CutPrefix(what, "leftover ")
		if _, to, _ := strings.Cut(left, " "); mayRepeat {
			n -= told["declines "+to] - 1 // once for each partner who could not
		}
		if n > 1 && !strings.HasPrefix(what, "declines ") {
			w.t.Errorf("%s is told %d times", what, n)
		}
	}
}
