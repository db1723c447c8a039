package discord

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/gorilla/websocket"
	"github.com/rs/zerolog"

	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

// pace are the times of the gateway's life.
type pace struct {
	goodbye  time.Duration // for leaving
	hang     time.Duration // without a word while connecting: the session hangs
	silent   time.Duration // without a word while connected: the connection is dead
	identify time.Duration // between two new sessions of a bot
	shortest time.Duration // before the second try to connect; doubles up to longest
	longest  time.Duration
}

// defaultPace goes by what Discord says: a heartbeat is answered every 41
// seconds or so, and a bot may begin a session every five seconds.
// https://discord.com/developers/docs/events/gateway
func defaultPace() pace {
	return pace{goodbye: 2 * time.Second, hang: 5 * time.Second, silent: 65 * time.Second, identify: 5 * time.Second, shortest: time.Second, longest: time.Minute}
}

func (p pace) backoff() desk.Backoff {
	return desk.Backoff{Shortest: p.shortest, Longest: p.longest, Chance: rand.N[time.Duration]}
}

// keeper keeps one shard connected.
type keeper struct {
	adapter  *Adapter
	shard    int
	identify *desk.Turns // to begin a session
	log      zerolog.Logger

	current *session
}

const codeTokenInvalid = 4004

// keep connects and reconnects until ctx ends; nil then. A connection that is
// lost is resumed, and what happened meanwhile is replayed. A session that hangs
// or is refused is abandoned for a new one. The error says why Discord will
// never let this bot in.
func (k *keeper) keep(ctx context.Context) error {
	defer k.leave()
	again := k.adapter.pace.backoff()
	for ctx.Err() == nil {
		err := k.connect(ctx)
		if err == nil {
			again.Reset()
			k.log.Info().Msg("connected")
			k.adapter.line.Opened(1)
			err = k.listen(ctx)
			k.adapter.line.Opened(-1)
		}
		var closed *websocket.CloseError
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.As(err, &closed) && fatal[closed.Code] != "":
			return fmt.Errorf("discord: the gateway refuses this bot for good (%d): %s", closed.Code, fatal[closed.Code])
		case errors.Is(err, desk.ErrSilent), errors.As(err, &closed):
			k.log.Warn().Err(err).Msg("session abandoned")
			k.drop()
		case err != nil:
			k.log.Warn().Err(err).Msg("not connected")
		}
		if err == nil {
			k.log.Info().Msg("connection lost")
			continue // lost in service: resume at once
		}
		again.Wait(ctx, err)
	}
	return nil
}

// fatal has the codes with which the gateway closes for good, and what to do.
// https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
var fatal = map[int]string{ //nolint:gochecknoglobals // a table that nobody changes
	codeTokenInvalid: "the token is not valid; set the bot's current token",
	4010:             "the number of this shard does not exist; correct discord.shards",
	4011:             "the bot is in too many servers for one connection; raise discord.shards",
	4012:             "this version of the gateway is over; install a newer version of this program",
	4013:             "the events asked for do not exist; install a newer version of this program",
	4014:             "the events asked for are not allowed to this bot; install a newer version of this program",
}

// connect opens the session, a new one where there is none.
func (k *keeper) connect(ctx context.Context) error {
	if k.current == nil {
		var pause *chat.RetryAfter
		for errors.As(k.identify.Take("", time.Now()), &pause) {
			if !desk.Wait(ctx, pause.Wait) {
				return ctx.Err()
			}
		}
		s, err := k.adapter.newSession(k.shard)
		if err != nil {
			return err
		}
		k.current = s
	}
	return k.current.open(ctx, k.adapter.pace.hang)
}

// listen returns nil when the connection is lost. One that is dead is cut below
// the session, which then can resume; ErrSilent says that it does not notice.
func (k *keeper) listen(ctx context.Context) error {
	err := k.current.ear.Attend(ctx, k.adapter.pace.silent, k.current.dropped)
	if errors.Is(err, desk.ErrSilent) {
		k.log.Warn().Msg("nothing heard: connection cut")
		k.adapter.line.WasDeaf()
		k.current.ear.Cut()
		return k.current.ear.Attend(ctx, k.adapter.pace.hang, k.current.dropped)
	}
	return err
}

// drop abandons the session.
func (k *keeper) drop() {
	if k.current != nil {
		k.current.ear.Shut()
		k.current = nil
	}
}

// leave says goodbye.
func (k *keeper) leave() {
	if k.current != nil {
		k.current.close(k.adapter.pace.goodbye)
		k.current = nil
	}
}
