package slack_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"interlab/adapters/slack"
	"interlab/adapters/slack/slacktest"
	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

// app is a core that notes what it was asked, and answers as the test says.
type app struct {
	says chat.Messenger

	mu      sync.Mutex
	plan    func(chat.Event) chat.Plan
	answer  func(chat.Event) chat.Message
	events  []chat.Event // in the order of Accept
	handled []chat.Event // in the order of Handle
	failing bool         // the store is down
	form    chat.Form
	hold    chan struct{} // if set, Handle waits for it
	saving  chan struct{} // if set, Accept says through it that it begins, and waits until it may end
}

type ticket struct{ e chat.Event }

func (t ticket) Event() chat.Event { return t.e }

var errDown = errors.New("the store is down")

func (a *app) Plan(e chat.Event) chat.Plan {
	if a.plan != nil {
		return a.plan(e)
	}
	switch input := e.Input.(type) {
	case chat.Line:
		if input.Text == "form" {
			return chat.Plan{Show: chat.ShowForm}
		}
	case chat.Press:
		if input.Ref.Route == "form" {
			return chat.Plan{Show: chat.ShowForm}
		}
		return chat.Plan{Show: chat.ShowInPlace, Changes: true}
	case chat.Happening:
		return chat.Plan{Show: chat.ShowNothing, Changes: true}
	}
	return chat.Plan{Show: chat.ShowPrivate, Changes: true}
}

