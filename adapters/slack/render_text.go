package slack

import (
	"net/url"

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

// richLink shows the host beside a label that is not the address itself, so
// that nobody is led elsewhere than they think.
func richLink(l chat.Link) []slack.RichTextSectionElement {
	label := chat.ShownLine(l.Label)
	if label == "" || label == l.URL {
		return []slack.RichTextSectionElement{&slack.RichTextSectionLinkElement{Type: slack.RTSELink, URL: l.URL, Text: l.URL}}
	}
	out := []slack.RichTextSectionElement{&slack.RichTextSectionLinkElement{Type: slack.RTSELink, URL: l.URL, Text: label}}
	if address, err := url.Parse(l.URL); err == nil && address.Host != "" {
		out = append(out, richWords(" ("+address.Host+")", nil)...)
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
	for _, account := range m.Accounts {
		if account.Platform == Platform && account.Team == team {
			return []slack.RichTextSectionElement{slack.NewRichTextSectionUserElement(account.User, nil)}
		}
	}
	return richWords(m.Name, nil)
}
