package bot

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"interlab/bot/chat"
	"interlab/calendar"
)

// Part says that a talk is one of a series. Every talk of it is a document of
// its own; what they have in common is the id, and Day is the day that the rule
// gave the talk first, whatever became of it.
type Part struct {
	Series string        `json:"series"`
	Day    calendar.Date `json:"day"`
	Words  string        `json:"words"` // the rule, for a sentence

	Rule calendar.Series `json:"rule,omitzero"` // the talks that it is one of
}

// seriesEarly is how long before its start a talk of a series is posted: twenty
// at once would be noise.
const seriesEarly = 14 * 24 * time.Hour

// partsOf and a series' id list its talks by their start.
const partsOf = "colloquium.series/"

// The fields that make a series of a talk, and the values of the rule.
const (
	ruleField  = "rule"
	untilField = "until"
	daysField  = "days"
	skipField  = "skip"

	ruleMonthly = "month"
	ruleLast    = "last"
	ruleDays    = "days"
	maxDays     = 1000 // runes
)

func seriesRoutes() []route {
	return []route{
		{name: "series.form", show: chat.ShowForm, form: (*request).seriesForm, subject: KindDraft},
		{name: "series.form.sent", show: chat.ShowPrivate, changes: true, do: (*request).seriesSent, subject: KindDraft},
		{name: "series.yes", show: chat.ShowInPlace, changes: true, do: (*request).openSeries, subject: KindDraft},
		{name: "colloquium.series", show: chat.ShowPrivate, do: (*request).listSeries},
		{name: "series.move", show: chat.ShowInPlace, changes: true, do: (*request).moveFollowing, subject: KindDraft},
		{name: "series.cancel", show: chat.ShowInPlace, changes: true, do: (*request).cancelFollowing, subject: KindDraft},
	}
}

// seriesForm asks for the rule of the talk in a draft.
func (rq *request) seriesForm() (chat.Form, error) {
	form := chat.Form{
		Ref: controlRef(rq.event), Title: "A series of talks", Submit: "Show me the days",
		Fields: []chat.FormField{
			{Name: ruleField, Label: "How often?", Value: "1", Options: []chat.Option{
				{Label: "Every week", Value: "1"},
				{Label: "Every 2 weeks", Value: "2"},
				{Label: "Every 3 weeks", Value: "3"},
				{Label: "Every 4 weeks", Value: "4"},
				{Label: "On this weekday of each month, as the 2nd Tuesday", Value: ruleMonthly},
				{Label: "On the last such weekday of each month", Value: ruleLast},
				{Label: "On the days that I name", Value: ruleDays},
			}},
			{Name: untilField, Label: "Until when?", Hint: "A day, or a number of talks; two years at most", Max: maxSpeaker},
			{Name: daysField, Label: "Which days?", Hint: "Only if you name them: 8 Dec, 15 Dec, 12 Jan", Max: maxDays},
			{Name: skipField, Label: "Without which days?", Hint: "For example holidays: 25 Dec, 1 Jan", Max: maxDays},
		},
	}
	draft, err := rq.draft()
	if err != nil || draft == nil {
		return form, err
	}
	return form.Fill(draft.Values), nil
}

func (rq *request) seriesSent() (chat.Message, error) {
	id, _ := rq.control()
	draft, err := rq.draft()
	if err != nil {
		return chat.Message{}, err
	}
	if draft == nil || id == "" {
		return chat.Message{}, errNoDraft
	}
	if draft, err = rq.keepDraft(chat.Ref{}); err != nil {
		return chat.Message{}, err
	}
	t, s, card, err := rq.seriesOf(draft)
	if err != nil || card != nil {
		return deref(card), err
	}
	moments := rq.app.zones.Moments(s)
	m := chat.Message{
		Title: "Announce this series?",
		Body: []chat.Text{
			chat.T(chat.Strong(t.title), ", by ", t.speaker, ", ", s.Words(), ", "+counted(len(moments), "talk", "talks")+":"),
			chat.T(rq.daysText(moments)),
		},
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: "Announce the series", Ref: chat.Ref{Route: "series.yes", ID: draft.ID}, Tone: chat.Main},
			chat.Button{Label: "Other days", Ref: chat.Ref{Route: "series.form", ID: draft.ID}},
			chat.Button{Label: "Change the talk", Ref: chat.Ref{Route: proposeRoute, ID: draft.ID}},
		)},
		Note: chat.T("Each talk is posted two weeks before it takes place; all of them are in ", chat.Code("colloquium list"), " at once. Each can be moved, changed or cancelled alone."),
	}
	m.Body = append(m.Body, rq.app.publicly()...)
	return m, nil
}

