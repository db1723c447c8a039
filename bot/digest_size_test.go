package bot_test

import (
	"fmt"
	"testing"
	"time"

	"interlab/adapters/redis"
	"interlab/bot"
	"interlab/bot/chat"
	"interlab/calendar"
)

// followers keeps n people who follow a topic, of whom every tenth follows
// another one, and announces a talk about the first.
func followers(h *hall, n int) {
	h.t.Helper()
	if err := h.replicas[0].Enter(h.t.Context(), chat.Home{Platform: "slack", ID: "home"}, "Host Lab"); err != nil {
		h.t.Fatal(err)
	}
	zone, err := calendar.ParseZone("Berlin")
	if err != nil {
		h.t.Fatal(err)
	}
	var people, followings []bot.Document
	for i := range n {
		id, topic := fmt.Sprintf("p%d", i), "code"
		if i%10 == 9 {
			topic = "tide"
		}
		people = append(people, &bot.Person{ID: id, Name: id, Zone: zone, Accounts: []chat.Account{account("reader", i)}})
		followings = append(followings, &bot.Following{ID: "f" + id, Person: id, Given: 1, Things: []bot.Followed{{N: 1, Kind: bot.FollowTopic, Of: topic, Keys: []string{topic}}}})
	}
	h.keep(people...)
	h.keep(followings...)
	h.keep(&bot.Digest{At: time.Date(2026, 10, 11, 12, 0, 0, 0, time.UTC)})
	talk := h.announced(`title:"Codes" speaker:"Ana" when:"20 Oct 15:00"`)
	more := chat.Submission{Ref: chat.Ref{Route: "colloquium.more", ID: talk + ".0"}, Values: map[string]string{"topics": "codes"}}
	if err := h.does(0, "topics", account("host", 1), more); err != nil {
		h.t.Fatal(err)
	}
	if got := h.answer("topics").Title; got != "Saved" {
		h.t.Fatalf("the topics of the talk are %q", got)
	}
	h.settle()
}

// Everybody whom a talk concerns gets one digest, in pages, from two replicas at
// once; nobody else gets any, and the next week begins anew.
func TestEveryFollowerGetsOneDigest(t *testing.T) {
	t.Parallel()
	const n = 450
	h := newHall(t, inProcess(t))
	followers(h, n)
	h.setNow(time.Date(2026, 10, 11, 12, 0, 0, 0, time.UTC))
	h.settle()
	round := documents[bot.Digest](h, "all/digest")[0]
	if round.N != 1 || round.Page != 0 || round.After != "" || !round.At.Equal(time.Date(2026, 10, 18, 12, 0, 0, 0, time.UTC)) {
		t.Errorf("after the pages the round is %+v, want the second one, next Sunday", round)
	}
	if len(h.directs) != 0 {
		t.Errorf("%d people heard of it on Sunday", len(h.directs))
	}
	h.setNow(time.Date(2026, 10, 12, 7, 0, 0, 0, time.UTC))
	h.settle()
	for i := range n {
		want := 1
		if i%10 == 9 {
			want = 0
		}
		if got := h.directs[account("reader", i).String()]; got != want {
			t.Errorf("reader %d got %d digests, want %d", i, got, want)
		}
	}
	for id, times := range h.sends {
		if times != 1 {
			t.Errorf("delivery %s was sent %d times", id, times)
		}
	}
}

// BenchmarkDigests plans the digests of ten thousand followers: fifty pages.
func BenchmarkDigests(b *testing.B) {
	const n = 10_000
	for range b.N {
		b.StopTimer()
		store, err := redis.Embed(b.Context(), redis.EmbedOptions{Dir: b.TempDir(), Network: "hall"})
		if err != nil {
			b.Skip(err)
		}
		h := newHall(b, store)
		followers(h, n)
		h.setNow(time.Date(2026, 10, 11, 12, 0, 0, 0, time.UTC))
		b.StartTimer()
		h.settle()
		b.StopTimer()
		if got := len(documents[bot.Delivery](h, "all/delivery")); got < n*9/10 {
			b.Errorf("%d digests are planned, want %d", got, n*9/10)
		}
		_ = store.Close() // nothing is kept
	}
}
