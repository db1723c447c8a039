package console

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"interlab/bot/chat"
)

var namePattern = regexp.MustCompile(`^` + whoPattern + `$`)

// who reads one name, which may be short where it is known and unambiguous.
func (p *parser) who(name string) (Person, error) {
	parts := namePattern.FindStringSubmatch(name)
	if parts == nil {
		return Person{}, fmt.Errorf("%.40q is no name; write one as ana@slack:curie, later ana", name)
	}
	return p.person(parts[1:4])
}

// person finds or adds who is meant by a user, a platform and a home, the last
// two of which are empty in a short name.
func (p *parser) person(parts []string) (Person, error) {
	user, home := parts[0], chat.Home{Platform: chat.Platform(parts[1]), ID: parts[2]}
	switch user {
	case "bot", "nobody", "not":
		return Person{}, fmt.Errorf("%q is a word of the script and cannot be a person's name", user)
	}
	if home.IsZero() {
		return p.known(user)
	}
	person := Person{User: user, Home: home}
	if !slices.Contains(p.people, person) {
		p.people = append(p.people, person)
	}
	return person, nil
}

// known is the one person with a short name.
func (p *parser) known(user string) (Person, error) {
	var named []string
	var found Person
	for _, person := range p.people {
		if person.User == user {
			found, named = person, append(named, person.String())
		}
	}
	switch len(named) {
	case 0:
		return Person{}, fmt.Errorf("nobody is called %q yet; write the name in full first, such as %s@slack:curie", user, user)
	case 1:
		return found, nil
	}
	return Person{}, fmt.Errorf("%q may be %s; write the name in full", user, strings.Join(named, " or "))
}
