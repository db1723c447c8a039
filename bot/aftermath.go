package bot

import "interlab/bot/exchange"

// aftermath is what exchanges leave behind and what was asked about them since,
// by the id of the exchange.
type aftermath struct {
	evidence map[string]*Evidence
	asked    map[string][]*exchange.FollowUp
}

// aftermathOf reads those of some exchanges: of the network by pages over all, of
// a lab and of a person those of their exchanges alone.
func (a *App) aftermathOf(tx *Tx, of exchange.Scope, all []*Exchange) (aftermath, error) {
	l := aftermath{evidence: map[string]*Evidence{}, asked: map[string][]*exchange.FollowUp{}}
	if of == (exchange.Scope{}) {
		return l, l.readAll(tx)
	}
	wants := make([]Want, 0, len(all))
	for _, e := range all {
		wants = append(wants, Want{Ref: Ref{KindEvidence, e.ID}})
	}
	if err := tx.prefetch(wants...); err != nil {
		return l, err
	}
	for _, e := range all {
		v, err := a.evidence(tx, e)
		if err != nil {
			return l, err
		}
		l.evidence[e.ID] = v
		asked, err := listAll[*FollowUp](tx, followUpsIn+e.ID)
		if err != nil {
			return l, err
		}
		l.ask(asked)
	}
	return l, nil
}

// readAll reads what every exchange of the network left behind.
func (l aftermath) readAll(tx *Tx) error {
	all, err := listAll[*Evidence](tx, every(KindEvidence))
	if err != nil {
		return err
	}
	for _, v := range all {
		l.evidence[v.ID] = v
	}
	asked, err := listAll[*FollowUp](tx, every(KindFollowUp))
	l.ask(asked)
	return err
}

func (l aftermath) ask(all []*FollowUp) {
	for _, f := range all {
		l.asked[f.Exchange] = append(l.asked[f.Exchange], &f.FollowUp)
	}
}

// record is an exchange with what it left behind.
func (l aftermath) record(e *Exchange) exchange.Record {
	r := exchange.Record{ID: e.ID, Exchange: &e.Exchange, Continues: e.Continues, Blocked: e.Spells()}
	if v := l.evidence[e.ID]; v != nil {
		r.Evidence, r.Packs = v.All(), v.Packs()
	}
	return r
}

// named are the people whom the evidence of an exchange names.
func (l aftermath) named(e *Exchange) []string {
	if v := l.evidence[e.ID]; v != nil {
		return v.people()
	}
	return nil
}
