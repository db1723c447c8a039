package bot_test

import (
	"errors"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"interlab/bot"
	"interlab/bot/chat"
	"interlab/calendar"
	"interlab/matching"
)

var keyShown = regexp.MustCompile(`https://talks\.example/u/([a-z0-9]{32})\.ics`)

// webbed is a world whose network has public pages, with Ana in it.
func webbed(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	w.level = zerolog.DebugLevel
	var err error
	w.app, err = bot.New(bot.Options{
		Store: w.store, Clock: w.clock, Chance: rand.NewChaCha8([32]byte{9}), Zones: calendar.Pinned(), Public: "https://talks.example",
		Aliases: matching.DefaultAliases(), Log: zerolog.New(w.journal), Messenger: func(chat.Platform) (chat.Messenger, bool) { return w.messenger, true },
	})
	if err != nil {
		t.Fatal(err)
	}
	w.anaAndBo()
	return w
}

// makes presses for an address, and is the key in it and the event that asked.
func (w *world) makes(who chat.Account) (key string, e chat.Event) {
	w.t.Helper()
	e = w.event(who, chat.Press{Ref: chat.Ref{Route: "profile.calendar.new"}})
	found := keyShown.FindStringSubmatch(plain(w.handles(e)))
	if found == nil {
		w.t.Fatal("no address was shown")
	}
	return found[1], e
}

func (w *world) opensCalendar(key string) bool {
	w.t.Helper()
	_, err := w.app.PersonalFeed(w.t.Context(), key)
	var refused *bot.Denied
	if err != nil && !errors.As(err, &refused) {
		w.t.Fatal(err)
	}
	return err == nil
}

func TestTheAddressOfACalendarIsKeptNowhere(t *testing.T) {
	t.Parallel()
	w := webbed(t)
	key, e := w.makes(ana)
	if !w.opensCalendar(key) || w.opensCalendar("nobody's") || w.opensCalendar("") {
		t.Error("the calendar opens for another key, or not for its own")
	}
	answer, done, err := w.store.Answer(t.Context(), e.ID)
	if err != nil || !done || strings.Contains(string(answer), key) || !strings.Contains(string(answer), "I cannot show it again") {
		t.Errorf("the kept answer is %s, %v, %v; want one without the key", answer, done, err)
	}
	if strings.Contains(w.backup(), key) || strings.Contains(w.journal.String(), key) {
		t.Error("the key is in what is kept or in the log")
	}
	before := len(w.messenger.all())
	w.handles(e)
	if said := w.messenger.all()[before:]; len(said) > 0 {
		t.Errorf("the same press once more is answered with %+v", said)
	}
}

func TestANewAddressTakesThePlaceOfTheOld(t *testing.T) {
	t.Parallel()
	w := webbed(t)
	first, _ := w.makes(ana)
	bos, _ := w.makes(bo)
	second, _ := w.makes(ana)
	if w.opensCalendar(first) || !w.opensCalendar(second) || !w.opensCalendar(bos) {
		t.Error("the old address still leads somewhere, or another does not")
	}
	w.says(w.does(ana, chat.Press{Ref: chat.Ref{Route: "profile.calendar.off"}}), "leads nowhere any more")
	w.says(w.does(ana, chat.Press{Ref: chat.Ref{Route: "profile.calendar.off"}}), "Make my address")
	if w.opensCalendar(second) || !w.opensCalendar(bos) {
		t.Error("an address that was switched off still leads somewhere, or another does not")
	}
}

func TestWithoutPublicPagesThereIsNoAddress(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	w.says(w.line(ana, "profile calendar"), "no pages on the web")
	w.says(w.does(ana, chat.Press{Ref: chat.Ref{Route: "profile.calendar.new"}}), "no pages on the web")
	if text := plain(w.line(ana, "me")); strings.Contains(text, "My calendar") {
		t.Errorf("me offers a calendar: %s", text)
	}
}
