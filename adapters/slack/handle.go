package slack

import (
	"net/url"
	"strings"
	"time"

	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

// handleLife is how long a response_url can be used, less what a slow answer
// takes. https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
const handleLife = 29 * time.Minute

// way is how an event can be answered. It travels in the event's handle, and in
// the private_metadata of a form that the event opened.
type way struct {
	URL       string `json:"u,omitempty"` // response_url
	Ephemeral bool   `json:"e,omitempty"` // the event came from what only the person sees
	Channel   string `json:"c,omitempty"` // of the message that carries the control
	Message   string `json:"m,omitempty"` // that message
	Place     string `json:"p,omitempty"` // the place's channel, empty for the direct conversation
	Home      bool   `json:"h,omitempty"` // the event came from the home view
}

// handle is the way as an event carries it; the response_url is the part that
// expires.
func (w way) handle(now time.Time) chat.Handle {
	return chat.Handle{Token: desk.Token(w), Expires: now.Add(handleLife)}
}

// posted is the message that carries the control, if it can be changed.
func (w way) posted(home chat.Home) chat.Posted {
	if w.Message == "" || w.Ephemeral {
		return chat.Posted{}
	}
	return landed(home, w.Channel, w.Message)
}

// landed is where a message of a channel is.
func landed(home chat.Home, channel, ts string) chat.Posted {
	return home.Landed(channel, ts, direct(channel))
}

// direct reports whether a channel's id is that of a direct conversation.
func direct(channel string) bool { return strings.HasPrefix(channel, "D") }

// placed is the place of a channel.
func placed(home chat.Home, channel string) chat.Place { return home.In(channel, direct(channel)) }

// trusted reports whether a response_url leads to Slack, or to the host that
// stands for it: nothing that came over a wire may choose where we send.
func (a *Adapter) trusted(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	if a.base != defaultAPI {
		api, err := url.Parse(a.base)
		return err == nil && u.Host == api.Host && u.Scheme == api.Scheme
	}
	return u.Scheme == "https" && (u.Host == "hooks.slack.com" || u.Host == "hooks.slack-gov.com")
}
