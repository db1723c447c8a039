package matching

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"
)

// mixture is the share of each part in a similarity.
type mixture struct{ words, grams, places float64 }

// of returns how near an author is to a text by some parts alone.
func (m mixture) of(c *Comparison, a author) (sum float64) {
	for _, p := range a.pieces {
		sum += p.weight * (m.words*dot(c.words, p.words)/wordsSpread + m.grams*dot(c.grams, p.grams)/gramsSpread +
			m.places*float64(c.traits.place.Dot(&p.place))/placeSpread)
	}
	return sum
}

// titles reads testdata/triplets.tsv: of each row the archive and three titles, of which
// the first two are of the same subcategory.
func titles(t *testing.T) (rows [][]string) {
	t.Helper()
	data, err := os.ReadFile("testdata/triplets.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t"); len(fields) == 4 && fields[0] != "archive" {
			rows = append(rows, fields)
		}
	}
	return rows
}

// TestOfShortTextsCharactersAndVectorsPay: what is right of the triplets with the mixture
// for short texts, against each of its parts and against words.
func TestOfShortTextsCharactersAndVectorsPay(t *testing.T) {
	t.Parallel()
	rows := titles(t)
	var list []Author
	for _, row := range rows {
		for _, title := range row[2:] {
			list = append(list, Author{Profile: Profile{ID: title}, Texts: []Text{{Title: title}}})
		}
	}
	w := NewWritings(list, standard())
	right := map[string]int{}
	parts := map[string]mixture{"words": {words: 1}, "characters": {grams: 1}, "vectors": {places: 1}}
	for i, row := range rows {
		c := w.Compare(Text{Title: row[1]})
		if c.Score(2*i) > c.Score(2*i+1) {
			right["mixture"]++
		}
		for name, m := range parts {
			if m.of(c, w.authors[2*i]) > m.of(c, w.authors[2*i+1]) {
				right[name]++
			}
		}
	}
	t.Logf("right of %d: %v", len(rows), right)
	if right["mixture"] < right["words"]*12/10 || right["mixture"] < right["characters"]*12/10 || right["mixture"] < right["vectors"]*99/100 {
		t.Errorf("right of %d: %v; the mixture is to be far above words and characters, and no worse than vectors", len(rows), right)
	}
}

// TestAblationOnPeople prints how much each part pays on the file that PEOPLE names, of a
// name, a lab and an abstract in its first, second and sixth column. Half of the texts of a
// lab make an author; the loss is the part of the other authors that are nearer than the
// own one to a text of the other half.
func TestAblationOnPeople(t *testing.T) {
	path := os.Getenv("PEOPLE")
	if path == "" {
		t.Skip("PEOPLE names no file")
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	title := func(text string) string {
		words := strings.Fields(strings.SplitN(text, ". ", 2)[0])
		return strings.Join(words[:min(len(words), 14)], " ")
	}
	short, long := func(text string) Text { return Text{Title: title(text)} }, func(text string) Text { return Text{Abstract: text} }
	for _, c := range []struct {
		name        string
		most        int
		text, asked func(string) Text
	}{{"titles", 5, short, short}, {"abstracts", 20, long, long}, {"abstracts, asked by titles", 20, long, short}} {
		t.Log(c.name, losses(rows[1:], c.most, c.text, c.asked))
	}
}

// losses returns the loss of each mixture.
func losses(rows [][]string, most int, text, asked func(string) Text) map[string]float64 {
	labs, written, queries := map[string]int{}, []Author(nil), map[string]int{}
	for i, row := range rows {
		lab, known := labs[row[1]]
		if !known {
			lab = len(written)
			labs[row[1]], written = lab, append(written, Author{Profile: Profile{ID: row[1]}})
		}
		switch {
		case i%2 == 1:
			queries[row[5]] = lab
		case len(written[lab].Texts) < most:
			written[lab].Texts = append(written[lab].Texts, text(row[5]))
		}
	}
	w, loss := NewWritings(written, standard()), map[string]float64{}
	scorers := map[string]func(c *Comparison, a int) float64{"as it is": func(c *Comparison, a int) float64 { return float64(c.Score(a)) }}
	for name, m := range map[string]mixture{
		"words": {words: 1}, "characters": {grams: 1}, "vectors": {places: 1}, "words + 1/4 vectors": {words: 1, places: .25},
		"words + 1/2 vectors": {words: 1, places: .5}, "words + vectors": {words: 1, places: 1}, "characters + vectors": {grams: 1, places: 1},
	} {
		scorers[name] = func(c *Comparison, a int) float64 { return m.of(c, w.authors[a]) }
	}
	for query, own := range queries {
		c := w.Compare(asked(query))
		for name, score := range scorers {
			mine := score(c, own)
			for a := range w.authors {
				if other := score(c, a); a != own && other > mine {
					loss[name] += 1 / float64(len(queries)*(len(w.authors)-1))
				} else if a != own && other == mine {
					loss[name] += .5 / float64(len(queries)*(len(w.authors)-1))
				}
			}
		}
	}
	return loss
}
