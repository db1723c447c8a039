package redis

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interlab/bot"
)

// model is what the store should hold, kept in the plainest way.
type model struct {
	w       *world
	docs    map[string]bot.Write // by id; the write that made the present version
	works   map[string]*modelWork
	minutes int // the callers' clock
}

// modelWork is where a piece of work is.
type modelWork struct {
	derived, at, tries int // in minutes
	claim              *bot.Claim
	buried             bool
}

// ids are few, so that documents meet in the same entries.
var modelIDs = rapid.SampledFrom([]string{"a", "b", "c"})

func TestTheStoreDoesWhatTheModelDoes(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		rapid.Check(t, func(rt *rapid.T) {
			w.wipe()
			m := &model{w: w, docs: map[string]bot.Write{}, works: map[string]*modelWork{}}
			rt.Repeat(map[string]func(*rapid.T){
				"commit": m.commit,
				"delete": m.delete,
				"repair": m.repair,
				"claim":  m.claim,
				"later":  m.later,
				"bury":   m.bury,
				"exhume": m.exhume,
				"":       m.check,
			})
		})
	})
}

// wipe empties the network.
func (w *world) wipe() {
	names, err := w.client.Keys(w.t.Context(), w.keys.in("*")).Result()
	must(w.t, err)
	if len(names) > 0 {
		must(w.t, w.client.Del(w.t.Context(), names...).Err())
	}
}

// draw draws a write of a document's next version.
func (m *model) draw(rt *rapid.T, id string) bot.Write {
	write := bot.Write{Ref: person(id), Version: m.docs[id].Version + 1, Data: []byte(rapid.String().Draw(rt, "data"))}
	if m.docs[id].Data == nil {
		write.Version = 0
	}
	for _, index := range rapid.SliceOfDistinct(rapid.SampledFrom([]string{"i", "j"}), rapid.ID).Draw(rt, "indexes") {
		write.Entries = append(write.Entries, bot.Entry{Index: index, Score: rapid.Int64Range(0, 2).Draw(rt, "score")})
	}
	for _, index := range rapid.SliceOfDistinct(rapid.SampledFrom([]string{"u", "v"}), rapid.ID).Draw(rt, "unique") {
		write.Entries = append(write.Entries, unique(index))
	}
	for _, name := range rapid.SliceOfDistinct(rapid.SampledFrom([]string{"w", "x"}), rapid.ID).Draw(rt, "works") {
		write.Due = append(write.Due, due(name, rapid.IntRange(0, 3).Draw(rt, "minutes")))
	}
	return write
}

// commit writes one or two documents at once.
func (m *model) commit(rt *rapid.T) {
	var writes []bot.Write
	for _, id := range rapid.SliceOfNDistinct(modelIDs, 1, 2, rapid.ID).Draw(rt, "ids") {
		writes = append(writes, m.draw(rt, id))
	}
	err := m.w.commit(writes...)
	var taken *bot.TakenError
	if errors.As(err, &taken) {
		if !m.collides(writes) {
			rt.Fatalf("Commit(%+v) = %v, want it taken", writes, err)
		}
		return
	}
	must(m.w.t, err)
	if m.collides(writes) {
		rt.Fatalf("Commit(%+v) took it, want TakenError", writes)
	}
	for _, write := range writes {
		m.take(write)
	}
}

// collides tells whether two documents would have one unique entry.
func (m *model) collides(writes []bot.Write) bool {
	after := maps.Clone(m.docs)
	for _, write := range writes {
		after[write.Ref.ID] = write
	}
	owned := map[string]bool{}
	for _, doc := range after {
		for _, entry := range doc.Entries {
			if entry.Unique && owned[entry.Index] {
				return true
			}
			owned[entry.Index] = owned[entry.Index] || entry.Unique
		}
	}
	return false
}

// take makes a write the present version.
func (m *model) take(write bot.Write) {
	id := write.Ref.ID
	m.docs[id] = write
	derived := map[string]int{}
	for _, work := range write.Due {
		derived[workOf(write.Ref, work.Name)] = int(work.At.Sub(now).Minutes())
	}
	for name, work := range m.works {
		if at, still := derived[name]; strings.HasPrefix(name, write.Ref.String()+"#") && (!still || at != work.derived) {
			delete(m.works, name)
		}
	}
	for name, at := range derived {
		if m.works[name] == nil {
			m.works[name] = &modelWork{derived: at, at: at}
		}
	}
}

func (m *model) delete(rt *rapid.T) {
	id := modelIDs.Draw(rt, "id")
	if m.docs[id].Data == nil {
		return
	}
	write := bot.Write{Ref: person(id), Version: m.docs[id].Version + 1}
	must(m.w.t, m.w.commit(write))
	m.take(write)
	delete(m.docs, id)
}

