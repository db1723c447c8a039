package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rs/zerolog"

	"interlab/bot/chat"
	"interlab/bot/seal"
	"interlab/calendar"
	"interlab/matching"
)

// App is the core behind every adapter.
type App struct {
	store      *sealed
	clock      Clock
	ids        *chance
	zones      *calendar.ZoneSet
	messenger  func(chat.Platform) (chat.Messenger, bool)
	organisers atomic.Pointer[organisersNamed]
	people     *directory
	aliases    matching.Aliases
	tree       *chat.Tree
	routes     map[string]route
	workers    int
	kept       string
	network    string
	public     string
	language   Language   // the usual one of talks
	turns      sync.Mutex // of operations that met a conflict
	log        zerolog.Logger
	meter      Meter
	wake       chan struct{}
	placed     solution
	retention  Retention
}

var _ chat.App = (*App)(nil)

// Options is what an App is made of.
type Options struct {
	Store Store
	// Keys seal in the store what is on its way; nil seals nothing.
	Keys  *seal.Ring
	Clock Clock
	// Chance is where ids come from; crypto/rand.Reader outside tests.
	Chance io.Reader
	// Zones are the zone data; calendar.Pinned() unless the settings name others.
	Zones *calendar.ZoneSet
	// Messenger is the adapter of a platform; false where none serves it.
	Messenger func(chat.Platform) (chat.Messenger, bool)
	// Organisers are the accounts that may do what organisers may, from the first day.
	Organisers []chat.Account
	Aliases    matching.Aliases
	// Workers is how many pieces of due work are done at the same time; 0 means
	// a good number for a server. With 1 everything happens in a fixed order.
	Workers int
	// Kept says in a word or two where the store is, for organisers.
	Kept string
	// Network is the network's id; what is sent out is named by it.
	Network string
	// Retention is for how many days what people wrote is kept.
	Retention Retention
	// Language is what talks are held in where nobody says otherwise; empty where
	// that is not known.
	Language Language
	// Public is where the network's public pages are, as "https://talks.example.org";
	// empty where it has none.
	Public string
	Log    zerolog.Logger
}

// New makes an App. It fails when the command tree or the routes contradict
// each other, with every problem named.
func New(o Options) (*App, error) {
	a := &App{
		store: sealedIn(o.Store, o.Keys, o.Log), clock: o.Clock, ids: &chance{source: o.Chance}, zones: o.Zones,
		messenger: o.Messenger,
		aliases:   o.Aliases,
		people:    newDirectory(o.Store, o.Aliases), tree: commands(), log: o.Log, workers: cmp.Or(o.Workers, defaultWorkers), kept: cmp.Or(o.Kept, "not named"),
		network: cmp.Or(o.Network, "interlab"), public: o.Public, language: o.Language, meter: unwatched{}, retention: o.Retention,
		wake: make(chan struct{}, 1),
	}
	a.organisers.Store(named(o.Organisers))
	a.routes = routes()
	if err := errors.Join(a.tree.Validate(), checkRoutes(a.tree, a.routes)); err != nil {
		return nil, fmt.Errorf("command tree: %w", err)
	}
	return a, nil
}

// Watch has a meter told of what the bot does. It is set before the app is used.
func (a *App) Watch(m Meter) { a.meter = m }

// Tree is the command tree.
func (a *App) Tree() *chat.Tree { return a.tree }

// Plan says how an event will be answered.
func (a *App) Plan(e chat.Event) chat.Plan {
	r, _, err := a.resolve(e)
	if err != nil {
		return chat.Plan{Show: chat.ShowPrivate}
	}
	return chat.Plan{Show: r.show, Changes: r.changes}
}

// resolve finds the route that an event takes, and the arguments it brings.
func (a *App) resolve(e chat.Event) (route, chat.Call, error) {
	switch input := e.Input.(type) {
	case chat.Line:
		if greeting(input.Text) {
			return a.byCall(chat.Call{})
		}
		call, err := a.tree.Parse(input.Text)
		if err != nil {
			return route{}, call, fmt.Errorf("parse a line: %w", err)
		}
		return a.byCall(call)
	case chat.Call:
		return a.byCall(input)
	case chat.Press:
		r, err := a.byControl(input.Ref.Route)
		return r, chat.Call{}, err
	case chat.Submission:
		r, err := a.byControl(submitted(input.Ref.Route))
		return r, chat.Call{}, err
	case chat.Happening:
		r, err := a.byName("home." + string(input.What))
		return r, chat.Call{}, err
	}
	return route{}, chat.Call{}, denied("I do not understand that. Type help to see what I can do.")
}

