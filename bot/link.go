package bot

import (
	"strings"
	"time"

	"interlab/bot/chat"
)

// KindLink is a person's try at having one more account.
const KindLink Kind = "link"

// The bounds of a code. It has 40 random bits, so that five tries in ten
// minutes find one of a thousand open codes once in about 400 million tries.
const (
	linkLife    = 10 * time.Minute // of a code, of the card behind it, and of the memory of wrong tries
	linkTries   = 5                // wrong codes of one person before they have to wait
	codeLength  = 8
	maxAccounts = 5 // of one person
)

// Link is what is open between a person's accounts: a code that was given out,
// who used it, and how many wrong codes the person has tried. Of the code only
// a hash is kept.
type Link struct {
	ID       string       `json:"id"`
	By       string       `json:"by"`
	Account  chat.Account `json:"account,omitzero"` // where the code was asked for
	Hash     string       `json:"hash,omitempty"`   // of a code that waits to be used
	Until    time.Time    `json:"until,omitzero"`   // end of the code, or of the card
	For      string       `json:"for,omitempty"`    // the person who used the code and has to confirm
	Wrong    int          `json:"wrong,omitempty"`
	WrongEnd time.Time    `json:"wrong_end,omitzero"`
}

// Ref names the link.
func (l *Link) Ref() Ref { return Ref{KindLink, l.ID} }

// Entries are the person, who has one link at most, and the open code.
func (l *Link) Entries() []Entry {
	entries := []Entry{{Index: linkOf(l.By), Unique: true}}
	if l.Hash != "" {
		entries = append(entries, Entry{Index: linkByCode(l.Hash), Unique: true})
	}
	return entries
}

// Due is the end of all that is open.
func (l *Link) Due() []Work {
	end := l.Until
	if l.WrongEnd.After(end) {
		end = l.WrongEnd
	}
	return []Work{{Name: workForget, At: end}}
}

func linkOf(person string) string { return "link.of/" + person }

func linkByCode(hash string) string { return "link.code/" + hash }

// codeHash is the hash of a code, however it was typed.
func codeHash(typed string) string {
	code := strings.ToLower(strings.NewReplacer("-", "", " ", "").Replace(chat.CleanLine(typed)))
	return hashFor("link", code)
}

// shownCode is a code in two halves, to be read out.
func shownCode(code string) string { return code[:codeLength/2] + "-" + code[codeLength/2:] }

// wrong counts a wrong code.
func (l *Link) wrong(now time.Time) {
	if !l.WrongEnd.After(now) {
		l.Wrong, l.WrongEnd = 0, now.Add(linkLife)
	}
	l.Wrong++
}

// barred reports whether too many wrong codes were tried.
func (l *Link) barred(now time.Time) bool { return l.Wrong >= linkTries && l.WrongEnd.After(now) }
