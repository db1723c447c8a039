package discordtest_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"interlab/adapters/discord/discordtest"
)

// world is a server with one of each.
type world struct {
	*discordtest.Server
	t       *testing.T
	channel *discordtest.Channel
	ana     *discordtest.User
	spot    discordtest.Spot
}

func newWorld(t *testing.T, options ...discordtest.Option) *world {
	t.Helper()
	s := discordtest.New(t, options...)
	guild := s.AddGuild("Noether Lab")
	w := &world{Server: s, t: t, channel: s.AddChannel(guild), ana: s.AddUser("Ana Ruiz")}
	w.spot = discordtest.Spot{User: w.ana.ID, Guild: guild.ID, Channel: w.channel.ID}
	return w
}

// post sends a request as the bot does, and returns the code of the refusal, the
// status where that has none, and 0 where it was accepted; and what was answered.
func (w *world) post(path, body string) (code int, answer map[string]any) {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), http.MethodPost, w.URL+path, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bot "+discordtest.Token)
	r.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	_ = json.Unmarshal(text, &answer) // some answers are empty
	if response.StatusCode < http.StatusBadRequest {
		return 0, answer
	}
	if code, ok := answer["code"].(float64); ok && code != 0 {
		return int(code), answer
	}
	return response.StatusCode, answer
}

// message is a message that may ping nobody, with something more in it.
func message(more string) string { return `{"allowed_mentions":{"parse":[]},` + more + `}` }

func callback(i *discordtest.Interaction) string {
	return "/interactions/" + i.ID + "/" + i.Token + "/callback"
}

const deferred, form = `{"type":5}`, `{"type":9,"data":{"custom_id":"a","title":"A","components":[{"type":18,"label":"L","component":{"type":4,"custom_id":"x","max_length":10}}]}}`

func TestAnInteractionIsAnsweredOnceAndInTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first, second := w.Command(w.spot, "interlab", []string{"me"}), w.Command(w.spot, "interlab", []string{"me"})
	for _, c := range []struct {
		what string
		to   *discordtest.Interaction
		body string
		want int
	}{
		{"a change of a message that carries no control", first, `{"type":6}`, 50035},
		{"values for what nobody types", first, `{"type":8,"data":{"choices":[]}}`, 50035},
		{"a deferral", first, deferred, 0},
		{"a second answer", first, deferred, 40060},
		{"a form after the deferral", first, form, 40060},
		{"a form at once", second, form, 0},
		{"an answer to nobody", &discordtest.Interaction{ID: "1", Token: "t"}, deferred, 10062},
	} {
		if got, _ := w.post(callback(c.to), c.body); got != c.want {
			t.Errorf("%s: refused with %d, want %d", c.what, got, c.want)
		}
	}
	submitted, err := w.Submit(second, map[string]string{"x": "1"})
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := w.post(callback(submitted), form); got != 50035 {
		t.Errorf("a form that answers a form: refused with %d, want 50035", got)
	}
	late := newWorld(t, discordtest.WithPatience(time.Nanosecond))
	if got, _ := late.post(callback(late.Command(late.spot, "interlab", nil)), deferred); got != 10062 {
		t.Errorf("a late answer: refused with %d, want 10062", got)
	}
}

func TestMessagesBeyondTheLimitsAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	long := func(n int) string { return strings.Repeat("x", n) }
	button := func(id string) string { return `{"type":2,"style":1,"label":"L","custom_id":"` + id + `"}` }
	rows := func(rows ...string) string {
		return message(`"content":"x","components":[{"type":1,"components":[` + strings.Join(rows, `]},{"type":1,"components":[`) + `]}]`)
	}
	for what, c := range map[string]struct {
		body string
		want int
	}{
		"a message":                {message(`"content":"x"`), 0},
		"the longest content":      {message(`"content":"` + long(2000) + `"`), 0},
		"longer content":           {message(`"content":"` + long(2001) + `"`), 50035},
		"nothing":                  {message(`"content":""`), 50035},
		"pings left to the text":   {`{"content":"x"}`, 50035},
		"a long title":             {message(`"embeds":[{"title":"` + long(257) + `"}]`), 50035},
		"cards of 6,001 in all":    {message(`"embeds":[{"description":"` + long(4000) + `"},{"description":"` + long(2001) + `"}]`), 50035},
		"eleven cards":             {message(`"embeds":[{"title":"a"}` + strings.Repeat(`,{"title":"a"}`, 10) + `]`), 50035},
		"two buttons":              {rows(button("a"), button("b")), 0},
		"the same custom_id twice": {rows(button("a"), button("a")), 50035},
		"a long custom_id":         {rows(button(long(101))), 50035},
		"six rows":                 {rows(button("a"), button("b"), button("c"), button("d"), button("e"), button("f")), 50035},
		"an empty row":             {rows(""), 50035},
	} {
		if got, _ := w.post("/channels/"+w.channel.ID+"/messages", c.body); got != c.want {
			t.Errorf("%s: refused with %d, want %d", what, got, c.want)
		}
	}
}

func TestPlacesThatCannotBeWrittenToAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code, direct := w.post("/users/@me/channels", `{"recipient_id":"`+w.ana.ID+`"}`)
	if code != 0 {
		t.Fatalf("opening a conversation: refused with %d", code)
	}
	conversation, _ := direct["id"].(string)
	for _, c := range []struct {
		what    string
		before  func()
		channel string
		want    int
	}{
		{"an unknown channel", func() {}, "1", 10003},
		{"a missing permission", func() { w.channel.Forbidden = true }, w.channel.ID, 50013},
		{"a hidden channel", func() { w.channel.Hidden = true }, w.channel.ID, 50001},
		{"a conversation", func() {}, conversation, 0},
		{"closed direct messages", func() { w.ana.Closed = true }, conversation, 50007},
	} {
		w.Change(c.before)
		if got, _ := w.post("/channels/"+c.channel+"/messages", message(`"content":"x"`)); got != c.want {
			t.Errorf("%s: refused with %d, want %d", c.what, got, c.want)
		}
	}
}
