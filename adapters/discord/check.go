package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"interlab/bot/chat/desk"
)

// Check looks at the token, the servers that the bot is in, and what it may do
// there. It changes nothing.
func (a *Adapter) Check(ctx context.Context) []desk.Finding {
	defer a.rest.close()
	var app struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	}
	if err := a.rest.do(ctx, call{name: "read the application", to: "GET /applications/@me"}, &app); err != nil {
		return []desk.Finding{tokenFinding(err)}
	}
	findings := []desk.Finding{{What: "discord token", Found: "belongs to " + strconv.Quote(app.Name) + " (" + app.ID + ")"}, {What: "discord invite link", Found: Invite(app.ID)}, desk.Clock("discord clock", a.rest.client.Date(), a.desk.Now())}
	var guilds []discordgo.UserGuild
	if err := a.rest.do(ctx, call{name: "read the servers", to: "GET /users/@me/guilds?limit=200"}, &guilds); err != nil {
		return append(findings, desk.Finding{What: "discord servers", Found: err.Error(), Advice: "try again in a minute", Bad: true})
	}
	if len(guilds) == 0 {
		findings = append(findings, desk.Finding{What: "discord servers", Found: "none", Advice: "open " + Invite(app.ID)})
	}
	for _, id := range a.guilds {
		if !slices.ContainsFunc(guilds, func(g discordgo.UserGuild) bool { return g.ID == id }) {
			findings = append(findings, desk.Finding{What: "discord.guilds", Found: "the bot is not in server " + id, Advice: "remove it there, or open " + Invite(app.ID), Bad: true})
		}
	}
	for _, g := range guilds {
		findings = append(findings, a.checkGuild(ctx, app.ID, g)...)
	}
	return findings
}

func tokenFinding(err error) desk.Finding {
	f := desk.Finding{What: "discord token", Found: err.Error(), Advice: "see that this machine reaches the address of Discord's API", Bad: true}
	var refusal *apiError
	if errors.As(err, &refusal) && refusal.status == http.StatusUnauthorized {
		f.Found, f.Advice = "is not valid", "reset it under Bot on the application's page, and put the new one into discord.token_file"
	}
	return f
}

// checkGuild names the permissions that are missing in a server, and says in
// how many of its channels the bot may write.
func (a *Adapter) checkGuild(ctx context.Context, me string, g discordgo.UserGuild) []desk.Finding {
	what := "discord server " + strconv.Quote(g.Name) + " (" + g.ID + ")"
	if lacking := missing(g.Permissions); len(lacking) > 0 {
		return []desk.Finding{{What: what, Found: "lacks " + strings.Join(lacking, ", "), Advice: "open " + Invite(me) + " again, or give them to the bot's role"}}
	}
	writable, err := a.channels(ctx, g.ID, me, g.Permissions)
	switch {
	case err != nil:
		return []desk.Finding{{What: what, Found: err.Error(), Advice: "try again in a minute"}}
	case writable == 0:
		return []desk.Finding{{What: what, Found: "no channel that the bot may write in", Advice: "let the bot's role see one channel and write there"}}
	}
	return []desk.Finding{{What: what, Found: fmt.Sprintf("all permissions; may write in %d channels", writable)}}
}

const administrator = 1 << 3

// missing lists the permissions that are not among those granted.
func missing(granted int64) []string {
	var names []string
	for _, p := range permissions {
		if granted&administrator == 0 && granted&(1<<p.bit) == 0 {
			names = append(names, p.name)
		}
	}
	return names
}

// channels counts those to announce in: text and announcement channels in which
// the bot has every permission, as the library works out from what is granted in
// the guild and what each channel says of the bot's roles and of itself.
func (a *Adapter) channels(ctx context.Context, guild, me string, granted int64) (int, error) {
	self := discordgo.Member{GuildID: guild}
	there := discordgo.Guild{ID: guild, Roles: []*discordgo.Role{{ID: guild, Permissions: granted}}, Members: []*discordgo.Member{&self}}
	if err := a.rest.do(ctx, call{name: "read the channels", to: "GET /guilds/{}/channels", ids: []string{guild}}, &there.Channels); err != nil {
		return 0, err
	}
	if err := a.rest.do(ctx, call{name: "read the bot's roles", to: "GET /guilds/{}/members/{}", ids: []string{guild, me}}, &self); err != nil {
		return 0, err
	}
	self.User, there.Channels = &discordgo.User{ID: me}, slices.DeleteFunc(there.Channels, func(c *discordgo.Channel) bool { return c == nil })
	for _, c := range there.Channels {
		c.GuildID = guild
	}
	state := discordgo.NewState()
	err := state.GuildAdd(&there)
	n := 0
	for _, c := range there.Channels {
		written := c.Type == discordgo.ChannelTypeGuildText || c.Type == discordgo.ChannelTypeGuildNews
		if may, bad := state.UserChannelPermissions(me, c.ID); written && bad == nil && len(missing(may)) == 0 {
			n++
		}
	}
	return n, err //nolint:wrapcheck // of no guild, which this one is not
}
