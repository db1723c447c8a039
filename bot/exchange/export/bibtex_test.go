package export_test

import (
	_ "embed" // of a list of works
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interlab/bot/exchange"
	"interlab/bot/exchange/export"
	"interlab/calendar"
)

//go:embed testdata/works.bib
var works string

// work is a piece that somebody declared and nobody has a role in.
func work(by string, what exchange.Artefact, where, title string) exchange.Evidence {
	return exchange.Evidence{Type: what, Title: title, Where: where, Openness: exchange.ToAll, Licence: "CC-BY-4.0", Declared: exchange.Mark{By: by}}
}

func bookOf(people map[string]string, all ...exchange.Evidence) export.Book {
	r := exchange.Record{ID: "e1", Exchange: &exchange.Exchange{}, Evidence: all}
	return export.Book{Ledger: exchange.Ledger{Records: []exchange.Record{r}}, People: people, Period: exchange.Period{From: on(0), To: on(365)}}
}

func TestBibTeXIsAPersonsListOfWorks(t *testing.T) {
	t.Parallel()
	paper := work("ana", exchange.Preprint, "arxiv:2601.00001v2", "100% of {it} & more\n_now_")
	data := work("bo", exchange.Dataset, "doi:10.5281/zenodo.7_a", "Later")
	data.Credit = map[string][]exchange.Role{"ana": {exchange.Software}, "cara": nil}
	data.Published = dayNo(40)
	hidden := work("ana", exchange.Paper, "doi:10.5281/zenodo.8", "Hidden")
	hidden.Openness, hidden.Holding = exchange.Withheld, exchange.ForSafety
	again := data
	again.Title = "Again"
	later := work("ana", exchange.TechnicalReport, "https://example.org/a_b?c=100%25&d={e}#f", "Émigré: ünïcode stays")
	later.Openness, later.Holding, later.Until = exchange.Embargoed, exchange.ForReview, dayNo(10)
	never := later
	never.Where, never.Until = "https://example.org/never", dayNo(400)
	code := work("ana", exchange.EvalHarness, "https://github.com/curie/tests/releases/tag/v1.2", "Tests")
	code.Version, code.Licence = "v1.2", ""
	names := map[string]string{"ana": "Ana Roy", "cara": "Institute of Ice and Snow, Kiruna"}
	b := bookOf(names, data, paper, hidden, again, later, never, code)
	got := string(b.BibTeX("ana"))
	if diff := cmp.Diff(works, got); diff != "" {
		t.Errorf("BibTeX (-want +got):\n%s", diff)
	}
	if got := string(b.DOIs("ana")); got != "10.5281/zenodo.7_a\n" {
		t.Errorf("DOIs = %q, want the one DOI once", got)
	}
	if got := b.BibTeX("bo"); len(got) != 0 {
		t.Errorf("somebody without a part in anything has a list: %s", got)
	}
}

func TestEveryArtefactHasAKindOfEntry(t *testing.T) {
	t.Parallel()
	kinds := map[exchange.Artefact]string{
		exchange.Paper: "article", exchange.TechnicalReport: "techreport", exchange.NegativeResult: "techreport",
		exchange.Dataset: "dataset", exchange.BenchmarkData: "dataset", exchange.Weights: "dataset",
		exchange.Checkpoints: "dataset", exchange.TrainingLogs: "dataset",
		exchange.TrainingCode: "software", exchange.InferenceCode: "software", exchange.PreparationCode: "software",
		exchange.Architecture: "software", exchange.EvalHarness: "software", exchange.ReproScript: "software", exchange.Adoption: "software",
	}
	for _, a := range exchange.Artefacts() {
		want := kinds[a]
		if want == "" {
			want = "misc"
		}
		got := string(bookOf(nil, work("ana", a, "https://example.org/a", "A")).BibTeX("ana"))
		if !strings.HasPrefix(got, "@"+want+"{interlab") {
			t.Errorf("BibTeX of %s = %s, want @%s", a, got, want)
		}
	}
}

// The year of a work is its own: never that of its declaration.
func TestAYearIsThatOfTheWorkOrLeftOut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ where, published, want string }{
		{"https://example.org/a", "", ""},
		{"https://example.org/a", "2019-11-30", "2019 nov"},
		{"arxiv:2403.13784v2", "", "2024 mar"},
		{"arxiv:2403.13784v2", "2024-05-01", "2024 may"},
		{"arxiv:hep-th/9901001", "", "1999 jan"},
		{"arxiv:math.GT/0512001", "", "2005 dec"},
		{"doi:10.5281/zenodo.7", "", ""},
		{"isbn:9780306406157", "", ""},
	} {
		v := work("ana", exchange.Paper, c.where, "A")
		v.Declared.At = on(3)
		v.Confirmed = &exchange.Mark{By: "bo", At: on(9)}
		if c.published != "" {
			v.Published = mustDate(t, c.published)
		}
		entries := readBibTeX(t, string(bookOf(nil, v).BibTeX("ana")))
		if got := strings.TrimSpace(entries[0].fields["year"] + " " + entries[0].fields["month"]); got != c.want {
			t.Errorf("year of %s published %q = %q, want %q", c.where, c.published, got, c.want)
		}
	}
}

func TestAKeyStaysWithItsWork(t *testing.T) {
	t.Parallel()
	key := func(all ...exchange.Evidence) string {
		entries := readBibTeX(t, string(bookOf(nil, all...).BibTeX("ana")))
		return entries[len(entries)-1].key
	}
	one, other := work("ana", exchange.Paper, "doi:10.5281/zenodo.7", "Title"), work("ana", exchange.Paper, "doi:10.5281/zenodo.8", "A title")
	renamed := one
	renamed.Title = "Another title"
	if a, b, c := key(one), key(renamed), key(one, other); a != b || a != c {
		t.Errorf("keys of one work = %s, renamed %s, beside another %s, want the same", a, b, c)
	}
	if key(one) == key(other) {
		t.Errorf("two works share the key %s", key(one))
	}
}

