// Package icstest reads calendar files by the bytes, for tests.
//
// The rule: it shares no code with the writer, and names everything that some
// calendar program is known to stumble over, lawful or not.
package icstest

import (
	"bytes"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// maxLine is the longest a line may be, in octets, its end not counted: RFC 5545,
// section 3.1.
const maxLine = 75

// Line is a property of a file, put together again.
type Line struct {
	// Name is what stands before the first colon, as UID; Params what stands
	// between it and the value, as VALUE=DURATION.
	Name, Params string
	// Value is what follows, still escaped.
	Value string
}

// Unfold returns the properties of a file; what is none has an empty name.
func Unfold(file []byte) []Line {
	text := strings.ReplaceAll(string(file), "\r\n ", "")
	var lines []Line
	for text := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		parts := property.FindStringSubmatch(text)
		if parts == nil {
			lines = append(lines, Line{Value: text})
			continue
		}
		lines = append(lines, Line{Name: parts[1], Params: strings.TrimPrefix(parts[2], ";"), Value: parts[3]})
	}
	return lines
}

var (
	property = regexp.MustCompile(`^([A-Z][A-Z-]*)((?:;[A-Z-]+=[A-Za-z0-9-]+)*):(.*)$`)
	escaped  = regexp.MustCompile(`^([^\\;,]|\\[\\;,n])*$`)
	uid      = regexp.MustCompile(`^[a-z0-9.-]+@[a-z0-9.-]+$`)
	natural  = regexp.MustCompile(`^(0|[1-9][0-9]*)$`)
)

// Faults returns what is wrong with a file, in words; nil if nothing is. It asks
// for what RFC 5545 does in sections 3.1 (lines), 3.3.11 (text), 3.6 (a calendar)
// and 3.6.1 (events), and for what calendar programs agree on: times in UTC alone,
// so no VTIMEZONE; no METHOD; every UID once.
func Faults(file []byte) []string {
	r := report{seen: map[string]bool{}}
	r.lines(file)
	r.calendar(Unfold(file))
	return r.faults
}

type report struct {
	faults []string
	seen   map[string]bool // UIDs
}

func (r *report) add(format string, args ...any) {
	r.faults = append(r.faults, fmt.Sprintf(format, args...))
}

// lines looks at the bytes.
func (r *report) lines(file []byte) {
	if !bytes.HasSuffix(file, []byte("\r\n")) {
		r.add("the last line has no end")
	}
	for line := range bytes.SplitSeq(bytes.TrimSuffix(file, []byte("\r\n")), []byte("\r\n")) {
		if len(line) > maxLine {
			r.add("a line of %d octets: %q", len(line), line)
		}
		if len(bytes.TrimSpace(line)) == 0 {
			r.add("an empty line")
		}
		if !utf8.Valid(line) {
			r.add("no UTF-8, or a character that is cut: %q", line)
		}
		if i := bytes.IndexFunc(line, unicode.IsControl); i >= 0 {
			r.add("a control character in %q", line)
		}
	}
}

// calendar looks at the outer component, and hands on the events.
func (r *report) calendar(lines []Line) {
	count := map[string]int{}
	var event []Line
	depth := 0
	for _, line := range lines {
		switch {
		case line.Name == "BEGIN":
			depth++
			if want := map[int]string{1: "VCALENDAR", 2: "VEVENT"}[depth]; line.Value != want {
				r.add("BEGIN:%s at depth %d, want %q", line.Value, depth, want)
			}
			event = nil
		case line.Name == "END":
			if want := map[int]string{1: "VCALENDAR", 2: "VEVENT"}[depth]; line.Value != want {
				r.add("END:%s at depth %d, want %q", line.Value, depth, want)
			}
			if depth == 2 {
				r.event(event)
			}
			depth--
		case depth == 2:
			event = append(event, line)
		default:
			count[line.Name]++
			r.property(line)
		}
	}
	if depth != 0 || len(lines) < 2 || lines[0].Value != "VCALENDAR" || lines[len(lines)-1].Value != "VCALENDAR" {
		r.add("not one whole calendar")
	}
	for name, want := range map[string]int{"VERSION": 1, "PRODID": 1, "CALSCALE": 1, "METHOD": 0} {
		if count[name] != want {
			r.add("%d times %s, want %d", count[name], name, want)
		}
	}
}

// event looks at one VEVENT.
func (r *report) event(lines []Line) {
	count, value := map[string]int{}, map[string]string{}
	for _, line := range lines {
		count[line.Name]++
		value[line.Name] = line.Value
		r.property(line)
	}
	id := value["UID"]
	for _, name := range []string{"UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "DTSTART", "DTEND", "SEQUENCE", "STATUS", "SUMMARY"} {
		if count[name] != 1 {
			r.add("event %s: %d times %s", id, count[name], name)
		}
	}
	for _, name := range []string{"DESCRIPTION", "LOCATION", "URL"} {
		if count[name] > 1 {
			r.add("event %s: %d times %s", id, count[name], name)
		}
	}
	if r.seen[id] {
		r.add("event %s is there twice", id)
	}
	r.seen[id] = true
	if value["DTEND"] <= value["DTSTART"] {
		r.add("event %s ends before it begins", id)
	}
	if value["LAST-MODIFIED"] != value["DTSTAMP"] || value["LAST-MODIFIED"] < value["CREATED"] {
		r.add("event %s was stamped at %s, changed at %s, made at %s", id, value["DTSTAMP"], value["LAST-MODIFIED"], value["CREATED"])
	}
	if cancelled := strings.HasPrefix(value["SUMMARY"], "CANCELLED: "); cancelled != (value["STATUS"] == "CANCELLED") {
		r.add("event %s is %s and called %q", id, value["STATUS"], value["SUMMARY"])
	}
}

// property looks at one line by itself.
func (r *report) property(line Line) {
	var ok bool
	switch line.Name {
	case "SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "NAME", "X-WR-CALNAME", "X-WR-CALDESC":
		ok = escaped.MatchString(line.Value)
	case "DTSTART", "DTEND", "DTSTAMP", "CREATED", "LAST-MODIFIED":
		_, err := time.Parse("20060102T150405Z", line.Value)
		ok = err == nil
	case "STATUS":
		ok = slices.Contains([]string{"CONFIRMED", "CANCELLED"}, line.Value)
	case "SEQUENCE":
		ok = natural.MatchString(line.Value)
	case "UID":
		ok = uid.MatchString(line.Value)
	case "URL":
		u, err := url.Parse(line.Value)
		ok = err == nil && u.Host != "" && u.User == nil
	case "RELATED-TO":
		ok = uid.MatchString(line.Value) && line.Params == "RELTYPE=PARENT"
		line.Params = ""
	case "REFRESH-INTERVAL":
		ok = line.Value == "PT1H" && line.Params == "VALUE=DURATION"
		line.Params = ""
	case "VERSION":
		ok = line.Value == "2.0"
	case "CALSCALE", "PRODID", "X-PUBLISHED-TTL":
		ok = line.Value != ""
	default:
		ok = false // nothing else belongs into these files
	}
	if !ok || line.Params != "" {
		r.add("%s;%s:%s is wrong, or not expected", line.Name, line.Params, line.Value)
	}
}
