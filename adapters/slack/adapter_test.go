package slack_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"interlab/adapters/slack"
	"interlab/adapters/slack/slacktest"
	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

func TestWhatPeopleDoArrivesAsEvents(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	general, here := chat.Place{Home: lab(), Channel: "C1"}, chat.Place{Home: lab()}
	w.sent(w.Slash("T1", "U1", "C1", "match block &lt;@U9&gt; <@U2|bo> &amp; co"))
	w.sent(w.Say("T1", "U1", "see <https://a.example/?x=1&amp;y=2|the page>"))
	said := w.seen(slacktest.Said)[0]
	w.sent(w.Press("T1", "U1", said.Channel, said.TS, "go:1", ""))
	w.sent(w.Event("T1", map[string]any{"type": "member_joined_channel", "channel": "C1", "user": "UBOTT1", "inviter": "U1"}))
	w.sent(w.Event("T1", map[string]any{"type": "channel_archive", "channel": "C1", "user": "U1"}))
	w.sent(w.Event("T1", map[string]any{"type": "channel_left", "channel": "C1"}))
	nobody := chat.Account{Platform: slack.Platform}
	want := []chat.Event{
		{From: ana(), Name: "Ana Ruiz", In: general, Input: chat.Line{Text: `match block <@U9> "slack:T1/U2" & co`}},
		{From: ana(), Name: "Ana Ruiz", In: here, Input: chat.Line{Text: "see https://a.example/?x=1&y=2"}},
		{From: ana(), Name: "Ana Ruiz", In: here, Input: chat.Press{Ref: chat.Ref{Route: "go", ID: "1"}, On: chat.Posted{Place: here, Message: said.Channel + "/" + said.TS}}},
		{From: ana(), Name: "Ana Ruiz", In: general, Input: chat.Happening{What: chat.BotAdded}},
		{From: nobody, In: general, Input: chat.Happening{What: chat.ChannelGone}},
		{From: nobody, In: general, Input: chat.Happening{What: chat.BotRemoved}},
	}
	if diff := cmp.Diff(want, w.app.accepted(), cmpopts.IgnoreFields(chat.Event{}, "ID", "At", "Handle")); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	if refused := w.Refused(); len(refused) > 0 {
		t.Errorf("Slack refused %v", refused)
	}
}

