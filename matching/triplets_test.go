package matching

import (
	"os"
	"strings"
	"testing"
)

// TestNearerIsWhatIsOfTheSameField holds the similarity of titles against which of two
// arXiv papers is of the same subcategory as a third; both are of the same archive, so
// that chance is one half. testdata/triplets.tsv draws 150 to 700 of an archive.
func TestNearerIsWhatIsOfTheSameField(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/triplets.tsv")
	if err != nil {
		t.Fatal(err)
	}
	right, all := map[string]int{}, map[string]int{}
	var authors []Author
	var rows [][]string
	for line := range strings.Lines(string(data)) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(fields) != 4 || fields[0] == "archive" {
			continue
		}
		rows = append(rows, fields)
		for _, title := range fields[2:] {
			authors = append(authors, Author{Profile: Profile{ID: title}, Texts: []Text{{Title: title}}})
		}
	}
	w := NewWritings(authors, standard())
	for i, row := range rows {
		c := w.Compare(Text{Title: row[1]})
		all[row[0]]++
		if c.Score(2*i) > c.Score(2*i+1) {
			right[row[0]]++
		}
	}
	for archive, least := range map[string]float64{"cs": 0.75, "math": 0.73, "q-bio": 0.68} {
		share := float64(right[archive]) / float64(all[archive])
		t.Logf("%s: %.3f of %d", archive, share, all[archive])
		if share < least {
			t.Errorf("%s: %.3f of %d triplets are right, want %.2f", archive, share, all[archive], least)
		}
	}
}
