package bot

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"interlab/bot/chat"
	"interlab/calendar"
)

// Limits of a colloquium, in runes where not said otherwise. A talk must be
// read on one card.
const (
	maxTalkTitle = 120
	maxSpeaker   = 80
	maxAbstract  = 2000
	maxReason    = 300
	maxSeats     = 100_000 // a number beyond it is a slip
	minMinutes   = 5
	maxMinutes   = 480
	usualMinutes = 60
)

// termsOrder is the order in which what describes a talk is asked and named.
var termsOrder = []string{"title", "speaker", "abstract", "when", "minutes", placeField, "capacity", topicsField, languageField, "reason"} //nolint:gochecknoglobals // a table

// termsFault is what is wrong with one value, or nil; what it needs beside the
// value itself, as a time does, is checked where it is known.
var termsFault = map[string]func(text string) error{ //nolint:gochecknoglobals // a table
	"title":    func(text string) error { return needed(text, maxTalkTitle, "Give the talk a title.") },
	"speaker":  func(text string) error { return needed(text, maxSpeaker, "Say who speaks.") },
	"abstract": func(text string) error { return tooLong(text, maxAbstract) },
	"when": func(text string) error {
		return needed(text, maxSpeaker, "Say when, for example: Tue 15:00, or 8 Dec 15:00 Berlin.")
	},
	"minutes":     func(text string) error { _, err := minutesOf(text); return err },
	placeField:    whereFault,
	topicsField:   topicsFault,
	"capacity":    func(text string) error { _, err := capacityOf(text); return err },
	languageField: languageFault,
	"reason": func(text string) error {
		return needed(text, maxReason, "Say in a few words why. Everybody concerned reads it.")
	},
}

func needed(text string, most int, otherwise string) error {
	if text == "" {
		return denied("%s", otherwise)
	}
	return tooLong(text, most)
}

// termsProblems is what is wrong with those values that are asked for, by field.
func termsProblems(values map[string]string, names ...string) []chat.Problem {
	var problems []chat.Problem
	for _, name := range names {
		if err := termsFault[name](chat.Clean(values[name])); err != nil {
			problems = append(problems, chat.Problem{Field: name, Text: err.Error()})
		}
	}
	return problems
}

// checks makes the check of a form with those fields.
func checks(names ...string) func(map[string]string) []chat.Problem {
	return func(values map[string]string) []chat.Problem { return termsProblems(values, names...) }
}

// minutesOf is how long a talk is.
func minutesOf(text string) (time.Duration, error) {
	if text == "" {
		return usualMinutes * time.Minute, nil
	}
	n, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(text, "min")))
	if err != nil || n < minMinutes || n > maxMinutes {
		return 0, denied("Write how long it lasts as a number of minutes, from %d to %d.", minMinutes, maxMinutes)
	}
	return time.Duration(n) * time.Minute, nil
}

