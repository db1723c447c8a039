package bot

import (
	"fmt"
	"slices"
	"time"

	"interlab/bot/chat"
	"interlab/calendar"
)

func timeRoutes() []route {
	return []route{
		{name: "match.slot", show: chat.ShowInPlace, changes: true, do: (*request).pickTime, subject: KindMatch},
		{name: "match.times", show: chat.ShowInPlace, changes: true, do: (*request).otherTimes, subject: KindMatch},
		{name: "match.off", show: chat.ShowInPlace, changes: true, do: (*request).callOff, subject: KindMatch},
	}
}

const (
	timesAtOnce = 3                   // times offered at once
	timesFrom   = 24 * time.Hour      // the first from now on
	timesWithin = 14 * 24 * time.Hour // the last
	maxRounds   = 5                   // handfuls of times before two people had better write to each other

	timesSearched = 200              // candidates to choose those from
	dayApart      = 16 * time.Hour   // two times of one handful are at least so far apart,
	hoursApart    = 90 * time.Minute // and their times of day too
	noonStart     = 12 * 60          // in minutes of the day: when people eat
	noonEnd       = 13 * 60
)

// commonTimes are times that suit both. Where their hours have no room for it, early
// and late ones are taken, for that is better than none; the card says so.
func (a *App) commonTimes(m *Match, one, two *Person, after time.Time) []time.Time {
	q := calendar.SlotQuery{
		From: after.Add(timesFrom), To: after.Add(timesFrom + timesWithin), Length: m.Purpose.length(),
		Attendees: []calendar.Attendee{one.attendee(), two.attendee()}, Limit: timesSearched,
	}
	slots := a.zones.CommonSlots(q)
	if len(slots) == 0 {
		for i := range q.Attendees {
			q.Attendees[i].Hours = stretched
		}
		slots = a.zones.CommonSlots(q)
	}
	starts := []time.Time{}
	slots = slices.DeleteFunc(slots, func(s calendar.Slot) bool {
		return m.offered(s.Start) || a.awayAt(one, s.Start) || a.awayAt(two, s.Start)
	})
	slices.SortStableFunc(slots, func(x, y calendar.Slot) int { // soon days first; within a day the most civil stays first
		return a.zones.Today(x.Start, one.zone()).Compare(a.zones.Today(y.Start, one.zone()))
	})
	for _, suits := range []func(time.Time) bool{
		func(at time.Time) bool { return apartFrom(starts, at) && !a.atNoon(at, q) },
		func(at time.Time) bool { return apartFrom(starts, at) },
		func(at time.Time) bool { return !slices.ContainsFunc(starts, at.Equal) },
	} {
		for _, slot := range slots {
			if len(starts) < timesAtOnce && suits(slot.Start) {
				starts = append(starts, slot.Start)
			}
		}
	}
	slices.SortFunc(starts, time.Time.Compare)
	return starts
}

// apartFrom reports whether a time lies on another day and at another time of
// day than those chosen: who cannot make one of them can often make the next.
func apartFrom(chosen []time.Time, at time.Time) bool {
	return !slices.ContainsFunc(chosen, func(other time.Time) bool {
		between := at.Sub(other).Abs()
		return between < dayApart || (between+hoursApart)%(24*time.Hour) < 2*hoursApart
	})
}

// atNoon reports whether a time would take somebody's lunch.
func (a *App) atNoon(at time.Time, q calendar.SlotQuery) bool {
	return slices.ContainsFunc(q.Attendees, func(who calendar.Attendee) bool {
		start := a.zones.WallAt(at, who.Zone).Clock
		minute := start.Hour()*60 + start.Minute()
		return minute < noonEnd && minute+int(q.Length.Minutes()) > noonStart
	})
}

// stretched are the hours in which two people can be awake who share no
// working hour.
var stretched = func() calendar.Hours {
	hours, err := calendar.ParseHours("Mon-Fri 07:00-22:00")
	if err != nil {
		panic(err) // a constant that does not parse is a fault of this file
	}
	return hours
}()

// offered reports whether a time was offered before.
func (m *Match) offered(at time.Time) bool {
	return m.Offer != nil && slices.ContainsFunc(m.Offer.Past, at.Equal)
}

