package console

import (
	"fmt"
	"slices"
	"strings"
)

// fresh begins a new window and forgets old faults.
func (s *screen) fresh() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.window, s.faults = nil, nil
}

// trouble is what went wrong on the screen since fresh.
func (s *screen) trouble() []error {
	s.mu.Lock()
	defer s.mu.Unlock()
	faults := s.faults
	s.faults = nil
	return faults
}

// expect checks an expectation against the window.
func (s *screen) expect(e Expect) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	text, saw := s.filled(fold(e.Text)), s.saw(e.Who)
	found := s.sighted(text, saw)
	switch {
	case found && e.Not:
		return fmt.Errorf("%s was not to see %q, and saw%s", e.Who, text, told(saw))
	case !found && !e.Not:
		return fmt.Errorf("%s was to see %q, and saw%s", e.Who, text, told(saw))
	}
	return nil
}

// silence checks that nothing was shown but to the persons named.
func (s *screen) silence(want Silence) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var saw []sight
	for _, v := range s.window {
		if !slices.ContainsFunc(want.But, func(p Person) bool { return sees(p, v.to) }) {
			saw = append(saw, v)
		}
	}
	switch {
	case len(saw) == 0:
		return nil
	case len(want.But) == 0:
		return fmt.Errorf("nobody was to see anything, but there was%s", told(saw))
	}
	return fmt.Errorf("nobody else was to see anything, but there was%s", told(saw))
}

func (s *screen) saw(who Person) []sight {
	var out []sight
	for _, v := range s.window {
		if sees(who, v.to) {
			out = append(out, v)
		}
	}
	return out
}

// told lists what was seen, one a line.
func told(saw []sight) string {
	if len(saw) == 0 {
		return " nothing"
	}
	var out strings.Builder
	out.WriteString(":")
	for _, v := range saw {
		out.WriteString("\n" + wrap(v.head+": "+v.text, inner, hanging))
	}
	return out.String()
}
