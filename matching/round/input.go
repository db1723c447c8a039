package round

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
)

// lines are lines of text, all in one buffer: a round of 100,000 people has millions.
type lines struct {
	text []byte
	ends []int
}

// add appends a line of a word, quoted names, and numbers.
func (l *lines) add(word string, names []string, numbers ...int64) {
	l.text = append(l.text, word...)
	for _, name := range names {
		l.text = strconv.AppendQuote(append(l.text, ' '), name)
	}
	for _, n := range numbers {
		l.text = strconv.AppendInt(append(l.text, ' '), n, 10)
	}
	l.text = append(l.text, '\n')
	l.ends = append(l.ends, len(l.text))
}

// sorted returns the lines in order.
func (l *lines) sorted() [][]byte {
	all, from := make([][]byte, len(l.ends)), 0
	for i, end := range l.ends {
		all[i], from = l.text[from:end], end
	}
	slices.SortFunc(all, bytes.Compare)
	return all
}

// hash returns what identifies a round, whatever the order of its lists.
func (r Round) hash() string {
	var l lines
	couple := func(word, a, b string, numbers ...int64) {
		l.add(word, []string{min(a, b), max(a, b)}, numbers...)
	}
	for _, p := range r.People {
		l.add("person", []string{p.ID, p.Lab}, int64(p.Away), int64(p.Waited)) // Away by its bits
	}
	for _, p := range r.Pairs {
		couple("pair", p.A, p.B, p.Weight)
	}
	for _, p := range r.Past {
		couple("past", p.A, p.B, int64(p.Ago))
	}
	for _, p := range r.Pins {
		couple("pin", p.A, p.B)
	}
	for _, f := range r.Forbids {
		couple("forbid", f.A, f.B)
	}
	digest := sha256.New()
	for _, line := range l.sorted() {
		_, _ = digest.Write(line)
	}
	_, _ = fmt.Fprintf(digest, "%+v\n", r.Rules)
	return hex.EncodeToString(digest.Sum(nil))
}
