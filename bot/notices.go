package bot

import (
	"errors"
	"fmt"

	"interlab/bot/chat"
)

// What deliveries say.
const (
	noticeAsk      = "ask"
	noticeAskAgain = "askagain"
	noticeIntro    = "intro"
	noticeNotNow   = "notnow"
	noticeSilence  = "silence"
	noticePick     = "pick"
	noticeTimes    = "times"
	noticeAgreed   = "agreed"
	noticeOff      = "off"
	noticeDay      = "day"
	noticeSoon     = "soon"
	noticeMet      = "met"
	noticeUnpaused = "unpaused"
	noticeRole     = "role"
	noticeBuried   = "buried"
	noticeLeft     = "left"
	noticeLinked   = "linked"
	noticeLaw      = "law"
)

// errMoot means that what a delivery was to say is no longer true.
var errMoot = errors.New("no longer true")

// renderers say what a delivery about a document of each kind says now. Nothing
// was decided when it was planned but that something must be said: whether it
// still holds is seen here, and errMoot drops it. to is nil for a place.
var renderers = map[Kind]func(a *App, tx *Tx, d *Delivery, to *Person) (chat.Message, error){
	KindMatch:  (*App).renderMatch,
	KindPerson: (*App).renderPerson,
	KindHome:   (*App).renderHome,

	KindExchange:   (*App).renderExchange,
	KindColloquium: (*App).renderTalk,
	KindPoll:       (*App).renderPoll,

	KindOpening:     (*App).renderOpening,
	KindApplication: (*App).renderApplication,
	KindPlacement:   (*App).renderPlacement,
	KindRound:       (*App).renderRound,
	KindRsvp:        (*App).renderRsvp,
	KindFollowing:   (*App).renderFollowing,
	KindQuestion:    (*App).renderQuestion,
	KindEvidence:    (*App).renderEvidence,

	KindLab:   (*App).renderLab,
	KindRules: (*App).renderRules,

	KindBulletin: (*App).renderBulletin,
	KindStory:    (*App).renderStory,
	KindFollowUp: (*App).renderFollowUp,
	KindWeekly:   (*App).renderWeekly,

	KindAppointment: (*App).renderAppointment,
}

func (a *App) render(tx *Tx, d *Delivery, to *Person) (chat.Message, error) {
	if d.Notice == noticeBuried {
		return chat.Message{
			Title: "Something could not be done",
			Body:  []chat.Text{chat.T("I gave up on a piece of work after several tries: ", chat.Code(d.Subject.String()), ". The operator's log says why.")},
		}, nil
	}
	renderer, ok := renderers[d.Subject.Kind]
	if !ok {
		return chat.Message{}, unknownNotice(d)
	}
	return renderer(a, tx, d, to)
}

func unknownNotice(d *Delivery) error {
	return fmt.Errorf("render delivery %s: unknown notice %q about %s", d.ID, d.Notice, d.Subject.Kind)
}

func (a *App) renderPerson(tx *Tx, d *Delivery, to *Person) (chat.Message, error) {
	switch d.Notice {
	case noticeForgotten:
		return a.sayGone(), nil
	case noticeUnpaused:
		if to.Paused.After(tx.now) {
			return chat.Message{}, errMoot
		}
		return chat.Message{Title: "Your pause has ended", Body: []chat.Text{chat.T("Others can find you again. To stay away longer, type ", chat.Code("profile pause until:\"in 2 weeks\""), ".")}}, nil
	case noticeLinked:
		return chat.Message{Title: "Another account is you now", Body: []chat.Text{chat.T("Your code was used, and another account was linked to yours. If that was not you, tell an organiser at once.")}}, nil
	case noticeQuiet:
		return a.quietCard(tx, to)
	case noticeRole:
		return chat.Message{Title: "Your role has changed", Body: []chat.Text{chat.T("In this network you are now: ", roleNames(to.Roles), ".")}}, nil
	}
	return chat.Message{}, unknownNotice(d)
}

// matchNotice says one thing about a match to one of the two.
type matchNotice struct {
	holds func(*Match) bool
	say   func(*App, *Tx, *Match, *Person, *Person) (chat.Message, error)
}

// matchNotices are keyed by Delivery.Notice.
var matchNotices = map[string]matchNotice{
	noticeAsk:      {isAsked, (*App).askCard},
	noticeAskAgain: {isAsked, (*App).askAgain},
	noticeIntro:    {isIntroduced, (*App).introNews},
	noticeNotNow:   {always, (*App).sayNotNow},
	noticeSilence:  {always, (*App).saySilence},
	noticePick:     {isUnsettled, (*App).introNews},
	noticeTimes:    {isUnsettled, (*App).newTimes},
	noticeOff:      {isUnsettled, (*App).offNews},
	noticeAgreed:   {isMeeting, (*App).introNews},
	noticeDay:      {isMeeting, (*App).remindDay},
	noticeSoon:     {isMeeting, (*App).remindSoon},
	noticeMet:      {isIntroduced, (*App).met},
	noticeLeft:     {always, (*App).sayLeft},
	noticeLaw:      {isMeeting, (*App).sayLaw},
	noticePaired:   {isIntroduced, (*App).pairNews},
	noticeDeclined: {always, (*App).declinedNews},
}

