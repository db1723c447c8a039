package web_test

import (
	"context"
	crand "crypto/rand"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"interlab/adapters/redis"
	"interlab/adapters/web"
	"interlab/bot"
	"interlab/bot/chat"
	"interlab/bot/seal"
	"interlab/calendar"
	"interlab/matching"
)

// opens is when the networks of these tests open their window.
var opens = time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)

// hands is a clock that tests move.
type hands struct {
	mu  sync.Mutex
	now time.Time
}

func (h *hands) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *hands) move(by time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(by)
}

// network is a network with a window.
type network struct {
	app   *bot.App
	store *redis.Running
	ring  *seal.Ring
	clock *hands
	site  http.Handler
	log   *strings.Builder
	heard *ear
	mu    sync.Mutex
	calls int // to the store
}

func (n *network) counted(string, time.Duration, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.calls++
}

func (n *network) asked() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.calls
}

// ear hears what the bot answers.
type ear struct {
	chat.Messenger // nothing else is asked of it
	last           chat.Message
}

// Answer keeps what is said.
func (e *ear) Answer(_ context.Context, _ string, _ chat.Event, _ chat.Show, m chat.Message) (chat.Posted, error) {
	e.last = m
	return chat.Posted{}, nil
}

// address is the path of the secret address that was said last.
func (e *ear) address(t *testing.T) string {
	t.Helper()
	for _, text := range e.last.Body {
		if _, path, ok := strings.Cut(text.Plain(), "https://talks.example"); ok {
			path, _, _ = strings.Cut(path, ".ics")
			return path + ".ics"
		}
	}
	t.Fatalf("no address in %+v", e.last)
	return ""
}

func zerologTo(w io.Writer) zerolog.Logger { return zerolog.New(w) }

// stand is a network with a programme, and its public pages.
func stand(t testing.TB, p bot.Programme) *network {
	t.Helper()
	return standAt(t, p, "https://talks.example")
}

func standAt(t testing.TB, p bot.Programme, address string) *network {
	t.Helper()
	store, err := redis.InProcess(t.Context(), "test")
	if err != nil {
		t.Fatal(err)
	}
	return standOn(t, store, p, address)
}

