package bot

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"interlab/bot/chat"
)

// Being forgotten goes in small commits, so that it can be broken off anywhere
// and goes on: first the person's document becomes a tombstone, so that nobody
// finds or reaches them any more; then what they take part in lets go of them,
// kind by kind and page by page; then cards that others have are edited; and
// when all that was on its way meanwhile has arrived, the answers that may show
// them lose their words, which are kept for events that come twice.

const (
	forgetPrefix    = "profile.forget"
	routeForget     = forgetPrefix
	routeForgotten  = forgetPrefix + ".sure"
	routeRemembered = forgetPrefix + ".no"

	workForgetMe = "forgetme"
	workScrub    = "scrub"

	// forgetPage is how many documents of a kind let go of somebody in one commit.
	forgetPage = 50
	// scrubAfter is later than anything that was on its way while somebody was
	// being forgotten: turns and claims lapse after a minute.
	scrubAfter = 2 * time.Minute

	noticeForgotten = "forgotten"
	// whoLeft stands where the name of somebody stood who was forgotten.
	whoLeft = "Somebody who has left"
	// peopleForgotten lists the tombstones.
	peopleForgotten = "forgotten"
)

// Forgetting is how far somebody is forgotten.
type Forgetting struct {
	At      time.Time         `json:"at"`
	Step    int               `json:"step,omitempty"`    // of leavings, those done
	Pages   int               `json:"pages,omitempty"`   // commits so far, to keep their work apart
	Cursors map[string]string `json:"cursors,omitempty"` // by index, within the step
	Recall  []Recall          `json:"recall,omitempty"`  // what was posted elsewhere and is to be edited
	Left    time.Time         `json:"left,omitzero"`     // when no document had anything of them
	Done    time.Time         `json:"done,omitzero"`     // when nothing else had either
}

// Recall is what was told of a document with words of somebody who is
// forgotten: every message to others, or those of one notice.
type Recall struct {
	Subject Ref    `json:"subject"`
	Notice  string `json:"notice,omitempty"`
	Spare   string `json:"spare,omitempty"` // a notice that forgetting them led to
	After   string `json:"after,omitempty"`
}

func forgetRoutes() []route {
	return []route{
		{name: routeForget, show: chat.ShowPrivate, do: (*request).confirmForget},
		{name: routeForgotten, show: chat.ShowInPlace, changes: true, do: (*request).forgetMe},
		{name: routeRemembered, show: chat.ShowInPlace, do: (*request).rememberMe},
	}
}

// due is what is next on the way to nothing being known.
func (f *Forgetting) due() []Work {
	switch {
	case !f.Done.IsZero():
		return nil
	case !f.Left.IsZero():
		return []Work{{Name: workScrub, At: f.Left.Add(scrubAfter)}}
	}
	return []Work{{Name: fmt.Sprintf("%s.%d", workForgetMe, f.Pages), At: f.At}}
}

// confirmForget says what goes, with numbers, and wants a second tap.
func (rq *request) confirmForget() (chat.Message, error) {
	if rq.fresh {
		return chat.Message{}, denied("I keep nothing about you, so there is nothing to forget.")
	}
	if rq.me.unclaimed() {
		return rq.confirmRemoval()
	}
	held, err := rq.heldOf()
	if err != nil {
		return chat.Message{}, err
	}
	return chat.Message{
		Title: "Forget everything about you?",
		Body: []chat.Text{
			chat.T("What goes: your profile with ", linkTo(rq.me.Accounts), held, ". Open asks end as silence would, meetings and exchanges with you end and the others hear that you have left, your seats and places fall free."),
			chat.T("Cards with your name or your words that I sent to others in the last 60 days lose them. Talks that you were to give are cancelled."),
			chat.T("What stays: counts without a name; what you wrote for a lab or the network, without your name (openings, rounds, talks that others give); what others typed in their own words, such as a title with your name; a tombstone of random letters and fingerprints of your accounts, so that neither a backup nor a list brings you back."),
		},
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: "Yes, forget me", Ref: chat.Ref{Route: routeForgotten}, Tone: chat.Danger},
			chat.Button{Label: "No, leave it", Ref: chat.Ref{Route: routeRemembered}},
		)},
		Note: chat.T("This cannot be undone. To keep a copy first, type ", chat.Code("profile export"), "."),
	}, nil
}

