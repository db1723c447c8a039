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

// Entries list the person's searches.
func (s *Search) Entries() []Entry {
	return []Entry{{Index: "search.of/" + s.By, Score: s.At.UnixMilli()}}
}

// Due is the search's end.
func (s *Search) Due() []Work { return []Work{{Name: workForget, At: s.At.Add(searchLife)}} }

// workForget deletes a document whose time is over.
const workForget = "forget"
