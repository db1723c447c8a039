package slack

import (
	"cmp"
	"net/url"
	"time"

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
	text.Write((*rich)(section), Platform, team)
	return section
}

// rich is a section that is being written.
type rich slack.RichTextSection

func (r *rich) add(element slack.RichTextSectionElement) { r.Elements = append(r.Elements, element) }

// Say writes plain text.
func (r *rich) Say(text string) { r.add(slack.NewRichTextSectionTextElement(text, nil)) }

// Strong writes emphasised text.
func (r *rich) Strong(text string) {
	r.add(slack.NewRichTextSectionTextElement(text, &slack.RichTextSectionTextStyle{Bold: true}))
}

// Code writes text to be copied.
func (r *rich) Code(text string) {
	r.add(slack.NewRichTextSectionTextElement(text, &slack.RichTextSectionTextStyle{Code: true}))
}

// Link shows the host beside a label.
func (r *rich) Link(l chat.Link, to *url.URL) {
	r.add(&slack.RichTextSectionLinkElement{Type: slack.RTSELink, URL: l.URL, Text: cmp.Or(l.Label, l.URL)})
	if l.Label != "" {
		r.Say(" (" + to.Host + ")")
	}
}

// When is the moment in the reader's zone, and beside it the one that names its
// zone: who reads it elsewhere, or forwards it, is not led astray.
func (r *rich) When(at time.Time, fallback string) {
	r.add(&slack.RichTextSectionDateElement{Type: slack.RTSEDate, Timestamp: slack.JSONTime(at.Unix()), Format: dateFormat, Fallback: &fallback})
	r.Say(" · " + fallback)
}

// Mention pings a person who lives in the workspace.
func (r *rich) Mention(_, user string) { r.add(slack.NewRichTextSectionUserElement(user, nil)) }
