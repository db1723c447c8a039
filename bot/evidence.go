package bot

import (
	"errors"
	"maps"
	"slices"
	"time"

	"interlab/bot/exchange"
	"interlab/calendar"
)

// KindEvidence is what an exchange leaves behind.
const KindEvidence Kind = "evidence"

// The most that is kept of one exchange.
const (
	maxEvidence = 40
	maxPacks    = 6
)

// Evidence is what an exchange leaves behind: pieces of evidence for its goals,
// and release packs. There is one document at most of an exchange, with the
// exchange's id, so that what contradicts itself is seen in one place. It is a
// document of its own, for it grows by other hands and at other times than terms.
//
// All and Packs are what figures and exports are computed from.
type Evidence struct {
	ID    string     `json:"id"`             // of the exchange
	Labs  []string   `json:"labs"`           // the visitor's and the host's
	Last  int        `json:"last,omitempty"` // the highest number that a piece or a pack ever had
	Items []Piece    `json:"items,omitempty"`
	Kits  []KeptPack `json:"kits,omitempty"`
	At    time.Time  `json:"at"` // when it was changed last
}

// Piece is a piece of evidence with its number, which no other piece and no pack
// of the exchange ever has. Rev grows with every change of what it says, so
// that a card of what it said before confirms nothing else.
type Piece struct {
	N   int `json:"n"`
	Rev int `json:"rev"`
	exchange.Evidence
}

// KeptPack is a release pack with its number.
type KeptPack struct {
	N int `json:"n"`
	exchange.Pack
}

// All is every piece of evidence for goals, in the order in which they were
// declared. What stands in packs is in Packs.
func (v *Evidence) All() []exchange.Evidence {
	all := make([]exchange.Evidence, 0, len(v.Items))
	for _, p := range v.Items {
		all = append(all, p.Evidence)
	}
	return all
}

// Packs are the release packs, in the order in which they were begun.
func (v *Evidence) Packs() []exchange.Pack {
	all := make([]exchange.Pack, 0, len(v.Kits))
	for _, k := range v.Kits {
		all = append(all, k.Pack)
	}
	return all
}

// Shown is everything of the exchange that anybody may get and use on a day: of
// the goals and of the packs, each place once.
func (v *Evidence) Shown(today calendar.Date) []exchange.Evidence {
	all := v.All()
	for _, k := range v.Kits {
		for _, a := range exchange.Artefacts() {
			if s := k.Slots[a]; s.Evidence != nil {
				all = append(all, *s.Evidence)
			}
		}
	}
	var shown []exchange.Evidence
	for _, one := range exchange.Deliverables(all, today) {
		if !slices.ContainsFunc(shown, func(w exchange.Evidence) bool { return w.Where == one.Where && w.Type == one.Type }) {
			shown = append(shown, one)
		}
	}
	return shown
}

// Ref names the evidence by its exchange.
func (v *Evidence) Ref() Ref { return Ref{KindEvidence, v.ID} }

// evidenceOf and a person's id list the evidence that names them, and
// evidenceOfLab with a lab's id that of the lab, the newest first.
const (
	evidenceOf    = "evidence.of/"
	evidenceOfLab = "evidence.lab/"
)

// Entries are both labs' and those of everybody who is named in it.
func (v *Evidence) Entries() []Entry {
	var entries []Entry
	at := -v.At.UnixMilli()
	for _, person := range v.people() {
		entries = append(entries, Entry{Index: evidenceOf + person, Score: at})
	}
	for _, lab := range v.Labs {
		entries = append(entries, Entry{Index: evidenceOfLab + lab, Score: at})
	}
	return distinct(entries)
}

// Due is empty: evidence asks for nothing by itself.
func (v *Evidence) Due() []Work { return nil }

// each visits every piece, those of packs too, and may change it.
func (v *Evidence) each(visit func(*exchange.Evidence)) {
	for i := range v.Items {
		visit(&v.Items[i].Evidence)
	}
	for _, k := range v.Kits {
		for _, s := range k.Slots {
			if s.Evidence != nil {
				visit(s.Evidence)
			}
		}
	}
}

// people are all who are named: whoever declared or confirmed something, and
// whoever contributed to it.
func (v *Evidence) people() []string {
	found := map[string]bool{}
	v.each(func(one *exchange.Evidence) {
		found[one.Declared.By] = true
		if one.Confirmed != nil {
			found[one.Confirmed.By] = true
		}
		for person := range one.Credit {
			found[person] = true
		}
	})
	delete(found, "")
	return slices.Sorted(maps.Keys(found))
}

// Forget takes a person out: what they declared and confirmed stays, by nobody.
func (v *Evidence) Forget(person string) {
	v.each(func(one *exchange.Evidence) { one.Forget(person) })
}

// piece is where the piece of a number stands; -1 if there is none.
func (v *Evidence) piece(n int) int {
	return slices.IndexFunc(v.Items, func(p Piece) bool { return p.N == n })
}

// kit is where the pack of a number stands; -1 if there is none.
func (v *Evidence) kit(n int) int {
	return slices.IndexFunc(v.Kits, func(k KeptPack) bool { return k.N == n })
}

// of are the pieces that show a goal.
func (v *Evidence) of(goal int) []Piece {
	return slices.DeleteFunc(slices.Clone(v.Items), func(p Piece) bool { return !slices.Contains(p.Goals, goal) })
}

// evidence is what an exchange left behind so far; empty where nobody has said anything.
func (a *App) evidence(tx *Tx, e *Exchange) (*Evidence, error) {
	v, err := load[*Evidence](tx, KindEvidence, e.ID)
	if errors.Is(err, errNotFound) {
		return &Evidence{ID: e.ID, Labs: []string{e.Terms.Visitor.Lab, e.Terms.Host.Lab}}, nil
	}
	return v, err
}

// repointEvidence names the other person instead.
func repointEvidence(_ *App, _ *Tx, v *Evidence, from string, to *Person) error {
	v.each(func(one *exchange.Evidence) { one.Rename(from, to.ID) })
	return nil
}

// dropEvidence deletes what belonged to an exchange that is none any more.
func dropEvidence(tx *Tx, id string) error {
	v, err := load[*Evidence](tx, KindEvidence, id)
	if errors.Is(err, errNotFound) {
		return nil
	}
	if err == nil {
		tx.remove(v.Ref())
	}
	return err
}

// leaveEvidence takes the person out of all evidence that names them.
func (rq *request) leaveEvidence() error {
	all, err := listAll[*Evidence](rq.tx, evidenceOf+rq.me.ID)
	if err != nil {
		return err
	}
	for _, listed := range all {
		v, err := load[*Evidence](rq.tx, KindEvidence, listed.ID)
		if err != nil {
			return err
		}
		v.Forget(rq.me.ID)
		rq.tx.put(v)
	}
	return nil
}
