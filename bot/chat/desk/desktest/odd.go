// Package desktest is what the tests of the platforms share: what no platform
// sends but what may arrive, one thing changed at a time so that all else of a
// message leads to it, and a look for what tests leave behind.
package desktest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// odd are values that hardly any field can have: nothing, numbers that no
// machine has, halves of a character, other types, and a depth of ten thousand.
func odd() []string {
	return []string{
		"null", "1e400", "-0", "9007199254740993", `"\ud800"`, `"\u0000\u2028"`, `""`, "true", `{"id":null}`, "[[]]", "[null]",
		strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000),
	}
}

// Oddities is a JSON text with each of its fields in turn, however deep it is,
// being odd, missing or there twice. The text itself must be JSON.
func Oddities(whole string) ([]string, error) {
	var v any
	if err := json.Unmarshal([]byte(whole), &v); err != nil {
		return nil, fmt.Errorf("read what is to be odd: %w", err)
	}
	var all []string
	for _, path := range paths(v) {
		for _, value := range odd() {
			all = append(all, written(v, path, func(name, _ string) string { return name + value }))
		}
		all = append(all,
			written(v, path, func(name, was string) string { return name + was + "," + name + `"twice"` }),
			written(v, path, func(string, string) string { return "" }))
	}
	return all, nil
}

// paths leads to each field and each element of a value, outer ones first.
func paths(v any) [][]string {
	var all [][]string
	add := func(step string, inner any) {
		all = append(all, []string{step})
		for _, path := range paths(inner) {
			all = append(all, append([]string{step}, path...))
		}
	}
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			add(name, v[name])
		}
	case []any:
		for i, inner := range v {
			add(strconv.Itoa(i), inner)
		}
	}
	return all
}

// written is a value as JSON, and what a path leads to as change has it: given
// `"name":`, or nothing in a list, and the value as it was.
func written(v any, path []string, change func(name, was string) string) string {
	if len(path) == 0 {
		data, _ := json.Marshal(v) // it was read from JSON
		return string(data)
	}
	part := func(step, name string, inner any) string {
		switch {
		case step != path[0]:
			return name + written(inner, nil, nil)
		case len(path) > 1:
			return name + written(inner, path[1:], change)
		}
		return change(name, written(inner, nil, nil))
	}
	var parts []string
	opened, closed := "[", "]"
	switch v := v.(type) {
	case map[string]any:
		opened, closed = "{", "}"
		for _, name := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, part(name, written(name, nil, nil)+":", v[name]))
		}
	case []any:
		for i, inner := range v {
			parts = append(parts, part(strconv.Itoa(i), "", inner))
		}
	}
	return opened + strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), ",") + closed
}
