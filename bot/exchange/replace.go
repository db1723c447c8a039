package exchange

// Replace puts one person in the place of another, where two accounts turn out
// to be one person. What was signed stays signed: the signatures that held for
// the terms hold for them under the other name. Nobody can sit on both sides;
// such an exchange is refused and stays as it is.
func (e *Exchange) Replace(from, to string) error {
	for _, seat := range Seats() {
		across := seat.other()
		if e.Party(seat).Person == from && (e.Party(across).Person == to || e.Party(across.mate()).Person == to) {
			return refuse(SamePerson, "An exchange needs two people.")
		}
	}
	swap := func(person *string) {
		if *person == from {
			*person = to
		}
	}
	swapAll := func(t *Terms) {
		for _, seat := range Seats() {
			swap(&t.seat(seat).Person)
		}
	}
	held, next := e.signatures()
	for _, t := range e.allTerms() {
		swapAll(t)
	}
	for _, person := range e.names() {
		swap(person)
	}
	e.carry(held, next, swap)
	return nil
}

// signatures are the seats whose signatures hold, for the terms and for the next ones.
func (e *Exchange) signatures() (held, next map[Seat]bool) {
	held, next = map[Seat]bool{}, map[Seat]bool{}
	for _, seat := range Seats() {
		held[seat] = e.signed(seat)
		next[seat] = e.Next != nil && e.Next.signed(seat)
	}
	return held, next
}

// carry lets what was signed hold for the terms as they are now.
func (e *Exchange) carry(held, next map[Seat]bool, swap func(*string)) {
	resign(e.Signed, held, e.Terms.Hash(), swap)
	if e.Next != nil {
		resign(e.Next.Signed, next, e.Next.Terms.Hash(), swap)
	}
}

// resign carries signatures over to the other name.
func resign(signed map[Seat]Signature, held map[Seat]bool, hash string, swap func(*string)) {
	for seat, sig := range signed {
		swap(&sig.Person)
		if held[seat] {
			sig.Hash = hash
		}
		signed[seat] = sig
	}
}

// allTerms are all terms that name people.
func (e *Exchange) allTerms() []*Terms {
	all := []*Terms{&e.Terms}
	for _, t := range []*Terms{e.Was, e.Baseline} {
		if t != nil {
			all = append(all, t)
		}
	}
	if e.Next != nil {
		all = append(all, &e.Next.Terms)
	}
	for i := range e.Amended {
		all = append(all, &e.Amended[i])
	}
	return all
}

// names are all other places where a person is named.
func (e *Exchange) names() []*string {
	var all []*string
	mark := func(m *Mark) {
		if m != nil {
			all = append(all, &m.By)
		}
	}
	said := func(s *Said) {
		if s != nil {
			all = append(all, &s.By)
		}
	}
	for i := range e.Steps {
		all = append(all, &e.Steps[i].By)
	}
	for i := range e.Left {
		all = append(all, &e.Left[i].Party.Person, &e.Left[i].Signed.Person)
	}
	for i := range e.Pauses {
		all = append(all, &e.Pauses[i].By)
	}
	for i := range e.Goals {
		mark(e.Goals[i].Claimed)
		mark(e.Goals[i].Verified)
		said(e.Goals[i].Settling)
	}
	if e.Handover != nil {
		mark(&e.Handover.Given)
		mark(e.Handover.Taken)
	}
	if e.Next != nil {
		all = append(all, &e.Next.By)
	}
	mark(e.Began)
	said(e.Objection)
	return all
}
