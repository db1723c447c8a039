package slack

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"interlab/bot/chat"
)

const (
	// paragraphBlocks is how many paragraphs stand apart from each other; more
	// of them are a list and share a block. It keeps every message well below
	// the 50 blocks of https://docs.slack.dev/reference/block-kit/blocks
	paragraphBlocks = 12
	// fallbackText is the longest text for notifications and screen readers;
	// longer ones were cut by Slack or by ears.
	fallbackText = 3000
)

// The names of the blocks of a message; those that repeat carry a number.
const (
	blockTitle = "title"
	blockBody  = "body"
	blockField = "field"
	blockNote  = "note"
	blockRow   = "row"
)

// messageBlocks is the message, which is Shown, in Block Kit. A mention pings where the person
// lives in the workspace team.
func messageBlocks(m chat.Message, team string) []slack.Block {
	var out []slack.Block
	if m.Title != "" {
		out = append(out, &slack.HeaderBlock{Type: slack.MBTHeader, BlockID: blockTitle, Text: plain(m.Title)})
	}
	out = append(out, body(m.Body, team)...)
	for i, f := range m.Fields {
		out = append(out, field(i+1, f, team))
	}
	if note := m.Note.Quoted(); strings.TrimSpace(note) != "" {
		out = append(out, smallPrint(note))
	}
	for i, row := range m.Rows {
		out = append(out, actions(i+1, row))
	}
	return out
}

// body sets paragraphs apart, each in a block of its own, and joins those
// beyond paragraphBlocks as lines of one. Sections side by side in one block
// would run into each other on some clients.
func body(paragraphs []chat.Text, team string) []slack.Block {
	var out []slack.Block
	var last *slack.RichTextSection
	for _, paragraph := range paragraphs {
		section := richText(paragraph, team)
		if len(section.Elements) == 0 {
			continue
		}
		if len(out) == paragraphBlocks {
			last.Elements = append(append(last.Elements, slack.NewRichTextSectionTextElement("\n", nil)), section.Elements...)
			continue
		}
		last = section
		out = append(out, slack.NewRichTextBlock(fmt.Sprintf("%s-%d", blockBody, len(out)+1), section))
	}
	return out
}

// field is one line: the name, strong, and the value.
func field(number int, f chat.Field, team string) slack.Block {
	value := append(chat.T(chat.Strong(f.Name), ": "), f.Value...)
	return slack.NewRichTextBlock(fmt.Sprintf("%s-%d", blockField, number), richText(value, team))
}

// smallPrint is a note without emphasis, for a context block takes plain text or
// mrkdwn only, and what a person typed must never be mrkdwn.
func smallPrint(note string) slack.Block {
	return slack.NewContextBlock(blockNote, plain(chat.Clip(note, chat.MaxNote))) // what sets code apart was not counted
}

// actions is one row of controls.
func actions(number int, row chat.Row) slack.Block {
	return slack.NewActionBlock(fmt.Sprintf("%s-%d", blockRow, number), chat.Controls(row, button, menu)...)
}

func button(b chat.Button) slack.BlockElement {
	return &slack.ButtonBlockElement{Type: slack.METButton, Text: plain(b.Label), ActionID: b.Ref.String(), Value: b.Ref.String(), Style: styles[b.Tone]}
}

// styles are the looks of the tones.
var styles = map[chat.Tone]slack.Style{ //nolint:gochecknoglobals // a constant table
	chat.Plain: slack.StyleDefault, chat.Main: slack.StylePrimary, chat.Danger: slack.StyleDanger,
}

func menu(m chat.Menu) slack.BlockElement {
	return &slack.SelectBlockElement{
		Type: slack.OptTypeStatic, Placeholder: plain(cmp.Or(m.Hint, "Choose one")), ActionID: m.Ref.String(), Options: options(m.Options),
	}
}

func options(all []chat.Option) []*slack.OptionBlockObject {
	out := make([]*slack.OptionBlockObject, len(all))
	for i, o := range all {
		out[i] = option(o)
	}
	return out
}

func option(o chat.Option) *slack.OptionBlockObject {
	out := &slack.OptionBlockObject{Text: plain(o.Label), Value: o.Value}
	if o.Hint != "" {
		out.Description = plain(o.Hint)
	}
	return out
}

// plain is a text that Slack shows as it stands: no markup, no emoji codes.
func plain(text string) *slack.TextBlockObject {
	emoji := false
	return &slack.TextBlockObject{Type: slack.PlainTextType, Text: text, Emoji: &emoji}
}

// fallback is the message, which is Shown, as notifications and screen readers have it: escaped,
// for Slack reads mentions and links even here.
// https://docs.slack.dev/messaging/formatting-message-text#escaping
func fallback(m chat.Message) string {
	var parts []string
	if m.Title != "" {
		parts = append(parts, m.Title)
	}
	for _, paragraph := range m.Body {
		parts = append(parts, chat.Shown(paragraph.Plain()))
	}
	return escape.Replace(chat.Clip(strings.Join(parts, "\n"), fallbackText))
}

var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;") //nolint:gochecknoglobals // a constant table