// Whatever people are called and wherever works are, the list reads back: as many
// entries, each with its own key, with as many authors, and nothing that TeX would
// read as its own in what is set as text.
func TestBibTeXReadsBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[{}\\%&#$_~^"@,= a-f]{1,12}( and | others |\n)?[A-F{}]{0,3}`), rapid.Just("Lab and Sons, Inc. {Berlin"))
		places := rapid.SampledFrom([]string{
			"doi:10.5281/zenodo.7_a%b{c}", "arxiv:2601.00001v2", "isbn:9780306406157", "https://example.org/a_b?c=%7B&d=100%25",
			"https://example.org/{", "swh:1:rev:" + strings.Repeat("0a", 20), "https://github.com/curie/tests",
		})
		people := map[string]string{"ana": text.Draw(t, "ana"), "bo": text.Draw(t, "bo")}
		var all []exchange.Evidence
		for _, where := range rapid.SliceOfNDistinct(places, 1, 5, rapid.ID).Draw(t, "places") {
			v := work("ana", rapid.SampledFrom(exchange.Artefacts()).Draw(t, "type"), where, text.Draw(t, "title"))
			v.Version, v.Credit = text.Draw(t, "version"), map[string][]exchange.Role{"ana": nil, "bo": nil}
			all = append(all, v)
		}
		list := string(bookOf(people, all...).BibTeX("ana"))
		entries := readBibTeX(t, list)
		keys := map[string]bool{}
		for _, e := range entries {
			keys[e.key] = true
			for _, name := range []string{"title", "author", "version", "note"} {
				if bare := specials.FindString(spelled.ReplaceAllString(e.fields[name], "")); bare != "" {
					t.Fatalf("%s = {%s} has a bare %q in\n%s", name, e.fields[name], bare, list)
				}
			}
			if got, most := len(authorsOf(e.fields["author"])), 2; got > most {
				t.Fatalf("author = {%s} names %d people, want %d at most", e.fields["author"], got, most)
			}
		}
		if len(entries) != len(all) || len(keys) != len(all) {
			t.Fatalf("BibTeX of %d works has %d entries and %d keys:\n%s", len(all), len(entries), len(keys), list)
		}
	})
}

var (
	spelled  = regexp.MustCompile(`\\text[a-z]+\{\}|\\[%&#$_]`)
	specials = regexp.MustCompile(`[%&#$_~^\\\n]`)
)

// entry is one of a BibTeX file.
type entry struct {
	kind, key string
	fields    map[string]string
}

// readBibTeX reads what any reader of BibTeX must be able to: entries of fields in
// balanced braces, or of one word.
func readBibTeX(t interface {
	Helper()
	Fatalf(format string, args ...any)
}, text string,
) []entry {
	t.Helper()
	var all []entry
	for rest := strings.TrimSpace(text); rest != ""; rest = strings.TrimSpace(rest) {
		head := regexp.MustCompile(`^@([a-z]+)\{([a-z0-9]+),\n`).FindStringSubmatch(rest)
		if head == nil {
			t.Fatalf("no entry begins at %q", rest)
		}
		e := entry{kind: head[1], key: head[2], fields: map[string]string{}}
		rest = rest[len(head[0]):]
		for !strings.HasPrefix(rest, "}") {
			name, value, after, err := readField(rest)
			if err != nil {
				t.Fatalf("%v in\n%s", err, text)
			}
			if _, twice := e.fields[name]; twice {
				t.Fatalf("field %s stands twice in\n%s", name, text)
			}
			e.fields[name], rest = value, after
		}
		all, rest = append(all, e), rest[1:]
	}
	return all
}

// readField reads "  name = {value},\n" and what comes after it. BibTeX counts
// every brace, also one behind a backslash.
func readField(text string) (name, value, rest string, err error) {
	name, after, ok := strings.Cut(strings.TrimLeft(text, " "), " = ")
	if !ok || strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsLower(r) }) {
		return "", "", "", fmt.Errorf("no field begins at %q", text)
	}
	if !strings.HasPrefix(after, "{") {
		value, rest, ok = strings.Cut(after, ",\n")
		if !ok || !regexp.MustCompile(`^[a-z]{3}$`).MatchString(value) {
			return "", "", "", fmt.Errorf("%s is no word: %q", name, value)
		}
		return name, value, rest, nil
	}
	depth := 0
	for i, c := range after {
		switch c {
		case '{':
			depth++
		case '}':
			depth--
		}
		if depth == 0 {
			if !strings.HasPrefix(after[i:], "},\n") {
				return "", "", "", fmt.Errorf("%s is followed by %q", name, after[i:])
			}
			return name, after[1:i], after[i+3:], nil
		}
	}
	return "", "", "", fmt.Errorf("the braces of %s never close", name)
}

// authorsOf are the names of a field: parted by "and" outside braces.
func authorsOf(field string) []string {
	var outside strings.Builder
	depth := 0
	for _, c := range field {
		switch c {
		case '{':
			depth++
		case '}':
			depth--
		default:
			if depth == 0 {
				outside.WriteRune(c)
			}
		}
	}
	return regexp.MustCompile(`(?i)(^|\s)and(\s|$)`).Split(outside.String(), -1)
}

func mustDate(t *testing.T, text string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
