package slack

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

// socketsEach is how many sockets a workspace has. Slack closes each about once
// an hour and sends every event to one of those that are open; with two, no
// event waits for a new one. https://docs.slack.dev/apis/events-api/using-socket-mode#multiple
const socketsEach = 2

// workspace is one workspace with its app.
type workspace struct {
	name    string
	adapter *Adapter
	api     *slack.Client
	doors   sync.Map // direct conversations by user: a lookup saved, nothing that must be kept

	line *desk.Line

	mu  sync.Mutex
	now workspaceState
}

// workspaceState is what is known of a workspace.
type workspaceState struct {
	known   bool   // who it is
	team    string // its id
	bot     string // the bot's user there
	removed bool   // the app was removed there
}

func newWorkspace(a *Adapter, w Workspace) *workspace {
	return &workspace{
		name: w.Name, adapter: a, line: a.desk.Line(w.Name),
		api: slack.New(w.BotToken, slack.OptionAppLevelToken(w.AppToken), slack.OptionAPIURL(a.base), slack.OptionHTTPClient(&a.http.Client)),
	}
}

func (w *workspace) state() workspaceState {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *workspace) change(f func(*workspaceState)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	f(&w.now)
}

// home is the workspace as the core knows it.
func (w *workspace) home() chat.Home { return chat.Home{Platform: Platform, ID: w.state().team} }

// run listens until ctx ends, or until Slack has refused the tokens. The
// sockets outlive ctx, so that what is under way can be acknowledged.
func (w *workspace) run(ctx, sockets context.Context) {
	if !w.identify(ctx) {
		return
	}
	sockets, hangUp := context.WithCancel(sockets)
	defer hangUp()
	var all sync.WaitGroup
	for number := range socketsEach {
		all.Go(func() {
			if number > 0 && !desk.Wait(sockets, time.Duration(number)*w.adapter.timing.Stagger) {
				return
			}
			(&socket{workspace: w, number: number, ear: desk.Ear{Now: time.Now}, again: w.adapter.timing.backoff()}).run(sockets)
		})
	}
	go func() {
		select {
		case <-w.line.Over():
			hangUp()
		case <-sockets.Done():
		}
	}()
	all.Wait()
}

// identify asks which workspace this is, until Slack says so or refuses.
func (w *workspace) identify(ctx context.Context) bool {
	for again := w.adapter.timing.backoff(); ; {
		who, err := w.api.AuthTestContext(ctx)
		if err == nil && who.TeamID != "" && who.UserID != "" {
			w.change(func(s *workspaceState) { s.known, s.team, s.bot = true, who.TeamID, who.UserID })
			w.adapter.join(who.TeamID, w)
			w.adapter.desk.Log.Info().Str("workspace", w.name).Str("team", who.TeamID).Msg("workspace found")
			return true
		}
		if err == nil {
			err = errors.New("auth.test names no team")
		}
		if fatal(err) {
			w.stop(err.Error())
			return false
		}
		if !again.Wait(ctx, w.failed(err, "workspace not found")) {
			return false
		}
	}
}

// stop ends a workspace whose tokens are worth nothing any more.
func (w *workspace) stop(why string) {
	if w.line.Stop(why) {
		w.adapter.desk.Log.Error().Str("workspace", w.name).Str("reason", why).Msg("workspace stopped")
	}
}

// failed tells of what went wrong and will be tried again, and returns it as it
// may be told.
func (w *workspace) failed(err error, what string) error {
	err = failure(err, chat.ErrGone)
	w.adapter.desk.Log.Warn().Err(err).Str("workspace", w.name).Msg(what)
	return err
}

// fatal reports whether Slack has refused a token for good.
func fatal(err error) bool {
	var refusal slack.SlackErrorResponse
	return errors.As(err, &refusal) && slices.Contains(refusals, refusal.Err)
}

// refusals are the errors that no later try turns into anything else.
// https://docs.slack.dev/reference/methods/auth.test#errors
var refusals = []string{"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "team_access_not_granted"} //nolint:gochecknoglobals // a constant list