// byCall is the route of a command. One that opens a form needs no arguments;
// every other one is checked as if it had been typed.
func (a *App) byCall(call chat.Call) (route, chat.Call, error) {
	name, ok := a.tree.Route(call)
	if leaf, _ := a.tree.Find(call.Path); !ok || name == leaf.Route {
		if err := a.tree.Check(call); err != nil {
			return route{}, call, fmt.Errorf("check a call: %w", err)
		}
	}
	r, err := a.byName(name)
	return r, call, err
}

func (a *App) byName(name string) (route, error) {
	r, ok := a.routes[name]
	if !ok {
		return route{}, denied(oldControl)
	}
	return r, nil
}

const oldControl = "This control is from an older version of me and does nothing any more. Type help to see what I can do."

// byControl is the route of a control or a form. What only a platform can say,
// such as that a home is gone, nobody can press.
func (a *App) byControl(name string) (route, error) {
	r, err := a.byName(name)
	if err == nil && r.show == chat.ShowNothing {
		return route{}, denied(oldControl)
	}
	return r, err
}

// ticket is an event on its way.
type ticket struct {
	event chat.Event
	turn  *Turn
	wants []Want
	inbox bool
}

// Event is the event that was accepted.
func (t *ticket) Event() chat.Event { return t.event }

// turnLease is how long a replica may take over one event before another one
// takes over: longer than every platform's call and the store's together.
const turnLease = 60 * time.Second

// Accept saves an event that may change something.
func (a *App) Accept(ctx context.Context, e chat.Event) (chat.Ticket, error) {
	r, call, err := a.resolve(e)
	if err != nil || !r.changes {
		return &ticket{event: e}, nil //nolint:nilerr // what is wrong with the input is the answer
	}
	data, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("accept %s: %w", e.ID, err)
	}
	wants := wantsOf(r, e, call)
	began := a.clock.Now()
	turn, _, err := a.store.Accept(ctx, Inbound{Queue: e.From.String(), ID: e.ID, Data: data}, turnLease, wants...)
	a.meter.Accepted(err == nil, a.clock.Now().Sub(began))
	if err != nil {
		return nil, fmt.Errorf("accept %s: %w", e.ID, err)
	}
	return &ticket{event: e, turn: turn, wants: wants, inbox: true}, nil
}

// Handle answers an event and those that wait behind it.
func (a *App) Handle(ctx context.Context, t chat.Ticket) error {
	tk, ok := t.(*ticket)
	if !ok {
		return fmt.Errorf("handle: a foreign ticket %T", t)
	}
	if !tk.inbox {
		return a.reply(ctx, tk.event, a.answered(ctx, tk.event, nil, nil))
	}
	if tk.turn == nil {
		return nil
	}
	return a.drain(ctx, tk.turn, tk.wants)
}

// Form is the form that a press or a call opens. The error is a *chat.Refusal
// where it opens for others, or at other times.
func (a *App) Form(ctx context.Context, e chat.Event) (chat.Form, error) {
	form, err := a.form(ctx, e)
	var refusal *Denied
	var unclear *chat.ParseError
	if errors.As(err, &refusal) || errors.As(err, &unclear) {
		err = &chat.Refusal{Said: a.excuse(e, err).message}
	}
	return form.Clip(), err
}

func (a *App) form(ctx context.Context, e chat.Event) (chat.Form, error) {
	r, call, err := a.resolve(e)
	if err != nil {
		return chat.Form{}, err
	}
	if r.form == nil {
		return chat.Form{}, fmt.Errorf("form: route %s opens none", r.name)
	}
	tx := newTx(ctx, a.store, a.clock.Now(), a.ids)
	if err := tx.prefetch(wantsOf(r, e, call)...); err != nil {
		return chat.Form{}, err
	}
	rq, err := a.request(tx, e, call)
	if err != nil {
		return chat.Form{}, err
	}
	form, err := r.form(rq)
	if err != nil {
		return chat.Form{}, fmt.Errorf("form %s: %w", r.name, err)
	}
	return form, nil
}

// Check names what is wrong with a submission.
func (a *App) Check(e chat.Event) []chat.Problem {
	s, ok := e.Input.(chat.Submission)
	if !ok {
		return nil
	}
	r, err := a.byName(submitted(s.Ref.Route))
	if err != nil || r.check == nil {
		return nil
	}
	return r.check(s.Values)
}
