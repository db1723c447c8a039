package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"interlab/bot/chat"
	"interlab/matching"
)

// browsePage is how many openings a card shows: a field and an option each.
const browsePage = 8

// browsed is an opening as it stands in a list.
type browsed struct {
	opening *Opening
	score   int64
	why     string
}

// takenNow are all openings to which people can apply, soonest deadline first.
func (rq *request) takenNow() ([]*Opening, error) {
	var open []*Opening
	for _, state := range []OpeningState{OpeningTaking, OpeningOffering} {
		some, err := listAll[*Opening](rq.tx, openingsIn+string(state))
		if err != nil {
			return nil, err
		}
		open = append(open, some...)
	}
	return slices.DeleteFunc(open, func(o *Opening) bool { return !o.takes(rq.now) }), nil
}

// browse lists openings, those that fit the person first.
func (rq *request) browse() (chat.Message, error) {
	return rq.browsing(chat.CleanLine(rq.args["topic"]), 0)
}

// browseMore is a further page; the topic stands in a draft.
func (rq *request) browseMore() (chat.Message, error) {
	id, numbers := rq.control()
	if len(numbers) != 1 || numbers[0] < 0 {
		return rq.browsing("", 0)
	}
	search, err := load[*Search](rq.tx, KindSearch, id)
	if err == nil && search.By == rq.me.ID {
		return rq.browsing(search.Topic, numbers[0])
	}
	return rq.browsing("", numbers[0])
}

// browsing is one page of what is offered, about a topic where one is named.
func (rq *request) browsing(topic string, page int) (chat.Message, error) {
	if runes := []rune(topic); len(runes) > maxTopic {
		return chat.Message{}, denied("That is %d characters. Name a topic in a few words, for example: residency browse topic:\"protein design\".", len(runes))
	}
	open, err := rq.takenNow()
	if err != nil {
		return chat.Message{}, err
	}
	found := rq.fitting(open, topic)
	if len(found) == 0 {
		return nothingOffered(topic), nil
	}
	pages := (len(found) + browsePage - 1) / browsePage
	page = min(page, pages-1)
	m := chat.Message{Title: counted(len(found), "residency is offered", "residencies are offered"), Note: chat.T("Those that fit you come first.")}
	if topic != "" {
		m.Title = counted(len(found), "residency", "residencies") + " about “" + clip(topic, 60) + "”"
	}
	menu := chat.Menu{Ref: chat.Ref{Route: "residency.show"}, Hint: "Open one"}
	for _, b := range found[page*browsePage : min(len(found), (page+1)*browsePage)] {
		lab, err := rq.app.lab(rq.tx, b.opening.Lab)
		if err != nil {
			return chat.Message{}, err
		}
		m.Fields = append(m.Fields, chat.Field{Name: b.opening.Title + ", " + lab, Value: rq.browseLine(b)})
		menu.Options = append(menu.Options, chat.Option{Label: clip(b.opening.Title+", "+lab, chat.MaxOptionText), Value: b.opening.ID})
	}
	m.Rows = []chat.Row{chat.NewMenu(menu)}
	buttons := []chat.Button{{Label: "My choices", Ref: chat.Ref{Route: choicesRoute}}}
	if pages > 1 {
		m.Note = chat.T(fmt.Sprintf("Page %d of %d. Those that fit you come first.", page+1, pages))
		ref, err := rq.browseRef(topic, (page+1)%pages)
		if err != nil {
			return m, err
		}
		buttons = append([]chat.Button{{Label: "More", Ref: ref, Tone: chat.Main}}, buttons...)
	}
	m.Rows = append(m.Rows, chat.NewRow(buttons...))
	return m, nil
}

// browseRef leads to another page. A topic is kept as a search, for a control
// carries no text.
func (rq *request) browseRef(topic string, page int) (chat.Ref, error) {
	id := "all"
	if topic != "" {
		var err error
		if id, err = rq.app.ids.id(); err != nil {
			return chat.Ref{}, err
		}
		rq.tx.put(&Search{ID: id, By: rq.me.ID, Topic: topic, Purpose: Residency, At: rq.now}, rq.me)
	}
	return chat.Ref{Route: "residency.more", ID: joinID(id, page)}, nil
}

