package bot

import (
	"errors"
	"strings"

	"interlab/bot/chat"
)

// askOrganisers has organisers asked whether a lab lives in one more home.
func (rq *request) askOrganisers(home *Home, lab *Lab) (chat.Message, error) {
	if by := home.waits(lab.ID); by != "" {
		return chat.Message{}, denied("An organiser has been asked already whether %s lives here. You hear from me when they answer.", lab.Name)
	}
	organisers, err := rq.app.organiserPeople(rq.tx)
	if err != nil {
		return chat.Message{}, err
	}
	if len(organisers) == 0 {
		return chat.Message{}, denied("%s lives elsewhere already, so an organiser has to confirm this, and I know none yet. Ask whoever runs this network.", lab.Name)
	}
	home.Wanted = append(home.Wanted, Wanted{Lab: lab.ID, By: rq.me.ID})
	rq.tx.put(home, rq.me)
	for _, organiser := range organisers {
		rq.app.tell(rq.tx, organiser, Delivery{Notice: noticeWanted + lab.ID, Subject: home.Ref(), As: Grant{Role: Organiser}})
	}
	return chat.Message{
		Title: "An organiser has to confirm that",
		Body:  []chat.Text{chat.T(lab.Name, " lives elsewhere already. I have asked the organisers, and you hear from me when one has answered.")},
	}, nil
}

// wanted is what an organiser answers: the home and the lab that the control names.
func (rq *request) wanted() (*Home, *Lab, string, error) {
	id, labID, _ := strings.Cut(controlRef(rq.event).ID, ".")
	if err := rq.may(Edit, Object{Kind: KindHome}, onlyOrganisers); err != nil {
		return nil, nil, "", err
	}
	home, err := load[*Home](rq.tx, KindHome, id)
	if err != nil && !errors.Is(err, errNotFound) {
		return nil, nil, "", err
	}
	if home == nil || home.waits(labID) == "" {
		return nil, nil, "", denied("Here nothing waits to be confirmed any more. admin home shows which lab lives where.")
	}
	lab, err := load[*Lab](rq.tx, KindLab, labID)
	if err != nil {
		return nil, nil, "", err
	}
	by := home.waits(labID)
	return home, lab, by, nil
}

// confirmHome lets a lab live in one more home.
func (rq *request) confirmHome() (chat.Message, error) {
	return rq.answerWanted(true, "Confirmed", " lives in ", " too. I tell whoever asked.")
}

// refuseHome leaves everything as it is.
func (rq *request) refuseHome() (chat.Message, error) {
	return rq.answerWanted(false, "Not confirmed", " does not live in ", ". I tell whoever asked.")
}

func (rq *request) answerWanted(yes bool, title, between, after string) (chat.Message, error) {
	home, lab, by, err := rq.wanted()
	if err != nil {
		return chat.Message{}, err
	}
	home.settle(lab.ID)
	notice := noticeUnbound
	if yes {
		home.addLab(lab.ID)
		notice = noticeBound
	}
	rq.tx.put(home, rq.me)
	asker, err := load[*Person](rq.tx, KindPerson, by)
	if err == nil {
		rq.app.tell(rq.tx, asker, Delivery{Notice: notice + lab.ID, Subject: home.Ref(), NotBefore: rq.now})
	} else if !errors.Is(err, errNotFound) {
		return chat.Message{}, err
	}
	return chat.Message{Title: title, Body: []chat.Text{chat.T(lab.Name, between, chat.Code(home.Home.String()), after)}}, nil
}

// What is told about a home. Those that end in a dot go on with a lab's id.
const (
	noticeHere    = "here"
	noticeBack    = "back"
	noticeGone    = "gone"
	noticeWanted  = "wanted."
	noticeBound   = "bound."
	noticeUnbound = "unbound."
)

