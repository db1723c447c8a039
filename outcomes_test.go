package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestOutcomesAreExportedFromTheCommandLine(t *testing.T) {
	t.Parallel()
	folder := network(t, "2100-11-30T09:00Z")
	out, errs, code := kept(t, folder, "export", "json")
	var whole struct {
		Version int `json:"schema_version"`
		Labs    []struct{ Name string }
	}
	if err := json.Unmarshal([]byte(out), &whole); code != 0 || err != nil || whole.Version != 2 || len(whole.Labs) != 2 {
		t.Errorf("export json = exit %d, %v: %s%s", code, err, out, errs)
	}
	if strings.Contains(out, "Ana") || strings.Contains(out, "curie.example") {
		t.Error("the JSON names somebody")
	}
	for _, format := range []string{"csv", "crate", "bibtex"} {
		file := filepath.Join(t.TempDir(), format+".zip")
		if out, errs, code := kept(t, folder, "export", format, "--period", "2100", file); code != 0 || !strings.Contains(out, "outcomes-"+format+".zip is in") {
			t.Errorf("export %s = exit %d: %s%s", format, code, out, errs)
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := zip.NewReader(bytes.NewReader(data), int64(len(data))); err != nil {
			t.Errorf("export %s: %v", format, err)
		}
	}
	for _, format := range []string{"csv", "json", "crate", "bibtex", "backup"} {
		file := filepath.Join(t.TempDir(), "mine")
		if err := os.WriteFile(file, []byte("dear"), 0o600); err != nil {
			t.Fatal(err)
		}
		_, errs, code := kept(t, folder, "export", format, file)
		if left, err := os.ReadFile(file); code != 1 || errs != "interlab: "+file+" is there already; choose another name\n" || err != nil || string(left) != "dear" {
			t.Errorf("export %s onto a file = exit %d, %q and left %q, %v", format, code, errs, left, err)
		}
	}
	if _, errs, code := kept(t, folder, "export", "csv", "--period", "2100-12-31..2100-01-01"); code != 1 || !strings.Contains(errs, "is before the first") {
		t.Errorf("export of a period that ends before it begins = exit %d: %s", code, errs)
	}
	if _, errs, code := kept(t, folder, "export", "csv", "--lab", "Nowhere"); code != 1 || !strings.Contains(errs, "There is no lab of that name here") {
		t.Errorf("export of no lab = exit %d: %s", code, errs)
	}
}

// Who came to a talk by its code, and what a lab belongs to, are in the figures
// that go to funders.
func TestTalksAndSectorsAreInTheFigures(t *testing.T) {
	t.Parallel()
	needRedis(t)
	folder := t.TempDir()
	if _, errs, code := program(t, "", "-c", settingsFile(t), "console", "--script", "bot/testdata/conversations/attendance.txt", "--data", folder); code != 0 {
		t.Fatalf("console = exit %d: %s", code, errs)
	}
	out, errs, code := kept(t, folder, "export", "json", "--period", "2026")
	var whole struct {
		Talks []struct {
			Attended  int
			Estimated bool
			LinkedAt  string `json:"linked_at"`
		}
		Tallies []struct {
			Metric, What string
			Count        *int
			TooFew       bool `json:"too_few"`
		}
	}
	if err := json.Unmarshal([]byte(out), &whole); code != 0 || err != nil || len(whole.Talks) == 0 {
		t.Fatalf("export json = exit %d, %v, %s, %d talks", code, err, errs, len(whole.Talks))
	}
	first := whole.Talks[0]
	if first.Attended != 3 || first.Estimated || first.LinkedAt == "" {
		t.Errorf("the talk of Bo, to which Mei, Tom and Bo came, is %+v", first)
	}
	told := 0
	for _, tally := range whole.Tallies {
		if tally.Metric == "M22" {
			told++
			if tally.Count != nil || !tally.TooFew {
				t.Errorf("of three who came the export tells %+v", tally)
			}
		}
	}
	if told != 4 {
		t.Errorf("the export has %d tallies of who came, want 4 that are withheld", told)
	}
}
