package bot

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"interlab/bot/chat"
	"interlab/calendar"
)

// Limits of a profile, in runes where not said otherwise. They keep a profile
// readable on one card.
const (
	maxTopics  = 20 // topics in one list
	maxTopic   = 80
	maxAbout   = 3000
	maxContact = 200
)

// splitTopics reads a list of topics as people type it: by commas, semicolons
// or lines, without repeats.
func splitTopics(text string) []string {
	var topics []string
	for _, part := range strings.FieldsFunc(chat.Clean(text), func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		topic := chat.CleanLine(part)
		same := func(other string) bool { return fold(other) == fold(topic) }
		if topic != "" && !slices.ContainsFunc(topics, same) {
			topics = append(topics, topic)
		}
	}
	return topics
}

// profileFault is what is wrong with one value, or nil. Every value is checked
// alone and without I/O, so that a form can show it beside its field.
var profileFault = map[string]func(text string) error{
	"shares":  topicsFault,
	"seeks":   topicsFault,
	"zone":    func(text string) error { _, err := calendar.ParseZone(text); return refusal(err) },
	"hours":   func(text string) error { _, err := calendar.ParseHours(text); return refusal(err) },
	"about":   func(text string) error { return tooLong(text, maxAbout) },
	"contact": func(text string) error { return tooLong(text, maxContact) },
}

func topicsFault(text string) error {
	topics := splitTopics(text)
	if len(topics) > maxTopics {
		return denied("That is %d topics. Keep the %d that matter most, separated by commas.", len(topics), maxTopics)
	}
	for _, topic := range topics {
		if utf8.RuneCountInString(topic) > maxTopic {
			return denied("One topic is longer than %d characters. Write short topics separated by commas; longer text belongs in About.", maxTopic)
		}
	}
	return nil
}

func tooLong(text string, most int) error {
	if n := utf8.RuneCountInString(text); n > most {
		return denied("That is %d characters. Please keep it to %d.", n, most)
	}
	return nil
}

// profileProblems names everything that is wrong with values, by field.
func profileProblems(values map[string]string) []chat.Problem {
	var problems []chat.Problem
	for _, name := range profileOrder {
		text := chat.Clean(values[name])
		fault, ok := profileFault[name]
		if text == "" || !ok {
			continue
		}
		if err := fault(text); err != nil {
			problems = append(problems, chat.Problem{Field: name, Text: err.Error()})
		}
	}
	return problems
}

// profileOrder is the order in which values are named to people.
var profileOrder = []string{"lab", "shares", "seeks", "zone", "hours", "about", "contact", "show"}

// apply takes values into a profile. Those that are absent stay; the values
// have no problems.
func (p *Person) apply(values map[string]string) error {
	var errs []error
	for name, raw := range values {
		text := chat.Clean(raw)
		switch name {
		case "shares":
			p.Shares = splitTopics(text)
		case "seeks":
			p.Seeks = splitTopics(text)
		case "about":
			p.About = text
		case "contact":
			p.Contact = chat.CleanLine(text)
		case "show":
			p.Shown = shownOf(text)
		case "zone":
			errs = append(errs, p.applyZone(text))
		case "hours":
			errs = append(errs, p.applyHours(text))
		}
	}
	return errors.Join(errs...)
}

func (p *Person) applyZone(text string) error {
	if text == "" {
		return nil
	}
	zone, err := calendar.ParseZone(text)
	if err != nil {
		return fmt.Errorf("profile zone: %w", err)
	}
	p.Zone = zone
	return nil
}

func (p *Person) applyHours(text string) error {
	if text == "" {
		p.Hours = calendar.DefaultHours()
		return nil
	}
	hours, err := calendar.ParseHours(text)
	if err != nil {
		return fmt.Errorf("profile hours: %w", err)
	}
	p.Hours = hours
	return nil
}

func shownOf(text string) Shown {
	switch s := Shown(text); s {
	case ShownName, ShownMet:
		return s
	case ShownTopics:
	}
	return ShownTopics
}

// values is the profile as a form shows it.
func (p *Person) values(lab string) map[string]string {
	values := map[string]string{
		"lab":     lab,
		"shares":  strings.Join(p.Shares, ", "),
		"seeks":   strings.Join(p.Seeks, ", "),
		"hours":   p.Hours.String(),
		"about":   p.About,
		"contact": p.Contact,
		"show":    string(p.Shown),
	}
	if values["show"] == "" {
		values["show"] = showTopics
	}
	if p.Joined.IsZero() {
		values["show"] = string(ShownName)
	}
	if !p.Zone.IsZero() {
		values["zone"] = p.Zone.String()
	}
	return values
}

// showTopics is ShownTopics as people choose it.
const showTopics = "topics"

// lacks names what a profile still needs before its person can be found.
func (p *Person) lacks() string {
	switch {
	case p.Lab == "":
		return "your lab"
	case len(p.Shares)+len(p.Seeks) == 0:
		return "a topic that you share or look for"
	case p.Zone.IsZero():
		return "your city or time zone"
	}
	return ""
}

// profileFields are what a person has told about themselves.
func (rq *request) profileFields() []chat.Field {
	p := rq.me
	var fields []chat.Field
	add := func(name, value string) {
		if value != "" {
			fields = append(fields, chat.Field{Name: name, Value: chat.T(value)})
		}
	}
	add("Shares", strings.Join(p.Shares, ", "))
	add("Seeks", strings.Join(p.Seeks, ", "))
	if !p.Zone.IsZero() {
		add("Working hours", p.hours().String()+" in "+p.Zone.City())
	}
	if p.Paused.After(rq.now) {
		add("Paused", "until "+rq.app.day(p.Paused, p)+"; nobody finds you before")
	}
	if p.unreached(rq.now) {
		add("Not found", "what I wrote on "+rq.app.day(p.Unreached, p)+" did not reach you. Allow messages from me; then press Change my profile, and people find you again")
	}
	var away []string
	for _, a := range p.ahead(rq.today()) {
		away = append(away, calendar.FormatDay(a.From)+" to "+calendar.FormatDay(a.To))
	}
	add("Away", strings.Join(away, ", "))
	return fields
}
