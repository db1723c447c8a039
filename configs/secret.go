package configs

import (
	"fmt"
	"io"
)

// hidden is all that ever shows of a secret, the empty one included: whether a
// secret is set is nobody's business either.
const hidden = "[secret]"

// Secret is a text that must not reach a log, an error or a screen. It prints
// as [secret] in every form; only Reveal tells it. The zero Secret is empty.
type Secret struct {
	// A pointer, since fmt calls no methods on a field it cannot reach and
	// would print a string held here as it stands; of a pointer it prints the
	// address.
	text *string
}

// NewSecret hides text.
func NewSecret(text string) Secret { return Secret{text: &text} }

// Reveal returns the text; call it where the secret is used, and nowhere else.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// Format prints [secret] for every verb and flag of fmt.
func (Secret) Format(state fmt.State, _ rune) {
	// A fmt.State collects in memory, and Format has nobody to tell.
	_, _ = io.WriteString(state, hidden)
}

// String returns [secret], for callers that do not go through fmt.
func (Secret) String() string { return hidden }

// MarshalText returns [secret]; JSON, YAML and structured logs write that.
func (Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }
