// Package vectors gives research topics a place in a space where related topics are
// near each other. Its rule: a topic without one known word has no place, and is near
// nothing. The table comes with the program; NOTICE.md says what it was learnt from.
package vectors

import (
	_ "embed" // the table
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"strings"
	"sync"
	"unicode"

	"github.com/kljensen/snowball/english"
	"golang.org/x/text/unicode/norm"
)

//go:embed field-vectors.bin
var embedded string

// Dimensions is the length of every vector.
const Dimensions = 96

// ErrTable is wrapped by all errors about a table that cannot be read.
var ErrTable = errors.New("the table of word vectors cannot be read")

// Vector is the place of a topic; its length is 1. Similarity is the scalar product.
type Vector [Dimensions]float32

// Table holds the vectors of stems and of pairs of them. It does not change.
type Table struct {
	stop    map[string]bool
	stems   map[string]uint16
	pairs   map[[2]uint16]int // number of the unit
	weights []byte            // float32 each
	scales  []byte            // float32 each
	mean    Vector
	rows    string // int8, Dimensions each
}

// Standard returns the table that comes with the program, read once.
var Standard = sync.OnceValue(func() *Table { //nolint:gochecknoglobals // a constant that takes 12 ms to make
	t, err := Read(embedded)
	if err != nil {
		panic(err) // a test reads the embedded table
	}
	return t
})

// Read reads a table, and checks its form and its sum; errors wrap ErrTable. It keeps
// parts of the string instead of copies.
func Read(data string) (*Table, error) {
	const magic = "FLDVEC1\n"
	body := max(len(data)-4, 0)
	if !strings.HasPrefix(data, magic) || len(data) < len(magic)+20 {
		return nil, fmt.Errorf("%w: it does not begin with %q", ErrTable, magic)
	}
	if crc32.ChecksumIEEE([]byte(data[:body])) != binary.LittleEndian.Uint32([]byte(data[body:])) {
		return nil, fmt.Errorf("%w: its sum is wrong", ErrTable)
	}
	r := reader{data: data[:body], at: len(magic)}
	dimensions, stems, pairs, stops := r.number(), r.number(), r.number(), r.number()
	if dimensions != Dimensions || stems > math.MaxUint16 || pairs > 1<<24 || stops > 1<<16 {
		return nil, fmt.Errorf("%w: %d dimensions of %d stems and %d pairs", ErrTable, dimensions, stems, pairs)
	}
	t := &Table{stop: map[string]bool{}, stems: make(map[string]uint16, stems), pairs: make(map[[2]uint16]int, pairs)}
	for range stops {
		t.stop[r.word()] = true
	}
	for i := range stems {
		t.stems[r.word()] = uint16(i)
	}
	for i := range pairs {
		pair := []byte(r.take(4))
		t.pairs[[2]uint16{binary.LittleEndian.Uint16(pair), binary.LittleEndian.Uint16(pair[2:])}] = stems + i
	}
	r.take(-r.at & 3)
	t.weights, t.scales = []byte(r.take(4*(stems+pairs))), []byte(r.take(4*(stems+pairs)))
	mean := []byte(r.take(4 * Dimensions))
	for d := range t.mean {
		t.mean[d] = float(mean, d)
	}
	t.rows = r.take(Dimensions * (stems + pairs))
	if r.short || r.at != len(r.data) {
		return nil, fmt.Errorf("%w: it has another length than it says", ErrTable)
	}
	return t, nil
}

// reader takes a table apart. Beyond the end it takes zeros and notes that it was short.
type reader struct {
	data  string
	at    int
	short bool
}

func (r *reader) take(n int) string {
	if r.at+n > len(r.data) {
		r.short = true
		return strings.Repeat("\x00", n)
	}
	r.at += n
	return r.data[r.at-n : r.at]
}

func (r *reader) number() int { return int(binary.LittleEndian.Uint32([]byte(r.take(4)))) }

func (r *reader) word() string { return r.take(int(r.take(1)[0])) }

func float(list []byte, i int) float32 {
	return math.Float32frombits(binary.LittleEndian.Uint32(list[4*i:]))
}

// Of returns the place of a text; not ok if the table knows none of its words. Only
// the first limit words are read.
func (t *Table) Of(text string, limit int) (v Vector, ok bool) {
	last := -1
	for _, word := range words(text, limit) {
		if len(word) < 2 || isNumber(word) || t.stop[word] {
			continue
		}
		stem, known := t.stems[english.Stem(word, true)]
		if !known {
			last = -1
			continue
		}
		t.add(&v, int(stem))
		if pair, known := t.pairs[[2]uint16{uint16(max(last, 0)), stem}]; known && last >= 0 {
			t.add(&v, pair)
		}
		last, ok = int(stem), true
	}
	if !ok || !v.normalise() {
		return Vector{}, false
	}
	for d := range v {
		v[d] -= t.mean[d]
	}
	ok = v.normalise()
	return v, ok
}

// add adds the weighted vector of a unit.
func (t *Table) add(v *Vector, unit int) {
	factor := float(t.weights, unit) * float(t.scales, unit)
	row := t.rows[unit*Dimensions : (unit+1)*Dimensions]
	for d := range v {
		v[d] += factor * float32(int8(row[d]))
	}
}

// normalise gives a vector the length 1, and reports whether it had any.
func (v *Vector) normalise() bool {
	sum := v.Dot(v)
	if sum == 0 {
		return false
	}
	factor := 1 / float32(math.Sqrt(float64(sum)))
	for d := range v {
		v[d] *= factor
	}
	return true
}

// Dot returns the scalar product: of two places their similarity, -1 to 1.
func (v *Vector) Dot(w *Vector) float32 {
	var sums [4]float32
	for d := 0; d < Dimensions; d += 4 {
		sums[0] += v[d] * w[d]
		sums[1] += v[d+1] * w[d+1]
		sums[2] += v[d+2] * w[d+2]
		sums[3] += v[d+3] * w[d+3]
	}
	return sums[0] + sums[1] + sums[2] + sums[3]
}

// words returns the runs of letters a to z and digits, without accents and case.
func words(text string, limit int) []string {
	text = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(text))
	list := strings.FieldsFunc(text, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	return list[:min(len(list), limit)]
}

func isNumber(word string) bool {
	return strings.Trim(word, "0123456789") == ""
}
