package bot_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"interlab/bot"
	"interlab/bot/chat"
)

// calendars are what stands in the homes' calendars, by its post.
type calendars struct {
	stands map[chat.Posted]chat.Occasion
	breaks int    // so many replies are lost
	asked  int    // how often something was to come in or to change
	gone   bool   // somebody took everything out
	misses string // what was not as it should be
}

// Schedule notes an occasion, as chat.Scheduler says.
func (h *hall) Schedule(_ context.Context, _ string, at chat.Posted, o chat.Occasion) (chat.Posted, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	c := &h.calendars
	c.asked++
	stands := chat.Posted{Place: o.Post.Place, Message: "event of " + o.Post.Message}
	if _, known := c.stands[o.Post]; at != (chat.Posted{}) && (at != stands || !known) {
		c.misses += fmt.Sprintf("changed at %v before it stood there; ", at)
	}
	if c.gone {
		return chat.Posted{}, chat.ErrGone
	}
	if c.stands == nil {
		c.stands = map[chat.Posted]chat.Occasion{}
	}
	c.stands[o.Post] = o
	if c.breaks > 0 {
		c.breaks--
		return chat.Posted{}, errors.New("the reply was lost")
	}
	return stands, nil
}

// calendarHall is a hall in which a talk is announced in three homes.
func calendarHall(h *hall, breaks int) (talk string) {
	h.t.Helper()
	h.calendars.breaks = breaks
	var docs []bot.Document
	for i := range 3 {
		at := chat.Home{Platform: "discord", ID: fmt.Sprintf("h%d", i)}
		docs = append(docs, &bot.Home{ID: at.ID, Home: at, Announce: chat.Place{Home: at, Channel: "talks"}})
	}
	h.keep(docs...)
	if err := h.replicas[0].Enter(context.Background(), chat.Home{Platform: "slack", ID: "home"}, "Host Lab"); err != nil {
		h.t.Fatal(err)
	}
	talk = h.announced(`title:"A talk" speaker:"Ana" when:"Fri 9 Oct 15:00"`)
	h.settle()
	return talk
}

func (h *hall) later(d time.Duration) {
	h.t.Helper()
	h.setNow(h.Now().Add(d))
	h.settle()
}

func (h *hall) moves(id, to string) {
	h.t.Helper()
	card := h.says("ask "+id, account("host", 1), `colloquium move talk:"A talk" to:"`+to+`"`)
	if err := h.does(0, id, account("host", 1), chat.Press{Ref: button(h.t, card, "Move it")}); err != nil {
		h.t.Fatal(err)
	}
	h.settle()
}

// A reply that is lost lets the same be asked again, of a place that is not
// known; from then on the talk is changed where it stands.
func TestATalkStandsInEveryCalendarAndFollows(t *testing.T) {
	t.Parallel()
	inHalls(t, func(h *hall) {
		talk := calendarHall(h, 2)
		for range 3 {
			h.later(time.Minute)
		}
		c := h.talk(talk)
		if len(h.calendars.stands) != 3 || len(c.Mirrors) != 3 || h.calendars.asked != 5 {
			h.t.Fatalf("it stands in %d calendars, %d are noted, %d requests; want 3, 3 and 5", len(h.calendars.stands), len(c.Mirrors), h.calendars.asked)
		}
		h.moves("move", "Thu 8 Oct 10:00")
		for post, o := range h.calendars.stands {
			if want := time.Date(2026, 10, 8, 8, 0, 0, 0, time.UTC); !o.Start.Equal(want) || !o.End.Equal(want.Add(time.Hour)) {
				h.t.Errorf("in %v it is on %v, want %v", post.Place.Home, o.Start, want)
			}
		}
		card := h.says("ask cancel", account("host", 1), `colloquium cancel talk:"A talk" reason:"flu"`)
		if err := h.does(0, "cancel", account("host", 1), chat.Press{Ref: card.Rows[0].Buttons[0].Ref}); err != nil {
			h.t.Fatal(err)
		}
		h.settle()
		for post, o := range h.calendars.stands {
			if !o.Cancelled {
				h.t.Errorf("in %v it still takes place", post.Place.Home)
			}
		}
		if h.calendars.asked != 5+3+3 || h.calendars.misses != "" {
			h.t.Errorf("%d requests, %s; want 11 and nothing amiss", h.calendars.asked, h.calendars.misses)
		}
	})
}

// What somebody took out of a calendar stays out, and nobody is bothered.
func TestATalkThatWasTakenOutOfACalendarStaysOut(t *testing.T) {
	t.Parallel()
	inHalls(t, func(h *hall) {
		calendarHall(h, 0)
		h.calendars.gone = true
		h.moves("move", "Thu 8 Oct 10:00")
		asked := h.calendars.asked
		h.later(time.Hour)
		if h.calendars.asked != asked || asked != 6 {
			h.t.Errorf("%d requests, and %d an hour later; want 6 and 6", asked, h.calendars.asked)
		}
		for _, m := range h.answers {
			if strings.Contains(m[0].Title, "could not be done") {
				h.t.Errorf("somebody reads %q", m[0].Title)
			}
		}
	})
}

// A talk that changes while its entry is on the way is shown as it is now.
func TestATalkThatChangesOnTheWayIntoACalendarIsCorrected(t *testing.T) {
	t.Parallel()
	inHalls(t, func(h *hall) {
		calendarHall(h, 1<<20) // nothing is known to have arrived
		h.moves("move", "Thu 8 Oct 10:00")
		h.calendars.breaks = 0
		for range 6 {
			h.later(10 * time.Minute)
		}
		for post, o := range h.calendars.stands {
			if want := time.Date(2026, 10, 8, 8, 0, 0, 0, time.UTC); !o.Start.Equal(want) {
				h.t.Errorf("in %v it is on %v, want %v", post.Place.Home, o.Start, want)
			}
		}
		if h.calendars.misses != "" {
			h.t.Error(h.calendars.misses)
		}
	})
}
