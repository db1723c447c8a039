package bot

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"interlab/bot/chat"
)

// Routes that several cards lead to.
const (
	followListRoute = "follow.list"
	followPageRoute = "follow.page"
	followTalkRoute = "follow.talk"
)

func followRoutes() []route {
	return []route{
		{name: followListRoute, show: chat.ShowPrivate, do: (*request).listFollowed},
		{name: followPageRoute, show: chat.ShowInPlace, do: (*request).listFollowed},
		{name: followTalkRoute, show: chat.ShowPrivate, do: (*request).followTalk, subject: KindColloquium},
		{name: "follow.add", show: chat.ShowInPlace, changes: true, do: (*request).followOne, subject: KindColloquium},
		{name: "follow.series", show: chat.ShowPrivate, changes: true, do: (*request).followSeriesOf, subject: KindColloquium},
		{name: "follow.typed", show: chat.ShowPrivate, changes: true, do: (*request).followTyped},
		{name: "follow.untyped", show: chat.ShowPrivate, changes: true, do: (*request).unfollowTyped},
		{name: "follow.drop", show: chat.ShowInPlace, changes: true, do: (*request).dropFollowed, subject: KindFollowing},
		{name: "follow.away", show: chat.ShowPrivate, changes: true, do: (*request).dropFollowed, subject: KindFollowing},
		{name: "follow.now", show: chat.ShowInPlace, changes: true, do: (*request).toggleFollowed, subject: KindFollowing},
		{name: "follow.all", show: chat.ShowInPlace, changes: true, do: (*request).toggleAll, subject: KindFollowing},
	}
}

func followCommands() []chat.Command {
	things := []chat.Arg{
		{Name: "topic", Summary: "a topic", Complete: true},
		{Name: "lab", Summary: "a lab", Complete: true},
		{Name: "series", Summary: "its title, or the start"},
		{Name: languageField, Summary: "a language"},
	}
	return []chat.Command{
		{Name: "follow", Summary: "Hear of talks on a topic, lab, series", Route: "follow.typed", Args: things, Example: `colloquium follow topic:"sparse codes"`},
		{Name: "unfollow", Summary: "Hear of them no longer", Route: "follow.untyped", Args: things, Example: "colloquium unfollow lab:Curie"},
	}
}

// following is what the person follows; a new document where that is nothing.
func (rq *request) following() (*Following, error) {
	f, err := owner[*Following](rq.tx, followingOf(rq.me.ID))
	if !errors.Is(err, errNotFound) {
		return f, err
	}
	id, err := rq.app.ids.id()
	return &Following{ID: id, Person: rq.me.ID}, err
}

// followTalk offers what of a talk can be followed.
func (rq *request) followTalk() (chat.Message, error) {
	c, err := rq.talk()
	if err != nil {
		return chat.Message{}, err
	}
	f, err := rq.following()
	if err != nil {
		return chat.Message{}, err
	}
	return rq.followCard(c, f)
}

// followOne follows what a control of a talk's card names.
func (rq *request) followOne() (chat.Message, error) {
	c, err := rq.talk()
	if err != nil {
		return chat.Message{}, err
	}
	f, err := rq.following()
	if err != nil {
		return chat.Message{}, err
	}
	_, place := rq.control()
	things := rq.app.followable(c)
	if len(place) != 2 || place[0] != c.Edition || place[1] < 0 || place[1] >= len(things) {
		m, err := rq.followCard(c, f)
		m.Body = append(m.Body, chat.T("This talk was changed meanwhile, so nothing was done. Choose again."))
		return m, err
	}
	if err := rq.followAll(f, things[place[1]:place[1]+1]); err != nil {
		return chat.Message{}, err
	}
	return rq.followCard(c, f)
}

// followSeriesOf follows the series of the talk that a menu names.
func (rq *request) followSeriesOf() (chat.Message, error) {
	c, err := rq.talk()
	if err != nil {
		return chat.Message{}, err
	}
	if c.Part == nil {
		return chat.Message{}, denied("This talk is in no series. colloquium series shows those that have talks to come.")
	}
	return rq.followed([]Followed{{Kind: FollowSeries, Of: c.Part.Series, Name: c.Title}})
}

