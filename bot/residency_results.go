package bot

import (
	"fmt"

	"interlab/bot/chat"
)

// results shows what became of the person's applications, who comes to the labs
// that they lead, and to organisers how the newest placement stands.
func (rq *request) results() (chat.Message, error) {
	m := chat.Message{Title: "Residencies: how things stand"}
	if err := rq.myResults(&m); err != nil {
		return m, err
	}
	led, err := rq.ledOpenings()
	if err != nil {
		return m, err
	}
	for _, o := range led[:min(len(led), chat.MaxFields-2)] {
		line := chat.T(rq.openingStanding(o))
		if o.State == OpeningOffering || o.State == OpeningOver {
			if line, err = rq.app.openingResult(rq.tx, o, rq.me); err != nil {
				return m, err
			}
		}
		m.Fields = append(m.Fields, chat.Field{Name: "Your lab: " + clip(o.Title, 120), Value: line})
	}
	if err := rq.placementResults(&m); err != nil {
		return m, err
	}
	if len(m.Body)+len(m.Fields) == 0 {
		m.Body = []chat.Text{chat.T("You have not applied to any residency. ", chat.Code("residency browse"), " shows what labs offer.")}
		m.Rows = []chat.Row{chat.NewRow(chat.Button{Label: "Browse openings", Ref: chat.Ref{Route: "residency.more", ID: "all.0"}, Tone: chat.Main})}
	}
	return m, nil
}

// myResults adds what became of the person's own applications, and the buttons of
// places that are theirs.
func (rq *request) myResults(m *chat.Message) error {
	apps, err := rq.applications()
	if err != nil {
		return err
	}
	for i, app := range apps {
		if i >= maxChoices {
			break
		}
		line, err := rq.app.resultLine(rq.tx, i, app, rq.me)
		if err != nil {
			return err
		}
		m.Body = append(m.Body, line)
		switch {
		case len(m.Rows) == chat.MaxRows-1:
		case app.State == AppHeld:
			m.Rows = append(m.Rows, chat.NewRow(placeButtons(app)...))
		case app.State == AppAccepted:
			m.Rows = append(m.Rows, chat.NewRow(
				chat.Button{Label: "Plan the residency", Ref: rq.planRef(app), Tone: chat.Main},
				chat.Button{Label: "I cannot come after all", Ref: chat.Ref{Route: "residency.decline", ID: app.ID}, Tone: chat.Danger},
			))
		case app.State == AppWaiting:
			m.Rows = append(m.Rows, chat.NewRow(chat.Button{Label: fmt.Sprintf("Stop waiting for number %d", i+1), Ref: chat.Ref{Route: "residency.stay", ID: app.ID}}))
		}
	}
	return nil
}

// placementResults adds the newest placement, for organisers.
func (rq *request) placementResults(m *chat.Message) error {
	if !Can(rq.actor(), Settle, Object{Kind: KindPlacement}) {
		return nil
	}
	done, _, err := page[*Placement](rq.tx, Page{Index: placementsDone, From: -rq.now.UnixMilli(), Limit: 1})
	if err != nil || len(done) == 0 {
		return err
	}
	p := done[0]
	accepted, held, free := 0, 0, 0
	for _, id := range p.Openings {
		o, err := load[*Opening](rq.tx, KindOpening, id)
		if err != nil {
			continue // withdrawn since
		}
		apps, err := listAll[*Application](rq.tx, applicationsTo+id)
		if err != nil {
			return err
		}
		for _, app := range apps {
			switch app.State {
			case AppAccepted:
				accepted++
			case AppHeld:
				held++
			default:
			}
		}
		free += o.free()
	}
	m.Fields = append(m.Fields,
		chat.Field{Name: "The newest placement", Value: chat.T(rq.app.placementCard(p, rq.me).Title, ", lottery seed ", chat.Code(fmt.Sprintf("%016x", p.Seed)))},
		chat.Field{Name: "Since then", Value: chat.T(fmt.Sprintf("%d accepted, %d still to answer, %d free.", accepted, held, free))},
	)
	return nil
}

// standingOf says where an application stands, on the card of its opening.
func (rq *request) standingOf(app *Application) string {
	return "Your application: " + rq.app.became(app, rq.me)
}
