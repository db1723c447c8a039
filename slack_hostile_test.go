package main

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"interlab/adapters/slack"
	"interlab/adapters/slack/slacktest"
	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

// hostiles are texts that are something else than text where they are not
// handled as text.
var hostiles = []string{
	"<!channel> <!here|x> <!everyone> <!subteam^S1> <!date^1^{date}|x>", "[notes](javascript:alert(1)) <javascript:alert(1)|notes> [x](https://evil.example)", "<@U1> <#C1> @everyone @here", "*bold* _it_ ~s~ `c` ```x``` :tada:",
	"> quote\n- list\n1. one", "&lt;!channel&gt; &amp;lt;", "x\u202eright to left\u202c \u2066y", "zero\u200b\u200d\ufeffwidth",
	"/shrug /interlab me", strings.Repeat(":tada:", 500), "*><http://evil.example|*", "yes\n✅ Approved by an organiser", strings.Repeat("z\u0335\u0336", 500),
	strings.Repeat("🧪", 5000), "<https://evil.example|https://slack.com>", `"quoted" \ {"type":"mrkdwn"}`, "line\r\nbreak\x00\x07",
}

// Every message and every form of every conversation, with hostile text in all
// that people read: Slack takes it, and what it gets is text.
func TestHostileTextInAllThatIsEverSaidReachesSlackAsText(t *testing.T) {
	t.Parallel()
	for n, script := range conversations(t) {
		t.Run(filepath.Base(script), func(t *testing.T) {
			t.Parallel()
			all := rehearsed(t, script)
			for i, m := range all.messages {
				all.messages[i] = spoiled(m, hostiles[(n+i)%len(hostiles)])
			}
			for i, f := range all.forms {
				all.forms[i] = spoiledForm(f, hostiles[(n+i)%len(hostiles)])
			}
			all.throughSlack(t)
		})
	}
}

// repertoire is all that is said in a conversation. As a core it says it again:
// the message or the form that a line names.
type repertoire struct {
	chat.Messenger
	chat.App
	mu       sync.Mutex
	messages []chat.Message
	forms    []chat.Form
}

// scheduling is the same where homes have calendars.
type scheduling struct {
	*repertoire
	chat.Scheduler
}

func rehearsed(t *testing.T, script string) *repertoire {
	t.Helper()
	th := openTheatre(t, script)
	all := &repertoire{Messenger: th.term}
	th.houses[slack.Platform] = func() chat.Messenger { return all }
	th.houses["discord"] = func() chat.Messenger { return scheduling{all, th.term} }
	all.App = th.core()
	th.term.Bind(all)
	th.play()
	return all
}

func (all *repertoire) note(m chat.Message) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.messages = append(all.messages, m)
}

func (all *repertoire) Answer(ctx context.Context, id string, e chat.Event, show chat.Show, m chat.Message) (chat.Posted, error) {
	all.note(m)
	return all.Messenger.Answer(ctx, id, e, show, m)
}

func (all *repertoire) Post(ctx context.Context, id string, in chat.Place, m chat.Message) (chat.Posted, error) {
	all.note(m)
	return all.Messenger.Post(ctx, id, in, m)
}

func (all *repertoire) Thread(ctx context.Context, id string, under chat.Posted, m chat.Message) (chat.Posted, error) {
	all.note(m)
	return all.Messenger.Thread(ctx, id, under, m)
}

func (all *repertoire) Direct(ctx context.Context, id string, to chat.Account, m chat.Message) (chat.Posted, error) {
	all.note(m)
	return all.Messenger.Direct(ctx, id, to, m)
}

func (all *repertoire) Edit(ctx context.Context, id string, at chat.Posted, m chat.Message) (chat.Posted, error) {
	all.note(m)
	return all.Messenger.Edit(ctx, id, at, m)
}

func (all *repertoire) Form(ctx context.Context, e chat.Event) (chat.Form, error) {
	f, err := all.App.Form(ctx, e)
	if err != nil {
		all.note(chat.Unopened(err))
		return f, err
	}
	all.mu.Lock()
	defer all.mu.Unlock()
	all.forms = append(all.forms, f)
	return f, nil
}

