package main

import (
	"context"
	"slices"
	"sync"
	"time"

	"interlab/adapters/discord"
	"interlab/adapters/discord/discordtest"
	"interlab/bot/chat"
)

// discordNames translates between the names of scripts and the numbers of
// Discord, so that the core sees the one and the adapter the other.
type discordNames struct {
	server *discordtest.Server

	mu       sync.Mutex
	users    map[string]*discordtest.User  // by name
	guilds   map[string]*discordtest.Guild // by name
	channels map[string]string             // ids by guild and name; the name is empty for where commands are used
	names    map[string]string             // of all of them, by id
	homes    map[string][]string           // the guilds' names by a user's id, the last that they spoke from at the end
}

func newDiscordNames(s *discordtest.Server) *discordNames {
	return &discordNames{
		server: s, users: map[string]*discordtest.User{}, guilds: map[string]*discordtest.Guild{}, channels: map[string]string{},
		names: map[string]string{}, homes: map[string][]string{},
	}
}

// spot is where the person of an event is on Discord.
func (n *discordNames) spot(e chat.Event) discordtest.Spot {
	n.mu.Lock()
	defer n.mu.Unlock()
	user := n.users[e.From.User]
	if user == nil {
		user = n.server.AddUser(e.Name)
		n.users[e.From.User], n.names[user.ID] = user, e.From.User
	}
	n.homes[user.ID] = append(n.homes[user.ID], e.In.Home.ID)
	guild := n.guilds[e.In.Home.ID]
	if guild == nil {
		guild = n.server.AddGuild(e.In.Home.ID)
		n.guilds[e.In.Home.ID], n.names[guild.ID] = guild, e.In.Home.ID
	}
	key := guild.ID + "/" + e.In.Channel
	if n.channels[key] == "" {
		channel := n.server.AddChannel(guild)
		n.channels[key], n.names[channel.ID] = channel.ID, e.In.Channel
	}
	return discordtest.Spot{User: user.ID, Guild: guild.ID, Channel: n.channels[key]}
}

func (n *discordNames) guild(id string) *discordtest.Guild {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.guilds[n.names[id]]
}

func (n *discordNames) user(name string) string {
	n.mu.Lock()
	defer n.mu.Unlock()
	if u := n.users[name]; u != nil {
		return u.ID
	}
	return name
}

// account is a person as the script names them.
func (n *discordNames) account(a chat.Account) chat.Account {
	n.mu.Lock()
	defer n.mu.Unlock()
	if name, ok := n.names[a.User]; ok && a.Platform == discord.Platform {
		a.User = name
	}
	return a
}

// number is the same person as Discord numbers them.
func (n *discordNames) number(a chat.Account) chat.Account {
	if a.Platform == discord.Platform {
		a.User = n.user(a.User)
	}
	return a
}

// place is one as the script names it.
func (n *discordNames) place(p chat.Place) chat.Place {
	n.mu.Lock()
	defer n.mu.Unlock()
	if name, ok := n.names[p.Channel]; ok {
		p.Channel = name
	}
	if name, ok := n.names[p.Home.ID]; ok {
		p.Home.ID = name
	}
	return p
}

// spotOf is a place as Discord numbers it.
func (n *discordNames) spotOf(p chat.Place) chat.Place {
	n.mu.Lock()
	defer n.mu.Unlock()
	if guild := n.guilds[p.Home.ID]; guild != nil {
		p.Home.ID = guild.ID
		if id := n.channels[guild.ID+"/"+p.Channel]; id != "" && !p.Direct() {
			p.Channel = id
		}
	}
	return p
}

// stands is where something stands as Discord numbers it.
func (n *discordNames) stands(at chat.Posted) chat.Posted {
	at.Place = n.spotOf(at.Place)
	return at
}

// event is one as the script would have it.
func (n *discordNames) event(e chat.Event) chat.Event {
	e.From, e.In = n.account(e.From), n.place(e.In)
	return e
}

