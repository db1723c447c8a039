package bot

import (
	"errors"
	"fmt"
	"slices"

	"interlab/bot/chat"
)

func linkRoutes() []route {
	return []route{
		{name: "link.start", show: chat.ShowPrivate, changes: true, do: (*request).startLink},
		{name: "link.enter", show: chat.ShowForm, form: (*request).codeForm},
		{name: "link.enter.sent", show: chat.ShowPrivate, changes: true, do: (*request).useCode},
		{name: "link.use", show: chat.ShowPrivate, changes: true, do: (*request).useCode},
		{name: "link.join", show: chat.ShowInPlace, changes: true, do: (*request).joinAccounts, subject: KindLink},
		{name: "link.cancel", show: chat.ShowInPlace, changes: true, do: (*request).cancelLink, subject: KindLink},
	}
}

func linkCommands() []chat.Command {
	return []chat.Command{
		{Name: "start", Summary: "A code to link another account", Route: "link.start", Example: "link start"},
		{
			Name: "use", Summary: "Link this account by a code", Route: "link.use", Blank: "link.enter", Example: "link use code:k7mq-x2pd",
			Args: []chat.Arg{{Name: "code", Summary: "from your other account", Required: true}},
		},
	}
}

// link is the person's own, new where there is none.
func (rq *request) link() (*Link, error) {
	l, err := owner[*Link](rq.tx, linkOf(rq.me.ID))
	if !errors.Is(err, errNotFound) {
		return l, err
	}
	id, err := rq.app.ids.id()
	return &Link{ID: id, By: rq.me.ID}, err
}

// startLink gives a code out. An older one of the person ends.
func (rq *request) startLink() (chat.Message, error) {
	if len(rq.me.Accounts) >= maxAccounts {
		return chat.Message{}, denied("You have %d accounts here, which is as many as one person can have.", maxAccounts)
	}
	l, err := rq.link()
	if err != nil {
		return chat.Message{}, err
	}
	code, err := rq.app.ids.id()
	if err != nil {
		return chat.Message{}, err
	}
	code = code[:codeLength]
	l.Account, l.Hash, l.Until, l.For = rq.event.From, codeHash(code), rq.now.Add(linkLife), ""
	rq.tx.put(rq.me, l)
	return chat.Message{
		Title: "Link another account of yours",
		Body: []chat.Text{
			chat.T("In your other account, on any platform, type this to me: ", chat.Code("link use code:"+shownCode(code))),
			chat.T("The code works once, until ", rq.app.when(l.Until, rq.me), ". Type it yourself and give it to nobody: whoever uses it becomes you here."),
		},
	}, nil
}

// codeForm asks for the code.
func (rq *request) codeForm() (chat.Form, error) {
	return chat.Form{
		Ref: chat.Ref{Route: "link.enter"}, Title: "Link this account", Submit: "Use",
		Fields: []chat.FormField{{Name: "code", Label: "The code", Hint: "In your other account, link start shows one", Required: true, Max: 40}},
	}, nil
}

// useCode takes a code that was given out in another account. Whatever is wrong
// with it, the answer is the same: it tells nothing about other people's codes.
func (rq *request) useCode() (chat.Message, error) {
	own, err := rq.link()
	if err != nil {
		return chat.Message{}, err
	}
	if own.barred(rq.now) {
		return chat.Message{}, denied("Those were %d wrong codes. You can try again at %s.", linkTries, rq.app.zones.FormatFull(own.WrongEnd, rq.me.zone()))
	}
	l, err := owner[*Link](rq.tx, linkByCode(codeHash(rq.args["code"])))
	switch {
	case err != nil && !errors.Is(err, errNotFound):
		return chat.Message{}, err
	case l == nil, !l.Until.After(rq.now):
		return rq.wrongCode(own)
	case l.By == rq.me.ID && l.Account == rq.event.From:
		return chat.Message{}, denied("This code is from this same account. Type it in your other account; it still works there.")
	case l.By == rq.me.ID:
		return chat.Message{}, denied("This account and the one that the code is from are yours already, so there is nothing to link.")
	}
	first, err := load[*Person](rq.tx, KindPerson, l.By)
	if err != nil {
		return chat.Message{}, err
	}
	if err := rq.apartAccounts(first, rq.me); err != nil {
		return chat.Message{}, err
	}
	if rq.fresh {
		return rq.addAccount(l, first)
	}
	l.Hash, l.For, l.Until = "", rq.me.ID, rq.now.Add(linkLife)
	rq.tx.put(l)
	return rq.joinCard(l)
}

