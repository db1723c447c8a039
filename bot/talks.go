package bot

import (
	"fmt"
	"strings"
	"time"

	"interlab/bot/chat"
)

// Names that several parts use.
const (
	proposeRoute   = "colloquium.propose"
	listTalksRoute = "colloquium.list"
	placeField     = "where"
)

func talkRoutes() []route {
	return []route{
		{name: listTalksRoute, show: chat.ShowPrivate, do: (*request).listTalks},
		{name: "colloquium.show", show: chat.ShowPrivate, do: (*request).showTalk},
		{name: "colloquium.details", show: chat.ShowPrivate, do: (*request).talkDetails, subject: KindColloquium},
	}
}

func colloquiumCommands() []chat.Command {
	talk := chat.Arg{Name: "talk", Summary: "its title, or the start", Required: true, Complete: true}
	return append([]chat.Command{
		{
			Name: "propose", Summary: "Announce a talk to all labs", Route: "colloquium.typed", Blank: proposeRoute,
			Example: `colloquium propose title:"Sparse codes" speaker:"Ana Ruiz" when:"Tue 15:00" minutes:60`,
			Args: []chat.Arg{
				{Name: "title", Summary: "the title", Required: true},
				{Name: "speaker", Summary: "who speaks", Required: true},
				{Name: "when", Summary: "e.g. Tue 15:00 Berlin", Required: true},
				{Name: "minutes", Summary: "how long, 60 if not said", Kind: chat.ArgNumber},
				{Name: placeField, Summary: "room or link"},
				{Name: "capacity", Summary: "seats, if limited"},
				{Name: "abstract", Summary: "a few lines"},
				{Name: "lab", Summary: "the host, if not yours", Complete: true},
				{Name: languageField, Summary: "if not the usual one"},
			},
		},
		{Name: "list", Summary: "The talks to come", Route: listTalksRoute, Args: []chat.Arg{{Name: languageField, Summary: "one language only"}}, Example: "colloquium list"},
		{Name: "show", Summary: "One talk, and your place in it", Route: "colloquium.show", Blank: listTalksRoute, Args: []chat.Arg{talk}, Example: `colloquium show talk:"Sparse codes"`},
		{
			Name: "rsvp", Summary: "Say whether you come to a talk", Route: "colloquium.rsvp", Blank: listTalksRoute, Example: `colloquium rsvp talk:"Sparse codes" answer:yes`,
			Args: []chat.Arg{talk, {Name: "answer", Summary: "whether you come", Kind: chat.ArgChoice, Choices: []string{answerYes, answerMaybe, answerNo}, Required: true}},
		},
		{
			Name: "move", Summary: "Give a talk another time", Route: "colloquium.move.typed", Blank: listTalksRoute, Example: `colloquium move talk:"Sparse codes" to:"Wed 16:00"`,
			Args: []chat.Arg{talk, {Name: "to", Summary: "the new time", Required: true}},
		},
		pollCommand(),
		askCommand(),
		attendCommand(),
		{Name: "artifacts", Summary: "What came of your talks", Route: "colloquium.artifacts", Example: "colloquium artifacts"},
		{Name: "series", Summary: "Talks that come again", Route: "colloquium.series", Example: "colloquium series"},
		{Name: "change", Summary: "Change title, place or seats", Route: "colloquium.change.typed", Blank: listTalksRoute, Args: []chat.Arg{talk}, Example: `colloquium change talk:"Sparse codes"`},
		{
			Name: "cancel", Summary: "Call a talk off", Route: "colloquium.cancel.typed", Blank: listTalksRoute, Example: `colloquium cancel talk:"Sparse codes" reason:"Ana is ill"`,
			Args: []chat.Arg{talk, {Name: "reason", Summary: "why; all read it", Required: true}},
		},
	}, followCommands()...)
}

func channelCommand() chat.Command {
	return chat.Command{
		Name: "channel", Summary: "Announce talks in this channel", Route: "admin.channel", Example: "admin channel",
		Args: []chat.Arg{{Name: "lab", Summary: "that comes to live here", Complete: true}},
	}
}

// maxListedTalks is how many talks a list shows: as many as fields fit on a card.
const maxListedTalks = chat.MaxFields

// upcoming are the talks that are not over, soonest first, with those that were
// cancelled: who looks for one should learn that it is off.
func (rq *request) upcoming() ([]*Colloquium, error) {
	talks, _, err := page[*Colloquium](rq.tx, Page{Index: talksByStart, From: rq.now.Add(-maxMinutes * time.Minute).UnixMilli()})
	if err != nil {
		return nil, err
	}
	var open []*Colloquium
	for _, c := range talks {
		if c.end().After(rq.now) {
			open = append(open, c)
		}
	}
	return open, nil
}

