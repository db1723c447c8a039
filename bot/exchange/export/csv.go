package export

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// File is one of several files of an export.
type File struct {
	Name string
	Data []byte
}

// CSV are the book's tables, one file for each kind and metrics.csv, as RFC 4180
// has them, in UTF-8. Their columns are those of the JSON.
func (b Book) CSV() ([]File, error) {
	r := b.rows()
	var files []File
	for _, table := range []struct {
		name string
		rows any
	}{
		{"labs", r.Labs},
		{"exchanges", r.Exchanges},
		{"goals", r.Goals},
		{"blocked", r.Blocked},
		{"meetings", r.Meetings},
		{"evidence", r.Evidence},
		{"slots", r.Slots},
		{"talks", r.Talks},
		{"tallies", r.Tallies},
		{"metrics", r.Metrics},
	} {
		data, err := encode(reflect.ValueOf(table.rows))
		if err != nil {
			return nil, fmt.Errorf("write %s.csv: %w", table.name, err)
		}
		files = append(files, File{table.name + ".csv", data})
	}
	return files, nil
}

// encode writes rows of one type, with their names as the first line.
func encode(rows reflect.Value) ([]byte, error) {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	of := rows.Type().Elem()
	header := make([]string, of.NumField())
	for i := range header {
		header[i] = of.Field(i).Tag.Get("json")
	}
	lines := [][]string{header}
	for n := range rows.Len() {
		line := make([]string, of.NumField())
		for i := range line {
			line[i] = cell(rows.Index(n).Field(i))
		}
		lines = append(lines, line)
	}
	if err := w.WriteAll(lines); err != nil {
		return nil, err //nolint:wrapcheck // the caller names the file
	}
	return out.Bytes(), nil
}

// cell is a value as text. Numbers are numbers, also those below nothing.
func cell(v reflect.Value) string {
	switch v.Kind() { //nolint:exhaustive // rows have these
	case reflect.Pointer:
		if v.IsNil() {
			return ""
		}
		return strconv.FormatFloat(v.Elem().Float(), 'f', -1, 64)
	case reflect.Int:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	default:
		return Safe(v.String())
	}
}

// Safe is a text that no spreadsheet takes for a formula: what begins as one has
// an apostrophe before it, as OWASP advises against CSV injection. Some take the
// wide letters of East Asian keyboards for the plain ones.
// https://owasp.org/www-community/attacks/CSV_Injection
func Safe(text string) string {
	if first, _ := utf8.DecodeRuneInString(text); text != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) {
		return "'" + text
	}
	return text
}

// Zip packs files into one, without the time of packing.
func Zip(files []File) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range files {
		to, err := w.Create(f.Name)
		if err == nil {
			_, err = to.Write(f.Data)
		}
		if err != nil {
			return nil, fmt.Errorf("pack %s: %w", f.Name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("pack files: %w", err)
	}
	return out.Bytes(), nil
}
