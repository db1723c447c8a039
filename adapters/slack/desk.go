package slack

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"runtime/debug"
	"sync"
	"time"

	"interlab/bot/chat"
)

const (
	// lanes is how many queues there are before the inbox. One person's
	// envelopes take one lane and are accepted in the order they came.
	lanes = 64
	// laneRoom is how many envelopes may wait in a lane. One that finds no room
	// is not acknowledged: Slack sends events again, and tells people who
	// pressed something to try again.
	laneRoom = 256
	// handlersAtOnce is how many events are handled, and forms opened, at once.
	handlersAtOnce = 256
	// acceptLimit and ackLimit leave, together, a part of the three seconds in
	// which Slack wants an acknowledgement.
	// https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response
	acceptLimit = 2 * time.Second
	ackLimit    = 2 * time.Second
	// handleLimit bounds one call of App.Handle, which may find other events of
	// the same person waiting.
	handleLimit = 60 * time.Second
	// lastAcks is how long sockets stay open for the last acknowledgements,
	// which the library writes by itself and does not report.
	lastAcks = 250 * time.Millisecond
)

// letter is an envelope on its way.
type letter struct {
	envelope
	workspace *workspace
	came      time.Time
	ack       func(payload any) error
}

// desk takes in envelopes: it has them saved, acknowledges them, and has them
// handled. None of it runs in the loop that reads a socket.
type desk struct {
	*Adapter
	app      chat.App
	queues   []chan letter
	mu       sync.RWMutex // held for writing to close
	closed   bool
	readers  sync.WaitGroup
	slots    chan struct{}
	handlers sync.WaitGroup
	work     context.Context //nolint:containedctx // ends with the desk, later than the caller's
	stop     context.CancelFunc
}

func newDesk(a *Adapter, app chat.App) *desk {
	d := &desk{Adapter: a, app: app, slots: make(chan struct{}, handlersAtOnce)}
	d.work, d.stop = context.WithCancel(context.Background())
	for range lanes {
		queue := make(chan letter, laneRoom)
		d.queues = append(d.queues, queue)
		d.readers.Go(func() { d.serve(queue) })
	}
	return d
}

// take puts a letter into its person's lane. It never waits.
func (d *desk) take(l letter) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if d.closed {
		return
	}
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(l.sender()))
	d.under.Add(1)
	select {
	case d.queues[hash.Sum32()%lanes] <- l:
		d.counts.taken.Add(1)
	default:
		d.under.Add(-1)
		d.counts.dropped.Add(1)
		d.log.Warn().Str("workspace", l.workspace.name).Msg("envelope dropped: too many wait")
	}
}

// close takes in nothing more, and returns when what was taken in has been
// accepted and acknowledged.
func (d *desk) close() {
	d.mu.Lock()
	d.closed = true
	for _, queue := range d.queues {
		close(queue)
	}
	d.mu.Unlock()
	d.readers.Wait()
	wait(d.work, lastAcks)
}

// finish waits for the handlers, and cuts short what takes longer.
func (d *desk) finish(limit time.Duration) {
	done := make(chan struct{})
	go func() {
		d.handlers.Wait()
		close(done)
	}()
	timer := time.AfterFunc(limit, d.stop)
	<-done
	timer.Stop()
	d.stop()
}

// serve works through one lane.
func (d *desk) serve(queue <-chan letter) {
	seen := recent{}
	for l := range queue {
		d.process(l, seen)
		d.under.Add(-1)
	}
}

// process does with one letter what its kind asks for. A letter that nobody
// can read is acknowledged all the same: Slack would only send it again.
func (d *desk) process(l letter, seen recent) {
	defer d.guard("envelope")
	in, err := d.read(l)
	if err != nil {
		d.counts.unreadable.Add(1)
		d.log.Warn().Err(err).Str("workspace", l.workspace.name).Int("bytes", len(l.Payload)).Msg("envelope refused")
		d.acknowledge(l, nil)
		return
	}
	if in.event.Input == nil {
		d.acknowledge(l, nil)
		if !in.opened.IsZero() {
			d.spawn(func(ctx context.Context) { d.publishHome(ctx, l.workspace, in.opened) })
		}
		return
	}
	if seen.before(in.event.ID, l.came) {
		d.counts.repeated.Add(1)
		d.acknowledge(l, nil)
		return
	}
	d.hand(l, in)
	seen.add(in.event.ID, l.came)
	if in.revoked {
		l.workspace.change(func(s *workspaceState) { s.removed = true })
		d.spawn(func(ctx context.Context) {
			wait(ctx, lastAcks)
			l.workspace.stop("the app was removed or its tokens were revoked")
		})
	}
}

