package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// proven are the tables of CONTRIBUTING.md whose last column names what holds
// each row, with the least number of rows.
var proven = map[string]int{"## Bad input": 40, "## Requirements of ASVS 5.0": 30}

// A row that names a test which is gone promises what nobody holds.
func TestEveryRowOfWhatIsHeldNamesATestThatExists(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	there := testsAndScripts(t)
	for title, least := range proven {
		rows := heldRows(string(text), title)
		if len(rows) < least {
			t.Errorf("CONTRIBUTING.md, %q has %d rows, want at least %d", title, len(rows), least)
		}
		for _, row := range rows {
			for _, fault := range unheld(row, there) {
				t.Errorf("CONTRIBUTING.md, %q: %s: %.80s", title, fault, row)
			}
		}
	}
}

// A checker that never refuses would pass as well.
func TestRowsThatNobodyHoldsAreNamed(t *testing.T) {
	t.Parallel()
	there := map[string]bool{"TestA": true, "a.txt": true}
	for row, want := range map[string]int{
		"| x | y | `TestA`, `a.txt` |": 0, "| x | y | `TestB` |": 1, "| x | y | |": 1, "| x | `TestA` | nothing |": 1, "| x | y | `TestA`, `b.txt` |": 1,
	} {
		if got := unheld(row, there); len(got) != want {
			t.Errorf("unheld(%s) = %q, want %d faults", row, got, want)
		}
	}
	if rows := heldRows("## A\n\n| a |\n|---|\n| 1 |\n| 2 |\n\n## B\n| 3 |\n", "## A"); len(rows) != 2 {
		t.Errorf("heldRows = %q, want two rows", rows)
	}
}

// heldRows are the rows of the one table below a title.
func heldRows(text, title string) []string {
	_, below, _ := strings.Cut(text, title+"\n")
	below, _, _ = strings.Cut(below, "\n## ")
	var rows []string
	for line := range strings.Lines(below) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "|") {
			rows = append(rows, line)
		}
	}
	return rows[min(2, len(rows)):]
}

// unheld says what a row names that is not there.
func unheld(row string, there map[string]bool) []string {
	cells := strings.Split(strings.Trim(row, "|"), " | ")
	named := regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(cells[len(cells)-1], -1)
	if len(named) == 0 {
		return []string{"names no test"}
	}
	var faults []string
	for _, name := range named {
		if !there[name[1]] {
			faults = append(faults, "names "+name[1]+", which does not exist")
		}
	}
	return faults
}

// testsAndScripts are the names of all tests, fuzz targets and conversations.
func testsAndScripts(t *testing.T) map[string]bool {
	t.Helper()
	there := map[string]bool{}
	function := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	err := filepath.WalkDir(".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		for _, name := range function.FindAllStringSubmatch(string(source), -1) {
			there[name[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, script := range conversations(t) {
		there[filepath.Base(script)] = true
	}
	return there
}
