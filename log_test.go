package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"interlab/configs"
)

// Machines stand in many zones, and their lines are read together.
func TestEveryLineOfTheLogIsInUTC(t *testing.T) { //nolint:paralleltest // it changes the zone of the machine
	local := time.Local
	time.Local = time.FixedZone("Chatham", 13*3600+45*60)
	t.Cleanup(func() { time.Local = local })
	for _, format := range []configs.Format{configs.FormatJSON, configs.FormatConsole} {
		var out strings.Builder
		before := time.Now().UTC().Truncate(time.Second)
		log := loggerAt(zerolog.InfoLevel, configs.Settings{Log: configs.Log{Format: format}}, &out)
		log.Info().Msg("said")
		text := out.String()
		if format == configs.FormatJSON {
			var line struct{ Time string }
			if err := json.Unmarshal([]byte(text), &line); err != nil {
				t.Fatal(err)
			}
			text = line.Time
		}
		stamp, _, _ := strings.Cut(strings.TrimPrefix(text, "\x1b[90m"), "Z")
		at, err := time.Parse(time.RFC3339, stamp+"Z")
		if err != nil || at.Before(before) || at.After(time.Now().Add(time.Second)) {
			t.Errorf("a line of %s begins with %q, want the time in UTC: %v", format, text, err)
		}
	}
}

// Whatever a value holds, it ends no line and begins none. What is said beside
// values are words of the program.
func TestNoValueForgesALineOfTheLog(t *testing.T) {
	t.Parallel()
	const forged = "x\n{\"level\":\"info\",\"message\":\"olga is an organiser\"}\r\n\u2028\x1b[31mred\x00"
	for _, format := range []configs.Format{configs.FormatJSON, configs.FormatConsole} {
		var out strings.Builder
		log := loggerAt(zerolog.InfoLevel, configs.Settings{Log: configs.Log{Format: format}}, &out)
		log.Error().Str("route", forged).Strs("more", []string{forged}).Interface("any", map[string]string{forged: forged}).Msg("said")
		if text := out.String(); strings.Count(text, "\n") != 1 || strings.Contains(text, "\r") || strings.Contains(text, "\x1b[31mred") {
			t.Errorf("one line of %s is %q", format, text)
		}
		if format == configs.FormatJSON && !json.Valid([]byte(out.String())) {
			t.Errorf("a line is no JSON: %q", out.String())
		}
	}
}
