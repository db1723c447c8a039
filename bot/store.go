package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Kind names a type of document, in lower case letters.
type Kind string

// Ref names a document.
type Ref struct {
	Kind Kind
	ID   string
}

// String is "kind:id".
func (r Ref) String() string { return string(r.Kind) + ":" + r.ID }

// IsZero reports whether the reference names nothing.
func (r Ref) IsZero() bool { return r == Ref{} }

// ParseRef reads what String wrote.
func ParseRef(text string) (Ref, error) {
	kind, id, ok := strings.Cut(text, ":")
	if !ok || kind == "" || id == "" {
		return Ref{}, fmt.Errorf("not a document reference: %q", text)
	}
	return Ref{Kind(kind), id}, nil
}

// MarshalText writes the reference as String does, and nothing for one to nothing.
func (r Ref) MarshalText() ([]byte, error) {
	if r.IsZero() {
		return nil, nil
	}
	return []byte(r.String()), nil
}

// UnmarshalText reads what MarshalText wrote.
func (r *Ref) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*r = Ref{}
		return nil
	}
	ref, err := ParseRef(string(text))
	*r = ref
	return err
}

// Entry is a place where queries find a document. Index names it, values
// included, e.g. "match.of/p123". A unique entry has one document at most, and
// a commit that would give it a second one is refused as a whole.
type Entry struct {
	Index  string `json:"i"`
	Score  int64  `json:"s,omitempty"` // orders a listing; ties are ordered by reference
	Unique bool   `json:"u,omitempty"`
}

// Work is something that must happen to a document at a time. Name is unique
// within the document and the same whenever it is derived from the same content.
type Work struct {
	Name string    `json:"n"`
	At   time.Time `json:"t"`
}

// Record is a document as the store has it. Version is 0, and Data nil, where
// there is no such document; it grows by one with every commit.
type Record struct {
	Ref     Ref
	Version int64
	Data    []byte
}

// Want names records to read: one by Ref, one by its Unique entry, or the
// first Limit ones below List, by score. With Then, what is wanted is what is
// listed under Then followed by the id of the document found by Ref or Unique;
// nothing where that document does not exist.
type Want struct {
	Ref    Ref
	Unique string
	List   string
	Then   string
	Limit  int // 0 means MaxListed
}

// MaxListed is how many records one want lists at most.
const MaxListed = 200

// Page asks for what an index lists, by score, from After on.
type Page struct {
	Index string
	From  int64  // the lowest score
	To    int64  // the highest score; 0 means no bound
	After string // Next of the page before; empty for the first page
	Limit int    // 0 means MaxListed
}

// Write is the new state of a document. Data nil deletes it, with all its
// entries and due work.
type Write struct {
	Ref     Ref
	Version int64 // the version that this write replaces; 0 creates
	Data    []byte
	Entries []Entry
	Due     []Work
}

// Check is a document that was read and must not have changed.
type Check struct {
	Ref     Ref
	Version int64
}

// Note is an entry of the audit: who did what to which documents. It carries
// random ids only, never a name or a text.
type Note struct {
	Seq   string    // given by the store; grows
	At    time.Time // by the clock of whoever committed
	Actor string    // a person's id, or "" for the clock
	Verb  string    // the route or the work
	Op    string
	Refs  []Ref // documents written, filled in by the store's caller
}

// Commit is one change, taken as a whole or not at all.
type Commit struct {
	Op     string // the operation's id; "" where Job alone identifies it
	Answer []byte // kept under Op
	Checks []Check
	Writes []Write
	Note   Note
	Job    *Claim // the claim under which this is done; refused when it is lost
}

var (
	// ErrConflict means that a document was changed meanwhile: read again.
	ErrConflict = errors.New("changed meanwhile")
	// ErrLost means that the claim has lapsed and somebody else may hold it.
	ErrLost = errors.New("claim lost")
	// ErrUnavailable means that the store cannot be reached or cannot write.
	// Whether the last commit was taken is unknown; it may be tried again.
	ErrUnavailable = errors.New("store unavailable")
)

// TakenError means that a unique entry belongs to another document.
type TakenError struct {
	Index string
	Owner Ref
}

// Error names the entry and its owner.
func (e *TakenError) Error() string { return fmt.Sprintf("%s is taken by %s", e.Index, e.Owner) }

// DoneError means that the operation was committed before, with that answer.
type DoneError struct {
	Answer []byte
}

// Error says that the operation is done.
func (e *DoneError) Error() string { return "operation already done" }

