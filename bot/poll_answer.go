package bot

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"interlab/bot/chat"
	"interlab/calendar"
)

// What is told of a poll.
const (
	noticePoll   = "poll"
	noticePolled = "polled"
)

// pollVotes are the answers as controls carry them, by number.
var pollVotes = []calendar.Vote{calendar.VoteYes, calendar.VoteIfNeedBe, calendar.VoteNo} //nolint:gochecknoglobals // a table

// poll is the poll that the control names.
func (rq *request) poll() (*Poll, error) {
	id, _ := rq.control()
	p, err := load[*Poll](rq.tx, KindPoll, id)
	if errors.Is(err, errNotFound) {
		return nil, denied("This poll is no longer kept here, so nothing was done.")
	}
	return p, err
}

// answering is an open poll with the person's answer, nil where there is none.
func (rq *request) answering() (*Poll, *PollVote, error) {
	p, err := rq.poll()
	if err != nil {
		return nil, nil, err
	}
	if err := rq.may(Join, Object{Kind: KindPoll, Lab: p.Lab}, "You cannot answer polls here. Ask an organiser."); err != nil {
		return nil, nil, err
	}
	if p.State != PollOpen || !rq.now.Before(p.Closes) {
		return nil, nil, denied("This poll is closed, so it takes no answers any more. When a time is chosen, the talk is in colloquium list.")
	}
	v, err := owner[*PollVote](rq.tx, votePair(p.ID, rq.me.ID))
	if errors.Is(err, errNotFound) {
		return p, nil, nil
	}
	return p, v, err
}

// answerPoll begins with the first time that has no answer.
func (rq *request) answerPoll() (chat.Message, error) {
	p, v, err := rq.answering()
	if err != nil {
		return chat.Message{}, err
	}
	return rq.questionCard(p, v, v.next(p)), nil
}

// againPoll goes through the times from the first one.
func (rq *request) againPoll() (chat.Message, error) {
	p, v, err := rq.answering()
	if err != nil {
		return chat.Message{}, err
	}
	return rq.questionCard(p, v, 0), nil
}

// votePoll takes the answer about one time and goes on to the next.
func (rq *request) votePoll() (chat.Message, error) {
	p, v, err := rq.answering()
	if err != nil {
		return chat.Message{}, err
	}
	_, place := rq.control()
	if len(place) != 2 || place[0] < 0 || place[0] >= len(p.Times) || place[1] < 0 || place[1] >= len(pollVotes) {
		return chat.Message{}, denied("This poll has no such time. Nothing has changed.")
	}
	if v == nil {
		id, err := rq.app.ids.id()
		if err != nil {
			return chat.Message{}, err
		}
		v = &PollVote{ID: id, Poll: p.ID, Person: rq.me.ID, Votes: map[int]calendar.Vote{}}
	}
	v.Votes[place[0]], v.At = pollVotes[place[1]], rq.now
	p.touch(rq.now)
	rq.tx.put(v, p)
	if rq.fresh {
		rq.tx.put(rq.me)
	}
	next := place[0] + 1
	if next == len(p.Times) {
		next = v.next(p)
	}
	return rq.questionCard(p, v, next), nil
}

// questionCard asks about one time, or sums up where n is -1.
func (rq *request) questionCard(p *Poll, v *PollVote, n int) chat.Message {
	if n < 0 {
		return rq.answeredCard(p, v)
	}
	m := chat.Message{
		Title: fmt.Sprintf("%d of %d: %s", n+1, len(p.Times), p.Title),
		Body:  []chat.Text{chat.T("Could you come on ", rq.app.pollWhen(p, n, rq.me), "?")},
		Note:  chat.T("Each answer is kept at once. Others see counts, never who said what; whoever chooses the time sees no names either."),
	}
	if v != nil && v.Votes[n] != "" {
		m.Body = append(m.Body, chat.T("Your answer so far: ", string(v.Votes[n]), "."))
	}
	var buttons []chat.Button
	for i, label := range []string{"Yes", "If need be", "No"} {
		buttons = append(buttons, chat.Button{Label: label, Ref: chat.Ref{Route: "poll.vote", ID: joinID(p.ID, n, i)}})
	}
	m.Rows = []chat.Row{chat.NewRow(buttons...)}
	return m
}

