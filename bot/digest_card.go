package bot

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"interlab/bot/chat"
)

// renderFollowing is the digest, as it is when it is sent.
func (a *App) renderFollowing(tx *Tx, d *Delivery, to *Person) (chat.Message, error) {
	f, err := load[*Following](tx, KindFollowing, d.Subject.ID)
	if err != nil {
		return chat.Message{}, err
	}
	if d.Notice != noticeDigest {
		return chat.Message{}, unknownNotice(d)
	}
	talks, err := a.digestTalks(tx, f, to)
	if err != nil {
		return chat.Message{}, err
	}
	if len(talks) == 0 || to.Paused.After(tx.now) {
		return chat.Message{}, errMoot
	}
	return a.digestCard(tx, f, talks, to)
}

// digestTalks are the talks of a digest that are still to be named, each under
// the first thing followed that it is about.
func (a *App) digestTalks(tx *Tx, f *Following, to *Person) (map[int][]*Colloquium, error) {
	var wants []Want
	for _, id := range f.Talks {
		wants = append(wants, Want{Ref: Ref{KindColloquium, id}}, Want{Unique: rsvpPair(id, to.ID)})
	}
	if err := tx.prefetch(wants...); err != nil {
		return nil, err
	}
	groups := map[int][]*Colloquium{}
	n := 0
	for _, id := range f.Talks {
		c, err := load[*Colloquium](tx, KindColloquium, id)
		if errors.Is(err, errNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		answered, err := list[*Rsvp](tx, Want{Unique: rsvpPair(id, to.ID)})
		if err != nil {
			return nil, err
		}
		if thing := f.about(a.marks(c)); thing != nil && len(answered) == 0 && n < maxDigest && couldCome(c, to, tx.now) {
			groups[thing.N] = append(groups[thing.N], c)
			n++
		}
	}
	return groups, nil
}

// maxInGroup is how many talks one field of a digest names.
const maxInGroup = 5

// digestCard groups talks by what is followed.
func (a *App) digestCard(tx *Tx, f *Following, groups map[int][]*Colloquium, to *Person) (chat.Message, error) {
	place := cmp.Or(to.zone().City(), to.zone().String())
	m := chat.Message{
		Title: "Talks about what you follow",
		Body:  []chat.Text{chat.T("These take place in the next two weeks, and you can come to each of them. Times are those of ", place, ".")},
		Note:  chat.T("You get this once a week, if there is something to say."),
	}
	if to.Zone.IsZero() {
		m.Body = []chat.Text{chat.T("These take place in the next two weeks, and you can come to each of them. Times are those of the hosts until you tell me your zone with ", chat.Code("profile set"), ".")}
	}
	open := chat.Menu{Ref: chat.Ref{Route: "colloquium.details"}, Hint: "Open one"}
	away := chat.Menu{Ref: chat.Ref{Route: "follow.away"}, Hint: "Unfollow"}
	for _, t := range f.Things {
		talks := groups[t.N]
		if len(talks) == 0 || len(m.Fields) == chat.MaxFields {
			continue
		}
		slices.SortFunc(talks, soonest)
		name, err := a.followedName(tx, t)
		if err != nil {
			return m, err
		}
		m.Fields = append(m.Fields, chat.Field{Name: clip(capital(string(t.Kind))+": "+name, chat.MaxFieldName), Value: a.digestLines(talks, to)})
		away.Options = append(away.Options, chat.Option{Label: clip(name, chat.MaxOptionText), Value: joinID(f.ID, t.N)})
		for _, c := range talks {
			open.Options = append(open.Options, chat.Option{Label: clip(c.Title, chat.MaxOptionText), Value: c.ID})
		}
	}
	m.Rows = []chat.Row{chat.NewMenu(open), chat.NewMenu(away), chat.NewRow(followListButton(), chat.Button{Label: "Talks to come", Ref: chat.Ref{Route: listTalksRoute}})}
	return m, nil
}

// digestLines are the talks of one group.
func (a *App) digestLines(talks []*Colloquium, to *Person) chat.Text {
	var lines chat.Text
	for i, c := range talks[:min(len(talks), maxInGroup)] {
		if i > 0 {
			lines = append(lines, chat.T("\n")...)
		}
		lines = append(lines, chat.T(chat.Strong(clip(c.Title, 80)), ", ", clip(c.Speaker, 60), ", ", a.talkWhen(c, to))...)
	}
	if n := len(talks) - maxInGroup; n > 0 {
		lines = append(lines, chat.T(fmt.Sprintf("\nand %s", counted(n, "more", "more")))...)
	}
	return lines
}