// renderHome says one thing about a home.
func (a *App) renderHome(tx *Tx, d *Delivery, to *Person) (chat.Message, error) {
	home, err := load[*Home](tx, KindHome, d.Subject.ID)
	if err != nil {
		return chat.Message{}, err
	}
	notice, labID := d.Notice, ""
	if i := strings.IndexByte(notice, '.'); i >= 0 {
		notice, labID = notice[:i+1], notice[i+1:]
	}
	lab, err := a.lab(tx, labID)
	if err != nil {
		return chat.Message{}, err
	}
	place := chat.Code(home.Home.String())
	switch notice {
	case noticeChannel:
		return announceCard(home, d)
	case noticeHere, noticeBack:
		return a.arrivalCard(tx, home, notice)
	case noticeGone:
		return a.departureCard(tx, home, to)
	case noticeWanted:
		return a.wantedCard(tx, home, lab, labID)
	case noticeBound:
		return hereCard(home, lab, to), nil
	case noticeUnbound:
		return chat.Message{
			Title: "Not confirmed",
			Body:  []chat.Text{chat.T("An organiser did not confirm that ", lab, " lives in ", place, ". If you think it does, write to one of them.")},
			Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Choose another lab", Ref: chat.Ref{Route: "home.more", ID: home.ID}})},
		}, nil
	}
	return chat.Message{}, unknownNotice(d)
}

// arrivalCard is what whoever added the bot is told.
func (a *App) arrivalCard(tx *Tx, home *Home, notice string) (chat.Message, error) {
	if len(home.Labs) == 0 {
		return a.whichCard(tx, home, "I am here. Which lab is this?")
	}
	labs, err := a.homeLabs(tx, home)
	if err != nil {
		return chat.Message{}, err
	}
	title := "I am here already"
	if notice == noticeBack {
		title = "I am back"
	}
	return chat.Message{
		Title: title,
		Body: []chat.Text{
			chat.T(labs, lives(home), " here, as before."),
			chat.T("In the channel that should get announcements of talks, type ", chat.Code("admin channel"), "."),
		},
		Rows: []chat.Row{chat.NewRow(chat.Button{Label: "Another lab lives here too", Ref: chat.Ref{Route: "home.more", ID: home.ID}})},
	}, nil
}

func lives(home *Home) string {
	if len(home.Labs) == 1 {
		return " lives"
	}
	return " live"
}

// homeLabs names the labs of a home.
func (a *App) homeLabs(tx *Tx, home *Home) (string, error) {
	var names []string
	for _, id := range home.Labs {
		name, err := a.lab(tx, id)
		if err != nil {
			return "", err
		}
		names = append(names, name)
	}
	return sentenceList(names), nil
}

// departureCard tells an organiser that the bot was removed from a home.
func (a *App) departureCard(tx *Tx, home *Home, to *Person) (chat.Message, error) {
	if home.Absent.IsZero() {
		return chat.Message{}, errMoot
	}
	labs, err := a.homeLabs(tx, home)
	if err != nil {
		return chat.Message{}, err
	}
	if labs == "" {
		labs = "no lab yet"
	}
	return chat.Message{
		Title: "A home is gone",
		Body: []chat.Text{chat.T("I was removed from ", chat.Code(home.Home.String()), " (", labs, ") on ", a.day(home.Absent, to),
			". Nothing is announced there, and its people hear from me only where they have another account. Once somebody adds me again, everything goes on as before.")},
	}, nil
}

// wantedCard asks an organiser whether a lab lives in one more home.
func (a *App) wantedCard(tx *Tx, home *Home, lab, labID string) (chat.Message, error) {
	by := home.waits(labID)
	if by == "" {
		return chat.Message{}, errMoot
	}
	asker, err := load[*Person](tx, KindPerson, by)
	if err != nil {
		return chat.Message{}, err
	}
	id := home.ID + "." + labID
	return chat.Message{
		Title: "Does " + lab + " live there too?",
		Body: []chat.Text{chat.T(asker.mention(), " says that ", lab, " lives in ", chat.Code(home.Home.String()),
			". It lives elsewhere already. Once you confirm it, everybody there can join ", lab, ".")},
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: "Confirm", Ref: chat.Ref{Route: "home.confirm", ID: id}, Tone: chat.Main},
			chat.Button{Label: "No", Ref: chat.Ref{Route: "home.refuse", ID: id}},
		)},
	}, nil
}
