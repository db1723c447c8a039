package bot

import (
	"time"

	"interlab/matching"
)

// KindSearch is what somebody looked for and whom they were shown. It is what
// the buttons below an answer refer to.
const KindSearch Kind = "search"

// searchLife is how long the buttons of a search work.
const searchLife = 30 * 24 * time.Hour

// Search is one question and its answer.
type Search struct {
	ID      string    `json:"id"`
	By      string    `json:"by"`
	Topic   string    `json:"topic"`
	Purpose Purpose   `json:"purpose"`
	At      time.Time `json:"at"`
	Found   []Found   `json:"found"`
}

// Found is a person that was shown, with the reasons whose scores sum to Score.
type Found struct {
	Person  string            `json:"person"`
	Score   int64             `json:"score"` // in millionths
	Reasons []matching.Reason `json:"reasons"`
}

// Ref names the search.
func (s *Search) Ref() Ref { return Ref{KindSearch, s.ID} }

// Entries list the person's searches, and where somebody was shown.
func (s *Search) Entries() []Entry {
	entries := []Entry{{Index: searchesOf + s.By, Score: s.At.UnixMilli()}}
	for _, f := range s.Found {
		if f.Person != "" {
			entries = append(entries, Entry{Index: foundIn + f.Person, Score: s.At.UnixMilli()})
		}
	}
	return entries
}

// With a person's id, searchesOf lists the person's own searches, and foundIn
// those of others whose answers show the person.
const (
	searchesOf = "search.of/"
	foundIn    = "search.found/"
)

// Due is the search's end.
func (s *Search) Due() []Work { return []Work{{Name: workForget, At: s.At.Add(searchLife)}} }

// workForget deletes a document whose time is over.
const workForget = "forget"
