package bot

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"interlab/bot/chat"
)

// What is told of a colloquium. Changes and reminders carry a number behind a
// dot: the sequence or timing that they are about, so that a later one takes
// the place of one that was not told yet.
const (
	noticeAnnounce  = "announce"
	noticeRefresh   = "refresh"
	noticeChanged   = "changed"
	noticeCancelled = "cancelled"
	noticeOffer     = "offer"
	noticeLapsed    = "lapsed"
)

// concernsState reports whether a notice is for people who stand so on the list.
func concernsState(notice string, state RsvpState) bool {
	switch baseName(notice) {
	case noticeDay:
		return state == Going || state == Unsure
	case noticeHour, noticeSoon, noticeMade:
		return state == Going
	}
	return state.listed()
}

// numberOf is the number behind a notice's name; -1 where there is none.
func numberOf(notice string) int {
	_, text, _ := strings.Cut(notice, ".")
	n, err := strconv.Atoi(text)
	if err != nil {
		return -1
	}
	return n
}

// renderTalk says one thing about a colloquium, in a place or to a person.
func (a *App) renderTalk(tx *Tx, d *Delivery, to *Person) (chat.Message, error) {
	c, err := load[*Colloquium](tx, KindColloquium, d.Subject.ID)
	if err != nil {
		return chat.Message{}, err
	}
	if to == nil {
		return a.renderTalkInPlace(tx, c, d)
	}
	if kind := baseName(d.Notice); kind == noticeLaw || kind == noticeHost {
		return a.hostNews(tx, c, d, to)
	}
	if baseName(d.Notice) == noticeSeries {
		return a.seriesNews(tx, c, d, to)
	}
	if say, ok := staffNotices[baseName(d.Notice)]; ok {
		return say(a, tx, c, to)
	}
	if baseName(d.Notice) == noticeMade {
		return madeNews(c, d.Notice) // whoever came, on the list or not
	}
	r, err := owner[*Rsvp](tx, rsvpPair(c.ID, to.ID))
	if err != nil && !errors.Is(err, errNotFound) {
		return chat.Message{}, err
	}
	if reminds(d.Notice) && (err != nil || !concernsState(d.Notice, r.State)) {
		return a.remindSpeaker(tx, c, to, d.Notice)
	}
	if err != nil {
		return chat.Message{}, errMoot
	}
	if !holdsFor(c, r, d.Notice) {
		return chat.Message{}, errMoot
	}
	switch baseName(d.Notice) {
	case noticeChanged:
		return a.changedNews(c, r, to, tx.now), nil
	case noticeCancelled:
		return a.cancelledNews(c, to, tx.now), nil
	case noticeDay, noticeHour, noticeSoon:
		return a.remindTalk(tx, c, r, to, baseName(d.Notice))
	case noticeOffer:
		return a.offerNews(c, r, to), nil
	case noticeLapsed:
		return a.lapsedNews(c), nil
	}
	return chat.Message{}, unknownNotice(d)
}

// holdsFor reports whether a notice is still true for somebody on the list.
func holdsFor(c *Colloquium, r *Rsvp, notice string) bool {
	switch baseName(notice) {
	case noticeChanged:
		return c.State == Announced && c.Sequence == numberOf(notice) && r.State.listed()
	case noticeCancelled:
		return c.State == Cancelled && r.State.listed()
	case noticeDay, noticeHour, noticeSoon:
		return c.State == Announced && c.Timing == numberOf(notice) && concernsState(notice, r.State)
	case noticeOffer:
		return c.State == Announced && r.State == Offered
	case noticeLapsed:
		return c.State == Announced && !r.State.listed()
	}
	return true
}

// renderTalkInPlace is what is posted, edited or said below in a channel.
func (a *App) renderTalkInPlace(tx *Tx, c *Colloquium, d *Delivery) (chat.Message, error) {
	switch baseName(d.Notice) {
	case noticeAnnounce, noticeRefresh:
		return a.announcement(tx, c)
	case noticeMade:
		return madeNews(c, d.Notice)
	case noticeUnheard:
		return a.unheardNews(tx, c, d)
	case noticeSchedule:
		return chat.Message{}, nil // a calendar shows no card
	case noticeChanged:
		if c.State != Announced || c.Sequence != numberOf(d.Notice) {
			return chat.Message{}, errMoot
		}
		m := a.changedNews(c, nil, nil, tx.now)
		m.Attachments, m.Rows = nil, nil
		return m, nil
	case noticeCancelled:
		m := a.cancelledNews(c, nil, tx.now)
		m.Attachments = nil
		return m, nil
	}
	return chat.Message{}, unknownNotice(d)
}

