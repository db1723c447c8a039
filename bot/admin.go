package bot

import (
	"errors"
	"fmt"
	"slices"

	"interlab/bot/chat"
)

func adminRoutes() []route {
	return []route{
		{name: "admin.labs", show: chat.ShowPrivate, do: (*request).showLabs},
		{name: "admin.lab", show: chat.ShowPrivate, changes: true, do: (*request).setLab},
		{name: "admin.homes", show: chat.ShowPrivate, do: (*request).showHomes},
		{name: "admin.home", show: chat.ShowPrivate, changes: true, do: (*request).setHome},
		{name: "admin.roles", show: chat.ShowPrivate, do: (*request).showRoles},
		{name: "admin.role", show: chat.ShowPrivate, changes: true, do: (*request).setRole},
	}
}

const onlyOrganisers = "Only organisers can do that. Nothing has changed; ask one of them."

// showLabs lists the labs of the network.
func (rq *request) showLabs() (chat.Message, error) {
	if err := rq.may(Create, Object{Kind: KindLab}, onlyOrganisers); err != nil {
		return chat.Message{}, err
	}
	labs, err := allLabs(rq.tx)
	if err != nil {
		return chat.Message{}, err
	}
	m := chat.Message{Title: counted(len(labs), "lab", "labs"), Note: chat.T("To add one: ", chat.Code(`admin lab name:"Curie Lab"`))}
	if len(labs) > 0 {
		m.Body = []chat.Text{chat.T(labNames(labs))}
	}
	return m, nil
}

// setLab adds a lab, or renames one, or shows what is said about it.
func (rq *request) setLab() (chat.Message, error) {
	name, rename := chat.CleanLine(rq.args["name"]), chat.CleanLine(rq.args["rename"])
	if err := errors.Join(labNameFault(name), labNameFault(rename)); err != nil && rename != "" || name == "" || tooLong(name, maxLabName) != nil {
		return chat.Message{}, denied("A lab's name has 1 to %d characters, for example: admin lab name:\"Curie Lab\".", maxLabName)
	}
	lab, err := owner[*Lab](rq.tx, labByName(name))
	switch {
	case err != nil && !errors.Is(err, errNotFound):
		return chat.Message{}, err
	case lab == nil && rename != "":
		return chat.Message{}, denied("There is no lab called %s, so nothing was renamed. admin lab lists them.", name)
	case lab == nil:
		return rq.addLab(name)
	case rename == "" && Can(rq.actor(), Edit, Object{Kind: KindLab, Lab: lab.ID}):
		return rq.labAboutCard(lab, lab.Name+" is in the network"), nil
	case rename == "":
		return chat.Message{Body: []chat.Text{chat.T(lab.Name, " is in the network already.")}}, nil
	}
	return rq.renameLab(lab, rename)
}

// maxLabName is the longest name of a lab, in runes: it fits into a menu.
const maxLabName = 60

func labNameFault(name string) error {
	if name == "" {
		return nil
	}
	return tooLong(name, maxLabName)
}

func (rq *request) addLab(name string) (chat.Message, error) {
	if err := rq.may(Create, Object{Kind: KindLab}, onlyOrganisers); err != nil {
		return chat.Message{}, err
	}
	id, err := rq.app.ids.id()
	if err != nil {
		return chat.Message{}, err
	}
	rq.tx.put(&Lab{ID: id, Name: name}, rq.me)
	return chat.Message{
		Title: "Added " + name,
		Body:  []chat.Text{chat.T("Say next where it lives: in that lab's own workspace or server, type ", chat.Code(`admin home lab:"`+name+`"`), ".")},
	}, nil
}

func (rq *request) renameLab(lab *Lab, name string) (chat.Message, error) {
	if err := rq.may(Edit, Object{Kind: KindLab, Lab: lab.ID}, onlyOrganisers); err != nil {
		return chat.Message{}, err
	}
	other, err := owner[*Lab](rq.tx, labByName(name))
	if err == nil && other.ID != lab.ID {
		return chat.Message{}, denied("Another lab is called %s already. Choose a name that tells them apart.", other.Name)
	}
	if err != nil && !errors.Is(err, errNotFound) {
		return chat.Message{}, err
	}
	old := lab.Name
	lab.Name = name
	rq.tx.put(lab)
	return chat.Message{Title: "Renamed", Body: []chat.Text{chat.T(old, " is called ", name, " from now on.")}}, nil
}

// showHomes lists the homes and the labs that live there.
func (rq *request) showHomes() (chat.Message, error) {
	if err := rq.may(Edit, Object{Kind: KindHome}, onlyOrganisers); err != nil {
		return chat.Message{}, err
	}
	homes, err := list[*Home](rq.tx, Want{List: every(KindHome)})
	if err != nil {
		return chat.Message{}, err
	}
	m := chat.Message{Title: counted(len(homes), "home", "homes"), Note: chat.T("To say which lab lives where you are: ", chat.Code(`admin home lab:"Curie Lab"`))}
	for _, home := range homes {
		var names []string
		for _, id := range home.Labs {
			name, err := rq.app.lab(rq.tx, id)
			if err != nil {
				return chat.Message{}, err
			}
			names = append(names, name)
		}
		m.Body = append(m.Body, chat.T(chat.Code(home.Home.String()), ": ", sentenceList(names)))
	}
	return m, nil
}

