package discord_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// What an interaction brings, each field in turn being nothing, another type, or
// a number that no machine has, and a depth of ten thousand.
func TestFieldsThatAreNothingOrOddAreSurvived(t *testing.T) {
	t.Parallel()
	s := perform(t, nil)
	fields := map[string]string{
		"id": `"1"`, "application_id": `"2"`, "channel_id": `"3"`, "token": `"secret-token"`, "type": "2",
		"user": `{"id":"4","username":"u"}`, "data": `{"name":"interlab","options":[]}`,
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		for _, odd := range []string{
			"null", "1e400", "-0", "9007199254740993", `"\ud800"`, `"\u0000\u2028"`, `{"id":null}`, "[[]]", `"x","` + name + `":"twice"`,
			strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000),
		} {
			parts := []string{`"` + name + `":` + odd}
			for other, value := range fields {
				if other != name {
					parts = append(parts, `"`+other+`":`+value)
				}
			}
			s.SendRaw([]byte(`{"op":0,"t":"INTERACTION_CREATE","s":1,"d":{` + strings.Join(parts, ",") + `}}`))
		}
	}
	works(t, s)
}