func TestWhatIsNobodysLineIsAcknowledgedAndLeft(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	for _, inner := range []map[string]any{
		{"type": "message", "channel_type": "im", "channel": "D1", "user": "UBOTT1", "text": "my own"},
		{"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "bot_id": "B7", "text": "another bot"},
		{"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "subtype": "message_changed", "text": "edited"},
		{"type": "message", "channel_type": "channel", "channel": "C1", "user": "U1", "text": "talk among people"},
		{"type": "member_joined_channel", "channel": "C1", "user": "U2"},
		{"type": "app_home_opened", "user": "U1", "tab": "messages"},
		{"type": "tokens_revoked", "tokens": map[string]any{"oauth": []string{"U1"}}},
		{"type": "something_of_tomorrow", "channel": map[string]any{"id": "C1"}},
	} {
		w.sent(w.Event("T1", inner))
	}
	if got := w.app.accepted(); len(got) > 0 {
		t.Errorf("events = %+v, want none", got)
	}
}

func TestAnswersGoTheWayTheEventCame(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.sent(w.Slash("T1", "U1", "C1", "hello"))
	shown := w.seen(slacktest.Shown)
	if len(shown) != 1 || shown[0].User != "U1" || shown[0].Channel != "C1" || !shown[0].ByAnswer {
		t.Fatalf("the answer to a command = %+v, want it shown to U1 alone", shown)
	}
	w.sent(w.Press("T1", "U1", "C1", shown[0].TS, "go:1", ""))
	if changed := w.seen(slacktest.Changed); len(changed) != 1 || !changed[0].Replace || changed[0].TS != shown[0].TS {
		t.Errorf("the answer to a press there = %+v, want the same message replaced", changed)
	}
	w.sent(w.Say("T1", "U1", "hello"))
	said := w.seen(slacktest.Said)
	if len(said) != 1 || said[0].Channel != w.Direct("T1", "U1") {
		t.Fatalf("the answer to a message = %+v, want a message in the conversation", said)
	}
	w.sent(w.Press("T1", "U1", said[0].Channel, said[0].TS, "go:1", ""))
	if changed := w.seen(slacktest.Changed); len(changed) != 2 || changed[1].Replace || changed[1].TS != said[0].TS {
		t.Errorf("the answer to a press there = %+v, want the message changed", changed)
	}
}

func TestPublicAnswersAreForAllAlsoWhereTheBotIsNoMember(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.app.plan = func(chat.Event) chat.Plan { return chat.Plan{Show: chat.ShowPublic} }
	w.AddChannel("T1", slacktest.Channel{ID: "C2", Name: "private", Private: true}, "U1")
	w.sent(w.Slash("T1", "U1", "C1", "hello"))
	w.sent(w.Slash("T1", "U1", "C2", "hello"))
	said := w.seen(slacktest.Said)
	if len(said) != 2 || said[0].ByAnswer || said[0].Delivery == "" || !said[1].ByAnswer || said[1].Channel != "C2" {
		t.Errorf("public answers = %+v, want a post in C1 and one by the response_url in C2", said)
	}
}

func TestAnInvitedBotGreetsWhoeverInvitedItAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.app.plan = func(chat.Event) chat.Plan { return chat.Plan{Show: chat.ShowPrivate} }
	w.sent(w.Event("T1", map[string]any{"type": "member_joined_channel", "channel": "C1", "user": "UBOTT1", "inviter": "U1"}))
	if shown := w.seen(slacktest.Shown); len(shown) != 1 || shown[0].User != "U1" || shown[0].Channel != "C1" {
		t.Errorf("greeting = %+v, want it shown to U1 in C1", shown)
	}
}

func TestAFormOpensIsRefusedAndTaken(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.sent(w.Slash("T1", "U1", "C1", "form"))
	view := w.seen(slacktest.Opened)[0].View
	payload := w.sent(w.Submit(view.ID, nil))
	if got, want := string(payload), `{"response_action":"errors","errors":{"title":"Give the talk a title. And more."}}`; got != want {
		t.Errorf("acknowledgement of a bad form = %s, want %s", got, want)
	}
	if got := w.app.accepted(); len(got) != 0 {
		t.Errorf("a form with problems was accepted: %+v", got)
	}
	if payload := w.sent(w.Submit(view.ID, map[string]string{"title": "Graphs", "kind": "b"})); len(payload) > 0 {
		t.Errorf("acknowledgement of a good form = %s, want none", payload)
	}
	want := chat.Submission{Ref: chat.Ref{Route: "talk", ID: "7"}, Values: map[string]string{"title": "Graphs", "kind": "b"}}
	if diff := cmp.Diff(want, w.app.accepted()[0].Input); diff != "" {
		t.Errorf("submission (-want +got):\n%s", diff)
	}
	if shown := w.seen(slacktest.Shown); len(shown) != 1 || shown[0].Channel != "C1" || shown[0].User != "U1" {
		t.Errorf("the answer to a form = %+v, want it where the command was typed", shown)
	}
}

func TestAFormThatAPressOpenedIsAnsweredThere(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.app.plan = func(e chat.Event) chat.Plan {
		if press, ok := e.Input.(chat.Press); ok && press.Ref.Route == "form" {
			return chat.Plan{Show: chat.ShowForm}
		}
		return chat.Plan{Show: chat.ShowInPlace}
	}
	w.sent(w.Say("T1", "U1", "hello"))
	said := w.seen(slacktest.Said)[0]
	w.sent(w.Press("T1", "U1", said.Channel, said.TS, "form", ""))
	w.sent(w.Submit(w.seen(slacktest.Opened)[0].View.ID, map[string]string{"title": "x"}))
	if changed := w.seen(slacktest.Changed); len(changed) != 1 || changed[0].TS != said.TS {
		t.Errorf("the answer to the form = %+v, want the message changed that carries the button", changed)
	}
}

func TestATypedMessageThatNeedsAFormOffersIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.sent(w.Say("T1", "U1", "form"))
	said := w.seen(slacktest.Said)
	if len(said) != 1 || !strings.Contains(string(said[0].Blocks), "This takes a short form.") {
		t.Fatalf("answer = %+v, want a button that opens the form", said)
	}
	w.app.plan = func(chat.Event) chat.Plan { return chat.Plan{Show: chat.ShowForm} }
	w.sent(w.Press("T1", "U1", said[0].Channel, said[0].TS, "talk:7", ""))
	if opened := w.seen(slacktest.Opened); len(opened) != 1 || opened[0].User != "U1" {
		t.Errorf("after the press = %+v, want the form", opened)
	}
}

func TestATriggerThatIsTooOldIsTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.Script("views.open", slacktest.Answer{Body: `{"ok":false,"error":"expired_trigger_id"}`})
	w.sent(w.Slash("T1", "U1", "C1", "form"))
	if shown := w.seen(slacktest.Shown); len(shown) != 1 || !strings.Contains(shown[0].Text, "did not open in time") {
		t.Errorf("shown = %+v, want a sentence that says what to do", shown)
	}
}

