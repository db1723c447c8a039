package bot

import (
	"fmt"
	"strings"

	"interlab/bot/chat"
	"interlab/calendar"
	"interlab/matching"
)

func findRoutes() []route {
	return []route{
		{name: "match.new", show: chat.ShowForm, form: (*request).findForm},
		{name: "match.new.sent", show: chat.ShowPrivate, changes: true, do: (*request).find, matches: true, check: topicProblems},
		{name: "match.find", show: chat.ShowPrivate, changes: true, do: (*request).find, matches: true},
	}
}

const (
	// shownAtOnce is how many people an answer shows: as many as a row has buttons.
	shownAtOnce = chat.MaxButtons
	// maxReasons is how many reasons stand beside a person.
	maxReasons = 3
)

// findForm asks what to look for.
func (rq *request) findForm() (chat.Form, error) {
	topic := ""
	if len(rq.me.Seeks) > 0 {
		topic = rq.me.Seeks[0]
	}
	return chat.Form{
		Ref: chat.Ref{Route: "match.new"}, Title: "Find somebody", Submit: "Look",
		Fields: []chat.FormField{
			{Name: "topic", Label: "What should they know about?", Hint: "A topic, or paste an abstract", Long: true, Required: true, Value: topic},
			{
				Name: "kind", Label: "What for?", Required: true, Value: string(Seminar),
				Options: []chat.Option{
					{Label: "A seminar: one talk, asked of one person", Value: string(Seminar)},
					{Label: "A residency: a visit of days or months", Value: string(Residency)},
					{Label: "A chat: half an hour to talk", Value: string(Chat)},
				},
			},
		},
	}, nil
}

func topicProblems(values map[string]string) []chat.Problem {
	if chat.CleanLine(values["topic"]) == "" {
		return []chat.Problem{{Field: "topic", Text: "Write a topic in a few words, for example: sparse autoencoders."}}
	}
	return nil
}

// find answers who in another lab knows a topic, and keeps the answer so that
// its buttons mean what they showed.
func (rq *request) find() (chat.Message, error) {
	topic := chat.CleanLine(rq.args["topic"])
	if len(topicProblems(rq.args)) > 0 {
		return chat.Message{}, denied("Write a topic in a few words, for example: match find sparse autoencoders.")
	}
	if err := rq.may(Look, Object{Kind: KindPerson}, "You cannot look for people here. Ask an organiser."); err != nil {
		return chat.Message{}, err
	}
	found, people, err := rq.suggest(topic)
	if err != nil {
		return chat.Message{}, err
	}
	search := &Search{By: rq.me.ID, Topic: topic, Purpose: purposeOf(rq.args["kind"]), At: rq.now}
	for _, s := range found {
		search.Found = append(search.Found, Found{Person: s.ID, Score: s.Score, Reasons: s.Reasons})
	}
	if len(search.Found) == 0 {
		return rq.nobodyFound(topic)
	}
	if search.ID, err = rq.app.ids.id(); err != nil {
		return chat.Message{}, err
	}
	rq.tx.put(search, rq.me)
	return rq.foundCard(search, found, people)
}

func purposeOf(text string) Purpose {
	switch p := Purpose(strings.ToLower(strings.TrimSpace(text))); p {
	case Residency, Chat:
		return p
	case Seminar:
	}
	return Seminar
}

// suggest finds people for a topic whom the person may be shown: never
// themselves, their own lab, somebody blocked either way, paused, full, or
// asked or met too recently. Each of these is an absence, not a lower place.
func (rq *request) suggest(topic string) ([]matching.Suggestion, map[string]*Person, error) {
	resting, err := rq.resting()
	if err != nil {
		return nil, nil, err
	}
	found, people, err := rq.app.people.suggest(rq.ctx, topic, shownAtOnce, func(p *Person) bool {
		return p.findable(rq.now) && !p.away(rq.app.zones.Today(rq.now, p.zone())) && !apart(rq.me, p) && !resting[p.ID]
	})
	if err != nil {
		return nil, nil, fmt.Errorf("suggest people: %w", err)
	}
	return found, people, nil
}

// resting are the people whom the person has asked, been asked by, or met too
// recently.
func (rq *request) resting() (map[string]bool, error) {
	matches, err := rq.matches()
	if err != nil {
		return nil, err
	}
	resting := map[string]bool{}
	for _, m := range matches {
		if m.rests(rq.now) {
			resting[m.other(rq.me.ID)] = true
		}
	}
	return resting, nil
}

// nobodyFound says why an answer may be empty, without saying which it is.
func (rq *request) nobodyFound(topic string) (chat.Message, error) {
	return chat.Message{
		Title: "Nobody found for that yet",
		Body: []chat.Text{
			chat.T("I found nobody in another lab for “", clip(topic, 80), "” whom you have not asked or met lately."),
			chat.T("Try other words, a broader topic, or paste an abstract. People join every week, so it is worth asking again."),
		},
		Rows: []chat.Row{chat.NewRow(chat.Button{Label: "Look again", Ref: chat.Ref{Route: "match.new"}, Tone: chat.Main})},
	}, nil
}