// answeredCard is what somebody said to all times.
func (rq *request) answeredCard(p *Poll, v *PollVote) chat.Message {
	m := chat.Message{
		Title: "Thank you: " + p.Title,
		Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Change my answers", Ref: chat.Ref{Route: "poll.again", ID: p.ID}})},
		Note:  chat.T("The poll closes on ", rq.app.zones.FormatFull(p.Closes, rq.me.zone()), "."),
	}
	for n := range p.Times {
		m.Body = append(m.Body, chat.T(rq.app.pollWhen(p, n, rq.me), ": ", string(v.Votes[n])))
	}
	return m
}

// pollWhen shows one time of a poll: in the reader's zone where it is known.
func (a *App) pollWhen(p *Poll, n int, to *Person) chat.When {
	return chat.When{At: p.Times[n].Instant, Fallback: a.zones.FormatFull(p.Times[n].Instant, pollZone(p, to))}
}

// pollZone is the zone in which somebody reads a poll.
func pollZone(p *Poll, to *Person) calendar.Zone {
	if to != nil && !to.Zone.IsZero() {
		return to.Zone
	}
	return p.Times[0].Wall.Zone
}

// renderPoll says one thing about a poll, in a place or to a person.
func (a *App) renderPoll(tx *Tx, d *Delivery, to *Person) (chat.Message, error) {
	p, err := load[*Poll](tx, KindPoll, d.Subject.ID)
	if err != nil {
		return chat.Message{}, err
	}
	switch baseName(d.Notice) {
	case noticeLaw:
		return a.pollLaw(tx, p, d, to)
	case noticePoll:
		if p.State != PollOpen {
			return chat.Message{}, errMoot
		}
		return a.publicPoll(tx, p, to)
	case noticeRefresh:
		return a.publicPoll(tx, p, to)
	case noticePolled:
		if p.State != PollClosed {
			return chat.Message{}, errMoot
		}
		return a.ranking(tx, p, to)
	}
	return chat.Message{}, unknownNotice(d)
}

// publicPoll is the card in the channels: the times with their counts.
func (a *App) publicPoll(tx *Tx, p *Poll, to *Person) (chat.Message, error) {
	poll, err := a.pollOf(tx, p)
	if err != nil {
		return chat.Message{}, err
	}
	m := chat.Message{
		Title: "Which time suits? " + p.Title,
		Body:  []chat.Text{chat.T(fmt.Sprintf("For %d minutes. Answer in private, one time after the other.", int(p.Length.Minutes())))},
		Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Answer", Ref: chat.Ref{Route: "poll.answer", ID: p.ID}, Tone: chat.Main})},
		Note:  chat.T("The poll closes on ", chat.When{At: p.Closes, Fallback: a.zones.FormatFull(p.Closes, pollZone(p, to))}, "."),
	}
	counts := map[string]calendar.Standing{}
	for _, s := range a.zones.Rank(poll) {
		counts[s.ID] = s
	}
	for n := range p.Times {
		m.Body = append(m.Body, chat.T(fmt.Sprintf("%d. ", n+1), a.pollWhen(p, n, to), standingText(counts[strconv.Itoa(n)])))
	}
	switch p.State {
	case PollClosed:
		m.Title, m.Rows, m.Note = "Closed: "+m.Title, nil, chat.T("Whoever asked chooses one of the times now.")
	case PollSettled:
		m.Title, m.Rows, m.Note = "Chosen: "+p.Title, nil, chat.T("It is number ", strconv.Itoa(p.Chosen+1), ". The talk is in ", chat.Code("colloquium list"), ".")
	case PollOpen:
	}
	return m, nil
}

// standingText counts the answers about one time.
func standingText(s calendar.Standing) string {
	var parts []string
	for _, part := range []struct {
		n    int
		text string
	}{{s.Yes, "yes"}, {s.IfNeedBe, "if need be"}, {s.No, "no"}} {
		if part.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", part.n, part.text))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return ": " + strings.Join(parts, ", ")
}
