package slack

import (
	_ "embed" // the layout
	"fmt"
	"strings"
	"text/template"

	"interlab/bot/chat"
)

// scope is a right of the bot in a workspace, and why it needs it.
type scope struct{ Name, Why string }

// scopes are all rights that the bot needs. It reads no channel's talk: the two
// history scopes let it find its own posts again.
// https://docs.slack.dev/reference/scopes
func scopes() []scope {
	return []scope{
		{"commands", "the command that people type"},
		{"chat:write", "answers, and posts in channels it was invited to"},
		{"im:write", "opens a direct conversation, to ask and to remind"},
		{"im:history", "reads what people write to it directly"},
		{"users:read", "names and time zones of people who talk to it"},
		{"channels:read", "learns that it was invited to a channel, or that one was archived"},
		{"groups:read", "the same for private channels it was invited to"},
		{"channels:history", "finds its own post again after a crash, so that nothing is posted twice"},
		{"groups:history", "the same for private channels it was invited to"},
		{"files:write", "calendar files and charts"},
	}
}

// layout is the app manifest: YAML, with the reason for every right and event.
// https://docs.slack.dev/reference/app-manifest
//
//go:embed manifest.yaml
var layout string

// Manifest is the app manifest that a workspace's administrator pastes into
// Slack. Texts are quoted as in Go, which for what stands here is as in YAML.
func Manifest(tree *chat.Tree) (string, error) {
	names := make([]string, len(tree.Commands))
	for i, c := range tree.Commands {
		names[i] = c.Name
	}
	var out strings.Builder
	err := template.Must(template.New("manifest").Parse(layout)).Execute(&out, map[string]any{
		"command": "/" + tree.Name, "summary": tree.Summary, "usage": strings.Join(names, " | "), "scopes": scopes(),
	})
	if err != nil {
		return "", fmt.Errorf("write the manifest: %w", err)
	}
	return out.String(), nil
}
