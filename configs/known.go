package configs

import (
	"regexp"
	"slices"
	"strings"
)

// known lists every setting by its path; "[]" ends the path of a list, be it of
// texts or of blocks.
func known() []string {
	return []string{
		"network.id", "network.name", "network.language", "network.organisers[]",
		"redis.url", "redis.username", "redis.password", "redis.password_file", "redis.data",
		"redis.sentinel_username", "redis.sentinel_password", "redis.sentinel_password_file", "redis.ca_file",
		"slack.api_url",
		"slack.workspaces[].name", "slack.workspaces[].bot_token", "slack.workspaces[].bot_token_file",
		"slack.workspaces[].app_token", "slack.workspaces[].app_token_file",
		"discord.api_url", "discord.token", "discord.token_file", "discord.guilds[]", "discord.shards",
		"private.listen",
		"web.listen", "web.address", "web.proxies[]",
		"log.level", "log.format",
		"retention.asks_days", "retention.talks_days", "retention.applications_days", "retention.exchanges_days",
		"keys", "keys_file", "aliases_file", "zone_data",
	}
}

// under is the path of a key in a section; the file itself is section "".
func under(section, key string) string {
	if section == "" {
		return key
	}
	return section + "." + key
}

// general is a path without the numbers of list items, as known has it.
func general(path string) string {
	return regexp.MustCompile(`\[\d+\]`).ReplaceAllString(path, "[]")
}

// below lists the names that a section may hold, in the order of known.
func below(section string) []string {
	var names []string
	section = general(section)
	for _, path := range known() {
		rest := path
		if section != "" {
			var inside bool
			if rest, inside = strings.CutPrefix(path, section+"."); !inside {
				continue
			}
		}
		name, _, _ := strings.Cut(rest, ".")
		name = strings.TrimSuffix(name, "[]")
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// orList joins names for people: "a, b or c".
func orList(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
}