// spoken is a message whose people are numbered.
func (n *discordNames) spoken(m chat.Message) chat.Message {
	number := func(text chat.Text) chat.Text {
		text = slices.Clone(text)
		for i, span := range text {
			if who, ok := span.(chat.Mention); ok {
				who.Accounts = slices.Clone(who.Accounts)
				for j := range who.Accounts {
					who.Accounts[j] = n.number(who.Accounts[j])
				}
				text[i] = who
			}
		}
		return text
	}
	m.Body, m.Fields, m.Note = slices.Clone(m.Body), slices.Clone(m.Fields), number(m.Note)
	for i := range m.Body {
		m.Body[i] = number(m.Body[i])
	}
	for i := range m.Fields {
		m.Fields[i].Value = number(m.Fields[i].Value)
	}
	return m
}

// translatedApp is the core as the adapter sees it.
type translatedApp struct {
	chat.App
	names *discordNames
	door  *discordDoor
}

func (n *discordNames) app(app chat.App, door *discordDoor) chat.App {
	return translatedApp{app, n, door}
}

func (a translatedApp) Plan(e chat.Event) chat.Plan {
	plan := a.App.Plan(a.names.event(e))
	a.door.mu.Lock()
	defer a.door.mu.Unlock()
	a.door.heard[e.ID]++
	return plan
}

func (a translatedApp) Accept(ctx context.Context, e chat.Event) (chat.Ticket, error) {
	return a.App.Accept(ctx, a.names.event(e))
}

func (a translatedApp) Form(ctx context.Context, e chat.Event) (chat.Form, error) {
	return a.App.Form(ctx, a.names.event(e))
}

// translatedMessenger is the adapter as the core sees it.
type translatedMessenger struct {
	*discord.Adapter
	names *discordNames
	door  *discordDoor
}

func (n *discordNames) messenger(a *discord.Adapter, door *discordDoor) chat.Messenger {
	return translatedMessenger{a, n, door}
}

func (m translatedMessenger) Answer(ctx context.Context, id string, e chat.Event, show chat.Show, c chat.Message) (chat.Posted, error) {
	m.door.answering(e.From, true)
	defer m.door.answering(e.From, false)
	e.From = m.names.number(e.From)
	return m.Adapter.Answer(ctx, id, e, show, m.names.spoken(c))
}

func (m translatedMessenger) Direct(ctx context.Context, id string, to chat.Account, c chat.Message) (chat.Posted, error) {
	return m.Adapter.Direct(ctx, id, m.names.number(to), m.names.spoken(c))
}

// landed is where something landed, as the script names it.
func (m translatedMessenger) landed(at chat.Posted, err error) (chat.Posted, error) {
	if at != (chat.Posted{}) {
		at.Place = m.names.place(at.Place)
	}
	return at, err
}

func (m translatedMessenger) Post(ctx context.Context, id string, in chat.Place, c chat.Message) (chat.Posted, error) {
	return m.landed(m.Adapter.Post(ctx, id, m.names.spotOf(in), m.names.spoken(c)))
}

func (m translatedMessenger) Thread(ctx context.Context, id string, under chat.Posted, c chat.Message) (chat.Posted, error) {
	return m.landed(m.Adapter.Thread(ctx, id, m.names.stands(under), m.names.spoken(c)))
}

func (m translatedMessenger) Edit(ctx context.Context, id string, at chat.Posted, c chat.Message) (chat.Posted, error) {
	return m.landed(m.Adapter.Edit(ctx, id, m.names.stands(at), m.names.spoken(c)))
}

func (m translatedMessenger) Schedule(ctx context.Context, id string, at chat.Posted, o chat.Occasion) (chat.Posted, error) {
	if at != (chat.Posted{}) {
		at = m.names.stands(at)
	}
	o.Post = m.names.stands(o.Post)
	return m.landed(m.Adapter.Schedule(ctx, id, at, o))
}

func (m translatedMessenger) Find(ctx context.Context, id string, to chat.Recipient, since time.Time) (chat.Posted, bool, error) {
	to.Account, to.Place = m.names.number(to.Account), m.names.spotOf(to.Place)
	return m.Adapter.Find(ctx, id, to, since)
}