func (rq *request) followTyped() (chat.Message, error) {
	things, err := rq.thingsTyped()
	if err != nil {
		return chat.Message{}, err
	}
	if len(things) == 0 {
		return rq.listFollowed()
	}
	return rq.followed(things)
}

// followed follows things and says so.
func (rq *request) followed(things []Followed) (chat.Message, error) {
	f, err := rq.following()
	if err != nil {
		return chat.Message{}, err
	}
	before := len(f.Things)
	if err := rq.followAll(f, things); err != nil {
		return chat.Message{}, err
	}
	m, err := rq.followedCard(f, len(f.Things)/followedPage)
	if before == len(f.Things) {
		m.Body = []chat.Text{chat.T("You follow that already, so nothing has changed.")}
	}
	return m, err
}

// followAll adds things and keeps them.
func (rq *request) followAll(f *Following, things []Followed) error {
	added := false
	for _, t := range things {
		if len(f.Things) >= maxFollowed && f.about(t.marks()) == nil {
			return denied("You follow %d things, which is as many as I can keep up with. Unfollow one first: type colloquium follow to see them.", maxFollowed)
		}
		added = f.follow(t) || added
	}
	if !added {
		return nil
	}
	rq.tx.put(f)
	if rq.fresh {
		rq.tx.put(rq.me)
	}
	return rq.app.startDigests(rq.tx)
}

// thingsTyped reads what a line names.
func (rq *request) thingsTyped() ([]Followed, error) {
	var things []Followed
	for _, read := range []struct {
		arg  string
		find func(string) (Followed, error)
	}{{"topic", rq.app.topicNamed}, {"lab", rq.labNamed}, {"series", rq.seriesNamed}, {languageField, languageNamed}} {
		text := chat.CleanLine(rq.args[read.arg])
		if text == "" {
			continue
		}
		t, err := read.find(text)
		if err != nil {
			return nil, err
		}
		things = append(things, t)
	}
	return things, nil
}

func (a *App) topicNamed(text string) (Followed, error) {
	if n := utf8.RuneCountInString(text); n > maxTopic {
		return Followed{}, denied("That is %d characters. A topic has at most %d: write it in a few words.", n, maxTopic)
	}
	keys := a.aliases.Keys(text)
	if len(keys) == 0 {
		return Followed{}, denied("I find no word in that topic. Write it in words, for example: sparse codes.")
	}
	return Followed{Kind: FollowTopic, Of: text, Keys: keys}, nil
}

func (rq *request) labNamed(text string) (Followed, error) {
	lab, err := owner[*Lab](rq.tx, labByName(text))
	if errors.Is(err, errNotFound) {
		return rq.labFollowed(text)
	}
	if err != nil {
		return Followed{}, err
	}
	return Followed{Kind: FollowLab, Of: lab.ID}, nil
}

// labFollowed finds no lab of that name, and says which there are.
func (rq *request) labFollowed(text string) (Followed, error) {
	labs, err := allLabs(rq.tx)
	if err != nil {
		return Followed{}, err
	}
	var names []string
	for _, lab := range labs[:min(len(labs), chat.MaxFields)] {
		names = append(names, lab.Name)
	}
	return Followed{}, denied("No lab is called “%s”. There are, for example: %s.", clip(text, maxLabName), sentenceList(names))
}

// seriesNamed is the one series to come of that title, or whose title begins so.
func (rq *request) seriesNamed(text string) (Followed, error) {
	talks, err := rq.upcoming()
	if err != nil {
		return Followed{}, err
	}
	var near []Followed
	for _, c := range talks {
		if c.Part == nil || c.State != Announced || !strings.HasPrefix(fold(c.Title), fold(text)) {
			continue
		}
		t := Followed{Kind: FollowSeries, Of: c.Part.Series, Name: c.Title}
		if fold(c.Title) == fold(text) {
			return t, nil
		}
		if !slices.ContainsFunc(near, func(o Followed) bool { return o.Of == t.Of }) {
			near = append(near, t)
		}
	}
	switch len(near) {
	case 0:
		return Followed{}, denied("No series with talks to come is called that. colloquium series shows them all.")
	case 1:
		return near[0], nil
	}
	return Followed{}, denied("%d series begin like that. Write more of the title, or follow one from colloquium series.", len(near))
}
