package bot_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"interlab/bot"
	"interlab/bot/chat"
)

// clerk is a platform that keeps the files which answers carry.
type clerk struct {
	chat.Messenger
	kept *filed
}

type filed struct {
	mu    sync.Mutex
	files []chat.Attachment
}

func (c clerk) Answer(ctx context.Context, id string, e chat.Event, show chat.Show, m chat.Message) (chat.Posted, error) {
	c.kept.mu.Lock()
	c.kept.files = append(c.kept.files, m.Attachments...)
	c.kept.mu.Unlock()
	return c.Messenger.Answer(ctx, id, e, show, m)
}

// The files of a conversation about exports are opened as those who get them do.
func TestFilesThatTheChatGivesOutCanBeRead(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/conversations/export.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out filed
	th := newTheatreOn(t, memoryStore(t), (&losses{stop: map[string]map[bot.Loss]bool{}}).watched, func(th *theatre, o *bot.Options) {
		o.Messenger = func(chat.Platform) (chat.Messenger, bool) { return clerk{th.con.Platform(), &out}, true }
	})
	th.play(string(text))
	seen, tables, mended := map[string]int{}, map[string]bool{}, false
	for _, f := range out.files {
		seen[f.Name]++
		switch {
		case f.Name == "outcomes.json":
			readOutcomes(t, f.Data)
		case f.Name == "outcomes-csv.zip":
			eachFile(t, f.Data, func(name string, data []byte) {
				tables[name] = true
				mended = readSheet(t, name, data) || mended
			})
		case f.Name == "outcomes-crate.zip":
			eachFile(t, f.Data, func(name string, data []byte) { readCrate(t, name, data) })
		case strings.HasSuffix(f.Name, ".bib"):
			if entry := regexp.MustCompile(`(?s)^@\w+\{[\w:.-]+,\n.*title\s*=\s*\{.*\n\}\s*`); !entry.Match(f.Data) {
				t.Errorf("%s has no entry: %s", f.Name, f.Data)
			}
		case strings.HasSuffix(f.Name, "-doi.txt"):
			for doi := range strings.Lines(string(f.Data)) {
				if !strings.HasPrefix(doi, "10.") {
					t.Errorf("%s has the line %q, want a DOI", f.Name, doi)
				}
			}
		}
	}
	for _, name := range []string{"outcomes.json", "outcomes-csv.zip", "outcomes-crate.zip", "works.bib", "works-doi.txt"} {
		if seen[name] == 0 {
			t.Errorf("nobody was given %s; there are %v", name, seen)
		}
	}
	if !tables["metrics.csv"] || !mended {
		t.Errorf("of the tables %v one wants to be metrics.csv, and one to have the goal that begins like a formula, which is there: %v", tables, mended)
	}
}

func readOutcomes(t *testing.T, data []byte) {
	t.Helper()
	var doc struct {
		Schema  int `json:"schema_version"`
		Metrics []struct{ Metric string }
	}
	if err := json.Unmarshal(data, &doc); err != nil || doc.Schema < 1 || len(doc.Metrics) == 0 {
		t.Errorf("outcomes.json: %v, schema %v, %d figures", err, doc.Schema, len(doc.Metrics))
	}
}

// readSheet reads a table as RFC 4180 has it: rows of one length, of which no cell
// is a formula. It reports whether one was kept from being one.
func readSheet(t *testing.T, name string, data []byte) (mended bool) {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
	if err != nil || len(rows) == 0 {
		t.Errorf("%s: %v, %d rows", name, err, len(rows))
	}
	number := regexp.MustCompile(`^-?\d+(\.\d+)?$`)
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) && !number.MatchString(cell) {
				t.Errorf("%s has the cell %q, which a spreadsheet would compute", name, cell)
			}
			mended = mended || strings.HasPrefix(cell, "'=SUM(A1:A9)")
		}
	}
	return mended
}

// readCrate reads a detached RO-Crate: everything that it refers to is in it, or
// on the web.
func readCrate(t *testing.T, name string, data []byte) {
	t.Helper()
	var crate struct {
		Graph []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal(data, &crate); err != nil || len(crate.Graph) < 2 {
		t.Errorf("%s: %v, %d entities", name, err, len(crate.Graph))
	}
	var ids []string
	for _, entity := range crate.Graph {
		id, _ := entity["@id"].(string)
		ids = append(ids, id)
	}
	var follow func(value any)
	follow = func(value any) {
		switch value := value.(type) {
		case []any:
			for _, one := range value {
				follow(one)
			}
		case map[string]any:
			if id, _ := value["@id"].(string); strings.HasPrefix(id, "#") && !slices.Contains(ids, id) {
				t.Errorf("%s refers to %s, which is not in it", name, id)
			}
		}
	}
	roots := 0
	for _, entity := range crate.Graph {
		for _, value := range entity {
			follow(value)
		}
		if id, _ := entity["@id"].(string); entity["@type"] != "Dataset" || !strings.HasPrefix(id, "arcp://") {
			continue
		}
		roots++
		for _, required := range []string{"name", "description", "datePublished", "license"} {
			if entity[required] == nil {
				t.Errorf("the root of %s has no %s: %v", name, required, entity)
			}
		}
	}
	if roots != 1 {
		t.Errorf("%s has %d roots, want one", name, roots)
	}
}

// eachFile unpacks an archive.
func eachFile(t *testing.T, packed []byte, read func(name string, data []byte)) {
	t.Helper()
	files, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil || len(files.File) == 0 {
		t.Fatalf("an archive: %v", err)
	}
	for _, f := range files.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		read(f.Name, data)
	}
}
