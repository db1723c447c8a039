package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"interlab/adapters/console"
	"interlab/adapters/discord"
	"interlab/adapters/discord/discordtest"
	"interlab/adapters/slack"
	"interlab/bot/chat"
)

// Every conversation with people of Discord goes through Discord as it goes in
// the terminal, and its people of Slack through Slack at the same time, over one
// store.
func TestConversationsGoThroughDiscordAsInTheTerminal(t *testing.T) {
	t.Parallel()
	for _, script := range conversations(t) {
		t.Run(filepath.Base(script), func(t *testing.T) {
			t.Parallel()
			th := openTheatre(t, script)
			if !strings.Contains(th.text, "@discord:") {
				t.Skip("nobody in it is on Discord")
			}
			door := newDiscordDoor(th)
			through := []chat.Platform{discord.Platform}
			var slackers *slackDoor
			if slackPerson.MatchString(th.text) {
				slackers = newSlackDoor(th)
				through = append(through, slack.Platform)
			}
			app := th.core()
			door.run(t, app)
			if slackers != nil {
				slackers.run(app)
			}
			played := th.play()
			if slackers != nil {
				slackers.accountable()
			}
			if door.mended || th.atOnce() {
				return // a form that is refused takes another way. The script says what must hold
			}
			if diff := cmp.Diff(alike(inTerminal(t, script, through...)), alike(played)); diff != "" {
				t.Errorf("what was said differs (-terminal +discord):\n%s", diff)
			}
		})
	}
}

// discordDoor turns what people do in a script into what Discord sends, and
// what Discord then shows into what stands on the console's screen.
type discordDoor struct {
	server  *discordtest.Server
	adapter *discord.Adapter
	console *console.Console
	app     chat.App
	names   *discordNames
	now     func() time.Time
	mended  bool

	mu     sync.Mutex
	sent   map[string]*discordtest.Interaction // by the console's event id
	said   map[string]string                   // the same for lines
	heard  map[string]int                      // how often the app was asked about an event
	at     map[chat.Posted]string              // message ids
	posted map[string]chat.Posted
	forms  map[chat.Account]*discordtest.Interaction // that opened a form
	answer map[chat.Account]bool                     // a line of theirs is being answered
}

// newDiscordDoor opens a house of Discord in a theatre.
func newDiscordDoor(th *theatre) *discordDoor {
	t := th.t
	t.Helper()
	d := &discordDoor{
		console: th.term, now: th.world.Now, sent: map[string]*discordtest.Interaction{}, said: map[string]string{}, heard: map[string]int{}, at: map[chat.Posted]string{},
		posted: map[string]chat.Posted{}, forms: map[chat.Account]*discordtest.Interaction{}, answer: map[chat.Account]bool{},
	}
	d.server = discordtest.New(t, discordtest.WithClock(th.world.Now), discordtest.WithPatience(time.Minute))
	d.server.Watch(d.see)
	d.names = newDiscordNames(d.server)
	var err error
	d.adapter, err = discord.New(discord.Options{
		Token: discordtest.Token, APIURL: d.server.URL, Now: th.world.Now, Log: zerolog.New(zerolog.NewTestWriter(t)).Level(zerolog.ErrorLevel),
	})
	if err != nil {
		t.Fatal(err)
	}
	messenger := d.names.messenger(d.adapter, d)
	th.house(discord.Platform, d, func() chat.Messenger { return messenger })
	return d
}

// run connects the adapter, until the test ends.
func (d *discordDoor) run(t *testing.T, app chat.App) {
	t.Helper()
	d.app = app
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- d.adapter.Run(ctx, d.names.app(app, d)) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Errorf("Run = %v", err)
		}
	})
	d.server.Until("connected", d.server.Connected)
}

// Deliver lets Discord send what a person did.
func (d *discordDoor) Deliver(ctx context.Context, e chat.Event) error {
	d.mu.Lock()
	before, line := d.sent[e.ID], d.said[e.ID]
	d.mu.Unlock()
	problems := d.app.Check(e)
	var id string
	var err error
	switch {
	case before != nil:
		id = before.ID
		err = d.await(ctx, id, func() { d.server.Again(before) })
	case line != "":
		return errors.New("a message to the bot is not delivered again")
	default:
		id, err = d.send(ctx, e)
	}
	if err != nil {
		return fmt.Errorf("send the event %s: %w", id, err)
	}
	if len(problems) > 0 {
		return d.mend(ctx, e)
	}
	return nil
}

