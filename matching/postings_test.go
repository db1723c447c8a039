package matching

import (
	"fmt"
	"slices"
	"testing"

	"golang.org/x/sync/errgroup"
	"pgregory.net/rapid"
)

func TestPostingsAreSortedAndComplete(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := newPostings()
		want := map[posting]bool{}
		u := pairOf("spars", "autoencod")
		for slot := range rapid.SliceOfDistinct(rapid.Uint32Range(0, 20), rapid.ID).Draw(t, "slots") {
			entry := posting{slot: uint32(slot), kind: kind(slot % 3), weight: uint16(slot)}
			p.add(u, entry)
			want[entry] = true
		}
		term, ok := p.lookup(u)
		list := p.of(term)
		if ok != (len(want) > 0) || len(list) != len(want) || !slices.IsSortedFunc(list, posting.compare) {
			t.Fatalf("of(%v) = %v, %t, want %v in order", u, list, ok, want)
		}
		for entry := range want {
			if got := p.weight(term, entry.slot, entry.kind); got != entry.weight {
				t.Errorf("weight(%v) = %d, want %d", entry, got, entry.weight)
			}
		}
		if got := p.weight(term, 99, shares); got != 0 {
			t.Errorf("weight of somebody else = %d, want 0", got)
		}
	})
}

func TestIndexHoldsNothingOfDeletedPeople(t *testing.T) {
	t.Parallel()
	x := NewIndex(standard())
	people := network(7, 60)
	people[0].Shares = append(people[0].Shares, "RLHF", "rlhf", "R", "", "the of", "🧠")
	for _, p := range append(people, people...) {
		x.Put(p)
	}
	if got := x.Len(); got != len(people) {
		t.Errorf("Len() = %d, want %d", got, len(people))
	}
	for _, p := range people {
		x.Delete(p.ID)
		x.Delete(p.ID)
	}
	left := fmt.Sprint(x.Len(), len(x.postings.numbers), len(x.postings.single), len(x.postings.lists), len(x.topics))
	if want := "0 0 0 0 0"; left != want {
		t.Errorf("people, stems, single postings, lists and topics left = %s, want %s", left, want)
	}
	if got := x.Suggest(Query{people[0].Shares[0]}, 5, nil); len(got) != 0 {
		t.Errorf("Suggest after all left = %v, want nobody", got)
	}
}

func TestPutReusesTheSlotsOfDeletedPeople(t *testing.T) {
	t.Parallel()
	x := NewIndex(Aliases{})
	for i := range 1000 {
		x.Put(Profile{ID: "one", Shares: []string{fmt.Sprint("topic", i)}})
	}
	if len(x.people) != 1 || len(x.postings.numbers) != 1 {
		t.Errorf("after 1000 changes of one profile: %d slots and %d stems, want 1 and 1", len(x.people), len(x.postings.numbers))
	}
}

func TestPutKeepsItsOwnCopyOfTheTopics(t *testing.T) {
	t.Parallel()
	x := NewIndex(Aliases{})
	topics := []string{"graph theory"}
	x.Put(Profile{ID: "a", Shares: topics})
	topics[0] = "knitting"
	if got := x.Suggest(Query{"graph theory"}, 1, nil); len(got) != 1 || got[0].Reasons[0].Phrase != "graph theory" {
		t.Errorf("Suggest after the caller changed its slice = %v, want the topic as it was put", got)
	}
}

func TestIndexServesManyAtOnce(t *testing.T) {
	t.Parallel()
	people := network(11, 40)
	x := indexOf(people)
	var group errgroup.Group
	for worker := range 8 {
		group.Go(func() error {
			for i, p := range people {
				if (i+worker)%3 == 0 {
					x.Put(p)
				}
				x.Topics("ba", 5)
				for _, s := range x.Suggest(Query{p.Shares[0]}, 3, nil) {
					if len(s.Reasons) == 0 {
						return fmt.Errorf("suggestion %+v has no reasons", s)
					}
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		t.Error(err)
	}
	if got := x.Len(); got != len(people) {
		t.Errorf("Len() = %d, want %d", got, len(people))
	}
}
