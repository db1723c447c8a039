package bot_test

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"interlab/adapters/console"
	"interlab/bot"
	"interlab/bot/chat"
)

// losses keeps, of every kind of message, what stops it between plan and sending.
type losses struct {
	mu   sync.Mutex
	stop map[string]map[bot.Loss]bool // false where it was sent all the same
}

// witness is the console, which asks of everything that is on its way whether it
// would be said without a right that it needs.
type witness struct {
	*console.Console
	t      testing.TB
	app    *bot.App
	losses *losses
}

func (w *witness) Direct(ctx context.Context, id string, to chat.Account, m chat.Message) (chat.Posted, error) {
	w.try(ctx, id, bot.LostPerson, bot.LostRoles, bot.LostSubject)
	return w.Console.Direct(ctx, id, to, m)
}

func (w *witness) Post(ctx context.Context, id string, in chat.Place, m chat.Message) (chat.Posted, error) {
	w.try(ctx, id, bot.LostHome, bot.LostSubject)
	return w.Console.Post(ctx, id, in, m)
}

func (w *witness) Thread(ctx context.Context, id string, under chat.Posted, m chat.Message) (chat.Posted, error) {
	w.try(ctx, id, bot.LostHome, bot.LostSubject)
	return w.Console.Thread(ctx, id, under, m)
}

func (w *witness) try(ctx context.Context, id string, tried ...bot.Loss) {
	d, err := w.app.Sending(ctx, id)
	if err != nil {
		w.t.Errorf("read what is being sent: %v", err)
		return
	}
	notice, _, _ := strings.Cut(d.Notice, ".")
	kind := fmt.Sprintf("%s %s", d.Subject.Kind, notice)
	if d.To == "" {
		kind += " in a channel"
	}
	for _, loss := range tried {
		told, err := w.app.StillTold(ctx, id, loss)
		if err != nil {
			w.t.Errorf("%s without its %s: %v", kind, loss, err)
		}
		w.losses.note(kind, loss, !told)
	}
}

func (l *losses) note(kind string, loss bot.Loss, stops bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.stop[kind] == nil {
		l.stop[kind] = map[bot.Loss]bool{}
	}
	if before, ok := l.stop[kind][loss]; ok {
		stops = stops && before
	}
	l.stop[kind][loss] = stops
}

// lines are the table: a kind of message, and the losses that always stop it.
func (l *losses) lines() string {
	var out strings.Builder
	for _, kind := range slices.Sorted(maps.Keys(l.stop)) {
		var stops []string
		for loss, always := range l.stop[kind] {
			if always {
				stops = append(stops, string(loss))
			}
		}
		slices.Sort(stops)
		fmt.Fprintf(&out, "%s: %s\n", kind, cmp.Or(strings.Join(stops, ", "), "nothing"))
	}
	return out.String()
}

// Everything that any conversation has the bot say later, to somebody or in a
// channel, is tried without what it needs at the moment of its sending.
func TestWhatNoLongerMayBeSaidIsNotSaid(t *testing.T) {
	t.Parallel()
	scripts, err := filepath.Glob("testdata/conversations/*.txt")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	all := &losses{stop: map[string]map[bot.Loss]bool{}}
	t.Run("played", func(t *testing.T) {
		for _, name := range scripts {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			t.Run(filepath.Base(name), func(t *testing.T) {
				t.Parallel()
				th := newTheatre(t)
				th.SetNow(time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)) // before any of them begins
				th.by = &witness{Console: th.con, t: t, app: th.app, losses: all}
				th.play(string(text))
			})
		}
	})
	fmt.Println(all.lines())
}
