package bot

import (
	"errors"
	"fmt"
	"slices"

	"interlab/bot/chat"
)

// choices shows the person's choices in their order.
func (rq *request) choices() (chat.Message, error) { return rq.choiceList("") }

// choiceList is the card of the person's choices: a menu opens each, and buttons
// move it; nothing has to be typed.
func (rq *request) choiceList(news string) (chat.Message, error) {
	apps, err := rq.applications()
	if err != nil {
		return chat.Message{}, err
	}
	mine := chosen(apps)
	browse := chat.Button{Label: "Browse openings", Ref: chat.Ref{Route: "residency.more", ID: "all.0"}}
	if len(mine) == 0 {
		return chat.Message{
			Title: "No choices yet",
			Body:  []chat.Text{chat.T(news, "You have not applied to any opening that is still to be placed. Residencies that labs offer are in ", chat.Code("residency browse"), ".")},
			Rows:  []chat.Row{chat.NewRow(browse)},
		}, nil
	}
	m := chat.Message{
		Title: counted(len(mine), "choice", "choices") + ", the most wanted first",
		Note:  chat.T("Put them in the order of your true wishes: no other order can get you a better place. A lab never learns where it stands in it."),
	}
	if news != "" {
		m.Body = append(m.Body, chat.T(news, "It is your choice number ", fmt.Sprint(len(mine)), " unless you move it."))
		if news[0] == 'Y' {
			m.Body = []chat.Text{chat.T(news)}
		}
	}
	menu := chat.Menu{Ref: chat.Ref{Route: "residency.pick"}, Hint: "Move or remove one"}
	for i, app := range mine {
		line, title, err := rq.choiceLine(i, app)
		if err != nil {
			return m, err
		}
		m.Body = append(m.Body, line)
		menu.Options = append(menu.Options, chat.Option{Label: clip(fmt.Sprintf("%d. %s", i+1, title), chat.MaxOptionText), Value: app.ID})
	}
	m.Rows = []chat.Row{chat.NewMenu(menu), chat.NewRow(browse)}
	return m, nil
}

// choiceLine is one choice in the list.
func (rq *request) choiceLine(i int, app *Application) (chat.Text, string, error) {
	o, err := load[*Opening](rq.tx, KindOpening, app.Opening)
	if err != nil {
		return nil, "", err
	}
	lab, err := rq.app.lab(rq.tx, o.Lab)
	if err != nil {
		return nil, "", err
	}
	title := o.Title + ", " + lab
	if !rq.now.Before(o.Deadline) {
		return chat.T(fmt.Sprintf("%d. ", i+1), chat.Strong(clip(title, 120)), ": ", dates(o), "; applications are closed."), title, nil
	}
	return chat.T(fmt.Sprintf("%d. ", i+1), chat.Strong(clip(title, 120)), ": ", dates(o), "; apply until ", rq.app.closes(o, rq.me), "."), title, nil
}

// choice is the application of a control, while it can be moved or removed.
func (rq *request) choice() (*Application, *Opening, error) {
	id, _ := rq.control()
	app, err := load[*Application](rq.tx, KindApplication, id)
	if errors.Is(err, errNotFound) {
		return nil, nil, denied("This application is no longer kept here, so nothing was done. residency apply shows your choices.")
	}
	if err != nil {
		return nil, nil, err
	}
	if err := rq.may(Edit, app.object(), "This is somebody else's application. Nothing has changed."); err != nil {
		return nil, nil, err
	}
	o, err := rq.opening(app.Opening)
	if err != nil {
		return nil, nil, err
	}
	if app.State != AppChosen {
		return nil, nil, denied("This was settled by the placement, so its order no longer matters. residency results shows what became of it.")
	}
	return app, o, nil
}

// pickChoice shows one choice with what can be done to it.
func (rq *request) pickChoice() (chat.Message, error) {
	app, _, err := rq.choice()
	if err != nil {
		return chat.Message{}, err
	}
	return rq.chosenCard(app)
}

