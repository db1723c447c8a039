package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"interlab/bot/chat"
)

// Limits of a scheduled event, in characters.
// https://discord.com/developers/docs/resources/guild-scheduled-event
const (
	maxEventName  = 100
	maxEventText  = 1000
	maxEventWhere = 100
)

// The kinds that are used: an event that takes place outside of Discord, which
// begins and ends by itself, for everybody in the guild.
const (
	external   = 3
	guildOnly  = 2
	calledOff  = 4
	codeDenied = 50013
	codeFull   = 30038 // 100 events are planned
	codeOver   = 180000
)

// scheduled is a scheduled event as it is created or changed.
type scheduled struct {
	Name     string `json:"name"`
	Text     string `json:"description"`
	Privacy  int    `json:"privacy_level"`
	Kind     int    `json:"entity_type"`
	Start    string `json:"scheduled_start_time"`
	End      string `json:"scheduled_end_time"`
	Metadata struct {
		Where string `json:"location"`
	} `json:"entity_metadata"`
}

var _ chat.Scheduler = (*Adapter)(nil)

// Schedule brings an occasion into the scheduled events of its guild. It is
// known by the address of its post, with which its text ends.
func (a *Adapter) Schedule(ctx context.Context, _ string, at chat.Posted, o chat.Occasion) (chat.Posted, error) {
	channel, message, ok := landed(o.Post)
	guild := o.Post.Place.Home.ID
	if !ok || !snowflake(guild) {
		return chat.Posted{}, fmt.Errorf("discord: schedule: no post: %w", chat.ErrGone)
	}
	link := "https://discord.com/channels/" + guild + "/" + channel + "/" + message
	c := call{name: "schedule", method: "POST", path: "/guilds/" + guild + "/scheduled-events", bucket: "events/" + guild, body: renderEvent(o, link)}
	id := at.Message
	var err error
	if id == "" {
		if id, err = a.eventOf(ctx, c, link); err != nil {
			return chat.Posted{}, err
		}
	}
	if id != "" {
		c.method, c.path = "PATCH", c.path+"/"+id
	}
	if o.Cancelled {
		c.body = struct {
			Status int `json:"status"`
		}{calledOff}
	}
	var stands struct {
		ID string `json:"id"`
	}
	err = a.rest.do(ctx, c, &stands)
	var refusal *apiError
	if errors.As(err, &refusal) {
		switch {
		case refusal.code == codeDenied, refusal.code == codeFull:
			return chat.Posted{}, fmt.Errorf("%w: %w", err, chat.ErrUnreachable)
		case refusal.code == codeOver, refusal.status == http.StatusNotFound:
			return chat.Posted{}, fmt.Errorf("%w: %w", err, chat.ErrGone)
		}
	}
	return posted(guild, channel, stands.ID), err
}

// eventOf is the bot's event with the address of a post; empty where there is none.
func (a *Adapter) eventOf(ctx context.Context, c call, link string) (string, error) {
	var all []struct {
		ID      string `json:"id"`
		Text    string `json:"description"`
		Creator *user  `json:"creator"`
	}
	c.name, c.method, c.body = "read the events", "GET", nil
	if err := a.rest.do(ctx, c, &all); err != nil {
		return "", err
	}
	for _, e := range all {
		if e.Creator != nil && e.Creator.Bot && strings.HasSuffix(e.Text, link) {
			return e.ID, nil
		}
	}
	return "", nil
}

// renderEvent is an occasion as an event. Its name and its place are plain text;
// a place that is too long is read below the post.
func renderEvent(o chat.Occasion, link string) scheduled {
	tail := "\n\nSay that you come: " + link
	e := scheduled{
		Name: plain(line(o.Title), maxEventName), Text: paragraphs(o.About, maxEventText-units(tail)) + tail, Privacy: guildOnly, Kind: external,
		Start: o.Start.UTC().Format(time.RFC3339), End: o.End.UTC().Format(time.RFC3339),
	}
	if e.Metadata.Where = plain(line(o.Where), 2*maxEventWhere); units(e.Metadata.Where) > maxEventWhere {
		e.Metadata.Where = link
	}
	return e
}
