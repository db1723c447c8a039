package bot

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"

	"interlab/bot/chat"
	"interlab/calendar"
)

func profileRoutes() []route {
	return []route{
		{name: "profile.edit", show: chat.ShowForm, form: (*request).profileForm, subject: KindDraft, labs: true},
		{name: "profile.edit.sent", show: chat.ShowPrivate, changes: true, do: (*request).profileBegun, check: joinProblems, subject: KindDraft, labs: true},
		{name: "profile.more", show: chat.ShowForm, form: (*request).profileMore, subject: KindDraft, labs: true},
		{name: "profile.more.sent", show: chat.ShowPrivate, changes: true, do: (*request).profileDone, check: profileProblems, subject: KindDraft, labs: true},
		{name: "profile.set", show: chat.ShowPrivate, changes: true, do: (*request).profileSet, labs: true},
		{name: "profile.show", show: chat.ShowPrivate, do: (*request).profileShow},
		{name: "profile.pause", show: chat.ShowPrivate, changes: true, do: (*request).pause},
	}
}

// joinProblems is what the first step of joining refuses: as profileProblems,
// and nothing to be found by.
func joinProblems(values map[string]string) []chat.Problem {
	problems := profileProblems(values)
	if len(splitTopics(chat.Clean(values["shares"])))+len(splitTopics(chat.Clean(values["seeks"]))) == 0 {
		problems = append(problems, chat.Problem{Field: "shares", Text: "Name at least one topic that you share or look for."})
	}
	return problems
}

// profileForm is the first of two steps.
func (rq *request) profileForm() (chat.Form, error) {
	labs, err := rq.labsHere()
	if err != nil {
		return chat.Form{}, err
	}
	values, id, err := rq.drafted()
	if err != nil {
		return chat.Form{}, err
	}
	form := chat.Form{
		Ref: chat.Ref{Route: "profile.edit", ID: id}, Title: "Your profile, 1 of 2", Submit: "Next",
		Fields: []chat.FormField{
			labField(labs),
			{Name: "shares", Label: "What can you share?", Hint: "Topics separated by commas", Long: true},
			{Name: "seeks", Label: "What do you look for?", Hint: "Topics separated by commas", Long: true},
			{Name: "zone", Label: "Where are you?", Hint: "A city, or a zone such as Europe/Paris", Required: true, Max: 80},
			{Name: "hours", Label: "Your working hours", Hint: "For example Mon-Fri 09:00-17:00", Max: 200},
		},
	}
	return form.Fill(values), nil
}

// joinPurpose says on the form what it is for and how long it is kept: as much as
// a hint takes on every platform. What App.purpose says in full stands before it.
const joinPurpose = "All of this only finds people and times for you; it is kept until you type profile forget."

// labField asks for the lab by a menu, or by text where there are too many.
func labField(labs []*Lab) chat.FormField {
	field := chat.FormField{Name: "lab", Label: "Your lab", Hint: joinPurpose, Required: true, Max: 100}
	if len(labs) == 0 || len(labs) > chat.MaxOptions {
		field.Label = "The name of your lab"
		return field
	}
	for _, lab := range labs {
		field.Options = append(field.Options, chat.Option{Label: lab.Name, Value: lab.Name})
	}
	return field
}

// drafted is what should stand in a form: the draft that the control names,
// over what the profile has.
func (rq *request) drafted() (map[string]string, string, error) {
	var lab string
	if rq.me.Lab != "" {
		name, err := rq.app.lab(rq.tx, rq.me.Lab)
		if err != nil {
			return nil, "", err
		}
		lab = name
	}
	values := rq.me.values(lab)
	if values["zone"] == "" {
		values["zone"] = rq.app.platformZone(rq.ctx, rq.event.From)
	}
	draft, err := rq.draft()
	if err != nil || draft == nil {
		return values, "", err
	}
	maps.Copy(values, draft.Values)
	return values, draft.ID, nil
}

// profileTimeout bounds the look-up of a zone for a form that must open within
// the life of a platform's trigger.
const profileTimeout = time.Second

// platformZone is the zone that a platform tells of an account, if it does.
func (a *App) platformZone(ctx context.Context, who chat.Account) string {
	profile, _ := a.platformProfile(ctx, who) // a field that is left empty is no failure
	return profile.Zone
}

