package slack

import (
	"html"
	"strings"

	"interlab/bot/chat"
)

// typed is what a person typed, from the form that Slack gives it: mentions of
// persons become accounts, other references what people saw, and the escaped
// characters themselves. What looks like a reference once it is unescaped was
// typed, and stays text.
// https://docs.slack.dev/messaging/formatting-message-text#retrieving-messages
func typed(text, team string) string {
	var out strings.Builder
	for text != "" {
		before, rest, open := strings.Cut(text, "<")
		out.WriteString(html.UnescapeString(before))
		if !open {
			break
		}
		inside, after, closed := strings.Cut(rest, ">")
		if !closed {
			out.WriteString("<" + html.UnescapeString(rest))
			break
		}
		quoted := strings.Count(out.String(), `"`)%2 == 1
		out.WriteString(reference(inside, team, quoted))
		text = after
	}
	return out.String()
}

// reference is what stands between angle brackets. An account has a colon in
// it, which in a command stands behind a name, unless it is quoted.
func reference(inside, team string, quoted bool) string {
	target, label, labelled := strings.Cut(inside, "|")
	label = html.UnescapeString(label)
	switch {
	case strings.HasPrefix(target, "@"):
		account := chat.Account{Platform: Platform, Team: team, User: target[1:]}.String()
		if quoted {
			return account
		}
		return `"` + account + `"`
	case strings.HasPrefix(target, "#"), strings.HasPrefix(target, "!"):
		if labelled && label != "" {
			return target[:1] + strings.TrimLeft(label, "#@")
		}
		return target
	case strings.HasPrefix(target, "mailto:"):
		return html.UnescapeString(strings.TrimPrefix(target, "mailto:"))
	}
	return html.UnescapeString(target)
}
