package discord_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"interlab/adapters/discord"
	"interlab/adapters/discord/discordtest"
	"interlab/bot/chat"
)

// core is an app whose routes are named for how they answer.
type core struct {
	messenger chat.Messenger
	accept    func(chat.Event) error
	handle    func(context.Context, chat.Event) error // nil answers as planned
	form      chat.Form
	say       chat.Message

	mu      sync.Mutex
	handled []chat.Event
}

type ticket struct{ e chat.Event }

func (t ticket) Event() chat.Event { return t.e }

func (c *core) Plan(e chat.Event) chat.Plan {
	name := ""
	switch input := e.Input.(type) {
	case chat.Call:
		if len(input.Path) > 0 {
			name = input.Path[len(input.Path)-1]
		}
	case chat.Line:
		name = input.Text
	case chat.Press:
		name = input.Ref.Route
	case chat.Submission:
		name = input.Ref.Route + ".sent"
	}
	switch name {
	case "public":
		return chat.Plan{Show: chat.ShowPublic, Changes: true}
	case "inplace":
		return chat.Plan{Show: chat.ShowInPlace, Changes: true}
	case "form":
		return chat.Plan{Show: chat.ShowForm}
	case "nothing":
		return chat.Plan{Show: chat.ShowNothing}
	}
	return chat.Plan{Show: chat.ShowPrivate, Changes: true}
}

func (c *core) Accept(_ context.Context, e chat.Event) (chat.Ticket, error) {
	if c.accept != nil {
		if err := c.accept(e); err != nil {
			return nil, err
		}
	}
	return ticket{e}, nil
}

func (c *core) Handle(ctx context.Context, t chat.Ticket) error {
	e := t.Event()
	var err error
	switch {
	case c.handle != nil:
		err = c.handle(ctx, e)
	case c.Plan(e).Show != chat.ShowNothing:
		err = c.reply(ctx, e, c.Plan(e).Show)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.handled = append(c.handled, e)
	return err
}

// reply answers as the core does: directly where the handle is over.
func (c *core) reply(ctx context.Context, e chat.Event, show chat.Show) error {
	_, err := c.messenger.Answer(ctx, e.ID, e, show, c.say)
	if errors.Is(err, chat.ErrGone) {
		_, err = c.messenger.Direct(ctx, e.ID, e.From, c.say)
	}
	return err
}

func (c *core) events() []chat.Event {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]chat.Event(nil), c.handled...)
}

func (c *core) Form(context.Context, chat.Event) (chat.Form, error) {
	if c.form.Title == "" {
		return chat.Form{}, errors.New("no form")
	}
	return c.form, nil
}

func (c *core) Check(chat.Event) []chat.Problem { return nil }

func (c *core) Complete(_ context.Context, q chat.Completion) ([]chat.Option, error) {
	return []chat.Option{{Label: q.Typed + " one", Value: "1"}, {Label: "long", Value: string(make([]byte, 101))}}, nil
}

func (c *core) Home(context.Context, chat.Account) (chat.Message, error) { return c.say, nil }

func (c *core) Tree() *chat.Tree {
	return &chat.Tree{Name: "interlab", Summary: "Scientists talking to scientists", Start: "start", Commands: []chat.Command{
		{Name: "private", Summary: "For one", Route: "private", Example: "private", Args: []chat.Arg{
			{Name: "topic", Summary: "what", Required: true, Complete: true},
			{Name: "count", Summary: "how many", Kind: chat.ArgNumber},
			{Name: "kind", Summary: "which", Kind: chat.ArgChoice, Choices: []string{"talk", "visit"}},
		}},
		{Name: "public", Summary: "For all", Route: "public", Example: "public"},
		{Name: "group", Summary: "Several", Subs: []chat.Command{
			{Name: "form", Summary: "A form", Route: "set", Blank: "form", Example: "group form x", Args: []chat.Arg{{Name: "x", Summary: "x", Required: true}}},
		}},
	}}
}

// stage is a server with a bot on it.
type stage struct {
	*discordtest.Server
	core    *core
	adapter *discord.Adapter
	guild   *discordtest.Guild
	channel *discordtest.Channel
	ana     *discordtest.User
	ended   chan error // what Run returned by itself
	stop    func()     // ends the bot and waits for that
}

// perform starts a bot that ends with the test.
func perform(t *testing.T, change func(*discord.Options, *core), options ...discordtest.Option) *stage {
	t.Helper()
	s := newStage(t, change, options...)
	s.start(t)
	return s
}

func newStage(t *testing.T, change func(*discord.Options, *core), options ...discordtest.Option) *stage {
	t.Helper()
	options = append([]discordtest.Option{discordtest.WithHeartbeat(100 * time.Millisecond)}, options...)
	s := &stage{Server: discordtest.New(t, options...)}
	s.guild = s.AddGuild("Noether Lab")
	s.channel = s.AddChannel(s.guild)
	s.ana = s.AddUser("Ana Ruiz")
	s.build(t, change)
	return s
}

// build makes a bot for the server.
func (s *stage) build(t *testing.T, change func(*discord.Options, *core)) {
	t.Helper()
	o := discord.Options{Token: discordtest.Token, APIURL: s.URL, Now: time.Now, Log: zerolog.New(zerolog.NewTestWriter(t))}
	s.core = &core{say: chat.Message{Title: "Said"}}
	if change != nil {
		change(&o, s.core)
	}
	adapter, err := discord.New(o)
	if err != nil {
		t.Fatal(err)
	}
	adapter.Hurry()
	s.adapter, s.core.messenger = adapter, adapter
}

func (s *stage) start(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s.ended = make(chan error, 1)
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.ended <- s.adapter.Run(ctx, s.core)
	}()
	s.stop = func() {
		cancel()
		<-done
	}
	t.Cleanup(s.stop)
	s.Until("connected", s.Connected)
}

// here is where Ana is: in the guild's channel.
func (s *stage) here() discordtest.Spot {
	return discordtest.Spot{User: s.ana.ID, Guild: s.guild.ID, Channel: s.channel.ID}
}

// sees waits until a user sees n messages.
func (s *stage) sees(user string, n int) []discordtest.Message {
	s.Until("saw the messages", func() bool { return len(s.Messages(user)) >= n })
	return s.Messages(user)
}

// pressed waits for n events that were handled, and returns the press among
// them: which of two is done first is open.
func (s *stage) pressed(n int) (chat.Press, bool) {
	for _, e := range s.heard(n) {
		if press, ok := e.Input.(chat.Press); ok {
			return press, true
		}
	}
	return chat.Press{}, false
}

// heard waits for n events that were handled.
func (s *stage) heard(n int) []chat.Event {
	s.Until("handled", func() bool { return len(s.core.events()) >= n })
	return s.core.events()
}