// repair finds nothing to mend, whatever happened before.
func (m *model) repair(rt *rapid.T) {
	var writes []bot.Write
	for _, doc := range m.docs {
		doc.Version++
		writes = append(writes, doc)
	}
	if n := m.w.repaired(writes...); n != 0 {
		rt.Fatalf("Repair mended %d, want 0", n)
	}
}

// claim claims some of what is due.
func (m *model) claim(rt *rapid.T) {
	m.minutes += rapid.IntRange(0, 1).Draw(rt, "minutes")
	n := rapid.IntRange(1, 3).Draw(rt, "n")
	var waiting []string
	for name, work := range m.works {
		if work.claim == nil && !work.buried && work.at <= m.minutes {
			waiting = append(waiting, name)
		}
	}
	slices.SortFunc(waiting, func(a, b string) int {
		if m.works[a].at != m.works[b].at {
			return m.works[a].at - m.works[b].at
		}
		return strings.Compare(a, b)
	})
	waiting = waiting[:min(n, len(waiting))]
	claims := m.w.claim(m.minutes, n, long)
	var got []string
	for _, c := range claims {
		name := workOf(c.Ref, c.Work)
		got = append(got, name)
		if work := m.works[name]; work != nil {
			work.claim = &c
			if c.Tries != work.tries || !c.At.Equal(now.Add(time.Duration(work.at)*time.Minute)) {
				rt.Fatalf("claim = %+v, want %+v", c, work)
			}
		}
	}
	if !slices.Equal(got, waiting) {
		rt.Fatalf("claimed %v, want %v", got, waiting)
	}
}

// held draws a piece of work that is claimed, nil if there is none.
func (m *model) held(rt *rapid.T) *modelWork {
	var names []string
	for name, work := range m.works {
		if work.claim != nil {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	slices.Sort(names)
	return m.works[rapid.SampledFrom(names).Draw(rt, "held")]
}

func (m *model) later(rt *rapid.T) {
	if work := m.held(rt); work != nil {
		work.at = m.minutes + rapid.IntRange(0, 2).Draw(rt, "later")
		must(m.w.t, m.w.Later(m.w.t.Context(), *work.claim, now.Add(time.Duration(work.at)*time.Minute), true))
		work.tries++
		work.claim = nil
	}
}

func (m *model) bury(rt *rapid.T) {
	if work := m.held(rt); work != nil {
		must(m.w.t, m.w.Bury(m.w.t.Context(), *work.claim, now, "x"))
		work.claim, work.buried = nil, true
	}
}

func (m *model) exhume(rt *rapid.T) {
	for _, grave := range m.w.buried(0) {
		work := m.works[workOf(grave.Ref, grave.Work)]
		if work == nil || !work.buried {
			rt.Fatalf("buried: %+v, want %+v", grave, work)
		}
		if rapid.Bool().Draw(rt, "exhume") {
			must(m.w.t, m.w.Exhume(m.w.t.Context(), grave, now.Add(time.Duration(m.minutes)*time.Minute)))
			work.at, work.tries, work.buried = m.minutes, 0, false
		}
	}
}

// check compares all that can be found.
func (m *model) check(rt *rapid.T) {
	got, want := m.found(), m.expected()
	if got != want {
		rt.Fatalf("the store finds\n%s, want\n%s", got, want)
	}
}

// found is what the store finds.
func (m *model) found() string {
	ids, indexes, unique := []string{"a", "b", "c"}, []string{"i", "j", "all/person"}, []string{"u", "v"}
	var wants []bot.Want
	for _, id := range ids {
		wants = append(wants, bot.Want{Ref: person(id)})
	}
	for _, index := range indexes {
		wants = append(wants, bot.Want{List: index})
	}
	for _, index := range unique {
		wants = append(wants, bot.Want{Unique: index})
	}
	answers, err := m.w.Read(m.w.t.Context(), wants...)
	must(m.w.t, err)
	var lines []string
	for i, id := range ids {
		lines = append(lines, fmt.Sprint(id, " ", answers[i][0].Version))
	}
	for i, index := range append(indexes, unique...) {
		lines = append(lines, index+": "+line(answers[len(ids)+i]))
	}
	return strings.Join(append(lines, m.w.next(), fmt.Sprint(len(m.w.buried(0)))), "\n")
}

// A generator is named at the first list or map of what it makes, while another
// test may read its name: those that tests share are named before.
func init() { //nolint:gochecknoinits // a generator has no other beginning
	for _, shared := range []fmt.Stringer{modelIDs} {
		_ = shared.String()
	}
}
