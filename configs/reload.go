package configs

import "reflect"

// Restarting names the settings, by their paths, that differ between what is in
// force and what was read anew, and that only hold from the next start on. All
// other settings hold at once.
func Restarting(now, fresh Settings) []string {
	pairs := []struct {
		path       string
		now, fresh any
	}{
		{"network.id", now.Network.ID, fresh.Network.ID},
		{"redis", now.Redis, fresh.Redis},
		{"slack", now.Slack, fresh.Slack},
		{"discord", now.Discord, fresh.Discord},
		{"private", now.Private, fresh.Private},
		{"web", now.Web, fresh.Web},
		{"network.name", now.Network.Name, fresh.Network.Name},
		{"network.language", now.Network.Language, fresh.Network.Language},
		{"log.format", now.Log.Format, fresh.Log.Format},
		{"retention", now.Retention, fresh.Retention},
		{"zone_data", now.ZoneData, fresh.ZoneData},
	}
	var paths []string
	for _, p := range pairs {
		if !reflect.DeepEqual(p.now, p.fresh) {
			paths = append(paths, p.path)
		}
	}
	return paths
}
