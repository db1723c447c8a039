package bot

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"

	"interlab/bot/chat"
)

func watchRoutes() []route {
	return []route{
		{name: "admin.status", show: chat.ShowPrivate, do: (*request).status},
		{name: "admin.jobs", show: chat.ShowPrivate, do: (*request).jobs},
		{name: "admin.retry", show: chat.ShowInPlace, changes: true, do: (*request).retry},
		{name: "admin.audit", show: chat.ShowPrivate, do: (*request).audit},
	}
}

func watchCommands() []chat.Command {
	return []chat.Command{
		{Name: "status", Summary: "What is kept, and what is due", Route: "admin.status", Example: "admin status"},
		{Name: "jobs", Summary: "Work that was given up", Route: "admin.jobs", Example: "admin jobs"},
		{Name: "audit", Summary: "Who did what lately", Route: "admin.audit", Example: "admin audit"},
	}
}

const (
	jobsShown  = 5 // as many as a row has buttons
	notesShown = 20
)

// watching refuses whoever is no organiser.
func (rq *request) watching() error {
	return rq.may(Watch, Object{Kind: KindHome}, onlyOrganisers)
}

// status says what the store keeps and how its work stands.
func (rq *request) status() (chat.Message, error) {
	if err := rq.watching(); err != nil {
		return chat.Message{}, err
	}
	tally, err := rq.app.Census(rq.ctx)
	if err != nil {
		return chat.Message{}, err
	}
	next, waits, err := rq.app.store.NextDue(rq.ctx)
	if err != nil {
		return chat.Message{}, fmt.Errorf("look for due work: %w", err)
	}
	var kept []string
	for _, kind := range sortedKinds() {
		if n := tally.Kept[kind]; n > 0 {
			kept = append(kept, fmt.Sprintf("%s %d", kind, n))
		}
	}
	nextDue := chat.T("nothing waits")
	if waits {
		nextDue = chat.T(rq.app.when(next, rq.me))
	}
	m := chat.Message{Title: "How the network is doing", Fields: []chat.Field{
		{Name: "Kept", Value: chat.T(strings.Join(kept, ", "))},
		{Name: "Work", Value: chat.T(fmt.Sprintf("%d due now, %d later, %d in hand, %d given up", tally.Due, tally.Later, tally.Held, tally.Buried))},
		{Name: "Next due", Value: nextDue},
		{Name: "Zone data", Value: chat.T(rq.app.zones.Version())},
		{Name: "Store", Value: chat.T(rq.app.kept)},
	}}
	if tally.Buried > 0 {
		m.Rows = []chat.Row{chat.NewRow(chat.Button{Label: "What was given up", Ref: chat.Ref{Route: "admin.jobs"}})}
	}
	return m, nil
}

// jobs lists work that was given up, oldest first, to be tried again.
func (rq *request) jobs() (chat.Message, error) {
	if err := rq.watching(); err != nil {
		return chat.Message{}, err
	}
	buried, err := rq.app.store.Graveyard(rq.ctx, MaxListed)
	if err != nil {
		return chat.Message{}, fmt.Errorf("list work that was given up: %w", err)
	}
	if len(buried) == 0 {
		return chat.Message{Title: "No work was given up", Body: []chat.Text{chat.T("Everything that was due has been done, or is being tried.")}}, nil
	}
	m := chat.Message{Title: counted(len(buried), "piece of work was given up", "pieces of work were given up")}
	var buttons []chat.Button
	for i, b := range buried[:min(len(buried), jobsShown)] {
		name := fmt.Sprintf("%d. %s of %s", i+1, b.Work, b.Ref.Kind)
		m.Fields = append(m.Fields, chat.Field{Name: name, Value: chat.T(chat.Code(b.Ref.String()), ", since ", rq.app.when(b.At, rq.me), ": ", clip(chat.CleanLine(b.Reason), 200))})
		buttons = append(buttons, chat.Button{Label: fmt.Sprintf("Try %d again", i+1), Ref: chat.Ref{Route: "admin.retry", ID: buriedID(b)}})
	}
	m.Rows = []chat.Row{chat.NewRow(buttons...)}
	if len(buried) > jobsShown {
		m.Note = chat.T("The oldest are shown; the others follow when these are done.")
	}
	return m, nil
}