func (rq *request) chosenCard(app *Application) (chat.Message, error) {
	apps, err := rq.applications()
	if err != nil {
		return chat.Message{}, err
	}
	mine := chosen(apps)
	i := slices.IndexFunc(mine, func(a *Application) bool { return a.ID == app.ID })
	m, err := rq.choiceList("")
	if err != nil || i < 0 {
		return m, err
	}
	_, title, err := rq.choiceLine(i, app)
	if err != nil {
		return m, err
	}
	var buttons []chat.Button
	if i > 0 {
		buttons = append(buttons, chat.Button{Label: "First", Ref: chat.Ref{Route: "residency.first", ID: app.ID}, Tone: chat.Main},
			chat.Button{Label: "Up", Ref: chat.Ref{Route: "residency.up", ID: app.ID}})
	}
	if i < len(mine)-1 {
		buttons = append(buttons, chat.Button{Label: "Down", Ref: chat.Ref{Route: "residency.down", ID: app.ID}})
	}
	buttons = append(buttons, chat.Button{Label: "Remove", Ref: chat.Ref{Route: "residency.remove", ID: app.ID}, Tone: chat.Danger},
		chat.Button{Label: "Change my text", Ref: chat.Ref{Route: applyRoute, ID: app.Opening}})
	m.Fields = []chat.Field{{Name: fmt.Sprintf("Chosen: number %d", i+1), Value: chat.T(title)}}
	m.Rows = slices.Insert(m.Rows, 1, chat.NewRow(buttons...))
	return m, nil
}

func (rq *request) choiceFirst() (chat.Message, error) {
	return rq.moveChoice(func(int) int { return 0 })
}

func (rq *request) choiceUp() (chat.Message, error) {
	return rq.moveChoice(func(i int) int { return i - 1 })
}

func (rq *request) choiceDown() (chat.Message, error) {
	return rq.moveChoice(func(i int) int { return i + 1 })
}

// moveChoice gives a choice another place among the person's.
func (rq *request) moveChoice(to func(int) int) (chat.Message, error) {
	app, o, err := rq.choice()
	if err != nil {
		return chat.Message{}, err
	}
	if !rq.now.Before(o.rankBy()) || o.Run != "" {
		return chat.Message{}, denied("The placement goes by the order as it stood at the end of the ranking, so it stays as it is.")
	}
	if err := rq.notWhileBusy(); err != nil {
		return chat.Message{}, err
	}
	apps, err := rq.applications()
	if err != nil {
		return chat.Message{}, err
	}
	mine := chosen(apps)
	places := make([]int, len(mine))
	for i, a := range mine {
		places[i] = a.Place
	}
	from := slices.IndexFunc(mine, func(a *Application) bool { return a.ID == app.ID })
	target := max(0, min(len(mine)-1, to(from)))
	mine = slices.Insert(slices.Delete(mine, from, from+1), target, app)
	for i, listed := range mine {
		if listed.Place == places[i] {
			continue
		}
		one, err := load[*Application](rq.tx, KindApplication, listed.ID)
		if err != nil {
			return chat.Message{}, err
		}
		one.Place = places[i]
		rq.tx.put(one)
	}
	return rq.chosenCard(app)
}

// choiceRemove takes an application back.
func (rq *request) choiceRemove() (chat.Message, error) {
	app, o, err := rq.choice()
	if err != nil {
		return chat.Message{}, err
	}
	if err := rq.notWhileBusy(); err != nil {
		return chat.Message{}, err
	}
	if err := rq.spoil(app.Lot.Run); err != nil {
		return chat.Message{}, err
	}
	rq.tx.remove(app.Ref())
	m, err := rq.choiceList("")
	m.Body = append([]chat.Text{chat.T("Taken back: ", chat.Strong(clip(o.Title, 120)), ".")}, m.Body...)
	return m, err
}

// notWhileBusy refuses a change while a placement is being worked out or recorded.
func (rq *request) notWhileBusy() error {
	p, err := owner[*Placement](rq.tx, placementOpen)
	if errors.Is(err, errNotFound) {
		return nil
	}
	if err == nil && p.busy() {
		return denied("The placement is being worked out at this moment, so nothing was changed. Try again in a few minutes.")
	}
	return err
}

// spoil notes that a placement which an organiser looks at no longer shows how
// things are.
func (rq *request) spoil(run string) error {
	p, err := owner[*Placement](rq.tx, placementOpen)
	if errors.Is(err, errNotFound) {
		return nil
	}
	if err == nil && p.ID == run && p.Step == PlacementPreview {
		p.Stale = true
		rq.tx.put(p)
	}
	return err
}
