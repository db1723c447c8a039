package bot

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"time"

	"interlab/bot/chat"
	"interlab/matching/residency"
)

func placementRoutes() []route {
	return []route{
		{name: "residency.run", show: chat.ShowPrivate, changes: true, do: (*request).runPlacement},
		{name: "residency.again", show: chat.ShowInPlace, changes: true, do: (*request).placeAgain, subject: KindPlacement},
		{name: "residency.settle", show: chat.ShowInPlace, changes: true, do: (*request).publishPlacement, subject: KindPlacement},
	}
}

// mayPlace refuses whoever does not organise.
func (rq *request) mayPlace() error {
	return rq.may(Settle, Object{Kind: KindPlacement}, "Only organisers run the placement. It runs after the labs have ranked; residency results then shows what became of your applications.")
}

// runPlacement begins a placement of all openings that were ranked, or shows the
// one that somebody has begun.
func (rq *request) runPlacement() (chat.Message, error) {
	if err := rq.mayPlace(); err != nil {
		return chat.Message{}, err
	}
	p, err := owner[*Placement](rq.tx, placementOpen)
	if err == nil {
		return rq.app.placementCard(p, rq.me), nil
	}
	if !errors.Is(err, errNotFound) {
		return chat.Message{}, err
	}
	ready, err := listAll[*Opening](rq.tx, openingsIn+string(OpeningReady))
	if err != nil {
		return chat.Message{}, err
	}
	if len(ready) == 0 {
		return chat.Message{}, rq.nothingReady()
	}
	id, err := rq.app.ids.id()
	if err != nil {
		return chat.Message{}, err
	}
	p = &Placement{ID: id, By: rq.me.ID, At: rq.now, Seed: lotterySeed(id)}
	p.begin(ready)
	rq.tx.put(p, rq.me)
	m := chat.Message{
		Title: "I work the placement out",
		Body:  []chat.Text{chat.T("It takes in ", counted(len(ready), "opening", "openings"), " whose ranking is over. I write to you as soon as I have the numbers; nobody else hears of it before you publish it.")},
		Note:  chat.T("The lottery among equals is drawn: its seed is ", chat.Code(fmt.Sprintf("%016x", p.Seed)), ", and it stays the same however often this is worked out."),
	}
	if later, err := rq.stillOpen(); err != nil || later != "" {
		m.Body = append(m.Body, chat.T(later))
		return m, err
	}
	return m, nil
}

// begin has a placement read from its beginning.
func (p *Placement) begin(ready []*Opening) {
	p.Openings = nil
	for _, o := range ready {
		p.Openings = append(p.Openings, o.ID)
	}
	slices.Sort(p.Openings)
	p.Edition++
	p.Stale = false
	p.turn(PlacementReading)
}

// lotterySeed draws the lottery from a placement's id, which is random and was never
// seen before.
func lotterySeed(id string) uint64 {
	sum := sha256.Sum256([]byte("lottery\n" + id))
	return binary.BigEndian.Uint64(sum[:])
}

// lotOf is what somebody draws in the lottery of a placement. The key stands for
// the person, so that the placement can be worked out again whoever they become.
func lotOf(run string, seed uint64, person string) Lot {
	sum := sha256.Sum256([]byte(run + "\n" + person))
	key := idText.EncodeToString(sum[:idBytes])
	return Lot{Run: run, Key: key, Level: -1, Ticket: residency.Ticket(seed, key)}
}

// nothingReady says when there will be something to place.
func (rq *request) nothingReady() error {
	var soonest time.Time
	for _, state := range []OpeningState{OpeningTaking, OpeningRanking} {
		next, _, err := page[*Opening](rq.tx, Page{Index: openingsIn + string(state), Limit: 1})
		if err != nil {
			return err
		}
		if len(next) > 0 && (soonest.IsZero() || next[0].rankBy().Before(soonest)) {
			soonest = next[0].rankBy()
		}
	}
	if soonest.IsZero() {
		return denied("There is nothing to place: no lab offers a residency, or all of them are placed. residency results shows what became of them.")
	}
	return denied("There is nothing to place yet: the first ranking is over on %s. Run the placement then.", rq.app.when(soonest, rq.me).Fallback)
}

// stillOpen says what a placement does not take in; "" if it takes in all.
func (rq *request) stillOpen() (string, error) {
	n := 0
	for _, state := range []OpeningState{OpeningTaking, OpeningRanking} {
		some, err := listAll[*Opening](rq.tx, openingsIn+string(state))
		if err != nil {
			return "", err
		}
		n += len(some)
	}
	if n == 0 {
		return "", nil
	}
	return counted(n, "opening still takes", "openings still take") + " applications or rankings and stays for the next placement.", nil
}

