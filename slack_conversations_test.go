package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"interlab/adapters/cli"
	"interlab/adapters/console"
	"interlab/adapters/redis"
	"interlab/adapters/slack"
	"interlab/adapters/slack/slacktest"
	"interlab/bot/chat"
	"interlab/configs"
)

// Every conversation goes through Slack as it goes in the terminal: people of
// Slack act on a test server behind the real client, and what they see is read
// back from what that server received.
func TestConversationsGoThroughSlackAsInTheTerminal(t *testing.T) {
	t.Parallel()
	config := settingsFile(t)
	for _, script := range through(t, "slack") {
		t.Run(filepath.Base(script), func(t *testing.T) {
			t.Parallel()
			terminal, errs, code := program(t, "", "-c", config, "console", "--script", script)
			if code != 0 {
				t.Fatalf("console --script %s = exit %d:\n%s", script, code, errs)
			}
			text, err := os.ReadFile(script)
			if err != nil {
				t.Fatal(err)
			}
			played := playOnSlack(t, script, string(text))
			if strings.Contains(string(text), "\ntogether\n") {
				return // who is first is open, and so is what they read; the script says what must hold
			}
			if diff := cmp.Diff(alike(terminal), alike(played)); diff != "" {
				t.Errorf("what was said differs (-terminal +slack):\n%s", diff)
			}
		})
	}
}

// calendarFile is a file below a card. Platforms tell another media type for it,
// and Slack brings it in a message of its own.
var calendarFile = regexp.MustCompile(`\s*file: \S+ \([^)]*\):\s+The\s+talk\s+as\s+a\s+calendar\s+file`)

// sendLabel is what stands on a form's button, which Discord does not let one choose.
var sendLabel = regexp.MustCompile(`fill to send:[^\n]*`)

// alike is what was said, without what differs by nature: Slack pings people
// who live in the workspace and names others, where the terminal marks both.
func alike(transcript string) []string {
	cards := said(transcript)
	for i, card := range cards {
		card = strings.NewReplacer("@", "").Replace(card)
		card = calendarFile.ReplaceAllString(card, "")
		card = sendLabel.ReplaceAllString(card, "fill to send")
		cards[i] = regexp.MustCompile(`message \d+`).ReplaceAllString(strings.Join(strings.Fields(card), " "), "message")
	}
	slices.Sort(cards)
	return cards
}

