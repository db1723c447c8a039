package slacktest

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
)

// arguments are what a call brings, from a form or from JSON. Values that are
// JSON themselves are decoded; the token is not among them.
type arguments map[string]any

// refuse is an error as Slack names it.
type refuse string

func (r refuse) Error() string { return string(r) }

// method is one method of the Web API. It answers with fields beside "ok".
type method struct {
	app bool // needs the app's token
	do  func(s *Server, t *team, a arguments) (map[string]any, error)
}

// methods are those that the bot may call.
func methods() map[string]method {
	return map[string]method{
		"auth.test":                    {do: authTest},
		"bots.info":                    {do: botInfo},
		"apps.connections.open":        {app: true, do: openConnection},
		"chat.postMessage":             {do: postMessage},
		"chat.postEphemeral":           {do: postEphemeral},
		"chat.update":                  {do: updateMessage},
		"conversations.open":           {do: openConversation},
		"conversations.history":        {do: history},
		"conversations.replies":        {do: replies},
		"users.conversations":          {do: conversations},
		"users.info":                   {do: userInfo},
		"views.open":                   {do: viewsOpen},
		"views.publish":                {do: viewsPublish},
		"files.getUploadURLExternal":   {do: uploadURL},
		"files.completeUploadExternal": {do: completeUpload},
	}
}

func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request) {
	name := tail(r.URL.Path)
	a, token := readArguments(r)
	s.log.write(name, a)
	scripted, planned := s.scriptedAnswer(name)
	if planned && !scripted.Done {
		scripted.write(w, r)
		return
	}
	answer, err := s.call(name, token, a)
	if planned {
		scripted.write(w, r)
		return
	}
	if t := s.owner(token); t != nil {
		w.Header().Set("X-OAuth-Scopes", strings.Join(t.scopes, ","))
	}
	switch {
	case errors.Is(err, refuse("ratelimited")):
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(http.StatusTooManyRequests)
		s.note(name, err)
	case err != nil:
		s.note(name, err)
		writeJSON(w, map[string]any{"ok": false, "error": err.Error()})
	default:
		answer["ok"] = true
		writeJSON(w, answer)
	}
}

func (s *Server) note(method string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refused = append(s.refused, Refusal{method, err.Error()})
}

func (s *Server) owner(token string) *team {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tokens[token]
}

// call checks the token and does what the method does.
func (s *Server) call(name, token string, a arguments) (map[string]any, error) {
	m, known := methods()[name]
	t := s.owner(token)
	switch {
	case !known:
		return nil, refuse("unknown_method")
	case token == "":
		return nil, refuse("not_authed")
	case t == nil:
		return nil, refuse("invalid_auth")
	case t.revoked != "":
		return nil, refuse(t.revoked)
	case m.app != strings.HasPrefix(token, "xapp-"):
		return nil, refuse("not_allowed_token_type")
	}
	return m.do(s, t, a)
}

// readArguments accepts what Slack accepts: a form with the token in it, or
// JSON with the token in the header.
func readArguments(r *http.Request) (arguments, string) {
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	a := arguments{}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		body, _ := io.ReadAll(io.LimitReader(r.Body, 1<<20))
		_ = json.Unmarshal(body, &a)
		return a, token
	}
	_ = r.ParseForm()
	for key, values := range r.Form {
		a[key] = decoded(key, values[0])
	}
	if given, ok := a["token"].(string); ok {
		token = given
		delete(a, "token")
	}
	return a, token
}

// decoded reads an argument that is JSON in a form.
func decoded(key, value string) any {
	switch key {
	case "blocks", "metadata", "files", "view":
		var out any
		if json.Unmarshal([]byte(value), &out) == nil {
			return out
		}
	}
	return value
}

func (a arguments) text(key string) string {
	text, _ := a[key].(string)
	return text
}

func (a arguments) raw(key string) json.RawMessage {
	if a[key] == nil {
		return nil
	}
	data, _ := json.Marshal(a[key])
	return data
}

// deliveryID is the id in a message's metadata.
func (a arguments) deliveryID() string {
	var meta struct {
		Payload struct {
			ID string `json:"id"`
		} `json:"event_payload"`
	}
	_ = json.Unmarshal(a.raw("metadata"), &meta)
	return meta.Payload.ID
}

func authTest(_ *Server, t *team, _ arguments) (map[string]any, error) {
	return map[string]any{"team_id": t.id, "team": t.name, "user_id": t.bot, "user": "interlab", "bot_id": "B" + t.id}, nil
}

// botInfo is of the bot of the team's own app alone.
func botInfo(_ *Server, t *team, a arguments) (map[string]any, error) {
	if a.text("bot") != "B"+t.id {
		return nil, refuse("bot_not_found")
	}
	return map[string]any{"bot": map[string]any{"id": "B" + t.id, "app_id": t.app(), "name": "interlab"}}, nil
}

func userInfo(s *Server, t *team, a arguments) (map[string]any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := t.users[a.text("user")]
	if u == nil {
		return nil, refuse("user_not_found")
	}
	own := t.id
	if u.Team != "" {
		own = u.Team
	}
	return map[string]any{"user": map[string]any{
		"id": u.ID, "team_id": own, "name": strings.ToLower(u.Name), "tz": u.Zone, "is_stranger": u.Stranger, "deleted": u.Deleted,
		"is_restricted": u.Guest || u.ChannelGuest, "is_ultra_restricted": u.ChannelGuest, "is_bot": u.Bot,
		"profile": map[string]any{"real_name": u.Name, "display_name": u.Name},
	}}, nil
}
