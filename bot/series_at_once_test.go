package bot_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"interlab/bot"
	"interlab/bot/chat"
)

// decider is an organiser who has opened a card of the first talk of a series.
type decider struct {
	name         string
	route, label string
	values       map[string]string
	button       chat.Ref
}

func (d *decider) account() chat.Account { return account(d.name, 1) }

// seriesHall is a hall with a monthly series of three talks, soonest first, and
// five people on the list of each.
func seriesHall(h *hall, organisers ...chat.Account) []bot.Colloquium {
	h.t.Helper()
	for _, app := range h.replicas {
		if err := app.Decide(h.t.Context(), bot.Decisions{Organisers: organisers}); err != nil {
			h.t.Fatal(err)
		}
	}
	if err := h.replicas[0].Enter(h.t.Context(), chat.Home{Platform: "slack", ID: "home"}, "Host Lab"); err != nil {
		h.t.Fatal(err)
	}
	host := account("host", 1)
	h.says("join", host, `profile set lab:"Host Lab" shares:"hosting" zone:Berlin`)
	draft := button(h.t, h.says("propose", host, `colloquium propose title:"Journal club" speaker:"to be announced" when:"13 Oct 15:00"`), "Announce").ID
	rule := chat.Submission{Ref: chat.Ref{Route: "series.form", ID: draft}, Values: map[string]string{"rule": "month", "until": "3"}}
	for i, input := range []chat.Input{rule, chat.Press{Ref: chat.Ref{Route: "series.yes", ID: draft}}} {
		if err := h.does(0, fmt.Sprintf("series-%d", i), host, input); err != nil {
			h.t.Fatal(err)
		}
	}
	for _, c := range parts(h) {
		h.press("come", c.ID, 0, 5)
	}
	h.later(24 * time.Hour)
	return parts(h)
}

// parts are all talks, soonest first.
func parts(h *hall) []bot.Colloquium {
	talks := documents[bot.Colloquium](h, "all/colloquium")
	slices.SortFunc(talks, func(a, b bot.Colloquium) int { return cmp.Compare(a.Start.Unix(), b.Start.Unix()) })
	return talks
}

// Two organisers press "all that follow" at the same moment, each several times:
// one of the two changes is made, of every talk, and each person hears of that one
// once.
func TestASeriesThatTwoChangeAtOnceEndsInOneOfTheTwoChanges(t *testing.T) {
	t.Parallel()
	move := func(name, when string) decider {
		return decider{name: name, route: "colloquium.move", label: "Move it and all that follow", values: map[string]string{"when": when, "minutes": "60"}}
	}
	off := decider{name: "bea", route: "colloquium.cancel", label: "Cancel it and all that follow", values: map[string]string{"reason": "ill"}}
	for name, two := range map[string][2]decider{
		"move and move":   {move("olga", "Wed 14 Oct 16:00 Berlin"), move("bea", "Wed 14 Oct 18:00 Berlin")},
		"move and cancel": {move("olga", "Wed 14 Oct 16:00 Berlin"), off},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inHalls(t, func(h *hall) { changedByTwo(h, two) })
		})
	}
}

func changedByTwo(h *hall, two [2]decider) {
	t := h.t
	talks := seriesHall(h, two[0].account(), two[1].account())
	if len(talks) != 3 {
		t.Fatalf("the series has %d talks, want 3", len(talks))
	}
	for i := range two {
		d := &two[i]
		h.says("join "+d.name, d.account(), `profile set shares:"order" zone:Berlin`)
		ref := chat.Ref{Route: d.route, ID: fmt.Sprintf("%s.%d", talks[0].ID, talks[0].Edition)}
		if err := h.does(0, "open "+d.name, d.account(), chat.Submission{Ref: ref, Values: d.values}); err != nil {
			t.Fatal(err)
		}
		d.button = button(t, h.answer("open "+d.name), d.label)
	}
	clear(h.titles)
	var group errgroup.Group
	for i, d := range two {
		for delivery := range 3 {
			group.Go(func() error { return h.does(i+delivery, "all "+d.name, d.account(), chat.Press{Ref: d.button}) })
		}
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	h.later(24 * time.Hour)
	checkOneChange(h, two, talks)
}

// checkOneChange looks at who won, at all talks, and at what everybody heard.
func checkOneChange(h *hall, two [2]decider, before []bot.Colloquium) {
	t := h.t
	won := slices.IndexFunc(two[:], func(d decider) bool {
		return slices.Contains([]string{"Moved", "Cancelled"}, h.answer("all "+d.name).Title)
	})
	if won < 0 {
		t.Fatalf("neither change was made: %+v, %+v", h.answer("all "+two[0].name), h.answer("all "+two[1].name))
	}
	if lost := h.answer("all " + two[1-won].name); lost.Title == "Moved" || lost.Title == "Cancelled" {
		t.Errorf("both changes were made; the other is answered %+v", lost)
	}
	state, title, hour := bot.Announced, "Moved: Journal club", 16+2*won
	if two[won].route == "colloquium.cancel" {
		state, title, hour = bot.Cancelled, "Cancelled: Journal club", 15
	}
	for i, c := range parts(h) {
		if c.State != state || c.Sequence != before[i].Sequence+1 || c.Start.In(berlin(t)).Hour() != hour {
			t.Errorf("talk %d is %s, changed %d times, at %s; want %s, once, at %d Berlin", i, c.State, c.Sequence-before[i].Sequence, c.Start, state, hour)
		}
	}
	everybody := []chat.Account{account("host", 1)}
	for i := range 5 {
		everybody = append(everybody, account("p", i))
	}
	for _, who := range everybody {
		heard := slices.DeleteFunc(slices.Clone(h.titles[who.String()]), func(s string) bool {
			return !strings.HasPrefix(s, "Moved") && !strings.HasPrefix(s, "Cancelled")
		})
		if !slices.Equal(heard, []string{title}) {
			t.Errorf("%s hears %q, want %q once", who, heard, title)
		}
	}
	for id, n := range h.sends {
		if n != 1 {
			t.Errorf("delivery %s was sent %d times", id, n)
		}
	}
}

func berlin(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}
