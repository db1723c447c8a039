package discord

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

// findPage and findPages bound how much history is read: more than anybody is
// sent between a crash and the next look.
const (
	findPage  = 100
	findPages = 10
)

// findSlack is how much earlier than asked for history is read: clocks differ.
const findSlack = time.Minute

// Find looks for a send in the history of a channel. Discord forgets the nonce
// of a message, so it is known by its mark. The thread of a post has the post's
// id; one that is not there has nothing in it.
func (a *Adapter) Find(ctx context.Context, id string, to chat.Recipient, since time.Time) (chat.Posted, bool, error) {
	channel, err := to.Channel(func(who chat.Account) (string, error) { return a.conversation(ctx, who) })
	if err != nil {
		return chat.Posted{}, false, err
	}
	threaded := !to.Under.Place.Direct()
	if threaded {
		channel = to.Under.Message
	}
	found, err := a.search(ctx, channel, id, firstID(since.Add(-findSlack)))
	switch {
	case threaded && refusedWith(err, codeUnknownChannel):
		return chat.Posted{}, false, nil
	case err != nil, found == "":
		return chat.Posted{}, false, err
	}
	return posted(to.Place.Home.ID, channel, found), true, nil
}

// search is the message of a channel that was sent as that id, or nothing.
func (a *Adapter) search(ctx context.Context, channel, id string, after uint64) (string, error) {
	return desk.Seek(findPages, func() (string, bool, error) {
		var page []message
		err := a.rest.do(ctx, call{
			name: "read history", to: fmt.Sprintf("GET /channels/{}/messages?limit=%d&after=%d", findPage, after), ids: []string{channel},
		}, &page)
		for _, m := range page {
			if m.sentAs(id) {
				return m.ID, false, nil
			}
			if n, err := strconv.ParseUint(m.ID, 10, 64); err == nil {
				after = max(after, n)
			}
		}
		return "", len(page) == findPage, err
	})
}

// sentAs reports whether the message is the delivery with that id.
func (m *message) sentAs(id string) bool {
	if m.Author == nil || !m.Author.Bot {
		return false
	}
	return m.Nonce == nonce(id) || len(m.Embeds) > 0 && m.Embeds[0].Color == mark(id)
}

// discordEpoch is the first moment that an id can name, in milliseconds.
// https://discord.com/developers/docs/reference#snowflakes
const discordEpoch = 1420070400000

// firstID is the smallest id that was given at a moment or later.
func firstID(at time.Time) uint64 {
	return uint64(max(0, at.UnixMilli()-discordEpoch)) << 22
}