// read routes a letter, and refuses one of another workspace.
func (d *desk) read(l letter) (arrival, error) {
	state := l.workspace.state()
	if l.Type != envelopeInteractive {
		// In a press of somebody of another organisation, the team is theirs.
		if team, err := l.team(); err != nil || team != state.team {
			return arrival{}, errors.Join(fmt.Errorf("envelope of workspace %.20q", team), err)
		}
	}
	return route(l.envelope, chat.Home{Platform: Platform, ID: state.team}, state.bot, d.now())
}

// hand hands an event to the core as its plan says.
func (d *desk) hand(l letter, in arrival) {
	if in.event.From.User != "" {
		in.event.Name = l.workspace.nameOf(d.work, in.event.From, in.event.Name)
	}
	if d.app.Plan(in.event).Show == chat.ShowForm {
		d.acknowledge(l, nil)
		d.spawn(func(ctx context.Context) { d.open(ctx, l.workspace, in) })
		return
	}
	if problems := d.app.Check(in.event); len(problems) > 0 && in.form != nil {
		d.acknowledge(l, problemsPayload(problems, in.form))
		return
	}
	ticket, err := d.accept(l, in)
	if err != nil {
		return
	}
	d.spawn(func(ctx context.Context) {
		ctx, cancel := context.WithTimeout(ctx, handleLimit)
		defer cancel()
		if err := d.app.Handle(ctx, ticket); err != nil {
			d.log.Warn().Err(err).Str("event", in.event.ID).Msg("event handled with an error")
		}
		if in.way.Home {
			d.publishHome(ctx, l.workspace, in.event.From)
		}
	})
}

// accept has an event saved and acknowledges it. A form that could not be saved
// stays open with all that was typed; in every other case the person is told.
func (d *desk) accept(l letter, in arrival) (chat.Ticket, error) {
	ctx, cancel := context.WithTimeout(d.work, acceptLimit)
	defer cancel()
	d.pending.begin(in.event.ID)
	defer d.pending.end(in.event.ID)
	ticket, err := d.app.Accept(ctx, in.event)
	if err == nil {
		d.acknowledge(l, nil)
		return ticket, nil
	}
	d.counts.unsaved.Add(1)
	d.log.Warn().Err(err).Str("event", in.event.ID).Msg("event not accepted")
	if len(in.form) > 0 {
		text := chat.Unsaved().Body[0].Plain()
		d.acknowledge(l, problemsPayload([]chat.Problem{{Field: in.form[0], Text: text}}, in.form))
		return nil, err
	}
	d.acknowledge(l, nil)
	d.spawn(func(ctx context.Context) { d.tell(ctx, "unsaved:", in.event, chat.Unsaved()) })
	return nil, err
}

func (d *desk) acknowledge(l letter, payload any) {
	d.counts.acknowledged(time.Since(l.came))
	if err := l.ack(payload); err != nil {
		d.counts.unacknowledged.Add(1)
		d.log.Warn().Err(err).Str("workspace", l.workspace.name).Msg("envelope not acknowledged")
	}
}

// tell says something of the adapter's own to whoever made an event.
func (d *desk) tell(ctx context.Context, kind string, e chat.Event, m chat.Message) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	_, err := d.Answer(ctx, kind+e.ID, e, chat.ShowPrivate, m)
	if errors.Is(err, chat.ErrGone) {
		_, err = d.Direct(ctx, kind+e.ID, e.From, m)
	}
	if err != nil {
		d.log.Warn().Err(err).Str("event", e.ID).Msg("person not told")
	}
}

// spawn runs a handler beside the lanes. Where too many run, the lane waits.
func (d *desk) spawn(handle func(ctx context.Context)) {
	d.under.Add(1)
	d.slots <- struct{}{}
	d.handlers.Go(func() {
		defer d.under.Add(-1)
		defer func() { <-d.slots }()
		defer d.guard("handler")
		handle(d.work)
	})
}

// guard keeps a panic to the one thing that caused it.
func (d *desk) guard(what string) {
	if cause := recover(); cause != nil {
		d.counts.panics.Add(1)
		d.log.Error().Str("stack", string(debug.Stack())).Msg(what + " failed: a fault of this program")
	}
}

// recent is what one lane has had in the last minutes: Slack sends an event
// again after up to five, and two sockets may bring it twice. It only saves
// work and second answers: what an event changes, the core does once.
type recent map[string]time.Time

// recentLife is how long an id is kept: longer than Slack's last try.
// https://docs.slack.dev/apis/events-api/#retries
const recentLife = 15 * time.Minute

// recentMost is how many are kept before the old ones are looked for.
const recentMost = 512

func (r recent) before(id string, now time.Time) bool {
	at, ok := r[id]
	return ok && now.Sub(at) < recentLife
}

func (r recent) add(id string, now time.Time) {
	if len(r) >= recentMost {
		for old, at := range r {
			if now.Sub(at) >= recentLife {
				delete(r, old)
			}
		}
	}
	r[id] = now
}