// playOnSlack plays a script with its people of Slack behind the real adapter,
// and returns the transcript.
func playOnSlack(t *testing.T, name, text string) string {
	t.Helper()
	script, err := console.Parse(name, strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	ctx := t.Context()
	home := t.TempDir()
	s, err := configs.Load(settingsFile(t), func(name string) string { return map[string]string{"HOME": home}[name] }, os.ReadFile)
	if err != nil {
		t.Fatal(err)
	}
	store, err := redis.InProcess(ctx, s.Network.ID)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	world := newStage(store, cli.Console{Script: name})
	var out bytes.Buffer
	term := console.New(console.Options{World: world, Out: &out})
	door := newSlackDoor(t, term, world, text)
	messengers := func(p chat.Platform) (chat.Messenger, bool) {
		if p == slack.Platform {
			return door.adapter, true
		}
		return term, true
	}
	if _, err := world.begin(s, messengers, rand.NewChaCha8([32]byte{}), zerolog.New(zerolog.NewTestWriter(t)).Level(zerolog.ErrorLevel)); err != nil {
		t.Fatal(err)
	}
	term.Bind(world)
	term.Install(slack.Platform, door)
	door.run(t, world)
	if err := term.Play(ctx, script); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	if refused := door.server.Refused(); len(refused) > 0 && !strings.Contains(name, "foreign") {
		t.Errorf("Slack refused %v", refused)
	}
	return out.String()
}

// slackDoor turns what people do in a script into what Slack sends, and what
// Slack then shows into what stands on the console's screen.
type slackDoor struct {
	server  *slacktest.Server
	adapter *slack.Adapter
	console *console.Console
	app     chat.App

	mu     sync.Mutex
	sent   map[string]*slacktest.Delivery // by the console's event id
	at     map[chat.Posted]slackMessage
	posted map[slackMessage]chat.Posted
	forms  map[chat.Account]string // the open view
	files  map[string][]chat.Attachment
}

// slackMessage is where a message is on Slack.
type slackMessage struct{ team, channel, ts string }

var slackHome = regexp.MustCompile(`@slack:([A-Za-z0-9._-]+)`)

func newSlackDoor(t *testing.T, term *console.Console, world *stage, script string) *slackDoor {
	t.Helper()
	d := &slackDoor{
		console: term, sent: map[string]*slacktest.Delivery{}, at: map[chat.Posted]slackMessage{}, posted: map[slackMessage]chat.Posted{},
		forms: map[chat.Account]string{}, files: map[string][]chat.Attachment{},
	}
	d.server = slacktest.New(t, slacktest.Options{Now: world.Now, Seen: d.see})
	var workspaces []slack.Workspace
	for _, found := range slackHome.FindAllStringSubmatch(script, -1) {
		team := found[1]
		if slices.ContainsFunc(workspaces, func(w slack.Workspace) bool { return w.Name == team }) {
			continue
		}
		tokens := d.server.AddTeam(team, team)
		workspaces = append(workspaces, slack.Workspace{Name: team, BotToken: tokens.Bot, AppToken: tokens.App})
	}
	d.adapter = slack.New(slack.Options{
		Workspaces: workspaces, APIURL: d.server.APIURL(), Now: world.Now, Log: zerolog.New(zerolog.NewTestWriter(t)).Level(zerolog.ErrorLevel),
		Pace: slack.Pace{Burst: 1 << 20}, Timing: slack.Timing{Stagger: time.Millisecond, Ping: 10 * time.Second, Silence: time.Minute},
	})
	return d
}

// run connects the adapter, until the test ends.
func (d *slackDoor) run(t *testing.T, app chat.App) {
	t.Helper()
	d.app = app
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- d.adapter.Run(ctx, app) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Errorf("Run = %v", err)
		}
	})
	connected(t, d.adapter, 1)
}

// connected waits until every workspace has so many sockets.
func connected(t *testing.T, a *slack.Adapter, sockets int) {
	t.Helper()
	ready := func(w slack.WorkspaceHealth) bool { return w.Open >= sockets }
	for deadline := time.Now().Add(20 * time.Second); ; {
		h := a.Health()
		if !slices.ContainsFunc(h.Workspaces, func(w slack.WorkspaceHealth) bool { return !ready(w) }) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("not connected: %+v", h.Workspaces)
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
	} else {
		delivery, err = d.send(e)
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
	return d.adapter.Idle(ctx)
}

func (d *slackDoor) send(e chat.Event) (*slacktest.Delivery, error) {
	team, user := e.In.Home.ID, e.From.User
	d.server.AddUser(team, slacktest.User{ID: user, Name: e.Name})
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
		return d.server.Press(team, user, at.channel, at.ts, p.Ref.String(), value)
	}
	return d.server.Send(team, "interactive", map[string]any{
		"type": "block_actions", "team": map[string]any{"id": team}, "user": map[string]any{"id": user, "team_id": team},
		"trigger_id": fmt.Sprintf("forged-%s-%s-%d", user, p.Ref, time.Now().UnixNano()),
		"container":  map[string]any{"type": "message", "message_ts": "1.000001", "channel_id": d.server.Direct(team, user)},
		"actions":    []any{map[string]any{"type": "button", "action_id": p.Ref.String(), "value": value}},
	})
}

func (d *slackDoor) happen(team, user, channel string, home bool, what chat.What) (*slacktest.Delivery, error) {
	inner := map[string]any{"channel": channel}
	switch {
	case what == chat.BotAdded:
		inner["type"], inner["user"], inner["inviter"] = "member_joined_channel", "UBOT"+team, user
	case what == chat.ChannelGone:
		inner["type"] = "channel_archive"
	case home:
		inner["type"] = "app_uninstalled"
	default:
		inner["type"] = "channel_left"
	}
	return d.server.Event(team, inner)
}
