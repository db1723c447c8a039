package bot

import (
	"context"
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
	blank func() view

	turn chan struct{} // held by whoever reads the store and changes what follows
	last string        // of the audit; "" before the first reading

	mu         sync.RWMutex  // held only while something changes in memory
	rebuilding chan struct{} // closed while everybody is read anew aside
	view
}

// view is everybody as they were at one time.
type view struct {
	people map[string]*Person
	index  *matching.Index
}

func newDirectory(store Documents, aliases matching.Aliases) *directory {
	blank := blankBy(aliases)
	return &directory{
		store: store, blank: blank, view: blank(),
		turn: make(chan struct{}, 1), rebuilding: make(chan struct{}),
	}
}

// blankBy makes views of nobody, that read topics by these aliases.
func blankBy(aliases matching.Aliases) func() view {
	return func() view { return view{people: map[string]*Person{}, index: matching.NewIndex(aliases)} }
}

// reread reads everybody's topics anew by other aliases. Where that fails the
// old ones stay.
func (d *directory) reread(ctx context.Context, aliases matching.Aliases) error {
	select {
	case <-ctx.Done():
		return fmt.Errorf("reread the directory: %w", ctx.Err())
	case d.turn <- struct{}{}:
	}
	defer func() { <-d.turn }()
	before := d.blank
	d.blank = blankBy(aliases)
	if err := d.reload(ctx); err != nil {
		d.blank = before
		return err
	}
	return nil
}

// refresh takes in what changed since the last time: one round trip where
// little did. Whoever waits for another's refresh does its own afterwards, so
// that a reader always sees what was committed before it asked.
func (d *directory) refresh(ctx context.Context) error { return d.refreshUnless(ctx, nil) }

// ready is refresh for searches: while everybody is read anew, which takes half
// a minute of 100,000 people, they go on with who was there before.
func (d *directory) ready(ctx context.Context) error {
	d.mu.RLock()
	rebuilding := d.rebuilding
	d.mu.RUnlock()
	return d.refreshUnless(ctx, rebuilding)
}

// refreshUnless refreshes when its turn comes, or does nothing once a channel is closed.
func (d *directory) refreshUnless(ctx context.Context, rebuilding <-chan struct{}) error {
	select {
	case <-ctx.Done():
		return fmt.Errorf("refresh the directory: %w", ctx.Err())
	case <-rebuilding:
		return nil
	case d.turn <- struct{}{}:
		defer func() { <-d.turn }()
		return d.update(ctx)
	}
}

// update takes in the audit from where it was left, by whose turn it is.
func (d *directory) update(ctx context.Context) error {
	for {
		changes, err := d.store.Changes(ctx, d.last, KindPerson, MaxListed)
		if err != nil {
			return fmt.Errorf("refresh the directory: %w", err)
		}
		if d.last == "" || changes.Reset {
			return d.reload(ctx)
		}
		d.mu.Lock()
		d.takeAll(changes.Records)
		d.mu.Unlock()
		d.last = changes.Last
		if !changes.More {
			return nil
		}
	}
}

// reload reads everybody aside, and then puts them in the place of who was there.
// The first time there is nobody yet for a search to go on with.
func (d *directory) reload(ctx context.Context) error {
	if d.last != "" {
		close(d.rebuilding)
		defer func() {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.rebuilding = make(chan struct{})
		}()
	}
	fresh, last, err := d.readAll(ctx)
	if err != nil {
		return fmt.Errorf("load the directory: %w", err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.view, d.last = fresh, last
	return nil
}

// readAll reads everybody. The end of the audit is noted first, so that whatever
// is committed during the reading is read again rather than missed.
func (d *directory) readAll(ctx context.Context) (fresh view, last string, err error) {
	changes, err := d.store.Changes(ctx, "", KindPerson, 1)
	if err != nil {
		return view{}, "", err
	}
	fresh = d.blank()
	for page := (Page{Index: every(KindPerson)}); ; {
		records, next, err := d.store.Page(ctx, page)
		if err != nil {
			return view{}, "", err
		}
		fresh.takeAll(records)
		if next == "" {
			return fresh, changes.Last, nil
		}
		page.After = next
	}
}

// takeAll takes in the present states of people. Reading their texts is most of
// the work, so several are read at once.
func (v view) takeAll(records []Record) {
	var reading errgroup.Group
	reading.SetLimit(runtime.GOMAXPROCS(0))
	for _, r := range records {
		if person := v.take(r); person != nil {
			reading.Go(func() error { v.index.Put(person.topics()); return nil })
		}
	}
	_ = reading.Wait() // none of them fails
}

// take takes in the present state of one person, and returns whom the index
// has to take in. Whoever cannot be read is shown to nobody, and nobody's search
// fails for it; Verify names them.
func (v view) take(r Record) *Person {
	person, err := decodeAs[*Person](r)
	if r.Version == 0 || err != nil {
		delete(v.people, r.Ref.ID)
		v.index.Delete(r.Ref.ID)
		return nil
	}
	v.people[person.ID] = person
	if !person.inNetwork() {
		v.index.Delete(person.ID)
		return nil
	}
	return person
}

// suggest finds the k people who know most about a topic, among those that are
// eligible, with their documents.
func (d *directory) suggest(ctx context.Context, topic string, k int, eligible func(*Person) bool) ([]matching.Suggestion, map[string]*Person, error) {
	if err := d.ready(ctx); err != nil {
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
	if err := d.ready(ctx); err != nil {
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
	if err := d.ready(ctx); err != nil {
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
