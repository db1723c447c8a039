package console

import (
	"regexp"
	"strings"
)

// placeholder is a word in braces: where a script expects one, it stands for one
// word that the person saw, and everywhere behind it for that same word. So a
// script can tell what chance has made, such as a code.
var placeholder = regexp.MustCompile(`\{([a-z]+)\}`)

// recall puts into a text what was seen where an expectation had its placeholders.
func (s *screen) recall(text string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.filled(text)
}

// filled is recall for whoever holds the lock.
func (s *screen) filled(text string) string {
	return placeholder.ReplaceAllStringFunc(text, func(name string) string {
		if word, ok := s.recalled[name]; ok {
			return word
		}
		return name
	})
}

// sighted reports whether a folded text is among what was seen, and notes the
// words that stand where it has placeholders.
func (s *screen) sighted(text string, saw []sight) bool {
	names, pattern := placeholder.FindAllString(text, -1), learning(text)
	for _, v := range saw {
		words := pattern.FindStringSubmatch(v.text)
		if words == nil {
			continue
		}
		for i, name := range names {
			s.recalled[name] = words[i+1]
		}
		return true
	}
	return false
}

// learning matches a text with one word for each of its placeholders.
func learning(text string) *regexp.Regexp {
	parts := placeholder.Split(text, -1)
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	return regexp.MustCompile(strings.Join(parts, `([^\s.,;]+)`))
}

// recalling is a deed with what its placeholders stand for.
func (s *screen) recalling(deed Deed) Deed {
	switch deed := deed.(type) {
	case Say:
		return Say{Text: s.recall(deed.Text)}
	case Fill:
		values := make([]Value, 0, len(deed.Values))
		for _, v := range deed.Values {
			values = append(values, Value{Field: v.Field, Text: s.recall(v.Text)})
		}
		return Fill{Values: values}
	}
	return deed
}
