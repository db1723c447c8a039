package bot

import (
	"errors"
	"fmt"

	"interlab/calendar"
)

// The voice: say what happened, then what to do; no blame, no exclamation
// marks, no apology twice, no jargon; times in the reader's zone.

// errNotFound means that there is no such document.
var errNotFound = errors.New("not found")

// Denied is a refusal that is safe and useful to show: a sentence that says
// what is the case and what to do.
type Denied struct {
	Text string
}

// Error is the sentence.
func (d *Denied) Error() string { return d.Text }

// denied makes a refusal. The format is ours; what a person typed comes in as
// an argument.
func denied(format string, args ...any) error {
	return &Denied{fmt.Sprintf(format, args...)}
}

// ignoreMissing is nil where something is merely no longer kept.
func ignoreMissing(err error) error {
	if errors.Is(err, errNotFound) {
		return nil
	}
	return err
}

// refusal makes a sentence of the calendar's one of ours.
func refusal(err error) error {
	var r *calendar.Refusal
	if errors.As(err, &r) {
		return denied("%s", r.Sentence)
	}
	return err
}
