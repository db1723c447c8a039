package bot_test

import (
	"bytes"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"interlab/bot"
	"interlab/bot/exchange"
)

// stays says of what people wrote why it is still there when all retentions are
// over; by what the canary begins with. All else that retention is for must be
// gone: one who adds a text to a kind of document lets it fade or says here why not.
var stays = map[string]string{
	"CANARY Ana":               "a profile is kept until its person deletes it",
	"CANARY about":             "of the profile",
	"CANARY topic":             "of the profile",
	"CANARY contact":           "of the profile",
	"CANARY Application.Lot":   "the place in a lottery, which makes a run one that can be done again",
	"CANARY Application.Match": "an id",
	"CANARY Application.Draft": "an id",
	"CANARY Following.":        "what somebody follows is of their profile, and theirs to change",
	"CANARY Match.Met.Why":     "one of the reasons that are offered, and counted",
	"CANARY Told":              "a story, told to the whole network after both agreed",
	"CANARY Colloquium.":       "a talk was announced to everybody",
	"CANARY Poll.":             "what a talk is to be, which is announced; who could when is gone",
}

// song is a canary as it stands in raw bytes.
var song = regexp.MustCompile(birdsong + ` [A-Za-z.]+`)

// raw is the server of a folder, spoken to as its client library would not.
type raw struct {
	t    *testing.T
	conn net.Conn
}

// rawOf connects to the server of a folder.
func rawOf(t *testing.T, dir string) *raw {
	t.Helper()
	socket, err := os.ReadFile(filepath.Join(dir, "redis", "lock"))
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("unix", strings.TrimSpace(string(socket)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return &raw{t, conn}
}

// lapse deletes, as time would, whatever key has an end, and returns the names of
// these families with the longest time that any of them had.
func (r *raw) lapse() map[string]time.Duration {
	r.t.Helper()
	const script = `local all = {}
for _, key in ipairs(redis.call('KEYS', '*')) do
  local left = redis.call('PTTL', key)
  if left >= 0 then
    redis.call('DEL', key)
    all[#all + 1] = string.match(key, '}:(%a+)') .. '=' .. left
  end
end
return table.concat(all, ' ')`
	longest := map[string]time.Duration{}
	for _, one := range strings.Fields(r.ask("EVAL", script, "0")) {
		name, left, ok := strings.Cut(one, "=")
		ms, err := strconv.Atoi(left)
		if ok && err == nil {
			longest[name] = max(longest[name], time.Duration(ms)*time.Millisecond)
		}
	}
	return longest
}

// ask sends one command and returns the line or the text that answers it.
func (r *raw) ask(args ...string) string {
	r.t.Helper()
	var b bytes.Buffer
	b.WriteString("*" + strconv.Itoa(len(args)) + "\r\n")
	for _, arg := range args {
		b.WriteString("$" + strconv.Itoa(len(arg)) + "\r\n" + arg + "\r\n")
	}
	if _, err := r.conn.Write(b.Bytes()); err != nil {
		r.t.Fatal(err)
	}
	reply := make([]byte, 1<<20)
	n, err := r.conn.Read(reply)
	if err != nil || n == 0 || reply[0] == '-' {
		r.t.Fatalf("%s: %s, %v", args[0], reply[:n], err)
	}
	return string(reply[:n])
}

// songsIn are the canaries in the files of a folder, with where each stands.
func songsIn(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	filesOf(t, dir, func(name string, data []byte) {
		for _, at := range song.FindAllIndex(data, -1) {
			found[string(data[at[0]:at[1]])] = name + ": ..." + string(data[max(0, at[0]-150):min(len(data), at[1]+40)])
		}
	})
	return found
}

// When its days are over, what people wrote is in no key, no append-only file and
// no line of the log, but for what says why it stays.
func TestNothingHoldsWhatRetentionPromisesToLetFade(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w := newWorldOn(t, serverIn(t, dir, "test"))
	w.level, w.keys = zerolog.TraceLevel, nil // without keys the store could read what is kept
	w.app = w.replica(w.store)
	c := w.release()
	for _, id := range []string{"exchange1", "exchange3"} {
		edits(w, bot.KindExchange, id, func(e *bot.Exchange) { e.State = exchange.Closed })
	}
	w.write(&bot.Attendance{ID: "attendance1", Colloquium: "talk2", Person: c.me, At: c.now, Until: c.now.Add(time.Hour)}, 0)
	edits(w, bot.KindPoll, "poll1", func(p *bot.Poll) { p.State = bot.PollClosed })
	w.write(&bot.Story{ID: "exchange1", People: [2]string{c.me, c.other}, Text: birdsong + " Told", Said: map[string]time.Time{c.me: c.now, c.other: c.now}}, 0)
	w.line(ana, "match find protein folding")
	w.line(bo, "match list")
	w.pass(120 * 24 * time.Hour)
	app := w.keeping(bot.Retention{Asks: 100, Talks: 100, Applications: 100, Exchanges: 100})
	if n, err := app.Retain(t.Context()); n < 8 || err != nil {
		t.Fatalf("Retain() = %d, %v; want what was released", n, err)
	}
	server := rawOf(t, dir)
	for family, life := range server.lapse() {
		if !slices.Contains([]string{"op", "settled", "attempt", "canary", "place"}, family) || life > 8*24*time.Hour {
			t.Errorf("keys of %s lapse after %v", family, life)
		}
	}
	rewriteAOF(t, dir)
	left := songsIn(t, dir)
	used := map[string]bool{}
	for text, where := range left {
		begin, _ := entry(stays, text)
		if used[begin] = true; begin == "" {
			t.Errorf("%q is still there: %q", text, where)
		}
	}
	for begin := range stays {
		if !used[begin] {
			t.Errorf("stays has %q, which is nowhere", begin)
		}
	}
	if text := song.FindString(w.journal.String()); text != "" {
		t.Errorf("the log has %q", text)
	}
	kinds := []bot.Kind{bot.KindQuestion, bot.KindVote, bot.KindRsvp, bot.KindAttendance}
	for _, kind := range kinds {
		if all, _, err := w.store.Page(t.Context(), bot.Page{Index: "all/" + string(kind)}); len(all) != 0 || err != nil {
			t.Errorf("%d documents of %s are left, %v", len(all), kind, err)
		}
	}
	notes, err := w.store.Changes(t.Context(), "", bot.KindPerson, 0)
	if err != nil || len(notes.Notes) == 0 {
		t.Fatalf("the audit has %d notes, %v", len(notes.Notes), err)
	}
	for _, note := range notes.Notes {
		if note.At.Before(w.clock.Now().AddDate(0, 0, -100)) {
			t.Errorf("the audit still says that %q did %s on %v", note.Actor, note.Verb, note.Refs)
		}
	}
	w.healthy()
}
