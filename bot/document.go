package bot

import (
	"encoding/json"
	"errors"
	"fmt"
)

// Document is a thing that is kept. Its methods are pure: they derive from its
// content alone, so that the store can be repaired by asking them again.
type Document interface {
	// Ref names the document.
	Ref() Ref
	// Entries are the places where queries find it.
	Entries() []Entry
	// Due is what must happen to it, and when. Work that was done no longer derives.
	Due() []Work
}

// schema is the version of the documents' JSON. A document of a newer schema
// is refused: an older program must not write back what it does not understand.
const schema = 2

// kinds makes an empty document of each kind.
var kinds = map[Kind]func() Document{
	KindPerson:   func() Document { return &Person{} },
	KindLab:      func() Document { return &Lab{} },
	KindHome:     func() Document { return &Home{} },
	KindMatch:    func() Document { return &Match{} },
	KindSearch:   func() Document { return &Search{} },
	KindDraft:    func() Document { return &Draft{} },
	KindDelivery: func() Document { return &Delivery{} },
	KindUnlisted: func() Document { return &Unlisted{} },
	KindLink:     func() Document { return &Link{} },
	KindExchange: func() Document { return &Exchange{} },

	KindColloquium: func() Document { return &Colloquium{} },
	KindRsvp:       func() Document { return &Rsvp{} },
	KindRules:      func() Document { return &Rules{} },
	KindQuestion:   func() Document { return &Question{} },
	KindPoll:       func() Document { return &Poll{} },
	KindVote:       func() Document { return &PollVote{} },
	KindAttendance: func() Document { return &Attendance{} },

	KindOpening:     func() Document { return &Opening{} },
	KindApplication: func() Document { return &Application{} },
	KindPlacement:   func() Document { return &Placement{} },

	KindRound:    func() Document { return &Round{} },
	KindEntrant:  func() Document { return &Entrant{} },
	KindSheet:    func() Document { return &Sheet{} },
	KindPlanPage: func() Document { return &PlanPage{} },

	KindEvidence:  func() Document { return &Evidence{} },
	KindBulletin:  func() Document { return &Bulletin{} },
	KindStory:     func() Document { return &Story{} },
	KindFollowing: func() Document { return &Following{} },
	KindDigest:    func() Document { return &Digest{} },
	KindFollowUp:  func() Document { return &FollowUp{} },
	KindWeekly:    func() Document { return &Weekly{} },

	KindAppointment: func() Document { return &Appointment{} },
}

type envelope struct {
	Schema int             `json:"s"`
	Doc    json.RawMessage `json:"d"`
}

// encode is the document as the store keeps it.
func encode(d Document) ([]byte, error) {
	doc, err := json.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", d.Ref(), err)
	}
	data, err := json.Marshal(envelope{schema, doc})
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", d.Ref(), err)
	}
	return data, nil
}

// errNewer means that a newer program wrote a document.
var errNewer = errors.New("written by a newer program")

// decode reads what encode wrote.
func decode(r Record) (Document, error) {
	empty, ok := kinds[r.Ref.Kind]
	if !ok {
		return nil, fmt.Errorf("decode %s: unknown kind", r.Ref)
	}
	var e envelope
	if err := json.Unmarshal(r.Data, &e); err != nil {
		return nil, fmt.Errorf("decode %s: %w", r.Ref, err)
	}
	if e.Schema > schema {
		return nil, fmt.Errorf("decode %s: schema %d is newer than %d: %w", r.Ref, e.Schema, schema, errNewer)
	}
	doc := empty()
	if err := json.Unmarshal(e.Doc, doc); err != nil {
		return nil, fmt.Errorf("decode %s: %w", r.Ref, err)
	}
	return doc, nil
}

// decodeAs reads a record as a document of one type.
func decodeAs[T Document](r Record) (T, error) {
	var none T
	doc, err := decode(r)
	if err != nil {
		return none, err
	}
	typed, ok := doc.(T)
	if !ok {
		return none, fmt.Errorf("decode %s: is a %T", r.Ref, doc)
	}
	return typed, nil
}

// write is the document's new state for a commit.
func write(d Document, version int64) (Write, error) {
	data, err := encode(d)
	if err != nil {
		return Write{}, err
	}
	return Write{Ref: d.Ref(), Version: version, Data: data, Entries: d.Entries(), Due: d.Due()}, nil
}
