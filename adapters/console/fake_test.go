package console

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"interlab/bot/chat"
)

var start = time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)

// fake is a small app and its world: a counter on a card, talks proposed by a
// form, and reminders that fall due.
type fake struct {
	says chat.Messenger

	mu      sync.Mutex
	now     time.Time
	people  []string
	homes   map[chat.Account]chat.Home
	done    map[string]int // how often each event was handled
	count   int
	due     []reminder
	down    bool
	laws    []string // zones that changed
	stuck   bool     // settling leaves work
	barrier *sync.WaitGroup
}

type reminder struct {
	at   time.Time
	to   chat.Account
	text string
}

type fakeTicket struct{ e chat.Event }

func (t fakeTicket) Event() chat.Event { return t.e }

var errDown = errors.New("store is down")

// newFake is a fake driven by a console that writes its transcript to out.
func newFake(t *testing.T, out *strings.Builder) (*fake, *Console) {
	t.Helper()
	f := &fake{now: start, homes: map[chat.Account]chat.Home{}, done: map[string]int{}}
	c := New(Options{World: f, Out: out, Greeting: "This is a test."})
	c.Bind(f)
	f.says = c
	return f, c
}

func (f *fake) Plan(e chat.Event) chat.Plan {
	show := chat.ShowPrivate
	switch input := e.Input.(type) {
	case chat.Line:
		switch input.Text {
		case "propose":
			show = chat.ShowForm
		case "counter":
			show = chat.ShowPublic
		}
	case chat.Press:
		show = chat.ShowInPlace
		if input.Ref.Route == "propose" {
			show = chat.ShowForm
		}
	case chat.Submission:
		if input.Ref.Route == "loop" {
			show = chat.ShowForm
		}
	case chat.Happening:
		show = chat.ShowNothing
	}
	return chat.Plan{Show: show, Changes: true}
}

func (f *fake) Accept(_ context.Context, e chat.Event) (chat.Ticket, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.down {
		return nil, errDown
	}
	return fakeTicket{e}, nil
}

func (f *fake) Handle(ctx context.Context, t chat.Ticket) error {
	e := t.Event()
	if f.barrier != nil {
		f.barrier.Done()
		f.barrier.Wait()
	}
	f.mu.Lock()
	f.done[e.ID]++
	first := f.done[e.ID] == 1
	m := f.answer(e, first)
	f.mu.Unlock()
	show := f.Plan(e).Show
	if show == chat.ShowNothing {
		return nil
	}
	_, err := f.says.Answer(ctx, "answer:"+e.ID, e, show, m)
	return err
}

// answer changes what the event asks for, at its first delivery only.
func (f *fake) answer(e chat.Event, first bool) chat.Message {
	switch input := e.Input.(type) {
	case chat.Line:
		return f.line(e, input.Text)
	case chat.Press:
		if first && input.Ref.Route == "more" {
			f.count++
		}
		if first && input.Ref.Route == "step" {
			f.count += len(input.Values[0])
		}
		return f.counter()
	case chat.Submission:
		f.due = append(f.due, reminder{f.now.Add(48 * time.Hour), e.From, "Your talk " + input.Values["title"] + " is near."})
		return chat.Message{Title: "Proposed", Body: []chat.Text{chat.T(chat.Strong(input.Values["title"]), " as ", input.Values["kind"])}}
	}
	return chat.Message{}
}

func (f *fake) line(e chat.Event, text string) chat.Message {
	if text == "remind" {
		for _, days := range []int{7, 1} {
			at := f.now.Add(time.Duration(days) * 24 * time.Hour)
			f.due = append(f.due, reminder{at, e.From, fmt.Sprintf("Day %d.", days)})
		}
		return chat.Message{Title: "I will remind you"}
	}
	switch text {
	case "counter":
		return f.counter()
	case "bad":
		return chat.Message{Note: chat.T("neither title nor body")}
	case "start":
		return chat.Message{Title: "Start", Rows: []chat.Row{chat.NewRow(chat.Button{Label: "Propose", Ref: chat.Ref{Route: "propose"}})}}
	}
	return chat.Message{Body: []chat.Text{chat.T("You said ", chat.Code(text), ".")}}
}

