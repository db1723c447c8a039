package bot_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"interlab/bot"
	"interlab/bot/chat"
	"interlab/matching/residency"
)

// market is a network of labs that offer residencies to each other's people.
type market struct {
	*world
	r        *rand.Rand
	leads    []chat.Account
	people   []chat.Account
	openings int
}

// newMarket has labs offer openings and everybody apply, at random.
func newMarket(t *testing.T, seed uint64, labs, people int) *market {
	t.Helper()
	m := &market{world: newWorld(t), r: rand.New(rand.NewPCG(seed, 1))}
	m.line(olga, `profile set seeks:"graphs" zone:Paris`)
	for i := range labs {
		lead := chat.Account{Platform: "slack", Team: fmt.Sprintf("lab%d", i), User: fmt.Sprintf("lead%d", i)}
		m.join(lead, fmt.Sprintf("Lead %d", i), fmt.Sprintf("Lab %d", i), topics[i%len(topics)])
		m.line(olga, fmt.Sprintf(`admin role person:"Lead %d" role:lead lab:"Lab %d"`, i, i))
		m.leads = append(m.leads, lead)
		for range 1 + m.r.IntN(2) {
			m.offer(lead)
		}
	}
	for i := range people {
		lab := m.r.IntN(labs)
		who := chat.Account{Platform: "discord", Team: fmt.Sprintf("lab%d", lab), User: fmt.Sprintf("p%d", i)}
		m.join(who, fmt.Sprintf("Person %d", i), fmt.Sprintf("Lab %d", lab), topics[m.r.IntN(len(topics))])
		m.people = append(m.people, who)
		for _, n := range m.r.Perm(m.openings)[:1+m.r.IntN(m.openings)] {
			m.line(who, fmt.Sprintf(`residency apply opening:"Opening %02d" why:"I would like to."`, n))
		}
	}
	return m
}

// offer has a lead offer one more opening.
func (m *market) offer(lead chat.Account) {
	m.t.Helper()
	m.line(lead, fmt.Sprintf(`residency offer title:"Opening %02d" topics:%q learn:"All of it" give:"All of it" capacity:%d from:"1 Mar 2027" to:"28 May 2027" deadline:"10 Jan 2027"`,
		m.openings, topics[m.r.IntN(len(topics))], 1+m.r.IntN(2)))
	m.says(m.press(lead, "Offer it"), "Offered")
	m.openings++
}

// rank lets time go by to the ranking, has most leads answer for some applicants,
// and lets it go by to its end.
func (m *market) rank() {
	m.t.Helper()
	m.pass(time.Date(2027, 1, 11, 12, 0, 0, 0, time.UTC).Sub(m.clock.Now()))
	for _, lead := range m.leads {
		if m.r.IntN(3) == 0 {
			continue // ranks nobody
		}
		m.line(lead, "residency rank")
		for _, app := range m.applications() {
			if m.r.IntN(8) > 0 { // a lead of another lab is refused
				m.does(lead, chat.Press{Ref: chat.Ref{Route: "residency.band", ID: fmt.Sprintf("%s.%d", app.ID, m.r.IntN(4))}})
			}
		}
	}
	m.pass(time.Date(2027, 1, 18, 12, 0, 0, 0, time.UTC).Sub(m.clock.Now()))
}

// publish runs the placement.
func (m *market) publish() {
	m.t.Helper()
	m.says(m.line(olga, "residency run"), "I work the placement out")
	m.says(m.press(olga, "Publish and tell"), "Published")
}

func (m *market) applications() []bot.Application {
	return stored[bot.Application](m.world, "all/application")
}

func (m *market) offered() []bot.Opening { return stored[bot.Opening](m.world, "all/opening") }

// stored reads the documents that an index lists.
func stored[T any](w *world, index string) []T {
	w.t.Helper()
	var docs []T
	for page := (bot.Page{Index: index}); ; {
		records, next, err := w.store.Page(w.t.Context(), page)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, r := range records {
			var envelope struct {
				Doc T `json:"d"`
			}
			if err := json.Unmarshal(r.Data, &envelope); err != nil {
				w.t.Fatal(err)
			}
			docs = append(docs, envelope.Doc)
		}
		if next == "" {
			return docs
		}
		page.After = next
	}
}

