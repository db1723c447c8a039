package bot_test

import (
	"fmt"
	"testing"
	"time"

	"interlab/bot"
	"interlab/bot/chat"
)

func listener(i int) chat.Account {
	return chat.Account{Platform: "slack", Team: "curie", User: fmt.Sprintf("listener%d", i)}
}

// crowded has a talk of Ana's to which so many people come.
func (w *world) crowded(coming, all int) string {
	w.t.Helper()
	w.anaAndBo()
	w.line(olga, `admin role person:"Ana Ruiz" role:lead lab:"Curie Lab"`)
	w.line(ana, `colloquium propose title:"Crowded" speaker:"Ana Ruiz" when:"15 Dec 15:00"`)
	w.press(ana, "Announce")
	var people []bot.Newcomer
	for i := range all {
		people = append(people, bot.Newcomer{Name: fmt.Sprint("Listener ", i), Account: listener(i), Home: home(listener(i)), Lab: "Curie Lab", Values: map[string]string{"shares": "listening", "zone": "Europe/Paris", "contact": "x@lab.example"}})
	}
	if _, err := w.app.Populate(w.t.Context(), people); err != nil {
		w.t.Fatal(err)
	}
	for i := range coming {
		w.comes(i)
	}
	return stored[bot.Colloquium](w, "all/colloquium")[0].ID
}

func (w *world) comes(i int) {
	w.handles(w.event(listener(i), chat.Line{Text: "colloquium rsvp talk:Crowded answer:yes"}))
}

// Whoever tells more than 25 people has confirmed exactly how many they are, also
// where somebody came meanwhile.
func TestManyAreToldOnlyAfterTheirExactNumberWasConfirmed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	talk := w.crowded(26, 29)
	w.says(w.line(ana, `colloquium move talk:Crowded to:"16 Dec 15:00"`), "26 people on the list")
	w.comes(26)
	again := w.press(ana, "Move it")
	w.says(again, "changed from 26 to 27")
	w.says(again, "27 people on the list")
	w.says(w.press(ana, "Move it"), "Moved")

	edition := stored[bot.Colloquium](w, "all/colloquium")[0].Edition
	values := map[string]string{"title": "Crowded", "speaker": "Ana Ruiz", "where": "The big hall"}
	w.says(w.does(ana, chat.Submission{Ref: chat.Ref{Route: "colloquium.change", ID: fmt.Sprintf("%s.%d", talk, edition)}, Values: values}), "27 people on the list")
	w.comes(27)
	w.says(w.press(ana, "Save and tell 27 people"), "changed from 27 to 28")
	w.says(w.press(ana, "Save and tell 28 people"), "The place is new")

	w.says(w.line(ana, `colloquium cancel talk:Crowded reason:"Ill"`), "28 people on the list")
	w.comes(28)
	w.says(w.press(ana, "Cancel it and tell 28 people"), "changed from 28 to 29")
	w.says(w.press(ana, "Cancel it and tell 29 people"), "Cancelled")
}

// A time that a poll found, and what came of a talk, are told to the list as a
// move is.
func TestManyAreToldOfAPollsTimeAndOfLinksOnlyAfterTheirNumberWasConfirmed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	talk := w.crowded(26, 28)
	w.line(ana, "admin channel") // where the poll is posted
	w.line(ana, `colloquium poll talk:Crowded times:"16 Dec 15:00; 17 Dec 15:00"`)
	w.press(ana, "Ask")
	poll := stored[bot.Poll](w, "all/poll")[0]
	pick := chat.Press{Ref: chat.Ref{Route: "poll.pick", ID: poll.ID + ".1"}}
	w.says(w.does(ana, pick), "26 people on the list")
	w.comes(26)
	w.says(w.press(ana, "Move it and tell 26 people"), "changed from 26 to 27")
	w.says(w.press(ana, "Move it and tell 27 people"), "Chosen")

	w.clock.set(stored[bot.Colloquium](w, "all/colloquium")[0].Start.Add(2 * time.Hour))
	links := chat.Submission{Ref: chat.Ref{Route: "artifacts.form", ID: talk}, Values: map[string]string{"slides": "https://files.example.org/s.pdf"}}
	w.says(w.does(ana, links), "get them in one message each: 27 people")
	if made := stored[bot.Colloquium](w, "all/colloquium")[0].Made; len(made) != 0 {
		t.Errorf("links %v are kept before the second tap", made)
	}
	w.says(w.press(ana, "Save and tell 27 people"), "I send the links to those who came to Crowded")
	w.says(w.does(ana, links), "There is no new link, so nobody is told")
}

// Up to 25 are told as the first confirmation said, whoever came meanwhile.
func TestFewAreToldWithoutASecondQuestion(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.crowded(2, 4)
	w.line(ana, `colloquium move talk:Crowded to:"16 Dec 15:00"`)
	w.comes(2)
	w.says(w.press(ana, "Move it"), "Moved")
}

func TestARoundOfManyIsCancelledOnlyWithTheirExactNumber(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.crowded(0, 27)
	w.line(olga, `round open topic:"Winter" kind:chat until:"Fri 17:00"`)
	w.press(olga, "Open it")
	for i := range 26 {
		w.handles(w.event(listener(i), chat.Line{Text: "round join"}))
	}
	w.says(w.line(olga, "round cancel"), "26 people who have joined")
	w.line(listener(26), "round join")
	w.says(w.press(olga, "Yes, cancel it"), "changed from 26 to 27")
	w.says(w.press(olga, "Yes, cancel it"), "Cancelled")
}

// A series tells everybody once, so whoever is on several lists counts once.
func TestASeriesCountsEverybodyOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.crowdedSeries(30)
	w.says(w.line(ana, fmt.Sprintf(`colloquium cancel talk:%q reason:"No room"`, "Crowded, the first")), "Cancel this talk")
	ask := w.press(ana, "Cancel it and all that follow")
	w.says(ask, "30 people would be told")
	w.says(w.press(ana, "Cancel them and tell 30 people"), "2 talks do not take place")
}

// crowdedSeries keeps two talks of one series to which the same people come.
func (w *world) crowdedSeries(n int) {
	w.t.Helper()
	w.crowded(n, n)
	first := stored[bot.Colloquium](w, "all/colloquium")[0]
	second := first
	part := bot.Part{Series: "series1", Words: "every week", Day: first.Wall.Date}
	first.Part, first.Title = &part, "Crowded, the first"
	w.write(&first, w.read(bot.Want{Ref: first.Ref()}).Version)
	later := part
	later.Day = part.Day.AddDays(7)
	second.ID, second.Part, second.Title, second.Start = "second", &later, "Crowded, the second", first.Start.AddDate(0, 0, 7)
	second.Wall.Date, second.Posts, second.Fans = later.Day, nil, nil
	w.write(&second, 0)
	for i, r := range stored[bot.Rsvp](w, "all/rsvp") {
		r.ID, r.Colloquium = fmt.Sprint("copy", i), "second"
		w.write(&r, 0)
	}
}
