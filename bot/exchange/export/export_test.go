package export_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"os/exec"
	"strings"
	"testing"

	"interlab/bot/exchange"
	"interlab/bot/exchange/export"
)

// A figure that is wrong by one is found: else the proof above would prove nothing.
func TestTheRecomputationFindsAWrongFigure(t *testing.T) {
	t.Parallel()
	data, err := randomBook(3, 40).JSON()
	if err != nil {
		t.Fatal(err)
	}
	wrong := strings.Replace(string(data), `"state": "verified"`, `"state": "claimed"`, 1)
	run := exec.CommandContext(t.Context(), "go", "run", "./testdata/recompute")
	run.Stdin = strings.NewReader(wrong)
	if out, err := run.Output(); err != nil || !strings.Contains(string(out), "M2 verified: computed") {
		t.Errorf("a goal that was changed went unseen (%v): %s", err, out)
	}
}

func TestExportsAreTheSameToTheByte(t *testing.T) {
	t.Parallel()
	one, two := randomBook(5, 30), randomBook(5, 30)
	for i, j := 0, len(two.Ledger.Records)-1; i < j; i, j = i+1, j-1 {
		two.Ledger.Records[i], two.Ledger.Records[j] = two.Ledger.Records[j], two.Ledger.Records[i]
	}
	first, err := one.JSON()
	if err != nil {
		t.Fatal(err)
	}
	if again, err := two.JSON(); err != nil || !bytes.Equal(first, again) {
		t.Errorf("the JSON depends on the order in which exchanges were read (%v)", err)
	}
	if a, b := packed(t, one), packed(t, two); !bytes.Equal(a, b) {
		t.Error("two zips of the same tables differ")
	}
	for _, r := range one.Ledger.Records {
		a, err := one.Crate(r)
		if b, again := two.Crate(r); !bytes.Equal(a.Data, b.Data) || (err == nil) != (again == nil) {
			t.Errorf("two crates of %s differ", r.ID)
		}
	}
}

func packed(t *testing.T, b export.Book) []byte {
	t.Helper()
	files, err := b.CSV()
	if err != nil {
		t.Fatal(err)
	}
	data, err := export.Zip(files)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// What JSON has, the tables have: every cell of every row, safe for a spreadsheet.
func TestTablesSayWhatTheJSONSays(t *testing.T) {
	t.Parallel()
	b := randomBook(9, 40)
	data, err := b.JSON()
	if err != nil {
		t.Fatal(err)
	}
	var whole map[string]json.RawMessage
	if err := json.Unmarshal(data, &whole); err != nil || string(whole["schema_version"]) != "2" {
		t.Fatalf("JSON: %v, version %s", err, whole["schema_version"])
	}
	archive, err := zip.NewReader(bytes.NewReader(packed(t, b)), int64(len(packed(t, b))))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range archive.File {
		var rows []map[string]any
		name := strings.TrimSuffix(file.Name, ".csv")
		if err := json.Unmarshal(whole[name], &rows); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for i, line := range table(t, file) {
			if i == 0 {
				continue
			}
			for column, cell := range line {
				if got, want := cell, asText(rows[i-1][table(t, file)[0][column]]); got != want && got != "'"+want {
					t.Fatalf("%s row %d: %q, and the JSON has %q", file.Name, i, got, want)
				}
			}
		}
		if len(table(t, file)) != len(rows)+1 {
			t.Errorf("%s has %d lines, want a head and %d rows", file.Name, len(table(t, file)), len(rows))
		}
	}
	if len(archive.File) != 10 {
		t.Errorf("%d tables, want 10", len(archive.File))
	}
}

// asText is a value of JSON as a cell has it.
func asText(v any) string {
	if v == nil {
		return ""
	}
	if text, ok := v.(string); ok {
		return strings.ReplaceAll(text, "\r\n", "\n") // as the reader of CSV reads it
	}
	data, _ := json.Marshal(v)
	return string(data)
}

func table(t *testing.T, file *zip.File) [][]string {
	t.Helper()
	r, err := file.Open()
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(data, []byte("\n")); n != bytes.Count(data, []byte("\r\n")) {
		t.Errorf("%s has line ends without CR", file.Name)
	}
	lines, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", file.Name, err)
	}
	return lines
}

func TestNoCellIsAFormula(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "\tx": "'\tx", "\r=1": "'\r=1", "\n=1": "'\n=1",
		`=HYPERLINK("https://evil.example","x")`: `'=HYPERLINK("https://evil.example","x")`, "+cmd|' /C calc'!A0": "'+cmd|' /C calc'!A0", "-1+1": "'-1+1",
		"＝1": "'＝1", "＋1": "'＋1", "－1": "'－1", "＠SUM": "'＠SUM", "\xff=1": "\xff=1",
		"": "", "a=b": "a=b", "1 =": "1 =", "=": "'=", "é": "é",
	} {
		if got := export.Safe(text); got != want {
			t.Errorf("Safe(%q) = %q, want %q", text, got, want)
		}
	}
}

// Nobody's name, answer or id is in what is exported, and no text that the reader
// may not know.
func TestExportsNameNobody(t *testing.T) {
	t.Parallel()
	b := randomBook(11, 60)
	b.Scope = exchange.Scope{Person: "v1"}
	b.Texts = nil
	data, err := b.JSON()
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"Ana Roy", `"v1"`, `"h1"`, "person:", "two lines", "10.5281"} {
		open := secret == "10.5281" // of open works everybody may know the place
		if strings.Contains(string(data), secret) != open {
			t.Errorf("the JSON has %q: want %v", secret, open)
		}
	}
	if bytes.Contains(data, []byte(`"openness": "withheld"`)) && strings.Count(string(data), "@title") == 0 {
		t.Error("open works must keep their titles")
	}
}
