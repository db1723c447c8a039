package discord_test

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"interlab/bot/chat"
)

// talk is an occasion whose card was posted.
func talk(t *testing.T, s *stage, place chat.Place) chat.Occasion {
	t.Helper()
	post, err := s.adapter.Post(context.Background(), "card", place, s.core.say)
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now().Add(48 * time.Hour).Truncate(time.Second)
	return chat.Occasion{Title: "Sparse codes", Start: start, End: start.Add(time.Hour), Where: "Room 3", About: []chat.Text{chat.T("Ana speaks.")}, Post: post}
}

func TestATalkStandsOnceAmongTheEventsAndFollows(t *testing.T) {
	t.Parallel()
	s, place := writer(t)
	ctx := context.Background()
	o := talk(t, s, place)
	at, err := s.adapter.Schedule(ctx, "e1", chat.Posted{}, o)
	if err != nil {
		t.Fatal(err)
	}
	again, err := s.adapter.Schedule(ctx, "e1", chat.Posted{}, o)
	if events := s.Events(s.guild.ID); err != nil || again != at || len(events) != 1 {
		t.Fatalf("Schedule a second time = %+v, %v and %d events; want %+v and 1", again, err, len(events), at)
	}
	read := s.ReadEvent(s.Events(s.guild.ID)[0])
	if read.Title != o.Title || !read.Start.Equal(o.Start) || !read.End.Equal(o.End) || read.Where != o.Where || read.Post != o.Post || read.About[0].Plain() != "Ana speaks." {
		t.Errorf("the event reads %+v, want %+v", read, o)
	}
	o.Start, o.End, o.Title = o.Start.Add(time.Hour), o.End.Add(time.Hour), "Denser codes"
	if _, err := s.adapter.Schedule(ctx, "e2", at, o); err != nil || s.Events(s.guild.ID)[0].Name != "Denser codes" || !s.Events(s.guild.ID)[0].Start.Equal(o.Start) {
		t.Errorf("Schedule of what has moved = %v, and stands as %+v", err, s.Events(s.guild.ID))
	}
	o.Cancelled = true
	if _, err := s.adapter.Schedule(ctx, "e3", at, o); err != nil || len(s.Events(s.guild.ID)) != 0 {
		t.Errorf("Schedule of what was called off = %v, and %d events stand", err, len(s.Events(s.guild.ID)))
	}
	if _, err := s.adapter.Schedule(ctx, "e4", at, o); !errors.Is(err, chat.ErrGone) {
		t.Errorf("Schedule of what is over = %v, want ErrGone", err)
	}
}

func TestEventsThatAServerDoesNotTakeAreNotTriedAgain(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		do   func(*stage, *chat.Occasion, *chat.Posted)
		want error
	}{
		{"no permission", func(s *stage, _ *chat.Occasion, _ *chat.Posted) { s.Change(func() { s.guild.Permissions &^= 1 << 44 }) }, chat.ErrUnreachable},
		{"a guild that was left", func(s *stage, _ *chat.Occasion, _ *chat.Posted) { s.LeaveGuild(s.guild) }, chat.ErrGone},
		{"taken out", func(s *stage, _ *chat.Occasion, at *chat.Posted) { s.DeleteEvent(at.Message) }, chat.ErrGone},
		{"no post", func(_ *stage, o *chat.Occasion, _ *chat.Posted) { o.Post.Message = "none" }, chat.ErrGone},
		{"a hundred others", func(s *stage, o *chat.Occasion, at *chat.Posted) {
			*at = chat.Posted{}
			for n := range 99 {
				o.Post.Message = strconv.Itoa(1_000_000 + n)
				if _, err := s.adapter.Schedule(context.Background(), "", chat.Posted{}, *o); err != nil {
					panic(err)
				}
			}
			o.Post.Message = "2000000"
		}, chat.ErrUnreachable},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, place := writer(t)
			o := talk(t, s, place)
			at, err := s.adapter.Schedule(context.Background(), "e1", chat.Posted{}, o)
			if err != nil {
				t.Fatal(err)
			}
			c.do(s, &o, &at)
			if _, err := s.adapter.Schedule(context.Background(), "e2", at, o); !errors.Is(err, c.want) {
				t.Errorf("Schedule = %v, want %v", err, c.want)
			}
		})
	}
}

func TestWhatIsLongOrHostileIsTakenAsAnEvent(t *testing.T) {
	t.Parallel()
	s, place := writer(t)
	o := talk(t, s, place)
	long := strings.Repeat("@everyone <@&1> [x](https://evil.example) \u202e```", 200)
	o.Title, o.Where, o.About = long, long, []chat.Text{chat.T(long), chat.T(long)}
	if _, err := s.adapter.Schedule(context.Background(), "e1", chat.Posted{}, o); err != nil {
		t.Fatal(err)
	}
	e := s.Events(s.guild.ID)[0]
	if read := s.ReadEvent(e); read.Post != o.Post || strings.Contains(e.Name+e.Text, "\u202e") || strings.Contains(e.Text, "[x](") {
		t.Errorf("the event reads %+v", e)
	}
	if !strings.HasPrefix(e.Metadata.Where, "https://discord.com/channels/") {
		t.Errorf("a place that is too long reads %q, want the address of the card", e.Metadata.Where)
	}
}

// The test server refuses what Discord refuses.
func TestOccasionsThatCannotBeAreRefused(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*chat.Occasion){
		"in the past":      func(o *chat.Occasion) { o.Start = time.Now().Add(-time.Hour) },
		"without end":      func(o *chat.Occasion) { o.End = time.Time{} },
		"before it begins": func(o *chat.Occasion) { o.End = o.Start },
		"without place":    func(o *chat.Occasion) { o.Where = "" },
		"without name":     func(o *chat.Occasion) { o.Title = "" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, place := writer(t)
			o := talk(t, s, place)
			change(&o)
			if _, err := s.adapter.Schedule(context.Background(), "e1", chat.Posted{}, o); err == nil || len(s.Events(s.guild.ID)) != 0 {
				t.Errorf("Schedule %s = %v, and %d events; want a refusal", name, err, len(s.Events(s.guild.ID)))
			}
		})
	}
}
