package bot

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"

	"interlab/bot/chat"
)

// overFollowers are those who want to hear of a new talk at once.
const overFollowers Audience = "followers"

// noticeFollowed tells of a new talk about what somebody follows.
const noticeFollowed = "followed"

// spreadFollowers tells the next page of those who follow something that the
// talk is about and want to hear at once.
func (a *App) spreadFollowers(tx *Tx, c *Colloquium, f *Fan) (last bool, err error) {
	marks := a.marks(c)
	for f.Next < len(marks) {
		followings, next, err := page[*Following](tx, Page{Index: followersAtNow + marks[f.Next], After: f.After, Limit: fanPage})
		if err != nil {
			return false, err
		}
		if f.After = next; next == "" {
			f.Next++
		}
		if len(followings) > 0 {
			return f.Next >= len(marks), a.tellFollowers(tx, c, followings)
		}
	}
	return true, nil
}

// tellFollowers tells each of a page once, whatever else of the talk they follow.
func (a *App) tellFollowers(tx *Tx, c *Colloquium, followings []*Following) error {
	var wants []Want
	for _, f := range followings {
		wants = append(wants, Want{Ref: Ref{KindPerson, f.Person}}, Want{Ref: Ref{KindDelivery, followedID(c, f.Person)}})
	}
	if err := tx.prefetch(wants...); err != nil {
		return err
	}
	for _, f := range followings {
		p, err := load[*Person](tx, KindPerson, f.Person)
		if errors.Is(err, errNotFound) || err == nil && !a.hearsNow(tx, c, p) {
			continue
		}
		if err != nil {
			return err
		}
		d := Delivery{ID: followedID(c, p.ID), To: p.ID, Class: Promised, Progress: Planned, Notice: noticeFollowed, Subject: c.Ref(), Until: c.Start}
		_, err = load[*Delivery](tx, KindDelivery, d.ID)
		if errors.Is(err, errNotFound) {
			d.NotBefore = a.heard(p, tx.now, c.Start)
			tx.put(&d)
			continue
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// hearsNow reports whether a person is to hear of a new talk now.
func (a *App) hearsNow(tx *Tx, c *Colloquium, p *Person) bool {
	return !p.Paused.After(tx.now) && p.Into == "" && couldCome(c, p, tx.now)
}

// followedID is the delivery of one talk to one follower: however many of its
// topics they follow, they hear of it once.
func followedID(c *Colloquium, person string) string {
	sum := sha256.Sum256([]byte(noticeFollowed + "\n" + c.ID + "\n" + person))
	return idText.EncodeToString(sum[:idBytes])
}

// followedNews is a new talk to somebody who follows what it is about. Whoever
// has answered to it, or follows that no longer, has no need of it.
func (a *App) followedNews(tx *Tx, c *Colloquium, to *Person) (chat.Message, error) {
	f, err := owner[*Following](tx, followingOf(to.ID))
	if errors.Is(err, errNotFound) {
		return chat.Message{}, errMoot
	}
	if err != nil {
		return chat.Message{}, err
	}
	marks := a.marks(c)
	_, err = owner[*Rsvp](tx, rsvpPair(c.ID, to.ID))
	if err == nil || !f.wantsNow(marks) || !a.hearsNow(tx, c, to) {
		return chat.Message{}, errMoot
	}
	if !errors.Is(err, errNotFound) {
		return chat.Message{}, err
	}
	i := slices.IndexFunc(f.Things, func(t Followed) bool { return t.Now && common(t.marks(), marks) })
	thing := f.Things[i]
	name, err := a.followedName(tx, thing)
	if err != nil {
		return chat.Message{}, err
	}
	m := chat.Message{
		Title: "New talk: " + c.Title,
		Body:  []chat.Text{chat.T(a.speaker(tx, c), " speaks on ", a.talkWhen(c, to), fmt.Sprintf(", for %d minutes.", minutes(c)))},
		Note:  chat.T("You follow the ", string(thing.Kind), " ", name, " and wanted to hear of new talks at once."),
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: "I will come", Ref: chat.Ref{Route: "colloquium.come", ID: c.ID}, Tone: chat.Main},
			chat.Button{Label: "Maybe", Ref: chat.Ref{Route: "colloquium.maybe", ID: c.ID}},
			chat.Button{Label: "Details", Ref: chat.Ref{Route: "colloquium.details", ID: c.ID}},
			followListButton(),
		)},
	}
	return m, nil
}
