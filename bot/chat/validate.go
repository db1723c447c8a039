package chat

import (
	"errors"
	"fmt"
)

// faults gathers everything that is wrong with a value, so that all of it is
// reported at once. Each fault begins with where it is, e.g. "rows[1].menu.ref".
type faults struct{ found []error }

// err is nil, or one error that lists all faults, one a line.
func (f *faults) err() error { return errors.Join(f.found...) }

func (f *faults) add(where, format string, args ...any) {
	f.found = append(f.found, fmt.Errorf("%s: %s", where, fmt.Sprintf(format, args...)))
}

// filled reports a text that shows nothing.
func (f *faults) filled(where, text string) {
	if blank(text) {
		f.add(where, "empty")
	}
}

// atMost reports a size above its limit.
func (f *faults) atMost(where string, size, limit int, unit string) {
	if size > limit {
		f.add(where, "%d %s, at most %d", size, unit, limit)
	}
}

// name reports what is no name of a command, an argument or a form's field.
func (f *faults) name(where, name string) {
	if !isName(name) {
		f.add(where, "%q is not made of 1 to %d of a-z, 0-9 and -", name, MaxCommandName)
	}
}

// ref reports a reference that would not come back as it was sent.
func (f *faults) ref(where string, ref Ref) {
	text := ref.String()
	if len(text) > MaxRef {
		f.atMost(where, len(text), MaxRef, "bytes")
		return
	}
	if _, err := ref.MarshalText(); err != nil {
		f.add(where, "%q cannot be read back", text)
	}
}

// options reports what is wrong with the options of a menu or a choice field.
func (f *faults) options(where string, options []Option) {
	f.atMost(where, len(options), MaxOptions, "options")
	first := map[string]int{}
	for i, option := range options {
		at := fmt.Sprintf("%s[%d]", where, i)
		f.filled(at+".label", option.Label)
		f.filled(at+".value", option.Value)
		f.atMost(at+".value", len(option.Value), MaxOptionValue, "bytes")
		if other, ok := first[option.Value]; ok {
			f.add(at+".value", "%q is the value of option %d too", option.Value, other)
			continue
		}
		first[option.Value] = i
	}
}

// blank reports whether nothing of the text can be seen.
func blank(text string) bool { return Clean(text) == "" }

// isName reports whether s is [a-z0-9-]{1,32}, the names that every platform takes.
func isName(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return s != "" && len(s) <= MaxCommandName
}
