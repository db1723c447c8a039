package bot

import (
	"cmp"
	"context"
	"slices"
	"testing"
	"time"
)

// cupboard is a store that only reads: documents that were written once, found by
// their entries.
type cupboard struct {
	Documents
	t    *testing.T
	docs []Document
}

// holding is a transaction over a cupboard with some documents.
func holding(t *testing.T, now time.Time, docs ...Document) *Tx {
	t.Helper()
	return newTx(t.Context(), &cupboard{t: t, docs: docs}, now, nil)
}

func (s *cupboard) listed(index string) []Record {
	type place struct {
		score int64
		ref   string
		doc   Document
	}
	var places []place
	for _, d := range s.docs {
		for _, e := range d.Entries() {
			if e.Index == index {
				places = append(places, place{e.Score, d.Ref().String(), d})
			}
		}
	}
	slices.SortFunc(places, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.score, b.score), cmp.Compare(a.ref, b.ref))
	})
	var records []Record
	for _, p := range places {
		records = append(records, keptAs(s.t, p.doc))
	}
	return records
}

// Read finds documents by reference or entry.
func (s *cupboard) Read(_ context.Context, wants ...Want) ([][]Record, error) {
	lists := make([][]Record, len(wants))
	for i, w := range wants {
		switch {
		case w.Unique != "" || w.List != "":
			lists[i] = s.listed(w.Unique + w.List)
		default:
			for _, d := range s.docs {
				if d.Ref() == w.Ref {
					lists[i] = []Record{keptAs(s.t, d)}
				}
			}
		}
	}
	return lists, nil
}

// Page lists an index on one page.
func (s *cupboard) Page(_ context.Context, p Page) ([]Record, string, error) {
	return s.listed(p.Index), "", nil
}

// removed are what a transaction is to delete, in order of their references.
func removed(t *testing.T, tx *Tx) []string {
	t.Helper()
	c, err := tx.commit()
	if err != nil {
		t.Fatal(err)
	}
	var refs []string
	for _, w := range c.Writes {
		if w.Data == nil {
			refs = append(refs, w.Ref.String())
		}
	}
	slices.Sort(refs)
	return refs
}
