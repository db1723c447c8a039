package slack_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"interlab/adapters/slack"
	"interlab/adapters/slack/slacktest"
	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

func TestMessagesAreSentFoundThreadedAndEdited(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	general := chat.Place{Home: lab(), Channel: "C1"}
	since := w.Now()
	posted, err := w.adapter.Post(t.Context(), "d-post", general, chat.Message{Title: "A talk"})
	if err != nil || posted.Place != general || posted.Message == "" {
		t.Fatalf("Post = %+v, %v; want it in %v", posted, err, general)
	}
	threaded, err := w.adapter.Thread(t.Context(), "d-thread", posted, say("It moved."))
	if err != nil || threaded.Place != general || threaded.Message == posted.Message {
		t.Fatalf("Thread = %+v, %v; want another message in %v", threaded, err, general)
	}
	direct, err := w.adapter.Direct(t.Context(), "d-direct", ana(), say("Hello"))
	if err != nil || !direct.Place.Direct() {
		t.Fatalf("Direct = %+v, %v; want it in the direct conversation", direct, err)
	}
	for _, at := range []chat.Posted{posted, direct} {
		if got, err := w.adapter.Edit(t.Context(), "d-edit", at, chat.Message{Title: "Changed"}); err != nil || got != at {
			t.Errorf("Edit(%+v) = %+v, %v; want the same place", at, got, err)
		}
	}
	for id, want := range map[string]struct {
		to chat.Recipient
		at chat.Posted
	}{
		"d-edit":   {chat.Recipient{Account: ana()}, direct},
		"d-thread": {chat.Recipient{Place: general, Under: posted}, threaded},
	} {
		if got, ok, err := w.adapter.Find(t.Context(), id, want.to, since); err != nil || !ok || got != want.at {
			t.Errorf("Find(%s) = %+v, %t, %v; want %+v", id, got, ok, err, want.at)
		}
	}
	if _, ok, err := w.adapter.Find(t.Context(), "d-none", chat.Recipient{Account: ana()}, since); ok || err != nil {
		t.Errorf("Find(a send that never was) = %t, %v; want false", ok, err)
	}
	w.pass(time.Hour)
	if _, ok, err := w.adapter.Find(t.Context(), "d-edit", chat.Recipient{Place: general}, w.Now()); ok || err != nil {
		t.Errorf("Find(a send of an hour ago) = %t, %v; want false", ok, err)
	}
	if refused := w.Refused(); len(refused) > 0 {
		t.Errorf("Slack refused %v", refused)
	}
}

