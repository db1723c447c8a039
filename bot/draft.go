package bot

import (
	"time"

	"interlab/bot/chat"
)

// KindDraft is a form that was begun and not finished.
const KindDraft Kind = "draft"

// draftLife is how long an unfinished form is kept.
const draftLife = 7 * 24 * time.Hour

// Draft keeps what was typed into a form that needs more steps or a correction.
type Draft struct {
	ID     string            `json:"id"`
	By     string            `json:"by"`
	Values map[string]string `json:"values"`        // what was typed, by field; and what we note ourselves, under names with a dot
	Then   chat.Ref          `json:"then,omitzero"` // what the person wanted to do once this is done
	At     time.Time         `json:"at"`
}

// Ref names the draft.
func (d *Draft) Ref() Ref { return Ref{KindDraft, d.ID} }

// Entries list the person's drafts.
func (d *Draft) Entries() []Entry {
	return []Entry{{Index: draftsOf + d.By, Score: d.At.UnixMilli()}}
}

// draftsOf and a person's id list that person's drafts.
const draftsOf = "draft.of/"

// Due is the draft's end.
func (d *Draft) Due() []Work { return []Work{{Name: workForget, At: d.At.Add(draftLife)}} }
