package slack

import (
	"cmp"

	"github.com/slack-go/slack"

	"interlab/bot/chat"
)

// dateFormat shows a moment in the reader's own zone and way of writing, such
// as "Dec 3, 2026 at 10:30 AM".
// https://docs.slack.dev/messaging/formatting-message-text#date-formatting
const dateFormat = "{date_short} at {time}"

// richText is a text as one section. Rich text has no markup, so spans map one
// to one and nothing that a person typed can turn into anything.
func richText(text chat.Text, team string) *slack.RichTextSection {
	section := slack.NewRichTextSection()
	for _, span := range text {
		section.Elements = append(section.Elements, richSpan(span, team)...)
	}
	return section
}

func richSpan(span chat.Span, team string) []slack.RichTextSectionElement {
	switch span := span.(type) {
	case chat.Strong:
		return richWords(string(span), &slack.RichTextSectionTextStyle{Bold: true})
	case chat.Code:
		return richWords(string(span), &slack.RichTextSectionTextStyle{Code: true})
	case chat.Link:
		return richLink(span)
	case chat.When:
		return richWhen(span)
	case chat.Mention:
		return richMention(span, team)
	}
	return richWords(span.Plain(), nil)
}

// richWords is nothing for an empty text, which Slack refuses.
func richWords(text string, style *slack.RichTextSectionTextStyle) []slack.RichTextSectionElement {
	if text = chat.Shown(text); text == "" {
		return nil
	}
	return []slack.RichTextSectionElement{slack.NewRichTextSectionTextElement(text, style)}
}

// richLink shows the host beside a label.
func richLink(l chat.Link) []slack.RichTextSectionElement {
	label, host := l.Shown()
	out := []slack.RichTextSectionElement{&slack.RichTextSectionLinkElement{Type: slack.RTSELink, URL: l.URL, Text: cmp.Or(label, l.URL)}}
	if host != "" {
		out = append(out, richWords(" ("+host+")", nil)...)
	}
	return out
}

// richWhen is the moment in the reader's zone, and beside it the one that names
// its zone: who reads it elsewhere, or forwards it, is not led astray.
func richWhen(w chat.When) []slack.RichTextSectionElement {
	text := chat.Shown(w.Fallback)
	date := &slack.RichTextSectionDateElement{
		Type: slack.RTSEDate, Timestamp: slack.JSONTime(w.At.Unix()), Format: dateFormat, Fallback: &text,
	}
	return append([]slack.RichTextSectionElement{date}, richWords(" · "+text, nil)...)
}

// richMention pings a person who lives in the workspace, and names others.
func richMention(m chat.Mention, team string) []slack.RichTextSectionElement {
	if user := m.On(Platform, team); user != "" {
		return []slack.RichTextSectionElement{slack.NewRichTextSectionUserElement(user, nil)}
	}
	return richWords(m.Name, nil)
}