// fitting orders openings by how they fit the person, and keeps those about a
// topic where one is named.
func (rq *request) fitting(open []*Opening, topic string) []browsed {
	mine := rq.app.fitOf(rq.me)
	about := rq.about(open, topic)
	var found []browsed
	for _, o := range open {
		if topic != "" && !about[o.ID] {
			continue
		}
		b := browsed{opening: o}
		if o.Lab != rq.me.Lab {
			score, reasons := mine(o)
			b.score, b.why = score, fitText(reasons, "you")
		}
		found = append(found, b)
	}
	slices.SortStableFunc(found, func(a, b browsed) int {
		return cmp.Or(cmp.Compare(b.score, a.score), a.opening.Deadline.Compare(b.opening.Deadline), strings.Compare(a.opening.Title, b.opening.Title), strings.Compare(a.opening.ID, b.opening.ID))
	})
	return found
}

// about are the openings that answer a topic.
func (rq *request) about(open []*Opening, topic string) map[string]bool {
	if topic == "" {
		return nil
	}
	index := rq.app.people.blank().index
	for _, o := range open {
		index.Put(matching.Profile{ID: o.ID, Shares: append([]string{o.Title}, o.Topics...)})
	}
	about := map[string]bool{}
	for _, s := range index.Rank(matching.Query{Text: topic}, matching.MaxResults, nil) {
		about[s.ID] = true
	}
	return about
}

// browseLine says of an opening in a list what matters at a glance.
func (rq *request) browseLine(b browsed) chat.Text {
	o := b.opening
	text := chat.T(dates(o), ", ", counted(o.Capacity, "place", "places"), ". Apply until ", rq.app.closes(o, rq.me), ".")
	if o.late(rq.now) {
		text = chat.T(dates(o), ". ", counted(o.free(), "place is", "places are"), " still free.")
	}
	if b.why != "" {
		text = append(text, chat.Say(" "+b.why))
	}
	return text
}

func nothingOffered(topic string) chat.Message {
	m := chat.Message{
		Title: "No residency is offered at the moment",
		Body:  []chat.Text{chat.T("Labs offer them from time to time; each is announced once in the channel for announcements.")},
	}
	if topic != "" {
		m.Title = "No residency about “" + clip(topic, 60) + "” at the moment"
		m.Body = []chat.Text{chat.T("Try other words, or look at all that is offered: ", chat.Code("residency browse"), ".")}
	}
	m.Rows = []chat.Row{chat.NewRow(chat.Button{Label: "My choices", Ref: chat.Ref{Route: choicesRoute}})}
	return m
}

// findOpening is the one opening of that title, or whose title begins so, among
// those that the filter lets through.
func (rq *request) findOpening(text string, open []*Opening, none string) (*Opening, error) {
	name := fold(chat.CleanLine(text))
	var near []*Opening
	for _, o := range open {
		if fold(o.Title) == name || o.ID == name {
			return o, nil
		}
		if strings.HasPrefix(fold(o.Title), name) {
			near = append(near, o)
		}
	}
	switch len(near) {
	case 0:
		return nil, denied("%s", none)
	case 1:
		return near[0], nil
	}
	return nil, denied("%d openings begin like that. Write more of the title.", len(near))
}

// openingOptions completes the title of an opening: for whoever ranks those of
// their lab, else those that can be applied to.
func (rq *request) openingOptions(q chat.Completion) ([]chat.Option, error) {
	open, err := rq.takenNow()
	if len(q.Path) > 0 && q.Path[len(q.Path)-1] == "rank" {
		open, err = rq.ledOpenings()
	}
	if err != nil {
		return nil, err
	}
	var options []chat.Option
	for _, o := range open {
		options = append(options, chat.Option{Label: clip(o.Title, chat.MaxOptionText), Value: o.ID})
	}
	return chat.Completions(options, q.Typed), nil
}
