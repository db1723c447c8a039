package exchange

import (
	"regexp"
	"slices"
	"strings"
)

// maxExpression is how many words an expression has at most.
const maxExpression = 40

// words are the words of a licence expression: names, operators and parentheses.
//
//nolint:gochecknoglobals // compiled once
var (
	words      = regexp.MustCompile(`\(|\)|[A-Za-z0-9.+:-]+`)
	licenceRef = regexp.MustCompile(`^(DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+$`)
)

// expression reads a licence expression of SPDX 2.3, annex D: names joined by
// AND and OR, exceptions added by WITH, parentheses. It is open if a way through
// it leaves open licences only: one side of an OR is enough, of an AND both are
// needed, and an exception only ever permits more.
type expression struct {
	left []string // words that are still to be read
}

// parseExpression reads a text whole; false for what is none.
func parseExpression(text string) (Licence, bool) {
	e := expression{left: words.FindAllString(text, maxExpression+1)}
	whole := words.ReplaceAllString(text, "")
	if len(e.left) == 0 || len(e.left) > maxExpression || strings.TrimSpace(whole) != "" {
		return Licence{}, false
	}
	l, ok := e.either()
	return l, ok && len(e.left) == 0
}

// next takes a word if it is the one that is wanted, whatever its capitals.
func (e *expression) next(word string) bool {
	if len(e.left) == 0 || !strings.EqualFold(e.left[0], word) {
		return false
	}
	e.left = e.left[1:]
	return true
}

// either reads what OR joins: the most open of them counts.
func (e *expression) either() (Licence, bool) {
	l, ok := e.both()
	for ok && e.next("OR") {
		var r Licence
		if r, ok = e.both(); ok {
			class := l.Class
			if class == NotOpen {
				class = r.Class
			}
			l = Licence{ID: l.ID + " OR " + r.ID, Class: class}
		}
	}
	return l, ok
}

// both reads what AND joins: one that is not open closes the whole.
func (e *expression) both() (Licence, bool) {
	l, ok := e.single()
	for ok && e.next("AND") {
		var r Licence
		if r, ok = e.single(); ok {
			class := l.Class
			if r.Class == NotOpen || class != NotOpen && r.Class == OpenCode {
				class = r.Class
			}
			l = Licence{ID: l.ID + " AND " + r.ID, Class: class}
		}
	}
	return l, ok
}

// single reads a licence, with an exception where one follows, or what stands in
// parentheses.
func (e *expression) single() (Licence, bool) {
	if e.next("(") {
		l, ok := e.either()
		return Licence{ID: "(" + l.ID + ")", Class: l.Class}, ok && e.next(")")
	}
	if len(e.left) == 0 {
		return Licence{}, false
	}
	l, ok := named(e.left[0])
	e.left = e.left[1:]
	if !ok || !e.next("WITH") {
		return l, ok
	}
	if len(e.left) == 0 {
		return l, false
	}
	i := slices.IndexFunc(exceptions(), func(id string) bool { return strings.EqualFold(id, e.left[0]) })
	e.left = e.left[1:]
	if i < 0 {
		return l, false
	}
	return Licence{ID: l.ID + " WITH " + exceptions()[i], Class: l.Class}, true
}

// named is a licence by its name: of the list, of the list "or later", or one of
// somebody's own, of which nobody knows whether it is open.
func named(id string) (Licence, bool) {
	if l, ok := licences()[strings.ToLower(id)]; ok {
		return l, true
	}
	if base, later := strings.CutSuffix(id, "+"); later {
		l, ok := licences()[strings.ToLower(base)]
		return Licence{ID: l.ID + "+", Class: l.Class}, ok
	}
	return Licence{ID: id}, licenceRef.MatchString(id)
}