// capacityOf is how many seats there are; 0 for no limit.
func capacityOf(text string) (int, error) {
	if text == "" || strings.EqualFold(text, "none") {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > maxSeats {
		return 0, denied("Write the number of seats from 1 to %d, or leave it empty where there is room for everybody.", maxSeats)
	}
	return n, nil
}

// terms are what a proposal says, once all of it can be read.
type terms struct {
	title, speaker, abstract, where string
	speakers                        []Speaker
	topics                          []string
	link                            LinkRule
	language                        Language
	lab                             *Lab
	moment                          calendar.Moment
	length                          time.Duration
	capacity                        int
}

// host is the lab that a proposal names, or the person's own.
func (rq *request) host(values map[string]string) (*Lab, error) {
	name := chat.CleanLine(values["lab"])
	if name == "" && rq.me.Lab == "" {
		return nil, denied("Name the lab that hosts the talk.")
	}
	if name == "" {
		return load[*Lab](rq.tx, KindLab, rq.me.Lab)
	}
	lab, err := rq.findLab(name)
	if err != nil {
		return nil, err
	}
	own, err := rq.app.lab(rq.tx, rq.me.Lab)
	if err != nil {
		return nil, err
	}
	return lab, rq.may(Create, Object{Kind: KindColloquium, Lab: lab.ID}, "You can propose a talk for your own lab, "+own+". For one of "+lab.Name+", ask somebody there or an organiser.")
}

// termsOf reads a draft, or makes the card that asks for what cannot be read.
func (rq *request) termsOf(draft *Draft) (terms, *chat.Message, error) {
	t := terms{title: chat.CleanLine(draft.Values["title"]), abstract: chat.Clean(draft.Values["abstract"]), where: chat.CleanLine(draft.Values[placeField])}
	problems := termsProblems(draft.Values, termsOrder[:len(termsOrder)-1]...)
	var err error
	if t.lab, err = rq.host(draft.Values); err != nil {
		problem, ok := asProblem("lab", err)
		if !ok {
			return t, nil, err
		}
		problems = append(problems, problem)
	}
	if len(problems) > 0 {
		return t, toFix(problems, draft), nil
	}
	zone, err := rq.hostZone(t.lab.ID)
	if err != nil {
		return t, nil, err
	}
	moment, unclear, err := rq.momentOf(draft, zone)
	if problem, ok := asProblem("when", err); ok {
		return t, toFix([]chat.Problem{problem}, draft), nil
	}
	if err != nil {
		return t, nil, err
	}
	if unclear != nil {
		card := rq.choiceCard(unclear, draft, proposeRoute)
		return t, &card, nil
	}
	t.moment = moment
	if t.speakers, err = rq.speakersOf(draft.Values["speaker"]); err != nil {
		return t, nil, err
	}
	t.speaker = speakerNames(t.speakers)
	t.topics, t.link = splitTopics(draft.Values[topicsField]), linkRuleOf(draft.Values[linkField])
	t.language = languageOf(draft.Values[languageField])
	t.length, _ = minutesOf(chat.Clean(draft.Values["minutes"]))
	t.capacity, _ = capacityOf(chat.Clean(draft.Values["capacity"]))
	return t, nil, nil
}

// toFix leads back to the step that has the first problem.
func toFix(problems []chat.Problem, draft *Draft) *chat.Message {
	form := proposeRoute
	if slices.Contains([]string{placeField, "capacity", "lab", topicsField}, problems[0].Field) {
		form = "colloquium.place"
	}
	if problems[0].Field == languageField {
		form = languageRoute
	}
	card := fixCard(problems, chat.Ref{Route: form, ID: draft.ID})
	return &card
}

// draftZone is the zone in which a draft's time is read.
func (rq *request) draftZone(draft *Draft) (calendar.Zone, error) {
	if draft.Then.Route != "" {
		id, _ := splitID(draft.Then.ID)
		c, err := load[*Colloquium](rq.tx, KindColloquium, id)
		if err != nil {
			return calendar.Zone{}, err
		}
		return c.Wall.Zone, nil
	}
	lab, err := rq.host(draft.Values)
	if err != nil {
		return calendar.Zone{}, err
	}
	return rq.hostZone(lab.ID)
}

// choice are the two moments that somebody may have meant by a time in a gap or
// an overlap; nil where the time is clear.
type choice struct {
	sentence string
	moments  []calendar.Moment
}

// momentOf reads the time in a draft. What was understood takes the place of
// what was typed, so that "tomorrow" means the same day when it is confirmed.
func (rq *request) momentOf(draft *Draft, zone calendar.Zone) (calendar.Moment, *choice, error) {
	text := chat.CleanLine(draft.Values["when"])
	moment, err := rq.app.zones.ParseMoment(text, rq.now, zone)
	var r *calendar.Refusal
	if errors.As(err, &r) && len(r.Choices) > 0 {
		return calendar.Moment{}, &choice{r.Sentence, r.Choices}, nil
	}
	if err != nil {
		return calendar.Moment{}, nil, refusal(err)
	}
	draft.Values["when"] = rq.app.zones.FormatFull(moment.Instant, moment.Wall.Zone)
	return moment, nil, nil
}

// choiceCard lets the person choose between two times.
func (rq *request) choiceCard(c *choice, draft *Draft, form string) chat.Message {
	var buttons []chat.Button
	for n, m := range c.moments {
		buttons = append(buttons, chat.Button{Label: rq.app.zones.FormatFull(m.Instant, m.Wall.Zone), Ref: chat.Ref{Route: "colloquium.pick", ID: joinID(draft.ID, n)}})
	}
	buttons = append(buttons, chat.Button{Label: "Another time", Ref: chat.Ref{Route: form, ID: draft.ID}})
	return chat.Message{Title: "Which time do you mean?", Body: []chat.Text{chat.T(c.sentence)}, Rows: []chat.Row{chat.NewRow(buttons...)}, Note: chat.T("What you typed is kept for a week.")}
}
