package bot_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interlab/bot"
	"interlab/bot/chat"
)

// life is a talk in a hall, which people answer and a host changes. What it was
// before a step tells what the step may have done.
type life struct {
	*hall
	r     *rapid.T
	id    string
	n     int // of events
	start time.Time
	seats int
	named int

	talk   bot.Colloquium
	rsvps  []bot.Rsvp
	before map[string]int // by account: how many of its titles were there before the step
}

const guests = 7

func newLife(t *testing.T, r *rapid.T) *life {
	store := inProcess(t)
	r.Cleanup(func() { _ = store.Close() }) // nothing is kept
	l := &life{hall: newHall(t, store), r: r}
	if err := l.replicas[0].Enter(t.Context(), chat.Home{Platform: "slack", ID: "home"}, "Host Lab"); err != nil {
		t.Fatal(err)
	}
	l.seats = rapid.IntRange(0, 3).Draw(r, "seats")
	l.id = l.announced(`title:"A talk" speaker:"Ana" when:"23 Oct 15:00" minutes:60` + capacity(l.seats))
	l.start = l.hall.talk(l.id).Start
	l.look()
	return l
}

func capacity(seats int) string {
	if seats == 0 {
		return ""
	}
	return fmt.Sprintf(" capacity:%d", seats)
}

// look remembers how things stand.
func (l *life) look() {
	l.talk, l.rsvps = l.hall.talk(l.id), documents[bot.Rsvp](l.hall, "all/rsvp")
	slices.SortFunc(l.rsvps, func(a, b bot.Rsvp) int { return cmp.Compare(a.ID, b.ID) })
	l.before = map[string]int{}
	for who, titles := range l.titles {
		l.before[who] = len(titles)
	}
}

// step lets somebody do something, delivered twice, and all of it be told.
func (l *life) step(who chat.Account, input chat.Input) chat.Message {
	l.n++
	id := fmt.Sprintf("step%d", l.n)
	for replica := range 2 {
		if err := l.does(replica, id, who, input); err != nil {
			l.r.Fatal(err)
		}
	}
	l.settle()
	return l.answer(id)
}

func (l *life) press(what string) {
	who := account("p", rapid.IntRange(0, guests-1).Draw(l.r, "who"))
	l.step(who, chat.Press{Ref: chat.Ref{Route: "colloquium." + what, ID: l.id}})
}

// edit submits a form of the host's, and confirms it where that is asked.
func (l *life) edit(form string, values map[string]string, confirm string) {
	host := account("host", 1)
	m := l.step(host, chat.Submission{Ref: chat.Ref{Route: "colloquium." + form, ID: fmt.Sprintf("%s.%d", l.id, l.talk.Edition)}, Values: values})
	for _, row := range m.Rows {
		for _, b := range row.Buttons {
			if strings.HasPrefix(b.Label, confirm) && confirm != "" {
				l.step(host, chat.Press{Ref: b.Ref})
			}
		}
	}
}

// change is the form of a change with what is not changed as it is.
func (l *life) change(field, value string) {
	values := map[string]string{"title": l.talk.Title, "speaker": l.talk.Speaker, "where": l.talk.Where, "capacity": ""}
	if l.talk.Seats.Capacity > 0 {
		values["capacity"] = fmt.Sprint(l.talk.Seats.Capacity)
	}
	values[field] = value
	l.edit("change", values, "")
}

// deeds are what can happen to a talk. Each returns the title under which those
// on the list are to hear of it; none where nothing is to be told.
var deeds = map[string]func(l *life) string{
	"comes":  func(l *life) string { l.press("come"); return "" },
	"maybe":  func(l *life) string { l.press("maybe"); return "" },
	"cannot": func(l *life) string { l.press("stay"); return "" },
	"takes":  func(l *life) string { l.press("take"); return "" },
	"passes": func(l *life) string { l.press("pass"); return "" },
	"hours pass": func(l *life) string {
		to := l.Now().Add(time.Duration(rapid.IntRange(1, 30).Draw(l.r, "hours")) * time.Hour)
		l.setNow(slices.MinFunc([]time.Time{to, l.talk.Start.Add(-time.Hour)}, time.Time.Compare))
		l.settle()
		return ""
	},
	"is moved": func(l *life) string {
		l.named++
		l.edit("move", map[string]string{"when": fmt.Sprintf("2026-11-%02d 15:00", l.named%28+1), "minutes": "60"}, "Move it")
		return "Moved: "
	},
	"has another place": func(l *life) string {
		l.named++
		l.change("where", fmt.Sprintf("Room %d", l.named))
		return "Changed: "
	},
	"has another speaker": func(l *life) string {
		l.named++
		l.change("speaker", fmt.Sprintf("Guest %d", l.named))
		return "New speaker: "
	},
	"has other seats": func(l *life) string {
		n := rapid.IntRange(0, 5).Draw(l.r, "capacity")
		l.change("capacity", strings.TrimPrefix(capacity(n), " capacity:"))
		return ""
	},
	"is cancelled": func(l *life) string {
		l.edit("cancel", map[string]string{"reason": "ill"}, "Cancel it")
		return "Cancelled: "
	},
}