// daysText lists the days of a series, and says where clocks are in the way.
func (rq *request) daysText(moments []calendar.Moment) string {
	const most = 30
	var days []string
	for _, m := range moments[:min(len(moments), most)] {
		text := rq.app.zones.FormatFull(m.Instant, m.Wall.Zone)
		if m.Kind != calendar.Unique {
			text += " (clocks change that night)"
		}
		days = append(days, text)
	}
	if n := len(moments) - most; n > 0 {
		days = append(days, fmt.Sprintf("and %d more", n))
	}
	return strings.Join(days, "; ")
}

// seriesOf is the series that a draft describes, or the card that asks for what
// is wrong with it.
func (rq *request) seriesOf(draft *Draft) (terms, calendar.Series, *chat.Message, error) {
	t, card, err := rq.termsOf(draft)
	if err != nil || card != nil {
		return t, calendar.Series{}, card, err
	}
	s, err := rq.ruleOf(draft, t.moment.Wall)
	if problem, ok := asProblem(ruleField, err); ok {
		card := fixCard([]chat.Problem{problem}, chat.Ref{Route: "series.form", ID: draft.ID})
		return t, s, &card, nil
	}
	return t, s, nil, err
}

// ruleOf reads the rule of a series whose first talk is at a time.
func (rq *request) ruleOf(draft *Draft, first calendar.Wall) (calendar.Series, error) {
	days, err := rq.daysIn(draft.Values[daysField], first.Zone)
	if err != nil {
		return calendar.Series{}, err
	}
	skips, err := rq.daysIn(draft.Values[skipField], first.Zone)
	if err != nil {
		return calendar.Series{}, err
	}
	if draft.Values[ruleField] == ruleDays {
		s, err := calendar.NewListed(first, append(days, first.Date))
		return s.Skip(skips...), refusal(err)
	}
	text := chat.CleanLine(draft.Values[untilField])
	number, fault := strconv.Atoi(text)
	until := first.Date
	if fault != nil && text != "" {
		if until, err = calendar.ParseDay(text, rq.app.zones.Today(rq.now, first.Zone)); err != nil {
			return calendar.Series{}, refusal(err)
		}
	}
	if text == "" {
		until = calendar.Date{}
	}
	s, err := ruled(draft.Values[ruleField], first, until)
	if err == nil && fault == nil {
		s, err = s.Skip(skips...).Times(number)
	}
	if err != nil {
		return s, refusal(err)
	}
	if s = s.Skip(skips...); len(s.Dates()) == 0 {
		return s, denied("Every day of the series is left out, so there would be no talk.")
	}
	return s, nil
}

// ruled makes a series of a rule's value.
func ruled(rule string, first calendar.Wall, until calendar.Date) (calendar.Series, error) {
	switch rule {
	case ruleMonthly, ruleLast:
		return calendar.NewMonthly(first, rule == ruleLast, until)
	case "":
		return calendar.NewWeekly(first, 1, until)
	}
	weeks, err := strconv.Atoi(rule)
	if err != nil {
		weeks = 0
	}
	return calendar.NewWeekly(first, weeks, until)
}

// daysIn reads days with commas between.
func (rq *request) daysIn(text string, zone calendar.Zone) ([]calendar.Date, error) {
	var days []calendar.Date
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if part = chat.CleanLine(part); part == "" {
			continue
		}
		if len(days) > calendar.MaxSeriesTalks {
			return nil, denied("These are more than %d days. Leave some out.", calendar.MaxSeriesTalks)
		}
		day, err := calendar.ParseDay(part, rq.app.zones.Today(rq.now, zone))
		if err != nil {
			return nil, denied("%s: %s", clip(part, 40), refusal(err))
		}
		days = append(days, day)
	}
	return days, nil
}

