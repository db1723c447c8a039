package main

import (
	"context"
	"os"
	"sync/atomic"

	"github.com/rs/zerolog"

	"interlab/bot"
	"interlab/configs"
)

// threshold is the least urgent level that the log keeps, which may change while
// it is written.
type threshold struct{ level atomic.Int32 }

var _ zerolog.Sampler = (*threshold)(nil)

func newThreshold(s configs.Settings) *threshold {
	t := &threshold{}
	t.set(s)
	return t
}

func (t *threshold) set(s configs.Settings) { t.level.Store(int32(level(s))) }

// Sample reports whether a line of the level is kept.
func (t *threshold) Sample(l zerolog.Level) bool { return int32(l) >= t.level.Load() }

// reloading puts settings in force while the bot serves: no socket closes, and
// what cannot be read leaves everything as it is.
type reloading struct {
	app     *bot.App
	least   *threshold
	log     zerolog.Logger
	inForce configs.Settings
	again   func() (configs.Settings, error)
}

// during runs main, and reads the settings again at each hangup until it ends.
func (r *reloading) during(ctx context.Context, hangups <-chan os.Signal, main func(context.Context) error) error {
	listening, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-listening.Done():
				return
			case <-hangups:
				r.reload(listening)
			}
		}
	}()
	err := main(ctx)
	stop()
	<-done
	return err
}

// reload reads the settings and puts in force what can be without a start.
// What needs one is named and compared again the next time, so it is not
// forgotten.
func (r *reloading) reload(ctx context.Context) {
	fresh, err := r.again()
	if err != nil {
		r.log.Error().Err(err).Msg("settings not reloaded: those before stay in force")
		return
	}
	read, err := aliases(fresh)
	if err != nil {
		r.log.Error().Err(err).Msg("settings not reloaded: those before stay in force")
		return
	}
	if later := configs.Restarting(r.inForce, fresh); len(later) > 0 {
		r.log.Warn().Strs("settings", later).Msg("changed settings that hold from the next start on")
	}
	r.least.set(fresh)
	if err := r.app.Decide(ctx, bot.Decisions{Organisers: fresh.Network.Organisers, Aliases: read, Keys: fresh.Keys}); err != nil {
		r.log.Error().Err(err).Msg("topic aliases not reloaded: those before stay in force")
		return
	}
	r.log.Info().Msg("settings reloaded")
}
