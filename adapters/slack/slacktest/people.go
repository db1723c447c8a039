package slacktest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Delivery is an envelope on its way to the bot.
type Delivery struct {
	server  *Server
	team    string
	kind    string
	payload map[string]any
	form    *openView
	done    chan struct{}
	answer  json.RawMessage
	sent    time.Time
	repeats int
	After   time.Duration // from sending to the acknowledgement; set once that is there
}

// ErrNobody is what somebody gets whose deed Slack has nobody to tell of: the
// app is removed, or none of its connections is open.
var ErrNobody = errors.New("no connection of the app is open")

// Acked waits for the acknowledgement and returns its payload.
func (d *Delivery) Acked(ctx context.Context) (json.RawMessage, error) {
	select {
	case <-d.done:
		return d.answer, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("wait for the acknowledgement of a %s: %w", d.kind, ctx.Err())
	}
}

// Again sends the same thing once more, in a new envelope, as Slack does at
// once, after one minute and after five.
func (d *Delivery) Again() (*Delivery, error) {
	return d.server.send(d.team, d.kind, d.payload, nil, d.repeats+1)
}

func (d *Delivery) acknowledge(payload json.RawMessage) {
	s := d.server
	s.mu.Lock()
	select {
	case <-d.done:
		s.mu.Unlock()
		return
	default:
	}
	d.After = time.Since(d.sent)
	if d.After > ackLimit {
		s.lateAcks++
	}
	d.answer = payload
	form := d.form
	s.mu.Unlock()
	if form != nil {
		s.settle(form, payload)
	}
	close(d.done)
}

// send puts a payload into an envelope, to the next connection in turn.
func (s *Server) send(team, kind string, payload map[string]any, form *openView, repeats int) (*Delivery, error) {
	s.mu.Lock()
	open := s.of(team)
	if len(open) == 0 || s.teams[team].removed {
		s.mu.Unlock()
		return nil, ErrNobody
	}
	id := s.id("envelope-")
	d := &Delivery{server: s, team: team, kind: kind, payload: payload, form: form, done: make(chan struct{}), sent: time.Now(), repeats: repeats}
	s.envelopes[id] = d
	s.turn++
	c := open[s.turn%len(open)]
	s.mu.Unlock()
	envelope := map[string]any{"envelope_id": id, "type": kind, "payload": payload, "accepts_response_payload": kind != "events_api"}
	if repeats > 0 {
		envelope["retry_attempt"], envelope["retry_reason"] = repeats, "timeout"
	}
	return d, c.write(envelope)
}

// Send sends a payload of the test's own.
func (s *Server) Send(team, kind string, payload map[string]any) (*Delivery, error) {
	return s.send(team, kind, payload, nil, 0)
}

// Slash types a slash command.
func (s *Server) Slash(team, user, channel, text string) (*Delivery, error) {
	s.mu.Lock()
	t := s.teams[team]
	payload := map[string]any{
		"team_id": team, "channel_id": channel, "user_id": user, "user_name": user, "command": "/interlab", "text": text,
		"response_url": s.hook(t, channel, user, ""), "trigger_id": s.trigger(team, user), "api_app_id": "A1",
	}
	s.mu.Unlock()
	return s.Send(team, "slash_commands", payload)
}

// Say types a message into the direct conversation with the bot.
func (s *Server) Say(team, user, text string) (*Delivery, error) {
	return s.Event(team, map[string]any{
		"type": "message", "channel_type": "im", "channel": s.Direct(team, user), "user": user, "text": text,
	})
}

// Event lets something happen, as the Events API tells it.
func (s *Server) Event(team string, inner map[string]any) (*Delivery, error) {
	s.mu.Lock()
	payload := map[string]any{
		"type": "event_callback", "team_id": team, "api_app_id": "A1", "event_id": s.id("Ev"), "event_time": s.options.Now().Unix(),
		"event": inner, "authorizations": []any{map[string]any{"team_id": team, "user_id": "UBOT" + team, "is_bot": true}},
	}
	inner["event_ts"] = s.stamp()
	s.mu.Unlock()
	return s.Send(team, "events_api", payload)
}

