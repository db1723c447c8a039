package bot

import (
	"errors"
	"fmt"
	"slices"

	"interlab/bot/chat"
)

// route is one thing that can be asked of the bot, by a command, a control or a
// form. How it is answered is part of it, because platforms fix that before
// any work is done.
type route struct {
	name    string
	show    chat.Show
	changes bool
	do      func(*request) (chat.Message, error) // for everything but ShowForm
	form    func(*request) (chat.Form, error)    // for ShowForm
	check   func(values map[string]string) []chat.Problem
	subject Kind // of the document that a control's id names, read along with the person
	matches bool // the person's matches are read along
	mine    bool // the talks and the exchanges that they take part in are read along
	labs    bool // the labs, and the home that the event came from, are read along
}

// submitted is the route of a form's submission; the form's own name opens it.
func submitted(form string) string { return form + ".sent" }

// routes are all of them by name.
func routes() map[string]route {
	all := slices.Concat(startRoutes(), profileRoutes(), findRoutes(), askRoutes(), answerRoutes(),
		timeRoutes(), metRoutes(), blockRoutes(), adminRoutes(), labRoutes(), onboardRoutes(),
		claimRoutes(), linkRoutes(), whenRoutes(), watchRoutes(),
		exchangeRoutes(), goalRoutes(), reportRoutes(),
		channelRoutes(), proposeRoutes(), rsvpRoutes(), talkRoutes(), changeRoutes(),
		speakingRoutes(), approvalRoutes(), pollRoutes(), seriesRoutes(), seriesChangeRoutes(), residencyRoutes(), roundRoutes(), remindRoutes(), artifactRoutes(), questionRoutes(), attendRoutes(),
		evidenceRoutes(), packRoutes(), artefactsPageRoutes(), bulletinRoutes(), storyRoutes(), followRoutes(), followUpRoutes(), hushRoutes(), awayRoutes(), forgetRoutes(), myDataRoutes(), calendarRoutes(), answeringRoutes(), seenRoutes())
	byName := make(map[string]route, len(all))
	for _, r := range all {
		byName[r.name] = r
	}
	return byName
}

// checkRoutes reports commands without a route, forms without a submission, and
// routes that answer in no way or in two.
func checkRoutes(tree *chat.Tree, routes map[string]route) error {
	var problems []error
	for path, leaf := range tree.Leaves() {
		for _, name := range []string{leaf.Route, leaf.Blank} {
			if _, ok := routes[name]; name != "" && !ok {
				problems = append(problems, fmt.Errorf("%v: no route %s", path, name))
			}
		}
	}
	for name, r := range routes {
		if (r.form != nil) == (r.do != nil) || (r.form != nil) != (r.show == chat.ShowForm) {
			problems = append(problems, fmt.Errorf("route %s: must answer in one way", name))
		}
		if _, ok := routes[submitted(name)]; r.form != nil && !ok {
			problems = append(problems, fmt.Errorf("route %s: its form goes nowhere", name))
		}
	}
	return errors.Join(problems...)
}

// wantsOf is what a route reads before it knows anything else, so that it can
// be read along with accepting the event.
func wantsOf(r route, e chat.Event, _ chat.Call) []Want {
	wants := []Want{{Unique: personByAccount(e.From)}}
	if id := controlID(e); r.subject != "" && id != "" {
		wants = append(wants, Want{Ref: Ref{r.subject, id}})
	}
	if r.matches {
		wants = append(wants, matchesOfAccount(e.From))
	}
	if r.mine {
		wants = append(wants, ofAccount(e.From, rsvpsBy), ofAccount(e.From, exchangesOf))
	}
	if r.labs {
		wants = append(wants, Want{List: every(KindLab)}, Want{Unique: homeByName(e.In.Home)})
	}
	return wants
}

// controlID is the id that the pressed control or the submitted form carried,
// up to the first dot: what follows it counts within the document.
func controlID(e chat.Event) string {
	id, _ := splitID(controlRef(e).ID)
	return id
}

func controlRef(e chat.Event) chat.Ref {
	switch input := e.Input.(type) {
	case chat.Press:
		if input.Ref.ID == "" && len(input.Values) == 1 {
			return chat.Ref{Route: input.Ref.Route, ID: input.Values[0]} // an option of a menu names the document
		}
		return input.Ref
	case chat.Submission:
		return input.Ref
	}
	return chat.Ref{}
}