func holds(a bot.Application) bool { return a.State == bot.AppHeld || a.State == bot.AppAccepted }

// fits fails where an opening has more people than places, or counts them wrongly.
func (m *market) fits(when string) {
	m.t.Helper()
	taken := map[string]int{}
	for _, a := range m.applications() {
		if holds(a) {
			taken[a.Opening]++
		}
	}
	for _, o := range m.offered() {
		if taken[o.ID] > o.Capacity || taken[o.ID] != o.Held {
			m.t.Errorf("%s: %s has %d people and counts %d, of %d places", when, o.Title, taken[o.ID], o.Held, o.Capacity)
		}
	}
}

// stable fails where a person and an opening would both rather have each other than
// what they have. It shares nothing with what placed them but the lot of each.
func (m *market) stable(when string) {
	m.t.Helper()
	apps := m.applications()
	openings := map[string]bot.Opening{}
	for _, o := range m.offered() {
		openings[o.ID] = o
	}
	has := map[string]int{} // by person: the rank of what they have
	for _, a := range apps {
		if holds(a) && (has[a.Person] == 0 || a.Lot.Rank < has[a.Person]) {
			has[a.Person] = a.Lot.Rank
		}
	}
	for _, a := range apps {
		wants := a.Lot.Level >= 0 && a.State != bot.AppDeclined && a.State != bot.AppLapsed && !holds(a) &&
			(has[a.Person] == 0 || a.Lot.Rank < has[a.Person])
		if !wants {
			continue
		}
		if o := openings[a.Opening]; o.Held < o.Capacity {
			m.t.Errorf("%s: %s wants %s, which has room and wants them", when, a.Person, o.Title)
		}
		for _, b := range apps {
			if b.Opening == a.Opening && holds(b) && cmp.Or(cmp.Compare(a.Lot.Level, b.Lot.Level), cmp.Compare(a.Lot.Ticket, b.Lot.Ticket)) < 0 {
				m.t.Errorf("%s: %s wants %s, which would rather have them than %s", when, a.Person, openings[a.Opening].Title, b.Person)
			}
		}
	}
}

// inTurn fails where somebody was offered a place before another one who waited for
// it all the time and comes first by the lab's band and the lottery.
func (m *market) inTurn(before, after []bot.Application) {
	m.t.Helper()
	was := map[string]bot.ApplicationState{}
	for _, a := range before {
		was[a.ID] = a.State
	}
	for _, b := range after {
		for _, a := range after {
			waited := a.Opening == b.Opening && a.State == bot.AppWaiting && was[a.ID] == bot.AppWaiting && a.Lot.Level >= 0
			if waited && b.State == bot.AppHeld && was[b.ID] == bot.AppWaiting &&
				cmp.Or(cmp.Compare(a.Lot.Level, b.Lot.Level), cmp.Compare(a.Lot.Ticket, b.Lot.Ticket)) < 0 {
				m.t.Errorf("%s was offered a place for which %s waited and comes first", b.Person, a.Person)
			}
		}
	}
}

// noneWaitsBesideRoom fails where somebody whom a lab wants waits and a place is free.
func (m *market) noneWaitsBesideRoom() {
	m.t.Helper()
	free := map[string]int{}
	for _, o := range m.offered() {
		free[o.ID] = o.Capacity - o.Held
	}
	for _, a := range m.applications() {
		if a.State == bot.AppWaiting && a.Lot.Level >= 0 && free[a.Opening] > 0 {
			m.t.Errorf("%s waits for a place, and %d are free", a.Person, free[a.Opening])
		}
	}
}

