package bot

import (
	"errors"
	"slices"
	"time"

	"interlab/bot/chat"
	"interlab/bot/exchange"
)

// KindStory is what is told of a completed exchange to the whole network, once
// both of those who met agree to the same words.
const KindStory Kind = "story"

// Story is the one of an exchange, and has its id. Its words are fixed by the
// first yes, so that both agree to the same ones.
type Story struct {
	ID     string               `json:"id"`
	People [2]string            `json:"people"` // the visitor and the host
	Text   string               `json:"text"`
	Said   map[string]time.Time `json:"said,omitempty"` // who agreed, and when
}

// Ref names the story.
func (s *Story) Ref() Ref { return Ref{KindStory, s.ID} }

// Entries are both people's stories and, once both agree, those that are told, by
// the time of the second yes.
func (s *Story) Entries() []Entry {
	var entries []Entry
	for _, id := range s.People {
		entries = append(entries, Entry{Index: storiesOf + id})
	}
	entries = distinct(entries)
	if at := s.agreed(); !at.IsZero() {
		entries = append(entries, Entry{Index: storiesTold, Score: at.UnixMilli()})
	}
	return entries
}

// Due is empty: nobody is asked twice.
func (s *Story) Due() []Work { return nil }

// storiesOf and a person's id list that person's stories; storiesTold those that
// both agreed to.
const (
	storiesOf   = "story.of/"
	storiesTold = "story.told"
)

// agreed is when the second of the two agreed; zero while one has not.
func (s *Story) agreed() time.Time {
	var last time.Time
	for _, id := range s.People {
		at, ok := s.Said[id]
		if !ok {
			return time.Time{}
		}
		last = later(last, at)
	}
	return last
}

// noticeStory asks the other one of the two.
const noticeStory = "story"

func storyRoutes() []route {
	return []route{
		{name: "story.show", show: chat.ShowPrivate, do: (*request).showStory, subject: KindExchange},
		{name: "story.yes", show: chat.ShowInPlace, changes: true, do: (*request).agreeStory, subject: KindExchange},
		{name: "story.no", show: chat.ShowInPlace, changes: true, do: (*request).refuseStory, subject: KindExchange},
	}
}

// addStory adds the way to a story to the card of an exchange that is completed,
// for the two who met and where the network has a monthly post.
func (a *App) addStory(tx *Tx, card *chat.Message, e *Exchange, to *Person) error {
	if e.State != exchange.FollowingUp && e.State != exchange.Closed || len(card.Rows) == chat.MaxRows || !e.ofTwo(to.ID) {
		return nil
	}
	b, err := a.bulletin(tx)
	if err == nil && b.Wanted {
		card.Rows = append(card.Rows, chat.NewRow(chat.Button{Label: "Tell it as a story", Ref: chat.Ref{Route: "story.show", ID: e.ID}}))
	}
	return err
}

// ofTwo reports whether somebody is the visitor or the host.
func (e *Exchange) ofTwo(person string) bool {
	return person == e.Terms.Visitor.Person || person == e.Terms.Host.Person
}

// story is the one of the exchange that the control names, begun where there is
// none, for one of the two who met.
func (rq *request) story() (*Exchange, *Story, error) {
	e, _, err := rq.pressed(Look)
	if err != nil {
		return nil, nil, err
	}
	two := Object{Kind: KindStory, People: []string{e.Terms.Visitor.Person, e.Terms.Host.Person}}
	if err := rq.may(Settle, two, "The two who met decide whether it is told. Nothing has changed."); err != nil {
		return nil, nil, err
	}
	if e.State != exchange.FollowingUp && e.State != exchange.Closed {
		return nil, nil, denied("The exchange is not completed, so there is nothing to tell yet.")
	}
	s, err := load[*Story](rq.tx, KindStory, e.ID)
	if !errors.Is(err, errNotFound) {
		return e, s, err
	}
	text, err := rq.app.storyText(rq.tx, e)
	return e, &Story{ID: e.ID, People: [2]string{e.Terms.Visitor.Person, e.Terms.Host.Person}, Text: text}, err
}

// storyText tells an exchange in a few sentences: who, where, when, and what the
// receivers confirmed.
func (a *App) storyText(tx *Tx, e *Exchange) (string, error) {
	c, err := a.cast(tx, e)
	if err != nil {
		return "", err
	}
	t := e.Terms
	text := c.people[t.Visitor.Person] + " of " + c.labs[t.Visitor.Lab] + " and " + c.people[t.Host.Person] + " of " + c.labs[t.Host.Lab] +
		" completed a " + t.Kind.Label() + "."
	for _, g := range e.Goals {
		switch {
		case g.State == exchange.GoalVerified && g.Found != "":
			text += " " + c.labs[g.Receiver] + " confirms what they learned: " + g.Found + "."
		case g.State == exchange.GoalVerified:
			text += " " + c.labs[g.Receiver] + " confirms: " + g.Text + "."
		}
	}
	return text, nil
}

// showStory shows the words, and asks whether they may be told.
func (rq *request) showStory() (chat.Message, error) {
	e, s, err := rq.story()
	if err != nil {
		return chat.Message{}, err
	}
	return rq.app.storyCard(rq.tx, e, s, rq.me)
}

