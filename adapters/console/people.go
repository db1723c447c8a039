package console

import (
	"slices"

	"interlab/bot/chat"
)

// present is who has been named so far, in that order.
func (s *screen) present() []Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.people)
}

func (s *screen) arrive(who Person) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.people = append(s.people, who)
}

// happen takes a place from the bot's reach, or gives it back.
func (s *screen) happen(in chat.Place, what chat.What) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if what == chat.BotAdded {
		delete(s.gone, in)
		return
	}
	s.gone[in] = true
}

// isGone reports whether the bot can no longer write to a place.
func (s *screen) isGone(in chat.Place) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.gone[in] || s.gone[chat.Place{Home: in.Home}]
}

// reach is a home in which the bot can write to an account. Somebody who was
// not named yet, in a store that was kept, can be written to.
func (s *screen) reach(to chat.Account) (home chat.Home, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	known := false
	for _, person := range s.people {
		if person.Account() != to {
			continue
		}
		if known = true; !s.gone[chat.Place{Home: person.Home}] {
			return person.Home, true
		}
	}
	return chat.Home{Platform: to.Platform, ID: to.Team}, !known
}
