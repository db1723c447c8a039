package seal

import (
	"errors"
	"fmt"
	"strings"
)

// mark stands before whatever is sealed, so that it is told from what is not.
const mark = "sealed:"

// ErrSealed is what Open answers for what it cannot open, whatever the reason: it
// was changed, it was sealed for another place, or its key is not on the ring.
var ErrSealed = errors.New("what is sealed cannot be opened")

// Seal hides text under the newest key, by AES-256-GCM with a random nonce of 96
// bits: a key is good for 2^32 of them (NIST SP 800-38D, section 8.3). It can be
// opened for the same place only, such as the name under which it is stored: what
// is moved elsewhere stays shut. The error is ErrNoKeys.
func (r *Ring) Seal(place string, text []byte) ([]byte, error) {
	if r == nil || len(r.keys) == 0 {
		return nil, ErrNoKeys
	}
	k := r.keys[0]
	return k.aead.Seal([]byte(mark+k.name+":"), nil, text, bound(k.name, place)), nil //nolint:gosec // the nonce is drawn inside, and stands in what is sealed
}

// Open is the text that was sealed for the place. The error is an ErrSealed.
func (r *Ring) Open(place string, sealed []byte) ([]byte, error) {
	name, body, ok := parts(sealed)
	k, known := r.of(name)
	if !ok || !known {
		return nil, fmt.Errorf("%w: no key of that name is on the ring", ErrSealed)
	}
	text, err := k.aead.Open(nil, nil, []byte(body), bound(name, place))
	if err != nil {
		return nil, ErrSealed // why it did not open helps nobody but who tries
	}
	return text, nil
}

// Under is the name of the key that sealed something, and false for what is not
// sealed at all.
func Under(sealed []byte) (name string, ok bool) {
	name, _, ok = parts(sealed)
	return name, ok
}

func parts(sealed []byte) (name, body string, ok bool) {
	rest, ok := strings.CutPrefix(string(sealed), mark)
	if !ok {
		return "", "", false
	}
	name, body, ok = strings.Cut(rest, ":")
	return name, body, ok && keyName.MatchString(name)
}

// bound is what a seal vouches for beside its text: the key's name and the place.
func bound(name, place string) []byte { return []byte(name + "\n" + place) }
