package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// Finding is one thing that Check has looked at.
type Finding struct {
	What   string // what was looked at
	Found  string // what was found
	Advice string // what to do; empty where all is well
	Broken bool   // nothing works until it is done
}

// Check looks at the token, the servers that the bot is in, and what it may do
// there. It changes nothing.
func (a *Adapter) Check(ctx context.Context) []Finding {
	defer a.rest.transport.close()
	var app struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	}
	if err := a.rest.do(ctx, call{name: "read the application", method: "GET", path: "/applications/@me", bucket: "application"}, &app); err != nil {
		return []Finding{tokenFinding(err)}
	}
	findings := []Finding{{What: "discord token", Found: "belongs to " + strconv.Quote(app.Name) + " (" + app.ID + ")"}, {What: "discord invite link", Found: Invite(app.ID)}}
	var guilds []guild
	if err := a.rest.do(ctx, call{name: "read the servers", method: "GET", path: "/users/@me/guilds?limit=200", bucket: "guilds"}, &guilds); err != nil {
		return append(findings, Finding{What: "discord servers", Found: err.Error(), Advice: "try again in a minute", Broken: true})
	}
	if len(guilds) == 0 {
		findings = append(findings, Finding{What: "discord servers", Found: "none", Advice: "open " + Invite(app.ID)})
	}
	for _, id := range a.guilds {
		if !slices.ContainsFunc(guilds, func(g guild) bool { return g.ID == id }) {
			findings = append(findings, Finding{What: "discord.guilds", Found: "the bot is not in server " + id, Advice: "remove it there, or open " + Invite(app.ID), Broken: true})
		}
	}
	for _, g := range guilds {
		findings = append(findings, a.checkGuild(ctx, app.ID, g)...)
	}
	return findings
}

func tokenFinding(err error) Finding {
	f := Finding{What: "discord token", Found: err.Error(), Advice: "see that this machine reaches the address of Discord's API", Broken: true}
	var refusal *apiError
	if errors.As(err, &refusal) && refusal.status == http.StatusUnauthorized {
		f.Found, f.Advice = "is not valid", "reset it under Bot on the application's page, and put the new one into discord.token_file"
	}
	return f
}

type guild struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Permissions string `json:"permissions"`
}

// checkGuild names the permissions that are missing in a server, and says in
// how many of its channels the bot may write.
func (a *Adapter) checkGuild(ctx context.Context, me string, g guild) []Finding {
	what := "discord server " + strconv.Quote(g.Name) + " (" + g.ID + ")"
	granted, err := strconv.ParseUint(g.Permissions, 10, 64)
	if err != nil {
		return []Finding{{What: what, Found: "its permissions are not understood", Advice: "invite the bot again: " + Invite(me)}}
	}
	if lacking := missing(granted); len(lacking) > 0 {
		return []Finding{{What: what, Found: "lacks " + strings.Join(lacking, ", "), Advice: "open " + Invite(me) + " again, or give them to the bot's role"}}
	}
	writable, err := a.channels(ctx, g.ID, me, granted)
	switch {
	case err != nil:
		return []Finding{{What: what, Found: err.Error(), Advice: "try again in a minute"}}
	case writable == 0:
		return []Finding{{What: what, Found: "no channel that the bot may write in", Advice: "let the bot's role see one channel and write there"}}
	}
	return []Finding{{What: what, Found: fmt.Sprintf("all permissions; may write in %d channels", writable)}}
}

const administrator = 1 << 3

// missing lists the permissions that are not among those granted.
func missing(granted uint64) []string {
	var names []string
	for _, p := range permissions {
		if granted&administrator == 0 && granted&(1<<p.bit) == 0 {
			names = append(names, p.name)
		}
	}
	return names
}

type channel struct {
	Type       int `json:"type"`
	Overwrites []struct {
		ID    string `json:"id"`
		Allow string `json:"allow"`
		Deny  string `json:"deny"`
	} `json:"permission_overwrites"`
}

// channels counts those to announce in: text and announcement channels in which
// the bot has every permission.
func (a *Adapter) channels(ctx context.Context, guild, me string, granted uint64) (int, error) {
	var all []channel
	if err := a.rest.do(ctx, call{name: "read the channels", method: "GET", path: "/guilds/" + guild + "/channels", bucket: "channels/" + guild}, &all); err != nil {
		return 0, err
	}
	var self struct {
		Roles []string `json:"roles"`
	}
	if err := a.rest.do(ctx, call{name: "read the bot's roles", method: "GET", path: "/guilds/" + guild + "/members/" + me, bucket: "members/" + guild}, &self); err != nil {
		return 0, err
	}
	const text, announcement = 0, 5
	n := 0
	for _, c := range all {
		if (c.Type == text || c.Type == announcement) && len(missing(c.granted(granted, guild, me, self.Roles))) == 0 {
			n++
		}
	}
	return n, nil
}

// granted is what the bot may do in the channel: first what is said of everyone,
// then of its roles together, then of itself.
// https://discord.com/developers/docs/topics/permissions#permission-overwrites
func (c *channel) granted(base uint64, guild, me string, roles []string) uint64 {
	if base&administrator != 0 {
		return base
	}
	for _, of := range [][]string{{guild}, roles, {me}} {
		var allow, deny uint64
		for _, o := range c.Overwrites {
			if slices.Contains(of, o.ID) {
				allow |= bits(o.Allow)
				deny |= bits(o.Deny)
			}
		}
		base = base&^deny | allow
	}
	return base
}

func bits(text string) uint64 {
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return 0
	}
	return n
}
