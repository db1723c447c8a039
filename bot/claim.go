package bot

import (
	"errors"
	"slices"
	"strings"
	"time"

	"interlab/bot/chat"
)

// What a listed person can do about it; joining goes through the profile.
const (
	claimPrefix  = "listing."
	routeRemove  = claimPrefix + "remove"
	routeRemoved = claimPrefix + "removed"
	routeKept    = claimPrefix + "kept"
)

func claimRoutes() []route {
	return []route{
		{name: routeRemove, show: chat.ShowPrivate, do: (*request).confirmRemoval},
		{name: routeRemoved, show: chat.ShowInPlace, changes: true, do: (*request).removeMe},
		{name: routeKept, show: chat.ShowInPlace, do: (*request).keepMe},
	}
}

// claims reports whether a route is about the listing itself.
func claims(name string) bool { return strings.HasPrefix(name, claimPrefix) }

// removable refuses whoever is not listed by somebody else.
func (rq *request) removable() error {
	switch {
	case rq.me.unclaimed():
		return rq.may(Edit, Object{Kind: KindPerson, People: []string{rq.me.ID}}, "This is about somebody else. Nothing has changed.")
	case rq.me.Joined.IsZero():
		return denied("You are not listed here, so there is nothing to remove.")
	}
	return denied("You have joined since, so you are here by your own choice and nothing was removed. To be found by nobody for a while, type profile pause until:\"in 4 weeks\".")
}

// confirmRemoval says what a removal does and wants a second tap.
func (rq *request) confirmRemoval() (chat.Message, error) {
	if err := rq.removable(); err != nil {
		return chat.Message{}, err
	}
	return chat.Message{
		Title: "Remove you from this network?",
		Body: []chat.Text{
			chat.T("What goes: your name, your accounts, the text about your work, what was asked of you, and your name on cards that I sent to others in the last 60 days. Whoever is waiting for an answer sees what silence would show."),
			chat.T("What stays: a tombstone of random letters and a fingerprint of your account, so that neither a list nor a backup brings you back."),
		},
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: "Yes, remove me", Ref: chat.Ref{Route: routeRemoved}, Tone: chat.Danger},
			chat.Button{Label: "No, leave it", Ref: chat.Ref{Route: routeKept}},
		)},
	}, nil
}

func (rq *request) keepMe() (chat.Message, error) {
	return chat.Message{Title: "Nothing was removed", Body: []chat.Text{chat.T("You stay listed as you were.")}}, nil
}

// removeMe forgets a listed person, as whoever joined can be forgotten.
func (rq *request) removeMe() (chat.Message, error) {
	if err := rq.removable(); err != nil {
		return chat.Message{}, err
	}
	if err := rq.bury(); err != nil {
		return chat.Message{}, err
	}
	return chat.Message{
		Title: "You are removed",
		Body: []chat.Text{
			chat.T("Nobody finds you here from now on, and nobody can list you again. The rest is deleted within minutes. Cards that I sent you stay in this conversation; their buttons do nothing."),
		},
		Note: chat.T("If you change your mind one day, say ", chat.Code("hello"), " to me and join by yourself."),
	}, nil
}

// leavings take somebody out of all that they take part in, kind by kind, and
// delete what is only theirs. Each finds its documents with listAll, so that a
// long life can go in pages.
func leavings() []func(*request) error {
	return []func(*request) error{
		(*request).leaveMatches, (*request).leaveExchanges, (*request).leaveEvidence, (*request).leaveTalks, (*request).leaveStaff,
		(*request).leavePolls, (*request).leaveResidencies, (*request).leaveRounds, (*request).leaveSearches,
		(*request).leaveStories, (*request).leaveFollowUps, (*request).leaveBlocks, (*request).leaveAppointments,
		(*request).leaveAnswers, (*request).leaveOwn,
	}
}