// buriedID names buried work on a control, however long its own name is.
func buriedID(b Buried) string {
	sum := sha256.Sum256([]byte(b.Ref.String() + "#" + b.Work))
	return idText.EncodeToString(sum[:idBytes])
}

// retry makes work due again that was given up. That is done beside the
// transaction; doing it twice does nothing more.
func (rq *request) retry() (chat.Message, error) {
	if err := rq.watching(); err != nil {
		return chat.Message{}, err
	}
	buried, err := rq.app.store.Graveyard(rq.ctx, MaxListed)
	if err != nil {
		return chat.Message{}, fmt.Errorf("list work that was given up: %w", err)
	}
	id, _ := rq.control()
	i := slices.IndexFunc(buried, func(b Buried) bool { return buriedID(b) == id })
	if i < 0 {
		return chat.Message{}, denied("This is not given up any more: it was tried again, or has become pointless. admin jobs shows how it stands.")
	}
	if err := rq.app.store.Exhume(rq.ctx, buried[i], rq.now); err != nil {
		return chat.Message{}, fmt.Errorf("try again %s: %w", buried[i].Ref, err)
	}
	rq.tx.put(rq.me) // so that the audit has it
	return chat.Message{
		Title: "It is tried again now",
		Body:  []chat.Text{chat.T(buried[i].Work, " of ", chat.Code(buried[i].Ref.String()), ". If it fails for an hour once more, you hear of it.")},
		Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "What else was given up", Ref: chat.Ref{Route: "admin.jobs"}})},
	}, nil
}

// audit lists what was done lately, newest first.
func (rq *request) audit() (chat.Message, error) {
	if err := rq.watching(); err != nil {
		return chat.Message{}, err
	}
	changes, err := rq.app.store.Changes(rq.ctx, "", KindPerson, MaxListed)
	if err != nil {
		return chat.Message{}, fmt.Errorf("read the audit: %w", err)
	}
	m := chat.Message{Title: "What was done lately", Note: chat.T("Newest first, without the sending of messages. How somebody answered an ask, and whom they keep away, is theirs alone and not shown.")}
	for _, n := range slices.Backward(changes.Notes) {
		if len(m.Body) == notesShown {
			break
		}
		if sending(n.Verb) {
			continue
		}
		who, err := rq.actorName(n.Actor)
		if err != nil {
			return chat.Message{}, err
		}
		verb, what := shownVerb(n)
		m.Body = append(m.Body, chat.T(rq.app.zones.FormatShort(n.At, rq.me.zone()), ", ", chat.Strong(who), ": ", chat.Code(verb), what))
	}
	return m, nil
}

// sending reports whether an entry only tells how far a delivery has come.
func sending(verb string) bool {
	switch verb {
	case "begin", string(Sent), string(Dropped), string(Failed):
		return true
	}
	return false
}

// actorName is who did something, for an organiser.
func (rq *request) actorName(id string) (string, error) {
	if id == "" {
		return "by itself", nil
	}
	p, err := load[*Person](rq.tx, KindPerson, id)
	if errors.Is(err, errNotFound) {
		return "somebody new or gone", nil
	}
	if err != nil {
		return "", err
	}
	return p.Name, nil
}

// shownVerb is what was done, and to which documents. A private no must not be
// told from a yes, nor a block from a change of one's profile: what these wrote
// would give them away, so it is left out for all of them.
func shownVerb(n Note) (verb, what string) {
	switch n.Verb {
	case "match.yes", "match.no", "match.notnow", "match.yes.contact.sent":
		return "match.answer", ""
	case "match.block", "match.unblock", "match.never", "profile.set", "profile.edit.sent", "profile.more.sent":
		return "profile.set", ""
	}
	counts := map[Kind]int{}
	for _, ref := range n.Refs {
		counts[ref.Kind]++
	}
	var parts []string
	for _, kind := range sortedKinds() {
		switch count := counts[kind]; {
		case count == 1:
			parts = append(parts, string(kind))
		case count > 1:
			parts = append(parts, fmt.Sprintf("%d × %s", count, kind))
		}
	}
	if len(parts) == 0 {
		return n.Verb, ""
	}
	return n.Verb, " on " + strings.Join(parts, ", ")
}
