package console

import (
	"errors"
	"fmt"
	"strings"
)

var (
	errUnclosed = errors.New(`a quote is not closed; write \" for a quote inside quotes`)
	errEscape   = errors.New(`a backslash in quotes stands before ", \ or n only`)
)

var quoting = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`) //nolint:gochecknoglobals // a pattern

// quote puts a text in double quotes. Only the quote, the backslash and the
// line break are escaped.
func quote(text string) string { return `"` + quoting.Replace(text) + `"` }

// unquote reads what quote wrote from the front of a text and returns the rest.
func unquote(text string) (value, rest string, err error) {
	body, ok := strings.CutPrefix(text, `"`)
	if !ok {
		return "", "", fmt.Errorf("%q is not in double quotes", text)
	}
	var out strings.Builder
	for i := 0; i < len(body); i++ {
		switch body[i] {
		case '"':
			return out.String(), body[i+1:], nil
		case '\\':
			i++
			if i == len(body) {
				return "", "", errUnclosed
			}
			char, ok := escapes[body[i]]
			if !ok {
				return "", "", errEscape
			}
			out.WriteByte(char)
		default:
			out.WriteByte(body[i])
		}
	}
	return "", "", errUnclosed
}

var escapes = map[byte]byte{'"': '"', '\\': '\\', 'n': '\n'} //nolint:gochecknoglobals // a table that is only read
