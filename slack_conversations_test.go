package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"interlab/adapters/console"
	"interlab/adapters/slack"
	"interlab/adapters/slack/slacktest"
	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

// Every conversation goes through Slack as it goes in the terminal: people of
// Slack act on a test server behind the real client, and what they see is read
// back from what that server received.
func TestConversationsGoThroughSlackAsInTheTerminal(t *testing.T) {
	t.Parallel()
	for _, script := range conversations(t) {
		t.Run(filepath.Base(script), func(t *testing.T) {
			t.Parallel()
			th := openTheatre(t, script)
			door := newSlackDoor(th)
			door.run(th.core())
			played := th.play()
			door.accountable()
			if th.atOnce() {
				return
			}
			if diff := cmp.Diff(alike(inTerminal(t, script, slack.Platform)), alike(played)); diff != "" {
				t.Errorf("what was said differs (-terminal +slack):\n%s", diff)
			}
		})
	}
}

// sendLabel is what stands on a form's button, which Discord does not let one choose.
var sendLabel = regexp.MustCompile(`fill to send:[^\n]*`)

// alike is what was said, without what differs by nature: Slack pings people
// who live in the workspace and names others, where the terminal marks both.
func alike(transcript string) []string {
	cards := said(transcript)
	for i, card := range cards {
		card = strings.NewReplacer("@", "").Replace(card)
		card = sendLabel.ReplaceAllString(card, "fill to send")
		card = regexp.MustCompile(`\d+ bytes`).ReplaceAllString(card, "bytes") // of a file with the ids of accounts in it
		cards[i] = regexp.MustCompile(`message \d+`).ReplaceAllString(strings.Join(strings.Fields(card), " "), "message")
	}
	slices.Sort(cards)
	return cards
}

// slackDoor turns what people do in a script into what Slack sends, and what
// Slack then shows into what stands on the console's screen.
type slackDoor struct {
	*theatre
	server *slacktest.Server
	app    chat.App
	forged bool         // somebody pressed what nobody could
	stop   func() error // ends the program

	mu      sync.Mutex
	adapter *slack.Adapter
	tokens  map[string]slacktest.Tokens
	sent    map[string]*slacktest.Delivery // by the console's event id
	at      map[chat.Posted]slackMessage
	posted  map[slackMessage]chat.Posted
	forms   map[chat.Account]string // the open view
	files   map[string][]chat.Attachment
}

// slackMessage is where a message is on Slack.
type slackMessage struct{ team, channel, ts string }

var slackPerson = regexp.MustCompile(`([A-Za-z0-9._-]+)@slack:([A-Za-z0-9._-]+)`)

// newSlackDoor opens a house of Slack in a theatre, with the workspaces and the
// people that its script speaks of.
func newSlackDoor(th *theatre) *slackDoor {
	th.t.Helper()
	d := &slackDoor{
		theatre: th, tokens: map[string]slacktest.Tokens{}, sent: map[string]*slacktest.Delivery{}, at: map[chat.Posted]slackMessage{},
		posted: map[slackMessage]chat.Posted{}, forms: map[chat.Account]string{}, files: map[string][]chat.Attachment{},
	}
	d.server = slacktest.New(th.t, slacktest.Options{Now: th.world.Now, Seen: d.see})
	for _, found := range slackPerson.FindAllStringSubmatch(th.text, -1) {
		who := console.Person{User: found[1], Home: chat.Home{Platform: slack.Platform, ID: found[2]}}
		if team := who.Home.ID; d.tokens[team] == (slacktest.Tokens{}) {
			d.tokens[team] = d.server.AddTeam(team, team)
		}
		d.server.AddUser(who.Home.ID, slacktest.User{ID: who.User, Name: who.Name()})
	}
	th.house(slack.Platform, d, func() chat.Messenger { return d.running() })
	return d
}

func (d *slackDoor) running() *slack.Adapter {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.adapter
}

// run connects a new adapter with the tokens as they are, until the test ends
// or stop is called.
func (d *slackDoor) run(app chat.App) {
	d.t.Helper()
	d.app = app
	var workspaces []slack.Workspace
	for _, team := range slices.Sorted(maps.Keys(d.tokens)) {
		workspaces = append(workspaces, slack.Workspace{Name: team, BotToken: d.tokens[team].Bot, AppToken: d.tokens[team].App})
	}
	a := slack.New(slack.Options{
		Workspaces: workspaces, APIURL: d.server.APIURL(), Now: d.world.Now, Log: zerolog.New(zerolog.NewTestWriter(d.t)).Level(zerolog.ErrorLevel),
		Pace: desk.Pace{Burst: 1 << 20}, Timing: slack.Timing{Stagger: time.Millisecond, Ping: 10 * time.Second, Silence: time.Minute},
	})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- a.Run(ctx, app) }()
	d.mu.Lock()
	d.adapter = a
	d.mu.Unlock()
	d.stop = sync.OnceValue(func() error {
		cancel()
		return <-done
	})
	stop := d.stop
	d.t.Cleanup(func() {
		if err := stop(); err != nil {
			d.t.Errorf("Run = %v", err)
		}
	})
	connected(d.t, a, 1)
}

