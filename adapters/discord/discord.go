package discord

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/rs/zerolog"
	"golang.org/x/sync/errgroup"

	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

// DefaultAPI is where Discord's own REST interface is.
// https://discord.com/developers/docs/reference#api-versioning
const DefaultAPI = "https://discord.com/api/v10"

// Options are what an adapter is made of.
type Options struct {
	// Token is the bot's, without "Bot " in front.
	Token string
	// APIURL leads REST, and with that the gateway, to another host; it ends
	// with the version. Empty means DefaultAPI.
	APIURL string
	// Guilds, where any are named, are the only ones that get the commands, at
	// once: for trying. Empty means everywhere.
	Guilds []string
	// Shards is how many connections share the guilds; 0 means one, which
	// serves up to 2,500 guilds.
	// https://discord.com/developers/docs/events/gateway#sharding
	Shards int
	// Hold, where several processes serve the same bot, runs a connection while
	// this process is the one that has it, and returns when ctx ends or with run's
	// error; nil runs it at once.
	Hold func(ctx context.Context, shard int, run func(context.Context) error) error
	// Now is the clock, which is needed.
	Now func() time.Time
	Log zerolog.Logger
}

// Adapter is Discord as a platform. It implements chat.Messenger at once, and
// drives an app while it runs. Its methods are safe for concurrent use.
type Adapter struct {
	desk.Window
	rest   *rest
	guilds []string
	shards int
	pace   pace
	hold   func(ctx context.Context, shard int, run func(context.Context) error) error

	desk *desk.Desk
	line *desk.Line
}

var _ chat.Messenger = (*Adapter)(nil)

// maxHandling is how many events are being handled at the same time. More wait,
// acknowledged and saved: an acknowledgement must not wait for answers.
const maxHandling = 32

// New makes an adapter. It fails when an option cannot be.
func New(o Options) (*Adapter, error) {
	base, err := url.Parse(strings.TrimSuffix(cmp.Or(o.APIURL, DefaultAPI), "/"))
	if err != nil || base.Host == "" || base.Scheme != "https" && base.Scheme != "http" {
		return nil, errors.New("discord: the address of the API is none")
	}
	if o.Token == "" || strings.ContainsAny(o.Token, " \r\n") {
		return nil, errors.New("discord: the token is none")
	}
	for _, guild := range o.Guilds {
		if !snowflake(guild) {
			return nil, fmt.Errorf("discord: %q is no id of a server", guild)
		}
	}
	r, err := newRest(o.Token, base)
	if err != nil {
		return nil, err
	}
	if o.Hold == nil {
		o.Hold = func(ctx context.Context, _ int, run func(context.Context) error) error { return run(ctx) }
	}
	a := &Adapter{rest: r, guilds: o.Guilds, shards: max(1, o.Shards), pace: defaultPace(), hold: o.Hold}
	a.desk = desk.New(desk.Options{Messenger: a, Now: o.Now, Log: o.Log, AtOnce: maxHandling})
	a.Window, a.line = a.desk.Window(), a.desk.Line("gateway")
	return a, nil
}

// drainLimit is how long work that has begun may take after the end is asked for.
const drainLimit = 12 * time.Second

// Run brings the commands into step, connects, and serves the app until ctx
// ends or Discord says that it will never let this bot in. It returns when all
// work that was begun is done, nil where ctx has ended.
func (a *Adapter) Run(ctx context.Context, app chat.App) error {
	defer a.rest.close()
	if err := a.prepare(ctx, app.Tree()); err != nil || ctx.Err() != nil {
		return err
	}
	a.desk.Open(app)
	identify := desk.NewTurns(desk.Pace{Every: a.pace.identify, Burst: 1})
	shards, ctx := errgroup.WithContext(ctx)
	for n := range a.shards {
		shards.Go(func() error {
			return a.hold(ctx, n, func(ctx context.Context) error {
				k := keeper{adapter: a, shard: n, identify: identify, log: a.desk.Log.With().Int("shard", n).Logger()}
				return k.keep(ctx)
			})
		})
	}
	err := shards.Wait()
	if err != nil {
		a.line.Stop(err.Error())
	}
	a.desk.Finish(drainLimit)
	return err
}

// prepare registers the commands. It tries until Discord takes them, for a bot
// that does not start with Discord would have to be started again by hand; what
// Discord refuses is an error.
func (a *Adapter) prepare(ctx context.Context, tree *chat.Tree) error {
	for again := a.pace.backoff(); ; {
		err := a.register(ctx, tree)
		var refusal *apiError
		switch {
		case err == nil, ctx.Err() != nil:
			return nil //nolint:nilerr // an error after the end is none
		case errors.As(err, &refusal) && refusal.status == http.StatusUnauthorized:
			return fmt.Errorf("discord: %s", fatal[codeTokenInvalid])
		case errors.As(err, &refusal):
			return err
		}
		a.desk.Log.Warn().Err(err).Msg("commands not registered yet")
		again.Wait(ctx, err)
	}
}

func (a *Adapter) register(ctx context.Context, tree *chat.Tree) error {
	var me object
	if err := a.rest.do(ctx, call{name: "read the application", to: "GET /applications/@me"}, &me); err != nil {
		return err
	}
	return a.rest.register(ctx, me.ID, a.guilds, tree)
}
