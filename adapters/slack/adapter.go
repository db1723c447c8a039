package slack

import (
	"cmp"
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"sync"
	"time"

	"github.com/rs/zerolog"

	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

// defaultAPI is where the Web API is, with the slash that the library needs.
const defaultAPI = "https://slack.com/api/"

// Workspace is what an operator is handed for one workspace: the tokens of the
// app that its administrator has created there.
type Workspace struct {
	Name     string // for logs and checks
	BotToken string // begins with xoxb-
	AppToken string // begins with xapp-, with the scope connections:write
}

// Options are what an adapter is made of. Everything but Workspaces and Now has
// a default.
type Options struct {
	Workspaces []Workspace
	APIURL     string           // another host for the Web API and, through it, the sockets
	Now        func() time.Time // the clock of events and of the life of handles
	Log        zerolog.Logger
	Pace       desk.Pace // of messages into one channel; zeros are what Slack allows
	Timing     Timing
}

// Timing are the waits of the adapter. The zero value is what Slack wants;
// tests are quicker.
type Timing struct {
	Ping    time.Duration // a socket without a ping for so long is dead; default 30 s
	Silence time.Duration // a socket on which nothing at all was heard is replaced; default 75 s
	Stagger time.Duration // between the starts of a workspace's two sockets; default 20 s
	Retry   time.Duration // before a second try to ask a workspace who it is, or to connect; default 5 s, doubles up to twelve times that
	Drain   time.Duration // for what is under way at the end; default 10 s
}

func (t Timing) withDefaults() Timing {
	return Timing{
		Ping: cmp.Or(t.Ping, 30*time.Second), Silence: cmp.Or(t.Silence, 75*time.Second), Stagger: cmp.Or(t.Stagger, 20*time.Second),
		Retry: cmp.Or(t.Retry, 5*time.Second), Drain: cmp.Or(t.Drain, 10*time.Second),
	}
}

func (t Timing) backoff() desk.Backoff {
	return desk.Backoff{Shortest: t.Retry, Longest: 12 * t.Retry, Chance: rand.N[time.Duration]}
}

// callTimeout bounds every call of the Web API; the library has no bound of its
// own. It is what the core gives one call to a platform.
const callTimeout = 10 * time.Second

// Adapter is Slack for the core. It is safe for concurrent use; Run is called
// once.
type Adapter struct {
	desk.Window
	base   string
	timing Timing
	http   *desk.Client
	turns  *desk.Turns
	desk   *desk.Desk

	workspaces []*workspace
	mu         sync.RWMutex
	byTeam     map[string]*workspace
}

var _ chat.Messenger = (*Adapter)(nil)

// New makes an adapter that is not connected to anything yet.
func New(o Options) *Adapter {
	a := &Adapter{
		base: strings.TrimSuffix(cmp.Or(o.APIURL, defaultAPI), "/") + "/", timing: o.Timing.withDefaults(),
		http:  desk.NewClient(callTimeout, nil),
		turns: desk.NewTurns(paced(o.Pace)), byTeam: map[string]*workspace{},
	}
	a.desk = desk.New(desk.Options{Messenger: a, Now: o.Now, Log: o.Log.With().Str("adapter", string(Platform)).Logger(), AtOnce: handlersAtOnce})
	a.Window = a.desk.Window()
	for _, w := range o.Workspaces {
		a.workspaces = append(a.workspaces, newWorkspace(a, w))
	}
	return a
}

// ErrStopped means that no workspace is left: all of them have thrown the bot
// out, or their tokens are wrong.
var ErrStopped = errors.New("slack: no workspace is left; interlab check says why")

// Run listens in all workspaces and hands what happens to app, until ctx ends.
// It then finishes what is under way. A workspace whose tokens are refused
// stops alone; when all have, Run returns ErrStopped.
func (a *Adapter) Run(ctx context.Context, app chat.App) error {
	defer a.http.CloseIdleConnections()
	a.desk.Open(app)
	// What was taken in is finished after ctx has ended.
	sockets, hangUp := context.WithCancel(context.WithoutCancel(ctx))
	defer hangUp()
	var running sync.WaitGroup
	for _, w := range a.workspaces {
		running.Go(func() { w.run(ctx, sockets) })
	}
	going, over := context.WithCancel(ctx)
	go func() {
		running.Wait()
		over()
	}()
	<-going.Done()
	a.desk.Close()
	desk.Wait(sockets, lastAcks)
	hangUp()
	running.Wait()
	a.desk.Finish(a.timing.Drain)
	if ctx.Err() == nil {
		return ErrStopped
	}
	return nil
}

// join notes which workspace a team is.
func (a *Adapter) join(team string, w *workspace) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.byTeam[team] = w
}

// in is the workspace of a team, or missing where it is none of ours or has
// removed the app. Where a workspace could not be asked yet who it is, or where
// its tokens are refused, it may be that one, and an operator will see to it:
// the core is to come again.
func (a *Adapter) in(team string, missing error) (*workspace, error) {
	a.mu.RLock()
	w, ok := a.byTeam[team]
	a.mu.RUnlock()
	if !ok {
		return nil, a.later(missing)
	}
	switch {
	case w.state().removed:
		return nil, missing
	case w.line.Link().Stopped != "":
		return nil, &chat.RetryAfter{Wait: refusedWait}
	}
	return w, nil
}

// refusedWait is how long what is for a workspace with refused tokens is put off.
const refusedWait = 10 * time.Minute

// later is missing, unless a workspace is still to say which one it is.
func (a *Adapter) later(missing error) error {
	for _, w := range a.workspaces {
		switch state := w.state(); {
		case state.known || state.removed:
		case w.line.Link().Stopped != "":
			missing = &chat.RetryAfter{Wait: refusedWait}
		default:
			return &chat.RetryAfter{Wait: a.timing.Retry}
		}
	}
	return missing
}