// draft is the person's own draft that the control names, or nil. A forged or
// forgotten id is as good as none.
func (rq *request) draft() (*Draft, error) {
	id, _ := rq.control()
	if id == "" {
		return nil, nil
	}
	draft, err := load[*Draft](rq.tx, KindDraft, id)
	if errors.Is(err, errNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if !Can(rq.actor(), Edit, Object{Kind: KindDraft, People: []string{draft.By}}) {
		return nil, nil
	}
	return draft, nil
}

// keepDraft keeps what was typed, in the draft that the control names or in a
// new one.
func (rq *request) keepDraft(then chat.Ref) (*Draft, error) {
	draft, err := rq.draft()
	if err != nil {
		return nil, err
	}
	if draft == nil {
		id, err := rq.app.ids.id()
		if err != nil {
			return nil, err
		}
		draft = &Draft{ID: id, By: rq.me.ID, Values: map[string]string{}, Then: then}
	}
	maps.Copy(draft.Values, rq.args)
	draft.At = rq.now
	rq.tx.put(draft, rq.me)
	return draft, nil
}

// profileBegun takes the first step.
func (rq *request) profileBegun() (chat.Message, error) {
	draft, err := rq.keepDraft(chat.Ref{})
	if err != nil {
		return chat.Message{}, err
	}
	problems := joinProblems(rq.args)
	if _, err := rq.findLab(rq.arg("lab")); err != nil {
		problem, ok := asProblem("lab", err)
		if !ok {
			return chat.Message{}, err
		}
		problems = append(problems, problem)
	}
	if len(problems) > 0 {
		return fixCard(problems, chat.Ref{Route: "profile.edit", ID: draft.ID}), nil
	}
	return chat.Message{
		Title: "Half way",
		Body: []chat.Text{
			chat.T("I have noted that. One more step: a few lines about you, how you can be reached, and what others see."),
			chat.T(rq.app.purpose()),
		},
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: "Next", Ref: chat.Ref{Route: "profile.more", ID: draft.ID}, Tone: chat.Main},
			chat.Button{Label: "Back", Ref: chat.Ref{Route: "profile.edit", ID: draft.ID}},
		)},
		Note: chat.T("Nothing of this is visible to anybody before the second step."),
	}, nil
}

// asProblem is a refusal as a problem of a field.
func asProblem(field string, err error) (chat.Problem, bool) {
	var refusal *Denied
	if !errors.As(err, &refusal) {
		return chat.Problem{}, false
	}
	return chat.Problem{Field: field, Text: refusal.Text}, true
}

// fixCard says what to correct; the form behind its button has all that was typed.
func fixCard(problems []chat.Problem, form chat.Ref) chat.Message {
	m := chat.Message{
		Title: "One thing to correct",
		Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Fix", Ref: form, Tone: chat.Main})},
		Note:  chat.T("What you typed is kept for a week."),
	}
	if len(problems) > 1 {
		m.Title = fmt.Sprintf("%d things to correct", len(problems))
	}
	for _, problem := range problems {
		m.Body = append(m.Body, chat.T(chat.Strong(problem.Field), ": ", problem.Text))
	}
	return m
}

// profileMore is the second step.
func (rq *request) profileMore() (chat.Form, error) {
	values, id, err := rq.drafted()
	if err != nil {
		return chat.Form{}, err
	}
	form := chat.Form{
		Ref: chat.Ref{Route: "profile.more", ID: id}, Title: "Your profile, 2 of 2", Submit: "Save",
		Fields: []chat.FormField{
			{Name: "about", Label: "About your work", Hint: "A few lines, titles, or an abstract", Long: true, Max: maxAbout},
			{Name: "contact", Label: "How may people reach you?", Hint: "Shown only once you agree to an introduction", Required: true, Max: maxContact},
			{
				Name: "show", Label: "Who sees your name before that?", Required: true,
				Options: []chat.Option{
					{Label: "Everybody in the network", Value: string(ShownName)},
					{Label: "Only those whom I ask myself", Value: showTopics},
					{Label: "Nobody", Value: string(ShownMet)},
				},
			},
		},
	}
	return form.Fill(values), nil
}

// profileDone takes the second step and saves the profile.
func (rq *request) profileDone() (chat.Message, error) {
	draft, err := rq.draft()
	if err != nil {
		return chat.Message{}, err
	}
	if draft == nil {
		return chat.Message{}, denied("The first step is no longer here: it is kept for a week. Type profile set to begin again.")
	}
	if problems := joinProblems(draft.Values); len(problems) > 0 { // an older card led here
		return fixCard(problems, chat.Ref{Route: "profile.edit", ID: draft.ID}), nil
	}
	if problems := profileProblems(rq.args); len(problems) > 0 {
		if _, err := rq.keepDraft(chat.Ref{}); err != nil {
			return chat.Message{}, err
		}
		return fixCard(problems, chat.Ref{Route: "profile.more", ID: draft.ID}), nil
	}
	values := maps.Clone(draft.Values)
	maps.Copy(values, rq.args)
	rq.tx.remove(draft.Ref())
	if err := rq.saveProfile(values); err != nil {
		return chat.Message{}, err
	}
	return rq.profileSaved(draft.Then)
}

// profileSet takes any part of a profile at once, from arguments.
func (rq *request) profileSet() (chat.Message, error) {
	problems := profileProblems(rq.args)
	if len(problems) > 0 {
		var lines []string
		for _, problem := range problems {
			lines = append(lines, problem.Field+": "+problem.Text)
		}
		return chat.Message{}, denied("Nothing was saved. %s", strings.Join(lines, " "))
	}
	if err := rq.saveProfile(rq.args); err != nil {
		return chat.Message{}, err
	}
	return rq.profileSaved(chat.Ref{})
}