func (a *app) Accept(_ context.Context, e chat.Event) (chat.Ticket, error) {
	if a.saving != nil {
		a.saving <- struct{}{}
		<-a.saving
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.failing {
		return nil, errDown
	}
	a.events = append(a.events, e)
	return ticket{e}, nil
}

func (a *app) Handle(ctx context.Context, t chat.Ticket) error {
	e := t.Event()
	if a.hold != nil {
		select {
		case <-a.hold:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	a.mu.Lock()
	a.handled = append(a.handled, e)
	answer := a.answer
	a.mu.Unlock()
	show := a.Plan(e).Show
	if show == chat.ShowNothing {
		return nil
	}
	m := chat.Message{Title: "Answer", Rows: []chat.Row{chat.NewRow(chat.Button{Label: "Go", Ref: chat.Ref{Route: "go", ID: "1"}}, chat.Button{Label: "Form", Ref: chat.Ref{Route: "form"}})}}
	if answer != nil {
		m = answer(e)
	}
	_, err := a.says.Answer(ctx, e.ID, e, show, m)
	return err
}

func (a *app) Form(context.Context, chat.Event) (chat.Form, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.failing {
		return chat.Form{}, errDown
	}
	if a.form.Title != "" {
		return a.form, nil
	}
	return chat.Form{
		Ref: chat.Ref{Route: "talk", ID: "7"}, Title: "A talk", Submit: "Send",
		Fields: []chat.FormField{
			{Name: "title", Label: "Title", Required: true},
			{Name: "kind", Label: "Kind", Value: "a", Options: []chat.Option{{Label: "A", Value: "a"}, {Label: "B", Value: "b"}}},
		},
	}, nil
}

func (a *app) Check(e chat.Event) []chat.Problem {
	s, ok := e.Input.(chat.Submission)
	if ok && s.Values["title"] == "" {
		return []chat.Problem{{Field: "title", Text: "Give the talk a title."}, {Field: "none", Text: "And more."}}
	}
	return nil
}

func (a *app) Complete(context.Context, chat.Completion) ([]chat.Option, error) { return nil, nil }

func (a *app) Home(_ context.Context, who chat.Account) (chat.Message, error) {
	return chat.Message{Title: "Home of " + who.User, Rows: []chat.Row{chat.NewRow(chat.Button{Label: "Go", Ref: chat.Ref{Route: "go", ID: "home"}})}}, nil
}

func (a *app) Tree() *chat.Tree { return &chat.Tree{Name: "interlab", Summary: "For tests"} }

func (a *app) accepted() []chat.Event {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.events)
}

func (a *app) fail(failing bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.failing = failing
}

// world is a workspace T1 with Ana, Bo and a channel, and the adapter in it.
type world struct {
	*slacktest.Server
	t       *testing.T
	app     *app
	adapter *slack.Adapter
	log     *bytes.Buffer
	stop    func() error // ends the adapter and returns what Run did
	ended   func() error // waits until it has ended by itself

	mu     sync.Mutex
	now    time.Time
	sights []slacktest.Sight
}

// setup changes what a world is made of.
type setup struct {
	server  slacktest.Options
	adapter slack.Options
	teams   []string
}

func quick() slack.Timing {
	return slack.Timing{Stagger: time.Millisecond, Ping: 5 * time.Second, Silence: time.Minute, Retry: 10 * time.Millisecond, Drain: 5 * time.Second}
}

// newWorld starts a world and waits until both sockets are open.
func newWorld(t *testing.T, change func(*setup)) *world {
	t.Helper()
	w := &world{t: t, app: &app{}, log: &bytes.Buffer{}, now: time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)}
	s := setup{teams: []string{"T1"}}
	s.server = slacktest.Options{Now: w.Now, Seen: w.see}
	s.adapter = slack.Options{Now: w.Now, Timing: quick(), Pace: desk.Pace{Burst: 1 << 20}, Log: zerolog.New(zerolog.SyncWriter(w.log))}
	if change != nil {
		change(&s)
	}
	w.Server = slacktest.New(t, s.server)
	for _, team := range s.teams {
		tokens := w.AddTeam(team, "Lab "+team)
		w.AddUser(team, slacktest.User{ID: "U1", Name: "Ana Ruiz", Zone: "Europe/Paris"})
		w.AddUser(team, slacktest.User{ID: "U2", Name: "Bo Larsen"})
		w.AddChannel(team, slacktest.Channel{ID: "C1", Name: "general", Member: true}, "U1", "U2")
		s.adapter.Workspaces = append(s.adapter.Workspaces, slack.Workspace{Name: "lab-" + strings.ToLower(team), BotToken: tokens.Bot, AppToken: tokens.App})
	}
	s.adapter.APIURL = w.APIURL()
	w.adapter = slack.New(s.adapter)
	w.app.says = w.adapter
	w.start(t)
	w.await(t, "two sockets each", func() bool {
		return !slices.ContainsFunc(w.adapter.Links(), func(h desk.Link) bool { return h.Open != 2 })
	})
	return w
}

func (w *world) start(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	var ended error
	go func() {
		ended = w.adapter.Run(ctx, w.app)
		close(done)
	}()
	w.ended = func() error {
		<-done
		return ended
	}
	w.stop = func() error {
		cancel()
		return w.ended()
	}
	t.Cleanup(func() { _ = w.stop() })
}

// await waits for something that another goroutine brings about.
func (w *world) await(t *testing.T, what string, there func() bool) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	limit := time.After(20 * time.Second)
	for !there() {
		select {
		case <-tick.C:
		case <-limit:
			t.Fatalf("waited in vain for %s; health %+v; log:\n%s", what, w.adapter.Links(), w.log)
		}
	}
}

func (w *world) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

func (w *world) see(s slacktest.Sight) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sights = append(w.sights, s)
}

// seen are the sights of one kind so far.
func (w *world) seen(what slacktest.What) []slacktest.Sight {
	w.mu.Lock()
	defer w.mu.Unlock()
	var out []slacktest.Sight
	for _, s := range w.sights {
		if s.What == what {
			out = append(out, s)
		}
	}
	return out
}

// sent takes what an act of a person returns, waits until it was handled, and
// returns the acknowledgement's payload.
func (w *world) sent(d *slacktest.Delivery, err error) json.RawMessage {
	t := w.t
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	payload, err := d.Acked(ctx)
	if err != nil {
		t.Fatalf("%v; log:\n%s", err, w.log)
	}
	if err := w.adapter.Idle(ctx); err != nil {
		t.Fatal(err)
	}
	return payload
}

func ana() chat.Account { return chat.Account{Platform: slack.Platform, Team: "T1", User: "U1"} }

func lab() chat.Home { return chat.Home{Platform: slack.Platform, ID: "T1"} }

func say(text string) chat.Message { return chat.Message{Body: []chat.Text{chat.T(text)}} }
