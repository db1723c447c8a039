package slacktest

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// reach finds the channel that a call may write to; s.mu is held.
func (s *Server) reach(t *team, id string) (*Channel, error) {
	c := t.channels[id]
	switch {
	case c == nil, c.Private && !c.Member:
		return nil, refuse("channel_not_found")
	case c.Archived:
		return nil, refuse("is_archived")
	case !c.Member:
		return nil, refuse("not_in_channel")
	}
	return c, nil
}

// checked is a message as the call brings it.
func checked(a arguments) (*message, error) {
	if err := checkBlocks(a.raw("blocks"), messageBlocks); err != nil {
		return nil, err
	}
	text := a.text("text")
	switch {
	case text == "" && len(a.raw("blocks")) == 0:
		return nil, refuse("no_text")
	case len([]rune(text)) > 40000:
		return nil, refuse("msg_too_long")
	}
	return &message{Channel: a.text("channel"), Thread: a.text("thread_ts"), Text: text, Blocks: a.raw("blocks"), Metadata: a.raw("metadata")}, nil
}

func postMessage(s *Server, t *team, a arguments) (map[string]any, error) {
	m, err := checked(a)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	_, err = s.reach(t, m.Channel)
	if err == nil {
		err = s.put(t, m)
	}
	s.mu.Unlock()
	if err != nil {
		return nil, err
	}
	s.tell(Sight{What: Said, Team: t.id, Channel: m.Channel, TS: m.TS, Thread: m.Thread, Delivery: a.deliveryID(), Text: m.Text, Blocks: m.Blocks})
	return map[string]any{"channel": m.Channel, "ts": m.TS}, nil
}

// put keeps a message, in its thread if it has one; s.mu is held.
func (s *Server) put(t *team, m *message) error {
	if limit := s.options.PostsPerSecond; limit > 0 && s.lately(t, m.Channel) >= limit {
		return refuse("ratelimited")
	}
	if m.Thread != "" {
		parent := t.message(m.Channel, m.Thread)
		if parent == nil {
			return refuse("thread_not_found")
		}
		m.TS = s.stamp()
		parent.Replies = append(parent.Replies, m)
		return nil
	}
	m.TS = s.stamp()
	t.messages = append(t.messages, m)
	return nil
}

// lately is how many messages a channel got in the last second; s.mu is held.
func (s *Server) lately(t *team, channel string) int {
	since, n := stampOf(s.options.Now().Add(-time.Second)), 0
	for _, m := range t.messages {
		if m.Channel == channel && m.Only == "" && m.TS > since {
			n++
		}
	}
	return n
}

func postEphemeral(s *Server, t *team, a arguments) (map[string]any, error) {
	m, err := checked(a)
	if err != nil {
		return nil, err
	}
	m.Only, m.Metadata = a.text("user"), nil
	s.mu.Lock()
	c, err := s.reach(t, m.Channel)
	if err == nil && !slices.Contains(c.people, m.Only) {
		err = refuse("user_not_in_channel")
	}
	if err == nil {
		err = s.put(t, m)
	}
	s.mu.Unlock()
	if err != nil {
		return nil, err
	}
	s.tell(Sight{What: Shown, Team: t.id, Channel: m.Channel, User: m.Only, TS: m.TS, Delivery: a.deliveryID(), Text: m.Text, Blocks: m.Blocks})
	return map[string]any{"message_ts": m.TS}, nil
}

func updateMessage(s *Server, t *team, a arguments) (map[string]any, error) {
	fresh, err := checked(a)
	if err != nil {
		return nil, err
	}
	ts := a.text("ts")
	s.mu.Lock()
	_, err = s.reach(t, fresh.Channel)
	m := t.message(fresh.Channel, ts)
	if err == nil && (m == nil || m.Only != "") {
		err = refuse("message_not_found")
	}
	if err == nil {
		m.Text, m.Blocks, m.Metadata = fresh.Text, fresh.Blocks, fresh.Metadata
	}
	s.mu.Unlock()
	if err != nil {
		return nil, err
	}
	s.tell(Sight{What: Changed, Team: t.id, Channel: m.Channel, TS: ts, Delivery: a.deliveryID(), Text: m.Text, Blocks: m.Blocks})
	return map[string]any{"channel": m.Channel, "ts": ts}, nil
}

func openConversation(s *Server, t *team, a arguments) (map[string]any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	users := strings.Split(a.text("users"), ",")
	u := t.users[users[0]]
	switch {
	case len(users) != 1 || users[0] == t.bot:
		return nil, refuse("invalid_user_combination")
	case u == nil:
		return nil, refuse("users_not_found")
	case u.Deleted:
		return nil, refuse("user_disabled")
	case u.NoMessages, u.Stranger:
		return nil, refuse("cannot_dm_bot")
	}
	return map[string]any{"channel": map[string]any{"id": t.direct(u.ID)}}, nil
}

func history(s *Server, t *team, a arguments) (map[string]any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := t.channels[a.text("channel")]; c == nil || !c.Member {
		return nil, refuse("channel_not_found")
	}
	var page []map[string]any
	for _, m := range slices.Backward(t.messages) {
		if m.Channel == a.text("channel") && m.Only == "" && m.TS >= a.text("oldest") {
			page = append(page, m.plain(a))
		}
	}
	return paged(page, a), nil
}

func replies(s *Server, t *team, a arguments) (map[string]any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	parent := t.message(a.text("channel"), a.text("ts"))
	if parent == nil {
		return nil, refuse("thread_not_found")
	}
	page := []map[string]any{parent.plain(a)}
	for _, m := range parent.Replies {
		if m.TS >= a.text("oldest") {
			page = append(page, m.plain(a))
		}
	}
	return paged(page, a), nil
}

// paged is the page of messages that a cursor stands for: the number of those
// before it. https://docs.slack.dev/apis/web-api/pagination
func paged(all []map[string]any, a arguments) map[string]any {
	from, _ := strconv.Atoi(a.text("cursor"))
	limit, _ := strconv.Atoi(a.text("limit"))
	from = min(from, len(all))
	end := min(from+cmp.Or(limit, 100), len(all))
	out := map[string]any{"messages": all[from:end], "has_more": end < len(all)}
	if end < len(all) {
		out["response_metadata"] = map[string]any{"next_cursor": strconv.Itoa(end)}
	}
	return out
}

// plain is a message as history has it; metadata only where they were asked for.
func (m *message) plain(a arguments) map[string]any {
	out := map[string]any{"type": "message", "ts": m.TS, "text": m.Text, "blocks": m.Blocks}
	if m.Thread != "" {
		out["thread_ts"] = m.Thread
	}
	if n := len(m.Replies); n > 0 {
		out["reply_count"], out["latest_reply"] = n, m.Replies[n-1].TS
	}
	if all := a.text("include_all_metadata"); all == "1" || all == "true" {
		out["metadata"] = m.Metadata
	}
	return out
}

func conversations(s *Server, t *team, _ arguments) (map[string]any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := []map[string]any{}
	for _, c := range t.channels {
		if c.Member && !c.Archived && !strings.HasPrefix(c.ID, "D") {
			list = append(list, map[string]any{"id": c.ID, "name": c.Name, "is_private": c.Private})
		}
	}
	return map[string]any{"channels": list}, nil
}

// stampOf is a time as a timestamp.
func stampOf(t time.Time) string { return fmt.Sprintf("%d.%06d", t.Unix(), t.Nanosecond()/1000) }