// replays fails where the documents of a placement do not come to what they say.
func (m *market) replays() {
	m.t.Helper()
	runs := stored[bot.Placement](m.world, "all/placement")
	if len(runs) != 1 || runs[0].Step != bot.PlacementDone {
		m.t.Fatalf("there are %d placements, want 1 that is done: %+v", len(runs), runs)
	}
	again := residency.Market{Seed: runs[0].Seed}
	apps := m.applications()
	slices.SortFunc(apps, func(a, b bot.Application) int {
		return cmp.Or(strings.Compare(a.Lot.Key, b.Lot.Key), cmp.Compare(a.Lot.Rank, b.Lot.Rank))
	})
	places := map[string]*residency.Place{}
	for _, o := range m.offered() {
		places[o.ID] = &residency.Place{ID: o.ID, Capacity: o.Capacity, Ranks: make([][]string, 3)}
	}
	want := map[string]string{}
	for _, a := range apps {
		if n := len(again.Applicants); n == 0 || again.Applicants[n-1].ID != a.Lot.Key {
			again.Applicants = append(again.Applicants, residency.Applicant{ID: a.Lot.Key})
		}
		last := &again.Applicants[len(again.Applicants)-1]
		last.Choices = append(last.Choices, a.Opening)
		if a.Lot.Level >= 0 {
			places[a.Opening].Ranks[a.Lot.Level] = append(places[a.Opening].Ranks[a.Lot.Level], a.Lot.Key)
		}
		if holds(a) {
			want[a.Lot.Key] = a.Opening
		}
	}
	for _, o := range m.offered() {
		again.Places = append(again.Places, *places[o.ID])
	}
	result, err := again.Settle()
	if err != nil {
		m.t.Fatal(err)
	}
	if n := len(want); runs[0].Numbers.Placed != n || runs[0].Numbers.Applicants != len(again.Applicants) {
		m.t.Errorf("the placement counts %+v; %d of %d have places", runs[0].Numbers, n, len(again.Applicants))
	}
	for _, p := range result.Placements {
		if p.Place != want[p.Applicant] {
			m.t.Errorf("replayed, %s is at %q; the documents say %q", p.Applicant, p.Place, want[p.Applicant])
		}
	}
}

// toldOnce fails where somebody heard of the same thing twice.
func (m *market) toldOnce() {
	m.t.Helper()
	ids, placed := map[string]int{}, map[chat.Account]int{}
	for _, s := range m.messenger.all() {
		ids[s.how+s.id]++
		if s.how == "direct" && (strings.HasPrefix(s.said.Title, "You have a place") || s.said.Title == "No place this time") {
			placed[s.to]++
		}
	}
	for id, n := range ids {
		if n != 1 {
			m.t.Errorf("%s arrived %d times", id, n)
		}
	}
	for _, who := range m.people {
		if applied := m.line(who, "residency results"); strings.Contains(plain(applied), "You have not applied") {
			continue
		}
		if placed[who] != 1 {
			m.t.Errorf("%s heard %d times what the placement gave them, want 1", who, placed[who])
		}
	}
}

// What chat publishes is stable and replays; and through declines, silence and the
// offers that follow no place is given twice, and everybody hears of each thing once.
func TestPlacementsInChatAreStableAndStaySo(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			m := newMarket(t, seed, 3, 7)
			m.rank()
			m.publish()
			m.fits("after the placement")
			m.stable("after the placement")
			m.replays()
			for day := range 14 {
				before := m.applications()
				for _, a := range before {
					answer := []string{"residency.accept", "residency.decline", "", ""}[m.r.IntN(4)]
					if a.State == bot.AppHeld && answer != "" {
						m.does(m.account(a.Person), chat.Press{Ref: chat.Ref{Route: answer, ID: a.ID}})
						m.fits(fmt.Sprintf("on day %d", day))
					}
				}
				m.pass(24 * time.Hour)
				m.inTurn(before, m.applications())
				m.fits(fmt.Sprintf("on day %d", day))
			}
			m.noneWaitsBesideRoom()
			m.pass(60 * 24 * time.Hour)
			m.fits("after the end")
			m.toldOnce()
			m.healthy()
			for _, o := range m.offered() {
				if o.State != bot.OpeningOver {
					t.Errorf("%s is %s in the end, want over", o.Title, o.State)
				}
			}
		})
	}
}

// account is the account of a person.
func (w *world) account(id string) chat.Account {
	w.t.Helper()
	for _, p := range stored[bot.Person](w, "all/person") {
		if p.ID == id {
			return p.Accounts[0]
		}
	}
	w.t.Fatalf("there is no person %s", id)
	return chat.Account{}
}
