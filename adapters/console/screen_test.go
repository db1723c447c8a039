package console

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/rs/zerolog"

	"interlab/bot/chat"
)

// full is a disk without room.
type full struct{}

var errFull = errors.New("no room left")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestATranscriptThatCannotBeWrittenFailsThePlay(t *testing.T) {
	t.Parallel()
	f, _ := newFake(t, &strings.Builder{})
	c := New(Options{App: f, World: f, Out: full{}})
	if err := c.Play(t.Context(), parsed(t, "store stops")); !errors.Is(err, errFull) {
		t.Errorf("Play = %v, want %v", err, errFull)
	}
}

func TestSendsFromEverywhereAreNumberedOnce(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	_, c := newFake(t, &out)
	const sends = 50
	posted := make([]chat.Posted, sends)
	var all sync.WaitGroup
	for i := range sends {
		all.Go(func() {
			to := chat.Account{Platform: "discord", User: fmt.Sprintf("u%d", i)}
			posted[i], _ = c.Direct(t.Context(), fmt.Sprint(i), to, hello)
		})
	}
	all.Wait()
	seen := map[string]bool{}
	for i, at := range posted {
		seen[at.Message] = true
		to := chat.Recipient{Account: chat.Account{Platform: "discord", User: fmt.Sprintf("u%d", i)}}
		if got, ok, err := c.Find(t.Context(), fmt.Sprint(i), to, start); got != at || !ok || err != nil {
			t.Errorf("Find(%d) = %v, %t, %v, want %v", i, got, ok, err, at)
		}
	}
	if got := strings.Count(out.String(), "(direct): Hello\n"); got != sends || len(seen) != sends {
		t.Errorf("transcript has %d messages under %d ids, want %d", got, len(seen), sends)
	}
}

func TestErrorsOfTheAppGoToTheLog(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	f, _ := newFake(t, &strings.Builder{})
	c := New(Options{App: f, World: f, Log: zerolog.New(&log)})
	f.says = c
	if err := c.Play(t.Context(), parsed(t, "store stops\nana@slack:curie> hi\nana> propose\nexpect ana: Nothing was saved")); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"event not accepted", "form not read", "store is down", "console:2"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("log = %s, want %q in it", &log, want)
		}
	}
}
