package bot

import (
	"errors"
	"time"

	"interlab/bot/chat"
)

// KindUnlisted is an account whose person asked not to be listed.
const KindUnlisted Kind = "unlisted"

// Unlisted keeps somebody from being listed again after they had themselves
// removed. Nothing of them is in it but a hash, which only says of an account
// that somebody brings whether it is the one.
type Unlisted struct {
	Hash string    `json:"hash"`
	At   time.Time `json:"at"`
}

// Ref names the document by the hash, so that an account has one at most.
func (u *Unlisted) Ref() Ref { return Ref{KindUnlisted, u.Hash} }

// Entries is empty: it is only ever looked up by an account.
func (u *Unlisted) Entries() []Entry { return nil }

// Due is empty: the wish does not fade.
func (u *Unlisted) Due() []Work { return nil }

// unlistedHash is the hash of an account in Unlisted.
func unlistedHash(a chat.Account) string { return hashFor("unlisted", a.String()) }

// unlist keeps anybody from listing the accounts again. Whoever came back since
// they were unlisted, and goes once more, is unlisted anew.
func unlist(tx *Tx, accounts []chat.Account) error {
	for _, account := range accounts {
		hash := unlistedHash(account)
		u, err := load[*Unlisted](tx, KindUnlisted, hash)
		if errors.Is(err, errNotFound) {
			u, err = &Unlisted{Hash: hash}, nil
		}
		if err != nil {
			return err
		}
		u.At = tx.now
		tx.put(u)
	}
	return nil
}
