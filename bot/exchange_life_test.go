package bot

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interlab/bot/exchange"
)

// Whatever people do in whatever order: work has each name once and a time, an
// exchange that goes on has something due, and one that is over has nothing.
func TestWhatIsDueOfAnExchangeNeverHangs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		e, visitor, host, today := visit(t)
		e.Begins, e.Ends = visitingDay().Add(30*oneDay), visitingDay().Add(41*oneDay)
		now := visitingDay()
		deeds := []func(exchange.Party) error{
			func(by exchange.Party) error { return e.Agree(by, e.Last, today, now) },
			func(by exchange.Party) error { return e.Agree(by, e.Last, e.Terms.From, now) },
			func(by exchange.Party) error { return e.Decline(by, now) },
			func(by exchange.Party) error {
				next := e.Terms
				next.To = next.To.AddDays(1)
				return e.Change(by, e.Version, next, today, now)
			},
			func(by exchange.Party) error { return e.ConfirmStart(by, e.Terms.From, e.Terms.From, now) },
			func(by exchange.Party) error { return e.Dispute(by, now) },
			func(by exchange.Party) error {
				return e.Pause(by, e.Terms.From.AddDays(8), true, e.Terms.From, now)
			},
			func(by exchange.Party) error { return e.Resume(by, e.Terms.From.AddDays(8), now) },
			func(by exchange.Party) error { return e.Cancel(by, now) },
			func(by exchange.Party) error { return e.EndNow(by, now) },
			func(exchange.Party) error { return e.Vacate(exchange.Visitor, now) },
			func(exchange.Party) error { return e.Stand(now) },
			func(exchange.Party) error { return e.End(now) },
			func(exchange.Party) error { return e.Settle(now) },
			func(exchange.Party) error { return e.Reopen("olga", "Because", now) },
			func(exchange.Party) error { return e.Shut(now) },
		}
		for range rapid.IntRange(1, 30).Draw(rt, "length") {
			now = now.Add(time.Hour)
			by := rapid.SampledFrom([]exchange.Party{visitor, host}).Draw(rt, "by")
			_ = rapid.SampledFrom(deeds).Draw(rt, "deed")(by)
			due := e.Due()
			var names []string
			for _, w := range due {
				names = append(names, w.Name)
				if w.At.IsZero() {
					rt.Fatalf("in %s, %s is due at no time", e.State, w.Name)
				}
			}
			slices.Sort(names)
			if len(slices.Compact(slices.Clone(names))) != len(names) {
				rt.Fatalf("in %s work is named twice: %v", e.State, names)
			}
			if e.State.Final() && len(due) > 0 || !e.State.Final() && len(due) == 0 {
				rt.Fatalf("in %s these are due: %v", e.State, names)
			}
		}
	})
}

// An exchange that was kept before leads, pauses and amendments were part of it
// loads, and goes on from where it was.
func TestAnExchangeKeptBeforeGoesOn(t *testing.T) {
	t.Parallel()
	const kept = `{"s":1,"d":{"id":"e1","match":"m1","at":"2026-12-01T09:00:00Z","deal":{"state":"active","proposer":"visitor","version":1,
		"terms":{"kind":"residency","visitor":{"person":"ana","lab":"curie"},"host":{"person":"bo","lab":"noether"},"from":"2027-01-11","to":"2027-02-19","goals":[
		{"n":1,"giver":"curie","receiver":"noether","text":"One","due":"2027-02-05"},{"n":2,"giver":"noether","receiver":"curie","text":"Two","due":"2027-02-19"}]},
		"numbered":2,"put":"2026-12-01T09:00:00Z","goals":[{"n":1,"giver":"curie","receiver":"noether","text":"One","due":"2027-02-05","state":"open","status":"blocked"}],
		"steps":[{"move":"T42","at":"2027-01-11T00:00:00Z"}]},"begins":"2027-01-11T00:00:00Z","ends":"2027-02-20T00:00:00Z","done":["begin.1"]}}`
	e, err := decodeAs[*Exchange](Record{Ref: Ref{KindExchange, "e1"}, Version: 1, Data: []byte(kept)})
	if err != nil {
		t.Fatal(err)
	}
	if got := workNames(e); !slices.Equal(got, []string{"last.1"}) {
		t.Errorf("Due() = %v, want the last day beside the questions", got)
	}
	if by, err := e.Seat(exchange.Party{Person: "bo", Lab: "noether"}); err != nil || by != exchange.Host {
		t.Errorf("Seat(bo) = %s, %v; want the host", by, err)
	}
	if err := e.Claim(1, exchange.Party{Person: "ana", Lab: "curie"}, visitingDay()); err != nil {
		t.Errorf("Claim = %v, want it taken", err)
	}
	if f := e.Figures(e.Terms.To)[exchange.Way{From: "curie", To: "noether"}]; f.Planned != 1 || f.Passed != 1 {
		t.Errorf("Figures = %+v, want one goal, counted by its day", f)
	}
}
