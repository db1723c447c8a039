package bot

import (
	"encoding/base32"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
)

// Clock tells the time.
type Clock interface {
	Now() time.Time
}

// chance makes ids from a source of random bytes.
type chance struct {
	mu     sync.Mutex
	source io.Reader
}

// idBytes is how many random bytes an id has: 80 bits, which nobody guesses and
// which do not collide in a network of any size.
const idBytes = 10

var idText = base32.NewEncoding("abcdefghijkmnpqrstuvwxyz23456789").WithPadding(base32.NoPadding) //nolint:gochecknoglobals // an alphabet

// id is a new random id of 16 characters that read well aloud.
func (c *chance) id() (string, error) {
	var raw [idBytes]byte
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, err := io.ReadFull(c.source, raw[:]); err != nil {
		return "", fmt.Errorf("make an id: %w", err)
	}
	return strings.ToLower(idText.EncodeToString(raw[:])), nil
}
