package bot

import (
	"errors"
	"slices"
	"time"

	"interlab/bot/chat"
)

// KindAppointment is that somebody was given a role, or that a role ended. It
// is kept as long as the network is, for whoever asks later who decided what.
const KindAppointment Kind = "appointment"

// Appointment says who gave or took which role, and when. By is empty for the
// operator's list, and either is empty where the person was forgotten since.
type Appointment struct {
	ID    string    `json:"id"`
	By    string    `json:"by,omitempty"`
	Of    string    `json:"of,omitempty"`
	Grant Grant     `json:"grant"`
	Ended bool      `json:"ended,omitempty"`
	At    time.Time `json:"at"`
}

// appointmentsAll lists all of them, newest first; appointmentsOf and a
// person's id those that the person has a part in.
const (
	appointmentsAll = "appointment"
	appointmentsOf  = "appointment.of/"
)

// Ref names the appointment.
func (p *Appointment) Ref() Ref { return Ref{KindAppointment, p.ID} }

// Entries are the list of all, and of both people.
func (p *Appointment) Entries() []Entry {
	entries := []Entry{{Index: appointmentsAll, Score: -p.At.UnixMilli()}}
	for _, id := range slices.Compact([]string{p.By, p.Of}) {
		if id != "" {
			entries = append(entries, Entry{Index: appointmentsOf + id, Score: -p.At.UnixMilli()})
		}
	}
	return entries
}

// Due is nothing: it stays.
func (p *Appointment) Due() []Work { return nil }

// replace puts somebody else, or nobody, where a person stood.
func (p *Appointment) replace(from, to string) {
	if p.By == from {
		p.By = to
	}
	if p.Of == from {
		p.Of = to
	}
}

func repointAppointment(_ *App, _ *Tx, p *Appointment, from string, to *Person) error {
	p.replace(from, to.ID)
	return nil
}

// leaveAppointments takes the person out of who gave whom which role.
func (rq *request) leaveAppointments() error {
	all, err := listAll[*Appointment](rq.tx, appointmentsOf+rq.me.ID)
	if err != nil {
		return err
	}
	for _, listed := range all {
		p, err := load[*Appointment](rq.tx, KindAppointment, listed.ID)
		if err != nil {
			return err
		}
		p.replace(rq.me.ID, "")
		rq.tx.put(p)
	}
	return nil
}

// appoint gives a role, or ends it, and keeps that it was done. Whoever shares
// the role is told; the person it is about is told by the caller.
func (rq *request) appoint(p *Person, grant Grant, ended bool) error {
	note, err := rq.app.note(rq.tx, rq.me.ID, p, grant, ended)
	if err != nil {
		return err
	}
	told, err := rq.app.concernedBy(rq.tx, grant, ended && rq.me.ID == p.ID)
	if err != nil {
		return err
	}
	for _, other := range told {
		if other.ID != p.ID && other.ID != rq.me.ID {
			rq.app.tell(rq.tx, other, Delivery{Notice: noticeRole, Subject: note.Ref()})
		}
	}
	return nil
}

// note changes the roles of a person and keeps by whom.
func (a *App) note(tx *Tx, by string, p *Person, grant Grant, ended bool) (*Appointment, error) {
	id, err := a.ids.id()
	if err != nil {
		return nil, err
	}
	p.Roles = slices.DeleteFunc(slices.Clone(p.Roles), func(g Grant) bool { return g == grant })
	if !ended {
		p.Roles = append(p.Roles, grant)
	}
	note := &Appointment{ID: id, By: by, Of: p.ID, Grant: grant, Ended: ended, At: tx.now}
	tx.put(p, note)
	return note, nil
}

// concernedBy are those who share a role: the organisers, or a lab's leads.
// Where a lead goes by themselves the organisers are told as well, for the lab
// may have none now.
func (a *App) concernedBy(tx *Tx, grant Grant, goes bool) ([]*Person, error) {
	var told []*Person
	if grant.Role == Lead {
		leads, err := listAll[*Person](tx, peopleByRole(Lead))
		if err != nil {
			return nil, err
		}
		told = slices.DeleteFunc(leads, func(p *Person) bool { return !slices.Contains(p.Roles, grant) })
	}
	if grant.Role != Organiser && !goes {
		return told, nil
	}
	organisers, err := a.organiserPeople(tx)
	for _, o := range organisers {
		if !slices.ContainsFunc(told, func(p *Person) bool { return p.ID == o.ID }) {
			told = append(told, o)
		}
	}
	return told, err
}