// leaveMatches takes the person out of matches: an open ask ends on its day as
// silence does, and an introduction is over.
func (rq *request) leaveMatches() error {
	matches, err := listAll[*Match](rq.tx, matchesOf+rq.me.ID)
	if err != nil {
		return err
	}
	for _, listed := range matches {
		m, err := load[*Match](rq.tx, KindMatch, listed.ID)
		if err != nil {
			return err
		}
		meeting := m.State == Introduced && m.Meeting != nil && m.Meeting.Start.After(rq.now)
		if err := rq.freePartner(m); err != nil {
			return err
		}
		m.leave(rq.me, rq.now)
		rq.tx.put(m)
		rq.tx.recallAll(m.Ref(), "", noticeLeft)
		if !meeting {
			continue
		}
		other, err := load[*Person](rq.tx, KindPerson, m.other(rq.me.ID))
		if errors.Is(err, errNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		rq.app.tell(rq.tx, other, Delivery{Notice: noticeLeft, Subject: m.Ref()})
	}
	return nil
}

// topicGone stands where somebody who left had said what they look for.
const topicGone = "what they asked about"

// leave takes everything of a person out of a match but that there was one.
func (m *Match) leave(p *Person, now time.Time) {
	m.LeftLab = p.Lab
	m.Reasons, m.Back = nil, nil
	if m.Asker == p.ID {
		m.Topic = topicGone
	}
	delete(m.Contacts, p.ID)
	delete(m.Met, p.ID)
	switch m.State {
	case Asked:
		m.Refused = true
	case Introduced:
		m.Meeting, m.Offer = nil, nil
		m.end(Closed, now)
	case NotNow, Expired, Withdrawn, Closed:
	}
}

// leaveSearches takes the person off the answers that others got.
func (rq *request) leaveSearches() error {
	searches, err := listAll[*Search](rq.tx, foundIn+rq.me.ID)
	if err != nil {
		return err
	}
	for _, listed := range searches {
		s, err := load[*Search](rq.tx, KindSearch, listed.ID)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(s.Found, func(f Found) bool { return f.Person == rq.me.ID })
		if i >= 0 {
			s.Found[i] = Found{} // the buttons of the others count from the top
			rq.tx.put(s)
		}
	}
	return nil
}

// leaveOwn deletes what is only the person's.
func (rq *request) leaveOwn() error {
	for _, index := range []string{deliveriesOf, searchesOf, draftsOf, questionsBy, attendancesBy, followingBy} {
		docs, err := listAll[Document](rq.tx, index+rq.me.ID)
		if err != nil {
			return err
		}
		for _, listed := range docs {
			doc, err := load[Document](rq.tx, listed.Ref().Kind, listed.Ref().ID)
			if errors.Is(err, errNotFound) {
				continue
			}
			if err != nil {
				return err
			}
			if q, ok := doc.(*Question); ok {
				rq.tx.recallAll(Ref{KindColloquium, q.Colloquium}, noticeAsked, "")
			}
			rq.tx.remove(doc.Ref())
		}
	}
	link, err := owner[*Link](rq.tx, linkOf(rq.me.ID))
	if err == nil {
		rq.tx.remove(link.Ref())
	}
	if errors.Is(err, errNotFound) {
		return nil
	}
	return err
}

// sayLeft tells somebody that the one they were to meet has left.
func (a *App) sayLeft(_ *Tx, m *Match, _, _ *Person) (chat.Message, error) {
	return chat.Message{
		Title: "Your meeting is off",
		Body:  []chat.Text{chat.T("The person you were to meet about ", chat.Strong(clip(m.Topic, 120)), " has left this network, so the meeting will not take place.")},
		Rows:  lookAgain(),
	}, nil
}

// counterpart is the other person of a match; where they have left, somebody
// of that lab without a name.
func (a *App) counterpart(tx *Tx, m *Match, id string) (*Person, error) {
	p, err := load[*Person](tx, KindPerson, id)
	if errors.Is(err, errNotFound) && m.LeftLab != "" {
		return &Person{ID: id, Name: anonymous, Lab: m.LeftLab}, nil
	}
	return p, err
}