// What was said since fills pages, in a thread as in a channel.
func TestADeliveryIsFoundBehindManyOthers(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	general := chat.Place{Home: lab(), Channel: "C1"}
	since := w.Now()
	post, err := w.adapter.Post(t.Context(), "d-post", general, say("A talk"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 450 {
		if _, err := w.adapter.Thread(t.Context(), "d-below-"+strconv.Itoa(i), post, say("It moved.")); err != nil {
			t.Fatal(err)
		}
		if _, err := w.adapter.Post(t.Context(), "d-after-"+strconv.Itoa(i), general, say("Another")); err != nil {
			t.Fatal(err)
		}
	}
	for id, to := range map[string]chat.Recipient{
		"d-post":      {Place: general},              // the oldest of the channel, which is read from its end
		"d-below-449": {Place: general, Under: post}, // the youngest of the thread, which is read from its beginning
	} {
		if _, found, err := w.adapter.Find(t.Context(), id, to, since); !found || err != nil {
			t.Errorf("Find(%s) = %t, %v; want it", id, found, err)
		}
	}
	if _, found, err := w.adapter.Find(t.Context(), "d-none", chat.Recipient{Place: general, Under: post}, since); found || err != nil {
		t.Errorf("Find(a send that never was) = %t, %v; want false", found, err)
	}
}

func TestFilesComeWithTheirMessage(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	files := []chat.Attachment{
		{Name: "talk.ics", Type: "text/calendar", Data: []byte("BEGIN:VCALENDAR")},
		{Name: "goals.png", Type: "image/png", Alt: "Two goals of three are met", Data: []byte{1, 2, 3}},
	}
	m := chat.Message{Title: "A talk", Attachments: files}
	if _, err := w.adapter.Post(t.Context(), "d1", chat.Place{Home: lab(), Channel: "C1"}, m); err != nil {
		t.Fatal(err)
	}
	shared := w.seen(slacktest.Shared)
	if len(shared) != 1 || shared[0].Channel != "C1" || len(shared[0].Files) != 2 {
		t.Fatalf("shared = %+v, want both files in C1 at once", shared)
	}
	if f := shared[0].Files[1]; f.Name != "goals.png" || f.Alt != files[1].Alt || !slices.Equal(f.Data, files[1].Data) {
		t.Errorf("second file = %+v, want %+v", f, files[1])
	}
	// What only one person sees carries no file; it goes to them directly.
	w.app.answer = func(chat.Event) chat.Message { return m }
	w.sent(w.Slash("T1", "U1", "C1", "export"))
	if shared = w.seen(slacktest.Shared); len(shared) != 2 || shared[1].User != "U1" {
		t.Errorf("shared = %+v, want the answer's files with Ana alone", shared)
	} else if !strings.Contains(string(shared[1].Blocks), `"This goes with: "`) || !strings.Contains(string(shared[1].Blocks), `"A talk"`) {
		t.Errorf("shared below %s, want the answer's title", shared[1].Blocks)
	}
}

// What is changed in place keeps the files that it came with, and cannot take
// more: those of the answer come beside it.
func TestFilesOfAnAnswerInPlaceComeBesideIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	at, err := w.adapter.Direct(t.Context(), "d1", ana(), chat.Message{Title: "A seat is free", Rows: []chat.Row{chat.NewRow(chat.Button{Label: "Take it", Ref: chat.Ref{Route: "go", ID: "1"}})}})
	if err != nil {
		t.Fatal(err)
	}
	w.app.answer = func(chat.Event) chat.Message {
		return chat.Message{Title: "It is yours", Body: []chat.Text{chat.T("Graphs, on Tuesday")}, Attachments: []chat.Attachment{{Name: "talk.ics", Type: "text/calendar", Data: []byte("x")}}}
	}
	channel, ts, _ := strings.Cut(at.Message, "/")
	w.sent(w.Press("T1", "U1", channel, ts, "go:1", ""))
	shared, changed := w.seen(slacktest.Shared), w.seen(slacktest.Changed)
	if len(shared) != 1 || shared[0].User != "U1" || !strings.Contains(string(shared[0].Blocks), "Graphs, on Tuesday") || len(changed) != 1 {
		t.Errorf("shared = %+v, changed = %+v; want the file with Ana and the message changed", shared, changed)
	}
}

func TestAFileThatDoesNotArriveHoldsItsMessageBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.Script("upload", slacktest.Answer{Status: 500, Body: "secret detail"})
	m := chat.Message{Title: "A talk", Attachments: []chat.Attachment{{Name: "a.ics", Type: "text/calendar", Data: []byte("x")}}}
	_, err := w.adapter.Direct(t.Context(), "d1", ana(), m)
	if err == nil || strings.Contains(err.Error(), "secret") || len(w.seen(slacktest.Said)) > 0 {
		t.Errorf("Direct = %v, with %d messages; want an error without the answer's text, and no message", err, len(w.seen(slacktest.Said)))
	}
}

