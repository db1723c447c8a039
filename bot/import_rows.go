package bot

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"interlab/bot/chat"
)

// Limits of an import.
const (
	// MaxImport is the largest file of people that is read, in bytes: about
	// 30,000 people with an abstract each. The whole file is held while it is
	// checked, so this bounds the memory too.
	MaxImport = 64 << 20
	// MaxImportedAbout is the longest text about a listed person, in runes: as
	// much as matching reads. People themselves write less in a form.
	MaxImportedAbout = 10_000
	// MaxImportedName is the longest name, in runes.
	MaxImportedName = 80
)

// Listee is a person as a file of people has them.
type Listee struct {
	Line    int // of the file, where the row begins
	Name    string
	Lab     string
	Account chat.Account
	Role    Role              // Member where the file does not say
	Values  map[string]string // as the profile's forms have them, without problems
}

// RowFault is what is wrong with a row of a file.
type RowFault struct {
	Line int
	Text string
}

// BadRowsError lists all that is wrong with a file of people, by line.
type BadRowsError struct {
	Faults []RowFault
}

// Error counts the faults.
func (e *BadRowsError) Error() string {
	return counted(len(e.Faults), "row is not as it", "rows are not as they") + " should be"
}

// importColumns are the columns of a file of people, and whether a file must
// have them.
var importColumns = map[string]bool{
	"name": true, "lab": true, "account": true, "zone": true, "hours": true, "about": true,
	"shares": false, "seeks": false, "role": false,
}

// importHeader is the header as people are told to write it.
const importHeader = "name,lab,account,zone,hours,about (and, if you like, shares,seeks,role)"

// ReadPeople reads a file of people: CSV in UTF-8 with a header of importColumns
// in any order, separated by commas, semicolons or tabs. teamed says of each
// platform whether an account there is only known together with its workspace;
// accounts of other platforms are refused. The error is a *BadRowsError, which
// names every bad row, or says what is wrong with the file as a whole.
func ReadPeople(in io.Reader, teamed map[chat.Platform]bool) ([]Listee, error) {
	r, header, err := openRows(in)
	if err != nil {
		return nil, err
	}
	t := &rowReader{header: header, teamed: teamed, seen: map[chat.Account]Listee{}}
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var unclear *csv.ParseError
		switch {
		case errors.Is(err, errTooLarge):
			return nil, errTooLarge
		case errors.As(err, &unclear):
			t.fault(unclear.StartLine, quoteFault(unclear))
			continue
		case err != nil:
			return nil, fmt.Errorf("read the file of people: %w", err)
		}
		line, _ := r.FieldPos(0)
		t.row(line, cells)
	}
	switch {
	case len(t.faults) > 0:
		return nil, &BadRowsError{t.faults}
	case len(t.people) == 0:
		return nil, errors.New("the file has a header and nobody below it")
	}
	return t.people, nil
}

// errTooLarge is what a file beyond MaxImport ends with.
var errTooLarge = fmt.Errorf("the file is larger than %d MB, which is as much as is read at once; split it, with the header on top of each part", MaxImport>>20)

// bounded reads up to MaxImport bytes and fails with errTooLarge beyond.
type bounded struct {
	in   io.Reader
	left int64
}

// Read reads, and fails beyond the bound.
func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.in.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, errTooLarge
	}
	return n, err //nolint:wrapcheck // a reader hands its end on as it is
}

// openRows reads the header and finds out what separates the cells.
func openRows(in io.Reader) (*csv.Reader, []string, error) {
	buffered := bufio.NewReaderSize(&bounded{in, MaxImport}, 1<<16)
	head, err := buffered.Peek(1 << 12)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, nil, fmt.Errorf("read the file of people: %w", err)
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return nil, nil, errors.New("the file is in UTF-16; save it as “CSV UTF-8”")
	case bytes.HasPrefix(head, []byte("PK")):
		return nil, nil, errors.New("this is a spreadsheet and no CSV; save it as “CSV UTF-8”")
	case bytes.HasPrefix(head, []byte("\ufeff")):
		_, _ = buffered.Discard(len("\ufeff"))
		head = head[len("\ufeff"):]
	}
	r := csv.NewReader(buffered)
	r.FieldsPerRecord = -1
	r.Comma = separator(head)
	header, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil, nil, errors.New("the file is empty; its first line must be " + importHeader)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("read the header: %w", err)
	}
	for i, name := range header {
		header[i] = strings.ToLower(chat.CleanLine(name))
	}
	return r, header, headerFault(header)
}

// separator is what a header separates most with; spreadsheets write what the
// country they are set to has.
func separator(head []byte) rune {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	best := ','
	for _, other := range ";\t" {
		if bytes.Count(line, []byte(string(other))) > bytes.Count(line, []byte(string(best))) {
			best = other
		}
	}
	return best
}

// headerFault names columns that are missing, unknown or there twice.
func headerFault(header []string) error {
	var problems []string
	for i, name := range header {
		if _, known := importColumns[name]; !known {
			problems = append(problems, fmt.Sprintf("column %q is not known", clip(name, 40)))
		} else if slices.Index(header, name) < i {
			problems = append(problems, fmt.Sprintf("column %q is there twice", name))
		}
	}
	for _, name := range []string{"name", "lab", "account", "zone", "hours", "about"} {
		if !slices.Contains(header, name) {
			problems = append(problems, fmt.Sprintf("column %q is missing", name))
		}
	}
	if len(problems) == 0 {
		return nil
	}
	return fmt.Errorf("the header is not as it should be: %s; the first line must be %s",
		strings.Join(problems[:min(len(problems), 10)], ", "), importHeader)
}

