package redis

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interlab/bot"
)

// expected is what the store should find, in the words of found.
func (m *model) expected() string {
	var lines []string
	for _, id := range []string{"a", "b", "c"} {
		version := int64(0)
		if doc := m.docs[id]; doc.Data != nil {
			version = doc.Version + 1
		}
		lines = append(lines, fmt.Sprint(id, " ", version))
	}
	for _, index := range []string{"i", "j", "all/person"} {
		lines = append(lines, index+": "+m.listing(index))
	}
	for _, index := range []string{"u", "v"} {
		lines = append(lines, index+": "+m.listing(index))
	}
	next, buried := "none", 0
	for _, work := range m.works {
		switch {
		case work.buried:
			buried++
		case work.claim == nil && (next == "none" || work.at < atoi(next)):
			next = fmt.Sprint(work.at)
		}
	}
	return strings.Join(append(lines, next, fmt.Sprint(buried)), "\n")
}

// atoi reads what Sprint wrote.
func atoi(text string) (n int) {
	_, _ = fmt.Sscan(text, &n)
	return n
}

// listing is the documents that an entry leads to, by score and id.
func (m *model) listing(index string) string {
	type hit struct {
		score int64
		id    string
	}
	var hits []hit
	for id, doc := range m.docs {
		if index == "all/person" {
			hits = append(hits, hit{0, id})
		}
		for _, entry := range doc.Entries {
			if entry.Index == index {
				hits = append(hits, hit{entry.Score, id})
			}
		}
	}
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.score, b.score), strings.Compare(a.id, b.id))
	})
	var line []string
	for _, hit := range hits {
		line = append(line, hit.id)
	}
	return strings.Join(line, " ")
}

// inboxModel is what the inbox should hold.
type inboxModel struct {
	w      *world
	queues map[string][]string  // ids that wait, the first one first
	turns  map[string]*bot.Turn // of queues whose turn is held
	known  map[string]bool
	count  int
}

func TestTheInboxDoesWhatItsModelDoes(t *testing.T) {
	t.Parallel()
	w := inProcess(t)
	rapid.Check(t, func(rt *rapid.T) {
		w.wipe()
		m := &inboxModel{w: w, queues: map[string][]string{}, turns: map[string]*bot.Turn{}, known: map[string]bool{}}
		rt.Repeat(map[string]func(*rapid.T){
			"accept": m.accept, "again": m.again, "settle": m.settle, "lapse": m.lapse, "orphan": m.orphan,
		})
	})
}

var queueNames = rapid.SampledFrom([]string{"q", "r"})

func (m *inboxModel) accept(rt *rapid.T) {
	queue := queueNames.Draw(rt, "queue")
	m.count++
	id := fmt.Sprint("e", m.count)
	m.known[id] = true
	turn, got := m.w.accept(inbound(queue, id), m.w.lease)
	want := "waits"
	if len(m.queues[queue]) == 0 {
		want = "turn"
		m.turns[queue] = turn
	}
	if got != want {
		rt.Fatalf("Accept in %s = %s, want %s", queue, got, want)
	}
	m.queues[queue] = append(m.queues[queue], id)
}

func (m *inboxModel) again(rt *rapid.T) {
	for id := range m.known {
		if _, got := m.w.accept(inbound("q", id), m.w.lease); got != "known" {
			rt.Fatalf("Accept(%s) again = %s, want known", id, got)
		}
		return
	}
}

func (m *inboxModel) settle(rt *rapid.T) {
	queue := queueNames.Draw(rt, "queue")
	turn := m.turns[queue]
	if turn == nil {
		return
	}
	if turn.Event.ID != m.queues[queue][0] {
		rt.Fatalf("turn of %s, want %s", turn.Event.ID, m.queues[queue][0])
	}
	next, err := m.w.Settle(m.w.t.Context(), turn, m.w.lease)
	must(m.w.t, err)
	m.queues[queue] = m.queues[queue][1:]
	delete(m.turns, queue)
	if (next != nil) != (len(m.queues[queue]) > 0) {
		rt.Fatalf("Settle = %+v with %v waiting", next, m.queues[queue])
	}
	if next != nil {
		m.turns[queue] = next
	}
}

// lapse lets all turns lapse.
func (m *inboxModel) lapse(*rapid.T) {
	m.w.pass(m.w.lease + time.Millisecond)
	for queue, turn := range m.turns {
		m.w.turnLost(turn)
		delete(m.turns, queue)
	}
}

func (m *inboxModel) orphan(rt *rapid.T) {
	turn, err := m.w.Orphan(m.w.t.Context(), m.w.lease)
	must(m.w.t, err)
	orphans := 0
	for queue, ids := range m.queues {
		if len(ids) > 0 && m.turns[queue] == nil {
			orphans++
		}
	}
	if (turn != nil) != (orphans > 0) {
		rt.Fatalf("Orphan = %+v with %d orphans", turn, orphans)
	}
	if turn != nil {
		if m.turns[turn.Event.Queue] != nil || turn.Event.ID != m.queues[turn.Event.Queue][0] {
			rt.Fatalf("Orphan = %+v, want the first of a queue that nobody holds", turn)
		}
		m.turns[turn.Event.Queue] = turn
	}
}