func always(*Match) bool         { return true }
func isAsked(m *Match) bool      { return m.State == Asked && !m.Refused }
func isIntroduced(m *Match) bool { return m.State == Introduced }
func isUnsettled(m *Match) bool  { return m.State == Introduced && m.Meeting == nil }
func isMeeting(m *Match) bool    { return m.State == Introduced && m.Meeting != nil }

func (a *App) renderMatch(tx *Tx, d *Delivery, to *Person) (chat.Message, error) {
	m, err := load[*Match](tx, KindMatch, d.Subject.ID)
	if err != nil {
		return chat.Message{}, err
	}
	notice, ok := matchNotices[d.Notice]
	if !ok {
		return chat.Message{}, unknownNotice(d)
	}
	if !notice.holds(m) || !m.concerns(to.ID) || d.Notice == noticeMet && !m.asksMet(to.ID) {
		return chat.Message{}, errMoot
	}
	other, err := a.counterpart(tx, m, m.other(to.ID))
	if err != nil {
		return chat.Message{}, err
	}
	return notice.say(a, tx, m, to, other)
}

func (a *App) askAgain(tx *Tx, m *Match, to, other *Person) (chat.Message, error) {
	card, err := a.askCard(tx, m, to, other)
	card.Title = "Still open: " + card.Title
	return card, err
}

// introNews is the introduction for the one who did not press the button.
func (a *App) introNews(tx *Tx, m *Match, to, other *Person) (chat.Message, error) {
	card, err := a.introCard(tx, m, to, other)
	if err != nil {
		return card, err
	}
	if m.Asker == to.ID && m.Meeting == nil && (m.Offer == nil || len(m.Offer.Picks) == 0) {
		card.Title = firstName(other.Name) + " said yes: meet " + other.Name
	} else if m.Meeting == nil && len(m.Offer.Picks[other.ID]) > 0 {
		card.Title = firstName(other.Name) + " has picked a time"
	}
	return card, nil
}

func (a *App) newTimes(tx *Tx, m *Match, to, other *Person) (chat.Message, error) {
	card, err := a.introCard(tx, m, to, other)
	card.Title = firstName(other.Name) + " asked for other times"
	return card, err
}

func (a *App) offNews(tx *Tx, m *Match, to, other *Person) (chat.Message, error) {
	card, err := a.introCard(tx, m, to, other)
	card.Title = firstName(other.Name) + " had to call it off"
	return card, err
}

func (a *App) sayNotNow(tx *Tx, m *Match, _, other *Person) (chat.Message, error) {
	name, lab, err := a.askedName(tx, m, other)
	if err != nil {
		return chat.Message{}, err
	}
	return chat.Message{
		Title: "Not now",
		Body:  []chat.Text{chat.T(name, " of ", lab, " read your ask about ", chat.Strong(clip(m.Topic, 120)), " and cannot at the moment. They asked me to tell you at once, and you may ask again in 30 days.")},
		Rows:  lookAgain(),
	}, nil
}

func (a *App) saySilence(tx *Tx, m *Match, _, other *Person) (chat.Message, error) {
	name, lab, err := a.askedName(tx, m, other)
	if err != nil {
		return chat.Message{}, err
	}
	return chat.Message{
		Title: "No answer came",
		Body:  []chat.Text{chat.T(name, " of ", lab, " did not answer your ask about ", chat.Strong(clip(m.Topic, 120)), " within 14 days, so it has ended. People are busy; it says nothing about you or your question.")},
		Rows:  lookAgain(),
	}, nil
}

func lookAgain() []chat.Row {
	return []chat.Row{chat.NewRow(chat.Button{Label: "Find somebody else", Ref: chat.Ref{Route: "match.new"}, Tone: chat.Main})}
}

// askedName is how the one who was asked is called to the asker before an
// introduction.
func (a *App) askedName(tx *Tx, _ *Match, asked *Person) (name, lab string, err error) {
	lab, err = a.shownLab(tx, asked, false)
	return asked.shownName(), lab, err
}

func (a *App) remindDay(tx *Tx, m *Match, to, other *Person) (chat.Message, error) {
	return a.remind(tx, a.zones.FormatShort(m.Meeting.Start, to.zone())+": you meet "+other.Name, m, to, other)
}

func (a *App) remindSoon(tx *Tx, m *Match, to, other *Person) (chat.Message, error) {
	return a.remind(tx, "In a quarter of an hour: you meet "+other.Name, m, to, other)
}

// remind is the reminder of an agreed meeting.
func (a *App) remind(tx *Tx, title string, m *Match, to, other *Person) (chat.Message, error) {
	if !m.Meeting.Start.After(tx.now) {
		return chat.Message{}, errMoot
	}
	return chat.Message{
		Title: title,
		Body: []chat.Text{
			chat.T("You meet on ", a.when(m.Meeting.Start, to), fmt.Sprintf(", for %d minutes: ", int(m.Meeting.Length.Minutes())), chat.Strong(clip(m.Topic, 200)), "."),
			chat.T("You can write to ", other.mention(), ": ", chat.Code(m.Contacts[other.ID])),
		},
		Rows: []chat.Row{chat.NewRow(chat.Button{Label: "Call it off", Ref: chat.Ref{Route: "match.off", ID: joinID(m.ID, m.Meeting.Round)}, Tone: chat.Danger})},
	}, nil
}

func (a *App) met(_ *Tx, m *Match, to, other *Person) (chat.Message, error) {
	return a.askMet(m, to, other), nil
}
