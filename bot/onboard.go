package bot

import (
	"errors"
	"slices"
	"strings"
	"time"

	"interlab/bot/chat"
)

func onboardRoutes() []route {
	return []route{
		{name: "home." + string(chat.BotAdded), show: chat.ShowNothing, changes: true, do: (*request).arrived},
		{name: "home." + string(chat.BotRemoved), show: chat.ShowNothing, changes: true, do: (*request).departed},
		{name: "home." + string(chat.ChannelGone), show: chat.ShowNothing, changes: true, do: (*request).channelGone},
		{name: "home.bind", show: chat.ShowPrivate, changes: true, do: (*request).chooseLab, subject: KindHome},
		{name: "home.more", show: chat.ShowPrivate, do: (*request).whichLab, subject: KindHome},
		{name: "home.new", show: chat.ShowForm, form: labForm("home.new", "A new lab", "Add it", "The lab's name"), subject: KindHome},
		{name: "home.new.sent", show: chat.ShowPrivate, changes: true, do: (*request).newLab, check: labNameProblems, subject: KindHome},
		{name: "home.named", show: chat.ShowForm, form: labForm("home.named", "Which lab is this?", "Choose", "Its name, or how it begins"), subject: KindHome},
		{name: "home.named.sent", show: chat.ShowPrivate, changes: true, do: (*request).namedLab, check: labNameProblems, subject: KindHome},
		{name: "home.confirm", show: chat.ShowInPlace, changes: true, do: (*request).confirmHome, subject: KindHome},
		{name: "home.refuse", show: chat.ShowInPlace, changes: true, do: (*request).refuseHome, subject: KindHome},
	}
}

// arrived notes that the bot came into a home, and has whoever added it told
// what to do. Coming into one more channel of a home is no news to somebody who
// was told.
func (rq *request) arrived() (chat.Message, error) {
	home, err := rq.homeAt(rq.event.In.Home)
	if err != nil {
		return chat.Message{}, err
	}
	back := !home.Absent.IsZero()
	if !back && !rq.event.In.Direct() && (len(home.Labs) > 0 || home.AddedBy == rq.me.ID) {
		return chat.Message{}, nil
	}
	notice := noticeHere
	if back {
		notice = noticeBack
	}
	home.Absent = time.Time{}
	rq.tx.put(home)
	d := Delivery{Notice: notice, Subject: home.Ref(), NotBefore: rq.now}
	if rq.event.From.User == "" {
		return chat.Message{}, rq.app.tellOrganisers(rq.tx, d)
	}
	home.AddedBy = rq.me.ID
	rq.tx.put(rq.me)
	rq.app.tell(rq.tx, rq.me, d)
	return chat.Message{}, nil
}

// departed notes that the bot is no longer in a home: what was to be said
// there is dropped, and organisers are told.
func (rq *request) departed() (chat.Message, error) {
	home, err := rq.home()
	if err != nil || home.ID == "" || !home.Absent.IsZero() {
		return chat.Message{}, err
	}
	home.Absent = rq.now
	rq.tx.put(home)
	return chat.Message{}, rq.app.tellOrganisers(rq.tx, Delivery{Notice: noticeGone, Subject: home.Ref()})
}

// tellOrganisers plans a delivery to every organiser.
func (a *App) tellOrganisers(tx *Tx, d Delivery) error {
	organisers, err := a.organiserPeople(tx)
	d.As = Grant{Role: Organiser}
	for _, organiser := range organisers {
		a.tell(tx, organiser, d)
	}
	return err
}