// foundCard shows people with the reasons why, strongest first.
func (rq *request) foundCard(s *Search, found []matching.Suggestion, people map[string]*Person) (chat.Message, error) {
	m := chat.Message{
		Title: fmt.Sprintf("%s for “%s”", counted(len(found), "person", "people"), clip(s.Topic, 60)),
		Note:  chat.T("Asking tells only that person. They answer in their own time; without an answer the ask ends by itself after 14 days."),
	}
	var buttons []chat.Button
	var labs []Want
	for _, f := range found {
		labs = append(labs, Want{Ref: Ref{KindLab, people[f.ID].Lab}})
	}
	if err := rq.tx.prefetch(labs...); err != nil {
		return chat.Message{}, err
	}
	for i, f := range found {
		person := people[f.ID]
		lab, err := rq.app.shownLab(rq.tx, person, false)
		if err != nil {
			return chat.Message{}, err
		}
		m.Fields = append(m.Fields, chat.Field{Name: foundName(person, i) + ", " + lab, Value: rq.why(f, person)})
		buttons = append(buttons, chat.Button{Label: askLabel(person, i), Ref: chat.Ref{Route: "match.ask", ID: joinID(s.ID, i)}})
	}
	m.Rows = []chat.Row{chat.NewRow(buttons...)}
	return m, nil
}

// foundName is the name in an answer. Whoever shows none is numbered, as their
// button is.
func foundName(p *Person, place int) string {
	if p.showsName(false) {
		return p.Name
	}
	return fmt.Sprintf("%d. %s", place+1, anonymous)
}

func askLabel(p *Person, place int) string {
	if p.showsName(false) {
		return "Ask " + firstName(p.Name)
	}
	return fmt.Sprintf("Ask number %d", place+1)
}

// why says in people's own words why somebody was found, and whether the two
// have hours in common.
func (rq *request) why(s matching.Suggestion, p *Person) chat.Text {
	why := fitsUnsaid
	if p.showsTopics(false) {
		why = capital(strings.Join(because(s.Top(maxReasons), "shares", "looks for", "writes about"), "; "))
	}
	text := chat.T(why + ".")
	if p.showsContact() {
		text = append(text, chat.T(" You can write to them: ", chat.Code(p.Contact), ".")...)
	}
	if rq.me.Zone.IsZero() || p.Zone.IsZero() {
		return text
	}
	return append(text, chat.Say(" "+rq.commonHours(p)))
}

// because says reasons as clauses, one for each kind in the order of the
// strongest, with the verbs in the person that the sentence wants.
func because(reasons []matching.Reason, share, seek, write string) []string {
	var order []matching.ReasonKind
	phrases := map[matching.ReasonKind][]string{}
	for _, r := range reasons {
		if phrases[r.Kind] == nil {
			order = append(order, r.Kind)
		}
		phrases[r.Kind] = append(phrases[r.Kind], "“"+clip(strings.TrimRight(withoutLinks(r.Phrase), ".,;: "), 90)+"”")
	}
	clauses := make([]string, 0, len(order))
	for _, kind := range order {
		said := sentenceList(phrases[kind])
		switch kind {
		case matching.SharesTopic:
			said = share + " " + said
		case matching.RelatedTopic:
			said = share + " the related " + said
		case matching.SeeksToo:
			said = seek + " " + said + " too"
		default:
			said = write + " " + said
		}
		clauses = append(clauses, said)
	}
	return clauses
}

// commonHours says how much of a week two people could meet in. That they have
// no hours in common is said, never hidden.
func (rq *request) commonHours(p *Person) string {
	minutes := rq.app.zones.Overlap([]calendar.Attendee{rq.me.attendee(), p.attendee()}, rq.now)
	if minutes == 0 {
		return "You have no working hours in common: one of you would meet early or late."
	}
	if hours := minutes / 60; hours > 0 {
		return fmt.Sprintf("%s a week in common.", counted(hours, "working hour", "working hours"))
	}
	return fmt.Sprintf("%d minutes a week in common.", minutes)
}

// matches are the person's matches, oldest first.
func (rq *request) matches() ([]*Match, error) {
	if rq.fresh {
		return nil, nil
	}
	return list[*Match](rq.tx, matchesOfAccount(rq.event.From))
}

// matchesOfAccount wants the matches of whoever has an account.
func matchesOfAccount(account chat.Account) Want { return ofAccount(account, matchesOf) }

// ofAccount wants what an index lists under the person who has an account,
// without knowing who that is.
func ofAccount(account chat.Account, index string) Want {
	return Want{Unique: personByAccount(account), Then: index}
}

// met are the people the person has been introduced to.
func (rq *request) met() (map[string]bool, error) {
	matches, err := rq.matches()
	if err != nil {
		return nil, err
	}
	met := map[string]bool{}
	for _, m := range matches {
		if m.State == Introduced || m.State == Closed {
			met[m.other(rq.me.ID)] = true
		}
	}
	return met, nil
}
