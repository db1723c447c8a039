package desk_test

import (
	"context"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

// registry is a platform that is asked for names at a time.
type registry struct {
	now   time.Time
	name  string
	err   error
	asked int
}

func (r *registry) ask(context.Context, chat.Account) (chat.Profile, error) {
	r.asked++
	return chat.Profile{Name: r.name}, r.err
}

func (r *registry) desk() *desk.Desk {
	return desk.New(desk.Options{Now: func() time.Time { return r.now }, Log: zerolog.New(io.Discard), AtOnce: 1})
}

func by(user, home string) chat.Event {
	return chat.Event{Name: "handle", From: chat.Account{Platform: "p", User: user}, In: chat.Place{Home: chat.Home{Platform: "p", ID: home}}}
}

func TestNamesAreAskedForOnceAnHour(t *testing.T) {
	t.Parallel()
	r := &registry{now: time.Unix(1000, 0), name: "Ana Ruiz"}
	d := r.desk()
	for _, step := range []struct {
		later time.Duration
		asked int
	}{{0, 1}, {time.Minute, 1}, {2 * time.Hour, 2}} {
		r.now = r.now.Add(step.later)
		if got := d.Name(t.Context(), by("1", "h"), r.ask); got != "Ana Ruiz" || r.asked != step.asked {
			t.Errorf("after %v Name = %q, asked %d times; want Ana Ruiz, %d times", step.later, got, r.asked, step.asked)
		}
	}
	if got := d.Name(t.Context(), by("", "h"), r.ask); got != "handle" || r.asked != 2 {
		t.Errorf("Name of nobody = %q, asked %d times; want the event's own, without asking", got, r.asked)
	}
}

func TestNamesAreNotAskedForAgainAtOnceAfterAFailure(t *testing.T) {
	t.Parallel()
	r := &registry{now: time.Unix(1000, 0), err: errors.New("down")}
	d := r.desk()
	for _, step := range []struct {
		user, home string
		later      time.Duration
		asked      int
	}{{"1", "h", 0, 1}, {"2", "h", time.Second, 1}, {"3", "other", 0, 2}, {"2", "h", time.Minute, 3}} {
		r.now = r.now.Add(step.later)
		if got := d.Name(t.Context(), by(step.user, step.home), r.ask); got != "handle" || r.asked != step.asked {
			t.Errorf("Name of %s in %s = %q, asked %d times; want the event's own, %d times", step.user, step.home, got, r.asked, step.asked)
		}
	}
}
