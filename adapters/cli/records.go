package cli

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// record is one line of a file of people, pairs or places: the columns of CSV by
// their lower-case names, or an object of JSON lines.
type record struct {
	file    string
	line    int
	columns map[string]string // nil for JSON
	object  []byte            // nil for CSV
}

// errorf tells what is wrong with a record, and where.
func (r record) errorf(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %w", r.file, r.line, fmt.Errorf(format, args...))
}

// list returns the parts of a column that are separated by semicolons.
func (r record) list(column string) []string {
	var parts []string
	for part := range strings.SplitSeq(r.columns[column], ";") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// decode reads an object into a struct.
func (r record) decode(into any) error {
	if err := json.Unmarshal(r.object, into); err != nil {
		return r.errorf("%w", err)
	}
	return nil
}

// records reads a file of JSON lines or CSV. A CSV file begins with the names of its
// columns; where the first line has none of those that are known, the known ones are
// taken in their order.
func (p *Program) records(path string, known ...string) ([]record, error) {
	data, err := p.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if at := firstInvalid(data); at > 0 {
		return nil, fmt.Errorf("%s:%d: this is not UTF-8 text", path, at)
	}
	var list []record
	if start := bytes.TrimSpace(data); len(start) > 0 && start[0] == '{' {
		list = objects(path, data)
	} else if list, err = rows(path, data, known); err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("%s: the file is empty", path)
	}
	return list, nil
}

// firstInvalid returns the first line that is not UTF-8, 0 if there is none.
func firstInvalid(data []byte) int {
	if utf8.Valid(data) {
		return 0
	}
	for i, line := range bytes.Split(data, []byte("\n")) {
		if !utf8.Valid(line) {
			return i + 1
		}
	}
	return 0
}

func objects(path string, data []byte) []record {
	var list []record
	for i, line := range bytes.Split(data, []byte("\n")) {
		if line = bytes.TrimSpace(line); len(line) > 0 {
			list = append(list, record{file: path, line: i + 1, object: line})
		}
	}
	return list
}

func rows(path string, data []byte, known []string) ([]record, error) {
	reader := csv.NewReader(bytes.NewReader(data))
	reader.FieldsPerRecord = -1
	var names []string
	var list []record
	for {
		fields, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			return nil, fmt.Errorf("%s:%d: %w", path, broken.Line, broken.Err)
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
		line, _ := reader.FieldPos(0)
		if names == nil {
			var isHead bool
			if names, isHead = head(fields, known); isHead {
				continue
			}
		}
		r := record{file: path, line: line, columns: map[string]string{}}
		if len(fields) > len(names) {
			return nil, r.errorf("%d columns, but there are names for %d", len(fields), len(names))
		}
		for i, field := range fields {
			r.columns[names[i]] = strings.TrimSpace(field)
		}
		list = append(list, r)
	}
}

// head returns the names of the columns, and whether the first line has them.
func head(fields, known []string) (names []string, isHead bool) {
	for _, field := range fields {
		names = append(names, strings.ToLower(strings.TrimSpace(field)))
	}
	if slices.ContainsFunc(names, func(name string) bool { return slices.Contains(known, name) }) {
		return names, true
	}
	return known, false
}
