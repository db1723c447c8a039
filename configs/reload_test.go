package configs

import (
	"reflect"
	"slices"
	"testing"

	"interlab/bot/chat"
	"interlab/bot/seal"
)

// What a new setting needs, a start or nothing, is decided here and nowhere else:
// each field of Settings is changed in turn.
func TestEverySettingHoldsAtOnceOrIsNamed(t *testing.T) {
	t.Parallel()
	atOnce := map[string]func(*Settings){
		"Network.Organisers": func(s *Settings) { s.Network.Organisers = []chat.Account{{User: "olga"}} },
		"Log.Level":          func(s *Settings) { s.Log.Level = LevelDebug },
		"Keys":               func(s *Settings) { s.Keys = &seal.Ring{} },
		"SecretFiles":        func(s *Settings) { s.SecretFiles = []SecretFile{{Path: "other"}} },
		"AliasesFile":        func(s *Settings) { s.AliasesFile = "other" },
	}
	for field, change := range atOnce {
		fresh := Settings{}
		change(&fresh)
		if got := Restarting(Settings{}, fresh); got != nil {
			t.Errorf("Restarting(another %s) = %q, want nothing", field, got)
		}
	}
	later := map[string]func(*Settings){
		"network.id":       func(s *Settings) { s.Network.ID = "other" },
		"redis":            func(s *Settings) { s.Redis.Password = NewSecret("other") },
		"slack":            func(s *Settings) { s.Slack.Workspaces = []SlackWorkspace{{Name: "curie"}} },
		"discord":          func(s *Settings) { s.Discord.Token = NewSecret("other") },
		"network.language": func(s *Settings) { s.Network.Language = "de" },
		"network.name":     func(s *Settings) { s.Network.Name = "Other" },
		"web":              func(s *Settings) { s.Web.Listen = "127.0.0.1:1" },
		"private":          func(s *Settings) { s.Private.Listen = "127.0.0.1:1" },
		"log.format":       func(s *Settings) { s.Log.Format = FormatJSON },
		"retention":        func(s *Settings) { s.Retention.Talks++ },
		"zone_data":        func(s *Settings) { s.ZoneData = "other" },
	}
	for path, change := range later {
		fresh := Settings{}
		change(&fresh)
		if got := Restarting(Settings{}, fresh); !slices.Equal(got, []string{path}) {
			t.Errorf("Restarting(another %s) = %q, want it named", path, got)
		}
	}
	const known = 12
	if n := reflect.TypeFor[Settings]().NumField(); n != known {
		t.Errorf("Settings has %d fields, and this test knows %d: decide whether the new ones hold at once", n, known)
	}
}
