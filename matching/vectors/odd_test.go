package vectors

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestEveryPlaceHasTheLengthOne(t *testing.T) {
	t.Parallel()
	word := rapid.SampledFrom([]string{"graph", "theory", "protein", "folding", "xyzzyqq", "the", "of", "42", "Schrödinger", "\x00", "é"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(word, 0, 30).Draw(t, "words"), " ")
		v, ok := Standard().Of(text, 1000)
		if length := math.Sqrt(float64(v.Dot(&v))); ok && math.Abs(length-1) > 1e-5 || !ok && length != 0 {
			t.Errorf("Of(%q) = a vector of length %f, %t", text, length, ok)
		}
		if again, _ := Standard().Of(text, 1000); again != v {
			t.Errorf("Of(%q) twice gives two places", text)
		}
	})
}

func TestCaseAccentsAndStopWordsDoNotMatter(t *testing.T) {
	t.Parallel()
	for a, b := range map[string]string{
		"Graph Theory": "graph theory", "the theory of graphs": "theory graphs", "naïve Bayes": "naive bayes",
		"protein-folding": "protein folding", "graph\ntheory\t": "graph theory", "graph 42 theory": "graph theory",
	} {
		v, _ := Standard().Of(a, 100)
		w, ok := Standard().Of(b, 100)
		if near := v.Dot(&w); !ok || near < 0.999 {
			t.Errorf("%q and %q are %f alike, want them one place", a, b, near)
		}
	}
}

func TestOnlyTheFirstWordsAreRead(t *testing.T) {
	t.Parallel()
	want, _ := Standard().Of("protein folding", 100)
	if got, _ := Standard().Of("protein folding graph theory", 2); got != want {
		t.Error("with a limit of two words the third is read")
	}
	if _, ok := Standard().Of("protein folding", 0); ok {
		t.Error("with a limit of no words there is a place")
	}
}

// A table with a right sum that says what it does not hold is refused, not read beyond.
func TestReadRefusesATableThatLies(t *testing.T) {
	t.Parallel()
	const head = "FLDVEC1\n"
	for name, numbers := range map[string][4]uint32{
		"other dimensions": {95, 1, 0, 0}, "too many stems": {Dimensions, 1 << 17, 0, 0}, "too many pairs": {Dimensions, 1, 1 << 25, 0},
		"too many stop words": {Dimensions, 1, 0, 1 << 17}, "stems that are not there": {Dimensions, 1000, 0, 0},
		"pairs that are not there": {Dimensions, 0, 1000, 0}, "stop words that are not there": {Dimensions, 0, 0, 1000},
	} {
		data := []byte(head)
		for _, n := range numbers {
			data = binary.LittleEndian.AppendUint32(data, n)
		}
		data = append(data, make([]byte, 40)...)
		data = binary.LittleEndian.AppendUint32(data, crc32.ChecksumIEEE(data))
		if _, err := Read(string(data)); !errors.Is(err, ErrTable) {
			t.Errorf("%s: Read = %v, want it refused", name, err)
		}
	}
}
