package vectors

import (
	"errors"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
)

// rows reads a file of two words or topics and their similarity a line.
func rows(t *testing.T, name string) (list [][3]string) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t"); len(fields) == 3 {
			list = append(list, [3]string(fields))
		}
	}
	return list
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestTopicsAreAsNearAsTheMakerOfTheTableSays(t *testing.T) {
	t.Parallel()
	list := rows(t, "check_topics.tsv")
	if len(list) != 63 {
		t.Fatalf("%d rows, want 63", len(list))
	}
	for _, row := range list {
		a, _ := Standard().Of(row[0], 1000)
		b, _ := Standard().Of(row[1], 1000)
		if got, want := float64(a.Dot(&b)), number(t, row[2]); math.Abs(got-want) > 2e-6 {
			t.Errorf("similarity of %q and %q = %f, want %f", row[0], row[1], got, want)
		}
	}
}

// unit finds a stem, or a pair written stem_stem.
func (t *Table) unit(name string) int {
	first, second, pair := strings.Cut(name, "_")
	if !pair {
		return int(t.stems[first])
	}
	return t.pairs[[2]uint16{t.stems[first], t.stems[second]}]
}

func TestRowsAreAsNearAsTheMakerOfTheTableSays(t *testing.T) {
	t.Parallel()
	table := *Standard()
	list := rows(t, "check.tsv")
	if len(list) != 200 {
		t.Fatalf("%d rows, want 200", len(list))
	}
	for _, row := range list {
		var a, b Vector
		table.add(&a, table.unit(row[0]))
		table.add(&b, table.unit(row[1]))
		a.normalise()
		b.normalise()
		if got, want := float64(a.Dot(&b)), number(t, row[2]); math.Abs(got-want) > 2e-6 {
			t.Errorf("similarity of %q and %q = %f, want %f", row[0], row[1], got, want)
		}
	}
}

func TestATextOfUnknownWordsHasNoPlace(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "xyzzyqq", "the of and", "42 1999", "🧠", "\x00", strings.Repeat("q", 100_000)} {
		if v, ok := Standard().Of(text, 1000); ok || v != (Vector{}) {
			t.Errorf("Of(%.20q) = %v, %t, want none", text, v, ok)
		}
	}
}

func TestFormsOfAWordHaveOnePlace(t *testing.T) {
	t.Parallel()
	want, _ := Standard().Of("Schrodinger operators", 10)
	got, ok := Standard().Of("SCHRÖDINGER-operator", 10)
	if !ok || want != got {
		t.Errorf("Of(SCHRÖDINGER-operator) differs from Of(Schrodinger operators)")
	}
	if short, _ := Standard().Of("Schrodinger operators graphene graphene", 2); short != want {
		t.Error("Of reads beyond its limit")
	}
}

func TestReadRefusesADamagedTable(t *testing.T) {
	t.Parallel()
	damaged := []byte(embedded)
	damaged[100_000] ^= 1
	for name, data := range map[string]string{
		"nothing": "", "another file": "PNG", "cut": embedded[:1000], "short": embedded[:len(embedded)-8], "a wrong bit": string(damaged),
	} {
		if _, err := Read(data); !errors.Is(err, ErrTable) {
			t.Errorf("Read of %s = %v, want it refused", name, err)
		}
	}
}

func FuzzOf(f *testing.F) {
	for _, text := range []string{"sparse autoencoders", "SCHRÖDINGER", "\xff\x00", "a-b_c 3d"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, ok := Standard().Of(text, 50)
		if length := float64(v.Dot(&v)); ok && math.Abs(length-1) > 1e-3 || !ok && length != 0 {
			t.Errorf("Of(%q) has the length %f, ok %t", text, length, ok)
		}
	})
}
