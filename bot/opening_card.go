package bot

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"interlab/bot/chat"
	"interlab/calendar"
)

// opening is the one of an id.
func (rq *request) opening(id string) (*Opening, error) {
	o, err := load[*Opening](rq.tx, KindOpening, id)
	if errors.Is(err, errNotFound) {
		return nil, denied("This opening is no longer kept here, so nothing was done. residency browse shows what is offered.")
	}
	return o, err
}

// openingCard is an opening as everybody sees it.
func (a *App) openingCard(tx *Tx, o *Opening) (chat.Message, error) {
	lab, err := a.lab(tx, o.Lab)
	if err != nil {
		return chat.Message{}, err
	}
	m := chat.Message{
		Title: o.Title,
		Fields: []chat.Field{
			{Name: "Lab", Value: chat.T(lab)},
			{Name: "Topics", Value: chat.T(clip(strings.Join(o.Topics, ", "), chat.MaxFieldValue))},
			{Name: "From and to", Value: chat.T(calendar.FormatDay(o.From), " to ", calendar.FormatDay(o.To))},
			{Name: "Places", Value: chat.T(fmt.Sprint(o.Capacity))},
			{Name: "The lab wants to learn", Value: chat.T(o.Learn)},
			{Name: "The lab can pass on", Value: chat.T(o.Give)},
			{Name: "Apply until", Value: chat.T(a.closes(o, nil))},
		},
	}
	if o.Offers != "" {
		m.Fields = append(m.Fields, chat.Field{Name: "Offered", Value: linked(o.Offers)})
	}
	return m, nil
}

// openingPost is the card in the channels, the same for all who see it.
func (a *App) openingPost(tx *Tx, o *Opening) (chat.Message, error) {
	m, err := a.openingCard(tx, o)
	if err != nil {
		return m, err
	}
	m.Title = "A residency is offered: " + m.Title
	m.Note = chat.T("An opening is a residency place that a lab offers to researchers of other labs. Your application stays between you, me and the lab's leads.")
	m.Rows = []chat.Row{chat.NewRow(
		chat.Button{Label: "Apply", Ref: chat.Ref{Route: applyRoute, ID: o.ID}, Tone: chat.Main},
		chat.Button{Label: "Details", Ref: chat.Ref{Route: "residency.show", ID: o.ID}},
	)}
	switch {
	case o.State == OpeningWithdrawn:
		m.Title = "Withdrawn: " + o.Title
		m.Body, m.Rows, m.Note = []chat.Text{chat.T("This residency is no longer offered. The reason given: ", o.Reason)}, nil, nil
	case !o.takes(tx.now):
		m.Title = "Closed: " + o.Title
		m.Rows, m.Note = nil, chat.T("Applications are no longer taken.")
	}
	return m, nil
}

// showOpening shows the opening that a control names.
func (rq *request) showOpening() (chat.Message, error) {
	id, _ := rq.control()
	o, err := rq.opening(id)
	if err != nil {
		return chat.Message{}, err
	}
	return rq.openingFor(o)
}

// openingFor is an opening for one person: how it fits them, where their own
// application stands, and what they may do.
func (rq *request) openingFor(o *Opening) (chat.Message, error) {
	m, err := rq.app.openingCard(rq.tx, o)
	if err != nil {
		return m, err
	}
	m.Fields[6].Value = chat.T(rq.app.closes(o, rq.me))
	if o.late(rq.now) {
		m.Fields[6] = chat.Field{Name: "Apply until", Value: chat.T("the free " + countedPlaces(o.free()) + " found somebody")}
	}
	if Can(rq.actor(), Edit, o.object()) {
		return rq.openingForLead(m, o)
	}
	if fit := rq.fitLine(o); fit != "" && rq.me.Lab != o.Lab {
		m.Fields = append(m.Fields, chat.Field{Name: "Fits you", Value: chat.T(fit)})
	}
	app, err := rq.applicationTo(o)
	switch {
	case err != nil:
		return m, err
	case app != nil:
		m.Note = chat.T(rq.standingOf(app))
		m.Rows = []chat.Row{chat.NewRow(chat.Button{Label: "My choices", Ref: chat.Ref{Route: choicesRoute}, Tone: chat.Main})}
	case o.State == OpeningWithdrawn:
		m.Note = chat.T("Withdrawn by the lab. The reason given: ", o.Reason)
	case !o.takes(rq.now):
		m.Note = chat.T("Applications are no longer taken.")
	case rq.me.Lab == o.Lab:
		m.Note = chat.T("This is a residency in your own lab, for people of other labs.")
	default:
		m.Rows = []chat.Row{chat.NewRow(chat.Button{Label: "Apply", Ref: chat.Ref{Route: applyRoute, ID: o.ID}, Tone: chat.Main})}
	}
	return m, nil
}

