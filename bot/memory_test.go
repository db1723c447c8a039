package bot

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/rs/zerolog"

	"interlab/calendar"
)

// memory keeps documents as a store does, as far as transactions need it. What
// real stores do is tested where they are.
type memory struct {
	Store // everything else panics

	mu      sync.Mutex
	records map[Ref]Record
	derived map[Ref][]Entry
	answers map[string][]byte
	reads   int
	commits []Commit
	// meanwhile happens once, before the next commit is taken.
	meanwhile func()
}

func newMemory() *memory {
	return &memory{records: map[Ref]Record{}, derived: map[Ref][]Entry{}, answers: map[string][]byte{}}
}

// newMemoryApp is an App on a memory.
func newMemoryApp(m *memory, at Clock) *App {
	return &App{meter: unwatched{}, store: sealedIn(m, nil, zerolog.Nop()), clock: at, zones: calendar.Pinned(), ids: &chance{source: rand.NewChaCha8([32]byte{})}}
}

func (m *memory) Read(_ context.Context, wants ...Want) ([][]Record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.reads++
	lists := make([][]Record, 0, len(wants))
	for _, w := range wants {
		switch {
		case w.List != "":
			lists = append(lists, m.listed(w.List))
		case w.Unique != "":
			lists = append(lists, []Record{m.records[m.owner(w.Unique)]})
		default:
			r := m.records[w.Ref]
			r.Ref = w.Ref
			lists = append(lists, []Record{r})
		}
	}
	return lists, nil
}

func (m *memory) listed(index string) []Record {
	var found []Record
	for ref, entries := range m.derived {
		if index == every(ref.Kind) {
			found = append(found, m.records[ref])
		}
		for _, e := range entries {
			if e.Index == index {
				found = append(found, m.records[ref])
			}
		}
	}
	return found
}

func (m *memory) owner(index string) Ref {
	for ref, entries := range m.derived {
		for _, e := range entries {
			if e.Unique && e.Index == index {
				return ref
			}
		}
	}
	return Ref{}
}

func (m *memory) Commit(_ context.Context, c Commit) error {
	if meanwhile := m.meanwhile; meanwhile != nil {
		m.meanwhile = nil
		meanwhile()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if answer, ok := m.answers[c.Op]; ok && c.Op != "" {
		return &DoneError{answer}
	}
	for _, check := range c.Checks {
		if m.records[check.Ref].Version != check.Version {
			return ErrConflict
		}
	}
	for _, w := range c.Writes {
		if m.records[w.Ref].Version != w.Version {
			return ErrConflict
		}
		for _, e := range w.Entries {
			if owner := m.owner(e.Index); e.Unique && !owner.IsZero() && owner != w.Ref {
				return &TakenError{e.Index, owner}
			}
		}
	}
	for _, w := range c.Writes {
		m.records[w.Ref] = Record{w.Ref, w.Version + 1, w.Data}
		m.derived[w.Ref] = w.Entries
		if w.Data == nil {
			delete(m.records, w.Ref)
		}
	}
	if c.Op != "" {
		m.answers[c.Op] = c.Answer
	}
	m.commits = append(m.commits, c)
	return nil
}

// keep puts documents into the memory, whatever was there.
func (m *memory) keep(docs ...Document) {
	for _, doc := range docs {
		w := must(write(doc, m.records[doc.Ref()].Version))
		if err := m.Commit(context.Background(), Commit{Writes: []Write{w}}); err != nil {
			panic(err)
		}
	}
}

// of is a document of the memory; nil where there is none.
func of[T Document](m *memory, ref Ref) T {
	r, ok := m.records[ref]
	if !ok {
		var none T
		return none
	}
	return must(decodeAs[T](r))
}

// Page lists an index by score. Its cursor is a number of records.
func (m *memory) Page(_ context.Context, p Page) (records []Record, next string, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	type scored struct {
		Record
		score int64
	}
	var found []scored
	for ref, entries := range m.derived {
		for _, e := range append(entries, Entry{Index: every(ref.Kind)}) {
			if e.Index == p.Index && e.Score >= p.From && (p.To == 0 || e.Score <= p.To) {
				found = append(found, scored{m.records[ref], e.Score})
			}
		}
	}
	slices.SortFunc(found, func(a, b scored) int {
		return cmp.Or(cmp.Compare(a.score, b.score), strings.Compare(a.Ref.String(), b.Ref.String()))
	})
	from, _ := strconv.Atoi(p.After) // nothing is the first page
	to := min(len(found), from+cmp.Or(p.Limit, MaxListed))
	for _, f := range found[from:to] {
		records = append(records, f.Record)
	}
	if to < len(found) {
		next = strconv.Itoa(to)
	}
	return records, next, nil
}