// saveProfile takes values that have no problems; the person joins once
// nothing is lacking.
func (rq *request) saveProfile(values map[string]string) error {
	if name := chat.CleanLine(values["lab"]); name != "" {
		lab, err := rq.findLab(name)
		if err != nil {
			return err
		}
		if err := rq.mayChangeLab(lab); err != nil {
			return err
		}
		left := rq.me.Lab
		rq.me.Lab = lab.ID
		if left != "" && left != lab.ID {
			if err := rq.stepDown(left); err != nil {
				return err
			}
			if err := rq.vacate(rq.me); err != nil {
				return err
			}
		}
	}
	if err := rq.me.apply(values); err != nil {
		return err
	}
	if rq.me.Zone.IsZero() {
		if zone, err := calendar.ParseZone(rq.app.platformZone(rq.ctx, rq.event.From)); err == nil {
			rq.me.Zone = zone
		}
	}
	switch {
	case rq.me.lacks() != "":
		rq.me.Joined = time.Time{}
	case rq.me.Joined.IsZero():
		if err := rq.refuseGuest(); err != nil {
			return err
		}
		rq.me.Joined = rq.now
	}
	rq.tx.put(rq.me)
	return nil
}

// profileSaved says what others see from now on.
func (rq *request) profileSaved(then chat.Ref) (chat.Message, error) {
	m, err := rq.profileShow()
	if err != nil {
		return chat.Message{}, err
	}
	if lacks := rq.me.lacks(); lacks != "" {
		m.Title = "Saved"
		m.Body = []chat.Text{chat.T("Nobody finds you yet: ", lacks, " is still missing. ", chat.Code("profile set"), " opens the form.")}
		return m, nil
	}
	m.Title = "You are in"
	switch {
	case then.Route == roundJoin:
		m.Body = append(m.Body, chat.T("You were about to join a round:"))
		m.Rows = []chat.Row{chat.NewRow(chat.Button{Label: "Join the round", Ref: then, Tone: chat.Main})}
	case then.Route != "":
		m.Body = append(m.Body, chat.T("You were about to ask somebody:"))
		m.Rows = []chat.Row{chat.NewRow(chat.Button{Label: "Ask now", Ref: then, Tone: chat.Main})}
	}
	return m, nil
}

// profileShow is what others see of the person.
func (rq *request) profileShow() (chat.Message, error) {
	if rq.me.unclaimed() || rq.me.Joined.IsZero() && len(rq.me.Shares)+len(rq.me.Seeks) == 0 {
		return rq.hello()
	}
	lab, err := rq.app.lab(rq.tx, rq.me.Lab)
	if err != nil {
		return chat.Message{}, err
	}
	return chat.Message{
		Title:  "Your profile",
		Body:   rq.whoSees(lab),
		Fields: rq.profileFields(),
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: "Find somebody", Ref: chat.Ref{Route: "match.new"}, Tone: chat.Main},
			chat.Button{Label: "Change my profile", Ref: chat.Ref{Route: "profile.edit"}},
			chat.Button{Label: "Who sees what", Ref: chat.Ref{Route: seenRoute}},
			chat.Button{Label: "Everything about me", Ref: chat.Ref{Route: "profile.export"}},
			chat.Button{Label: "Forget me", Ref: chat.Ref{Route: routeForget}},
		)},
	}, nil
}

// pause hides a person until a day that ends the pause by itself.
func (rq *request) pause() (chat.Message, error) {
	text := chat.CleanLine(rq.args["until"])
	if strings.EqualFold(text, "now") {
		rq.me.Paused = time.Time{}
		rq.tx.put(rq.me)
		return chat.Message{Title: "You are back", Body: []chat.Text{chat.T("Others can find you again.")}}, nil
	}
	zone := rq.me.zone()
	day, err := calendar.ParseDay(text, rq.app.zones.Today(rq.now, zone))
	if err != nil {
		return chat.Message{}, refusal(err)
	}
	rq.me.Paused = rq.app.startOf(day, zone)
	if !rq.me.Paused.After(rq.now) {
		return chat.Message{}, denied("%s has begun already. Name a later day, for example: profile pause until:\"in 2 weeks\".", rq.app.day(rq.me.Paused, rq.me))
	}
	rq.tx.put(rq.me)
	return chat.Message{
		Title: "Paused until " + rq.app.day(rq.me.Paused, rq.me),
		Body: []chat.Text{
			chat.T("Nobody finds you before that day; then the pause ends by itself and I tell you. Asks and meetings that are open go on."),
			chat.T("To end it sooner: ", chat.Code("profile pause until:now")),
		},
	}, nil
}