// setHome says that a lab lives in a home, by default the one that the
// organiser writes from.
func (rq *request) setHome() (chat.Message, error) {
	if err := rq.may(Edit, Object{Kind: KindHome}, onlyOrganisers); err != nil {
		return chat.Message{}, err
	}
	lab, err := rq.findLab(chat.CleanLine(rq.args["lab"]))
	if err != nil {
		return chat.Message{}, err
	}
	where := rq.event.In.Home
	if text := chat.CleanLine(rq.args["home"]); text != "" {
		if where, err = chat.ParseHome(text); err != nil {
			return chat.Message{}, denied("I cannot read that home. Write it as admin home lists them, or leave it out to mean this one.")
		}
	}
	if where.IsZero() {
		return chat.Message{}, denied("I cannot tell which home you are in. Type this in the lab's own workspace or server, or add home:….")
	}
	home, err := rq.homeAt(where)
	if err != nil {
		return chat.Message{}, err
	}
	if !home.addLab(lab.ID) {
		return chat.Message{Body: []chat.Text{chat.T(lab.Name, " lives there already.")}}, nil
	}
	rq.tx.put(home)
	return chat.Message{Title: "Noted", Body: []chat.Text{chat.T(lab.Name, " lives in ", chat.Code(where.String()), ". People who write to me there can join it.")}}, nil
}

// homeAt is the home of that name, new where nobody has spoken of it before.
func (rq *request) homeAt(where chat.Home) (*Home, error) {
	home, err := owner[*Home](rq.tx, homeByName(where))
	if !errors.Is(err, errNotFound) {
		return home, err
	}
	id, err := rq.app.ids.id()
	if err != nil {
		return nil, err
	}
	return &Home{ID: id, Home: where}, nil
}

// showRoles lists who has which role.
func (rq *request) showRoles() (chat.Message, error) {
	if err := rq.may(Give, Object{Kind: KindPerson}, onlyOrganisers); err != nil {
		return chat.Message{}, err
	}
	m := chat.Message{Title: "Roles", Note: chat.T("Organisers named in the settings are not listed. To give a role: ", chat.Code(`admin role person:"Ana" role:organiser`))}
	for _, role := range []Role{Organiser, Lead} {
		people, err := list[*Person](rq.tx, Want{List: peopleByRole(role)})
		if err != nil {
			return chat.Message{}, err
		}
		value := "nobody"
		if len(people) > 0 {
			value = peopleNames(people)
		}
		m.Fields = append(m.Fields, chat.Field{Name: capital(string(role)), Value: chat.T(value)})
	}
	var err error
	m.Body, err = rq.lastAppointments()
	return m, err
}

// setRole gives a role, or makes somebody a plain member again, and tells them.
func (rq *request) setRole() (chat.Message, error) {
	if err := rq.may(Give, Object{Kind: KindPerson}, onlyOrganisers); err != nil {
		return chat.Message{}, err
	}
	person, err := rq.me, error(nil) // who steps down names themselves
	if name := chat.CleanLine(rq.args["person"]); fold(name) != fold(rq.me.Name) {
		person, err = rq.personByName(name)
	}
	if err != nil {
		return chat.Message{}, err
	}
	grant := Grant{Role: Role(rq.args["role"])}
	if grant.Role == Lead {
		lab, err := rq.findLab(chat.CleanLine(rq.args["lab"]))
		if err != nil {
			return chat.Message{}, err
		}
		grant.Lab = lab.ID
	}
	switch {
	case grant.Role == Member:
		if err := rq.dismiss(person); err != nil {
			return chat.Message{}, err
		}
	case slices.Contains(person.Roles, grant):
		return chat.Message{Body: []chat.Text{chat.T(person.Name, " has that role already: ", roleNames(person.Roles), ". Nothing has changed.")}}, nil
	default:
		if err := rq.appoint(person, grant, false); err != nil {
			return chat.Message{}, err
		}
	}
	rq.app.tell(rq.tx, person, Delivery{Notice: noticeRole, Subject: person.Ref()})
	return chat.Message{Title: "Noted", Body: []chat.Text{chat.T(person.Name, " is now: ", roleNames(person.Roles), fmt.Sprintf(". I tell %s.", firstName(person.Name)))}}, nil
}

// dismiss makes somebody a plain member again. The last organiser stays.
func (rq *request) dismiss(p *Person) error {
	err := rq.lastOrganiser(p, p.Name+" is the only organiser of this network, so nothing has changed. Make somebody else one first: admin role person:\"their name\" role:organiser.")
	if err != nil {
		return err
	}
	for _, grant := range p.Roles {
		if err := rq.appoint(p, grant, true); err != nil {
			return err
		}
	}
	rq.tx.put(p)
	return rq.vacate(p)
}