// throughSlack says everything once more, to one person of Slack.
func (all *repertoire) throughSlack(t *testing.T) {
	t.Helper()
	var seen sights
	server := slacktest.New(t, slacktest.Options{Seen: seen.add})
	tokens := server.AddTeam("T1", "Curie")
	server.AddUser("T1", slacktest.User{ID: "U1", Name: hostiles[0]})
	server.AddChannel("T1", slacktest.Channel{ID: "C1", Member: true}, "U1")
	a := slack.New(slack.Options{
		APIURL: server.APIURL(), Now: time.Now, Workspaces: []slack.Workspace{{Name: "curie", BotToken: tokens.Bot, AppToken: tokens.App}},
		Pace: desk.Pace{Burst: 1 << 20}, Timing: slack.Timing{Stagger: time.Millisecond},
	})
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- a.Run(ctx, echo{all, a}) }()
	defer func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}()
	connected(t, a, 1)
	say := func(line string, i int) {
		connected(t, a, 1) // again, where a busy machine was silent for too long
		text := fmt.Sprint(line, " ", i)
		send := func() (*slacktest.Delivery, error) { return server.Slash("T1", "U1", "C1", text) }
		if i%2 == 1 && line == "message" {
			send = func() (*slacktest.Delivery, error) { return server.Say("T1", "U1", text) }
		}
		d, err := send()
		if err == nil {
			_, err = d.Acked(t.Context())
		}
		if err == nil {
			err = a.Idle(t.Context())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for i := range all.messages {
		say("message", i)
	}
	for i := range all.forms {
		say("form", i)
	}
	if _, err := server.Event("T1", map[string]any{"type": "app_home_opened", "user": "U1", "tab": "home"}); err != nil {
		t.Fatal(err)
	}
	await(t, "the home view", func() bool {
		return slices.ContainsFunc(seen.all(), func(s slacktest.Sight) bool { return s.What == slacktest.Home })
	})
	if refused := server.Refused(); len(refused) > 0 {
		t.Errorf("Slack refused %v", refused)
	}
	shown := slices.DeleteFunc(seen.all(), func(s slacktest.Sight) bool { return s.What == slacktest.Shared })
	if want := len(all.messages) + len(all.forms) + 1; len(shown) != want {
		t.Errorf("%d things were shown, want %d", len(shown), want)
	}
	for _, s := range seen.all() {
		harmless(t, s)
	}
}

// echo is a core that says what lines name.
type echo struct {
	*repertoire
	says chat.Messenger
}

type accepted struct{ e chat.Event }

func (a accepted) Event() chat.Event { return a.e }

// named is what a line names, and which of them.
func named(e chat.Event) (what string, i int) {
	line, _ := e.Input.(chat.Line)
	_, _ = fmt.Sscan(line.Text, &what, &i)
	return what, i
}

func (c echo) Plan(e chat.Event) chat.Plan {
	if what, _ := named(e); what == "form" {
		return chat.Plan{Show: chat.ShowForm}
	}
	return chat.Plan{Show: chat.ShowPrivate}
}

func (c echo) Accept(_ context.Context, e chat.Event) (chat.Ticket, error) { return accepted{e}, nil }

func (c echo) Handle(ctx context.Context, ticket chat.Ticket) error {
	e := ticket.Event()
	_, i := named(e)
	_, err := c.says.Answer(ctx, e.ID, e, chat.ShowPrivate, c.messages[i])
	return err
}

func (c echo) Form(_ context.Context, e chat.Event) (chat.Form, error) {
	_, i := named(e)
	return c.forms[i], nil
}

func (c echo) Home(context.Context, chat.Account) (chat.Message, error) { return c.messages[0], nil }

// harmless fails the test for what is more than text.
func harmless(t *testing.T, s slacktest.Sight) {
	t.Helper()
	for _, r := range []string{"<", ">", "\u202e", "\u2066", "\x00"} {
		if strings.Contains(s.Text, r) {
			t.Errorf("%s: the text for notifications has %q: %q", s.What, r, s.Text)
		}
	}
	rest := strings.NewReplacer("&amp;", "", "&lt;", "", "&gt;", "").Replace(s.Text)
	if strings.Contains(rest, "&") {
		t.Errorf("%s: the text for notifications has a bare ampersand: %q", s.What, s.Text)
	}
	for _, raw := range []json.RawMessage{s.Blocks, s.View.Blocks} {
		var blocks any
		if len(raw) == 0 {
			continue
		}
		if err := json.Unmarshal(raw, &blocks); err != nil {
			t.Errorf("%s: %v", s.What, err)
		}
		plainly(t, blocks)
	}
	if s.What == slacktest.Opened && (s.View.Title.Type != "plain_text" || s.View.Submit.Type != "plain_text") {
		t.Errorf("a form's title is %+v and its button %+v, want plain text", s.View.Title, s.View.Submit)
	}
}

// plainly walks through blocks, in which nothing may be but what shows text as
// it is, and controls.
func plainly(t *testing.T, node any) {
	t.Helper()
	switch node := node.(type) {
	case []any:
		for _, child := range node {
			plainly(t, child)
		}
	case map[string]any:
		switch kind, _ := node["type"].(string); kind {
		case "", "header", "rich_text", "rich_text_section", "text", "date", "context", "actions", "input", "plain_text",
			"button", "static_select", "plain_text_input":
		case "link":
			if url := fmt.Sprint(node["url"]); strings.ContainsAny(url, "<>|\" ") || strings.Contains(url, "evil.example|") {
				t.Errorf("a link leads to %q", url)
			}
		default:
			t.Errorf("an element of type %q: %v", kind, node)
		}
		if node["emoji"] == true {
			t.Errorf("colons become emoji in %v", node)
		}
		for _, child := range node {
			plainly(t, child)
		}
	case string:
		if strings.ContainsAny(node, "\u202e\u2066\x00\x07") {
			t.Errorf("a text has what cannot be seen: %q", node)
		}
	}
}

// spoiled is a message with a hostile text wherever people read one.
func spoiled(m chat.Message, text string) chat.Message {
	out := chat.Message{Title: text, Note: spoiledText(m.Note, text)}
	for _, paragraph := range m.Body {
		out.Body = append(out.Body, spoiledText(paragraph, text))
	}
	for _, f := range m.Fields {
		out.Fields = append(out.Fields, chat.Field{Name: text, Value: spoiledText(f.Value, text)})
	}
	for _, row := range m.Rows {
		row.Buttons = slices.Clone(row.Buttons)
		for i := range row.Buttons {
			row.Buttons[i].Label = text
		}
		if row.Menu != nil {
			row.Menu = &chat.Menu{Ref: row.Menu.Ref, Hint: text, Options: spoiledOptions(row.Menu.Options, text)}
		}
		out.Rows = append(out.Rows, row)
	}
	for _, file := range m.Attachments {
		out.Attachments = append(out.Attachments, chat.Attachment{Name: text, Type: file.Type, Alt: text, Data: file.Data})
	}
	return out
}

func spoiledText(spans chat.Text, text string) chat.Text {
	var out chat.Text
	for _, span := range spans {
		switch span := span.(type) {
		case chat.Strong:
			out = append(out, chat.Strong(text))
		case chat.Code:
			out = append(out, chat.Code(text))
		case chat.Link:
			out = append(out, chat.Link{Label: text, URL: span.URL})
		case chat.When:
			out = append(out, chat.When{At: span.At, Fallback: text})
		case chat.Mention:
			out = append(out, chat.Mention{Name: text, Accounts: span.Accounts})
		default:
			out = append(out, chat.Say(text))
		}
	}
	return out
}

func spoiledOptions(options []chat.Option, text string) []chat.Option {
	out := slices.Clone(options)
	for i := range out {
		out[i].Label, out[i].Hint = text, text
	}
	return out
}

func spoiledForm(f chat.Form, text string) chat.Form {
	f.Title, f.Submit, f.Fields = text, text, slices.Clone(f.Fields)
	for i, field := range f.Fields {
		f.Fields[i].Label, f.Fields[i].Hint = text, text
		f.Fields[i].Options = spoiledOptions(field.Options, text)
		if len(field.Options) == 0 {
			f.Fields[i].Value = text
		}
	}
	return f
}