// aRing is a ring of a fresh key.
func aRing(t testing.TB, name string) *seal.Ring {
	t.Helper()
	ring, err := seal.Fresh(name, crand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

// standOn is a network on a store, which it closes.
func standOn(t testing.TB, store *redis.Running, p bot.Programme, address string) *network {
	t.Helper()
	n := &network{store: store, ring: aRing(t, "test"), clock: &hands{now: opens}, log: &strings.Builder{}, heard: &ear{}}
	var err error
	t.Cleanup(func() { _ = n.store.Close() })
	n.store.Watch(n.counted)
	n.app, err = bot.New(bot.Options{
		Store: n.store, Keys: n.ring, Clock: n.clock, Chance: rand.NewChaCha8([32]byte{}), Zones: calendar.Pinned(), Aliases: matching.DefaultAliases(),
		Messenger: func(chat.Platform) (chat.Messenger, bool) { return n.heard, true }, Network: "test", Public: address, Log: zerolog.Nop(),
		Organisers: []chat.Account{{Platform: "slack", Team: "office", User: "olga"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Exchanges) > 0 { // somebody takes part in them
		people, err := bot.Sample()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := n.app.Populate(t.Context(), people); err != nil {
			t.Fatal(err)
		}
	}
	if err := n.app.Stage(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	n.site = web.Public{
		Window: n.app.Window(), Own: n.app, Zones: calendar.Pinned(), Name: "Example Network", Address: address, Log: zerolog.New(n.log),
	}.Handler()
	return n
}

// sampled is a network with the sample programme.
func sampled(t testing.TB) *network {
	t.Helper()
	p, err := bot.SampleProgramme()
	if err != nil {
		t.Fatal(err)
	}
	return stand(t, p)
}

// answer asks for a page; headers are pairs of name and value.
func (n *network) answer(t testing.TB, method, target string, headers ...string) reply {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, target, http.NoBody)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	n.site.ServeHTTP(w, r)
	return reply{StatusCode: w.Code, Header: w.Header(), Body: w.Body}
}

// reply is what was answered.
type reply struct {
	StatusCode int
	Header     http.Header
	Body       io.Reader
}

// Cookies are those that it sets.
func (r reply) Cookies() []*http.Cookie { return (&http.Response{Header: r.Header}).Cookies() }

// read is a page's text.
func read(t testing.TB, r reply) string {
	t.Helper()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// page is the text of a page that is there.
func (n *network) page(t testing.TB, target string, headers ...string) string {
	t.Helper()
	r := n.answer(t, http.MethodGet, target, headers...)
	body := read(t, r)
	if r.StatusCode != http.StatusOK {
		t.Fatalf("GET %s = %d:\n%s", target, r.StatusCode, body)
	}
	return body
}

// says checks what a page says and what it does not: wants that begin with "-".
func says(t testing.TB, what, text string, wants ...string) {
	t.Helper()
	text = strings.ReplaceAll(text, "&#43;", "+")
	for _, want := range wants {
		unwanted, not := strings.CutPrefix(want, "-")
		if not && strings.Contains(text, unwanted) {
			t.Errorf("%s says %q and should not:\n%s", what, unwanted, text)
		}
		if !not && !strings.Contains(text, want) {
			t.Errorf("%s does not say %q:\n%s", what, want, text)
		}
	}
}

func TestTalksToComeAreListedByDay(t *testing.T) {
	t.Parallel()
	n := sampled(t)
	text := n.page(t, "/")
	says(t, "the list", text, `<h2 class="day" id="day-2026-12-04">Fri 4 Dec 2026</h2>`, "What sparse codes say", `<span class="clock">14:00 </span><span class="place">UTC</span><span class="beside">15:00 Paris (UTC+1)</span>`,
		"Cancelled: this talk does not take place.", "Moved. It was to be Thu 17 Dec 2026, 14:00 Istanbul", "8 talks", "-Forgetting one patient", "-The speaker is ill", "-https://meet.example", "<strong>the host of each talk, and in UTC</strong>")
	if first, second := strings.Index(text, "What sparse codes"), strings.Index(text, "Reading group"); first < second {
		t.Error("a talk at 14:00 UTC stands before one at 13:30 UTC")
	}
	for target, want := range map[string][]string{
		"/?topic=Privacy":            {"Graphs that keep", "-sparse codes say", "/topic/Privacy.ics", "1 talk."},
		"/?q=floods+PHONE":           {"Neural operators for rivers", "1 talk.", "noindex"},
		"/?lab=" + n.lab(t, "Curie"): {"Neural operators", "-Graphs that keep", `selected>Curie Lab`},
		"/?series=sample-reading":    {"2 talks.", "-sparse codes say"},
		"/?when=week":                {"What sparse codes", "-Listening to coral"},
		"/?from=2026-12-10":          {"Graphs that keep", "-Listening to coral"},
		"/?topic=nothing":            {"No talk answers this."},
	} {
		says(t, target, n.page(t, target), want...)
	}
}

// lab is the id of a lab.
func (n *network) lab(t testing.TB, name string) string {
	t.Helper()
	view, err := n.app.Window().View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, lab := range view.Labs() {
		if strings.HasPrefix(lab.Name, name) {
			return lab.ID
		}
	}
	t.Fatalf("there is no lab %s", name)
	return ""
}

func TestTheArchiveLeadsToWhatCameOfTalks(t *testing.T) {
	t.Parallel()
	n := sampled(t)
	says(t, "the archive", n.page(t, "/archive"), "Forgetting one patient", "2 talks", "-sparse codes say", "-From the day")
	says(t, "the talk", n.page(t, "/talk/sample-privacy"), "This talk has taken place.", `<a href="https://video.example/unlearning"`, "https://slides.example/unlearning.pdf", "-How to join", "-Add to my calendar")
}

func TestAVisitorsZoneIsKeptAndNamed(t *testing.T) {
	t.Parallel()
	n := sampled(t)
	r := n.answer(t, http.MethodGet, "/?zone=tokyo&topic=privacy")
	says(t, "the list", read(t, r), "<strong>Tokyo</strong>", `<span class="clock">23:00 </span><span class="place">Tokyo (UTC+9)</span><span class="beside">09:00 Toronto (UTC-5)</span>`, `<input type="hidden" name="topic" value="privacy">`)
	cookies := r.Cookies()
	if len(cookies) != 1 || cookies[0].Value != "Asia/Tokyo" || !cookies[0].HttpOnly || !cookies[0].Secure || cookies[0].SameSite != http.SameSiteLaxMode {
		t.Fatalf("the zone is kept in %v", cookies)
	}
	if r.Header.Get("Cache-Control") != "private, no-store" {
		t.Errorf("a page that sets a cookie has Cache-Control %q", r.Header.Get("Cache-Control"))
	}
	says(t, "the talk later", n.page(t, "/talk/sample-graphs", "Cookie", "zone=Asia/Tokyo"), "Sun 13 Dec 2026, 23:00 Tokyo")
	for typed, want := range map[string]string{"../../etc": "problem", "CET": "problem", "Narnia": "problem", "<b>": "problem", "\x00\xff": "zone"} {
		r := n.answer(t, http.MethodGet, "/?"+query("zone", typed), "Cookie", "zone=Asia/Tokyo")
		body := read(t, r)
		says(t, "the list for "+typed, body, want, "<strong>Tokyo</strong>", "-<b>")
		if r.StatusCode != http.StatusOK || len(r.Cookies()) > 0 && typed != "\x00\xff" {
			t.Errorf("GET /?zone=%s = %d, cookies %v", typed, r.StatusCode, r.Cookies())
		}
	}
	says(t, "a foreign cookie", n.page(t, "/", "Cookie", "zone=../../etc"), "the host of each talk")
}

func TestATalksPageSaysHowToJoinByItsRule(t *testing.T) {
	t.Parallel()
	n := sampled(t)
	for id, want := range map[string][]string{
		"sample-sparse":    {`<a href="https://meet.example/sparse"`, "The link is above.", "EventScheduled", "OnlineEventAttendanceMode", `"startDate":"2026-12-04T15:00:00+01:00"`, "talk/sample-sparse.png", "Sparse autoencoders find directions"},
		"sample-operators": {"-meet.example", "Room 204, (link: for whoever comes)", "gives you the link", "MixedEventAttendanceMode", "<dt>Seats</dt><dd>30</dd>"},
		"sample-corals":    {"-meet.example", "everybody, from 15 minutes before"},
		"sample-proofs":    {"Cancelled: this talk does not take place.", "EventCancelled", "-The speaker is ill", "-<dt>Where", "-How to join"},
		"sample-reading-3": {"Moved.", "It was to be Thu 17 Dec 2026, 14:00 Istanbul", "EventRescheduled", `"previousStartDate":"2026-12-17T14:00:00+03:00"`, "every 2 weeks"},
	} {
		says(t, id, n.page(t, "/talk/"+id), want...)
	}
	n.clock.move(8*24*time.Hour + 7*time.Hour - 10*time.Minute) // the talk on corals begins at 16:00 UTC
	says(t, "a quarter of an hour before", n.page(t, "/talk/sample-corals"), `<a href="https://meet.example/corals"`)
}

func TestLabsSeriesAndTopicsHavePages(t *testing.T) {
	t.Parallel()
	n := sampled(t)
	curie := n.lab(t, "Curie")
	says(t, "the lab", n.page(t, "/lab/"+curie), "<h1>Curie Lab</h1>", "What sparse codes", "Talks that have been", "/lab/"+curie+".ics", "&lt;iframe src=&#34;https://talks.example/lab/"+curie+"/embed", "-Graphs that keep")
	says(t, "a lab that offers", n.page(t, "/lab/"+n.lab(t, "Noether")), "/residencies#sample-residency-1", "Two months with our acoustics group")
	says(t, "the series", n.page(t, "/series/sample-reading"), "Series: Reading group: evaluation", "/series/sample-reading.ics", "-sparse codes say")
	says(t, "the topic", n.page(t, "/topic/privacy"), "Talks on privacy", "Graphs that keep", "Forgetting one patient", "/topic/privacy.atom")
	says(t, "a topic of nobody", n.page(t, "/topic/nothing%20at%20all"), "No talk is announced at the moment.", "noindex")
}

func TestAListForTheLabsOwnSiteAloneMayBeFramed(t *testing.T) {
	t.Parallel()
	n := sampled(t)
	r := n.answer(t, http.MethodGet, "/lab/"+n.lab(t, "Curie")+"/embed", "Cookie", "zone=Asia/Tokyo")
	says(t, "the embedded list", read(t, r), "https://talks.example/talk/sample-sparse", "15:00 Paris (UTC+1)", "-<form", "-Tokyo", "-<script")
	if policy := r.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors *") {
		t.Errorf("the embedded list has the policy %q", policy)
	}
	for _, target := range []string{"/", "/archive", "/talk/sample-sparse", "/residencies", "/none", "/feed.ics"} {
		if policy := n.answer(t, http.MethodGet, target).Header.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors 'none'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s has the policy %q", target, policy)
		}
	}
}

func TestResidenciesSayHowToApply(t *testing.T) {
	t.Parallel()
	n := sampled(t)
	says(t, "the residencies", n.page(t, "/residencies"), "Two months with our acoustics group", "Field recordings of nine reefs", "A desk, a room", "Apply until", "Lagos (UTC+1)", "/interlab residency browse")
	says(t, "none", stand(t, bot.Programme{}).page(t, "/residencies"), "No residency is offered at the moment.")
}

// A store that is lost leaves what was seen last, and one that was never there a
// page that says so.
func TestThePagesOutliveTheStore(t *testing.T) {
	t.Parallel()
	n := sampled(t)
	fresh := web.Public{Window: n.app.Window(), Zones: calendar.Pinned(), Name: "N", Address: "https://talks.example", Log: zerolog.Nop()}.Handler()
	n.page(t, "/")
	if err := n.store.Stop(context.WithoutCancel(t.Context())); err != nil {
		t.Fatal(err)
	}
	n.clock.move(time.Minute)
	says(t, "the list", n.page(t, "/"), "What sparse codes")
	n.site = fresh
	if r := n.answer(t, http.MethodGet, "/"); r.StatusCode != http.StatusServiceUnavailable || r.Header.Get("Retry-After") == "" {
		t.Errorf("GET / of a store that was never reached = %d", r.StatusCode)
	}
}

// query is one value of a query.
func query(name, value string) string { return url.Values{name: {value}}.Encode() }