// await does something and waits until the adapter has done what it asks.
func (d *discordDoor) await(ctx context.Context, id string, do func()) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	d.mu.Lock()
	before := d.heard["discord:"+id]
	d.mu.Unlock()
	do()
	for {
		d.mu.Lock()
		heard := d.heard["discord:"+id] > before
		d.mu.Unlock()
		if heard {
			return d.adapter.Idle(ctx)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the adapter never heard of it: %w", ctx.Err())
		case <-time.After(time.Millisecond):
		}
	}
}

func (d *discordDoor) send(ctx context.Context, e chat.Event) (string, error) {
	spot := d.names.spot(e)
	switch input := e.Input.(type) {
	case chat.Line:
		return d.line(ctx, e, spot, input.Text)
	case chat.Press:
		d.mu.Lock()
		message := d.at[input.On]
		d.mu.Unlock()
		i, err := d.server.PreparePress(spot.User, message, input.Ref.String(), input.Values...)
		if err != nil { // nobody could press it: it is sent as a forgery
			i = d.server.Prepare(spot, 3, map[string]any{"custom_id": input.Ref.String(), "component_type": 2, "values": input.Values})
		}
		return d.interact(ctx, e, i)
	case chat.Submission:
		d.mu.Lock()
		opened := d.forms[e.From]
		d.mu.Unlock()
		i, err := d.server.PrepareSubmit(opened, input.Values)
		if err != nil {
			return "", err
		}
		d.console.CloseForm(e.From, input.Ref)
		return d.interact(ctx, e, i)
	case chat.Happening:
		return d.happen(ctx, spot, input.What)
	}
	return "", fmt.Errorf("nobody can do %T on Discord", e.Input)
}

// happen lets Discord tell what happened to a server that the person owns. It
// tells no more than that, so the id is made as the adapter makes it.
func (d *discordDoor) happen(ctx context.Context, spot discordtest.Spot, what chat.What) (string, error) {
	guild, now := d.names.guild(spot.Guild), d.now().UTC().Format(time.RFC3339)
	switch what {
	case chat.BotAdded:
		guild.Owner = spot.User
		return spot.Guild, d.await(ctx, "added:"+spot.Guild+":"+now, func() { d.server.JoinGuild(guild) })
	case chat.BotRemoved:
		return spot.Guild, d.await(ctx, "removed:"+spot.Guild+":"+now, func() { d.server.LeaveGuild(guild) })
	}
	return spot.Channel, d.await(ctx, "gone:"+spot.Channel, func() { d.server.DeleteChannel(&discordtest.Channel{ID: spot.Channel, Guild: spot.Guild}) })
}

func (d *discordDoor) interact(ctx context.Context, e chat.Event, i *discordtest.Interaction) (string, error) {
	d.mu.Lock()
	d.sent[e.ID] = i
	d.mu.Unlock()
	return i.ID, d.await(ctx, i.ID, func() { d.server.Again(i) })
}

// line is a command where the text is one, and else a message to the bot.
func (d *discordDoor) line(ctx context.Context, e chat.Event, spot discordtest.Spot, text string) (string, error) {
	call, err := d.app.Tree().Parse(text)
	bare := len(call.Path) == 0 && !strings.HasPrefix(text, "/")
	if err != nil || bare {
		id := d.server.PrepareSay()
		d.mu.Lock()
		d.said[e.ID] = id
		d.mu.Unlock()
		return id, d.await(ctx, id, func() { d.server.SayAs(id, spot.User, text) })
	}
	path := call.Path
	if len(path) == 0 {
		path = []string{"start"}
	}
	var given []discordtest.Given
	leaf, _ := d.app.Tree().Find(call.Path)
	for _, arg := range leaf.Args {
		if value, ok := call.Args[arg.Name]; ok {
			given = append(given, discordtest.Given{Name: arg.Name, Value: value})
		}
	}
	return d.interact(ctx, e, d.server.PrepareCommand(spot, d.app.Tree().Name, path, given...))
}

// fixes is the label of the button that leads back to a form that was refused.
var fixes = regexp.MustCompile(`^Fix`)

// mend presses what leads back to the form: where the terminal keeps it open,
// Discord has closed it.
func (d *discordDoor) mend(ctx context.Context, e chat.Event) error {
	d.mended = true
	user := d.names.user(e.From.User)
	messages := d.server.Messages(user)
	for n := len(messages) - 1; n >= 0; n-- {
		for _, row := range messages[n].Body.Components {
			for _, c := range row.Components {
				if !fixes.MatchString(c.Label) {
					continue
				}
				i, err := d.server.PreparePress(user, messages[n].ID, c.CustomID)
				if err != nil {
					return err
				}
				return d.await(ctx, i.ID, func() { d.server.Again(i) })
			}
		}
	}
	return errors.New("nothing leads back to the form that was refused")
}