func quoteFault(e *csv.ParseError) string {
	if errors.Is(e.Err, csv.ErrQuote) || errors.Is(e.Err, csv.ErrBareQuote) {
		return `a quotation mark stands where none may: put the whole cell in "…" and write "" for each mark inside`
	}
	return e.Err.Error()
}

// rowReader checks rows one by one.
type rowReader struct {
	header []string
	teamed map[chat.Platform]bool
	people []Listee
	seen   map[chat.Account]Listee
	faults []RowFault
}

func (t *rowReader) fault(line int, text string) {
	t.faults = append(t.faults, RowFault{line, text})
}

// row checks one row and keeps it if nothing is wrong with it.
func (t *rowReader) row(line int, cells []string) {
	if !slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" }) {
		return // spreadsheets leave empty rows behind
	}
	if len(cells) != len(t.header) {
		t.fault(line, fmt.Sprintf("has %s and the header has %d", counted(len(cells), "cell", "cells"), len(t.header)))
		return
	}
	values := make(map[string]string, len(cells))
	for i, cell := range cells {
		if !utf8.ValidString(cell) {
			t.fault(line, t.header[i]+": is not UTF-8; save the file as “CSV UTF-8”")
			return
		}
		values[t.header[i]] = chat.Clean(cell)
	}
	person, faults := t.listee(line, values)
	if len(faults) == 0 {
		faults = t.twice(person)
	}
	for _, text := range faults {
		t.fault(line, text)
	}
	if len(faults) == 0 {
		t.people = append(t.people, person)
	}
}

// listee reads the values of a row, and says what is wrong with them.
func (t *rowReader) listee(line int, values map[string]string) (Listee, []string) {
	p := Listee{Line: line, Name: chat.CleanLine(values["name"]), Lab: chat.CleanLine(values["lab"]), Role: Role(strings.ToLower(values["role"]))}
	var faults []string
	add := func(name string, err error) {
		if err != nil {
			faults = append(faults, name+": "+err.Error())
		}
	}
	add("name", requiredText(p.Name, MaxImportedName))
	add("lab", requiredText(p.Lab, maxLabName))
	var err error
	p.Account, err = t.account(values["account"])
	add("account", err)
	add("zone", profileFault["zone"](values["zone"]))
	add("about", tooLong(values["about"], MaxImportedAbout))
	for _, name := range []string{"hours", "shares", "seeks"} {
		if values[name] != "" {
			add(name, profileFault[name](values[name]))
		}
	}
	switch p.Role {
	case Member, Lead, Organiser:
	case "":
		p.Role = Member
	default:
		add("role", denied("“%s” is no role. Write member, lead or organiser, or leave it empty.", clip(string(p.Role), 40)))
	}
	if values["about"] == "" && len(splitTopics(values["shares"]))+len(splitTopics(values["seeks"])) == 0 {
		add("about", denied("is empty, and so are shares and seeks: nobody could find them."))
	}
	for _, name := range []string{"name", "lab", "account", "role"} {
		delete(values, name)
	}
	p.Values = values
	return p, faults
}

func requiredText(text string, most int) error {
	if text == "" {
		return denied("is empty.")
	}
	return tooLong(text, most)
}

// account reads an account of a platform that is served.
func (t *rowReader) account(text string) (chat.Account, error) {
	platform, rest, _ := strings.Cut(text, ":")
	account, err := chat.ParseAccount(strings.ToLower(platform) + ":" + rest)
	teamed, known := t.teamed[account.Platform]
	if err != nil || !known || teamed != (account.Team != "") {
		return account, denied("“%s” is no account. Write %s.", clip(chat.CleanLine(text), 60), t.shapes())
	}
	return account, nil
}

// shapes are the accounts of each platform as they are written.
func (t *rowReader) shapes() string {
	var shapes []string
	for platform, teamed := range t.teamed {
		if shape := string(platform) + ":USER"; !teamed {
			shapes = append(shapes, shape)
			continue
		}
		shapes = append(shapes, string(platform)+":TEAM/USER")
	}
	slices.Sort(shapes)
	return strings.Join(shapes, " or ")
}

// twice says who has the same account on an earlier line.
func (t *rowReader) twice(p Listee) []string {
	first, ok := t.seen[p.Account]
	switch {
	case !ok:
		t.seen[p.Account] = p
		return nil
	case fold(first.Name) != fold(p.Name):
		return []string{fmt.Sprintf("%s and %s (line %d) both have account %s", p.Name, first.Name, first.Line, p.Account)}
	case fold(first.Lab) != fold(p.Lab):
		return []string{fmt.Sprintf("%s is in two labs: %s here, and %s on line %d; a person is in one", p.Name, p.Lab, first.Lab, first.Line)}
	}
	return []string{fmt.Sprintf("%s stands on line %d already", p.Name, first.Line)}
}
