package bot

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"

	"interlab/matching"
)

// directory is this replica's view of everybody: their documents and the index
// of their topics, kept fresh from the audit. What it says decides whom to
// show, never who may do what: a commit reads the documents themselves.
type directory struct {
	store Documents

	mu     sync.RWMutex
	last   string // of the audit; "" before the first reading
	people map[string]*Person
	index  *matching.Index
	blank  func() *matching.Index
}

func newDirectory(store Documents, aliases matching.Aliases) *directory {
	blank := func() *matching.Index { return matching.NewIndex(aliases) }
	return &directory{store: store, people: map[string]*Person{}, index: blank(), blank: blank}
}

// refresh takes in what changed since the last time: one round trip where
// little did. Whoever waits for another's refresh does its own afterwards, so
// that a reader always sees what was committed before it asked.
func (d *directory) refresh(ctx context.Context) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	for {
		changes, err := d.store.Changes(ctx, d.last, KindPerson, MaxListed)
		if err != nil {
			return fmt.Errorf("refresh the directory: %w", err)
		}
		if d.last == "" || changes.Reset {
			return d.reload(ctx)
		}
		if err := d.takeAll(changes.Records); err != nil {
			return err
		}
		d.last = changes.Last
		if !changes.More {
			return nil
		}
	}
}

// reload reads everybody. The end of the audit is noted first, so that whatever
// is committed during the reading is read again rather than missed.
func (d *directory) reload(ctx context.Context) error {
	changes, err := d.store.Changes(ctx, "", KindPerson, 1)
	if err != nil {
		return fmt.Errorf("load the directory: %w", err)
	}
	d.people, d.index = map[string]*Person{}, d.blank()
	for page := (Page{Index: every(KindPerson)}); ; {
		records, next, err := d.store.Page(ctx, page)
		if err != nil {
			return fmt.Errorf("load the directory: %w", err)
		}
		if err := d.takeAll(records); err != nil {
			return err
		}
		if next == "" {
			d.last = changes.Last
			return nil
		}
		page.After = next
	}
}

// takeAll takes in the present states of people. Reading their texts is most of
// the work, so several are read at once.
func (d *directory) takeAll(records []Record) error {
	var reading errgroup.Group
	reading.SetLimit(runtime.GOMAXPROCS(0))
	for _, r := range records {
		person, err := d.take(r)
		if err != nil {
			return errors.Join(err, reading.Wait())
		}
		if person != nil {
			reading.Go(func() error { d.index.Put(person.topics()); return nil })
		}
	}
	return reading.Wait()
}

// take takes in the present state of one person, and returns whom the index
// has to take in.
func (d *directory) take(r Record) (*Person, error) {
	if r.Version == 0 {
		delete(d.people, r.Ref.ID)
		d.index.Delete(r.Ref.ID)
		return nil, nil
	}
	person, err := decodeAs[*Person](r)
	if err != nil {
		return nil, err
	}
	d.people[person.ID] = person
	if !person.inNetwork() {
		d.index.Delete(person.ID)
		return nil, nil
	}
	return person, nil
}

// suggest finds the k people who know most about a topic, among those that are
// eligible, with their documents.
func (d *directory) suggest(ctx context.Context, topic string, k int, eligible func(*Person) bool) ([]matching.Suggestion, map[string]*Person, error) {
	if err := d.refresh(ctx); err != nil {
		return nil, nil, err
	}
	d.mu.RLock()
	defer d.mu.RUnlock()
	found := d.index.Suggest(matching.Query{Text: topic}, k, func(id string) bool { return eligible(d.people[id]) })
	people := make(map[string]*Person, len(found))
	for _, s := range found {
		people[s.ID] = d.people[s.ID]
	}
	return found, people, nil
}

// topics completes a topic from what people share.
func (d *directory) topics(ctx context.Context, prefix string, limit int) ([]string, error) {
	if err := d.refresh(ctx); err != nil {
		return nil, err
	}
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.index.Topics(prefix, limit), nil
}

// labOf is the lab of a person as this replica last saw it, or "".
func (d *directory) labOf(id string) string {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if p, ok := d.people[id]; ok {
		return p.Lab
	}
	return ""
}

// all is everybody, in no order. The documents are shared: read them only.
func (d *directory) all(ctx context.Context) ([]*Person, error) {
	if err := d.refresh(ctx); err != nil {
		return nil, err
	}
	d.mu.RLock()
	defer d.mu.RUnlock()
	people := make([]*Person, 0, len(d.people))
	for _, p := range d.people {
		people = append(people, p)
	}
	return people, nil
}

// rank is suggest without documents, without reasons, and as fresh as the last
// refresh: for whoever asks for many at once.
func (d *directory) rank(text string, k int, eligible func(id string) bool) []matching.Suggestion {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.index.Rank(matching.Query{Text: text}, k, eligible)
}

// reasons say why one person answers a text; none where they do not.
func (d *directory) reasons(text, id string) []matching.Reason {
	d.mu.RLock()
	defer d.mu.RUnlock()
	for _, s := range d.index.Suggest(matching.Query{Text: text}, 1, func(other string) bool { return other == id }) {
		return s.Reasons
	}
	return nil
}