// listTalks shows what is on, in the reader's zone.
func (rq *request) listTalks() (chat.Message, error) {
	talks, err := rq.upcoming()
	if err != nil {
		return chat.Message{}, err
	}
	talks, only, err := rq.inLanguage(talks)
	if err != nil {
		return chat.Message{}, err
	}
	if only != "" && len(talks) == 0 {
		return chat.Message{}, denied("No talk in %s is announced at the moment. colloquium list shows those in all languages.", only.Name())
	}
	if len(talks) == 0 {
		return chat.Message{
			Title: "No talks yet",
			Body:  []chat.Text{chat.T("No talk is announced at the moment. Would somebody of your lab like to give one?")},
			Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Propose a talk", Ref: chat.Ref{Route: proposeRoute}, Tone: chat.Main})},
		}, nil
	}
	m := chat.Message{Title: "Talks to come", Note: chat.T("Soonest first. Times are yours where I know your zone.")}
	menu := chat.Menu{Ref: chat.Ref{Route: "colloquium.details"}, Hint: "Open one"}
	for _, c := range talks[:min(len(talks), maxListedTalks)] {
		standing, err := rq.standingLine(c)
		if err != nil {
			return chat.Message{}, err
		}
		m.Fields = append(m.Fields, chat.Field{Name: talkTitle(c), Value: chat.T(rq.app.talkWhen(c, rq.me), ", ", c.Speaker, rq.app.inWords(c), standing)})
		menu.Options = append(menu.Options, chat.Option{Label: clip(c.Title, chat.MaxOptionText), Value: c.ID})
	}
	if n := len(talks) - maxListedTalks; n > 0 {
		m.Note = chat.T(fmt.Sprintf("Soonest first; %d later ones are not shown.", n))
	}
	m.Rows = []chat.Row{chat.NewMenu(menu), chat.NewRow(chat.Button{Label: "Propose a talk", Ref: chat.Ref{Route: proposeRoute}}, followListButton())}
	return m, nil
}

func talkTitle(c *Colloquium) string {
	if c.State == Cancelled {
		return "Cancelled: " + c.Title
	}
	return c.Title
}

// standingLine says in a list whether the person comes.
func (rq *request) standingLine(c *Colloquium) (string, error) {
	r, err := rq.rsvp(c)
	if err != nil || r == nil || c.State != Announced {
		return "", err
	}
	switch r.State {
	case Going:
		return "; you are coming", nil
	case Waiting:
		return "; you are on the waitlist", nil
	case Offered:
		return "; a seat is kept for you until " + rq.app.zones.FormatShort(r.Until, readerZone(c, rq.me)), nil
	case Unsure:
		return "; you may come", nil
	case Left, Absent:
	}
	return "", nil
}

// showTalk shows one talk that is named by its title.
func (rq *request) showTalk() (chat.Message, error) {
	c, err := rq.findTalk(rq.args["talk"])
	if err != nil {
		return chat.Message{}, err
	}
	return rq.talkCard(c)
}

// talkDetails shows the talk that a control names.
func (rq *request) talkDetails() (chat.Message, error) {
	c, err := rq.talk()
	if err != nil {
		return chat.Message{}, err
	}
	return rq.talkCard(c)
}

// findTalk is the one talk to come with that title, or whose title begins so.
func (rq *request) findTalk(text string) (*Colloquium, error) {
	name := fold(chat.CleanLine(text))
	talks, err := rq.upcoming()
	if err != nil {
		return nil, err
	}
	var near []*Colloquium
	for _, c := range talks {
		if fold(c.Title) == name || c.ID == name {
			return load[*Colloquium](rq.tx, KindColloquium, c.ID)
		}
		if strings.HasPrefix(fold(c.Title), name) {
			near = append(near, c)
		}
	}
	switch len(near) {
	case 0:
		return nil, denied("No talk to come is called that. colloquium list shows them all.")
	case 1:
		return load[*Colloquium](rq.tx, KindColloquium, near[0].ID)
	}
	return nil, denied("%d talks begin like that. Write more of the title, or open one with colloquium list.", len(near))
}

// talkOptions completes the title of a talk.
func (rq *request) talkOptions(typed string) ([]chat.Option, error) {
	talks, err := rq.upcoming()
	if err != nil {
		return nil, err
	}
	var options []chat.Option
	for _, c := range talks {
		options = append(options, chat.Option{Label: clip(c.Title, chat.MaxOptionText), Value: c.ID})
	}
	return chat.Completions(options, typed), nil
}

// myTalks are lines about the talks that the person goes to or waits for.
func (rq *request) myTalks() ([]chat.Text, error) {
	rsvps, err := list[*Rsvp](rq.tx, ofAccount(rq.event.From, rsvpsBy))
	if err != nil {
		return nil, err
	}
	var wants []Want
	for _, r := range rsvps {
		wants = append(wants, Want{Ref: Ref{KindColloquium, r.Colloquium}})
	}
	if err := rq.tx.prefetch(wants...); err != nil {
		return nil, err
	}
	var lines []chat.Text
	for _, r := range rsvps {
		c, err := load[*Colloquium](rq.tx, KindColloquium, r.Colloquium)
		if err != nil || !r.State.listed() || c.State != Announced || !c.end().After(rq.now) {
			continue
		}
		standing, err := rq.standingLine(c)
		if err != nil {
			return nil, err
		}
		lines = append(lines, chat.T(chat.Strong(c.Title), ", ", rq.app.talkWhen(c, rq.me), standing, "."))
	}
	return lines, nil
}