// news are what somebody heard in the step, as far as it is about changes and seats.
func (l *life) news(who chat.Account) map[string]int {
	heard := map[string]int{}
	for _, title := range l.titles[who.String()][l.before[who.String()]:] {
		kind, _, _ := strings.Cut(title, "A talk")
		heard[kind]++
	}
	return heard
}

// people are the guests by their person's id.
func (l *life) people() map[string]chat.Account {
	byID := map[string]chat.Account{}
	for _, p := range documents[bot.Person](l.hall, "all/person") {
		byID[p.ID] = p.Accounts[0]
	}
	return byID
}

// Whatever people and their host do with a talk, on a real store: its counts are
// those of its list, nobody is seated beyond the seats, none is free while
// somebody waits, seats are offered in the order of waiting, and of each change
// everybody on the list hears once, and nobody else.
func TestATalkIsFairAndTellsOnceWhateverHappens(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		l := newLife(t, r)
		names := make([]string, 0, len(deeds))
		for name := range deeds {
			names = append(names, name)
		}
		slices.Sort(names)
		names = append(names, "comes", "comes", "comes", "maybe", "cannot", "is moved") // most of what happens
		for range rapid.IntRange(4, 16).Draw(r, "steps") {
			name := rapid.SampledFrom(names).Draw(r, "what")
			was, list := l.talk, l.rsvps
			told := deeds[name](l)
			if was.State == bot.Cancelled {
				told = "" // nobody hears of what is over
			}
			l.verify(name, was, list, told)
			l.look()
		}
	})
}

// verify compares how things stand with what was before and what was to be told.
func (l *life) verify(name string, was bot.Colloquium, list []bot.Rsvp, told string) {
	before := map[string]bot.Rsvp{}
	for _, r := range list {
		before[r.Person] = r
	}
	now, rsvps := l.hall.talk(l.id), documents[bot.Rsvp](l.hall, "all/rsvp")
	l.verifySeats(name, was.Seats, now, rsvps)
	l.verifyOrder(name, before, rsvps)
	offers := map[string]int{}
	for _, r := range rsvps {
		if r.Offers > before[r.Person].Offers && r.State == bot.Offered {
			offers[r.Person] = 1
		}
	}
	people := l.people()
	for id, who := range people {
		heard, want := l.news(who), 0
		if s := before[id].State; told != "" && (s == bot.Going || s == bot.Waiting || s == bot.Offered || s == bot.Unsure) {
			want = 1
		}
		for _, change := range []string{"Moved: ", "Changed: ", "New speaker: ", "Cancelled: "} {
			if n := want; heard[change] != n && change == told || heard[change] != 0 && change != told {
				l.r.Fatalf("%s: %s heard %q %d times, want %d of %q; all of it: %v", name, who, change, heard[change], n, told, heard)
			}
		}
		if name != "hours pass" && name != "is moved" && heard["A seat is free for you: "] != offers[id] {
			l.r.Fatalf("%s: %s heard of %d offers, want %d: %v", name, who, heard["A seat is free for you: "], offers[id], heard)
		}
	}
}

func (l *life) verifySeats(name string, was bot.Seats, c bot.Colloquium, rsvps []bot.Rsvp) {
	counted := bot.Seats{Capacity: c.Seats.Capacity}
	for _, r := range rsvps {
		switch r.State {
		case bot.Going:
			counted.Going++
		case bot.Offered:
			counted.Offered++
		case bot.Waiting:
			counted.Waiting++
		case bot.Unsure:
			counted.Unsure++
		case bot.Absent:
			counted.Absent++
		case bot.Left:
		}
	}
	s := c.Seats
	if s != counted {
		l.r.Fatalf("%s: seats are %+v, the list has %+v", name, s, counted)
	}
	taken := s.Going + s.Offered
	if s.Capacity > 0 && taken > max(s.Capacity, was.Going+was.Offered) {
		l.r.Fatalf("%s: %+v is over its capacity; before it was %+v", name, s, was)
	}
	if free := s.Capacity == 0 || taken < s.Capacity; c.State == bot.Announced && free && s.Waiting > 0 {
		l.r.Fatalf("%s: %+v keeps somebody waiting beside a free seat", name, s)
	}
}

// verifyOrder wants that nobody who waits was passed over.
func (l *life) verifyOrder(name string, before map[string]bot.Rsvp, rsvps []bot.Rsvp) {
	for _, r := range rsvps {
		seated := r.State == bot.Offered || r.State == bot.Going
		if was := before[r.Person].State; !seated || was == bot.Offered || was == bot.Going {
			continue
		}
		for _, w := range rsvps {
			if w.State == bot.Waiting && w.Turn < r.Turn {
				l.r.Fatalf("%s: turn %d got a seat before turn %d, who waits", name, r.Turn, w.Turn)
			}
		}
	}
}
