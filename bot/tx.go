package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"interlab/bot/chat"
)

// Tx is one attempt at a change: it loads documents, remembers what was read,
// and gathers what is to be written. Nothing is kept until the commit, which
// is refused when anything that was read by name has changed meanwhile.
type Tx struct {
	ctx  context.Context
	docs Documents
	now  time.Time
	ids  *chance
	seed string // what tells this operation from every other one, at every attempt

	// aloud is said in the place of the answer that is kept, by whoever commits: a
	// secret, which is not to be kept.
	aloud *chat.Message

	about marks // whom the answer may show, where it is kept

	reads  map[Want][]Record
	loaded map[Ref]*held
	order  []Ref // of loaded, for commits that repeat to the letter

	window  *window  // while somebody is forgotten: listAll goes by pages
	recalls []Recall // messages that lose their words when somebody is forgotten
}

// held is a document in the hands of a transaction.
type held struct {
	doc     Document // nil where there is none
	version int64
	write   bool
}

func newTx(ctx context.Context, docs Documents, now time.Time, ids *chance) *Tx {
	return &Tx{ctx: ctx, docs: docs, now: now, ids: ids, reads: map[Want][]Record{}, loaded: map[Ref]*held{}}
}

// prefetch reads several wants in one round trip, for later loads.
func (tx *Tx) prefetch(wants ...Want) error {
	missing := wants[:0:0]
	for _, w := range wants {
		nothing := w.Ref.Kind != "" && w.Ref.ID == "" // as a control without an id names
		if _, ok := tx.reads[w]; !ok && !nothing {
			missing = append(missing, w)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	lists, err := tx.docs.Read(tx.ctx, missing...)
	if err != nil {
		return fmt.Errorf("read %d wants: %w", len(missing), err)
	}
	tx.remember(missing, lists)
	return nil
}

// remember takes in records that were read elsewhere.
func (tx *Tx) remember(wants []Want, lists [][]Record) {
	for i, w := range wants {
		tx.reads[w] = lists[i]
		tx.about.addAll(lists[i])
		for n, r := range lists[i] {
			byID := Want{Ref: r.Ref}
			if _, ok := tx.reads[byID]; !ok && r.Version > 0 {
				tx.reads[byID] = lists[i][n : n+1]
			}
		}
	}
}

// hold takes a record into the transaction, once.
func (tx *Tx) hold(r Record) (*held, error) {
	if h, ok := tx.loaded[r.Ref]; ok {
		return h, nil
	}
	h := &held{version: r.Version}
	if r.Version > 0 {
		doc, err := decode(r)
		if err != nil {
			return nil, err
		}
		h.doc = doc
	}
	if !r.Ref.IsZero() {
		tx.loaded[r.Ref] = h
		tx.order = append(tx.order, r.Ref)
	}
	return h, nil
}

// find loads the one document that a want names.
func (tx *Tx) find(w Want) (*held, error) {
	if h, ok := tx.loaded[w.Ref]; ok {
		return h, nil
	}
	if err := tx.prefetch(w); err != nil {
		return nil, err
	}
	records := tx.reads[w]
	if len(records) == 0 {
		return &held{}, nil
	}
	return tx.hold(records[0])
}

// load is a document by id; errNotFound where there is none.
func load[T Document](tx *Tx, kind Kind, id string) (T, error) {
	return typed[T](tx, Want{Ref: Ref{kind, id}}, fmt.Sprintf("%s %s", kind, id))
}

// owner is the document that has a unique entry; errNotFound where it is free.
func owner[T Document](tx *Tx, index string) (T, error) {
	return typed[T](tx, Want{Unique: index}, index)
}

func typed[T Document](tx *Tx, w Want, name string) (T, error) {
	var none T
	h, err := tx.find(w)
	if err != nil {
		return none, err
	}
	doc, ok := h.doc.(T)
	if !ok {
		return none, fmt.Errorf("load %s: %w", name, errNotFound)
	}
	return doc, nil
}

// list loads what an index lists. The documents are for reading: to change one,
// load it by id.
func list[T Document](tx *Tx, w Want) ([]T, error) {
	if err := tx.prefetch(w); err != nil {
		return nil, err
	}
	docs := make([]T, 0, len(tx.reads[w]))
	for _, r := range tx.reads[w] {
		if r.Version == 0 {
			continue
		}
		doc, err := decodeAs[T](r)
		if err != nil {
			return nil, err
		}
		docs = append(docs, doc)
	}
	return docs, nil
}

// lowestScore is below every score: an index that lists the newest first has
// negative ones, which a page from 0 on leaves out.
const lowestScore = -1 << 53

// listAll loads everything that an index lists, page by page, or the next page
// alone where the transaction goes by pages. The documents are for reading, as
// those of list.
func listAll[T Document](tx *Tx, index string) ([]T, error) {
	var docs []T
	page := Page{Index: index, From: lowestScore}
	if tx.window != nil {
		var more bool
		if page, more = tx.window.page(index); !more {
			return nil, nil
		}
	}
	for {
		records, next, err := tx.docs.Page(tx.ctx, page)
		if err != nil {
			return nil, fmt.Errorf("list %s: %w", index, err)
		}
		tx.about.addAll(records)
		for _, r := range records {
			doc, err := decodeAs[T](r)
			if err != nil {
				return nil, err
			}
			docs = append(docs, doc)
		}
		if next != "" && tx.window.pages(index) {
			tx.window.next[index] = next
			return docs, nil
		}
		if next == "" {
			return docs, nil
		}
		page.After = next
	}
}

// plans reports whether a document that is to be written has a unique entry.
func (tx *Tx) plans(index string) bool {
	for _, h := range tx.loaded {
		if h.write && h.doc != nil && slices.ContainsFunc(h.doc.Entries(), func(e Entry) bool { return e.Unique && e.Index == index }) {
			return true
		}
	}
	return false
}

// plansOther is plans, of documents other than one.
func (tx *Tx) plansOther(index string, than Document) bool {
	h := tx.loaded[than.Ref()]
	if h == nil || !h.write {
		return tx.plans(index)
	}
	h.write = false
	defer func() { h.write = true }()
	return tx.plans(index)
}

// put marks a document to be written. One that was not loaded is created.
func (tx *Tx) put(docs ...Document) {
	for _, doc := range docs {
		h, ok := tx.loaded[doc.Ref()]
		if !ok {
			h = &held{}
			tx.loaded[doc.Ref()] = h
			tx.order = append(tx.order, doc.Ref())
		}
		h.doc, h.write = doc, true
	}
}

// remove deletes a document that was loaded.
func (tx *Tx) remove(ref Ref) {
	if h, ok := tx.loaded[ref]; ok && h.version > 0 {
		h.doc, h.write = nil, true
	}
}

// commit is what the transaction asks the store to take.
func (tx *Tx) commit() (Commit, error) {
	var c Commit
	for _, ref := range tx.order {
		h := tx.loaded[ref]
		switch {
		case !h.write:
			c.Checks = append(c.Checks, Check{ref, h.version})
		case h.doc == nil:
			c.Writes = append(c.Writes, Write{Ref: ref, Version: h.version})
			c.Note.Refs = append(c.Note.Refs, ref)
		default:
			w, err := write(h.doc, h.version)
			if err != nil {
				return Commit{}, err
			}
			c.Writes = append(c.Writes, w)
			c.Note.Refs = append(c.Note.Refs, ref)
		}
	}
	return c, nil
}

// maxTries bounds how often a change is tried against others' changes. Each
// conflict means that somebody else got on: of hundreds who press one button at
// once on several replicas, a slow one loses to dozens in a row, and is not to be
// the one who is turned away. So many in a row are a fault.
const maxTries = 500

// change describes one operation for update.
type change struct {
	op    string // "" for due work, which its claim identifies
	actor func() string
	verb  string
	job   *Claim
	wants []Want // answered by reads at the first try
	reads [][]Record
}

// seed tells the operation from every other one: the event's id, or which work
// was due when.
func (ch change) seed() string {
	if ch.job != nil {
		return ch.job.Ref.String() + "#" + ch.job.Work + "@" + ch.job.At.Format(time.RFC3339Nano)
	}
	return ch.op
}

// name is what a meter calls the operation: one of so many.
func (ch change) name() string {
	if ch.job != nil {
		return generalWork(ch.verb)
	}
	return ch.verb
}

// update runs fn against fresh documents and commits what it wrote, again and
// again until nobody was in the way. fn must do nothing else that lasts. The
// answer of an operation that was committed before is given again.
func (a *App) update(ctx context.Context, ch change, fn func(*Tx) (chat.Message, error)) (chat.Message, error) {
	answer, again, err := a.try(ctx, ch, fn)
	if !again {
		return answer, err
	}
	// Operations of this replica that are in each other's way take turns from
	// here on: of two hundred presses on one button each would else be tried a
	// hundred times.
	a.turns.Lock()
	defer a.turns.Unlock()
	ch.reads = nil
	for range maxTries - 1 {
		if answer, again, err = a.try(ctx, ch, fn); !again {
			return answer, err
		}
	}
	return chat.Message{}, fmt.Errorf("commit %s: others were in the way %d times", ch.verb, maxTries)
}

// try is one attempt at a change; again means that somebody was in the way.
func (a *App) try(ctx context.Context, ch change, fn func(*Tx) (chat.Message, error)) (answer chat.Message, again bool, err error) {
	tx := newTx(ctx, a.store, a.clock.Now(), a.ids)
	tx.seed = ch.seed()
	if ch.op != "" {
		tx.about = marks{}
	}
	if ch.reads != nil {
		tx.remember(ch.wants, ch.reads)
	}
	answer, err = fn(tx)
	if err != nil {
		return chat.Message{}, false, err
	}
	err = a.take(tx, ch, answer)
	var done *DoneError
	var taken *TakenError
	switch {
	case err == nil:
		a.meter.Changed(ch.name())
		if tx.aloud != nil {
			answer = *tx.aloud
		}
		return answer, false, nil
	case errors.As(err, &done):
		answer, err = decodeAnswer(done.Answer)
		return answer, false, err
	case errors.Is(err, ErrConflict), errors.As(err, &taken):
		return chat.Message{}, true, nil
	}
	return chat.Message{}, false, fmt.Errorf("commit %s: %w", ch.verb, err)
}

// take commits one attempt. An attempt that writes nothing needs no commit,
// unless it is due work that must leave the queue.
func (a *App) take(tx *Tx, ch change, answer chat.Message) error {
	c, err := tx.commit()
	if err != nil {
		return err
	}
	if len(c.Writes) == 0 && ch.job == nil {
		return nil
	}
	if c.Answer, err = tx.about.keep(answer, c); err != nil {
		return err
	}
	c.Op, c.Job = ch.op, ch.job
	c.Note.At, c.Note.Verb, c.Note.Op = tx.now, ch.verb, ch.op
	if ch.actor != nil {
		c.Note.Actor = ch.actor()
	}
	return a.store.Commit(tx.ctx, c)
}
