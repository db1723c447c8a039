package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"interlab/calendar"
)

// maxWhenLine is longer, in bytes, than any zone and time together.
const maxWhenLine = 512

// whenLines answers each line of standard input. A bad line is named and the
// others are answered all the same.
func (p *Program) whenLines(set *calendar.ZoneSet, asJSON bool) error {
	in := bufio.NewReaderSize(p.Stdin, maxWhenLine)
	out := bufio.NewWriter(p.Stdout)
	answer := *p
	answer.Stdout = out
	bad := 0
	for number := 1; ; number++ {
		line, err := shortLine(in)
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil && strings.TrimSpace(line) != "" {
			err = answer.whenLine(set, line, asJSON)
		}
		var wrong *badLineError
		if err != nil && !errors.As(err, &wrong) {
			return fmt.Errorf("when: line %d: %w", number, err)
		}
		if err != nil {
			bad++
			_, _ = fmt.Fprintf(p.Stderr, "interlab: line %d: %v\n", number, err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("print the times: %w", err)
	}
	if bad > 0 {
		return errSaid
	}
	return nil
}

// badLineError is a line that is no zone and time, while others may be.
type badLineError struct{ reason string }

func (e *badLineError) Error() string { return e.reason }

// shortLine reads a line without its end. What is too long is skipped as a whole.
func shortLine(in *bufio.Reader) (string, error) {
	line, more, err := in.ReadLine()
	if err != nil {
		return "", fmt.Errorf("read standard input: %w", err)
	}
	text := string(line)
	if !more {
		return strings.TrimPrefix(text, "\ufeff"), nil
	}
	for more && err == nil {
		_, more, err = in.ReadLine()
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read standard input: %w", err)
	}
	return "", &badLineError{fmt.Sprintf("is longer than %d bytes; write a zone, a tab and a time", maxWhenLine)}
}

// whenLine answers one line. The zone and the time are repeated as they were
// written, so that lines of question and answer can be joined.
func (p *Program) whenLine(set *calendar.ZoneSet, line string, asJSON bool) error {
	zoneText, text, tab := strings.Cut(line, "\t")
	if !tab {
		return &badLineError{fmt.Sprintf("%q has no tab; write a zone, a tab and a time such as 2026-10-25T02:30", line)}
	}
	zone, err := calendar.ParseZone(zoneText)
	if err != nil {
		refused := new(calendar.Refusal)
		if errors.As(err, &refused) {
			return &badLineError{refused.Sentence}
		}
		return err
	}
	wall, err := parseWall(text, zone)
	if err != nil {
		return &badLineError{fmt.Sprintf("%q is no time; write it as 2026-10-25T02:30", text)}
	}
	moment := set.Moment(wall)
	if year := moment.Instant.Year(); year < 1 || year > 9999 {
		return &badLineError{fmt.Sprintf("%q in %s is outside the years 1 to 9999", text, zone)}
	}
	if asJSON {
		return p.lines(told{Text: text, Zone: zone.String(), Wall: text, Instant: instantText(moment.Instant), Kind: string(moment.Kind)})
	}
	_, err = fmt.Fprintf(p.Stdout, "%s\t%s\t%s\t%s\n", zoneText, text, instantText(moment.Instant), moment.Kind)
	return err
}

// parseWall reads a date, T and a time of day.
func parseWall(text string, zone calendar.Zone) (calendar.Wall, error) {
	day, clock, _ := strings.Cut(text, "T")
	w := calendar.Wall{Zone: zone}
	var err error
	if w.Date, err = calendar.ParseDate(day); err != nil {
		return calendar.Wall{}, err
	}
	w.Clock, err = calendar.ParseClock(clock)
	return w, err
}
