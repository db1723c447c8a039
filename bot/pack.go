package bot

import (
	"slices"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

func packRoutes() []route {
	return []route{
		{name: "pack.begin", show: chat.ShowPrivate, changes: true, do: (*request).beginPack, subject: KindExchange},
		{name: "pack.open", show: chat.ShowPrivate, do: (*request).openPack, subject: KindExchange},
		{name: "pack.slot", show: chat.ShowPrivate, do: (*request).openSlot, subject: KindExchange},
		{name: "pack.use", show: chat.ShowInPlace, changes: true, do: (*request).useEvidence, subject: KindExchange},
		{name: "pack.held", show: chat.ShowInPlace, changes: true, do: (*request).holdSlot, subject: KindExchange},
		{name: "pack.link", show: chat.ShowForm, form: linkSlot().open, subject: KindExchange},
		{name: "pack.link.sent", show: chat.ShowPrivate, changes: true, do: linkSlot().sent},
		{name: "pack.by", show: chat.ShowForm, form: daySlot().open, subject: KindExchange},
		{name: "pack.by.sent", show: chat.ShowPrivate, changes: true, do: daySlot().sent},
		{name: "pack.why", show: chat.ShowForm, form: whySlot().open, subject: KindExchange},
		{name: "pack.why.sent", show: chat.ShowPrivate, changes: true, do: whySlot().sent},
		{name: "pack.none", show: chat.ShowForm, form: noSlot().open, subject: KindExchange},
		{name: "pack.none.sent", show: chat.ShowPrivate, changes: true, do: noSlot().sent},
		{name: "pack.drop", show: chat.ShowInPlace, changes: true, do: (*request).dropPack, subject: KindExchange},
	}
}

// profileLabel says what a release is of.
func profileLabel(p exchange.Profile) string {
	return map[exchange.Profile]string{
		exchange.PackModel: "a model, in part", exchange.PackFullModel: "a whole model", exchange.PackDataset: "a dataset", exchange.PackCode: "code",
		exchange.PackPaper: "a paper", exchange.PackEvaluation: "an evaluation", exchange.PackNegative: "a negative result", exchange.PackTalk: "a talk",
	}[p]
}

// packed is the pack that the control names, of which somebody of the exchange
// may say something.
func (rq *request) packed(verb Verb) (*leaving, *KeptPack, error) {
	l, err := rq.leaving(verb)
	if err != nil {
		return nil, nil, err
	}
	i := l.v.kit(l.number(0))
	if i < 0 {
		return nil, nil, denied("That release was taken away. exchange show leads to what there is.")
	}
	if verb != Look {
		if err := rq.atWork(l.e); err != nil {
			return nil, nil, err
		}
	}
	return l, &l.v.Kits[i], nil
}

// atWork refuses what can only be said while an exchange is worked on, by those
// who still stand for its labs.
func (rq *request) atWork(e *Exchange) error {
	if _, err := e.Seat(e.partyOf(rq.me)); err != nil {
		return dealt(err)
	}
	if !e.State.Working() {
		return denied("Nothing can be added before the exchange has begun, or after it was closed. Nothing has changed.")
	}
	return nil
}

// beginPack begins a release.
func (rq *request) beginPack() (chat.Message, error) {
	l, err := rq.leaving(Settle)
	if err != nil {
		return chat.Message{}, err
	}
	if err := rq.atWork(l.e); err != nil {
		return chat.Message{}, err
	}
	press, _ := rq.event.Input.(chat.Press)
	profile := exchange.Profile(firstOr(press.Values, ""))
	switch {
	case !profile.Known():
		return chat.Message{}, denied("Choose from the list what the release is of. exchange show leads to it.")
	case len(l.v.Kits) >= maxPacks:
		return chat.Message{}, denied("There are %d releases on this exchange already, which is as many as fit. Take one away first.", maxPacks)
	}
	l.v.Last++
	k := KeptPack{N: l.v.Last, Pack: exchange.Pack{Profile: profile}}
	l.v.Kits = append(l.v.Kits, k)
	rq.kept(l)
	return rq.packCard(l, k)
}

// openPack shows a release.
func (rq *request) openPack() (chat.Message, error) {
	l, k, err := rq.packed(Look)
	if err != nil {
		return chat.Message{}, err
	}
	return rq.packCard(l, *k)
}

// dropPack takes a release away. What was added as evidence stays.
func (rq *request) dropPack() (chat.Message, error) {
	l, k, err := rq.packed(Settle)
	if err != nil {
		return chat.Message{}, err
	}
	n := k.N
	l.v.Kits = slices.DeleteFunc(l.v.Kits, func(k KeptPack) bool { return k.N == n })
	rq.kept(l)
	return chat.Message{Title: "Taken away", Body: []chat.Text{chat.T("The release is no longer kept here. What was added as evidence for goals stays.")}}, nil
}

// slotWords say what was said of a slot.
func slotWords(s exchange.Slot, today calendar.Date) string {
	switch s.State {
	case exchange.HaveLink:
		if s.Evidence.Open(today) {
			return "here, open"
		}
		return "here, not open"
	case exchange.WillCome:
		if s.By.Compare(today) < 0 {
			return "was to come by " + calendar.FormatDay(s.By)
		}
		return "comes by " + calendar.FormatDay(s.By)
	case exchange.HeldBack:
		return "held back because of " + holdingWords(s.Holding, s.Why)
	case exchange.NoneApplies:
		return "does not apply: “" + s.Why + "”"
	case exchange.Unsaid:
	}
	return "nothing said yet"
}

// packCard is a release with all its parts, for somebody of the exchange.
func (rq *request) packCard(l *leaving, k KeptPack) (chat.Message, error) {
	today := rq.today()
	card := chat.Message{Title: "Release: " + profileLabel(k.Profile), Note: chat.T("Open is what is expected; anything else only needs its reason. I never ask for what is held back.")}
	var parts []chat.Option
	for _, a := range append(k.Profile.Required(), k.Profile.Wanted()...) {
		s, wanted := k.Slots[a], slices.Contains(k.Profile.Wanted(), a)
		line := capital(a.Label()) + ": " + slotWords(s, today)
		if wanted {
			line = capital(a.Label()) + " (if you like): " + slotWords(s, today)
		}
		if s.Evidence != nil {
			words := append(chat.T(line, ". "), whereText(*s.Evidence)...)
			for _, doubt := range []string{s.Evidence.LicenceDoubt(today), s.Evidence.VersionDoubt()} {
				if doubt != "" {
					words = append(words, chat.T(". ", doubt)...)
				}
			}
			card.Body = append(card.Body, words)
		} else {
			card.Body = append(card.Body, chat.T(line, "."))
		}
		parts = append(parts, chat.Option{Label: capital(a.Label()), Value: string(a)})
	}
	card.Body = append(card.Body, chat.T(k.Summary(today)))
	if next := nextClass(k.Pack, today); next != "" {
		card.Body = append(card.Body, chat.T(next))
	}
	if rq.atWork(l.e) == nil {
		card.Rows = []chat.Row{
			chat.NewMenu(chat.Menu{Ref: chat.Ref{Route: "pack.slot", ID: joinID(l.e.ID, k.N)}, Hint: "Say something of a part", Options: parts}),
			chat.NewRow(toned(step(l.e, "Take this release away", "pack.drop", k.N), chat.Danger)),
		}
	}
	return card, nil
}

// nextClass says in words what a model still needs for the next class of the
// Model Openness Framework; "" of what is no model, and of one that needs nothing.
func nextClass(p exchange.Pack, today calendar.Date) string {
	if p.Profile != exchange.PackModel && p.Profile != exchange.PackFullModel {
		return ""
	}
	class, missing := p.Release(today).Next()
	if class == exchange.Unclassified {
		return ""
	}
	var names []string
	for _, a := range missing {
		names = append(names, a.Label())
	}
	words := capital(class.String()) + " of the Model Openness Framework needs these too, open: " + sentenceList(names) + "."
	if p.Profile == exchange.PackModel {
		words += " A release of a whole model has a place for each."
	}
	return words
}