// wrongCode counts a code that is wrong, used or over, which all look the same.
func (rq *request) wrongCode(own *Link) (chat.Message, error) {
	own.wrong(rq.now)
	rq.tx.put(rq.me, own)
	return chat.Message{
		Title: "This code does not work",
		Body:  []chat.Text{chat.T("A code works once and for ten minutes. Check the spelling, or type ", chat.Code("link start"), " in your other account for a new one.")},
	}, nil
}

// addAccount gives an account that was never used before to a person.
func (rq *request) addAccount(l *Link, first *Person) (chat.Message, error) {
	first.Accounts = slices.Concat([]chat.Account{rq.event.From}, first.Accounts)
	rq.tx.put(first)
	rq.tx.remove(l.Ref())
	rq.tellLinked(l, first)
	return linkedCard(), nil
}

func linkedCard() chat.Message {
	return chat.Message{
		Title: "Linked",
		Body:  []chat.Text{chat.T("Both accounts are you from now on. I write to the one that you used last.")},
		Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "What is mine", Ref: chat.Ref{Route: "me"}, Tone: chat.Main})},
	}
}

// tellLinked tells the account that the code came from at once, lest somebody
// else used it.
func (rq *request) tellLinked(l *Link, first *Person) {
	rq.app.tell(rq.tx, first, Delivery{Notice: noticeLinked, Subject: first.Ref(), NotBefore: rq.now, Only: l.Account})
}

// joinCard lists what this account brings along.
func (rq *request) joinCard(l *Link) (chat.Message, error) {
	matches, err := rq.matches()
	if err != nil {
		return chat.Message{}, err
	}
	m := chat.Message{
		Title: "Join your two accounts?",
		Body:  []chat.Text{chat.T("Both were used here before. This account brings along:")},
		Note:  chat.T("Where both profiles say something, the other account's counts; of who sees what, the stricter choice does. This cannot be taken back."),
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: "Join them", Ref: chat.Ref{Route: "link.join", ID: l.ID}, Tone: chat.Main},
			chat.Button{Label: "Cancel", Ref: chat.Ref{Route: "link.cancel", ID: l.ID}},
		)},
	}
	add := func(name, value string) { m.Fields = append(m.Fields, chat.Field{Name: name, Value: chat.T(value)}) }
	lab, err := rq.app.lab(rq.tx, rq.me.Lab)
	if err != nil {
		return chat.Message{}, err
	}
	if rq.me.inNetwork() {
		add("Profile", rq.me.Name+", "+lab)
	}
	if n := len(rq.me.Asking) + len(rq.me.Asked); n > 0 {
		add("Asks", counted(n, "open ask", "open asks"))
	}
	introduced := slices.DeleteFunc(slices.Clone(matches), func(m *Match) bool { return m.Contacts == nil })
	if n := len(introduced); n > 0 {
		add("Introductions", counted(n, "introduction", "introductions"))
	}
	talks, exchanges, err := rq.takesPart()
	if err != nil {
		return chat.Message{}, err
	}
	if talks > 0 {
		add("Talks", counted(talks, "talk", "talks")+" you go to or wait for")
	}
	if exchanges > 0 {
		add("Exchanges", counted(exchanges, "exchange", "exchanges"))
	}
	if n := len(rq.me.Blocks); n > 0 {
		add("Blocks", counted(n, "person", "people")+" you are never matched with")
	}
	if len(rq.me.Roles) > 0 {
		add("Roles", roleNames(rq.me.Roles))
	}
	if len(m.Fields) == 0 {
		m.Body = []chat.Text{chat.T("Both were used here before. This account brings nothing along but what you looked for.")}
	}
	return m, nil
}