func (f *fake) counter() chat.Message {
	return chat.Message{
		Title:  "Counter",
		Fields: []chat.Field{{Name: "Stands at", Value: chat.T(fmt.Sprint(f.count))}},
		Rows: []chat.Row{
			chat.NewRow(
				chat.Button{Label: "One more", Ref: chat.Ref{Route: "more"}, Tone: chat.Main},
				chat.Button{Label: "Leave it", Ref: chat.Ref{Route: "leave"}}),
			chat.NewMenu(chat.Menu{Ref: chat.Ref{Route: "step"}, Options: []chat.Option{{Label: "Two", Value: "xx"}, {Label: "Five", Value: "xxxxx"}}}),
		},
	}
}

func (f *fake) Form(context.Context, chat.Event) (chat.Form, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.down {
		return chat.Form{}, errDown
	}
	return chat.Form{
		Ref: chat.Ref{Route: "talk"}, Title: "Propose a talk", Submit: "Propose",
		Fields: []chat.FormField{
			{Name: "title", Label: "Title", Required: true, Hint: "In one line"},
			{Name: "kind", Label: "Kind", Value: "seminar", Options: []chat.Option{{Label: "Seminar", Value: "seminar"}, {Label: "Open colloquium", Value: "open"}}},
		},
	}, nil
}

func (f *fake) Check(e chat.Event) []chat.Problem {
	submission, ok := e.Input.(chat.Submission)
	if ok && submission.Values["title"] == "" {
		return []chat.Problem{{Field: "title", Text: "Give the talk a title."}}
	}
	return nil
}

func (f *fake) Complete(context.Context, chat.Completion) ([]chat.Option, error) { return nil, nil }
func (f *fake) Home(context.Context, chat.Account) (chat.Message, error)         { return f.counter(), nil }

func (f *fake) Tree() *chat.Tree { return &chat.Tree{} }

func (f *fake) Enter(_ context.Context, who chat.Account, home chat.Home, name string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if name == "Ghost" {
		return errors.New("there are no ghosts")
	}
	f.people = append(f.people, fmt.Sprintf("%s %s %s", who, home, name))
	return nil
}

func (f *fake) Now() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now
}

func (f *fake) SetNow(t time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now = t
}

func (f *fake) Settle(ctx context.Context) error {
	f.mu.Lock()
	var ripe []reminder
	if !f.stuck {
		f.due = slices.DeleteFunc(f.due, func(r reminder) bool {
			if r.at.After(f.now) {
				return false
			}
			ripe = append(ripe, r)
			return true
		})
	}
	down := f.down
	f.mu.Unlock()
	if down {
		return errDown
	}
	for _, r := range ripe {
		if _, err := f.says.Direct(ctx, "due:"+r.text, r.to, chat.Message{Title: "Reminder", Body: []chat.Text{chat.T(r.text)}}); err != nil {
			return err
		}
	}
	return nil
}

func (f *fake) Next(context.Context) (time.Time, bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.due) == 0 {
		return time.Time{}, false, nil
	}
	first := slices.MinFunc(f.due, func(a, b reminder) int { return a.at.Compare(b.at) })
	return first.at, true, nil
}

func (f *fake) StopStore(context.Context) error  { return f.store(true) }
func (f *fake) StartStore(context.Context) error { return f.store(false) }

// Rezone only notes what was asked for.
func (f *fake) Rezone(_ context.Context, law, like string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if law == "Mars/Base" {
		return errors.New("no such zone")
	}
	f.laws = append(f.laws, law+" like "+like)
	return nil
}

func (f *fake) store(down bool) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.down = down
	return nil
}

// formless is a fake whose form is empty.
type formless struct{ *fake }

func (formless) Form(context.Context, chat.Event) (chat.Form, error) { return chat.Form{}, nil }
