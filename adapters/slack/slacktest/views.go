package slacktest

import (
	"encoding/json"
	"time"
)

// triggerLife is how long a trigger opens a form; it opens one.
// https://docs.slack.dev/surfaces/modals#trigger_id
const triggerLife = 3 * time.Second

type trigger struct {
	team, user string
	made       time.Time
	used       bool
}

type openView struct {
	View
	team, user string
}

// trigger is a new one; s.mu is held.
func (s *Server) trigger(team, user string) string {
	id := s.id("trigger.")
	s.triggers[id] = &trigger{team: team, user: user, made: time.Now()}
	return id
}

// ExpireTriggers lets all triggers be too old.
func (s *Server) ExpireTriggers() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range s.triggers {
		t.made = t.made.Add(-triggerLife)
	}
}

func readView(a arguments) (View, error) {
	var v View
	raw := a.raw("view")
	if len(raw) > 250<<10 {
		return v, refuse("view_too_large")
	}
	if json.Unmarshal(raw, &v) != nil {
		return v, refuse("invalid_arguments")
	}
	if checkBlocks(v.Blocks, viewBlocks) != nil || !between(v.CallbackID, 0, 255) || !between(v.PrivateMetadata, 0, 3000) {
		return v, refuse("invalid_arguments")
	}
	return v, nil
}

func viewsOpen(s *Server, t *team, a arguments) (map[string]any, error) {
	v, err := readView(a)
	if err != nil {
		return nil, err
	}
	if v.Type != "modal" || !between(v.Title.Text, 1, 24) || !between(v.Submit.Text, 1, 24) {
		return nil, refuse("invalid_arguments")
	}
	s.mu.Lock()
	by := s.triggers[a.text("trigger_id")]
	switch {
	case by == nil || by.team != t.id:
		err = refuse("invalid_trigger_id")
	case by.used:
		err = refuse("exchanged_trigger_id")
	case time.Since(by.made) > triggerLife:
		err = refuse("expired_trigger_id")
	}
	if err != nil {
		s.mu.Unlock()
		return nil, err
	}
	by.used = true
	v.ID = s.id("V")
	s.views[v.ID] = &openView{View: v, team: t.id, user: by.user}
	s.mu.Unlock()
	s.tell(Sight{What: Opened, Team: t.id, User: by.user, View: v})
	return map[string]any{"view": map[string]any{"id": v.ID, "type": "modal"}}, nil
}

func viewsPublish(s *Server, t *team, a arguments) (map[string]any, error) {
	v, err := readView(a)
	if err != nil {
		return nil, err
	}
	user := a.text("user_id")
	s.mu.Lock()
	known := t.users[user] != nil
	t.homes[user] = v.Blocks
	s.mu.Unlock()
	if !known || v.Type != "home" {
		return nil, refuse("invalid_arguments")
	}
	s.tell(Sight{What: Home, Team: t.id, User: user, View: v, Blocks: v.Blocks})
	return map[string]any{"view": map[string]any{"id": "VHOME" + user, "type": "home"}}, nil
}

// settle does with an open form what the acknowledgement of its submission
// says: it closes, or stays open with errors below inputs that it has.
func (s *Server) settle(v *openView, payload json.RawMessage) {
	var answer struct {
		Action string            `json:"response_action"`
		Errors map[string]string `json:"errors"`
	}
	_ = json.Unmarshal(payload, &answer)
	if answer.Action != "errors" {
		s.mu.Lock()
		delete(s.views, v.ID)
		s.mu.Unlock()
		s.tell(Sight{What: Taken, Team: v.team, User: v.user, View: v.View})
		return
	}
	inputs := map[string]bool{}
	for _, b := range v.blocks() {
		inputs[b.ID] = b.Type == "input"
	}
	for field := range answer.Errors {
		if !inputs[field] {
			s.note("view_submission", refuse("error of no input: "+field))
		}
	}
	s.tell(Sight{What: Refused, Team: v.team, User: v.user, View: v.View, Errors: answer.Errors})
}

func (v *openView) blocks() []block {
	var blocks []block
	_ = json.Unmarshal(v.Blocks, &blocks)
	return blocks
}

// state is what stands in a form once somebody has filled in some fields; the
// others keep what they opened with.
func (v *openView) state(values map[string]string) map[string]any {
	state := map[string]any{}
	for _, b := range v.blocks() {
		if b.Type != "input" {
			continue
		}
		value, given := values[b.ID]
		state[b.ID] = map[string]any{b.Element.ActionID: b.Element.filled(value, given)}
	}
	return state
}

func (b *block) filled(value string, given bool) map[string]any {
	out := map[string]any{"type": b.Type}
	if b.Type != "static_select" {
		if !given {
			value = b.InitialValue
		}
		out["value"] = nil
		if value != "" {
			out["value"] = value
		}
		return out
	}
	if !given && b.Initial != nil {
		value = b.Initial.Value
	}
	out["selected_option"] = nil
	if value != "" {
		out["selected_option"] = map[string]any{"value": value}
	}
	return out
}