// stepDown ends what somebody led in the lab that they leave.
func (rq *request) stepDown(lab string) error {
	grant := Grant{Lead, lab}
	if !slices.Contains(rq.me.Roles, grant) {
		return nil
	}
	if err := rq.appoint(rq.me, grant, true); err != nil {
		return err
	}
	rq.app.tell(rq.tx, rq.me, Delivery{Notice: noticeRole, Subject: rq.me.Ref()})
	return nil
}

// says is what was done, in a sentence.
func (p *Appointment) says(a *App, tx *Tx) (string, error) {
	by, err := a.called(tx, p.By, theOperator)
	if err != nil {
		return "", err
	}
	of, err := a.called(tx, p.Of, whoLeft)
	if err != nil {
		return "", err
	}
	role := "an organiser"
	if p.Grant.Role == Lead {
		lab, err := a.lab(tx, p.Grant.Lab)
		if err != nil {
			return "", err
		}
		role = "a lead of " + lab
	}
	switch {
	case !p.Ended:
		if by == theOperator || by == ofSettings {
			by = capital(by)
		}
		return by + " made " + of + " " + role, nil
	case p.By == p.Of:
		return of + " is no longer " + role + ", having changed to another lab", nil
	}
	return of + " is no longer " + role + "; " + by + " decided that", nil
}

// Those who are no person here.
const (
	theOperator = "the operator"
	// ofSettings has the role without having joined, so that nothing is kept of them.
	ofSettings = "an organiser whom the settings name"
)

// called is how a person is called to organisers and leads.
func (a *App) called(tx *Tx, id, nobody string) (string, error) {
	if id == "" {
		return nobody, nil
	}
	p, err := load[*Person](tx, KindPerson, id)
	if errors.Is(err, errNotFound) {
		return ofSettings, nil
	}
	if err != nil {
		return "", err
	}
	return p.Name, nil
}

// renderAppointment tells of a change to whoever shares the role. It is moot
// where it was turned back, the person was forgotten, or the reader is no
// longer one of those whom it concerns.
func (a *App) renderAppointment(tx *Tx, d *Delivery, to *Person) (chat.Message, error) {
	p, err := load[*Appointment](tx, KindAppointment, d.Subject.ID)
	if err != nil {
		return chat.Message{}, err
	}
	of, err := load[*Person](tx, KindPerson, p.Of)
	if errors.Is(err, errNotFound) || err == nil && (of.Forgotten != nil || slices.Contains(of.Roles, p.Grant) == p.Ended) {
		return chat.Message{}, errMoot
	}
	if err != nil {
		return chat.Message{}, err
	}
	told, err := a.concernedBy(tx, p.Grant, p.Ended && p.By == p.Of)
	if err == nil && !slices.ContainsFunc(told, func(other *Person) bool { return other.ID == to.ID }) {
		err = errMoot
	}
	if err != nil {
		return chat.Message{}, err
	}
	text, err := p.says(a, tx)
	return chat.Message{
		Title: "A role has changed",
		Body:  []chat.Text{chat.T(text, ".")},
		Note:  chat.T("If you do not expect that, ask an organiser; ", chat.Code("admin role"), " shows them who has which role."),
	}, err
}

// holds reports whether somebody has a role now; nobody needs the empty one.
func (a *App) holds(p *Person, grant Grant) bool {
	return grant == Grant{} || slices.Contains(a.actorOf(p).Grants, grant)
}

// rolesShown is how many changes are listed.
const rolesShown = 10

// lastAppointments are the newest changes of roles, for organisers.
func (rq *request) lastAppointments() ([]chat.Text, error) {
	all, err := list[*Appointment](rq.tx, Want{List: appointmentsAll, Limit: rolesShown})
	if err != nil {
		return nil, err
	}
	var lines []chat.Text
	for _, p := range all {
		text, err := p.says(rq.app, rq.tx)
		if err != nil {
			return nil, err
		}
		lines = append(lines, chat.T(rq.app.zones.FormatShort(p.At, rq.me.zone()), ": ", text, "."))
	}
	return lines, nil
}
