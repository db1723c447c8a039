package exchange_test

import (
	"encoding/json"
	"strings"
	"testing"

	"interlab/bot/exchange"
)

func TestAReplacedPersonHasSignedAndSaidWhatTheyDid(t *testing.T) {
	t.Parallel()
	e := active(t)
	must(t, e.Claim(1, ana(), start()))
	must(t, e.Replace("ana", "ana2"))
	data, err := json.Marshal(e)
	must(t, err)
	if strings.Contains(string(data), `"ana"`) {
		t.Errorf("the old person is left in %s", data)
	}
	if sig := e.Signed[exchange.Visitor]; sig.Person != "ana2" || sig.Hash != e.Terms.Hash() {
		t.Errorf("the visitor signed %+v, want the present terms by ana2", sig)
	}
	refuses(t, "Verify by the claimant under the new name", e.Verify(1, exchange.Party{Person: "ana2", Lab: "curie"}, exchange.Alone, start()), exchange.NotYours)
	must(t, e.Verify(1, bo(), exchange.Alone, start()))
}

func TestASignatureThatHadLapsedStaysLapsed(t *testing.T) {
	t.Parallel()
	e := proposed(t)
	must(t, e.Change(bo(), 1, e.Terms, today(), start()))
	must(t, e.Replace("ana", "ana2"))
	if waits := e.Waiting(); len(waits) != 1 || waits[0] != exchange.Visitor {
		t.Errorf("Waiting() = %v, want the visitor still", waits)
	}
}

func TestNobodySitsOnBothSides(t *testing.T) {
	t.Parallel()
	e := scheduled(t)
	hash := e.Terms.Hash()
	refuses(t, "Replace(one side by the other)", e.Replace("ana", "bo"), exchange.SamePerson)
	if e.Terms.Hash() != hash {
		t.Error("what was refused changed the terms")
	}
	must(t, e.Replace("eve", "eve2"))
	if e.Terms.Hash() != hash {
		t.Error("replacing somebody else changed the terms")
	}
}

// Wherever a person can be named, the other name stands afterwards, and what
// held still holds.
func TestNobodyIsLeftUnderTheOldName(t *testing.T) {
	t.Parallel()
	terms := led()
	e := between(t, terms)
	must(t, e.ConfirmStart(ana(), first(), first(), start()))
	must(t, e.Pause(ana(), first().AddDays(3), false, first(), start()))
	must(t, e.Resume(ana(), first().AddDays(3), start()))
	must(t, e.Change(ana(), e.Version, later(e, 3), first(), start()))
	for _, by := range []exchange.Party{bo(), cy(), di()} {
		must(t, e.Agree(by, e.Next.Version, first(), start()))
	}
	must(t, e.Claim(1, ana(), start()))
	must(t, e.Verify(1, bo(), exchange.Alone, start()))
	must(t, e.Miss(2, bo(), "No", start()))
	must(t, e.HandOver(ana(), "Here", exchange.AccessNone, first(), start()))
	must(t, e.TakeOver(bo(), start()))
	must(t, e.Change(ana(), e.Version, later(e, 3), first(), start()))
	must(t, e.Vacate(exchange.HomeLead, start()))
	must(t, e.Fill(exchange.HomeLead, fay(), start()))
	for from, to := range map[string]string{"ana": "ana2", "bo": "bo2", "cy": "cy2", "di": "di2", "fay": "fay2"} {
		must(t, e.Replace(from, to))
	}
	data, err := json.Marshal(e)
	must(t, err)
	for _, name := range []string{"ana", "bo", "cy", "di", "fay"} {
		if strings.Contains(string(data), `"`+name+`"`) {
			t.Errorf("%s is left in %s", name, data)
		}
	}
	if got := e.WaitingNext(); len(got) != 1 || got[0] != exchange.Host {
		t.Errorf("WaitingNext() = %v, want the host, with the visitor's signature carried over", got)
	}
	for seat, sig := range e.Signed {
		if sig.Hash != e.Terms.Hash() {
			t.Errorf("the %s's signature no longer holds", seat)
		}
	}
	refuses(t, "Replace(a lead by the other side)", e.Replace("fay2", "bo2"), exchange.SamePerson)
}
