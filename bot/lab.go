package bot

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"interlab/bot/chat"
	"interlab/bot/exchange"
)

// KindLab and KindHome are labs and their workspaces or servers.
const (
	KindLab  Kind = "lab"
	KindHome Kind = "home"
)

// Lab is a research group that takes part in the network.
type Lab struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Late int    `json:"late,omitempty"` // talks that its people attended at uncivil hours

	Sector exchange.Sector `json:"sector,omitempty"` // what it belongs to; "" is neither or not said
	Public bool            `json:"public,omitempty"` // it agreed to stand by name on the public board of outcomes

	Spent map[string]time.Time `json:"spent,omitempty"` // by limit: when the lab's bucket is full again
}

// Ref names the lab.
func (l *Lab) Ref() Ref { return Ref{KindLab, l.ID} }

// Entries are the lab's name, which no other lab may have.
func (l *Lab) Entries() []Entry {
	return []Entry{{Index: labByName(l.Name), Unique: true}}
}

// Due is empty: nothing happens to a lab by itself.
func (l *Lab) Due() []Work { return nil }

// labByName is the unique entry of a lab's name.
func labByName(name string) string { return "lab.name/" + fold(name) }

// fold is a name as it is compared: in one case, with single spaces.
func fold(name string) string {
	return cases.Fold().String(chat.Skeleton(norm.NFKC.String(strings.Join(strings.Fields(name), " "))))
}

// Home is a workspace or server where the bot is present.
type Home struct {
	ID   string    `json:"id"`
	Home chat.Home `json:"home"`
	Labs []string  `json:"labs,omitempty"` // the labs that live there

	Announce chat.Place `json:"announce,omitzero"`  // the channel where colloquia are announced
	AddedBy  string     `json:"added_by,omitempty"` // the person who added the bot last
	Absent   time.Time  `json:"absent,omitzero"`    // since when the bot is no longer there
	Wanted   []Wanted   `json:"wanted,omitempty"`
}

// Wanted is a lab that lives elsewhere, and of which somebody says that it
// lives in this home too. An organiser has to confirm it.
type Wanted struct {
	Lab string `json:"lab"`
	By  string `json:"by"`
}

// waits is who wants a lab to live there, "" where nobody does.
func (h *Home) waits(lab string) string {
	for _, w := range h.Wanted {
		if w.Lab == lab {
			return w.By
		}
	}
	return ""
}

// settle ends the wait for a lab.
func (h *Home) settle(lab string) {
	h.Wanted = slices.DeleteFunc(h.Wanted, func(w Wanted) bool { return w.Lab == lab })
}

// Ref names the home.
func (h *Home) Ref() Ref { return Ref{KindHome, h.ID} }

// Entries are the platform's own name for the home, the labs that live there,
// and whether colloquia are announced there.
func (h *Home) Entries() []Entry {
	entries := []Entry{{Index: homeByName(h.Home), Unique: true}}
	if h.Announce != (chat.Place{}) {
		entries = append(entries, Entry{Index: announcing})
	}
	for _, lab := range h.Labs {
		entries = append(entries, Entry{Index: homesOf + lab})
	}
	return entries
}

// homesOf and a lab's id list the homes where the lab lives.
const homesOf = "home.of/"

// Due is empty: nothing happens to a home by itself.
func (h *Home) Due() []Work { return nil }

// homeByName is the unique entry of a home.
func homeByName(h chat.Home) string { return "home/" + h.String() }

// addLab says that a lab lives there, and whether that is new.
func (h *Home) addLab(id string) bool {
	if slices.Contains(h.Labs, id) {
		return false
	}
	h.Labs = append(h.Labs, id)
	return true
}
