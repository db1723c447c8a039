package configs

import "interlab/bot/seal"

// keys reads the ring of keys, as seal.Parse has it: the newest first.
func (s *sources) keys() *seal.Ring {
	text, ok := s.secret("keys", "INTERLAB_KEYS", "keys")
	if !ok || text.text == "" {
		return nil
	}
	ring, err := seal.Parse(text.text)
	if err != nil {
		s.found.add(text.where, "%v; interlab keys new prints a line", err)
	}
	return ring
}
