package bot

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"interlab/bot/chat"
)

// windowFresh is how old what a window shows may be before the store is asked
// what changed.
const windowFresh = 5 * time.Second

// Window is what of the network everybody may look at, in a lab or not. It is
// kept in memory and followed in the audit, so that looking costs the store one
// short question every few seconds, however many look.
type Window struct {
	app *App

	turn chan struct{} // held by whoever asks the store, and changes what follows
	last string        // of the audit; "" before the first reading

	mu    sync.RWMutex
	view  *View
	until time.Time // the view is fresh enough
}

// Window opens a window on the network.
func (a *App) Window() *Window {
	return &Window{app: a, turn: make(chan struct{}, 1)}
}

// Now is the time by which the window shows what is to come.
func (w *Window) Now() time.Time { return w.app.clock.Now() }

// View is what there is to see, at most a few seconds old. While the store
// cannot be reached it is what was seen last, and an error where nothing was.
func (w *Window) View(ctx context.Context) (*View, error) {
	now := w.Now()
	if view, fresh := w.seen(now); fresh {
		return view, nil
	}
	select {
	case <-ctx.Done():
		return nil, fmt.Errorf("look at the network: %w", ctx.Err())
	case w.turn <- struct{}{}:
		defer func() { <-w.turn }()
	}
	view, fresh := w.seen(now)
	if fresh { // somebody else has asked meanwhile
		return view, nil
	}
	next, err := w.follow(ctx, view)
	if err != nil && view == nil {
		return nil, fmt.Errorf("look at the network: %w", err)
	}
	if err != nil {
		w.app.log.Warn().Err(err).Msg("the web shows what was seen last")
		next = view
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.view, w.until = next, now.Add(windowFresh)
	return next, nil
}

// seen is the view that was taken last, and whether it is fresh enough.
func (w *Window) seen(now time.Time) (*View, bool) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.view, w.view != nil && now.Before(w.until) && !now.Before(w.until.Add(-windowFresh))
}

// follow is the view with what the audit says has changed since, by whose turn it is.
func (w *Window) follow(ctx context.Context, view *View) (*View, error) {
	draft := &draftView{app: w.app, ctx: ctx}
	if view == nil {
		return w.reload(ctx, draft)
	}
	draft.View, draft.talks = *view, maps.Clone(view.byID)
	for {
		changes, err := w.app.store.Changes(ctx, w.last, KindColloquium, MaxListed)
		if err != nil {
			return nil, fmt.Errorf("follow the audit: %w", err)
		}
		if changes.Reset {
			return w.reload(ctx, draft)
		}
		if err := draft.take(changes); err != nil {
			return nil, err
		}
		w.last = changes.Last
		draft.Seq = changes.Last
		if !changes.More {
			return draft.finish()
		}
	}
}

// reload reads everything anew. The end of the audit is noted first, so that
// whatever is committed meanwhile is read again rather than missed.
func (w *Window) reload(ctx context.Context, draft *draftView) (*View, error) {
	changes, err := w.app.store.Changes(ctx, "", KindColloquium, 1)
	if err != nil {
		return nil, fmt.Errorf("find the end of the audit: %w", err)
	}
	draft.talks, draft.changed, draft.places, draft.asked = map[string]*shownTalk{}, true, true, true
	tx := newTx(ctx, w.app.store, w.app.clock.Now(), w.app.ids)
	talks, err := listAll[*Colloquium](tx, talksByStart)
	if err != nil {
		return nil, err
	}
	for _, c := range talks {
		draft.put(c)
	}
	w.last, draft.Seq = changes.Last, changes.Last
	return draft.finish()
}

// draftView is a view in the making.
type draftView struct {
	View
	app     *App
	ctx     context.Context //nolint:containedctx // of the one reading that makes the view
	talks   map[string]*shownTalk
	changed bool // something that is shown
	places  bool // labs or openings were written
	asked   bool // questions were
	figured bool // what figures are computed from was
}