// placementCard is a placement for an organiser.
func (a *App) placementCard(p *Placement, to *Person) chat.Message {
	n := p.Numbers
	m := chat.Message{
		Title: fmt.Sprintf("Placement: %d of %s", n.Placed, counted(n.Applicants, "applicant gets a place", "applicants get a place")),
		Fields: []chat.Field{
			{Name: "Openings", Value: chat.T(fmt.Sprintf("%d, with %s", len(p.Openings), counted(n.Places, "place", "places")))},
			{Name: "First choices", Value: chat.T(fmt.Sprintf("%d of %d placed", n.First, n.Placed))},
			{Name: "Places left", Value: chat.T(fmt.Sprint(n.Left))},
			{Name: "Decided by lot", Value: chat.T(counted(n.Drawn, "answer", "answers"))},
			{Name: "Labs that ranked nobody", Value: chat.T(counted(n.Defaults, "opening goes", "openings go"), " by the topics in common")},
			{Name: "Lottery", Value: chat.T("seed ", chat.Code(fmt.Sprintf("%016x", p.Seed)))},
		},
	}
	again := chat.Button{Label: "Work it out again", Ref: chat.Ref{Route: "residency.again", ID: joinID(p.ID, p.Edition)}}
	switch {
	case p.Step == PlacementDone:
		m.Title = "Published. " + m.Title
		m.Note = chat.T("Worked out on ", a.day(p.At, to), " and told to everybody concerned.")
	case p.Step != PlacementPreview:
		m.Fields = m.Fields[5:]
		m.Title = "The placement is being worked out"
		m.Body = []chat.Text{chat.T("I write to whoever began it as soon as I have the numbers.")}
		if p.Step == PlacementRecording || p.Step == PlacementOpening || p.Step == PlacementTelling || p.Step == PlacementLeads {
			m.Title, m.Body = "The placement is being published", []chat.Text{chat.T("The results are recorded first and then told to everybody concerned.")}
		}
	case p.Stale:
		m.Note = chat.T("Something was withdrawn since, so these numbers no longer hold. Work it out again; the lottery stays as it is.")
		again.Tone = chat.Main
		m.Rows = []chat.Row{chat.NewRow(again)}
	default:
		m.Body = []chat.Text{chat.T("No applicant and lab would both rather have each other than what they get here; I have checked it. Nobody has heard of it yet.")}
		m.Rows = []chat.Row{chat.NewRow(chat.Button{Label: publishLabel(n), Ref: chat.Ref{Route: "residency.settle", ID: joinID(p.ID, p.Edition)}, Tone: chat.Main}, again)}
		m.Note = chat.T("Publishing records the results first and then tells them. It cannot be taken back.")
	}
	return m
}

// publishLabel names exactly how many are told.
func publishLabel(n Numbers) string {
	return "Publish and tell " + counted(n.Applicants, "applicant", "applicants") + " and " + counted(n.Labs, "lab", "labs")
}

// placement is the one of a control, with the edition that the control was made for.
func (rq *request) placement() (*Placement, int, error) {
	if err := rq.mayPlace(); err != nil {
		return nil, 0, err
	}
	id, numbers := rq.control()
	p, err := load[*Placement](rq.tx, KindPlacement, id)
	if errors.Is(err, errNotFound) {
		return nil, 0, denied("This placement is no longer kept here. Type residency run to see how things stand.")
	}
	if err != nil || len(numbers) != 1 {
		return p, 0, err
	}
	return p, numbers[0], nil
}

// placeAgain works a placement out anew, with the same lottery.
func (rq *request) placeAgain() (chat.Message, error) {
	p, edition, err := rq.placement()
	if err != nil {
		return chat.Message{}, err
	}
	if p.Step != PlacementPreview || p.Edition != edition {
		return rq.app.placementCard(p, rq.me), nil
	}
	ready, err := listAll[*Opening](rq.tx, openingsIn+string(OpeningReady))
	if err != nil {
		return chat.Message{}, err
	}
	if len(ready) == 0 {
		rq.tx.remove(p.Ref())
		return chat.Message{Title: "Nothing is left to place", Body: []chat.Text{chat.T("All openings of this placement were withdrawn, so it has ended.")}}, nil
	}
	p.By, p.At = rq.me.ID, rq.now
	p.begin(ready)
	rq.tx.put(p)
	return rq.app.placementCard(p, rq.me), nil
}

// publishPlacement has the results recorded and then told.
func (rq *request) publishPlacement() (chat.Message, error) {
	p, edition, err := rq.placement()
	if err != nil {
		return chat.Message{}, err
	}
	if p.Step != PlacementPreview || p.Edition != edition || p.Stale {
		return rq.app.placementCard(p, rq.me), nil
	}
	p.turn(PlacementRecording)
	p.At = rq.now
	rq.tx.put(p)
	return chat.Message{
		Title: "Published",
		Body:  []chat.Text{chat.T("The results are recorded now, and then told: to ", counted(p.Numbers.Applicants, "applicant", "applicants"), " and to the leads of ", counted(p.Numbers.Labs, "lab", "labs"), ".")},
		Note:  chat.T("Whoever has a place accepts or declines within a week. What falls free goes to the next by the same rule. ", chat.Code("residency results"), " shows how it goes."),
	}, nil
}
