package console

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// clockUnits are the units of a move of the clock, the largest first.
var clockUnits = []struct {
	name   string
	length time.Duration
}{{"d", 24 * time.Hour}, {"h", time.Hour}, {"m", time.Minute}}

// clockLayouts are the ways to write an instant: as in ISO 8601, and as in transcripts.
var clockLayouts = []string{"2006-01-02T15:04Z07:00", time.RFC3339, clockLayout, "2006-01-02 15:04:05Z"}

var movePattern = regexp.MustCompile(`^\+([1-9][0-9]{0,4})([dhm])$`)

func parseClock(text string) (Statement, error) {
	if parts := movePattern.FindStringSubmatch(text); parts != nil {
		count, _ := strconv.Atoi(parts[1])
		for _, unit := range clockUnits {
			if unit.name == parts[2] {
				return Clock{By: time.Duration(count) * unit.length}, nil
			}
		}
	}
	for _, layout := range clockLayouts {
		if at, err := time.Parse(layout, text); err == nil && at.Year() > 1 {
			return Clock{To: at.UTC().Truncate(time.Second)}, nil
		}
	}
	return nil, fmt.Errorf("%.40q is no time; write clock 2026-12-01T09:00Z, or clock +7d, +36h, +15m", text)
}

func parseStore(text string) (Statement, error) {
	switch text {
	case "stops":
		return Store{Running: false}, nil
	case "returns":
		return Store{Running: true}, nil
	}
	return nil, fmt.Errorf("a store stops or returns; %.40q is neither", text)
}

func parseZones(text string) (Statement, error) {
	law, like, ok := strings.Cut(text, " like ")
	law, like = strings.TrimSpace(law), strings.TrimSpace(like)
	if !ok || law == "" || like == "" || strings.ContainsAny(law+like, " \t") {
		return nil, fmt.Errorf("%.40q names no two zones; write zones Europe/Berlin like Africa/Lagos", text)
	}
	return Zones{law, like}, nil
}

var (
	expectPattern  = regexp.MustCompile(`^(not\s+)?` + whoPattern + `:(.*)$`)
	silencePattern = regexp.MustCompile(`^nobody(?:\s+but\s+(.+))?$`)
)

func (p *parser) expect(text string) (Statement, error) {
	if parts := silencePattern.FindStringSubmatch(text); parts != nil {
		return p.silence(parts[1])
	}
	parts := expectPattern.FindStringSubmatch(text)
	if parts == nil {
		return nil, fmt.Errorf("expect %.40q is not understood; write expect bo: text, expect not bo: text, expect nobody, or expect nobody but bo", text)
	}
	who, err := p.person(parts[2:5])
	if err != nil {
		return nil, err
	}
	text = strings.TrimSpace(parts[5])
	if text == "" {
		return nil, errors.New("expect names no text; write expect bo: text")
	}
	return Expect{Who: who, Not: parts[1] != "", Text: text}, nil
}

func (p *parser) silence(names string) (Statement, error) {
	var s Silence
	if names == "" {
		return s, nil
	}
	for _, name := range comma.Split(names, -1) {
		person, err := p.who(name)
		if err != nil {
			return nil, err
		}
		s.But = append(s.But, person)
	}
	return s, nil
}
