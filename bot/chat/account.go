package chat

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Platform names a chat service, in lower case. The core never compares it
// with a constant: it only carries it back to the adapter that it came from.
type Platform string

// Account is one person's account on one platform.
//
// Team is empty where user ids are unique over the whole platform; where they
// are unique only inside a workspace, Team is that workspace.
type Account struct {
	Platform Platform `json:"platform"`
	Team     string   `json:"team,omitempty"`
	User     string   `json:"user"`
}

// ErrAccount is the cause of every error of ParseAccount and ParseHome.
var ErrAccount = errors.New("not an account")

// ParseAccount reads "platform:team/user" or "platform:user", as String writes it.
func ParseAccount(text string) (Account, error) {
	platform, rest, ok := strings.Cut(text, ":")
	if !ok {
		return Account{}, fmt.Errorf("%w: %q has no platform", ErrAccount, text)
	}
	team, user, ok := strings.Cut(rest, "/")
	if !ok {
		team, user = "", rest
	}
	if !word(platform) || !word(user) || (ok && !word(team)) {
		return Account{}, fmt.Errorf("%w: %q", ErrAccount, text)
	}
	return Account{Platform: Platform(platform), Team: team, User: user}, nil
}

// String is "platform:team/user", or "platform:user" where there is no team.
func (a Account) String() string {
	if a.Team == "" {
		return string(a.Platform) + ":" + a.User
	}
	return string(a.Platform) + ":" + a.Team + "/" + a.User
}

// IsZero reports whether the account names nobody.
func (a Account) IsZero() bool { return a == Account{} }

// Home is a workspace or server that a lab keeps on a platform.
type Home struct {
	Platform Platform `json:"platform"`
	ID       string   `json:"id"`
}

// ParseHome reads "platform:id", as String writes it.
func ParseHome(text string) (Home, error) {
	platform, id, ok := strings.Cut(text, ":")
	if !ok || !word(platform) || !word(id) {
		return Home{}, fmt.Errorf("%w: %q is no home", ErrAccount, text)
	}
	return Home{Platform: Platform(platform), ID: id}, nil
}

// String is "platform:id".
func (h Home) String() string { return string(h.Platform) + ":" + h.ID }

// IsZero reports whether the home is unknown.
func (h Home) IsZero() bool { return h == Home{} }

// Place is a channel of a home, or a direct conversation with the bot when
// Channel is empty.
type Place struct {
	Home    Home   `json:"home"`
	Channel string `json:"channel,omitempty"`
}

// Direct reports whether the place is a direct conversation with the bot.
func (p Place) Direct() bool { return p.Channel == "" }

// In is the place of a channel in a home. Of a direct conversation the place
// names no channel.
func (h Home) In(channel string, direct bool) Place {
	if direct {
		channel = ""
	}
	return Place{Home: h, Channel: channel}
}

// Posted says where a message landed, so that it can be edited or threaded under.
// What Landed made, Address reads.
type Posted struct {
	Place   Place  `json:"place"`
	Message string `json:"message"`
}

// Landed is where a message of a channel is. In a direct conversation, of which
// the place names no channel, the message does, before a slash.
func (h Home) Landed(channel, message string, direct bool) Posted {
	if direct {
		message = channel + "/" + message
	}
	return Posted{Place: h.In(channel, direct), Message: message}
}

// Address is the channel in which a message is, and its id there. Some are kept
// with a hyphen for the slash.
func (p Posted) Address() (channel, message string) {
	if at := strings.IndexAny(p.Message, "/-"); at >= 0 && p.Place.Direct() {
		return p.Message[:at], p.Message[at+1:]
	}
	return p.Place.Channel, p.Message
}

// Handle is what an adapter needs to answer one event. Its token is opaque to
// the core and is worth nothing after Expires; it is kept in the store with the
// event, so that any replica can give the answer.
type Handle struct {
	Token   string    `json:"token,omitempty"`
	Expires time.Time `json:"expires,omitzero"`
}

// Over reports whether the handle's end has passed; one without an end has none.
func (h Handle) Over(now time.Time) bool { return !h.Expires.IsZero() && now.After(h.Expires) }

// Profile is what a platform tells about an account. Zone is an IANA name, or
// empty on platforms that do not tell.
type Profile struct {
	Name string `json:"name"`
	Zone string `json:"zone,omitempty"`
	// Guest is true for whom the platform calls a guest, a stranger or a bot.
	Guest bool `json:"guest,omitempty"`
}

// word reports whether s is a non-empty id that cannot break the textual forms
// above: printable ASCII without separators.
func word(s string) bool {
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7f || c == ':' || c == '/' {
			return false
		}
	}
	return s != ""
}
