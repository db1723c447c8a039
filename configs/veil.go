package configs

import (
	"cmp"
	"encoding/json"
	"io"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// shortest is how many bytes a secret has that is looked for: a shorter one would
// blot out words.
const shortest = 6

// shape is what a kind of secret looks like that no setting holds, since the
// program or a platform makes it; or one of settings, before these are read.
type shape struct {
	marks []string       // one of which is in every text that has the secret: a search for them takes no time
	run   int            // how many letters, digits, "-" and "_" the secret has in a row, at least
	looks *regexp.Regexp // what stands in its first group, if it has one, is no secret and stays
}

//nolint:gochecknoglobals // a constant list
var shapes = []shape{
	// Slack's tokens.
	{[]string{"xox", "xapp"}, 0, regexp.MustCompile(`()\b(?:xox[a-z]|xapp)[-.][A-Za-z0-9.-]{6,}`)},
	// Discord's tokens, and what a ring signed.
	{[]string{"."}, 27, regexp.MustCompile(`()[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]{27,}`)},
	// The token of an interaction, which is "interaction:" and more in base64; and in an address.
	{[]string{"aW50ZXJhY3Rpb246"}, 0, regexp.MustCompile(`()aW50ZXJhY3Rpb246[A-Za-z0-9_=-]+`)},
	{[]string{"/webhooks/", "/interactions/"}, 0, regexp.MustCompile(`(/(?:webhooks|interactions)/[0-9]+/)[^/?\s"'\\]+`)},
	// A response_url, and the address of a socket.
	{[]string{"/actions/", "/commands/", "/services/", "/workflows/", "/hooks/"}, 0, regexp.MustCompile(`(/(?:actions|commands|services|workflows|hooks)/)[A-Za-z0-9_/-]{8,}`)},
	{[]string{"ticket=", "token=", "password=", "secret="}, 0, regexp.MustCompile(`((?:ticket|token|password|secret)=)[^&\s"'\\]+`)},
	// Who signs in at an address, or by the head of a request.
	{[]string{"@"}, 0, regexp.MustCompile(`([a-z]://)[^/@\s"']+@`)},
	{[]string{"Bearer ", "Bot ", "Basic "}, 0, regexp.MustCompile(`((?:Bearer|Bot|Basic) )[A-Za-z0-9._~+/=-]{16,}`)},
	// The address of somebody's own calendar.
	{[]string{"/u/"}, 0, regexp.MustCompile(`(/u/)[A-Za-z0-9]{16,}`)},
	// A key of 32 bytes, with its name.
	{[]string{"="}, 0, regexp.MustCompile(`()(?:\b[a-z0-9-]+:)?[A-Za-z0-9+/]{43}=`)},
}

// in reports whether the shape may be in a text.
func (s shape) in(text string) bool {
	return slices.ContainsFunc(s.marks, func(mark string) bool { return strings.Contains(text, mark) }) && longest(text) >= s.run
}

// longest is the length of the longest row of letters, digits, "-" and "_".
func longest(text string) (most int) {
	n := 0
	for i := range len(text) {
		c := text[i]
		if n++; c|0x20 < 'a' || c|0x20 > 'z' {
			if (c < '0' || c > '9') && c != '-' && c != '_' {
				n = 0
			}
		}
		most = max(most, n)
	}
	return most
}

// Veil hides secrets in what is told to operators: those of settings, wherever they
// stand, and all that looks like one. It is the last of several: code that holds a
// secret does not tell it, and where it does nevertheless, as libraries do in their
// errors, the veil hangs before it. The zero Veil and nil know shapes only. It
// may be used by many at once.
type Veil struct {
	mu    sync.RWMutex
	known []string // every secret, in every form that is looked for, the longest first
}

// Cover adds the secrets of settings to those that are hidden. Those of settings
// that are no longer in force stay hidden: platforms may still cite them.
func (v *Veil) Cover(s Settings) {
	if v == nil {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	known := slices.Clone(v.known) // others may be reading the old list
	for _, secret := range secretsIn(reflect.ValueOf(s)) {
		if text := secret.Reveal(); len(text) >= shortest {
			known = append(known, forms(text)...)
		}
	}
	// Of two secrets that begin alike the whole is hidden.
	slices.SortFunc(known, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	v.known = slices.Compact(known)
}

// secretsIn finds every secret of a value, so that nobody has to think of those
// that are added later.
func secretsIn(v reflect.Value) (list []Secret) {
	if secret, ok := v.Interface().(Secret); ok {
		return []Secret{secret}
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				list = append(list, secretsIn(v.Field(i))...)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			list = append(list, secretsIn(v.Index(i))...)
		}
	default:
	}
	return list
}

// forms are how a text may stand in what is told: as it is, and as it is written
// in JSON, in Go's quotes, in both, and in addresses.
func forms(text string) []string {
	quoted := inner(strconv.Quote(text))
	return []string{text, quoted, inJSON(text), inJSON(quoted), inJSON(inJSON(text)), url.QueryEscape(text), url.PathEscape(text)}
}

// inJSON is a text as JSON has it, without the quotes.
func inJSON(text string) string {
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)                              // as the log has it
	if encoder.Encode(text) != nil || len(out.String()) < 3 { // quotes and the end of the line
		return text
	}
	return inner(strings.TrimSuffix(out.String(), "\n"))
}

func inner(quoted string) string { return quoted[1 : len(quoted)-1] }

// Hide is the text with [secret] in the place of every secret.
func (v *Veil) Hide(text string) string {
	for _, secret := range v.secrets() {
		text = strings.ReplaceAll(text, secret, hidden)
	}
	for _, secret := range v.secrets() {
		text = withoutCut(text, secret)
	}
	for _, s := range shapes {
		if s.in(text) {
			text = s.looks.ReplaceAllString(text, "$1"+hidden)
		}
	}
	return text
}

// head is how many bytes of a secret tell it: a text may have been cut within it.
const head = 12

// withoutCut is the text without what is left of a secret where it was cut.
func withoutCut(text, secret string) string {
	begin := secret[:min(head, len(secret))]
	before, rest, found := strings.Cut(text, begin)
	if !found {
		return text
	}
	var out strings.Builder
	for ; found; before, rest, found = strings.Cut(rest, begin) {
		out.WriteString(before + hidden)
		n := 0
		for tail := secret[len(begin):]; n < len(tail) && n < len(rest) && rest[n] == tail[n]; n++ {
		}
		rest = rest[n:]
	}
	return out.String() + before
}

func (v *Veil) secrets() []string {
	if v == nil {
		return nil
	}
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.known
}

// Over hides secrets in what is written to w, one Write at a time, whoever writes.
// Each call of Write is looked at by itself, so that whoever writes does so by
// whole lines, as a logger does.
func (v *Veil) Over(w io.Writer) io.Writer { return &veiled{veil: v, to: w} }

type veiled struct {
	veil *Veil
	mu   sync.Mutex // of writing
	to   io.Writer
}

// Write hides and writes. It counts the bytes that it was given.
func (v *veiled) Write(p []byte) (int, error) {
	hidden := v.veil.Hide(string(p))
	v.mu.Lock()
	defer v.mu.Unlock()
	if _, err := io.WriteString(v.to, hidden); err != nil {
		return 0, err // that of whom it stands before
	}
	return len(p), nil
}