// take takes in a piece of the audit.
func (d *draftView) take(changes Changes) error {
	for _, r := range changes.Records {
		if r.Version == 0 {
			d.drop(r.Ref.ID)
			continue
		}
		c, err := decodeAs[*Colloquium](r)
		if err != nil {
			return err
		}
		d.put(c)
	}
	for _, note := range changes.Notes {
		d.asked = d.asked || slices.ContainsFunc(note.Refs, func(r Ref) bool { return r.Kind == KindQuestion })
		d.figured = d.figured || slices.ContainsFunc(note.Refs, func(r Ref) bool { return slices.Contains(outcomeKinds, r.Kind) })
		d.places = d.places || slices.ContainsFunc(note.Refs, func(r Ref) bool { return r.Kind == KindLab || r.Kind == KindOpening })
	}
	return nil
}

// put takes in a talk as it is now, where everybody may see it. Who comes is
// nobody's business here, and where it was posted is of no use.
func (d *draftView) put(c *Colloquium) {
	if c.State == Proposed || c.Declined {
		d.drop(c.ID)
		return
	}
	c.Seats, c.Turns, c.Posts, c.Mirrors, c.Fans, c.Done = Seats{Capacity: c.Seats.Capacity}, 0, nil, nil, nil, nil
	c.Fanned, c.Fills, c.Refreshes, c.Dirty, c.Refreshed = 0, 0, 0, time.Time{}, time.Time{}
	c.Ready, c.ReadyAt = chat.Posted{}, 0
	c.Closed, c.Hand, c.Handed, c.Hands = false, time.Time{}, time.Time{}, 0
	if before, ok := d.talks[c.ID]; ok && reflect.DeepEqual(before.Colloquium, c) {
		return
	}
	words := fold(strings.Join(append([]string{c.Title, c.Speaker, c.Abstract}, c.Topics...), " "))
	topics := make([]string, 0, len(c.Topics))
	for _, topic := range c.Topics {
		topics = append(topics, fold(topic))
	}
	d.talks[c.ID], d.changed = &shownTalk{c, words, topics}, true
}

func (d *draftView) drop(id string) {
	if _, ok := d.talks[id]; ok {
		delete(d.talks, id)
		d.changed = true
	}
}

// finish is the view, with a new number where something to be seen has changed.
func (d *draftView) finish() (*View, error) {
	if d.places {
		if err := d.readPlaces(); err != nil {
			return nil, err
		}
	}
	if d.asked {
		answers, err := readAnswers(newTx(d.ctx, d.app.store, d.app.clock.Now(), d.app.ids))
		if err != nil {
			return nil, err
		}
		d.changed = d.changed || !reflect.DeepEqual(answers, d.answers)
		d.answers = answers
	}
	if err := d.readBoard(); err != nil {
		return nil, err
	}
	view := d.View
	if !d.changed {
		return &view, nil
	}
	view.Version++
	view.app, view.facets, view.byID = d.app, &facets{}, d.talks
	view.byStart = slices.SortedFunc(maps.Values(d.talks), func(a, b *shownTalk) int {
		return compareTalks(a.Colloquium, b.Colloquium)
	})
	return &view, nil
}

func compareTalks(a, b *Colloquium) int {
	if order := a.Start.Compare(b.Start); order != 0 {
		return order
	}
	return strings.Compare(a.ID, b.ID)
}

// readPlaces reads the labs and the openings to which people can apply.
func (d *draftView) readPlaces() error {
	tx := newTx(d.ctx, d.app.store, d.app.clock.Now(), d.app.ids)
	labs, err := listAll[*Lab](tx, every(KindLab))
	if err != nil {
		return err
	}
	var open []*Opening
	for _, state := range []OpeningState{OpeningTaking, OpeningOffering} {
		some, err := listAll[*Opening](tx, openingsIn+string(state))
		if err != nil {
			return err
		}
		open = append(open, some...)
	}
	for _, o := range open {
		o.Posts, o.Fans = nil, nil
	}
	named := make(map[string]*Lab, len(labs))
	for _, l := range labs {
		named[l.ID] = &Lab{ID: l.ID, Name: l.Name}
	}
	d.changed = d.changed || !reflect.DeepEqual(named, d.labs) || !reflect.DeepEqual(open, d.openings)
	d.labs, d.openings = named, open
	return nil
}
