package slacktest

import "encoding/json"

// What says what people see.
type What string

// The sights.
const (
	Said    What = "said"    // a message in a channel or a direct conversation
	Shown   What = "shown"   // a message that one user sees
	Changed What = "changed" // a message that was there before
	Opened  What = "opened"  // a form
	Refused What = "refused" // a form that stays open, with errors
	Taken   What = "taken"   // a form that closed
	Home    What = "home"    // a home view
	Shared  What = "shared"  // files
)

// Sight is something that people see.
type Sight struct {
	What              What
	Team, Channel     string
	User              string // who alone sees it; empty for all in the channel
	TS, Thread        string
	Delivery          string // the id in the metadata
	Text              string
	Blocks            json.RawMessage
	View              View
	Errors            map[string]string
	Files             []File
	ByAnswer, Replace bool // came by a response_url; replaced the original
}

// View is an open form or a home view.
type View struct {
	ID              string          `json:"id,omitempty"`
	Type            string          `json:"type"`
	CallbackID      string          `json:"callback_id"`
	PrivateMetadata string          `json:"private_metadata"`
	Title           Plain           `json:"title"`
	Submit          Plain           `json:"submit"`
	Blocks          json.RawMessage `json:"blocks"`
}

// Plain is a text object.
type Plain struct {
	Type string `json:"type"`
	Text string `json:"text"`
}

// File is a file that was uploaded.
type File struct {
	ID, Name, Alt string
	Size          int
	Data          []byte
}
