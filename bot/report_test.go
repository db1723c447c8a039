package bot_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"interlab/bot"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// storedDeal is what a recount needs of an exchange's document, read without our types.
type storedDeal struct {
	Doc struct {
		Deal struct {
			State string `json:"state"`
			Goals []struct {
				Giver, Receiver, State string
			} `json:"goals"`
		} `json:"deal"`
	} `json:"d"`
}

// recount counts the goals of one direction from the documents as they are kept.
func recount(docs []storedDeal, from, to string) (planned, claimed, verified, dropped int) {
	counts := map[string]bool{"scheduled": true, "active": true, "wrapping_up": true, "following_up": true, "closed": true, "cancelled": true, "paused": true, "not_started": true}
	for _, d := range docs {
		for _, g := range d.Doc.Deal.Goals {
			if !counts[d.Doc.Deal.State] || g.Giver != from || g.Receiver != to {
				continue
			}
			planned++
			claimed += map[string]int{"claimed": 1, "verified": 1}[g.State]
			verified += map[string]int{"verified": 1}[g.State]
			dropped += map[string]int{"dropped": 1}[g.State]
		}
	}
	return planned, claimed, verified, dropped
}

// figuresAsSaid is how a report says a recount.
func figuresAsSaid(planned, claimed, verified, dropped int) string {
	if planned == 0 {
		return "–"
	}
	said := fmt.Sprintf("%d planned; claimed %d of %d, verified %d of %d", planned, claimed, planned, verified, planned)
	if dropped > 0 {
		said += fmt.Sprintf(", dropped %d of %d", dropped, planned)
	}
	return said
}

// More exchanges than a page holds, in every state, between four labs: what the
// report says is what can be counted again from the documents.
func TestReportsCanBeCountedAgainFromTheDocuments(t *testing.T) {
	t.Parallel()
	r := newResidence(t)
	labs := []string{"curie", "noether", "hopper", "meitner"}
	var people strings.Builder
	for _, lab := range labs {
		fmt.Fprintf(&people, "p-%s@slack:%s> profile set shares:\"%s things\" zone:Paris\n", lab, lab, lab)
	}
	r.play(people.String())
	ids := labIDs(t, r)
	r.fill(ids, 450)
	docs := keptExchanges(t, r)
	for _, from := range labs {
		check := "p-" + from + "@slack:" + from + "> report lab\np-" + from + "> press \"Flow\"\n"
		for _, to := range labs {
			if from != to {
				check += fmt.Sprintf("expect p-%s: %s to %s: %s\n", from, capitalised(from), capitalised(to), figuresAsSaid(recount(docs, ids[from], ids[to])))
				check += fmt.Sprintf("expect p-%s: %s to %s: %s\n", from, capitalised(to), capitalised(from), figuresAsSaid(recount(docs, ids[to], ids[from])))
			}
		}
		r.play(check)
	}
}

func capitalised(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

// labIDs are the labs' ids by their homes' names.
func labIDs(t *testing.T, r *residence) map[string]string {
	t.Helper()
	ids := map[string]string{}
	lists, err := r.Read(t.Context(), bot.Want{List: "all/lab"})
	if err != nil {
		t.Fatal(err)
	}
	for _, record := range lists[0] {
		var lab struct {
			Doc bot.Lab `json:"d"`
		}
		if err := json.Unmarshal(record.Data, &lab); err != nil {
			t.Fatal(err)
		}
		ids[strings.ToLower(lab.Doc.Name)] = lab.Doc.ID
	}
	return ids
}

// keptExchanges are all documents of exchanges.
func keptExchanges(t *testing.T, r *residence) []storedDeal {
	t.Helper()
	var docs []storedDeal
	for page := (bot.Page{Index: "all/exchange"}); ; {
		records, next, err := r.Page(t.Context(), page)
		if err != nil {
			t.Fatal(err)
		}
		for _, record := range records {
			var doc storedDeal
			if err := json.Unmarshal(record.Data, &doc); err != nil {
				t.Fatal(err)
			}
			docs = append(docs, doc)
		}
		if next == "" {
			return docs
		}
		page.After = next
	}
}

// fill keeps exchanges in random states.
func (r *residence) fill(labs map[string]string, n int) {
	r.t.Helper()
	chance := rand.New(rand.NewPCG(1, 2))
	names := []string{"curie", "noether", "hopper", "meitner"}
	for i := range n {
		chance.Shuffle(len(names), func(a, b int) { names[a], names[b] = names[b], names[a] })
		visitor := exchange.Party{Person: fmt.Sprintf("v%d", i), Lab: labs[names[0]]}
		host := exchange.Party{Person: fmt.Sprintf("h%d", i), Lab: labs[names[1]]}
		e := &bot.Exchange{ID: fmt.Sprintf("e%d", i), At: r.now, Exchange: *lived(r.t, chance, visitor, host, r.now)}
		data, err := json.Marshal(map[string]any{"s": 1, "d": e})
		if err != nil {
			r.t.Fatal(err)
		}
		err = r.Commit(r.t.Context(), bot.Commit{Writes: []bot.Write{{Ref: e.Ref(), Data: data, Entries: e.Entries()}}, Note: bot.Note{At: r.now, Verb: "test"}})
		if err != nil {
			r.t.Fatal(err)
		}
	}
}

// lived is an exchange that came as far as chance took it.
func lived(t testing.TB, chance *rand.Rand, visitor, host exchange.Party, now time.Time) *exchange.Exchange {
	t.Helper()
	today, err := calendar.ParseDate(now.Format(time.DateOnly))
	if err != nil {
		t.Fatal(err)
	}
	terms := exchange.Terms{Kind: exchange.Short, Visitor: visitor, Host: host, From: today, To: today.AddDays(9)}
	for n := range 2 + chance.IntN(6) {
		p := exchange.Pledge{Giver: visitor.Lab, Receiver: host.Lab, Text: "A goal", Due: terms.To}
		if n%2 == 1 {
			p.Giver, p.Receiver = p.Receiver, p.Giver
		}
		terms.Goals = append(terms.Goals, p)
	}
	e, err := exchange.Propose(terms, visitor, today, now)
	if err != nil {
		t.Fatal(err)
	}
	turns := []func() error{
		func() error { return e.Agree(host, 1, today, now) },
		func() error { return e.ConfirmStart(host, today, today, now) },
		func() error { return work(chance, e, now) },
		func() error { return e.End(now) },
		func() error { return work(chance, e, now) },
	}
	for _, turn := range turns[:chance.IntN(len(turns)+1)] {
		if err := turn(); err != nil {
			t.Fatal(err)
		}
	}
	if e.State == exchange.Scheduled && chance.IntN(2) == 0 {
		err = e.Cancel(host, now)
	}
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// work lets some goals be claimed and some of those verified.
func work(chance *rand.Rand, e *exchange.Exchange, now time.Time) error {
	for _, g := range e.Goals {
		if g.State != exchange.GoalOpen || chance.IntN(2) == 0 {
			continue
		}
		if err := e.Claim(g.N, e.Party(e.Giver(g.Pledge)), now); err != nil {
			return err
		}
		if chance.IntN(2) == 0 {
			if err := e.Verify(g.N, e.Party(e.Receiver(g.Pledge)), exchange.Alone, now); err != nil {
				return err
			}
		}
	}
	return nil
}
