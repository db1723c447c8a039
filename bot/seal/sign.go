package seal

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"strings"
	"time"
)

// ErrSignature is what Verify answers for all that does not count, whatever the
// reason: forged, of another purpose, of a key that is gone, or past its time.
var ErrSignature = errors.New("the signature does not count")

// stampBytes is the length of the moment until which a token counts, in seconds
// since 1970.
const stampBytes = 8

// Sign is a token that carries a message and counts until a moment, for one
// purpose only. Everybody can read the message in it; nobody else can make one.
// A token is of letters, digits, "-", "_" and ".", so that it fits into an
// address as it is. The error is ErrNoKeys.
func (r *Ring) Sign(purpose string, message []byte, until time.Time) (string, error) {
	if r == nil || len(r.keys) == 0 {
		return "", ErrNoKeys
	}
	body := binary.BigEndian.AppendUint64(make([]byte, 0, stampBytes+len(message)), uint64(until.Unix()))
	body = append(body, message...)
	k := r.keys[0]
	text := base64.RawURLEncoding
	return k.name + "." + text.EncodeToString(body) + "." + text.EncodeToString(k.mac(purpose, body)), nil
}

// Verify is the message of a token that was signed for the purpose and counts
// still. The error is an ErrSignature.
func (r *Ring) Verify(purpose, token string, now time.Time) ([]byte, error) {
	name, rest, _ := strings.Cut(token, ".")
	said, proof, ok := strings.Cut(rest, ".")
	k, known := r.of(name)
	text := base64.RawURLEncoding.Strict()
	body, bad := text.DecodeString(said)
	mac, worse := text.DecodeString(proof)
	if !ok || !known || bad != nil || worse != nil || len(body) < stampBytes || strings.ContainsAny(token, "\r\n") {
		return nil, ErrSignature
	}
	if !hmac.Equal(mac, k.mac(purpose, body)) { // takes as long wherever they differ
		return nil, ErrSignature
	}
	if until := int64(binary.BigEndian.Uint64(body)); now.Unix() >= until {
		return nil, ErrSignature
	}
	return body[stampBytes:], nil
}

// mac vouches for a body and its purpose. The length of the purpose keeps the two
// apart.
func (k key) mac(purpose string, body []byte) []byte {
	h := hmac.New(sha256.New, k.sign)
	h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(purpose))))
	h.Write([]byte(purpose))
	h.Write(body)
	return h.Sum(nil)
}
