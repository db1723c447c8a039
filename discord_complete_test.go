package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"interlab/adapters/discord/discordtest"
)

// What is typed into a command is completed from what the person may see.
func TestArgumentsAreCompletedOnDiscord(t *testing.T) {
	t.Parallel()
	script := filepath.Join(t.TempDir(), "complete.txt")
	if err := os.WriteFile(script, []byte(`clock 2026-10-05T08:00Z
bo@discord:noether> profile set shares:"superposition, sparse codes" zone:Copenhagen contact:"bo@noether.example" show:name
ana@discord:curie> profile set shares:"sparse codes" zone:Berlin contact:"ana@curie.example" show:name
ana> colloquium propose title:"Codes that last" speaker:"Ana" when:"20 Oct 15:00"
ana> press "Announce"
`), 0o600); err != nil {
		t.Fatal(err)
	}
	th := openTheatre(t, script)
	door := newDiscordDoor(th)
	door.run(t, th.core())
	th.play()
	bo := door.names.users["bo"].ID
	for _, c := range []struct{ path, arg, typed, want string }{
		{"match find", "topic", "spa", "sparse codes"},
		{"match block", "person", "a", "Ana"},
		{"colloquium show", "talk", "codes", "Codes that last"},
		{"profile set", "zone", "Copenh", "Europe/Copenhagen"},
		{"profile set", "lab", "noe", "Noether"},
	} {
		i := door.server.Complete(discordtest.Spot{User: bo}, "interlab", strings.Fields(c.path), discordtest.Given{Name: c.arg, Value: c.typed, Focused: true})
		door.server.Until("offered", func() bool { return door.server.Answered(i) == 8 })
		if got := strings.Join(door.server.Choices(i), "; "); !strings.Contains(got, c.want) {
			t.Errorf("completing %s of %s from %q offers %q, want %q among it", c.arg, c.path, c.typed, got, c.want)
		}
	}
}