// recently is how long a change says, too, that the talk was moved: whoever was
// away may hear of both at once.
const recently = 3 * 24 * time.Hour

// changedNews says how a talk stands after a change of time or place. It says
// all of it: an earlier change may not have been told.
func (a *App) changedNews(c *Colloquium, r *Rsvp, to *Person, now time.Time) chat.Message {
	v := viewerOf(c, r, to)
	m := chat.Message{
		Title: "Changed: " + c.Title,
		Body: []chat.Text{
			chat.T("It takes place on ", a.talkWhen(c, to), fmt.Sprintf(", for %d minutes.", minutes(c))),
			chat.T("Where: ", placeLinks(c, v, now)),
		},
		Attachments: a.talkFile(c, v, now),
		Rows:        []chat.Row{chat.NewRow(chat.Button{Label: "I cannot come", Ref: chat.Ref{Route: "colloquium.stay", ID: c.ID}})},
	}
	switch c.Sequence {
	case c.Moved:
		m.Title = "Moved: " + c.Title
	case c.Swapped:
		m.Title = "New speaker: " + c.Title
	}
	if c.Swapped > 0 {
		m.Body = append(m.Body, chat.T("Speaker: ", c.Speaker))
	}
	if c.Law == c.Sequence && c.Law > 0 {
		m.Body = slices.Insert(m.Body, 1, a.lawReason(c))
	} else if !c.Before.IsZero() && now.Before(c.Timed.Add(recently)) {
		m.Body[0] = append(m.Body[0], chat.T(" It was to be on ", a.talkBefore(c, to), ".")...)
	}
	if r == nil {
		m.Note = chat.T("Everybody on the list hears of it from me directly.")
		return m
	}
	switch r.State {
	case Waiting:
		m.Note = chat.T("You are still on the waitlist. The file replaces the one you may have in your calendar.")
	case Offered:
		m.Note = chat.T("A seat is kept for you until ", a.zones.FormatFull(r.Until, readerZone(c, to)), ".")
		m.Rows = []chat.Row{chat.NewRow(offerButtons(c)...)}
	case Unsure:
		m.Note = chat.T("You said that you may come. The file replaces the one you may have in your calendar.")
	case Going, Left, Absent:
		m.Note = chat.T("You are still on the list. The file replaces the one you may have in your calendar.")
	}
	return m
}

func (a *App) cancelledNews(c *Colloquium, to *Person, now time.Time) chat.Message {
	return chat.Message{
		Title:       "Cancelled: " + c.Title,
		Body:        []chat.Text{chat.T("The talk on ", a.talkWhen(c, to), " does not take place. The reason given: ", c.Reason)},
		Attachments: a.talkFile(c, viewer{}, now),
	}
}

func (a *App) offerNews(c *Colloquium, r *Rsvp, to *Person) chat.Message {
	until := chat.When{At: r.Until, Fallback: a.zones.FormatFull(r.Until, readerZone(c, to))}
	return chat.Message{
		Title: "A seat is free for you: " + c.Title,
		Body: []chat.Text{
			chat.T("It is on ", a.talkWhen(c, to), fmt.Sprintf(", for %d minutes. The seat is kept for you until ", minutes(c)), until, "."),
		},
		Note: chat.T("If you say nothing, it goes to whoever is next."),
		Rows: []chat.Row{chat.NewRow(offerButtons(c)...)},
	}
}

func (a *App) lapsedNews(c *Colloquium) chat.Message {
	return chat.Message{
		Title: "The seat was passed on: " + c.Title,
		Body:  []chat.Text{chat.T("I heard nothing from you in time, so you are no longer on the list. If you would still like to come, press below; you get a seat if one is free, or a place on the waitlist.")},
		Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "I will come", Ref: chat.Ref{Route: "colloquium.come", ID: c.ID}})},
	}
}
