package desk_test

import (
	"io"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interlab/bot/chat/desk"
)

func TestAWindowShowsEveryLine(t *testing.T) {
	t.Parallel()
	d := office(t, &core{}, 1, io.Discard)
	first, second := d.Line("first"), d.Line("second")
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			first.Opened(1)
			first.Opened(-1)
			second.WasDeaf()
		})
	}
	all.Wait()
	first.Opened(2)
	d.Note(desk.Repeated)
	want := []desk.Link{{Name: "first", Open: 2}, {Name: "second", Deaf: 50}}
	if diff := cmp.Diff(want, d.Window().Links()); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
	if n := d.Window().Envelopes()[desk.Repeated]; n != 1 {
		t.Errorf("%d repeated, want 1", n)
	}
	if err := d.Window().Idle(t.Context()); err != nil {
		t.Errorf("Idle = %v", err)
	}
}

func TestALineEndsOnceAndSaysWhy(t *testing.T) {
	t.Parallel()
	l := office(t, &core{}, 1, io.Discard).Line("office")
	select {
	case <-l.Over():
		t.Fatal("the line is over before it was stopped")
	default:
	}
	if !l.Stop("revoked") || l.Stop("something else") {
		t.Error("Stop does not tell the first from the second")
	}
	<-l.Over()
	if got := l.Link().Stopped; got != "revoked" {
		t.Errorf("stopped for %q, want the first reason", got)
	}
}
