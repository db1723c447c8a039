package main

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"interlab/adapters/discord"
	"interlab/adapters/discord/discordtest"
	"interlab/bot/chat"
)

// discordHostiles are texts that Discord would take for something else.
var discordHostiles = slices.Concat([]string{
	"@everyone @here <@&1> <@1> <@!1> <#1>", "[money](https://evil.example) [x](<https://evil.example>)", "||spoiler|| # head\n> quote\n-# small",
	"</interlab start:1> <:emoji:1> <t:1:R> <id:guide>", "```js\nx\n``` ``y`` `z`", "https://evil.example/_a_ **b** __c__ ~~d~~",
}, hostiles)

// Every message and every form of every conversation, with hostile text in all
// that people read: Discord takes it, it pings nobody that is not mentioned, and
// it formats nothing.
func TestHostileTextInAllThatIsEverSaidReachesDiscordAsText(t *testing.T) {
	t.Parallel()
	for n, script := range conversations(t) {
		t.Run(filepath.Base(script), func(t *testing.T) {
			t.Parallel()
			all := rehearsed(t, script)
			for i, m := range all.messages {
				all.messages[i] = spoiled(m, discordHostiles[(n+i)%len(discordHostiles)])
			}
			for i, f := range all.forms {
				all.forms[i] = spoiledForm(f, discordHostiles[(n+i)%len(discordHostiles)])
			}
			all.throughDiscord(t)
		})
	}
}

// throughDiscord says everything once more: to one person, privately in a
// channel, and to all in it.
func (all *repertoire) throughDiscord(t *testing.T) {
	t.Helper()
	server := discordtest.New(t)
	var mu sync.Mutex
	modals, sights := 0, 0
	server.Watch(func(s discordtest.Sight) {
		mu.Lock()
		defer mu.Unlock()
		if sights++; s.Modal != nil {
			modals++
			return
		}
		plainOnDiscord(t, server, s.Message)
	})
	guild := server.AddGuild("Noether")
	here := discordtest.Spot{User: server.AddUser(discordHostiles[0]).ID, Guild: guild.ID, Channel: server.AddChannel(guild).ID}
	place := chat.Place{Home: chat.Home{Platform: discord.Platform, ID: here.Guild}, Channel: here.Channel}
	a, err := discord.New(discord.Options{Token: discordtest.Token, APIURL: server.URL, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- a.Run(ctx, pressed{echo{all, a}}) }()
	defer func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}()
	server.Until("connected", server.Connected)
	seen := func(n int) func() bool {
		return func() bool {
			mu.Lock()
			defer mu.Unlock()
			return sights == n
		}
	}
	for i, m := range all.messages {
		id := fmt.Sprint("d", i)
		switch i % 3 {
		case 0:
			server.Interact(here, 3, map[string]any{"custom_id": fmt.Sprint("message:", i), "component_type": 2})
		case 1:
			_, err = a.Post(t.Context(), id, place, m)
		default:
			_, err = a.Direct(t.Context(), id, chat.Account{Platform: discord.Platform, User: here.User}, m)
		}
		if err != nil {
			t.Fatalf("message %d: %v", i, err)
		}
		server.Until(fmt.Sprintf("saw message %d", i), seen(i+1))
	}
	for i := range all.forms {
		server.Interact(here, 3, map[string]any{"custom_id": fmt.Sprint("form:", i), "component_type": 2})
		server.Until(fmt.Sprintf("saw form %d", i), seen(len(all.messages)+i+1))
	}
	if modals != len(all.forms) {
		t.Errorf("%d forms opened, want %d", modals, len(all.forms))
	}
	for _, c := range server.Calls("") {
		if c.Status >= 400 {
			t.Errorf("Discord refused %s %s: %d", c.Method, c.Path, c.Code)
		}
		pingsNobody(t, c)
	}
}

// pressed is a core that says what the control of a press names.
type pressed struct{ echo }

