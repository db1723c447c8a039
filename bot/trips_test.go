package bot_test

import (
	"errors"
	"testing"
	"time"

	"interlab/bot"
	"interlab/bot/chat"
)

// trips is how many round trips to the store an event takes, from Accept to
// its settled answer.
func (w *world) trips(who chat.Account, input chat.Input) (n int64, answer chat.Message) {
	w.t.Helper()
	e := w.event(who, input)
	before := w.store.RoundTrips()
	answer = w.handles(e)
	n = w.store.RoundTrips() - before
	w.settle()
	return n, answer
}

// What an answer may cost. The figures are the budget of the house; what is
// measured stands beside it in the log of the test.
const (
	readTrips   = 3
	changeTrips = 5
)

func TestRoundTripsStayWithinTheirBudget(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	for i, name := range []string{"Cy Holm", "Di Park", "Eva Roth", "Fay Ode"} {
		who := chat.Account{Platform: "discord", User: string(rune('c' + i))}
		w.join(who, name, name+"'s Lab", "protein folding kinetics")
	}
	check := func(what string, most int64, who chat.Account, input chat.Input, want string) {
		t.Helper()
		n, answer := w.trips(who, input)
		w.says(answer, want)
		t.Logf("%s: %d round trips", what, n)
		if n > most {
			t.Errorf("%s takes %d round trips, want at most %d", what, n, most)
		}
	}
	line := func(text string) chat.Input { return chat.Line{Text: text} }
	press := func(who chat.Account, label string) chat.Input { return chat.Press{Ref: w.button(who, label)} }

	check("match find", changeTrips, ana, line("match find protein folding"), "5 people for")
	check("ask", changeTrips, ana, press(ana, "Ask Bo"), "Asked")
	check("ask another", changeTrips, ana, press(ana, "Ask Cy"), "Asked")
	check("ask a third", changeTrips, ana, press(ana, "Ask Di"), "Asked")
	check("no", changeTrips, bo, press(bo, "No"), "No, and only you know")
	check("yes", changeTrips, bo, press(bo, "I have changed my mind"), "Meet Ana Ruiz of Curie Lab")
	slot := w.button(bo, "Tue")
	check("pick", changeTrips, bo, chat.Press{Ref: slot}, "You can make")
	check("pick the same", changeTrips, ana, chat.Press{Ref: slot}, "Agreed with Bo")
	check("call it off", changeTrips, ana, press(ana, "Call it off"), "Here are times")
	check("profile set", changeTrips, ana, line("profile set about:\"I look at proteins\""), "You are in")
	check("profile set with a lab", changeTrips, ana, line("profile set lab:\"Curie Lab\" shares:cryo"), "You are in")

	check("help", readTrips, ana, line("help"), "match")
	check("start", readTrips, ana, line("hello"), "What would you like to do")
	check("profile show", readTrips, ana, line("profile show"), "Your profile")
	check("match list", readTrips, ana, line("match list"), "Di Park")
	check("me", readTrips, ana, line("me"), "Ana Ruiz, Curie Lab")
	check("help for a stranger", readTrips, olga, line("help"), "match")
}

// What did not reach a person takes no round trip for each line of it either.
func TestWhatWasMissedKeepsToTheBudget(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	w.messenger.fails(failing(direct(bo), chat.ErrUnreachable), nil)
	w.join(olga, "Olga Stern", "Office", "statistics")
	w.press(ana, "Ask Bo")
	w.change(bo, func(p *bot.Person) { p.Unreached = time.Time{} }) // or nobody finds him
	w.line(olga, "match find protein folding")
	w.press(olga, "Ask Bo")
	n, answer := w.trips(bo, chat.Line{Text: "me"})
	if c := count([]chat.Message{answer}, "I could not write to you"); c != 2 {
		t.Errorf("Bo sees %d of 2 things that he missed", c)
	}
	if n > readTrips {
		t.Errorf("me takes %d round trips, want at most %d", n, readTrips)
	}
}

// A form opens within the life of a platform's trigger, so it reads once.
func TestAFormReadsOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.asked()
	w.does(ana, chat.Submission{Ref: chat.Ref{Route: "profile.edit"}, Values: map[string]string{"lab": "Curie Lab", "shares": "optics", "zone": "Paris"}})
	for _, c := range []struct {
		who chat.Account
		ref chat.Ref
	}{
		{ana, chat.Ref{Route: "match.new"}},
		{ana, chat.Ref{Route: "profile.edit"}},
		{ana, w.button(ana, "Back")},
		{ana, w.button(ana, "Next")},
		{bo, chat.Ref{Route: "match.yes.contact", ID: w.button(bo, "No").ID}},
	} {
		before := w.store.RoundTrips()
		form, err := w.app.Form(t.Context(), w.event(c.who, chat.Press{Ref: c.ref}))
		if err := errors.Join(err, form.Validate()); err != nil {
			t.Errorf("Form(%s) = %v", c.ref, err)
		}
		if n := w.store.RoundTrips() - before; n != 1 {
			t.Errorf("the form of %s takes %d round trips, want 1", c.ref, n)
		}
	}
}
