package bot

import (
	"slices"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// slot is the part of a release that the control names.
func (rq *request) slot() (*leaving, *KeptPack, exchange.Artefact, error) {
	l, k, err := rq.packed(Settle)
	if err != nil {
		return nil, nil, "", err
	}
	press, _ := rq.event.Input.(chat.Press)
	a := exchange.Artefact(firstOr(press.Values, ""))
	if i := l.number(1); i >= 0 && i < len(exchange.Artefacts()) {
		a = exchange.Artefacts()[i]
	}
	if !slices.Contains(append(k.Profile.Required(), k.Profile.Wanted()...), a) {
		return nil, nil, "", denied("That release has no such part. exchange show leads to it.")
	}
	return l, k, a, nil
}

// openSlot asks what there is to say of a part: one tap, or a form of one line.
func (rq *request) openSlot() (chat.Message, error) {
	l, k, a, err := rq.slot()
	if err != nil {
		return chat.Message{}, err
	}
	i := slices.Index(exchange.Artefacts(), a)
	card := chat.Message{
		Title: capital(a.Label()),
		Body:  []chat.Text{chat.T("So far: ", slotWords(k.Slots[a], rq.today()), ".")},
		Note:  chat.T("Each of these is a full answer. What comes later, is held back or does not apply needs no link."),
	}
	for _, p := range l.v.Items {
		if k.Fits(a, p.Type) && p.Link() != "" && len(card.Rows) < 2 {
			card.Rows = append(card.Rows, chat.NewRow(toned(step(l.e, clip("It is: "+p.Title, chat.MaxLabel), "pack.use", k.N, i, p.N), chat.Main)))
		}
	}
	reasons := slices.DeleteFunc(exchange.Holdings(), func(h exchange.Holding) bool { return h == exchange.ForOther })
	card.Rows = append(card.Rows,
		chat.NewRow(
			step(l.e, "I have a link", "pack.link", k.N, i), step(l.e, "It will come", "pack.by", k.N, i),
			step(l.e, "Held back for another reason", "pack.why", k.N, i), step(l.e, "It does not apply", "pack.none", k.N, i),
		),
		chat.NewMenu(chat.Menu{Ref: chat.Ref{Route: "pack.held", ID: joinID(l.e.ID, k.N, i)}, Hint: "Held back because of…", Options: options(reasons, holdingLabel)}),
	)
	return card, nil
}

// fillSlot says something of a part, and shows the release.
func (rq *request) fillSlot(l *leaving, k *KeptPack, a exchange.Artefact, s exchange.Slot) (chat.Message, error) {
	if err := k.Fill(a, s, rq.today()); err != nil {
		return chat.Message{}, err
	}
	rq.kept(l)
	return rq.packCard(l, *k)
}

// holdSlot holds a part back for a reason of the list.
func (rq *request) holdSlot() (chat.Message, error) {
	l, k, a, err := rq.slot()
	if err != nil {
		return chat.Message{}, err
	}
	press, _ := rq.event.Input.(chat.Press)
	card, err := rq.fillSlot(l, k, a, exchange.Slot{State: exchange.HeldBack, Holding: exchange.Holding(firstOr(press.Values, ""))})
	return card, dealt(err)
}

// useEvidence takes a piece of evidence of the exchange for a part.
func (rq *request) useEvidence() (chat.Message, error) {
	l, k, a, err := rq.slot()
	if err != nil {
		return chat.Message{}, err
	}
	i := l.v.piece(l.number(2))
	if i < 0 {
		return chat.Message{}, denied("That piece of evidence was taken away. Nothing has changed.")
	}
	one := l.v.Items[i].Evidence
	card, err := rq.fillSlot(l, k, a, exchange.Slot{State: exchange.HaveLink, Evidence: &one})
	return card, dealt(err)
}

// slotForm is a form about one part of a release.
type slotForm struct {
	route, submit string
	fields        []chat.FormField
	read          func(rq *request, l *leaving, a exchange.Artefact) (exchange.Slot, error)
}

// open shows the form.
func (f slotForm) open(rq *request) (chat.Form, error) {
	form := chat.Form{Ref: chat.Ref{Route: f.route, ID: controlRef(rq.event).ID}, Title: "A part of a release", Submit: f.submit, Fields: f.fields}
	l, _, a, err := rq.slot()
	if err != nil {
		return form, err
	}
	form.Title = clip(capital(a.Label()), chat.MaxFormTitle)
	return form.Fill(l.values), nil
}

// sent takes what the form was sent with.
func (f slotForm) sent(rq *request) (chat.Message, error) {
	l, k, a, err := rq.slot()
	if err != nil {
		return chat.Message{}, err
	}
	s, err := f.read(rq, l, a)
	if err == nil {
		var card chat.Message
		if card, err = rq.fillSlot(l, k, a, s); err == nil {
			return card, nil
		}
	}
	labels := pieceLabels()
	for reason := range labels {
		if !slices.Contains([]exchange.Reason{exchange.BadLicence}, reason) {
			labels[reason] = f.fields[0].Label
		}
	}
	labels[exchange.BadSlot] = f.fields[0].Label
	return rq.unsent(l, f.route, labels, err)
}

func linkSlot() slotForm {
	return slotForm{
		route: "pack.link", submit: "Save",
		fields: []chat.FormField{
			{Name: "where", Label: "Where is it?", Hint: "A public link, a DOI or an arXiv number", Required: true, Max: exchange.MaxLink},
			{Name: "licence", Label: "Its licence", Hint: "For example MIT, Apache-2.0, CC-BY-4.0", Required: true, Max: 120},
			{Name: "version", Label: "Which version?", Hint: "A tag, a commit or a release, for example v1.2.0", Max: exchange.MaxShown},
		},
		read: func(rq *request, l *leaving, a exchange.Artefact) (exchange.Slot, error) {
			v := exchange.Evidence{
				Type: a, Title: capital(a.Label()), Where: chat.CleanLine(l.values["where"]), Licence: chat.CleanLine(l.values["licence"]),
				Version: chat.CleanLine(l.values["version"]), Openness: exchange.ToAll, Declared: exchange.Mark{By: rq.me.ID, At: rq.now},
			}
			return exchange.Slot{State: exchange.HaveLink, Evidence: &v}, nil
		},
	}
}

func daySlot() slotForm {
	return slotForm{
		route: "pack.by", submit: "Save",
		fields: []chat.FormField{{Name: "by", Label: "By which day?", Hint: "For example 5 Feb 2027", Required: true, Max: maxDayText}},
		read: func(rq *request, l *leaving, _ exchange.Artefact) (exchange.Slot, error) {
			by, err := calendar.ParseDay(chat.CleanLine(l.values["by"]), rq.today())
			return exchange.Slot{State: exchange.WillCome, By: by}, err
		},
	}
}

func whySlot() slotForm {
	return slotForm{
		route: "pack.why", submit: "Save",
		fields: []chat.FormField{{Name: "why", Label: "Why is it held back?", Hint: "A few words; any reason is a good one", Required: true, Max: exchange.MaxWhy}},
		read: func(_ *request, l *leaving, _ exchange.Artefact) (exchange.Slot, error) {
			return exchange.Slot{State: exchange.HeldBack, Holding: exchange.ForOther, Why: chat.CleanLine(l.values["why"])}, nil
		},
	}
}

func noSlot() slotForm {
	return slotForm{
		route: "pack.none", submit: "Save",
		fields: []chat.FormField{{Name: "why", Label: "Why does it not apply?", Hint: "A few words", Required: true, Max: exchange.MaxWhy}},
		read: func(_ *request, l *leaving, _ exchange.Artefact) (exchange.Slot, error) {
			return exchange.Slot{State: exchange.NoneApplies, Why: chat.CleanLine(l.values["why"])}, nil
		},
	}
}
