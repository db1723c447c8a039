package calendar

import (
	"fmt"
	"strings"
	"unicode"
)

// Reason is the kind of a Refusal: a stable word for code to switch on.
type Reason string

// The reasons for which a text is refused.
const (
	// Empty says that nothing was typed.
	Empty Reason = "empty"
	// NotUnderstood says that some words mean nothing here; Refusal.Text has them.
	NotUnderstood Reason = "not understood"
	// UnknownZone says that no zone or city has this name; Refusal.Zones has near ones.
	UnknownZone Reason = "unknown zone"
	// AmbiguousZone says that several zones have this name; Refusal.Zones has them.
	AmbiguousZone Reason = "ambiguous zone"
	// Abbreviation says that the zone was given as letters such as CET or IST, which
	// mean different things to different people; Refusal.Zones has likely meanings.
	Abbreviation Reason = "abbreviation"
	// BareOffset says that the zone was given as a distance from UTC.
	BareOffset Reason = "bare offset"
	// AmbiguousDate says that day and month could be swapped, as in 03/04/2027.
	AmbiguousDate Reason = "ambiguous date"
	// NoSuchDate says that the calendar lacks this day or the clock this time.
	NoSuchDate Reason = "no such date"
	// WrongWeekday says that the date falls on another weekday than the one named.
	WrongWeekday Reason = "wrong weekday"
	// NoTime says that a moment was given without a time of day.
	NoTime Reason = "no time"
	// Skipped says that clocks jump over this time; Refusal.Choices has the two
	// existing times beside it.
	Skipped Reason = "skipped"
	// Repeated says that clocks show this time twice; Refusal.Choices has both.
	Repeated Reason = "repeated"
	// Past says that the time is over.
	Past Reason = "past"
	// BackwardHours says that hours, or a series, end before they start.
	BackwardHours Reason = "backward hours"
	// NoEnd says that a series was given without a last day.
	NoEnd Reason = "no end"
	// TooMany says that more was asked for than there is room for.
	TooMany Reason = "too many"
)

// Refusal is the error of every function here that reads what people typed.
type Refusal struct {
	// Reason is the kind of problem.
	Reason Reason
	// Text is the part that was refused: cleaned of control characters and at
	// most 60 runes long.
	Text string
	// Sentence tells people what happened and what to type instead. It is plain
	// text and may quote Text.
	Sentence string
	// Zones are at most three zones that may have been meant, likeliest first.
	Zones []Zone
	// Choices are the two moments to choose from, earlier first, when Reason is
	// Skipped or Repeated; otherwise there are none.
	Choices []Moment
}

// Error says what was refused, for logs; people are shown the Sentence.
func (r *Refusal) Error() string {
	return fmt.Sprintf("calendar: %s: %q", r.Reason, r.Text)
}

// maxQuoted is how many runes of somebody's own text a refusal repeats.
const maxQuoted = 60

// refuse builds a Refusal; the sentence is finished text, never a format.
func refuse(reason Reason, text, sentence string) *Refusal {
	return &Refusal{Reason: reason, Text: printable(text), Sentence: sentence}
}

// quoted is a person's text made safe for a sentence, in quotation marks.
func quoted(text string) string {
	return "“" + printable(text) + "”"
}

// printable is text on one line without what could disturb the text around it,
// clipped.
func printable(text string) string {
	runes := []rune(clean(text[:min(len(text), 10*maxQuoted)]))
	if len(runes) <= maxQuoted {
		return string(runes)
	}
	return string(runes[:maxQuoted]) + "…"
}

// clean drops control characters, direction overrides, invisible characters and
// bytes that are no text, and makes every run of blanks one space.
func clean(text string) string {
	visible := func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r) || r == unicode.ReplacementChar:
			return -1
		}
		return r
	}
	return strings.Join(strings.Fields(strings.Map(visible, text)), " ")
}

// orList joins words as "a", "a or b", "a, b or c".
func orList(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
