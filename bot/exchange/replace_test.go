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
	refuses(t, "Verify by the claimant under the new name", e.Verify(1, exchange.Party{Person: "ana2", Lab: "curie"}, exchange.Unaided, start()), exchange.NotYours)
	must(t, e.Verify(1, bo(), exchange.Unaided, start()))
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
