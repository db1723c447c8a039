package slack

import (
	"fmt"
	"strconv"
	"strings"

	"interlab/bot/chat"
)

// scope is a right of the bot in a workspace, and why it needs it.
type scope struct{ name, why string }

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

// subscription is a kind of event that Slack sends, and why.
type subscription struct{ name, why string }

// subscriptions are all events that the bot listens to.
// https://docs.slack.dev/reference/events
func subscriptions() []subscription {
	return []subscription{
		{"message.im", "what people write to the bot directly"},
		{"app_home_opened", "shows what is somebody's own"},
		{"member_joined_channel", "the bot was invited to a channel"},
		{"channel_left", "it was removed from one"},
		{"group_left", "from a private one"},
		{"channel_archive", "a channel is closed"},
		{"channel_deleted", "or gone"},
		{"group_archive", "and the same for private ones"},
		{"group_deleted", "gone"},
		{"app_uninstalled", "the workspace no longer wants the bot"},
		{"tokens_revoked", "or has taken its tokens back"},
	}
}

// manifest writes YAML. Texts are quoted as in Go, which for what stands here
// is as in YAML.
type manifest struct{ strings.Builder }

// Manifest is the app manifest that a workspace's administrator pastes into
// Slack: YAML, with the reason for every right and event.
// https://docs.slack.dev/reference/app-manifest
func Manifest(tree *chat.Tree) string {
	y := &manifest{}
	y.comment(0, "The app manifest of Interlab. Paste it at https://api.slack.com/apps under")
	y.comment(0, `"Create New App", "From a manifest".`)
	y.section(0, "display_information")
	y.text(1, "name", "Interlab")
	y.text(1, "description", tree.Summary)
	y.text(1, "background_color", "#1f4e5f")
	y.features(tree)
	y.section(0, "oauth_config")
	y.section(1, "scopes")
	y.section(2, "bot")
	for _, s := range scopes() {
		y.item(3, s.name, s.why)
	}
	y.section(0, "settings")
	y.section(1, "event_subscriptions")
	y.section(2, "bot_events")
	for _, s := range subscriptions() {
		y.item(3, s.name, s.why)
	}
	y.section(1, "interactivity")
	y.flag(2, "is_enabled", true)
	y.comment(1, "The bot calls Slack; nothing of yours needs to be reached from outside.")
	y.flag(1, "socket_mode_enabled", true)
	y.flag(1, "org_deploy_enabled", false)
	y.flag(1, "token_rotation_enabled", false)
	return y.String()
}

func (y *manifest) features(tree *chat.Tree) {
	y.section(0, "features")
	y.section(1, "app_home")
	y.flag(2, "home_tab_enabled", true)
	y.flag(2, "messages_tab_enabled", true)
	y.flag(2, "messages_tab_read_only_enabled", false)
	y.section(1, "bot_user")
	y.text(2, "display_name", "Interlab")
	y.flag(2, "always_online", true)
	y.section(1, "slash_commands")
	fmt.Fprintf(&y.Builder, "    - command: %s\n", strconv.Quote("/"+tree.Name))
	y.text(3, "description", tree.Summary)
	y.text(3, "usage_hint", usage(tree))
	y.comment(3, "People and channels arrive as ids, not as names that anybody may carry.")
	y.flag(3, "should_escape", true)
}

// usage is what Slack shows beside the command: its first words.
func usage(tree *chat.Tree) string {
	names := make([]string, len(tree.Commands))
	for i, c := range tree.Commands {
		names[i] = c.Name
	}
	return strings.Join(names, " | ")
}

func (y *manifest) line(depth int, text string) {
	y.WriteString(strings.Repeat("  ", depth) + text + "\n")
}

func (y *manifest) comment(depth int, text string) { y.line(depth, "# "+text) }
func (y *manifest) section(depth int, name string) { y.line(depth, name+":") }
func (y *manifest) text(depth int, name, value string) {
	y.line(depth, name+": "+strconv.Quote(value))
}

func (y *manifest) flag(depth int, name string, on bool) {
	y.line(depth, fmt.Sprintf("%s: %t", name, on))
}

func (y *manifest) item(depth int, name, why string) {
	y.line(depth, fmt.Sprintf("- %s # %s", strconv.Quote(name), why))
}