// accountable fails the test for what Slack refused, unless somebody forged it.
func (d *slackDoor) accountable() {
	d.t.Helper()
	if refused := d.server.Refused(); len(refused) > 0 && !d.forged {
		d.t.Errorf("Slack refused %v", refused)
	}
}

// connected waits until every workspace has so many sockets.
func connected(t testing.TB, a *slack.Adapter, sockets int) {
	t.Helper()
	ready := func(w desk.Link) bool { return w.Open >= sockets }
	for deadline := time.Now().Add(20 * time.Second); ; {
		links := a.Links()
		if !slices.ContainsFunc(links, func(w desk.Link) bool { return !ready(w) }) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("not connected: %+v", links)
		}
		<-time.After(5 * time.Millisecond)
	}
}

// Deliver lets Slack send what a person did.
func (d *slackDoor) Deliver(ctx context.Context, e chat.Event) error {
	d.mu.Lock()
	before := d.sent[e.ID]
	d.mu.Unlock()
	var delivery *slacktest.Delivery
	var err error
	if before != nil {
		delivery, err = before.Again()
		if errors.Is(err, slacktest.ErrNobody) { // Slack has nobody left to send it to
			return nil
		}
	} else {
		delivery, err = d.send(e) //nolint:contextcheck // an app that comes back lives longer than the deed
	}
	if err != nil {
		return fmt.Errorf("send the event %s: %w", e.ID, err)
	}
	d.mu.Lock()
	d.sent[e.ID] = delivery
	d.mu.Unlock()
	if _, err := delivery.Acked(ctx); err != nil {
		return err
	}
	return d.running().Idle(ctx)
}

func (d *slackDoor) send(e chat.Event) (*slacktest.Delivery, error) {
	team, user := e.In.Home.ID, e.From.User
	if e.From.Team != team { // in a channel that two organisations share
		d.server.AddUser(team, slacktest.User{ID: user, Name: e.Name, Team: e.From.Team, Stranger: true})
	}
	channel := d.server.Direct(team, user)
	if !e.In.Direct() {
		channel = e.In.Channel
		d.server.AddChannel(team, slacktest.Channel{ID: channel, Name: channel, Member: true}, user)
	}
	switch input := e.Input.(type) {
	case chat.Line:
		return d.line(e, team, user, channel, input.Text)
	case chat.Press:
		return d.press(team, user, input)
	case chat.Submission:
		d.mu.Lock()
		view := d.forms[e.From]
		d.mu.Unlock()
		return d.server.Submit(view, input.Values)
	case chat.Happening:
		return d.happen(team, user, channel, e.In.Direct(), input.What)
	}
	return nil, fmt.Errorf("nobody can do %T on Slack", e.Input)
}

// line is a slash command where the text begins as one or opens a form, which a
// plain message cannot, and in channels; else a message to the bot.
func (d *slackDoor) line(e chat.Event, team, user, channel, text string) (*slacktest.Delivery, error) {
	escaped := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
	command, slash := strings.CutPrefix(escaped, "/interlab")
	if slash || !e.In.Direct() || d.app.Plan(e).Show == chat.ShowForm {
		return d.server.Slash(team, user, channel, strings.TrimSpace(command))
	}
	return d.server.Say(team, user, escaped)
}

// press presses a control. One of a message of another platform, or of another
// workspace, nobody could press: it is sent as a forgery.
func (d *slackDoor) press(team, user string, p chat.Press) (*slacktest.Delivery, error) {
	d.mu.Lock()
	at, here := d.at[p.On]
	d.mu.Unlock()
	value := ""
	if len(p.Values) > 0 {
		value = p.Values[0]
	}
	if here && at.team == team {
		if pressed, err := d.server.Press(team, user, at.channel, at.ts, p.Ref.String(), value); err == nil {
			return pressed, nil // else it has changed under the finger
		}
	}
	d.forged = true
	return d.server.Forge(team, user, p.Ref.String(), value)
}

// lobby is the channel that an administrator invites the bot to, to bring it in.
const lobby = "lobby"

// happen is how a workspace tells of the bot's coming and going. That an app was
// installed it does not tell: the operator is handed new tokens and starts the
// program anew, and the first that the bot hears is an invitation.
func (d *slackDoor) happen(team, user, channel string, home bool, what chat.What) (*slacktest.Delivery, error) {
	if what == chat.BotRemoved && home {
		return d.server.Uninstall(team)
	}
	inner := map[string]any{"type": "channel_left", "channel": channel}
	switch what {
	case chat.BotAdded:
		if home {
			channel = lobby
		}
		if err := d.installed(team); err != nil {
			return nil, err
		}
		d.server.AddChannel(team, slacktest.Channel{ID: channel, Name: channel, Member: true}, user)
		inner = map[string]any{"type": "member_joined_channel", "channel": channel, "user": "UBOT" + team, "inviter": user}
	case chat.ChannelGone:
		inner["type"] = "channel_archive"
	case chat.BotRemoved:
	}
	return d.server.Event(team, inner)
}

// installed lets a workspace that has removed the app have it again.
func (d *slackDoor) installed(team string) error {
	tokens, anew := d.server.Install(team)
	if !anew {
		return nil
	}
	d.tokens[team] = tokens
	err := d.stop()
	d.run(d.app)
	return err
}