func TestWhatCannotBeSavedIsToldAndAcknowledged(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.sent(w.Slash("T1", "U1", "C1", "form"))
	view := w.seen(slacktest.Opened)[0].View
	w.app.fail(true)
	w.sent(w.Slash("T1", "U1", "C1", "hello"))
	w.sent(w.Say("T1", "U2", "hello"))
	w.sent(w.Slash("T1", "U1", "C1", "form"))
	for _, s := range append(w.seen(slacktest.Shown), w.seen(slacktest.Said)...) {
		if !strings.HasPrefix(s.Text, "Nothing was saved") {
			t.Errorf("told %q, want that nothing was saved", s.Text)
		}
	}
	if n := len(w.seen(slacktest.Shown)) + len(w.seen(slacktest.Said)); n != 3 {
		t.Errorf("told %d times, want 3", n)
	}
	payload := w.sent(w.Submit(view.ID, map[string]string{"title": "Long thoughts"}))
	if !strings.Contains(string(payload), `"title":"Our store is not answering`) {
		t.Errorf("acknowledgement of a form = %s, want it to stay open with what was typed", payload)
	}
	w.app.fail(false)
	w.sent(w.Submit(view.ID, map[string]string{"title": "Long thoughts"}))
	if taken := w.seen(slacktest.Taken); len(taken) != 1 {
		t.Errorf("the form was taken %d times, want once the store is back", len(taken))
	}
}

func TestTheHomeViewShowsWhatIsOnesOwnAndIsShownAnewAfterAPress(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.sent(w.Event("T1", map[string]any{"type": "app_home_opened", "user": "U1", "tab": "home", "channel": "D1"}))
	w.sent(w.PressHome("T1", "U1", "go:home"))
	homes := w.seen(slacktest.Home)
	if len(homes) != 2 || homes[0].User != "U1" || !strings.Contains(string(homes[0].Blocks), "Home of U1") {
		t.Fatalf("home views = %+v, want Ana's twice", homes)
	}
	if said := w.seen(slacktest.Said); len(said) != 1 || said[0].Channel != w.Direct("T1", "U1") {
		t.Errorf("the answer to a press there = %+v, want it in the conversation", said)
	}
}

func TestPeopleOfAnotherOrganisationAreAnsweredWhereTheyAre(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.AddUser("T1", slacktest.User{ID: "U7", Name: "Cy Stranger", Team: "T9", Stranger: true})
	at, err := w.adapter.Post(t.Context(), "p1", chat.Place{Home: lab(), Channel: "C1"}, chat.Message{Title: "News", Rows: []chat.Row{chat.NewRow(chat.Button{Label: "Go", Ref: chat.Ref{Route: "go", ID: "1"}})}})
	if err != nil {
		t.Fatal(err)
	}
	w.app.plan = func(chat.Event) chat.Plan { return chat.Plan{Show: chat.ShowPrivate} }
	w.sent(w.Press("T1", "U7", "C1", at.Message, "go:1", ""))
	e := w.app.accepted()[0]
	if want := (chat.Account{Platform: slack.Platform, Team: "T9", User: "U7"}); e.From != want || e.In.Home != lab() || e.Name != "Cy Stranger" {
		t.Errorf("event of a stranger = %+v, want it from %v in %v", e, want, lab())
	}
	if shown := w.seen(slacktest.Shown); len(shown) != 1 || shown[0].User != "U7" {
		t.Errorf("answer = %+v, want it shown to the stranger alone", shown)
	}
	if _, err := w.adapter.Direct(t.Context(), "d1", e.From, say("hello")); !errors.Is(err, chat.ErrUnreachable) {
		t.Errorf("Direct(stranger) = %v, want ErrUnreachable", err)
	}
}

func TestHandlesExpire(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.sent(w.Slash("T1", "U1", "C1", "hello"))
	e := w.app.accepted()[0]
	for range 4 {
		if _, err := w.adapter.Answer(t.Context(), e.ID, e, chat.ShowPrivate, say("more")); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.adapter.Answer(t.Context(), e.ID, e, chat.ShowPrivate, say("a sixth")); !errors.Is(err, chat.ErrGone) {
		t.Errorf("sixth answer = %v, want ErrGone", err)
	}
	w.sent(w.Slash("T1", "U1", "C1", "hello again"))
	e = w.app.accepted()[1]
	w.pass(31 * time.Minute)
	if _, err := w.adapter.Answer(t.Context(), e.ID, e, chat.ShowPrivate, say("late")); !errors.Is(err, chat.ErrGone) {
		t.Errorf("answer after 31 minutes = %v, want ErrGone", err)
	}
	forged := e
	forged.Handle.Token = `{"u":"https://evil.example/hooks/1","e":true}`
	if _, err := w.adapter.Answer(t.Context(), e.ID, forged, chat.ShowPrivate, say("secret")); !errors.Is(err, chat.ErrGone) {
		t.Errorf("answer to a foreign address = %v, want ErrGone", err)
	}
}

// Somebody waits for an answer, so it takes its turn in the channel instead of
// being put off.
func TestAnswersWaitForTheirTurnInTheChannel(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(s *setup) { s.adapter.Pace = desk.Pace{Every: 20 * time.Millisecond, Burst: 1} })
	for range 4 {
		w.sent(w.Say("T1", "U1", "hello"))
	}
	if said := w.seen(slacktest.Said); len(said) != 4 || strings.Contains(w.log.String(), "error") {
		t.Errorf("said %d answers, want 4; log:\n%s", len(said), w.log)
	}
}
