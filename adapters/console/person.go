package console

import (
	"unicode"
	"unicode/utf8"

	"interlab/bot/chat"
)

// Person is somebody in a home. The same user in two homes of one platform is
// two persons, and may be one account.
type Person struct {
	User string
	Home chat.Home
}

// teamed is the platform whose user ids are unique only inside a workspace.
const teamed chat.Platform = "slack"

// Account is the person's account on the platform of the home.
func (p Person) Account() chat.Account {
	account := chat.Account{Platform: p.Home.Platform, User: p.User}
	if account.Platform == teamed {
		account.Team = p.Home.ID
	}
	return account
}

// Name is the user's id with a capital, as the person's display name.
func (p Person) Name() string { return capital(p.User) }

// String is "user@platform:home".
func (p Person) String() string { return p.User + "@" + p.Home.String() }

// IsZero reports whether this is nobody.
func (p Person) IsZero() bool { return p == Person{} }

// capital is a word with its first letter in upper case.
func capital(word string) string {
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(first)) + word[size:]
}
