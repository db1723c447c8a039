package bot

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"interlab/bot/chat"
	"interlab/calendar"
)

// request is an event in the hands of a route: who asks, with what, and the
// transaction to answer it in.
type request struct {
	app   *App
	tx    *Tx
	ctx   context.Context
	event chat.Event
	args  map[string]string // of a call, or the values of a form
	me    *Person           // never nil; not yet kept where fresh
	fresh bool              // the person was never kept
	now   time.Time
}

// request begins one. The person behind the account is looked up, or made for
// an account that was never seen.
func (a *App) request(tx *Tx, e chat.Event, call chat.Call) (*request, error) {
	rq := &request{app: a, tx: tx, ctx: tx.ctx, event: e, args: call.Args, now: tx.now}
	if s, ok := e.Input.(chat.Submission); ok {
		rq.args = s.Fields()
	}
	me, err := owner[*Person](tx, personByAccount(e.From))
	switch {
	case errors.Is(err, errNotFound):
		if err := rq.welcome(); err != nil {
			return nil, err
		}
		return rq, nil
	case err != nil:
		return nil, fmt.Errorf("who is asking: %w", err)
	}
	rq.me = me
	if err := rq.estranged(); err != nil {
		return nil, err
	}
	return rq, nil
}

// welcome makes a person for an account that was never seen. A first contact
// at the same moment elsewhere is settled by the account's unique entry.
func (rq *request) welcome() error {
	id, err := rq.app.ids.id()
	if err != nil {
		return err
	}
	rq.fresh = true
	rq.me = &Person{ID: id, Name: withoutLinks(chat.CleanLine(rq.event.Name)), Accounts: []chat.Account{rq.event.From}}
	if rq.me.Name == "" {
		rq.me.Name = rq.event.From.User
	}
	home, err := rq.ownHome()
	if err != nil {
		return err
	}
	if err := rq.strange(home); err != nil {
		return err
	}
	if len(home.Labs) == 1 {
		rq.me.Lab = home.Labs[0]
	}
	return nil
}

// home is the home that the event came from; empty where nobody has said
// whose it is.
func (rq *request) home() (*Home, error) { return homeAt(rq.tx, rq.event.In.Home) }

// homeAt is a home; one that is not kept where nobody has named it.
func homeAt(tx *Tx, where chat.Home) (*Home, error) {
	home, err := owner[*Home](tx, homeByName(where))
	if errors.Is(err, errNotFound) {
		return &Home{Home: where}, nil
	}
	return home, err
}

// actor is who asks, with the roles that the store and the settings give.
func (rq *request) actor() Actor { return rq.app.actorOf(rq.me) }

func (a *App) actorOf(p *Person) Actor {
	actor := Actor{Person: p.ID, Lab: p.Lab, Grants: p.Roles}
	for _, account := range p.Accounts {
		if a.namedOrganiser(account) {
			actor.Grants = append(actor.Grants[:len(actor.Grants):len(actor.Grants)], Grant{Role: Organiser})
		}
	}
	return actor
}

// may refuses what the person has no right to, with a sentence of ours.
func (rq *request) may(verb Verb, object Object, refusal string) error {
	if Can(rq.actor(), verb, object) {
		return nil
	}
	return denied("%s", refusal)
}

// arg is an argument or form value, cleaned.
func (rq *request) arg(name string) string { return chat.Clean(rq.args[name]) }

// control is the id that the pressed control carried: the document's id and
// the numbers behind it.
func (rq *request) control() (string, []int) { return splitID(controlRef(rq.event).ID) }

// splitID takes "id.1.2" apart. What is not a number counts as -1, which no
// control of ours carries: it is refused like any other place that does not exist.
func splitID(text string) (string, []int) {
	parts := strings.Split(text, ".")
	var numbers []int
	for _, part := range parts[1:] {
		n, err := strconv.Atoi(part)
		if err != nil {
			n = -1
		}
		numbers = append(numbers, n)
	}
	return parts[0], numbers
}

// joinID is the id of a control that names a place within a document.
func joinID(id string, numbers ...int) string {
	for _, n := range numbers {
		id += "." + strconv.Itoa(n)
	}
	return id
}

// when shows a moment in a person's zone.
func (a *App) when(at time.Time, to *Person) chat.When {
	return chat.When{At: at, Fallback: a.zones.FormatFull(at, to.zone())}
}

// day shows a date in a person's zone.
func (a *App) day(at time.Time, to *Person) string {
	return calendar.FormatDay(a.zones.Today(at, to.zone()))
}

// startOf is the first instant of a day in a zone.
func (a *App) startOf(day calendar.Date, zone calendar.Zone) time.Time {
	at, _ := a.zones.Resolve(calendar.Wall{Date: day, Zone: zone})
	return at
}

// lab is the name of a lab, for a sentence.
func (a *App) lab(tx *Tx, id string) (string, error) {
	if id == "" {
		return "another lab", nil
	}
	lab, err := load[*Lab](tx, KindLab, id)
	if errors.Is(err, errNotFound) {
		return "another lab", nil
	}
	if err != nil {
		return "", err
	}
	return lab.Name, nil
}

// along reads people with their labs, and what else is wanted, in one round
// trip where this replica knows which labs those are, else in two. It decides
// nothing: whoever needs one of them loads it as ever.
func (rq *request) along(people []string, more ...Want) error {
	wants := more
	for _, id := range people {
		wants = append(wants, Want{Ref: Ref{KindPerson, id}})
		if lab := rq.app.people.labOf(id); lab != "" {
			wants = append(wants, Want{Ref: Ref{KindLab, lab}})
		}
	}
	if err := rq.tx.prefetch(wants...); err != nil {
		return err
	}
	wants = nil
	for _, id := range people {
		if p, err := load[*Person](rq.tx, KindPerson, id); err == nil && p.Lab != "" {
			wants = append(wants, Want{Ref: Ref{KindLab, p.Lab}})
		}
	}
	return rq.tx.prefetch(wants...)
}

// attendee is a person as the slot finder sees them.
func (p *Person) attendee() calendar.Attendee {
	return calendar.Attendee{Zone: p.zone(), Hours: p.hours()}
}