func TestWhatIsNotThereIsToldApart(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.AddUser("T1", slacktest.User{ID: "U3", Name: "Di", NoMessages: true})
	w.AddUser("T1", slacktest.User{ID: "U4", Name: "Eva", Deleted: true})
	w.AddChannel("T1", slacktest.Channel{ID: "C3", Archived: true, Member: true})
	w.AddChannel("T1", slacktest.Channel{ID: "C4"})
	w.AddChannel("T1", slacktest.Channel{ID: "C5", Private: true})
	for _, user := range []string{"U3", "U4", "U99", ""} {
		who := chat.Account{Platform: slack.Platform, Team: "T1", User: user}
		if _, err := w.adapter.Direct(t.Context(), "d1", who, say("x")); !errors.Is(err, chat.ErrUnreachable) {
			t.Errorf("Direct(%s) = %v, want ErrUnreachable", user, err)
		}
	}
	for _, channel := range []string{"C3", "C4", "C5", "C99"} {
		place := chat.Place{Home: lab(), Channel: channel}
		if _, err := w.adapter.Post(t.Context(), "d1", place, say("x")); !errors.Is(err, chat.ErrGone) {
			t.Errorf("Post(%s) = %v, want ErrGone", channel, err)
		}
	}
	nowhere := chat.Posted{Place: chat.Place{Home: lab(), Channel: "C1"}, Message: "1.000001"}
	if _, err := w.adapter.Edit(t.Context(), "d1", nowhere, say("x")); !errors.Is(err, chat.ErrGone) {
		t.Errorf("Edit(nothing) = %v, want ErrGone", err)
	}
	if _, err := w.adapter.Thread(t.Context(), "d1", nowhere, say("x")); !errors.Is(err, chat.ErrGone) {
		t.Errorf("Thread(nothing) = %v, want ErrGone", err)
	}
	elsewhere := chat.Place{Home: chat.Home{Platform: slack.Platform, ID: "T9"}, Channel: "C1"}
	if _, err := w.adapter.Post(t.Context(), "d1", elsewhere, say("x")); !errors.Is(err, chat.ErrGone) {
		t.Errorf("Post(unknown workspace) = %v, want ErrGone", err)
	}
	if _, err := w.adapter.Post(t.Context(), "d1", chat.Place{Home: lab()}, say("x")); err == nil {
		t.Error("Post(no channel) = nil, want an error")
	}
	if _, err := w.adapter.Direct(t.Context(), "d1", ana(), chat.Message{}); err == nil {
		t.Error("Direct(an empty message) = nil, want an error")
	}
}

func TestProfilesTellNameAndZone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.AddUser("T1", slacktest.User{ID: "U3", Name: "Di \u202e<b>"})
	for user, want := range map[string]chat.Profile{"U1": {Name: "Ana Ruiz", Zone: "Europe/Paris"}, "U2": {Name: "Bo Larsen"}, "U3": {Name: "Di <b>"}} {
		got, err := w.adapter.Profile(t.Context(), chat.Account{Platform: slack.Platform, Team: "T1", User: user})
		if err != nil || got != want {
			t.Errorf("Profile(%s) = %+v, %v; want %+v", user, got, err, want)
		}
	}
	if _, err := w.adapter.Profile(t.Context(), chat.Account{Platform: slack.Platform, Team: "T1", User: "U99"}); !errors.Is(err, chat.ErrUnreachable) {
		t.Errorf("Profile(nobody) = %v, want ErrUnreachable", err)
	}
}

// Whoever is no member of a workspace is told apart, whatever they are instead.
func TestAProfileTellsGuestsStrangersAndBots(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	for id, u := range map[string]slacktest.User{
		"U30": {Name: "Gus", Guest: true}, "U31": {Name: "Gia", ChannelGuest: true}, "U32": {Name: "Cy", Stranger: true, Team: "T9"}, "U33": {Name: "Bot", Bot: true},
	} {
		u.ID = id
		w.AddUser("T1", u)
	}
	for user, want := range map[string]bool{"U1": false, "U30": true, "U31": true, "U32": true, "U33": true} {
		got, err := w.adapter.Profile(t.Context(), chat.Account{Platform: slack.Platform, Team: "T1", User: user})
		if err != nil || got.Guest != want {
			t.Errorf("Profile(%s) = %+v, %v; want a guest: %v", user, got, err, want)
		}
	}
}

