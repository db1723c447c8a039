package slack

import (
	"context"
	"time"

	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

const (
	// handlersAtOnce is how many events are handled, and forms opened, at once.
	handlersAtOnce = 256
	// ackLimit bounds one acknowledgement, which Slack wants within three seconds.
	// https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response
	ackLimit = 2 * time.Second
	// lastAcks is how long sockets stay open for the last acknowledgements,
	// which the library writes by itself and does not report.
	lastAcks = 250 * time.Millisecond
)

// letter is an envelope on its way: what it says, or why nobody can tell, and
// the way to acknowledge it.
type letter struct {
	*workspace
	arrival
	kind string
	size int
	err  error
	came time.Time
	ack  func(payload any) error
}

// take reads an envelope and puts it into its person's lane of the desk. It
// never waits, for it runs in the loop that reads a socket.
func (w *workspace) take(e envelope, ack func(payload any) error) {
	w.adapter.desk.Take(func() (string, func(context.Context)) {
		l := letter{workspace: w, kind: e.Type, size: len(e.Payload), came: w.adapter.desk.Now(), ack: ack}
		l.arrival, l.err = route(e, w.home(), w.state().bot, l.came)
		return l.event.From.String(), l.process
	})
}

// process does with a letter what its kind asks for. One that nobody can read
// is acknowledged all the same: Slack would only send it again.
func (l letter) process(ctx context.Context) {
	d := l.adapter.desk
	switch {
	case l.err != nil:
		d.Refuse(l.err, l.kind, l.size)
		l.acknowledge(nil)
		return
	case l.event.Input == nil:
		l.acknowledge(nil)
		if !l.opened.IsZero() {
			d.Spawn(func(ctx context.Context) { l.publishHome(ctx, l.opened) })
		}
		return
	case d.Repeated(l.event.ID):
		l.acknowledge(nil)
		return
	}
	l.serve(ctx)
	if l.revoked {
		l.change(func(s *workspaceState) { s.removed = true })
		d.Spawn(func(ctx context.Context) {
			desk.Wait(ctx, lastAcks)
			l.stop("the app was removed or its tokens were revoked")
		})
	}
}

// serve has the core see to an event.
func (l letter) serve(ctx context.Context) {
	d := l.adapter.desk
	l.event.Name = d.Name(ctx, l.event, l.profile)
	out := desk.Letter{
		Event: l.event, Plan: d.App().Plan(l.event),
		Open: func(context.Context) {
			l.acknowledge(nil)
			d.Spawn(l.open)
		},
		Acknowledge: func(context.Context) error {
			l.acknowledge(nil)
			return nil // what Slack did not hear of can be answered all the same
		},
		Unsaved: func(context.Context) bool {
			l.acknowledge(nil)
			return false
		},
		Handled: func(ctx context.Context) {
			if l.way.Home {
				l.publishHome(ctx, l.event.From)
			}
		},
	}
	if len(l.form) > 0 {
		out.Problems = func(problems []chat.Problem) { l.acknowledge(problemsPayload(problems, l.form)) }
	}
	d.Serve(ctx, out)
}

func (l letter) acknowledge(payload any) { _ = l.adapter.desk.Acknowledged(l.came, l.ack(payload)) }
