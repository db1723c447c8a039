package bot

import (
	"slices"

	"interlab/bot/chat"
)

// partsAsked and a series' id list its talks that wait for an organiser.
const partsAsked = "colloquium.asked/"

// askedParts are the talks of a proposed series, for changing, soonest first:
// they are approved or sent back in one step.
func (a *App) askedParts(tx *Tx, series string) ([]*Colloquium, error) {
	listed, err := listAll[*Colloquium](tx, partsAsked+series)
	if err != nil {
		return nil, err
	}
	var parts []*Colloquium
	for _, l := range listed {
		c, err := load[*Colloquium](tx, KindColloquium, l.ID)
		if err != nil {
			return nil, err
		}
		parts = append(parts, c)
	}
	slices.SortFunc(parts, soonest)
	return parts, nil
}

// askedWith are the talks that are decided about together with one: those of its
// series that wait, or it alone.
func (a *App) askedWith(tx *Tx, c *Colloquium) ([]*Colloquium, error) {
	if c.Part == nil {
		return []*Colloquium{c}, nil
	}
	return a.askedParts(tx, c.Part.Series)
}

// releasePart announces a talk of a series, so that it is posted in its own time.
func (a *App) releasePart(tx *Tx, c *Colloquium) error {
	if err := a.release(tx, c); err != nil {
		return err
	}
	if at := c.Start.Add(-seriesEarly); c.Part != nil && at.After(tx.now) {
		for i := range c.Fans {
			c.Fans[i].At = at
		}
	}
	tx.put(c)
	return nil
}

// refuseAll ends talks that were never announced, and tells whoever proposed them
// once.
func (a *App) refuseAll(tx *Tx, parts []*Colloquium, reason string) error {
	for i, c := range parts {
		tx.put(c)
		if i == 0 {
			if err := a.refuse(tx, c, reason); err != nil {
				return err
			}
			continue
		}
		c.State, c.Reason, c.Declined, c.Changed = Cancelled, reason, true, tx.now
	}
	return nil
}

// askedDays lists the days of a proposed series for an organiser.
func (a *App) askedDays(tx *Tx, c *Colloquium, to *Person) (chat.Text, error) {
	parts, err := a.askedParts(tx, c.Part.Series)
	if err != nil {
		return nil, err
	}
	text := chat.T("It is a series, " + c.Part.Words + ", of " + counted(len(parts), "talk", "talks") + ": ")
	for i, part := range parts[:min(len(parts), maxDates)] {
		if i > 0 {
			text = append(text, chat.T("; ")...)
		}
		text = append(text, chat.T(a.zones.FormatShort(part.Start, readerZone(part, to)))...)
	}
	if n := len(parts) - maxDates; n > 0 {
		text = append(text, chat.T("; and "+counted(n, "more", "more"))...)
	}
	return text, nil
}

// proposedSeries asks the organisers about a series, once for all its talks.
func (rq *request) proposedSeries(first *Colloquium, talks int) (chat.Message, error) {
	return chat.Message{
		Title: "Not announced yet",
		Body: []chat.Text{chat.T(chat.Strong(first.Title), ", ", first.Part.Words, ": "+counted(talks, "talk is", "talks are")+
			" announced as soon as an organiser approves the series. I have asked; you hear from me.")},
		Rows: []chat.Row{chat.NewRow(chat.Button{Label: "Show the first talk", Ref: chat.Ref{Route: "colloquium.details", ID: first.ID}})},
		Note: chat.T("Until then nobody else sees it."),
	}, rq.app.tellOrganisers(rq.tx, Delivery{Notice: noticeApprove, Subject: first.Ref(), Until: first.Start})
}

// outOfTime ends a talk that nobody approved or confirmed before its time, with
// the rest of its series where that waits for an organiser.
func (a *App) outOfTime(tx *Tx, c *Colloquium) error {
	const reason = "Nobody approved or confirmed it before its time."
	if !c.Asking {
		return a.refuse(tx, c, reason)
	}
	parts, err := a.askedWith(tx, c)
	if err != nil {
		return err
	}
	return a.refuseAll(tx, parts, reason)
}
