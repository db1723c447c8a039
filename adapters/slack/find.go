package slack

import (
	"context"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

const (
	// findPage and findPages bound the search for a delivery: what was said in
	// a channel between a send and its next try, minutes later.
	findPage  = 200
	findPages = 5
)

// Find looks for a delivery by the id in its metadata, among what was said since
// a time: below the post that it was meant for, or in the channel.
func (a *Adapter) Find(ctx context.Context, id string, to chat.Recipient, since time.Time) (chat.Posted, bool, error) {
	team, missing := to.Place.Home.ID, chat.ErrGone
	if !to.Account.IsZero() {
		team, missing = to.Account.Team, chat.ErrUnreachable
	}
	at, err := within(a, team, missing, "find "+id, func(w *workspace) (at chat.Posted, err error) {
		channel, err := to.Channel(func(who chat.Account) (string, error) { return w.conversation(ctx, who.User) })
		if err != nil {
			return at, err
		}
		_, post := to.Under.Address()
		ts, err := w.search(ctx, channel, post, id, stamp(since))
		if ts != "" {
			at = landed(w.home(), channel, ts)
		}
		return at, failure(err, chat.ErrGone)
	})
	return at, at.Message != "", err
}

// search is the timestamp of the message with that id, or nothing: in the thread
// under a post where one is named, else in the channel.
func (w *workspace) search(ctx context.Context, channel, post, id, oldest string) (string, error) {
	var cursor string
	return desk.Seek(findPages, func() (string, bool, error) {
		if post != "" {
			said, more, next, err := w.api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
				ChannelID: channel, Timestamp: post, Oldest: oldest, Inclusive: true, Limit: findPage, IncludeAllMetadata: true, Cursor: cursor,
			})
			cursor = next
			return carrier(said, id), more && next != "", err
		}
		page, err := w.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
			ChannelID: channel, Oldest: oldest, Inclusive: true, Limit: findPage, IncludeAllMetadata: true, Cursor: cursor,
		})
		if err != nil {
			return "", false, err //nolint:wrapcheck // the caller maps it
		}
		cursor = page.ResponseMetaData.NextCursor
		return carrier(page.Messages, id), page.HasMore && cursor != "", nil
	})
}

// carrier is the message that carries a delivery's id.
func carrier(messages []slack.Message, id string) string {
	for i := range messages {
		meta := messages[i].Metadata
		if meta.EventType == metadataType && meta.EventPayload["id"] == id {
			return messages[i].Timestamp
		}
	}
	return ""
}

// stamp is a time as Slack counts it. A minute is taken off, for its clock is
// not ours.
func stamp(t time.Time) string {
	return strconv.FormatInt(max(0, t.Add(-time.Minute).Unix()), 10) + ".000000"
}
