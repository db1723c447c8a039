package configs

import (
	"slices"
	"strings"
)

// known lists every setting by its path; "[]" ends the path of a list.
func known() []string {
	return []string{
		"network.id", "network.name", "network.organisers[]",
		"redis.url", "redis.username", "redis.password", "redis.password_file", "redis.data",
		"log.level", "log.format",
		"aliases_file",
	}
}

// under is the path of a key in a section; the file itself is section "".
func under(section, key string) string {
	if section == "" {
		return key
	}
	return section + "." + key
}

// below lists the names that a section may hold, in the order of known.
func below(section string) []string {
	var names []string
	for _, path := range known() {
		rest := path
		if section != "" {
			var inside bool
			if rest, inside = strings.CutPrefix(path, section+"."); !inside {
				continue
			}
		}
		name, _, _ := strings.Cut(strings.TrimSuffix(rest, "[]"), ".")
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
