package slack

import (
	"encoding/json"
	"errors"

	"github.com/slack-go/slack/socketmode"

	"interlab/bot/chat/desk"
)

// maxEnvelope is the largest envelope that is looked into, in bytes. A view
// has at most 250 kB, and nothing that Slack sends for us is larger than what
// carries one. https://docs.slack.dev/surfaces/modals
const maxEnvelope = 512 << 10

// envelope is what comes over the socket, with its payload still as bytes.
// Payloads are read here into what is used of them, and not by the library's
// types: a block or a field of tomorrow must not make an event unreadable.
type envelope struct {
	ID      string          `json:"envelope_id"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload"`
}

// payload reads an envelope's payload as the type that belongs to it.
func payload[T any](e envelope) (T, error) {
	if len(e.Payload) > maxEnvelope {
		var none T
		return none, errors.New(e.Type + " that is too large")
	}
	return desk.Decode[T](e.Type, e.Payload)
}

// The kinds of envelopes.
const (
	envelopeEvents      = string(socketmode.RequestTypeEventsAPI)
	envelopeSlash       = string(socketmode.RequestTypeSlashCommands)
	envelopeInteractive = string(socketmode.RequestTypeInteractive)
)

// slash is a slash command.
// https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling
type slash struct {
	Team        string `json:"team_id"`
	Channel     string `json:"channel_id"`
	User        string `json:"user_id"`
	UserName    string `json:"user_name"`
	Text        string `json:"text"`
	ResponseURL string `json:"response_url"`
	Trigger     string `json:"trigger_id"`
}

// interaction is a press or a submitted form.
// https://docs.slack.dev/reference/interaction-payloads
type interaction struct {
	Type string `json:"type"`
	Team struct {
		ID string `json:"id"`
	} `json:"team"`
	User struct {
		ID   string `json:"id"`
		Name string `json:"name"`
		Team string `json:"team_id"`
	} `json:"user"`
	Trigger     string    `json:"trigger_id"`
	ResponseURL string    `json:"response_url"`
	Container   container `json:"container"`
	Actions     []action  `json:"actions"`
	View        view      `json:"view"`
}

// container is where the pressed control stands.
type container struct {
	Type      string `json:"type"`
	Channel   string `json:"channel_id"`
	Message   string `json:"message_ts"`
	Ephemeral bool   `json:"is_ephemeral"`
}

// action is a pressed button or a chosen option.
type action struct {
	ID       string `json:"action_id"`
	Value    string `json:"value"` // of a button, or of a field: null where that is empty
	Selected struct {
		Value string `json:"value"`
	} `json:"selected_option"` // null for none
}

// view is a submitted form, or the home view that carries a control.
type view struct {
	Callback string `json:"callback_id"`
	Private  string `json:"private_metadata"`
	State    struct {
		Values map[string]map[string]action `json:"values"`
	} `json:"state"`
	Blocks []struct {
		ID   string `json:"block_id"`
		Type string `json:"type"`
	} `json:"blocks"`
}

// outerEvent is an event of the Events API.
// https://docs.slack.dev/apis/events-api/#callback-field
type outerEvent struct {
	Team  string     `json:"team_id"`
	ID    string     `json:"event_id"`
	Event innerEvent `json:"event"`
}

type innerEvent struct {
	Type        string          `json:"type"`
	Subtype     string          `json:"subtype"`
	User        string          `json:"user"`
	UserTeam    string          `json:"user_team"`
	Bot         string          `json:"bot_id"`
	Inviter     string          `json:"inviter"`
	Channel     json.RawMessage `json:"channel"` // an id, or an object where a channel is told of
	ChannelType string          `json:"channel_type"`
	Text        string          `json:"text"`
	Tab         string          `json:"tab"`
	Tokens      struct {
		Bot []string `json:"bot"`
	} `json:"tokens"` // those that were revoked
}

// channel is the channel's id, whatever form it comes in.
func (e innerEvent) channel() string {
	var id string
	if json.Unmarshal(e.Channel, &id) == nil {
		return id
	}
	var object struct {
		ID string `json:"id"`
	}
	_ = json.Unmarshal(e.Channel, &object) // nothing is the answer to nonsense
	return object.ID
}
