package exchange

// Replace puts one person in the place of another, where two accounts turn out
// to be one person. What was signed stays signed: the signatures that held for
// the terms hold for them under the other name. Nobody can sit on both sides;
// such an exchange is refused and stays as it is.
func (e *Exchange) Replace(from, to string) error {
	for _, seat := range Seats() {
		if e.Party(seat).Person == from && e.Party(seat.other()).Person == to {
			return refuse(SamePerson, "An exchange needs two people.")
		}
	}
	held := map[Seat]bool{}
	for _, seat := range Seats() {
		held[seat] = e.signed(seat)
	}
	swap := func(person *string) {
		if *person == from {
			*person = to
		}
	}
	for _, t := range []*Terms{&e.Terms, e.Was, e.Baseline} {
		if t != nil {
			swap(&t.Visitor.Person)
			swap(&t.Host.Person)
		}
	}
	for seat, sig := range e.Signed {
		swap(&sig.Person)
		if held[seat] {
			sig.Hash = e.Terms.Hash()
		}
		e.Signed[seat] = sig
	}
	for i := range e.Steps {
		swap(&e.Steps[i].By)
	}
	for _, g := range e.Goals {
		for _, mark := range []*Mark{g.Claimed, g.Verified} {
			if mark != nil {
				swap(&mark.By)
			}
		}
	}
	return nil
}
