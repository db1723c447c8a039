package bot

import (
	"slices"
	"strings"

	"golang.org/x/text/cases"

	"interlab/bot/chat"
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
	return cases.Fold().String(strings.Join(strings.Fields(name), " "))
}

// Home is a workspace or server where the bot is present.
type Home struct {
	ID   string    `json:"id"`
	Home chat.Home `json:"home"`
	Labs []string  `json:"labs,omitempty"` // the labs that live there

	Announce chat.Place `json:"announce,omitzero"` // the channel where colloquia are announced
}

// Ref names the home.
func (h *Home) Ref() Ref { return Ref{KindHome, h.ID} }

// Entries are the platform's own name for the home, and whether colloquia are
// announced there.
func (h *Home) Entries() []Entry {
	entries := []Entry{{Index: homeByName(h.Home), Unique: true}}
	if h.Announce != (chat.Place{}) {
		entries = append(entries, Entry{Index: announcing})
	}
	return entries
}

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
