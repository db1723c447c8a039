package bot

import (
	"fmt"

	"interlab/bot/chat"
)

// followedPage is how many things one card lists: each has a field and a button.
const followedPage = chat.MaxFields

func followListButton() chat.Button {
	return chat.Button{Label: "What I follow", Ref: chat.Ref{Route: followListRoute}}
}

// listFollowed shows what the person follows.
func (rq *request) listFollowed() (chat.Message, error) {
	f, err := rq.following()
	if err != nil {
		return chat.Message{}, err
	}
	_, place := rq.control()
	if len(place) != 1 {
		place = []int{0}
	}
	return rq.followedCard(f, place[0])
}

// followedCard is one page of what the person follows.
func (rq *request) followedCard(f *Following, page int) (chat.Message, error) {
	if len(f.Things) == 0 {
		return chat.Message{
			Title: "You follow nothing",
			Body:  []chat.Text{chat.T("Follow a topic, a lab or a series, and once a week you hear of the talks about it. Open a talk and press “Follow”, or type ", chat.Code("colloquium follow"), " and a topic.")},
			Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Talks to come", Ref: chat.Ref{Route: listTalksRoute}, Tone: chat.Main})},
		}, nil
	}
	last := (len(f.Things) - 1) / followedPage
	page = min(max(page, 0), last)
	shown := f.Things[page*followedPage : min((page+1)*followedPage, len(f.Things))]
	m := chat.Message{
		Title: fmt.Sprintf("You follow %s", counted(len(f.Things), "thing", "things")),
		Note:  chat.T("Once a week, in your own hours, you hear of the talks to come that you could join; if there are none you hear nothing. While your profile is paused you hear of none."),
	}
	menu := chat.Menu{Ref: chat.Ref{Route: "follow.now"}, Hint: "Hear of new talks at once, or only weekly"}
	buttons := make([]chat.Button, 0, len(shown))
	for _, t := range shown {
		name, err := rq.app.followedName(rq.tx, t)
		if err != nil {
			return m, err
		}
		often, other := "once a week", "At once, too: "
		if t.Now {
			often, other = "once a week, and each new talk at once", "Only weekly: "
		}
		id := joinID(f.ID, t.N)
		m.Fields = append(m.Fields, chat.Field{Name: clip(capital(string(t.Kind))+": "+name, chat.MaxFieldName), Value: chat.T(often)})
		buttons = append(buttons, chat.Button{Label: clip("Unfollow "+name, chat.MaxLabel), Ref: chat.Ref{Route: "follow.drop", ID: id}})
		menu.Options = append(menu.Options, chat.Option{Label: clip(other+name, chat.MaxOptionText), Value: id})
	}
	for len(buttons) > 0 {
		n := min(len(buttons), chat.MaxButtons)
		m.Rows, buttons = append(m.Rows, chat.NewRow(buttons[:n]...)), buttons[n:]
	}
	m.Rows = append(m.Rows, chat.NewMenu(menu), chat.NewRow(followedSteps(f, page, last)...))
	return m, nil
}

// followedSteps are the buttons for all that is followed, and to other pages.
func followedSteps(f *Following, page, last int) []chat.Button {
	steps := []chat.Button{
		{Label: "All of them at once", Ref: chat.Ref{Route: "follow.all", ID: joinID(f.ID, 1)}},
		{Label: "All of them only weekly", Ref: chat.Ref{Route: "follow.all", ID: joinID(f.ID, 0)}},
	}
	if page > 0 {
		steps = append(steps, chat.Button{Label: "Back", Ref: chat.Ref{Route: followPageRoute, ID: joinID("page", page-1)}})
	}
	if page < last {
		steps = append(steps, chat.Button{Label: "More", Ref: chat.Ref{Route: followPageRoute, ID: joinID("page", page+1)}})
	}
	return steps
}

// maxOffered is how much of one talk is offered to be followed: four rows.
const maxOffered = (chat.MaxRows - 1) * chat.MaxButtons

// followCard shows what of a talk can be followed.
func (rq *request) followCard(c *Colloquium, f *Following) (chat.Message, error) {
	m := chat.Message{
		Title: "Follow what this talk is about",
		Note:  chat.T("Once a week you hear of the talks to come about what you follow. Whether you hear of each new talk at once as well, you choose in “What I follow”."),
	}
	var buttons []chat.Button
	var names []string
	for i, t := range rq.app.followable(c) {
		name, err := rq.app.followedName(rq.tx, t)
		if err != nil {
			return m, err
		}
		name = "the " + string(t.Kind) + " " + name
		if f.about(t.marks()) != nil {
			names = append(names, name)
			continue
		}
		if len(buttons) < maxOffered {
			buttons = append(buttons, chat.Button{Label: clip("Follow "+name, chat.MaxLabel), Ref: chat.Ref{Route: "follow.add", ID: joinID(c.ID, c.Edition, i)}})
		}
	}
	if len(names) > 0 {
		m.Body = []chat.Text{chat.T("You follow ", sentenceList(names), ".")}
	}
	for len(buttons) > 0 {
		n := min(len(buttons), chat.MaxButtons)
		m.Rows, buttons = append(m.Rows, chat.NewRow(buttons[:n]...)), buttons[n:]
	}
	m.Rows = append(m.Rows, chat.NewRow(followListButton()))
	return m, nil
}
