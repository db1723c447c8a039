package bot

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"interlab/bot/chat"
)

func blockRoutes() []route {
	return []route{
		{name: "match.block", show: chat.ShowPrivate, changes: true, do: (*request).block, matches: true},
		{name: "match.unblock", show: chat.ShowPrivate, changes: true, do: (*request).unblock},
		{name: "match.never", show: chat.ShowInPlace, changes: true, do: (*request).never, subject: KindMatch},
	}
}

// block keeps somebody away for good. It is private, works both ways, and
// cannot be inferred: what was open ends as silence would end it.
func (rq *request) block() (chat.Message, error) {
	person, err := rq.personByName(chat.CleanLine(rq.args["person"]))
	if err != nil {
		return chat.Message{}, err
	}
	return rq.blockPerson(person)
}

// never blocks the other one of a match.
func (rq *request) never() (chat.Message, error) {
	m, err := rq.match()
	if err != nil {
		return chat.Message{}, err
	}
	if err := rq.may(Settle, m.object(m.Asker, m.Asked), "This is between two other people. Nothing has changed."); err != nil {
		return chat.Message{}, err
	}
	person, err := load[*Person](rq.tx, KindPerson, m.other(rq.me.ID))
	if err != nil {
		return chat.Message{}, err
	}
	return rq.blockPerson(person)
}

func (rq *request) blockPerson(person *Person) (chat.Message, error) {
	if person.ID == rq.me.ID {
		return chat.Message{}, denied("That is you. To be found by nobody for a while, type profile pause until:\"in 4 weeks\".")
	}
	if !slices.Contains(rq.me.Blocks, person.ID) {
		rq.me.Blocks = append(rq.me.Blocks, person.ID)
	}
	rq.tx.put(rq.me)
	who, key, err := rq.calledBlocked(person)
	if err != nil {
		return chat.Message{}, err
	}
	body := []chat.Text{chat.T("You and ", who, " are never shown to each other from now on. Nobody is told, and nobody can see it.")}
	more, err := rq.closeWith(person)
	if err != nil {
		return chat.Message{}, err
	}
	plan, err := rq.closePlan(person)
	if err != nil {
		return chat.Message{}, err
	}
	more = append(more, plan...)
	return chat.Message{
		Title: "Blocked", Body: append(body, more...),
		Note: chat.T("To take it back: ", chat.Code("match unblock person:\""+key+"\"")),
	}, nil
}

// keptApart reports whether one of two keeps the other away. One who is gone
// keeps nobody away.
func keptApart(tx *Tx, a *Person, other string) (bool, error) {
	b, err := load[*Person](tx, KindPerson, other)
	if errors.Is(err, errNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return slices.Contains(a.Blocks, b.ID) || slices.Contains(b.Blocks, a.ID), nil
}

// closeWith ends an open ask between the two without a word to the other one.
func (rq *request) closeWith(person *Person) ([]chat.Text, error) {
	open, err := rq.crossing(person)
	if err != nil {
		return nil, err
	}
	switch {
	case open == nil:
		return nil, nil
	case open.Asker == rq.me.ID:
		return []chat.Text{chat.T("The ask you had sent is withdrawn.")}, rq.endAsk(open, Withdrawn)
	}
	open.Refused = true
	rq.tx.put(open)
	return []chat.Text{chat.T("Their open ask ends on ", rq.app.day(open.ends(), rq.me), " as if you had not answered.")}, nil
}

// unblock takes a block back.
func (rq *request) unblock() (chat.Message, error) {
	blocked, err := rq.blockedByMe()
	if err != nil {
		return chat.Message{}, err
	}
	names, err := rq.blockedNames(blocked)
	if err != nil {
		return chat.Message{}, err
	}
	name := chat.CleanLine(rq.args["person"])
	account, _ := chat.ParseAccount(name)
	i := slices.IndexFunc(blocked, func(p *Person) bool { return slices.Contains(p.Accounts, account) })
	if i < 0 {
		i = slices.IndexFunc(names, func(known string) bool { return fold(known) == fold(name) })
	}
	switch {
	case len(blocked) == 0:
		return chat.Message{}, denied("You have blocked nobody, so there is nothing to take back.")
	case i < 0:
		return chat.Message{}, denied("You have not blocked anybody of that name. Blocked by you: %s.", strings.Join(names, ", "))
	}
	rq.me.Blocks = drop(rq.me.Blocks, blocked[i].ID)
	rq.tx.put(rq.me)
	return chat.Message{Title: "Block taken back", Body: []chat.Text{chat.T("You and ", names[i], " may be shown to each other again.")}}, nil
}

// blockedByMe are the people whom the person keeps away.
func (rq *request) blockedByMe() ([]*Person, error) {
	var blocked []*Person
	for _, id := range rq.me.Blocks {
		p, err := load[*Person](rq.tx, KindPerson, id)
		if errors.Is(err, errNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		blocked = append(blocked, p)
	}
	return blocked, nil
}

// blockedNames is what the blocked are called: by name where the person may know
// it, else by their place in the list.
func (rq *request) blockedNames(blocked []*Person) ([]string, error) {
	met, err := rq.met()
	if err != nil {
		return nil, err
	}
	names := make([]string, 0, len(blocked))
	for i, p := range blocked {
		name := p.Name
		if !p.showsName(met[p.ID]) {
			name = fmt.Sprintf("number %d", i+1)
		}
		names = append(names, name)
	}
	return names, nil
}

// calledBlocked is how somebody who has just been blocked is called in a
// sentence, and what to type to take that back.
func (rq *request) calledBlocked(person *Person) (who, key string, err error) {
	blocked, err := rq.blockedByMe()
	if err != nil {
		return "", "", err
	}
	names, err := rq.blockedNames(blocked)
	if err != nil {
		return "", "", err
	}
	i := slices.IndexFunc(blocked, func(p *Person) bool { return p.ID == person.ID })
	if i < 0 {
		return "", "", fmt.Errorf("block %s: not among the blocked", person.ID)
	}
	if names[i] != person.Name {
		return "this person", names[i], nil
	}
	return names[i], names[i], nil
}