// Whatever Slack, or what stands before it, answers: it is survived, told apart,
// and what it said reaches neither an error nor the log.
func TestOddAnswersAreSurvived(t *testing.T) {
	t.Parallel()
	const secret = "xoxb-secret"
	for name, c := range map[string]struct {
		answer slacktest.Answer
		wait   time.Duration // 0 means any other error
	}{
		"a pause":                   {slacktest.Answer{Status: 429, RetryAfter: "7", Body: secret}, 7 * time.Second},
		"a pause of 0":              {slacktest.Answer{Status: 429, RetryAfter: "0"}, time.Second},
		"a pause of words":          {slacktest.Answer{Status: 429, RetryAfter: "abc"}, 30 * time.Second},
		"a pause of 31 years":       {slacktest.Answer{Status: 429, RetryAfter: "1000000000"}, time.Hour},
		"a pause that names none":   {slacktest.Answer{Status: 429, Body: secret}, 30 * time.Second},
		"a pause in the body":       {slacktest.Answer{Body: `{"ok":false,"error":"ratelimited"}`}, 30 * time.Second},
		"a page with status 200":    {slacktest.Answer{Type: "text/html", Body: "<html>" + secret}, 0},
		"nothing":                   {slacktest.Answer{}, 0},
		"an error of the server":    {slacktest.Answer{Status: 503, Body: secret}, 0},
		"a message without a place": {slacktest.Answer{Body: `{"ok":true}`, Done: true}, 0},
		"an unknown error":          {slacktest.Answer{Body: `{"ok":false,"error":"the_sky_fell"}`}, 0},
		"an error of words":         {slacktest.Answer{Body: `{"ok":false,"error":"private words ` + secret + `"}`}, 0},
		"a missing scope":           {slacktest.Answer{Body: `{"ok":false,"error":"missing_scope","needed":"chat:write","provided":"im:write"}`}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, nil)
			w.Script("chat.postMessage", c.answer)
			_, err := w.adapter.Direct(t.Context(), "d1", ana(), say("private words"))
			var pause *chat.RetryAfter
			switch {
			case err == nil, errors.Is(err, chat.ErrGone), errors.Is(err, chat.ErrUnreachable):
				t.Errorf("Direct = %v, want an error that is tried again", err)
			case c.wait == 0 && errors.As(err, &pause), c.wait > 0 && (!errors.As(err, &pause) || pause.Wait != c.wait):
				t.Errorf("Direct = %v, want a pause of %v", err, c.wait)
			case strings.Contains(err.Error(), secret), strings.Contains(err.Error(), "private words"):
				t.Errorf("Direct = %v, want nothing of the answer and the message in it", err)
			}
			if _, err := w.adapter.Direct(t.Context(), "d1", ana(), say("again")); err != nil {
				t.Errorf("the next Direct = %v", err)
			}
		})
	}
}

func TestAChannelIsNotFloodedAndSlacksOwnLimitIsHeeded(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(s *setup) { s.adapter.Pace = desk.Pace{Every: time.Second, Burst: 3} })
	var pause *chat.RetryAfter
	for i := range 4 {
		_, err := w.adapter.Direct(t.Context(), "d1", ana(), say("x"))
		if i < 3 && err != nil || i == 3 && (!errors.As(err, &pause) || pause.Wait != time.Second) {
			t.Errorf("message %d of a burst of 3 = %v", i+1, err)
		}
	}
	if _, err := w.adapter.Post(t.Context(), "d1", chat.Place{Home: lab(), Channel: "C1"}, say("x")); err != nil {
		t.Errorf("another channel = %v, want it free", err)
	}
	w.pass(time.Second)
	if _, err := w.adapter.Direct(t.Context(), "d1", ana(), say("x")); err != nil {
		t.Errorf("a second later = %v", err)
	}
	strict := newWorld(t, func(s *setup) { s.server.PostsPerSecond = 1 })
	_, first := strict.adapter.Direct(t.Context(), "d1", ana(), say("x"))
	_, second := strict.adapter.Direct(t.Context(), "d2", ana(), say("x"))
	if first != nil || !errors.As(second, &pause) {
		t.Errorf("two messages where Slack takes one = %v, %v; want a pause", first, second)
	}
}

func TestCallsEndWithTheirContext(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := w.adapter.Direct(ctx, "d1", ana(), say("x")); !errors.Is(err, context.Canceled) {
		t.Errorf("Direct with an ended context = %v", err)
	}
}