// Press presses a button, or chooses an option where value is not empty, on a
// message that stands in a channel. It is an error that there is no such control.
func (s *Server) Press(team, user, channel, ts, action, value string) (*Delivery, error) {
	s.mu.Lock()
	t := s.teams[team]
	m := t.message(channel, ts)
	if m == nil {
		s.mu.Unlock()
		return nil, fmt.Errorf("no message %s in %s", ts, channel)
	}
	pressed, err := m.control(action, value)
	if err != nil {
		s.mu.Unlock()
		return nil, err
	}
	payload := map[string]any{
		"type": "block_actions", "team": map[string]any{"id": team}, "user": s.who(t, user), "api_app_id": "A1",
		"trigger_id": s.trigger(team, user), "response_url": s.hook(t, channel, user, ts),
		"container": map[string]any{"type": "message", "message_ts": ts, "channel_id": channel, "is_ephemeral": m.Only != ""},
		"channel":   map[string]any{"id": channel}, "actions": []any{pressed},
		"message": map[string]any{"type": "message", "ts": ts, "text": m.Text, "blocks": m.Blocks},
	}
	s.mu.Unlock()
	return s.Send(team, "interactive", payload)
}

// Forge presses a control that stands nowhere the user can see, as a program
// could with the user's own session: on no message, with a trigger that is good.
func (s *Server) Forge(team, user, action, value string) (*Delivery, error) {
	s.mu.Lock()
	t := s.teams[team]
	payload := map[string]any{
		"type": "block_actions", "team": map[string]any{"id": team}, "user": s.who(t, user), "trigger_id": s.trigger(team, user),
		"container": map[string]any{"type": "message", "message_ts": "1.000001", "channel_id": t.direct(user)},
		"actions":   []any{map[string]any{"type": "button", "action_id": action, "value": value, "selected_option": map[string]any{"value": value}}},
	}
	s.mu.Unlock()
	return s.Send(team, "interactive", payload)
}

// PressHome presses a button on the home view.
func (s *Server) PressHome(team, user, action string) (*Delivery, error) {
	s.mu.Lock()
	t := s.teams[team]
	m := &message{Blocks: t.homes[user]}
	pressed, err := m.control(action, "")
	payload := map[string]any{
		"type": "block_actions", "team": map[string]any{"id": team}, "user": s.who(t, user), "trigger_id": s.trigger(team, user),
		"container": map[string]any{"type": "view", "view_id": "VHOME" + user}, "actions": []any{pressed},
		"view": map[string]any{"id": "VHOME" + user, "type": "home", "blocks": m.Blocks},
	}
	s.mu.Unlock()
	if err != nil {
		return nil, err
	}
	return s.Send(team, "interactive", payload)
}

// Submit fills in an open form and sends it.
func (s *Server) Submit(view string, values map[string]string) (*Delivery, error) {
	s.mu.Lock()
	v := s.views[view]
	if v == nil {
		s.mu.Unlock()
		return nil, fmt.Errorf("form %s is not open", view)
	}
	t := s.teams[v.team]
	payload := map[string]any{
		"type": "view_submission", "team": map[string]any{"id": v.team}, "user": s.who(t, v.user), "trigger_id": s.trigger(v.team, v.user),
		"view": map[string]any{
			"id": v.ID, "type": "modal", "callback_id": v.CallbackID, "private_metadata": v.PrivateMetadata,
			"blocks": v.Blocks, "state": map[string]any{"values": v.state(values)},
		},
	}
	s.mu.Unlock()
	return s.send(v.team, "interactive", payload, v, 0)
}

// who is a user as interactions name them; s.mu is held.
func (s *Server) who(t *team, user string) map[string]any {
	own, name := t.id, user
	if u := t.users[user]; u != nil {
		name = u.Name
		if u.Team != "" {
			own = u.Team
		}
	}
	return map[string]any{"id": user, "name": name, "username": name, "team_id": own}
}

// control is a control of a message as it is pressed.
func (m *message) control(action, value string) (map[string]any, error) {
	var blocks []block
	_ = json.Unmarshal(m.Blocks, &blocks)
	for _, b := range blocks {
		for _, e := range b.Elements {
			if b.Type != "actions" || e.ActionID != action {
				continue
			}
			pressed := map[string]any{"type": e.Type, "action_id": action, "block_id": b.ID, "action_ts": "1"}
			if e.Type == "button" {
				pressed["value"] = e.Value
				return pressed, nil
			}
			for _, o := range e.Options {
				if o.Value == value {
					pressed["selected_option"] = map[string]any{"value": value}
					return pressed, nil
				}
			}
		}
	}
	return nil, fmt.Errorf("the message has no control %q with the value %q", action, value)
}
