package configs

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"interlab/bot/chat"
)

// maxName bounds a network's name in runes, so that it stays on one line of a
// card's title on a phone.
const maxName = 60

// Network is the deployment's own identity.
type Network struct {
	// ID is the network's part of every key in Redis: 1 to 32 characters of
	// a-z, 0-9 and "-". Changing it later begins an empty network.
	ID string
	// Name is what people call the network: one line of at most 60 runes.
	Name string
	// Language is what talks are held in where nobody says otherwise: a language of
	// BCP 47 without a region, as "en"; empty where none is named.
	Language string
	// Organisers are the first organisers' accounts, without duplicates; they
	// appoint all others. Empty, if appointments are left to the command line.
	Organisers []chat.Account
}

// network checks the settings under "network".
func (s *sources) network() Network {
	return Network{ID: s.networkID(), Name: s.networkName(), Language: s.networkLanguage(), Organisers: s.organisers()}
}

func (s *sources) networkID() string {
	id, ok := s.text("network.id", "INTERLAB_NETWORK")
	if !ok {
		return "interlab"
	}
	if !regexp.MustCompile(`^[a-z0-9-]{1,32}$`).MatchString(id.text) {
		s.found.add(id.where, "%q is no network id; write 1 to 32 of a-z, 0-9 and -", id.text)
	}
	return id.text
}

func (s *sources) networkName() string {
	name, ok := s.text("network.name", "")
	if !ok {
		return "Interlab"
	}
	length := utf8.RuneCountInString(name.text)
	switch {
	case !utf8.ValidString(name.text), strings.ContainsFunc(name.text, unicode.IsControl):
		s.found.add(name.where, "%q is more than one line of text; write one line", name.text)
	case strings.TrimSpace(name.text) != name.text:
		s.found.add(name.where, "%q has space around it; remove the space", name.text)
	case length > maxName:
		s.found.add(name.where, "has %d characters; write at most %d", length, maxName)
	}
	return name.text
}

func (s *sources) networkLanguage() string {
	v, ok := s.text("network.language", "")
	if !ok {
		return ""
	}
	base, err := language.ParseBase(v.text)
	if err != nil || base.String() != v.text {
		s.found.add(v.where, "%q is no language; write its code of two or three letters, as en or de", v.text)
	}
	return v.text
}

func (s *sources) organisers() []chat.Account {
	var accounts []chat.Account
	first := map[chat.Account]string{}
	for _, v := range s.file["network.organisers"] {
		account, err := chat.ParseAccount(v.text)
		if err != nil {
			s.found.add(v.where, "%q %s; write slack:TEAM/USER or discord:USER", v.text, accountFault(v.text))
			continue
		}
		if where, twice := first[account]; twice {
			s.found.add(v.where, "%q is also %s; remove one", v.text, where)
			continue
		}
		first[account] = v.where
		accounts = append(accounts, account)
	}
	return accounts
}

// accountFault says what a text lacks that is no account.
func accountFault(text string) string {
	if !strings.Contains(text, ":") {
		return "names no platform"
	}
	return "is no account"
}