// storyCard is the question to one of the two, or how it was answered.
func (a *App) storyCard(tx *Tx, e *Exchange, s *Story, to *Person) (chat.Message, error) {
	c, err := a.cast(tx, e)
	if err != nil {
		return chat.Message{}, err
	}
	other := c.first(e.other(to.ID))
	card := chat.Message{Title: "A story for the network?", Body: []chat.Text{chat.T(s.Text)}}
	yes := chat.Button{Label: "Yes, tell it", Ref: chat.Ref{Route: "story.yes", ID: e.ID}, Tone: chat.Main}
	no := chat.Button{Label: "No, leave it out", Ref: chat.Ref{Route: "story.no", ID: e.ID}}
	switch _, mine := s.Said[to.ID]; {
	case !s.agreed().IsZero():
		card.Title, card.Rows = "This story is told", []chat.Row{chat.NewRow(no)}
		card.Note = chat.T("Both of you agreed. It stands in the network's monthly post, exactly so. Until it is posted either of you can take it back.")
	case mine:
		card.Title, card.Rows = "You agreed to this story", []chat.Row{chat.NewRow(no)}
		card.Note = chat.T("It is told only if ", other, " agrees too, exactly so.")
	default:
		card.Rows = []chat.Row{chat.NewRow(yes, no)}
		card.Note = chat.T("It goes into the network's monthly post, exactly so and with your names, if both you and ", other, " agree. A no is told to nobody.")
	}
	return card, nil
}

// agreeStory takes one side's yes, and asks the other side.
func (rq *request) agreeStory() (chat.Message, error) {
	e, s, err := rq.story()
	if err != nil {
		return chat.Message{}, err
	}
	if _, again := s.Said[rq.me.ID]; !again {
		if s.Said == nil {
			s.Said = map[string]time.Time{}
		}
		s.Said[rq.me.ID] = rq.now
		rq.tx.put(s)
		other, err := load[*Person](rq.tx, KindPerson, e.other(rq.me.ID).Person)
		if err == nil && s.agreed().IsZero() {
			rq.app.tell(rq.tx, other, Delivery{Notice: noticeStory, Subject: s.Ref()})
		}
		if err := ignoreMissing(err); err != nil {
			return chat.Message{}, err
		}
	}
	return rq.app.storyCard(rq.tx, e, s, rq.me)
}

// refuseStory takes one side's no, or a yes back. Nobody is told.
func (rq *request) refuseStory() (chat.Message, error) {
	e, s, err := rq.story()
	if err != nil {
		return chat.Message{}, err
	}
	if _, said := s.Said[rq.me.ID]; said {
		delete(s.Said, rq.me.ID)
		rq.tx.put(s)
	}
	return chat.Message{
		Title: "It is not told",
		Body:  []chat.Text{chat.T("The story of this exchange is left out of the monthly post.")},
		Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Tell it after all", Ref: chat.Ref{Route: "story.yes", ID: e.ID}})},
	}, nil
}

// renderStory asks the second of the two.
func (a *App) renderStory(tx *Tx, d *Delivery, to *Person) (chat.Message, error) {
	s, err := load[*Story](tx, KindStory, d.Subject.ID)
	if err != nil {
		return chat.Message{}, err
	}
	e, err := load[*Exchange](tx, KindExchange, s.ID)
	if err != nil {
		return chat.Message{}, err
	}
	if d.Notice != noticeStory {
		return chat.Message{}, unknownNotice(d)
	}
	if _, said := s.Said[e.other(to.ID).Person]; !said || !s.agreed().IsZero() || !e.ofTwo(to.ID) {
		return chat.Message{}, errMoot
	}
	return a.storyCard(tx, e, s, to)
}

// repointStory gives a story to whom somebody is one with.
func repointStory(_ *App, _ *Tx, s *Story, from string, to *Person) error {
	for i, id := range s.People {
		if id == from {
			s.People[i] = to.ID
		}
	}
	if at, said := s.Said[from]; said {
		delete(s.Said, from)
		s.Said[to.ID] = at
	}
	return nil
}

// leaveStories deletes the stories that name the person.
func (rq *request) leaveStories() error {
	stories, err := listAll[*Story](rq.tx, storiesOf+rq.me.ID)
	if err != nil {
		return err
	}
	for _, s := range stories {
		if _, err := load[*Story](rq.tx, KindStory, s.ID); err != nil {
			return err
		}
		rq.tx.remove(s.Ref())
	}
	return nil
}

// storiesIn are the words that were agreed to within a period, oldest first.
func storiesIn(tx *Tx, p exchange.Period) ([]string, error) {
	told, _, err := page[*Story](tx, Page{Index: storiesTold, From: p.From.UnixMilli(), To: p.To.UnixMilli() - 1, Limit: maxStories})
	var texts []string
	for _, s := range told {
		texts = append(texts, s.Text)
	}
	return slices.Compact(texts), err
}

// maxStories is how many stories a monthly post has at most.
const maxStories = 3