// organiserPeople are those who were given the role and those whom the
// settings name, as far as they have ever spoken to the bot.
func (a *App) organiserPeople(tx *Tx) ([]*Person, error) {
	people, err := list[*Person](tx, Want{List: peopleByRole(Organiser)})
	if err != nil {
		return nil, err
	}
	for _, account := range *a.organisers.Load() {
		p, err := owner[*Person](tx, personByAccount(account))
		if errors.Is(err, errNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(people, func(other *Person) bool { return other.ID == p.ID }) {
			people = append(people, p)
		}
	}
	return people, nil
}

// bound is the home that a control names, for whoever may say which lab lives
// there.
func (rq *request) bound() (*Home, error) {
	id, _, _ := strings.Cut(controlRef(rq.event).ID, ".")
	home, err := load[*Home](rq.tx, KindHome, id)
	if errors.Is(err, errNotFound) {
		return nil, denied("This place is no longer known to me. Add me to it again, and I ask anew.")
	}
	if err != nil {
		return nil, err
	}
	return home, rq.may(Bind, Object{Kind: KindHome, People: []string{home.AddedBy}},
		"Only whoever added me here, or an organiser, can say which lab this is. Nothing has changed.")
}

// whichLab is the question which lab lives in a home.
func (rq *request) whichLab() (chat.Message, error) {
	home, err := rq.bound()
	if err != nil {
		return chat.Message{}, err
	}
	title := "Which other lab lives here?"
	if len(home.Labs) == 0 {
		title = "Which lab is this?"
	}
	return rq.app.whichCard(rq.tx, home, title)
}

// whichCard asks which lab lives in a home.
func (a *App) whichCard(tx *Tx, home *Home, title string) (chat.Message, error) {
	labs, err := allLabs(tx)
	if err != nil {
		return chat.Message{}, err
	}
	labs = slices.DeleteFunc(labs, func(l *Lab) bool { return slices.Contains(home.Labs, l.ID) })
	m := chat.Message{
		Title: title,
		Body: []chat.Text{
			chat.T("I bring researchers of different labs together. Say which lab works in ", chat.Code(home.Home.String()), ", and everybody who writes to me there can join it."),
			chat.T("Then, in the channel that should get announcements of talks, type ", chat.Code("admin channel"), "."),
		},
	}
	buttons := []chat.Button{{Label: "It is a new lab", Ref: chat.Ref{Route: "home.new", ID: home.ID}}}
	switch {
	case len(labs) > chat.MaxOptions:
		buttons = append([]chat.Button{{Label: "Name the lab", Ref: chat.Ref{Route: "home.named", ID: home.ID}, Tone: chat.Main}}, buttons...)
	case len(labs) > 0:
		menu := chat.Menu{Ref: chat.Ref{Route: "home.bind", ID: home.ID}, Hint: "Choose the lab"}
		for _, lab := range labs {
			menu.Options = append(menu.Options, chat.Option{Label: clip(lab.Name, chat.MaxOptionText), Value: lab.ID})
		}
		m.Rows = []chat.Row{chat.NewMenu(menu)}
	}
	m.Rows = append(m.Rows, chat.NewRow(buttons...))
	return m, nil
}

// labForm asks for a lab by name.
func labForm(route, title, submit, hint string) func(*request) (chat.Form, error) {
	return func(rq *request) (chat.Form, error) {
		id, _ := rq.control()
		_, err := rq.bound()
		return chat.Form{
			Ref: chat.Ref{Route: route, ID: id}, Title: title, Submit: submit,
			Fields: []chat.FormField{{Name: "name", Label: "Name", Hint: hint, Required: true, Max: maxLabName}},
		}, err
	}
}

func labNameProblems(values map[string]string) []chat.Problem {
	name := chat.CleanLine(values["name"])
	if name == "" {
		return []chat.Problem{{Field: "name", Text: "Write the lab's name, for example: Curie Lab."}}
	}
	if err := tooLong(name, maxLabName); err != nil {
		return []chat.Problem{{Field: "name", Text: err.Error()}}
	}
	return nil
}

// newLab makes a lab that lives in the home.
func (rq *request) newLab() (chat.Message, error) {
	home, err := rq.bound()
	if err != nil {
		return chat.Message{}, err
	}
	if problems := labNameProblems(rq.args); len(problems) > 0 {
		return chat.Message{}, denied("%s", problems[0].Text)
	}
	name := chat.CleanLine(rq.args["name"])
	other, err := owner[*Lab](rq.tx, labByName(name))
	if err == nil {
		return chat.Message{}, denied("There is a %s already. Choose it from the list, or give the new one a name that tells them apart.", other.Name)
	}
	if !errors.Is(err, errNotFound) {
		return chat.Message{}, err
	}
	lab := &Lab{Name: name}
	if lab.ID, err = rq.app.ids.id(); err != nil {
		return chat.Message{}, err
	}
	rq.tx.put(lab)
	return rq.livesHere(home, lab)
}

// namedLab chooses a lab by its name, where there are too many for a menu.
func (rq *request) namedLab() (chat.Message, error) {
	home, err := rq.bound()
	if err != nil {
		return chat.Message{}, err
	}
	lab, err := rq.findLab(chat.CleanLine(rq.args["name"]))
	if err != nil {
		return chat.Message{}, err
	}
	return rq.bind(home, lab.ID)
}

// chooseLab chooses a lab from the menu.
func (rq *request) chooseLab() (chat.Message, error) {
	home, err := rq.bound()
	if err != nil {
		return chat.Message{}, err
	}
	press, ok := rq.event.Input.(chat.Press)
	if !ok || len(press.Values) != 1 {
		return chat.Message{}, denied("I cannot tell which lab you mean. Choose one from the list.")
	}
	return rq.bind(home, press.Values[0])
}

// bind says that a lab lives in a home. One that lives elsewhere already needs
// an organiser, for nobody takes a lab over by naming it.
func (rq *request) bind(home *Home, id string) (chat.Message, error) {
	lab, err := load[*Lab](rq.tx, KindLab, id)
	if errors.Is(err, errNotFound) {
		return chat.Message{}, denied("That lab is no longer in the network. Choose another one.")
	}
	if err != nil {
		return chat.Message{}, err
	}
	if slices.Contains(home.Labs, lab.ID) {
		return chat.Message{}, denied("%s lives here already.", lab.Name)
	}
	elsewhere, err := list[*Home](rq.tx, Want{List: homesOf + lab.ID})
	if err != nil {
		return chat.Message{}, err
	}
	if len(elsewhere) == 0 || rq.may(Edit, Object{Kind: KindHome}, "") == nil {
		return rq.livesHere(home, lab)
	}
	return rq.askOrganisers(home, lab)
}

// livesHere notes that a lab lives in a home. The lab is written too, so that of
// two homes that want a lab without one at the same moment one is first.
func (rq *request) livesHere(home *Home, lab *Lab) (chat.Message, error) {
	home.addLab(lab.ID)
	home.settle(lab.ID)
	if rq.me.Lab == "" {
		rq.me.Lab = lab.ID
	}
	rq.tx.put(home, lab, rq.me)
	return hereCard(home, lab.Name, rq.me), nil
}

func hereCard(home *Home, lab string, to *Person) chat.Message {
	m := chat.Message{
		Title: lab + " lives here now",
		Body: []chat.Text{
			chat.T("Everybody who writes to me in ", chat.Code(home.Home.String()), " can join it; it is enough to say hello."),
			chat.T("Last step: in the channel that should get announcements of talks, type ", chat.Code("admin channel"), "."),
		},
	}
	more := chat.Button{Label: "Another lab lives here too", Ref: chat.Ref{Route: "home.more", ID: home.ID}}
	m.Rows = []chat.Row{chat.NewRow(more)}
	if to.Joined.IsZero() {
		m.Rows = []chat.Row{chat.NewRow(chat.Button{Label: "Join", Ref: chat.Ref{Route: "profile.edit"}, Tone: chat.Main}, more)}
	}
	return m
}