// heldOf counts what is kept of the person, for a sentence.
func (rq *request) heldOf() (string, error) {
	var parts []string
	for _, k := range []struct{ index, one, many string }{
		{searchesOf, "search", "searches"},
		{matchesOf, "ask or introduction", "asks and introductions"},
		{exchangesOf, "exchange", "exchanges"},
		{rsvpsBy, "answer to a talk", "answers to talks"},
		{questionsBy, "question", "questions"},
		{applicationsOf, "application", "applications"},
		{entrantsBy, "place in rounds", "places in rounds"},
		{votesBy, "vote", "votes"},
	} {
		docs, err := listAll[Document](rq.tx, k.index+rq.me.ID)
		if err != nil {
			return "", err
		}
		if len(docs) > 0 {
			parts = append(parts, counted(len(docs), k.one, k.many))
		}
	}
	if len(parts) == 0 {
		return "", nil
	}
	return ", and " + sentenceList(parts), nil
}

// linkTo says whose profile it is, by how many accounts.
func linkTo(accounts []chat.Account) string {
	if len(accounts) == 1 {
		return "the link to your account"
	}
	return "the links to your " + counted(len(accounts), "account", "accounts")
}

func (rq *request) rememberMe() (chat.Message, error) {
	return chat.Message{Title: "Nothing was forgotten", Body: []chat.Text{chat.T("Everything stays as it was. To be found by nobody for a while, type ", chat.Code("profile pause until:\"in 4 weeks\""), ".")}}, nil
}

// forgetMe begins: from this commit on nobody finds the person, and the account
// is nobody's.
func (rq *request) forgetMe() (chat.Message, error) {
	if rq.fresh {
		return chat.Message{}, denied("I keep nothing about you, so there is nothing to forget.")
	}
	if rq.me.unclaimed() {
		return rq.removeMe()
	}
	if err := rq.lastOrganiser(rq.me, "You are the only organiser of this network, so nothing was deleted. Make somebody else one first: admin role person:\"their name\" role:organiser."); err != nil {
		return chat.Message{}, err
	}
	if err := rq.bury(); err != nil {
		return chat.Message{}, err
	}
	return chat.Message{
		Title: "You are forgotten",
		Body: []chat.Text{
			chat.T("Nobody finds you here from now on. The rest is deleted within minutes: what you took part in, what was to be sent, and your words on cards that others have."),
			chat.T("What stands in this conversation is yours to delete; its buttons do nothing any more. Backups of the operator forget you when they are thrown away, and nobody restores you from one."),
		},
		Note: chat.T("If you come back one day, say ", chat.Code("hello"), ": you begin as somebody new."),
	}, nil
}

// lastOrganiser keeps a network from being left without anybody who runs it.
func (rq *request) lastOrganiser(p *Person, refusal string) error {
	if !slices.Contains(p.Roles, Grant{Role: Organiser}) || len(*rq.app.organisers.Load()) > 0 {
		return nil
	}
	all, err := listAll[*Person](rq.tx, peopleByRole(Organiser))
	if err != nil || len(all) > 1 {
		return err
	}
	return denied("%s", refusal)
}

// bury begins to forget the person, and keeps lists from bringing them back.
func (rq *request) bury() error {
	if err := unlist(rq.tx, rq.me.Accounts); err != nil {
		return err
	}
	rq.me.bury(rq.now)
	rq.tx.put(rq.me)
	return nil
}

// bury makes a tombstone of a person: nothing is left but a random id, and the
// lab for the counts of labs.
func (p *Person) bury(now time.Time) {
	*p = Person{ID: p.ID, Name: whoLeft, Lab: p.Lab, Was: p.Was, Forgotten: &Forgetting{At: now}}
}