// Documents is the part of the store that keeps documents.
type Documents interface {
	// Read reads all that is wanted in one round trip: a slice of records for
	// each want, in order. A want by Ref or Unique yields one record, of
	// version 0 where there is none; a list yields what it has.
	Read(ctx context.Context, wants ...Want) ([][]Record, error)
	// Page reads one page of an index and says where the next one begins;
	// next is empty after the last.
	Page(ctx context.Context, p Page) (records []Record, next string, err error)
	// Commit takes a change in one call. Its errors are ErrConflict, *TakenError,
	// *DoneError, ErrLost or ErrUnavailable, perhaps wrapped. Repeating a commit with an
	// Op is harmless.
	Commit(ctx context.Context, c Commit) error
	// Answer is what an operation answered, if it was committed.
	Answer(ctx context.Context, op string) (answer []byte, done bool, err error)
	// ForgetAnswers goes over all answers that are kept. Where instead returns
	// something, that takes the answer's place for as long as it would have been
	// kept: the operation stays known, and what it said is gone. It may be repeated.
	ForgetAnswers(ctx context.Context, instead func(op string, answer []byte) []byte) error
	// Changes reads, in one round trip, the audit from after a Seq on, oldest
	// first, with the present records of the documents of one kind that were
	// written. reset means that the audit no longer reaches back to after: read everything.
	// After "" it is the last notes alone, without records.
	Changes(ctx context.Context, after string, kind Kind, limit int) (c Changes, err error)
	// ForgetNotes takes the notes out of the audit that are from before a time, but
	// never the last one, and reports how many. It may be repeated.
	ForgetNotes(ctx context.Context, before time.Time) (int, error)
	// Repair derives entries and due work anew: it replaces those of each write
	// whose document still has that version, changes neither data nor version,
	// and reports how many had lacked something or had too much.
	Repair(ctx context.Context, writes []Write) (int, error)
}

// Changes is a piece of the audit.
type Changes struct {
	Notes   []Note
	Records []Record // of the documents of the kind asked for; version 0 where deleted
	Last    string   // the Seq to ask from next
	More    bool     // the audit goes on behind Last
	Reset   bool
}

// Inbound is an event in the inbox. Events of one queue are handled in order.
type Inbound struct {
	Queue string
	ID    string
	Data  []byte
}

// Turn is the right to handle a queue's first event, until it lapses.
type Turn struct {
	Event Inbound
	Token int64
	// Reads answers the wants given to Accept; nil in turns got otherwise.
	Reads [][]Record
}

// Inbox is the part of the store that keeps events until they are answered.
type Inbox interface {
	// Accept saves an event and, where nothing of its queue waits before it,
	// takes the turn and reads what is wanted, all in one round trip. turn is
	// nil where others come first. known means that the event was saved before
	// or is settled: nothing was changed and there is no turn.
	Accept(ctx context.Context, e Inbound, lease time.Duration, wants ...Want) (turn *Turn, known bool, err error)
	// Settle ends a turn: its event leaves the inbox for good and is remembered
	// as known. It returns the turn of the queue's next event, if one waits.
	// ErrLost means that the turn had lapsed; nothing was changed.
	Settle(ctx context.Context, t *Turn, lease time.Duration) (next *Turn, err error)
	// Orphan takes a turn that nobody holds, because its holder died; nil if
	// there is none.
	Orphan(ctx context.Context, lease time.Duration) (*Turn, error)
	// Extend holds a turn for longer. ErrLost means that it had lapsed.
	Extend(ctx context.Context, t *Turn, lease time.Duration) error
}

// Claim is the right to do one piece of due work, until it lapses.
type Claim struct {
	Ref   Ref
	Work  string
	At    time.Time // when it was due
	Token int64
	Tries int // how many times it was put off by Later before
}

// Buried is due work that was given up.
type Buried struct {
	Ref    Ref
	Work   string
	At     time.Time // when it was buried
	Reason string
}

// Jobs is the part of the store that keeps due work. What is due compares with
// the caller's now; how long a claim holds is measured on the store's clock.
type Jobs interface {
	// Claim takes up to n pieces of work due by now, oldest first.
	Claim(ctx context.Context, now time.Time, n int, lease time.Duration) ([]Claim, error)
	// Renew holds a claim for longer. ErrLost means that it had lapsed.
	Renew(ctx context.Context, c Claim, lease time.Duration) error
	// Later gives a claim back, to be due again at a time. counts says that this was a
	// failed try.
	Later(ctx context.Context, c Claim, at time.Time, counts bool) error
	// Bury gives work up for a reason. It stays listed until Exhume or until its document
	// no longer derives it.
	Bury(ctx context.Context, c Claim, now time.Time, reason string) error
	// Exhume makes buried work due again at a time.
	Exhume(ctx context.Context, b Buried, at time.Time) error
	// Graveyard lists buried work, oldest first.
	Graveyard(ctx context.Context, limit int) ([]Buried, error)
	// NextDue is when the next work that is not claimed falls due; false if nothing waits.
	NextDue(ctx context.Context) (time.Time, bool, error)
}

// Store is the one store. Its parts are separate so that whoever needs one asks for no more.
type Store interface {
	Documents
	Inbox
	Jobs
	// Tally counts, in one round trip, what indexes list and how work stands at a time.
	Tally(ctx context.Context, now time.Time, indexes ...string) (Tally, error)
}

// Tally is how much there is in a store.
type Tally struct {
	Listed []int64 // documents that each index lists, in the order asked for
	Due    int64   // work that is due and that nobody holds
	Later  int64
	Held   int64 // work that somebody has claimed
	Buried int64
}