// introduced is the match that the control names, for one of the two who were
// introduced, with the other one.
func (rq *request) introduced() (*Match, *Person, error) {
	m, err := rq.match()
	if err != nil {
		return nil, nil, err
	}
	if err := rq.may(Settle, m.object(m.Asker, m.Asked), "This is between two other people. Nothing has changed."); err != nil {
		return nil, nil, err
	}
	if m.State != Introduced {
		return nil, nil, denied("This has ended, so nothing was changed. Type match list to see what is open.")
	}
	if err := rq.along([]string{m.other(rq.me.ID)}); err != nil {
		return nil, nil, err
	}
	other, err := load[*Person](rq.tx, KindPerson, m.other(rq.me.ID))
	if err != nil {
		return nil, nil, err
	}
	return m, other, nil
}

// pickTime notes a time that the person can make. When both have picked the
// same one it is agreed.
func (rq *request) pickTime() (chat.Message, error) {
	m, other, err := rq.introduced()
	if err != nil {
		return chat.Message{}, err
	}
	_, place := rq.control()
	if len(place) != 2 || m.Offer == nil || place[0] != m.Offer.Round || m.Meeting != nil {
		return rq.app.introCard(rq.tx, m, rq.me, other) // an older card: show how things stand
	}
	n := place[1]
	if n < 0 || n >= len(m.Offer.Starts) {
		return chat.Message{}, denied("That time was not offered. Pick one of the times on the card.")
	}
	if !m.Offer.Starts[n].After(rq.now) {
		return chat.Message{}, denied("That time has passed. Press “Other times” for new ones.")
	}
	if slices.Contains(m.Offer.Picks[rq.me.ID], n) {
		return rq.app.introCard(rq.tx, m, rq.me, other)
	}
	notice := noticePick
	if m.pick(rq.me.ID, n) {
		asker := rq.me
		if m.Asker == other.ID {
			asker = other
		}
		m.agree(n, rq.app.zones.WallAt(m.Offer.Starts[n], asker.zone()), rq.now)
		m.Meeting.Rules = rq.app.zones.Version()
		notice = noticeAgreed
	}
	rq.tx.put(m)
	rq.app.tell(rq.tx, other, Delivery{Notice: notice, Subject: m.Ref()})
	return rq.app.introCard(rq.tx, m, rq.me, other)
}

// otherTimes offers new times to both.
func (rq *request) otherTimes() (chat.Message, error) {
	m, other, err := rq.introduced()
	if err != nil {
		return chat.Message{}, err
	}
	if m.Meeting != nil {
		return rq.app.introCard(rq.tx, m, rq.me, other)
	}
	if m.Offer != nil && m.Offer.Round >= maxRounds {
		return chat.Message{}, denied("That makes %d handfuls of times. It is quicker now to write to %s directly: %s", maxRounds, firstName(other.Name), m.Contacts[other.ID])
	}
	m.offer(rq.app.commonTimes(m, rq.me, other, rq.now))
	rq.tx.put(m)
	rq.app.tell(rq.tx, other, Delivery{Notice: noticeTimes, Subject: m.Ref()})
	return rq.app.introCard(rq.tx, m, rq.me, other)
}

// callOff takes an agreed time back and tells the other one.
func (rq *request) callOff() (chat.Message, error) {
	m, other, err := rq.introduced()
	if err != nil {
		return chat.Message{}, err
	}
	_, round := rq.control()
	if m.Meeting == nil || len(round) != 1 || round[0] != m.Meeting.Round {
		return rq.app.introCard(rq.tx, m, rq.me, other)
	}
	if !m.Meeting.Start.After(rq.now) {
		return chat.Message{}, denied("It has begun already, so it cannot be called off here. Write to %s: %s", firstName(other.Name), m.Contacts[other.ID])
	}
	m.Meeting, m.Since = nil, rq.now
	m.offer(rq.app.commonTimes(m, rq.me, other, rq.now))
	rq.tx.put(m)
	rq.app.tell(rq.tx, other, Delivery{Notice: noticeOff, Subject: m.Ref()})
	return rq.app.introCard(rq.tx, m, rq.me, other)
}