// openSeries keeps all talks of a series in one commit.
func (rq *request) openSeries() (chat.Message, error) {
	id, _ := rq.control()
	if c, err := load[*Colloquium](rq.tx, KindColloquium, id); err == nil {
		return rq.talkCard(c)
	} else if !errors.Is(err, errNotFound) {
		return chat.Message{}, err
	}
	draft, err := rq.draft()
	if err != nil {
		return chat.Message{}, err
	}
	if draft == nil {
		return chat.Message{}, errNoDraft
	}
	if err := rq.mayPropose(); err != nil {
		return chat.Message{}, err
	}
	t, s, card, err := rq.seriesOf(draft)
	if err != nil || card != nil {
		return deref(card), err
	}
	asking, err := rq.mayOpenSeries(t)
	if err != nil {
		return chat.Message{}, err
	}
	moments := rq.app.zones.Moments(s)
	for n, m := range moments {
		if err := rq.keepPart(draft.ID, n, t, m, s, asking); err != nil {
			return chat.Message{}, err
		}
	}
	rq.tx.remove(draft.Ref())
	if asking {
		first, err := load[*Colloquium](rq.tx, KindColloquium, draft.ID)
		if err != nil {
			return chat.Message{}, err
		}
		return rq.proposedSeries(first, len(moments))
	}
	return chat.Message{
		Title: "Announced",
		Body:  []chat.Text{chat.T(chat.Strong(t.title), ", ", s.Words(), ": "+counted(len(moments), "talk", "talks")+". The first one is on ", rq.app.zones.FormatFull(moments[0].Instant, moments[0].Wall.Zone), ".")},
		Note:  chat.T("Each talk is posted two weeks before. To move, change or cancel one: ", chat.Code("colloquium list"), "."),
	}, nil
}

// mayOpenSeries refuses what would have to be asked for every talk, and reports
// whether an organiser is to approve the series.
func (rq *request) mayOpenSeries(t terms) (asking bool, err error) {
	if slices.ContainsFunc(t.speakers, func(s Speaker) bool { return s.Person != "" && s.Speaks == "" }) {
		return false, denied("Who speaks at every talk of a series has to propose it. Leave the speaker open, for example “to be announced”, and name the speaker of each talk later.")
	}
	wanted, err := rq.app.wantsApproval(rq.tx)
	return wanted && !Can(rq.actor(), Settle, Object{Kind: KindColloquium}), err
}

// keepPart keeps one talk of a series; the first has the draft's id.
func (rq *request) keepPart(id string, n int, t terms, m calendar.Moment, s calendar.Series, asking bool) error {
	t.moment = m
	talk := id
	if n > 0 {
		var err error
		if talk, err = rq.app.ids.id(); err != nil {
			return err
		}
	}
	c := rq.talkOf(talk, t)
	c.Part = &Part{Series: id, Day: m.Wall.Date, Words: s.Words(), Rule: s}
	c.Asking = asking
	rq.tx.put(c)
	return rq.app.releasePart(rq.tx, c)
}

// followingTalks are the talks of a series from one on that are still to come, by
// their days, for changing.
func (rq *request) followingTalks(c *Colloquium) ([]*Colloquium, error) {
	if c.Part == nil {
		return nil, denied("This talk is in no series.")
	}
	if c.State != Announced {
		return nil, denied("This series is not announced yet, so its talks can only be changed one by one. Nothing was done.")
	}
	parts, err := listAll[*Colloquium](rq.tx, partsOf+c.Part.Series)
	if err != nil {
		return nil, err
	}
	var rest []*Colloquium
	for _, listed := range parts {
		if listed.State != Announced || listed.begun(rq.now) || listed.Part.Day.Compare(c.Part.Day) < 0 {
			continue
		}
		part, err := load[*Colloquium](rq.tx, KindColloquium, listed.ID)
		if err != nil {
			return nil, err
		}
		rest = append(rest, part)
	}
	slices.SortFunc(rest, func(a, b *Colloquium) int { return a.Part.Day.Compare(b.Part.Day) })
	return rest, nil
}