func countedPlaces(n int) string {
	if n == 1 {
		return "place has"
	}
	return fmt.Sprintf("%d places have", n)
}

// openingForLead is an opening for a lead of its lab.
func (rq *request) openingForLead(m chat.Message, o *Opening) (chat.Message, error) {
	people, err := rq.applicantsSeen(o)
	if err != nil {
		return m, err
	}
	m.Fields = append(m.Fields, chat.Field{Name: "Applicants", Value: chat.T(fmt.Sprint(len(people)))})
	var buttons []chat.Button
	if o.ranks(rq.now) && len(people) > 0 {
		buttons = append(buttons, chat.Button{Label: "Rank", Ref: chat.Ref{Route: "residency.rankthis", ID: o.ID}, Tone: chat.Main})
	}
	switch o.State {
	case OpeningTaking:
		m.Note = chat.T("Your lab ranks from the deadline on, for a week.")
	case OpeningRanking:
		m.Note = chat.T("Your lab ranks until ", rq.app.ranked(o, rq.me), ".")
	case OpeningReady:
		m.Note = chat.T("The ranking is over. An organiser runs the placement next.")
	case OpeningOffering:
		m.Note = chat.T(fmt.Sprintf("%d of %s taken or kept for somebody. Free ones are offered until ", o.Held, counted(o.Capacity, "place is", "places are")), rq.app.when(o.Until, rq.me), ".")
	case OpeningOver:
		m.Note = chat.T("This residency is settled.")
	case OpeningWithdrawn:
		m.Note = chat.T("Withdrawn. The reason given: ", o.Reason)
	}
	if o.State != OpeningOver && o.State != OpeningWithdrawn {
		buttons = append(buttons, chat.Button{Label: "Withdraw the opening", Ref: chat.Ref{Route: "residency.withdraw", ID: o.ID}, Tone: chat.Danger})
		m.Rows = []chat.Row{chat.NewRow(buttons...)}
	}
	return m, nil
}

// fitLine says why an opening fits the person; "" where nothing speaks for it.
func (rq *request) fitLine(o *Opening) string {
	_, reasons := rq.app.fitOf(rq.me)(o)
	return fitText(reasons, "you")
}

// leadsOf are the leads of a lab.
func leadsOf(tx *Tx, lab string) ([]*Person, error) {
	all, err := listAll[*Person](tx, peopleByRole(Lead))
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(p *Person) bool { return !slices.Contains(p.Roles, Grant{Lead, lab}) }), nil
}

// hostOf is who stands for the lab in a residency: who offered it while they
// lead the lab, else the first of its leads; nil where it has none.
func hostOf(leads []*Person, o *Opening) *Person {
	for _, p := range leads {
		if p.ID == o.By {
			return p
		}
	}
	if len(leads) == 0 {
		return nil
	}
	return leads[0]
}

// kept reports whether a person and a lab's residency must not come together: their
// own lab, or one of its leads keeps them away or is kept away. It is an absence
// on both sides, and nobody can tell which it is.
func kept(p *Person, o *Opening, leads []*Person) bool {
	return p.Lab == o.Lab || slices.ContainsFunc(leads, func(lead *Person) bool {
		return p.ID == lead.ID || slices.Contains(p.Blocks, lead.ID) || slices.Contains(lead.Blocks, p.ID)
	})
}
