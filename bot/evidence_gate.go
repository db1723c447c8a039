package bot

import (
	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// noReason stands in a form for evidence that is open.
const noReason = "none"

// opennessLabel says who can get something.
func opennessLabel(o exchange.Openness) string {
	return map[exchange.Openness]string{
		exchange.ToAll: "anybody", exchange.Gated: "whoever signs in or asks for it", exchange.Embargoed: "anybody, from a day on",
		exchange.Internal: "the two labs", exchange.Withheld: "nobody outside one lab",
	}[o]
}

// holdingLabel says why something is not open.
func holdingLabel(h exchange.Holding) string {
	return map[exchange.Holding]string{
		exchange.ForSafety: "a safety review", exchange.ForThirdParty: "data of others", exchange.ForPrivacy: "data about people",
		exchange.ForContract: "a contract or intellectual property", exchange.ForReview: "a double-blind review", exchange.ForCost: "what it costs to share",
		exchange.ForOther: "another reason",
	}[h]
}

func opennesses() []exchange.Openness {
	return []exchange.Openness{exchange.ToAll, exchange.Gated, exchange.Embargoed, exchange.Internal, exchange.Withheld}
}

// gateForm asks who can get a piece, and why not others.
func (rq *request) gateForm() (chat.Form, error) {
	form := chat.Form{
		Ref: chat.Ref{Route: "evidence.gate", ID: controlRef(rq.event).ID}, Title: "Who can get it?", Submit: "Save",
		Fields: []chat.FormField{
			{Name: "openness", Label: "Who can get it?", Required: true, Value: string(exchange.ToAll), Options: options(opennesses(), opennessLabel)},
			{
				Name: "holding", Label: "If not anybody: why?", Required: true, Value: noReason,
				Options: append([]chat.Option{{Label: "It is open", Value: noReason}}, options(exchange.Holdings(), holdingLabel)...),
			},
			{Name: "why", Label: "The same in a few words", Hint: "Needed for another reason; else as you like", Max: exchange.MaxWhy},
			{Name: "until", Label: "From which day on is it open?", Hint: "For what opens later; 18 months ahead at most", Max: maxDayText},
			{Name: "published", Label: "On which day was it published?", Hint: "Left empty, the day on which you added it counts", Max: maxDayText},
		},
	}
	l, err := rq.leaving(Settle)
	if err != nil {
		return form, err
	}
	values := map[string]string{}
	if p, err := l.piece(); err == nil {
		values = gateValues(p.Evidence)
	}
	if l.draft != nil {
		values = l.draft.Values
	}
	return form.Fill(values), nil
}

// gateValues are what stands in the form of a piece.
func gateValues(v exchange.Evidence) map[string]string {
	values := map[string]string{"openness": string(v.Openness), "holding": string(v.Holding), "why": v.Why}
	if v.Holding == "" {
		values["holding"] = noReason
	}
	for name, day := range map[string]calendar.Date{"until": v.Until, "published": v.Published} {
		if !day.IsZero() {
			values[name] = day.String()
		}
	}
	return values
}

// readGate reads the form. Evidence that is open has no reason and no day.
func (rq *request) readGate(v exchange.Evidence, values map[string]string) (exchange.Evidence, error) {
	v.Openness, v.Holding, v.Why, v.Until = exchange.Openness(values["openness"]), exchange.Holding(values["holding"]), chat.CleanLine(values["why"]), calendar.Date{}
	if v.Holding == noReason {
		v.Holding = ""
	}
	var err error
	if v.Published, err = rq.dayOr(values["published"]); err != nil {
		return v, err
	}
	switch v.Openness {
	case exchange.ToAll:
		v.Holding, v.Why = "", ""
	case exchange.Embargoed:
		v.Until, err = rq.dayOr(values["until"])
	case exchange.Gated, exchange.Internal, exchange.Withheld:
	}
	return v, err
}

// gatePiece takes who can get a piece.
func (rq *request) gatePiece() (chat.Message, error) { return rq.declare("evidence.gate") }

// reachWords say who can get a piece.
func reachWords(v exchange.Evidence, today calendar.Date) string {
	if v.Openness == exchange.ToAll || v.Openness == exchange.Embargoed && v.Until.Compare(today) <= 0 {
		if v.Open(today) {
			return "Open: anybody may get and use it."
		}
		return "Anybody can get it. It does not count as open: that takes a link and an open licence."
	}
	words := "For " + opennessLabel(v.Openness)
	if v.Openness == exchange.Embargoed {
		words = "Open from " + calendar.FormatDay(v.Until) + " on"
	}
	return words + ", because of " + holdingWords(v.Holding, v.Why) + "."
}

// holdingWords are a reason, in the words of whoever gave it where there are any.
func holdingWords(h exchange.Holding, why string) string {
	switch {
	case h == exchange.ForOther:
		return "“" + why + "”"
	case why != "":
		return holdingLabel(h) + ": “" + why + "”"
	}
	return holdingLabel(h)
}
