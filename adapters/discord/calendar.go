package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/bwmarrin/discordgo"

	"interlab/bot/chat"
)

// Limits of a scheduled event, in characters.
// https://discord.com/developers/docs/resources/guild-scheduled-event
const (
	maxEventName  = 100
	maxEventText  = 1000
	maxEventWhere = 100
)

// The codes that are told apart.
const (
	codeDenied = 50013
	codeFull   = 30038 // 100 events are planned
	codeOver   = 180000
)

var _ chat.Scheduler = (*Adapter)(nil)

// Schedule brings an occasion into the scheduled events of its guild. It is
// known by the address of its post, with which its text ends.
func (a *Adapter) Schedule(ctx context.Context, _ string, at chat.Posted, o chat.Occasion) (chat.Posted, error) {
	channel, message := o.Post.Address()
	guild := o.Post.Place.Home.ID
	_, link, err := call{to: "GET https://discord.com/channels/{}/{}/{}", ids: []string{guild, channel, message}}.address()
	if err != nil {
		return chat.Posted{}, fmt.Errorf("discord: schedule: %w", err)
	}
	c := call{name: "schedule", to: "POST /guilds/{}/scheduled-events", ids: []string{guild}, body: renderEvent(o, link)}
	id := at.Message
	if id == "" {
		if id, err = a.eventOf(ctx, c, link); err != nil {
			return chat.Posted{}, err
		}
	}
	if id != "" {
		c.to, c.ids = "PATCH /guilds/{}/scheduled-events/{}", []string{guild, id}
	}
	if o.Cancelled {
		c.body = discordgo.GuildScheduledEventParams{Status: discordgo.GuildScheduledEventStatusCanceled}
	}
	var stands object
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
	var all []discordgo.GuildScheduledEvent
	c.name, c.to, c.body = "read the events", "GET /guilds/{}/scheduled-events", nil
	if err := a.rest.do(ctx, c, &all); err != nil {
		return "", err
	}
	for i := range all {
		if by := all[i].Creator; by != nil && by.Bot && strings.HasSuffix(all[i].Description, link) {
			return all[i].ID, nil
		}
	}
	return "", nil
}

// renderEvent is an occasion as an event that takes place outside of Discord,
// begins and ends by itself, and is for everybody in the guild. Its name and its
// place are plain text; a place that is too long is read below the post.
func renderEvent(o chat.Occasion, link string) discordgo.GuildScheduledEventParams {
	tail, start, end := "\n\nSay that you come: "+link, o.Start.UTC(), o.End.UTC()
	where := plain(chat.ShownLine(o.Where), 2*maxEventWhere)
	if units(where) > maxEventWhere {
		where = link
	}
	return discordgo.GuildScheduledEventParams{
		Name: plain(chat.ShownLine(o.Title), maxEventName), Description: paragraphs(o.About, maxEventText-units(tail)) + tail,
		PrivacyLevel: discordgo.GuildScheduledEventPrivacyLevelGuildOnly, EntityType: discordgo.GuildScheduledEventEntityTypeExternal,
		ScheduledStartTime: &start, ScheduledEndTime: &end, EntityMetadata: &discordgo.GuildScheduledEventEntityMetadata{Location: where},
	}
}