// introCard is how an introduction stands, for one of the two: how to reach the
// other one, and the agreed time or those that are offered.
func (a *App) introCard(tx *Tx, m *Match, to, other *Person) (chat.Message, error) {
	lab, err := a.lab(tx, other.Lab)
	if err != nil {
		return chat.Message{}, err
	}
	card := chat.Message{
		Title: "Meet " + other.Name + " of " + lab,
		Body: []chat.Text{
			chat.T("You are introduced ", m.Purpose.phrase(), ": ", chat.Strong(clip(m.Topic, 300)), ". You can write to ", other.mention(), ": ", chat.Code(m.Contacts[other.ID])),
		},
	}
	if m.Round != "" {
		a.addPaired(&card, m, to, other, tx.now)
	}
	decline := card.Rows
	if m.Meeting != nil {
		a.addMeeting(&card, m, to, other)
	} else {
		a.addTimes(&card, m, to, other)
	}
	card.Rows = append(append(card.Rows, decline...), chat.NewRow(planButton(m)))
	return card, nil
}

// addMeeting shows the agreed time.
func (a *App) addMeeting(card *chat.Message, m *Match, to, other *Person) {
	card.Title = "Agreed with " + other.Name
	card.Body = append(card.Body, chat.T("You meet on ", a.when(m.Meeting.Start, to), fmt.Sprintf(", for %d minutes. ", int(m.Meeting.Length.Minutes())),
		"For ", firstName(other.Name), " that is ", a.zones.FormatFull(m.Meeting.Start, other.zone()), "."))
	card.Note = chat.T("I remind you both a day and a quarter of an hour before.")
	card.Rows = []chat.Row{chat.NewRow(chat.Button{Label: "Call it off", Ref: chat.Ref{Route: "match.off", ID: joinID(m.ID, m.Meeting.Round)}, Tone: chat.Danger})}
}

// addTimes shows the times on offer and who can make which.
func (a *App) addTimes(card *chat.Message, m *Match, to, other *Person) {
	if m.Offer == nil || len(m.Offer.Starts) == 0 {
		card.Body = append(card.Body, chat.T("I found no time in the next two weeks that suits you both, so please agree on one directly."))
		return
	}
	intro := "Here are times that suit you both. Press every one you can make; what you both press is agreed."
	if first := m.Offer.Starts[0]; !a.atWork(to, first, m) || !a.atWork(other, first, m) {
		intro = "Your working hours leave no common time for it, so these times are early or late for one of you. Press every one you can make; what you both press is agreed."
	}
	card.Body = append(card.Body, chat.T(intro))
	card.Body = append(card.Body, a.picked(m, to.ID, "You can make ", to)...)
	card.Body = append(card.Body, a.picked(m, other.ID, firstName(other.Name)+" can make ", to)...)
	var buttons []chat.Button
	for n, start := range m.Offer.Starts {
		buttons = append(buttons, chat.Button{Label: a.zones.FormatShort(start, to.zone()), Ref: chat.Ref{Route: "match.slot", ID: joinID(m.ID, m.Offer.Round, n)}, Tone: tone(m, other.ID, n)})
	}
	buttons = append(buttons, chat.Button{Label: "Other times", Ref: chat.Ref{Route: "match.times", ID: m.ID}})
	card.Rows = []chat.Row{chat.NewRow(buttons...)}
}

// atWork reports whether the meeting would begin and end in somebody's hours.
func (a *App) atWork(p *Person, at time.Time, m *Match) bool {
	last := at.Add(m.Purpose.length() - time.Minute)
	return p.hours().Contains(a.zones.WallAt(at, p.zone())) && p.hours().Contains(a.zones.WallAt(last, p.zone()))
}

// tone marks a time that the other one has picked: one press agrees on it.
func tone(m *Match, other string, n int) chat.Tone {
	if slices.Contains(m.Offer.Picks[other], n) {
		return chat.Main
	}
	return chat.Plain
}

// picked says which times somebody can make, in the reader's zone.
func (a *App) picked(m *Match, who, says string, to *Person) []chat.Text {
	var times []string
	for _, n := range m.Offer.Picks[who] {
		times = append(times, a.zones.FormatShort(m.Offer.Starts[n], to.zone()))
	}
	if len(times) == 0 {
		return nil
	}
	return []chat.Text{chat.T(says, sentenceList(times), ".")}
}
