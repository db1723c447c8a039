package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// peopleFile writes a file of people with these rows.
func peopleFile(t *testing.T, rows ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "people.csv")
	text := "name,lab,account,zone,hours,about\n" + strings.Join(rows, "\n") + "\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestImportReportsWhatWasNewAndThenNothing(t *testing.T) {
	t.Parallel()
	needRedis(t)
	data := t.TempDir()
	file := peopleFile(t, "Ana,Curie,slack:T1/ana,Paris,,corals", "Bo,Noether,discord:1,Oslo,,krill")
	for i, want := range []string{
		"Only checked; nothing was changed. An import would give:\n     2 new\n", "     2 new\n", "     0 new\n     0 changed\n     2 unchanged\n",
	} {
		args := []string{"import", "people", file, "--data", data, "--by", "Olga"}
		if i == 0 {
			args = append(args, "--check")
		}
		out, errs, code := program(t, "", args...)
		if code != 0 || !strings.HasPrefix(out, want) {
			t.Errorf("run %d = exit %d, %q, %q; want exit 0 and %q", i+1, code, out, errs, want)
		}
	}
	out, errs, code := program(t, "clock 2027-01-01T00:00Z\nana@slack:T1> hello\n", "console", "--script", "-", "--data", data)
	if code != 0 || !strings.Contains(out, "Olga listed you here") {
		t.Errorf("a listed person is greeted with exit %d, %q, %q; want to hear who listed them", code, out, errs)
	}
}

func TestImportReadsStandardInput(t *testing.T) {
	t.Parallel()
	needRedis(t)
	out, errs, code := program(t, "name,lab,account,zone,hours,about\nAna,Curie,slack:T1/ana,Paris,,corals\n", "import", "people", "-", "--data", t.TempDir())
	if code != 0 || !strings.Contains(out, "     1 new\n") {
		t.Errorf("import people - = exit %d, %q, %q; want 1 new", code, out, errs)
	}
}

func TestImportNamesFiftyBadRowsAndCountsTheRest(t *testing.T) {
	t.Parallel()
	rows := []string{"Good,Curie,slack:T1/good,Paris,,corals"}
	for i := range 70 {
		rows = append(rows, fmt.Sprintf("Bad %d,Curie,slack:T1/u%d,Mars,,corals", i, i))
	}
	data := t.TempDir()
	out, errs, code := program(t, "", "import", "people", peopleFile(t, rows...), "--data", data)
	lines := strings.Split(strings.TrimSpace(errs), "\n")
	if code != 1 || out != "" || len(lines) != 52 || !strings.HasPrefix(lines[0], "line 3: zone: ") || lines[50] != "and 20 more" ||
		lines[51] != "70 rows are not as they should be. Nothing was imported; correct the file and run the same again." {
		t.Errorf("import of 70 bad rows = exit %d, %q, %d lines:\n%s", code, out, len(lines), errs)
	}
	if left, err := os.ReadDir(data); err != nil || len(left) > 0 {
		t.Errorf("a refused import opened the store: %v, %v", left, err)
	}
}

func TestImportSaysWhatIsWrongWithTheCommand(t *testing.T) {
	t.Parallel()
	for want, args := range map[string][]string{
		"no such file":        {"import", "people", "/nowhere/people.csv"},
		"the file is empty":   {"import", "people", "-"},
		"is a directory":      {"import", "people", t.TempDir()},
		"expected \"<file>\"": {"import", "people"},
		"unknown flag":        {"import", "people", "-", "--force"},
		"expected \"people\"": {"import"},
	} {
		_, errs, code := program(t, "", args...)
		if code == 0 || !strings.Contains(errs, want) {
			t.Errorf("%v = exit %d, %q; want %q", args, code, errs, want)
		}
	}
}
