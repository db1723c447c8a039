package bot

import (
	"errors"
	"strings"
	"testing"
	"time"

	"interlab/bot/chat"
)

func TestEveryChoiceOfRemindersMeansWhatItSays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		choice          Remind
		notice          string
		atWork, atNight bool
	}{
		{RemindUsual, "day.0", true, true},
		{RemindUsual, "hour.0", false, false},
		{RemindUsual, "soon.3", true, true},
		{RemindDay, "soon.0", false, false},
		{RemindHour, "hour.0", true, true},
		{RemindSoon, "day.0", false, false},
		{RemindQuiet, "soon.0", true, false},
		{RemindQuiet, "day.0", true, true}, // it waits for their hours by itself
		{RemindNever, "day.0", false, false},
	} {
		p := &Person{Remind: c.choice}
		if p.wantsReminder(c.notice, true) != c.atWork || p.wantsReminder(c.notice, false) != c.atNight {
			t.Errorf("%q wants %s: %v at work and %v at night, want %v and %v", c.choice, c.notice, !c.atWork, !c.atNight, c.atWork, c.atNight)
		}
	}
	for _, choice := range remindOrder {
		if remindings[choice].label == "" {
			t.Errorf("%q has no label", choice)
		}
	}
	for notice, want := range map[string]bool{"day.1": true, "hour.0": true, "soon": true, "changed.2": false, "offer": false} {
		if reminds(notice) != want {
			t.Errorf("reminds(%s) = %v, want %v", notice, !want, want)
		}
	}
}

// Whose direct messages are closed is mentioned where they can see it: in their
// own workspace, else where their lab lives, else nowhere.
func TestAMentionIsPlacedWhereThePersonCanSeeIt(t *testing.T) {
	t.Parallel()
	at := func(platform chat.Platform, id string) chat.Posted {
		return chat.Posted{Place: chat.Place{Home: chat.Home{Platform: platform, ID: id}, Channel: "talks"}, Message: "1"}
	}
	here, there := at("slack", "curie"), at("discord", "noether")
	home := &Home{ID: "h", Home: there.Place.Home, Labs: []string{"n"}}
	tx := newTx(t.Context(), nil, pollTime, nil)
	record := Record{Ref: home.Ref(), Version: 1, Data: must(encode(home))}
	tx.remember([]Want{{Unique: homeByName(here.Place.Home)}, {Unique: homeByName(there.Place.Home)}}, [][]Record{{{}}, {record}})
	c := &Colloquium{Posts: []chat.Posted{there, here}}
	for _, x := range []struct {
		who  *Person
		want chat.Posted
	}{
		{&Person{Lab: "n", Accounts: []chat.Account{{Platform: "slack", Team: "curie", User: "a"}}}, here},
		{&Person{Lab: "n", Accounts: []chat.Account{{Platform: "discord", User: "a"}}}, there},
		{&Person{Lab: "x", Accounts: []chat.Account{{Platform: "discord", User: "a"}}}, chat.Posted{}},
		{&Person{}, chat.Posted{}},
	} {
		if got, err := postNear(tx, c, x.who); err != nil || got != x.want {
			t.Errorf("postNear(%+v) = %v, %v; want %v", x.who, got, err, x.want)
		}
	}
}

// Who speaks is reminded as a speaker, for as long as it is so.
func TestWhoSpeaksIsRemindedOfTheirTalk(t *testing.T) {
	t.Parallel()
	a := newMemoryApp(newMemory(), &moving{pollTime})
	for name, c := range map[string]struct {
		change func(*Colloquium)
		notice string
		told   bool
	}{
		"a day before":         {func(*Colloquium) {}, "day.0", true},
		"a quarter of an hour": {func(*Colloquium) {}, "soon.0", true},
		"moved since":          {func(c *Colloquium) { c.Timing++ }, "day.0", false},
		"cancelled":            {func(c *Colloquium) { c.State = Cancelled }, "day.0", false},
		"begun":                {func(c *Colloquium) { c.Start = pollTime.Add(-time.Minute) }, "soon.0", false},
		"swapped":              {func(c *Colloquium) { c.Speakers = nil }, "day.0", false},
		"not yet said":         {func(c *Colloquium) { c.Speakers[0].Speaks = "" }, "day.0", false},
	} {
		talk := attended()
		talk.Start, talk.Speakers = pollTime.Add(24*time.Hour), []Speaker{{Person: "s", Speaks: Agreed}}
		c.change(talk)
		tx := holding(t, pollTime, talk)
		m, err := a.renderTalk(tx, &Delivery{Notice: c.notice, Subject: talk.Ref()}, &Person{ID: "s", Zone: paris})
		if told := err == nil; told != c.told || !told && !errors.Is(err, errMoot) || told && !strings.HasPrefix(m.Body[0].Plain(), "You speak on ") {
			t.Errorf("%s: %v, %v; want told = %v", name, m.Body, err, c.told)
		}
	}
}
