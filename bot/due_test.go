package bot_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"interlab/adapters/redis"
	"interlab/bot"
	"interlab/bot/chat"
)

// Work that fails for good is tried twelve times, then given up, and the
// organisers hear of it: those of the settings as well as those appointed.
func TestWorkThatFailsForGoodIsGivenUpAndOrganisersAreTold(t *testing.T) {
	t.Parallel()
	appointed := chat.Account{Platform: "discord", User: "ada"}
	w := newWorld(t)
	w.join(appointed, "Ada Reed", "Office", "logistics")
	w.join(olga, "Olga Stern", "Office", "statistics")
	w.change(appointed, func(p *bot.Person) { p.Roles = []bot.Grant{{Role: bot.Organiser}} })
	w.messenger.fails(failing(direct(bo), errors.New("invalid blocks")), nil)
	w.asked()
	w.pass(2 * time.Hour)
	buried, err := w.store.Graveyard(t.Context(), 10)
	if err != nil || len(buried) != 1 || !strings.Contains(buried[0].Reason, "invalid blocks") {
		t.Fatalf("Graveyard() = %+v, %v; want the one delivery and its reason", buried, err)
	}
	if got := w.messenger.tried(buried[0].Ref.ID); got != 12 {
		t.Errorf("the delivery was tried %d times, want 12", got)
	}
	for _, who := range []chat.Account{olga, appointed} {
		said := w.messenger.to(who, "direct")
		if len(said) != 1 || !strings.Contains(plain(said[0]), buried[0].Ref.String()) {
			t.Errorf("%s was told %d things, want the one that names %s", who, len(said), buried[0].Ref)
		}
	}
	w.healthy()

	w.messenger.fails(nil, nil)
	if err := w.store.Exhume(t.Context(), buried[0], w.clock.Now()); err != nil {
		t.Fatal(err)
	}
	w.settle()
	if n := count(w.messenger.to(bo, "direct"), asksBo); n != 1 {
		t.Errorf("once it was made due again Bo was asked %d times, want once", n)
	}
}

// What a fault of the store took away from beside a document, a sweep derives
// from it again.
func TestASweepMendsWhatWasLost(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.asked()
	w.healthy()
	me, version := w.person(bo)
	w.commit(bot.Write{Ref: me.Ref(), Version: version, Data: wrap(t, me)})
	match := w.read(bot.Want{Ref: bot.Ref{Kind: bot.KindMatch, ID: me.Asked[0]}})
	w.commit(bot.Write{Ref: match.Ref, Version: match.Version, Data: match.Data})
	if text := plain(w.line(bo, "me")); !strings.Contains(text, "You have not joined") {
		t.Fatalf("without his entry Bo should be a stranger:\n%s", text)
	}
	if n, err := w.app.Sweep(t.Context()); n != 2 || err != nil {
		t.Errorf("Sweep() = %d, %v; want 2 mended", n, err)
	}
	w.healthy()
	w.says(w.line(bo, "me"), "Ana Ruiz (Curie Lab), protein folding: Waits for your answer")
	w.pass(5 * 24 * time.Hour)
	if n := count(w.messenger.to(bo, "direct"), "Still open"); n != 1 {
		t.Errorf("Bo was reminded %d times, want once", n)
	}
}

// manyDue puts deliveries that are due now onto a store, for people of its own.
func (w *world) manyDue(people, each int) {
	w.t.Helper()
	for n := range people {
		who := chat.Account{Platform: "slack", Team: "t", User: fmt.Sprint("u", n)}
		p := &bot.Person{ID: fmt.Sprint("p", n), Name: "P", Accounts: []chat.Account{who}, Joined: monday}
		w.write(p, 0)
		var writes []bot.Write
		for i := range each {
			d := &bot.Delivery{
				ID: fmt.Sprintf("d%d-%d", n, i), To: p.ID, Class: bot.Promised, Notice: "role", Subject: p.Ref(),
				NotBefore: monday, Progress: bot.Planned,
			}
			writes = append(writes, bot.Write{Ref: d.Ref(), Data: wrap(w.t, d), Entries: d.Entries(), Due: d.Due()})
		}
		w.commit(writes...)
	}
}

func TestTwoReplicasSendEverythingOnce(t *testing.T) {
	t.Parallel()
	const people, each = 20, 100
	w := newWorld(t)
	if server, err := redis.Embed(t.Context(), redis.EmbedOptions{Dir: t.TempDir(), Network: "many"}); err == nil {
		w = newWorldOn(t, server)
	}
	w.manyDue(people, each)
	var group sync.WaitGroup
	for range 2 {
		app := w.replica(w.store)
		group.Go(func() {
			if err := app.Settle(t.Context()); err != nil {
				t.Errorf("Settle() = %v", err)
			}
		})
	}
	group.Wait()
	seen := map[string]int{}
	for _, s := range w.messenger.all() {
		seen[s.id]++
	}
	for id, n := range seen {
		if n != 1 {
			t.Errorf("%s was sent %d times", id, n)
		}
	}
	if len(seen) != people*each {
		t.Errorf("%d of %d deliveries were sent", len(seen), people*each)
	}
	if at, ok, err := w.app.Next(t.Context()); err != nil || ok && !at.After(monday) {
		t.Errorf("Next() = %v, %v, %v; want nothing left that is due", at, ok, err)
	}
}

// A delivery that is older than the news is dropped, and one that can no
// longer be true is never said.
func TestWhatIsNoLongerTrueIsNotSaid(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.messenger.fails(failing(direct(bo), &chat.RetryAfter{Wait: time.Hour}), nil)
	w.asked()
	w.messenger.fails(nil, nil)
	w.line(ana, "match list")
	m := w.lastMenu(ana)
	w.does(ana, chat.Press{Ref: m.Ref, Values: []string{m.Options[0].Value}})
	w.press(ana, "Withdraw")
	w.pass(20 * 24 * time.Hour)
	if said := w.messenger.to(bo, "direct"); len(said) != 0 {
		t.Errorf("Bo was told %q about an ask that had been withdrawn", plain(said[0]))
	}
	w.healthy()
}

// lastMenu is the newest menu that somebody has seen.
func (w *world) lastMenu(who chat.Account) chat.Menu {
	w.t.Helper()
	all := w.messenger.all()
	for i := len(all) - 1; i >= 0; i-- {
		for _, row := range all[i].said.Rows {
			if all[i].to == who && row.Menu != nil {
				return *row.Menu
			}
		}
	}
	w.t.Fatalf("%s never saw a menu", who)
	return chat.Menu{}
}

// A server that was away for the night does not make up for it at night, nor
// send two days' nudges on one day.
func TestANudgeThatWasMissedWaitsForTheNextMorning(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.asked()
	w.clock.set(monday.Add(4*24*time.Hour + 7*time.Hour)) // Friday evening; due since ten
	w.app = w.replica(w.store)
	w.settle()                                            // the work comes late, and plans for Monday
	w.clock.set(monday.Add(8*24*time.Hour - 5*time.Hour)) // the night to Tuesday
	w.settle()
	if n := count(w.messenger.to(bo, "direct"), "Still open"); n != 0 {
		t.Errorf("Bo was reminded %d times at night, want none", n)
	}
	w.clock.set(monday.Add(8 * 24 * time.Hour)) // Tuesday, ten in Paris
	w.settle()
	if n := count(w.messenger.to(bo, "direct"), "Still open"); n != 1 {
		t.Errorf("Bo was reminded %d times by day, want once", n)
	}
	w.healthy()
}
