package bot

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"interlab/bot/chat"
	"interlab/calendar"
)

func whenRoutes() []route {
	return []route{
		{name: "when", show: chat.ShowPrivate, do: (*request).whenIs},
		{name: "when.ask", show: chat.ShowForm, form: (*request).whenForm},
		{name: "when.ask.sent", show: chat.ShowPrivate, do: (*request).whenIs},
	}
}

func whenCommand() chat.Command {
	return chat.Command{
		Name: "when", Summary: "A time in every lab's zone", Route: "when", Blank: "when.ask",
		Example: `when text:"Tue 15:00 Berlin"`,
		Args:    []chat.Arg{{Name: "text", Summary: "a time, and where", Required: true}},
	}
}

const (
	zonesShown = 25 // zones on one card
	labsShown  = 8  // labs named in one zone
)

func (rq *request) whenForm() (chat.Form, error) {
	return chat.Form{
		Ref: chat.Ref{Route: "when.ask"}, Title: "When is that?", Submit: "Show",
		Fields: []chat.FormField{{Name: "text", Label: "A time", Hint: "Such as Tue 15:00 Berlin, or tomorrow 9am", Required: true, Max: 120}},
	}, nil
}

// whenIs shows a time in the zone of each lab, the reader's own first. A time
// that is over is shown too: people compare with minutes of a meeting.
func (rq *request) whenIs() (chat.Message, error) {
	moment, err := rq.app.zones.ParseMoment(chat.CleanLine(rq.args["text"]), rq.now, rq.me.zone())
	var r *calendar.Refusal
	over := errors.As(err, &r) && r.Reason == calendar.Past
	if err != nil && !over {
		return chat.Message{}, refusal(err)
	}
	zones, err := rq.labsByZone()
	if err != nil {
		return chat.Message{}, err
	}
	m := chat.Message{Title: rq.app.zones.FormatFull(moment.Instant, moment.Wall.Zone)}
	if over {
		m.Note = chat.T("This time is over.")
	} else if rq.me.Zone.IsZero() {
		m.Note = chat.T("I do not know where you are, so nothing is marked as yours: ", chat.Code("profile set zone:Paris"), " tells me.")
	}
	for _, z := range rq.inOrder(zones, moment.Instant) {
		m.Body = append(m.Body, rq.zoneLine(z, zones[z], moment.Instant))
	}
	if more := len(m.Body) - zonesShown; more > 0 {
		m.Body = append(m.Body[:zonesShown], chat.T(fmt.Sprintf("and %d more zones", more)))
	}
	return m, nil
}

// inOrder are the zones of labs and the reader's own, which comes first; the
// others follow from west to east.
func (rq *request) inOrder(zones map[calendar.Zone][]string, at time.Time) []calendar.Zone {
	var order []calendar.Zone
	for z := range zones {
		order = append(order, z)
	}
	if own := rq.me.Zone; !own.IsZero() && zones[own] == nil {
		order = append(order, own)
	}
	rank := func(z calendar.Zone) int {
		if z == rq.me.Zone {
			return 0
		}
		return 1
	}
	slices.SortFunc(order, func(a, b calendar.Zone) int {
		x, y := rq.app.zones.WallAt(at, a), rq.app.zones.WallAt(at, b)
		return cmp.Or(cmp.Compare(rank(a), rank(b)), x.Date.Compare(y.Date), x.Clock.Compare(y.Clock), strings.Compare(a.String(), b.String()))
	})
	return order
}

// zoneLine is a time in one zone, and whose zone that is.
func (rq *request) zoneLine(z calendar.Zone, labs []string, at time.Time) chat.Text {
	whose := slices.Clone(labs[:min(len(labs), labsShown)])
	if more := len(labs) - labsShown; more > 0 {
		whose = append(whose, counted(more, "other lab", "other labs"))
	}
	if z == rq.me.Zone {
		whose = append([]string{"you"}, whose...)
	}
	return chat.T(chat.Strong(rq.app.zones.FormatFull(at, z)), ": ", sentenceList(whose))
}

// labsByZone are the names of labs by the zone of most of their people.
func (rq *request) labsByZone() (map[calendar.Zone][]string, error) {
	zones, err := rq.labZones()
	if err != nil {
		return nil, err
	}
	labs, err := allLabs(rq.tx)
	if err != nil {
		return nil, err
	}
	names := map[calendar.Zone][]string{}
	for _, lab := range labs {
		if z, ok := zones[lab.ID]; ok {
			names[z] = append(names[z], lab.Name)
		}
	}
	return names, nil
}
