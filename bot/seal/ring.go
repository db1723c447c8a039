package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// keyBytes is the length of a key: that of AES-256.
const keyBytes = 32

// ErrNoKeys is what a ring without keys answers.
var ErrNoKeys = errors.New("no key is set")

// Ring is a set of keys, the newest first. Its zero value and nil have no keys:
// they seal and sign nothing. A ring may be used by many at once.
type Ring struct {
	keys []key
}

// key seals under one key, and signs under another that is derived from it.
type key struct {
	name string
	aead cipher.AEAD
	sign []byte
}

// keyName is what a key may be called. The name stands before whatever the key
// sealed.
var keyName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,31}$`)

// Parse reads a ring, one key to a line, the newest first: its name, a colon, and
// 32 bytes in base64. Blank lines and those that begin with # do not count. The
// error names the line and never what stands in it.
func Parse(text string) (*Ring, error) {
	r := &Ring{}
	n := 0
	for line := range strings.Lines(text) {
		n++
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		name, secret, ok := strings.Cut(line, ":")
		if !ok || !keyName.MatchString(name) {
			return nil, fmt.Errorf("line %d is not NAME:KEY, with a name of a-z, 0-9 and -", n)
		}
		if slices.Contains(r.Names(), name) {
			return nil, fmt.Errorf("line %d has a name that an earlier line has", n)
		}
		bytes, err := base64.StdEncoding.DecodeString(secret)
		if err != nil || len(bytes) != keyBytes {
			return nil, fmt.Errorf("line %d has a key that is not %d bytes in base64", n, keyBytes)
		}
		k, err := newKey(name, bytes)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		r.keys = append(r.keys, k)
	}
	if len(r.keys) == 0 {
		return nil, ErrNoKeys
	}
	return r, nil
}

// New is the line of a fresh key, as Parse reads it.
func New(name string, random io.Reader) (string, error) {
	if !keyName.MatchString(name) {
		return "", fmt.Errorf("the name of a key is at most 32 of a-z, 0-9 and -, not %q", name)
	}
	secret := make([]byte, keyBytes)
	if _, err := io.ReadFull(random, secret); err != nil {
		return "", fmt.Errorf("make a key: %w", err)
	}
	return name + ":" + base64.StdEncoding.EncodeToString(secret), nil
}

// Fresh is a ring of one new key, which nothing else has.
func Fresh(name string, random io.Reader) (*Ring, error) {
	line, err := New(name, random)
	if err != nil {
		return nil, err
	}
	return Parse(line)
}

// newKey derives from one secret a key to seal and a key to sign, so that neither
// tells anything of the other (RFC 5869).
func newKey(name string, secret []byte) (key, error) {
	derive := func(what string) ([]byte, error) {
		return hkdf.Key(sha256.New, secret, nil, "interlab "+what, keyBytes)
	}
	sealing, err := derive("seal")
	if err != nil {
		return key{}, fmt.Errorf("derive a key: %w", err)
	}
	signing, err := derive("sign")
	if err != nil {
		return key{}, fmt.Errorf("derive a key: %w", err)
	}
	block, err := aes.NewCipher(sealing)
	if err != nil {
		return key{}, fmt.Errorf("use a key: %w", err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return key{}, fmt.Errorf("use a key: %w", err)
	}
	return key{name, aead, signing}, nil
}

// Names are the names of the keys, the newest first.
func (r *Ring) Names() []string {
	if r == nil {
		return nil
	}
	names := make([]string, 0, len(r.keys))
	for _, k := range r.keys {
		names = append(names, k.name)
	}
	return names
}

// Format shows the names of the keys, whatever the verb: a ring may stand in a log
// or an error and tells nothing there.
func (r *Ring) Format(state fmt.State, _ rune) {
	_, _ = fmt.Fprintf(state, "[keys: %s]", strings.Join(r.Names(), ", "))
}

// of is a key by its name.
func (r *Ring) of(name string) (key, bool) {
	if r == nil {
		return key{}, false
	}
	i := slices.IndexFunc(r.keys, func(k key) bool { return k.name == name })
	if i < 0 {
		return key{}, false
	}
	return r.keys[i], true
}