// forgetStep does the next commit of forgetting somebody.
func (a *App) forgetStep(tx *Tx, p *Person, work string) error {
	f := p.Forgotten
	tx.put(p)
	f.Pages++
	switch {
	case work == workScrub:
		if err := a.forgetAnswers(tx, p); err != nil {
			return err
		}
		f.Done = tx.now
		return nil
	case len(f.Recall) > 0:
		return a.recall(tx, p)
	case f.Step < len(leavings()):
		return a.leaveNext(tx, p)
	}
	f.Left, f.Cursors = tx.now, nil
	return nil
}

// leaveNext lets one page of documents of one kind go.
func (a *App) leaveNext(tx *Tx, p *Person) error {
	f := p.Forgotten
	tx.window = &window{of: p.ID, limit: forgetPage, cursors: f.Cursors, next: map[string]string{}}
	rq := &request{app: a, tx: tx, ctx: tx.ctx, me: p, now: tx.now}
	if err := leavings()[f.Step](rq); err != nil {
		return fmt.Errorf("forget %s, step %d: %w", p.ID, f.Step, err)
	}
	f.Cursors = tx.window.next
	f.Recall = append(f.Recall, tx.recalls...)
	if len(f.Cursors) == 0 {
		f.Step, f.Cursors = f.Step+1, nil
	}
	return nil
}

// window makes listAll read a page of each index, from where the page before
// ended. An index that was read to its end reads as empty until all are.
type window struct {
	of      string // whose indexes go by pages; all others are read whole
	limit   int
	cursors map[string]string // of pages to read; nil at the first
	next    map[string]string // of those that have more
}

func (w *window) pages(index string) bool { return w != nil && strings.HasSuffix(index, "/"+w.of) }

// page is the part of an index that is read this time; false for nothing.
func (w *window) page(index string) (Page, bool) {
	if !w.pages(index) {
		return Page{Index: index, From: lowestScore}, true
	}
	after, more := w.cursors[index]
	return Page{Index: index, From: lowestScore, After: after, Limit: w.limit}, more || len(w.cursors) == 0
}

// recallAll has every message edited that others were told of a document with, or
// those of one notice; but not what is told just now, of the end that it comes to.
func (tx *Tx) recallAll(subject Ref, notice, spare string) {
	r := Recall{Subject: subject, Notice: notice, Spare: spare}
	if !slices.Contains(tx.recalls, r) {
		tx.recalls = append(tx.recalls, r)
	}
}

// recall edits a page of messages.
func (a *App) recall(tx *Tx, p *Person) error {
	r := &p.Forgotten.Recall[0]
	told, next, err := page[*Delivery](tx, Page{Index: deliveriesAbout + r.Subject.String(), From: lowestScore, After: r.After, Limit: forgetPage})
	if err != nil {
		return err
	}
	for _, d := range told {
		if d.To == "" || d.To == p.ID || d.Progress != Sent || d.Posted == (chat.Posted{}) || !strings.HasPrefix(d.Notice, r.Notice) || r.Spare != "" && strings.HasPrefix(d.Notice, r.Spare) {
			continue
		}
		edit := Delivery{Edit: d.Posted, Class: Promised, Notice: noticeForgotten, Subject: p.Ref(), NotBefore: tx.now, Progress: Planned}
		edit.ID = deliveryID(tx, &Person{ID: d.ID}, edit)
		tx.put(&edit)
	}
	if r.After = next; next == "" {
		p.Forgotten.Recall = p.Forgotten.Recall[1:]
	}
	return nil
}

// sayGone stands where a message had words of somebody who was forgotten.
func (a *App) sayGone() chat.Message {
	return chat.Message{Body: []chat.Text{chat.T("This was about somebody who has left the network and wanted to be forgotten. What it said is gone.")}}
}

// leaveBlocks lets others' blocks of the person go.
func (rq *request) leaveBlocks() error {
	all, err := listAll[*Person](rq.tx, blockedBy+rq.me.ID)
	if err != nil {
		return err
	}
	for _, listed := range all {
		p, err := load[*Person](rq.tx, KindPerson, listed.ID)
		if errors.Is(err, errNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		p.Blocks = drop(p.Blocks, rq.me.ID)
		rq.tx.put(p)
	}
	return nil
}