func (c pressed) Plan(e chat.Event) chat.Plan {
	if press, _ := e.Input.(chat.Press); press.Ref.Route == "form" {
		return chat.Plan{Show: chat.ShowForm}
	}
	return chat.Plan{Show: chat.ShowPrivate}
}

func (c pressed) Handle(ctx context.Context, ticket chat.Ticket) error {
	e := ticket.Event()
	_, err := c.says.Answer(ctx, e.ID, e, chat.ShowPrivate, c.messages[number(e)])
	return err
}

func (c pressed) Form(_ context.Context, e chat.Event) (chat.Form, error) {
	return c.forms[number(e)], nil
}

func number(e chat.Event) int {
	press, _ := e.Input.(chat.Press)
	i, _ := strconv.Atoi(press.Ref.ID)
	return i
}

// pingsNobody fails the test for a message that could ping whom its text names.
func pingsNobody(t *testing.T, c discordtest.Call) {
	t.Helper()
	var b struct {
		Content  *string          `json:"content"`
		Embeds   []map[string]any `json:"embeds"`
		Mentions *struct {
			Parse, Users, Roles []string
			RepliedUser         bool `json:"replied_user"`
		} `json:"allowed_mentions"`
	}
	if err := json.Unmarshal(c.Body, &b); err != nil || b.Embeds == nil {
		return // no message
	}
	switch m := b.Mentions; {
	case m == nil || m.Parse == nil || m.Roles == nil || len(m.Parse)+len(m.Roles) > 0 || m.RepliedUser:
		t.Errorf("a message allows the mentions %+v", m)
	case b.Content == nil || len(m.Users) == 0 && *b.Content != "":
		t.Errorf("a message that mentions nobody has the content %v", b.Content)
	}
}

// plainOnDiscord fails the test for what Discord would format, hide or lead
// astray with: what is read as text must not look like a reference.
func plainOnDiscord(t *testing.T, server *discordtest.Server, sent discordtest.Message) {
	t.Helper()
	m, err := server.Read(sent)
	if err != nil {
		t.Errorf("what arrived is not read: %v", err)
		return
	}
	texts := slices.Clone(m.Body)
	for _, f := range m.Fields {
		texts = append(texts, f.Value)
	}
	for _, span := range slices.Concat(texts...) {
		if link, ok := span.(chat.Link); ok && strings.Contains(link.URL, "evil.example") {
			t.Errorf("a text became a link to %s", link.URL)
		}
		if who, ok := span.(chat.Mention); ok && len(who.Accounts) > 0 && who.Accounts[0].User == "1" {
			t.Errorf("a text became a mention of %v", who)
		}
		if when, ok := span.(chat.When); ok && when.At.Unix() == 1 {
			t.Errorf("a text became a time")
		}
	}
	card := sent.Body.Embeds[0]
	raw := []string{card.Title, card.Description, card.Footer.Text}
	for _, f := range card.Fields {
		raw = append(raw, f.Name, f.Value)
	}
	for _, text := range raw {
		if strings.ContainsAny(text, "\u202e\u2066\u202c\x00\x07") {
			t.Errorf("a text has what cannot be seen: %q", text)
		}
	}
	for _, text := range slices.Delete(raw, 2, 3) { // a footer formats nothing
		for _, mark := range []string{"](https://evil", "](<https", "||spoiler||", "\n> ", "\n-# ", "</interlab", "<:emoji", "<id:"} {
			if strings.Contains(unquoted(text), mark) {
				t.Errorf("a text has %q as it was typed: %.200q", mark, text)
			}
		}
	}
}

// unquoted is a text without what stands in code, where nothing is formatted,
// and without escaped characters.
func unquoted(text string) string {
	var out strings.Builder
	for quoted := false; text != ""; {
		switch {
		case !quoted && text[0] == '\\' && len(text) > 1:
			text = text[1:]
		case text[0] == '`':
			quoted = !quoted
			out.WriteByte('`') // what follows code does not begin a line
		case !quoted:
			out.WriteByte(text[0])
		}
		text = text[1:]
	}
	return out.String()
}
