package bot

import (
	"errors"
	"fmt"
	"slices"

	"interlab/bot/chat"
	"interlab/bot/exchange"
)

// The routes of what is said about a lab as a whole.
const (
	labAbout = "lab.about"
	labEdit  = "lab.edit"
)

func labRoutes() []route {
	return []route{
		{name: labAbout, show: chat.ShowPrivate, do: (*request).aboutLab, subject: KindLab},
		{name: labEdit, show: chat.ShowForm, form: (*request).labEditForm, subject: KindLab},
		{name: submitted(labEdit), show: chat.ShowPrivate, changes: true, do: (*request).editLab, check: labProblems, subject: KindLab},
	}
}

// sectors are what a lab may say it belongs to, in the order of the form. Flows
// are told between the first two; the others are neither.
func sectors() []chat.Option {
	return []chat.Option{
		{Label: "A university or a public institute", Value: string(exchange.Academic)},
		{Label: "A company", Value: string(exchange.Industry)},
		{Label: "Something else, or not said", Value: "none"},
	}
}

// sectorOf reads what a form or a document says of a sector; false where it is none.
func sectorOf(value string) (exchange.Sector, bool) {
	switch s := exchange.Sector(value); s {
	case exchange.Academic, exchange.Industry:
		return s, true
	case "", "none":
		return "", true
	}
	return "", false
}

func sectorText(s exchange.Sector) string {
	i := slices.IndexFunc(sectors(), func(o chat.Option) bool { return o.Value == string(s) })
	if i < 0 {
		return "Not said"
	}
	return sectors()[i].Label
}

const onlyLeads = "Only the leads of this lab and organisers can change what is said about it. Nothing has changed."

// labToEdit is the lab that the control names, for those who may change it.
func (rq *request) labToEdit() (*Lab, error) {
	id, _ := rq.control()
	lab, err := load[*Lab](rq.tx, KindLab, id)
	if errors.Is(err, errNotFound) {
		return nil, denied("This lab is no longer here, so nothing has changed.")
	}
	if err != nil {
		return nil, err
	}
	return lab, rq.may(Edit, Object{Kind: KindLab, Lab: lab.ID}, onlyLeads)
}

// aboutLab shows what is said about a lab.
func (rq *request) aboutLab() (chat.Message, error) {
	lab, err := rq.labToEdit()
	if err != nil {
		return chat.Message{}, err
	}
	return rq.labAboutCard(lab, lab.Name), nil
}

func (rq *request) labAboutCard(lab *Lab, title string) chat.Message {
	card := chat.Message{
		Title:  title,
		Fields: []chat.Field{{Name: "It belongs to", Value: chat.T(sectorText(lab.Sector))}},
		Note:   chat.T("What it belongs to shows in the figures only: how much goes from universities to companies, and back."),
		Rows:   []chat.Row{chat.NewRow(chat.Button{Label: "Change", Ref: chat.Ref{Route: labEdit, ID: lab.ID}})},
	}
	if rq.app.public != "" {
		said := "Not by name"
		if lab.Public {
			said = "By name"
		}
		card.Fields = append(card.Fields, chat.Field{Name: "On the public board of outcomes", Value: chat.T(said)})
		card.Body = []chat.Text{rq.onBoard(lab)}
	}
	return card
}

// onBoard is what everybody can read of a lab that the public board names: whoever
// decides has to know before.
func (rq *request) onBoard(lab *Lab) chat.Text {
	const figures = "its figures beside its name: how many goals went to and from each other lab that is named there, how many were reached and by when, how much is in use still, and what came of it that is open to all."
	never := fmt.Sprintf(" No person and no text of an exchange is ever there and, but for the counts between two labs, no figure that rests on fewer than %d people.", exchange.Fewest)
	if !lab.Public {
		return chat.T("What " + lab.Name + " does counts among the other labs on the public board. If it were named, everybody on the web could read " + figures + never)
	}
	address := rq.app.public + "/board/lab/" + lab.ID
	return chat.T("Everybody on the web can read "+figures+never+" Its page: ", chat.Link{Label: address, URL: address})
}

// boardChanged says from when a lab is named on the board, or is not any more.
func boardChanged(named bool) chat.Text {
	if named {
		return chat.T("The public board names it within two minutes. Take it back here whenever you like.")
	}
	return chat.T("Within two minutes its page on the public board is gone, and so are its row and its column among the labs. What others have copied until now I cannot take back.")
}

// labEditForm asks what is said about a lab.
func (rq *request) labEditForm() (chat.Form, error) {
	lab, err := rq.labToEdit()
	if err != nil {
		return chat.Form{}, err
	}
	sector := string(lab.Sector)
	if sector == "" {
		sector = "none"
	}
	form := chat.Form{
		Ref: controlRef(rq.event), Title: "About the lab", Submit: "Save",
		Fields: []chat.FormField{{Name: "sector", Label: "What it belongs to", Value: sector, Required: true, Options: sectors()}},
	}
	if rq.app.public != "" {
		public := "no"
		if lab.Public {
			public = "yes"
		}
		form.Fields = append(form.Fields, chat.FormField{
			Name: "public", Label: "On the public board of outcomes", Hint: "Figures only, never people or texts", Value: public, Required: true,
			Options: []chat.Option{{Label: "Not by name", Value: "no"}, {Label: "By name", Value: "yes"}},
		})
	}
	return form, nil
}

// labProblems names what is wrong with what was said.
func labProblems(values map[string]string) []chat.Problem {
	if _, ok := sectorOf(values["sector"]); !ok {
		return []chat.Problem{{Field: "sector", Text: "Choose one of the three."}}
	}
	if !slices.Contains([]string{"", "no", "yes"}, values["public"]) {
		return []chat.Problem{{Field: "public", Text: "Choose one of the two."}}
	}
	return nil
}

// editLab keeps what was said.
func (rq *request) editLab() (chat.Message, error) {
	lab, err := rq.labToEdit()
	if err != nil {
		return chat.Message{}, err
	}
	if problems := labProblems(rq.args); len(problems) > 0 {
		return chat.Message{}, denied("%s", problems[0].Text)
	}
	lab.Sector, _ = sectorOf(rq.args["sector"])
	before := lab.Public
	if public := rq.args["public"]; public != "" && rq.app.public != "" {
		lab.Public = public == "yes"
	}
	rq.tx.put(lab)
	card := rq.labAboutCard(lab, "Saved: "+lab.Name)
	if lab.Public != before {
		card.Body = append([]chat.Text{boardChanged(lab.Public)}, card.Body...)
	}
	return card, nil
}
