package slacktest

import (
	"encoding/json"
	"unicode/utf8"
)

// How many blocks a surface takes.
// https://docs.slack.dev/reference/block-kit/blocks
const (
	messageBlocks = 50
	viewBlocks    = 100
)

// block is what is checked of any block or element.
type block struct {
	Type     string          `json:"type"`
	ID       string          `json:"block_id"`
	Text     json.RawMessage `json:"text"`
	Elements []block         `json:"elements"`
	Element  *block          `json:"element"`
	Label    *Plain          `json:"label"`
	Hint     *Plain          `json:"hint"`

	ActionID      string          `json:"action_id"`
	Value         string          `json:"value"`
	UserID        string          `json:"user_id"`
	URL           string          `json:"url"`
	Placeholder   *Plain          `json:"placeholder"`
	Options       []option        `json:"options"`
	Initial       *option         `json:"initial_option"`
	InitialValue  string          `json:"initial_value"`
	MaxLength     *int            `json:"max_length"`
	Timestamp     int64           `json:"timestamp"`
	Format        string          `json:"format"`
	Optional      bool            `json:"optional"`
	Style         json.RawMessage `json:"style"`
	Multiline     bool            `json:"multiline"`
	DispatchInput bool            `json:"dispatch_action"`
}

type option struct {
	Text        Plain  `json:"text"`
	Value       string `json:"value"`
	Description *Plain `json:"description"`
}

// checkBlocks refuses what Slack refuses in blocks: types, counts, lengths, and
// ids that are there twice.
func checkBlocks(raw json.RawMessage, most int) error {
	if len(raw) == 0 {
		return nil
	}
	var blocks []block
	if json.Unmarshal(raw, &blocks) != nil || len(blocks) > most {
		return refuse("invalid_blocks")
	}
	ids := map[string]bool{}
	for _, b := range blocks {
		if len(b.ID) > 255 || b.ID != "" && ids[b.ID] || !b.good() {
			return refuse("invalid_blocks")
		}
		ids[b.ID] = true
	}
	return nil
}

func (b block) good() bool {
	switch b.Type {
	case "header":
		return between(b.plain().Text, 1, 150) && b.plain().Type == "plain_text"
	case "rich_text":
		return all(b.Elements, func(s block) bool { return s.Type == "rich_text_section" && all(s.Elements, block.goodSpan) })
	case "context":
		return len(b.Elements) >= 1 && len(b.Elements) <= 10 && all(b.Elements, func(e block) bool { return between(e.string(), 1, 2000) })
	case "actions":
		ids := map[string]bool{}
		for _, e := range b.Elements {
			if ids[e.ActionID] || !e.goodControl() {
				return false
			}
			ids[e.ActionID] = true
		}
		return len(b.Elements) >= 1 && len(b.Elements) <= 25
	case "input":
		return b.Label != nil && between(b.Label.Text, 1, 2000) && (b.Hint == nil || between(b.Hint.Text, 1, 2000)) && b.Element != nil && b.Element.goodControl()
	}
	return false
}

// goodSpan checks an element of rich text. An empty text is refused.
func (b block) goodSpan() bool {
	switch b.Type {
	case "text":
		return b.string() != ""
	case "link":
		return between(b.URL, 1, 3000)
	case "user":
		return b.UserID != ""
	case "date":
		return b.Timestamp > 0 && b.Format != ""
	}
	return false
}

func (b block) goodControl() bool {
	if !between(b.ActionID, 1, 255) {
		return false
	}
	switch b.Type {
	case "button":
		return between(b.plain().Text, 1, 75) && between(b.Value, 0, 2000)
	case "static_select":
		return b.goodSelect()
	case "plain_text_input":
		return b.MaxLength == nil || *b.MaxLength >= 1 && *b.MaxLength <= 3000 && between(b.InitialValue, 0, *b.MaxLength)
	}
	return false
}

func (b block) goodSelect() bool {
	values := map[string]bool{}
	for _, o := range b.Options {
		if !between(o.Text.Text, 1, 75) || !between(o.Value, 1, 150) || values[o.Value] || o.Description != nil && !between(o.Description.Text, 1, 75) {
			return false
		}
		values[o.Value] = true
	}
	return len(b.Options) >= 1 && len(b.Options) <= 100 && (b.Placeholder == nil || between(b.Placeholder.Text, 1, 150)) &&
		(b.Initial == nil || values[b.Initial.Value])
}

// plain is the text where it is an object, as in all but rich text.
func (b block) plain() Plain {
	var p Plain
	_ = json.Unmarshal(b.Text, &p)
	return p
}

// string is the text, in whichever form it stands.
func (b block) string() string {
	var s string
	if json.Unmarshal(b.Text, &s) == nil {
		return s
	}
	return b.plain().Text
}

func between(text string, least, most int) bool {
	n := utf8.RuneCountInString(text)
	return n >= least && n <= most
}

func all(blocks []block, good func(block) bool) bool {
	for _, b := range blocks {
		if !good(b) {
			return false
		}
	}
	return true
}