// takesPart counts the talks on whose lists the person is, and their exchanges.
func (rq *request) takesPart() (talks, exchanges int, err error) {
	rsvps, err := list[*Rsvp](rq.tx, ofAccount(rq.event.From, rsvpsBy))
	if err != nil {
		return 0, 0, err
	}
	rsvps = slices.DeleteFunc(rsvps, func(r *Rsvp) bool { return !r.State.listed() })
	all, err := list[*Exchange](rq.tx, ofAccount(rq.event.From, exchangesOf))
	return len(rsvps), len(all), err
}

// offered is the link that a card is about, for the one who used its code.
func (rq *request) offered() (*Link, error) {
	id, _ := rq.control()
	l, err := load[*Link](rq.tx, KindLink, id)
	if err != nil && !errors.Is(err, errNotFound) {
		return nil, err
	}
	const over = "This offer is over, and nothing was joined. Type link start in your other account for a new code."
	if l == nil || !l.Until.After(rq.now) {
		return nil, denied(over)
	}
	return l, rq.may(Answer, Object{Kind: KindLink, People: []string{l.For}}, over)
}

// joinAccounts makes one person of two. What belongs to the second one follows
// page by page.
func (rq *request) joinAccounts() (chat.Message, error) {
	l, err := rq.offered()
	if err != nil {
		return chat.Message{}, err
	}
	first, err := load[*Person](rq.tx, KindPerson, l.By)
	if err != nil {
		return chat.Message{}, err
	}
	if err := rq.apartAccounts(first, rq.me); err != nil {
		return chat.Message{}, err
	}
	rq.tellLinked(l, first)
	first.absorb(rq.me, rq.now)
	rq.tx.put(first, rq.me)
	rq.tx.remove(l.Ref())
	return linkedCard(), nil
}

func (rq *request) cancelLink() (chat.Message, error) {
	l, err := rq.offered()
	if err != nil {
		return chat.Message{}, err
	}
	rq.tx.remove(l.Ref())
	return chat.Message{Title: "Nothing was joined", Body: []chat.Text{chat.T("The two accounts stay apart. The code is used up.")}}, nil
}

// apartAccounts refuses to make one person of two who cannot be one, with the reason.
func (rq *request) apartAccounts(first, second *Person) error {
	switch {
	case first.Into != "" || second.Into != "":
		return denied("One of the two accounts is being joined with another one. Try again in a minute.")
	case len(first.Accounts)+len(second.Accounts) > maxAccounts:
		return denied("Together that would be more than %d accounts, which is as many as one person can have.", maxAccounts)
	case !first.Joined.IsZero() && !second.Joined.IsZero() && first.Lab != second.Lab:
		return denied("The two accounts have joined with different labs, and a person is in one. Choose the same lab in both with profile set, and link them then.")
	}
	if rq.fresh {
		return nil
	}
	ours, err := listAll[*Match](rq.tx, matchesOf+first.ID)
	if err != nil {
		return err
	}
	theirs, err := listAll[*Match](rq.tx, matchesOf+second.ID)
	if err != nil {
		return err
	}
	return bothIn(first, second, ours, theirs)
}

// bothIn refuses where both are in one match that is not over, or both have an
// ask open with the same third person.
func bothIn(first, second *Person, ours, theirs []*Match) error {
	open := map[string]bool{}
	for _, m := range ours {
		switch {
		case m.other(first.ID) == second.ID && m.State == Asked:
			return denied("An ask is open between the two accounts. Withdraw or answer it first; match list shows it.")
		case m.other(first.ID) == second.ID && m.State == Introduced:
			return denied("The two accounts were introduced to each other, as two people are. They can be linked once that is over, on its own about two months later.")
		case m.State == Asked:
			open[m.other(first.ID)] = true
		}
	}
	for _, m := range theirs {
		if m.State == Asked && open[m.other(second.ID)] {
			return denied("%s", fmt.Sprintf("Both accounts have an ask open with the same person, about “%s” among others. Link them once one of the two has ended; match list shows them.", clip(m.Topic, 80)))
		}
	}
	return nil
}

// useAccount puts the account that the person speaks from first: it is where
// they are told things from now on.
func (rq *request) useAccount() {
	i := slices.Index(rq.me.Accounts, rq.event.From)
	if i <= 0 {
		return
	}
	rq.me.Accounts = append([]chat.Account{rq.event.From}, slices.Delete(slices.Clone(rq.me.Accounts), i, i+1)...)
	rq.tx.put(rq.me)
}
