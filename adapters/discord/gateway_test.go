package discord_test

import (
	"strings"
	"testing"
	"time"

	"interlab/adapters/discord"
	"interlab/adapters/discord/discordtest"
	"interlab/bot/chat/desk"
)

// works proves that the bot hears and answers.
func works(t *testing.T, s *stage) {
	t.Helper()
	before := len(s.Messages(s.ana.ID))
	s.Until("connected again", s.Connected)
	s.Command(s.here(), "interlab", []string{"private"})
	s.sees(s.ana.ID, before+1)
}

func TestALostConnectionIsResumedAndNothingIsMissed(t *testing.T) {
	t.Parallel()
	s := perform(t, nil)
	works(t, s)
	s.Drop()
	s.Until("noticed", func() bool { return !s.Connected() })
	s.Say(s.ana.ID, "said while nobody listened")
	s.sees(s.ana.ID, 2)
	works(t, s)
	// On a busy machine the library tells of the same loss twice, and the session is
	// resumed once more: what counts is that it is never begun anew.
	if _, identifies, resumes := s.Connections(); identifies != 1 || resumes < 1 {
		t.Errorf("after a lost connection: %d identifies, %d resumes; want 1 and at least 1", identifies, resumes)
	}
}

func TestWhatIsReplayedTwiceIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	s := perform(t, nil)
	works(t, s)
	s.Repeat(5)
	s.Drop()
	s.Until("resumed", func() bool { _, _, resumes := s.Connections(); return resumes == 1 })
	s.Until("heard it again", func() bool { return len(s.core.events()) == 2 && s.adapter.Envelopes()[desk.Repeated] == 1 })
	if got := s.Messages(s.ana.ID); len(got) != 1 {
		t.Errorf("after a replay of an interaction there are %d answers, want 1", len(got))
	}
	works(t, s)
}

func TestReconnectAndInvalidSessionAtEveryMoment(t *testing.T) {
	t.Parallel()
	for name, scenes := range map[string][]discordtest.Scene{
		"reconnect instead of hello": {{At: discordtest.AtHello, Op: 7}},
		"invalid instead of hello":   {{At: discordtest.AtHello, Op: 9, Data: false}},
		"reconnect instead of ready": {{At: discordtest.AtIdentify, Op: 7}},
		"invalid instead of ready":   {{At: discordtest.AtIdentify, Op: 9, Data: false}},
		"silence instead of hello":   {{At: discordtest.AtHello, Mute: true}},
		"silence instead of ready":   {{At: discordtest.AtIdentify, Mute: true}},
		"torn instead of hello":      {{At: discordtest.AtHello, Drop: true}},
		"torn instead of ready":      {{At: discordtest.AtIdentify, Drop: true}},
		"closed with a passing code": {{At: discordtest.AtIdentify, Close: 4000}},
		"one after the other":        {{At: discordtest.AtHello, Op: 7}, {At: discordtest.AtIdentify, Op: 9, Data: true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, nil)
			for _, scene := range scenes {
				s.Expect(scene)
			}
			s.start(t)
			works(t, s)
		})
	}
}

func TestWhatGoesWrongWhileResumingIsSurvived(t *testing.T) {
	t.Parallel()
	for name, scene := range map[string]discordtest.Scene{
		"reconnect": {At: discordtest.AtResume, Op: 7},
		"invalid":   {At: discordtest.AtResume, Op: 9, Data: false},
		"resumable": {At: discordtest.AtResume, Op: 9, Data: true},
		"silence":   {At: discordtest.AtResume, Mute: true},
		"torn":      {At: discordtest.AtResume, Drop: true},
		"timed out": {At: discordtest.AtResume, Close: 4009},
		"bad seq":   {At: discordtest.AtResume, Close: 4007},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := perform(t, nil)
			works(t, s)
			s.Expect(scene)
			s.Drop()
			s.Until("tried to resume", func() bool { _, _, resumes := s.Connections(); return resumes == 1 })
			s.Until("noticed", func() bool { dials, _, _ := s.Connections(); return dials >= 3 })
			works(t, s)
		})
	}
}

func TestReconnectAndInvalidSessionInService(t *testing.T) {
	t.Parallel()
	for name, do := range map[string]func(*stage){
		"reconnect":     func(s *stage) { s.Reconnect() },
		"resumable":     func(s *stage) { s.Invalidate(true) },
		"not resumable": func(s *stage) { s.Invalidate(false) },
		"forgotten":     func(s *stage) { s.Forget(); s.Drop() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := perform(t, nil)
			works(t, s)
			do(s)
			s.Until("dialled again", func() bool { dials, _, _ := s.Connections(); return dials >= 2 })
			works(t, s)
		})
	}
}

func TestASilentConnectionIsNoticed(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil, discordtest.WithHeartbeat(50*time.Millisecond))
	s.adapter.Listen(500 * time.Millisecond)
	s.start(t)
	works(t, s)
	s.Mute()
	s.Until("dialled again", func() bool { dials, _, _ := s.Connections(); return dials >= 2 })
	works(t, s)
}

func TestFatalCodesStopWithAReason(t *testing.T) {
	t.Parallel()
	for code, want := range map[int]string{4004: "token", 4013: "newer version", 4014: "newer version"} {
		s := perform(t, nil)
		s.CloseWith(code)
		s.Until("gave up", func() bool { dials, _, _ := s.Connections(); return dials >= 2 })
		select {
		case err := <-s.ended:
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("Run after close code %d = %v, want a reason that names %q", code, err, want)
			}
		case <-time.After(20 * time.Second):
			t.Errorf("Run goes on after close code %d", code)
		}
		if dials, _, _ := s.Connections(); dials > 2 {
			t.Errorf("%d dials after close code %d, want 2", dials, code)
		}
	}
}

func TestShardsShareTheGuilds(t *testing.T) {
	t.Parallel()
	s := perform(t, func(o *discord.Options, _ *core) { o.Shards = 2 })
	s.Until("identified twice", func() bool { _, identifies, _ := s.Connections(); return identifies == 2 })
	works(t, s)
	if got := len(s.heard(1)); got != 1 {
		t.Errorf("one interaction was heard %d times by two shards, want once", got)
	}
}
