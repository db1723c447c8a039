package bot

import (
	"context"
	"testing"

	"interlab/bot/exchange"
)

func TestAMergePutsTheOtherAccountsPersonIntoTheExchange(t *testing.T) {
	t.Parallel()
	e, _, _, _ := visit(t)
	visitor, host := e.Terms.Visitor.Person, e.Terms.Host.Person
	tx := newTx(t.Context(), noDocuments{}, e.At, nil)
	if err := repointExchange(nil, tx, e, visitor, &Person{ID: "one"}); err != nil {
		t.Fatal(err)
	}
	if e.Terms.Visitor.Person != "one" || e.Terms.Host.Person != host || e.State != exchange.Proposed {
		t.Errorf("after a merge = %s with %s, %s; want one with %s, still proposed", e.Terms.Visitor.Person, e.Terms.Host.Person, e.State, host)
	}
}

func TestAnExchangeBetweenTwoAccountsOfOnePersonGoes(t *testing.T) {
	t.Parallel()
	e, _, _, _ := visit(t)
	tx := newTx(t.Context(), noDocuments{}, e.At, nil)
	if _, err := tx.hold(keptAs(t, e)); err != nil {
		t.Fatal(err)
	}
	if err := repointExchange(nil, tx, e, e.Terms.Visitor.Person, &Person{ID: e.Terms.Host.Person}); err != nil {
		t.Fatal(err)
	}
	c, err := tx.commit()
	if err != nil || len(c.Writes) != 1 || c.Writes[0].Data != nil {
		t.Errorf("commit = %+v, %v; want the exchange deleted", c.Writes, err)
	}
}

func TestWhoeverLeavesEndsWhatTheyTakePartIn(t *testing.T) {
	t.Parallel()
	e, _, _, _ := visit(t)
	rq := &request{tx: newTx(t.Context(), noDocuments{}, e.At, nil), me: &Person{ID: e.Terms.Host.Person, Lab: e.Terms.Host.Lab}, now: e.At}
	if err := e.part(rq); err != nil || e.State.Open() {
		t.Errorf("part = %v and %s, want an end", err, e.State)
	}
}

// noDocuments is a store with nothing in it.
type noDocuments struct{ Documents }

func (noDocuments) Read(_ context.Context, wants ...Want) ([][]Record, error) {
	return make([][]Record, len(wants)), nil
}

// keptAs is the record of a document that was written once.
func keptAs(t *testing.T, d Document) Record {
	t.Helper()
	data, err := encode(d)
	if err != nil {
		t.Fatal(err)
	}
	return Record{Ref: d.Ref(), Version: 1, Data: data}
}
