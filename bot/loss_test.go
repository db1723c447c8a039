package bot_test

import (
	"context"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"interlab/bot"
	"interlab/bot/chat"
)

// losses keeps, of every kind of message, what stops it between plan and sending.
type losses struct {
	mu   sync.Mutex
	stop map[string]map[bot.Loss]bool // false where it was sent all the same
}

// witness is a platform, which asks of everything that is on its way whether it
// would be said without what it needs.
type witness struct {
	chat.Messenger
	th     *theatre
	losses *losses
}

// calendarWitness is one of a platform with a calendar.
type calendarWitness struct {
	*witness
	chat.Scheduler
}

// watched has a theatre play as the program does, where the same things happen
// in the same order every time, before witnesses.
func (l *losses) watched(th *theatre, o *bot.Options) {
	th.SetNow(time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC))
	o.Chance, o.Public = rand.NewChaCha8([32]byte{}), "https://talks.example"
	o.Messenger = func(p chat.Platform) (chat.Messenger, bool) {
		if p == "discord" {
			return calendarWitness{&witness{th.con, th, l}, th.con}, true
		}
		return &witness{th.con.Platform(), th, l}, true
	}
}

func (w *witness) Direct(ctx context.Context, id string, to chat.Account, m chat.Message) (chat.Posted, error) {
	w.try(ctx, id)
	return w.Messenger.Direct(ctx, id, to, m)
}

func (w *witness) Post(ctx context.Context, id string, in chat.Place, m chat.Message) (chat.Posted, error) {
	w.try(ctx, id)
	return w.Messenger.Post(ctx, id, in, m)
}

func (w *witness) Thread(ctx context.Context, id string, under chat.Posted, m chat.Message) (chat.Posted, error) {
	w.try(ctx, id)
	return w.Messenger.Thread(ctx, id, under, m)
}

func (w *witness) Edit(ctx context.Context, id string, at chat.Posted, m chat.Message) (chat.Posted, error) {
	w.try(ctx, id)
	return w.Messenger.Edit(ctx, id, at, m)
}

// try notes what would have stopped a message that is on its way.
func (w *witness) try(ctx context.Context, id string) {
	d, err := w.th.app.Sending(ctx, id)
	if err != nil {
		w.th.t.Errorf("read what is being sent: %v", err)
		return
	}
	notice, _, _ := strings.Cut(d.Notice, ".")
	kind, tried := string(d.Subject.Kind)+" "+notice, []bot.Loss{bot.LostSubject, bot.LostPerson, bot.LostRoles}
	if d.To == "" {
		kind, tried = kind+" in a channel", []bot.Loss{bot.LostSubject, bot.LostHome}
	}
	for _, loss := range tried {
		told, err := w.th.app.StillTold(ctx, id, loss)
		if err != nil {
			w.th.t.Errorf("%s without its %s: %v", kind, loss, err)
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

// byRole are the messages that only people with a role are told. All others are
// told to whom they concern, with a role or without one.
var byRole = []string{
	"application agreed", "application ask", "application off", "appointment role", "colloquium approve",
	"exchange forleads", "exchange reopen", "exchange talk", "home gone", "home wanted",
	"opening defaults", "opening placed", "opening rank", "opening ready", "opening urge",
	"placement preview", "round nobody", "round planned", "round price", "weekly weekly",
}

// saidElsewhere are messages that no conversation which is played here has the bot
// say, and where they are seen.
var saidElsewhere = map[string]string{
	"buried":   "TestWorkThatFailsForGoodIsGivenUpAndOrganisersAreTold",
	"law":      "TestWhoProposedATalkHearsOfTheLawOnce, zone-change.txt, poll-law.txt",
	"leftover": "satOutNews, which also says satout",
	"linked":   "TestAnAccountThatWasNeverUsedIsLinkedAtOnce",
	"missed":   "TestClosedDirectMessagesLeadToOneMentionInTheThread",
	"schedule": "TestATalkStandsInEveryCalendarAndFollows",
	"unheard":  "TestAHostWhoCannotBeReachedIsMentionedOnce",
}

// saidAnyway are what is said though its subject is gone: charts and bulletins of
// the whole network, which cannot be, and cards that lose the words of somebody who
// is forgotten.
var saidAnyway = []string{"bulletin month in a channel", "rules chart in a channel", "person forgotten in a channel"}

// Everything that any conversation has the bot say later, to somebody or in a
// channel, is tried without what it needs at the moment of its sending: the
// person, the role by which they are told, the workspace, what it is about.
func TestWhatNoLongerMayBeSaidIsNotSaid(t *testing.T) { //nolint:tparallel // what was played is read after it
	t.Parallel()
	all := &losses{stop: map[string]map[bot.Loss]bool{}}
	t.Run("played", func(t *testing.T) { all.play(t) })
	said := map[string]bool{}
	for kind, stops := range all.stop {
		_, notice, _ := strings.Cut(strings.TrimSuffix(kind, " in a channel"), " ")
		said[notice] = true
		for loss, always := range stops {
			want := loss != bot.LostRoles || slices.Contains(byRole, kind)
			want = want && (loss != bot.LostSubject || !slices.Contains(saidAnyway, kind))
			if always != want {
				t.Errorf("%s without its %s is stopped: %t, want %t", kind, loss, always, want)
			}
		}
	}
	for _, notice := range notices(t) {
		if _, elsewhere := saidElsewhere[notice]; said[notice] == elsewhere {
			t.Errorf("%q is said in a conversation: %t, and is named as one that is not: %t", notice, said[notice], elsewhere)
		}
	}
}

// play plays every conversation but those that change the law of a zone or
// import people, for which the whole program is needed.
func (l *losses) play(t *testing.T) {
	scripts, err := filepath.Glob("testdata/conversations/*.txt")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no conversations: %v", err)
	}
	for _, name := range scripts {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "\nzones ") || filepath.Base(name) == "listed.txt" {
			continue
		}
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			newTheatreOn(t, memoryStore(t), l.watched).play(string(text))
		})
	}
}

var noticeLine = regexp.MustCompile(`(?m)^\s*(?:const )?notice\w+\s*=\s*"(\w+)\.?"`)

// notices are the names of all messages, as the code has them.
func notices(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range noticeLine.FindAllStringSubmatch(string(text), -1) {
			names[found[1]] = true
		}
	}
	if len(names) < 80 {
		t.Fatalf("only %d messages have names", len(names))
	}
	return slices.Sorted(maps.Keys(names))
}
