package bot_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"interlab/bot"
	"interlab/bot/chat"
	"interlab/bot/exchange"
)

// outcomesOf is the ledger of a scope, as somebody with all rights reads it.
func outcomesOf(t *testing.T, r *residence, of exchange.Scope) exchange.Ledger {
	t.Helper()
	who := bot.Actor{Person: of.Person, Lab: of.Lab, Grants: []bot.Grant{{Role: bot.Organiser}}}
	l, err := r.app.Outcomes(t.Context(), who, of)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// ever is the time of all figures.
func ever(r *residence) exchange.Period { return exchange.Period{To: r.Now().Add(time.Hour)} }

// measured is the value of one figure.
func measured(l exchange.Ledger, p exchange.Period, of exchange.Scope, metric, part string) float64 {
	for _, m := range l.Measures(p, of) {
		if m.Metric == metric && m.Part == part {
			return m.Value
		}
	}
	return 0
}

// settledNetwork has four labs and more exchanges than a page holds.
func settledNetwork(t *testing.T, exchanges int) (*residence, map[string]string) {
	t.Helper()
	r := newResidence(t)
	var people strings.Builder
	for _, lab := range []string{"curie", "noether", "hopper", "meitner"} {
		fmt.Fprintf(&people, "p-%s@slack:%s> profile set shares:\"%s things\" zone:Paris\n", lab, lab, lab)
	}
	r.play(people.String())
	ids := labIDs(t, r)
	r.fill(ids, exchanges)
	return r, ids
}

func TestOutcomesAreWhatTheDocumentsSay(t *testing.T) {
	t.Parallel()
	r, ids := settledNetwork(t, 450)
	docs := keptExchanges(t, r)
	network := outcomesOf(t, r, exchange.Scope{})
	if len(network.Records) != len(docs) || len(docs) < 2*bot.MaxListed || len(network.Labs) != 4 {
		t.Errorf("Outcomes(network) has %d exchanges of %d and %d labs, want all of them", len(network.Records), len(docs), len(network.Labs))
	}
	for _, from := range ids {
		lab := outcomesOf(t, r, exchange.Scope{Lab: from})
		for _, to := range ids {
			if from == to {
				continue
			}
			_, _, verified, _ := recount(docs, from, to)
			part := "verified " + from + ">" + to
			for _, l := range []exchange.Ledger{network, lab} {
				if got := measured(l, ever(r), exchange.Scope{}, "M1", part); got != float64(verified) {
					t.Errorf("M1 %s = %v, want %d as counted", part, got, verified)
				}
			}
		}
		for _, record := range lab.Records {
			if record.Exchange.Terms.Visitor.Lab != from && record.Exchange.Terms.Host.Lab != from {
				t.Errorf("Outcomes(%s) has an exchange of two other labs", from)
			}
		}
	}
}

// keep puts a match into the store as it is.
func (r *residence) keep(docs ...bot.Document) {
	r.t.Helper()
	for _, doc := range docs {
		data, err := json.Marshal(map[string]any{"s": 1, "d": doc})
		if err != nil {
			r.t.Fatal(err)
		}
		err = r.Commit(r.t.Context(), bot.Commit{Writes: []bot.Write{{Ref: doc.Ref(), Data: data, Entries: doc.Entries()}}, Note: bot.Note{At: r.Now(), Verb: "test"}})
		if err != nil {
			r.t.Fatal(err)
		}
	}
}

// personID is the id of whoever writes from an account.
func (r *residence) personID(account chat.Account) string {
	r.t.Helper()
	lists, err := r.Read(r.t.Context(), bot.Want{List: "all/person"})
	if err != nil {
		r.t.Fatal(err)
	}
	for _, record := range lists[0] {
		var p struct {
			Doc bot.Person `json:"d"`
		}
		if err := json.Unmarshal(record.Data, &p); err != nil {
			r.t.Fatal(err)
		}
		for _, a := range p.Doc.Accounts {
			if a == account {
				return p.Doc.ID
			}
		}
	}
	r.t.Fatalf("nobody writes from %s", account)
	return ""
}

// Introduced forty days ago: two met after three days, two said on the fifth that
// it will not be, two had closed without a word, and two still wait; two who were
// only asked are no meeting.
func TestMeetingsOfOutcomesKeepThoseWhoWait(t *testing.T) {
	t.Parallel()
	r, ids := settledNetwork(t, 1)
	curie := r.personID(chat.Account{Platform: "slack", Team: "curie", User: "p-curie"})
	noether := r.personID(chat.Account{Platform: "slack", Team: "noether", User: "p-noether"})
	began := r.Now().AddDate(0, 0, -40)
	intro := func(id string, state bot.State, said bot.MetAnswer, days int) *bot.Match {
		m := &bot.Match{ID: id, Asker: curie, Asked: noether, State: state, AskedAt: began, Began: began}
		if said != "" {
			m.Met = map[string]bot.Met{curie: {Answer: said, At: began.AddDate(0, 0, days)}}
		}
		return m
	}
	shut, asked := intro("m3", bot.Closed, "", 0), intro("m5", bot.Asked, "", 0)
	shut.EndedAt, asked.Began = began.AddDate(0, 0, 35), time.Time{}
	r.keep(intro("m1", bot.Introduced, bot.MetYes, 3), intro("m2", bot.Introduced, bot.MetNo, 5), shut, intro("m4", bot.Introduced, "", 0), asked)
	for _, of := range []exchange.Scope{{}, {Lab: ids["curie"]}, {Lab: ids["noether"]}, {Person: curie}} {
		l := outcomesOf(t, r, of)
		if len(l.Meetings) != 4 {
			t.Errorf("Outcomes(%s) has %d meetings, want 4", of, len(l.Meetings))
		}
		for part, want := range map[string]float64{"median": 3, "waiting": 1, "soon": 0.25} {
			if got := measured(l, ever(r), of, "M8", part); got != want {
				t.Errorf("M8 %s of %s = %v, want %v", part, of, got, want)
			}
		}
	}
	if l := outcomesOf(t, r, exchange.Scope{Lab: ids["hopper"]}); len(l.Meetings) != 0 {
		t.Errorf("Outcomes(hopper) has %d meetings of others", len(l.Meetings))
	}
}

func TestOutcomesAreForThoseWhoseTheyAre(t *testing.T) {
	t.Parallel()
	r := newResidence(t)
	for _, tt := range []struct {
		who  bot.Actor
		of   exchange.Scope
		sees bool
	}{
		{bot.Actor{Person: "ana", Lab: "curie"}, exchange.Scope{Person: "ana"}, true},
		{bot.Actor{Person: "ana", Lab: "curie"}, exchange.Scope{Lab: "curie"}, true},
		{bot.Actor{Person: "ana", Lab: "curie"}, exchange.Scope{Lab: "noether"}, false},
		{bot.Actor{Person: "ana", Lab: "curie"}, exchange.Scope{}, false},
		{bot.Actor{Person: "bo", Lab: "curie"}, exchange.Scope{Person: "ana"}, false},
		{bot.Actor{Grants: []bot.Grant{{Role: bot.Organiser}}}, exchange.Scope{Person: "ana"}, false},
		{bot.Actor{Grants: []bot.Grant{{Role: bot.Organiser}}}, exchange.Scope{}, true},
		{bot.Actor{Grants: []bot.Grant{{Role: bot.Operator}}}, exchange.Scope{}, true},
		{bot.Actor{}, exchange.Scope{}, false},
	} {
		_, err := r.app.Outcomes(t.Context(), tt.who, tt.of)
		var refused *bot.Denied
		if sees := err == nil; sees != tt.sees || !sees && !errors.As(err, &refused) {
			t.Errorf("Outcomes(%+v, %s) = %v, want seen %v", tt.who, tt.of, err, tt.sees)
		}
	}
}
