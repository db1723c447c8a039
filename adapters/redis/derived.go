package redis

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"interlab/bot"
)

// all begins the name of the implicit index of a kind, which lists every
// document of the kind with score 0.
const all = "all/"

// maxScore is the highest score of an entry; Redis keeps scores as floating
// point numbers, which are exact up to here.
// https://redis.io/docs/latest/develop/data-types/sorted-sets/
const maxScore = 1 << 53

// derived is what is derived from a document, as it is kept beside it.
type derived struct {
	Entries map[string]string `json:"e"` // index to score
	Unique  map[string]string `json:"u"` // index to "1"
	Works   map[string]string `json:"w"` // name to milliseconds
}

// derive writes what a document derives. A document that is deleted derives nothing.
func derive(w bot.Write) (string, error) {
	d := derived{map[string]string{}, map[string]string{}, map[string]string{}}
	if err := checkRef(w.Ref); err != nil {
		return "", err
	}
	if w.Data != nil {
		d.Entries[all+string(w.Ref.Kind)] = "0"
		if err := d.add(w); err != nil {
			return "", fmt.Errorf("%s: %w", w.Ref, err)
		}
	}
	text, err := json.Marshal(d)
	return string(text), err
}

// add adds the entries and the due work of a document.
func (d derived) add(w bot.Write) error {
	for _, entry := range w.Entries {
		if err := d.enter(entry); err != nil {
			return err
		}
	}
	for _, work := range w.Due {
		at := millis(work.At)
		if other, twice := d.Works[work.Name]; twice && other != at {
			return fmt.Errorf("work %q is due twice", work.Name)
		}
		if work.Name == "" || !utf8.ValidString(work.Name) {
			return fmt.Errorf("%q cannot name work", work.Name)
		}
		d.Works[work.Name] = at
	}
	return nil
}

// enter adds one entry.
func (d derived) enter(entry bot.Entry) error {
	score := strconv.FormatInt(entry.Score, 10)
	other, twice := d.Entries[entry.Index]
	switch {
	case entry.Index == "" || !utf8.ValidString(entry.Index):
		return fmt.Errorf("%q cannot name an index", entry.Index)
	case entry.Unique:
		d.Unique[entry.Index] = "1"
	case strings.HasPrefix(entry.Index, all):
		return fmt.Errorf("%s is kept by the store itself", entry.Index)
	case entry.Score > maxScore || entry.Score < -maxScore:
		return fmt.Errorf("%s: score %d is beyond 2^53", entry.Index, entry.Score)
	case twice && other != score:
		return fmt.Errorf("%s: two scores", entry.Index)
	default:
		d.Entries[entry.Index] = score
	}
	return nil
}

// checkRef refuses a reference that could not be told from what stands around
// it: references are joined by spaces, and to the names of work by "#".
func checkRef(ref bot.Ref) error {
	bad := func(r rune) bool { return r == '#' || unicode.IsSpace(r) || unicode.IsControl(r) }
	text := ref.String()
	if ref.Kind == "" || ref.ID == "" || strings.Contains(string(ref.Kind), ":") ||
		!utf8.ValidString(text) || strings.ContainsFunc(text, bad) {
		return fmt.Errorf("%q cannot name a document", text)
	}
	return nil
}
