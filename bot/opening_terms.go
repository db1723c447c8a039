package bot

import (
	"strconv"
	"strings"
	"time"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// Limits of an opening, in runes where not said otherwise.
const (
	maxOpeningTitle = 100
	maxOpeningText  = 600
	maxPlaces       = 100 // of one opening
	maxDayText      = 40
)

// The fields of the two steps in which an opening is offered.
var (
	openingFirst  = []string{"title", "topics", "learn", "give", "offers"}   //nolint:gochecknoglobals // a table
	openingSecond = []string{"capacity", "from", "to", deadlineField, "lab"} //nolint:gochecknoglobals // a table
	openingFault  = map[string]func(text string) error{                      //nolint:gochecknoglobals // a table
		"title": func(text string) error { return needed(text, maxOpeningTitle, "Give the residency a title.") },
		"topics": func(text string) error {
			if len(splitTopics(text)) == 0 {
				return denied("Name at least one topic, separated by commas.")
			}
			return topicsFault(text)
		},
		"learn":    func(text string) error { return needed(text, maxOpeningText, "Say what your lab wants to learn.") },
		"give":     func(text string) error { return needed(text, maxOpeningText, "Say what your lab can pass on.") },
		"offers":   func(text string) error { return tooLong(text, maxOpeningText) },
		"capacity": func(text string) error { _, err := placesOf(text); return err },
	}
)

// deadlineField asks for the last day to apply.
const deadlineField = "deadline"

// placesOf is how many people can come; one where nothing is said.
func placesOf(text string) (int, error) {
	if text == "" {
		return 1, nil
	}
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n < 1 || n > maxPlaces {
		return 0, denied("Write how many people can come, from 1 to %d.", maxPlaces)
	}
	return n, nil
}

// openingChecks makes the check of a form with those fields.
func openingChecks(names []string) func(map[string]string) []chat.Problem {
	return func(values map[string]string) []chat.Problem { return openingProblems(values, names) }
}

// openingProblems is what is wrong with values that is known without a clock.
func openingProblems(values map[string]string, names []string) []chat.Problem {
	var problems []chat.Problem
	for _, name := range names {
		fault, ok := openingFault[name]
		if !ok {
			continue
		}
		if err := fault(chat.Clean(values[name])); err != nil {
			problems = append(problems, chat.Problem{Field: name, Text: err.Error()})
		}
	}
	return problems
}

// readOpening reads a draft, and names what is wrong with it.
func (rq *request) readOpening(values map[string]string, lab *Lab) (*Opening, []chat.Problem, error) {
	problems := openingProblems(values, append(openingFirst[:len(openingFirst):len(openingFirst)], openingSecond...))
	zone, err := rq.hostZone(lab.ID)
	if err != nil {
		return nil, nil, err
	}
	o := &Opening{
		Lab: lab.ID, By: rq.me.ID, Title: chat.CleanLine(values["title"]), Topics: splitTopics(values["topics"]),
		Learn: chat.CleanLine(values["learn"]), Give: chat.CleanLine(values["give"]), Offers: chat.CleanLine(values["offers"]),
		Zone: zone, State: OpeningTaking, At: rq.now,
	}
	o.Capacity, _ = placesOf(chat.Clean(values["capacity"]))
	day := func(field string) calendar.Date {
		date, err := calendar.ParseDay(chat.CleanLine(values[field]), rq.app.zones.Today(rq.now, zone))
		if err != nil {
			problems = append(problems, chat.Problem{Field: field, Text: refusal(err).Error()})
		}
		return date
	}
	o.From, o.To, o.Last = day("from"), day("to"), day(deadlineField)
	if len(problems) > 0 {
		return o, problems, nil
	}
	if err := exchange.CheckDates(o.From, o.To, rq.app.zones.Today(rq.now, zone)); err != nil {
		return o, []chat.Problem{{Field: "days", Text: err.Error()}}, nil //nolint:nilerr // what is wrong with the days is a problem to correct
	}
	o.Deadline = rq.app.startOf(o.Last.AddDays(1), zone)
	if first := rq.app.startOf(o.From, zone); first.Before(o.rankBy().Add(settleBefore)) {
		return o, []chat.Problem{{Field: deadlineField, Text: "After the deadline the labs rank for a week, and whoever gets a place answers within another. The residency begins on " + calendar.FormatDay(o.From) + ", so the last day to apply is " + calendar.FormatDay(o.From.AddDays(-15)) + " at the latest."}}, nil
	}
	return o, nil, nil
}

// settleBefore is how long before the first day the ranking must be over.
const settleBefore = 7 * 24 * time.Hour

// ledLabs are the labs that the person leads.
func (rq *request) ledLabs() []string {
	var labs []string
	for _, g := range rq.me.Roles {
		if g.Role == Lead {
			labs = append(labs, g.Lab)
		}
	}
	return labs
}

// offeringLab is the lab that a residency is offered by: the one that is named,
// or the only one that the person leads.
func (rq *request) offeringLab(values map[string]string) (*Lab, error) {
	led := rq.ledLabs()
	if len(led) == 0 {
		return nil, denied("Only the lead of a lab can offer a residency there. An organiser makes somebody lead; residency browse shows what other labs offer.")
	}
	name := chat.CleanLine(values["lab"])
	if name == "" && len(led) > 1 {
		return nil, denied("You lead several labs. Name the one that offers the residency.")
	}
	if name == "" {
		return load[*Lab](rq.tx, KindLab, led[0])
	}
	lab, err := rq.findLab(name)
	if err != nil {
		return nil, err
	}
	return lab, rq.may(Create, Object{Kind: KindOpening, Lab: lab.ID}, "You do not lead "+lab.Name+", so you cannot offer a residency there. Its lead can.")
}
