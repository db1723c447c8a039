package bot

import (
	"crypto/sha256"
	"encoding/hex"
)

// secretKeyParts is how many random ids make a secret key: 160 bits, which nobody
// guesses however fast they ask.
const secretKeyParts = 2

// secretKey is a new key for an address that only one person has.
func (a *App) secretKey() (string, error) {
	key := ""
	for range secretKeyParts {
		id, err := a.ids.id()
		if err != nil {
			return "", err
		}
		key += id
	}
	return key, nil
}

// hashFor is what is kept of a secret, by which it is known when somebody brings
// it. The purpose keeps a hash of one kind from counting as one of another.
func hashFor(purpose, secret string) string {
	sum := sha256.Sum256([]byte(purpose + "\n" + secret))
	return hex.EncodeToString(sum[:])
}
