package bot

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"interlab/bot/chat"
)

// Fan tells one thing to many. It goes in pages, one commit each, with the
// cursor in the document: however many there are, nobody is left out or told
// twice when a replica dies in the middle.
type Fan struct {
	N      int       `json:"n"` // tells it from the document's other fans
	Over   Audience  `json:"over"`
	Notice string    `json:"notice"`
	At     time.Time `json:"at"`
	By     time.Time `json:"by,omitzero"`    // people hear of it before then, whatever the hour
	Until  time.Time `json:"until,omitzero"` // pointless afterwards
	Last   int64     `json:"last,omitempty"` // of people: the last turn that it concerns; who joins later knows already
	After  string    `json:"after,omitempty"`
	Next   int       `json:"next,omitempty"` // of cards and threads: the next post
	Page   int       `json:"page,omitempty"`
	Parts  []FanPart `json:"parts,omitempty"` // of a change of several talks: all of them
}

// Audience is whom a fan reaches.
type Audience string

// The audiences of a colloquium.
const (
	overHomes   Audience = "homes"   // a post in every announcement channel
	overCards   Audience = "cards"   // what was posted is edited
	overThreads Audience = "threads" // a post under what was posted
	overPeople  Audience = "people"  // everybody on the list
)

// fanPage is how many deliveries one commit plans.
const fanPage = MaxListed

// work names the fan's next page.
func (f Fan) work() string { return fmt.Sprintf("%s.%d.%d", workFan, f.N, f.Page) }

// workFan tells the next page of a fan.
const workFan = "fan"

// page reads one page of an index within a transaction. Like a list it is for
// reading: to change a document, load it by id.
func page[T Document](tx *Tx, p Page) (docs []T, next string, err error) {
	records, next, err := tx.docs.Page(tx.ctx, p)
	if err != nil {
		return nil, "", fmt.Errorf("page %s: %w", p.Index, err)
	}
	tx.about.addAll(records)
	for _, r := range records {
		doc, err := decodeAs[T](r)
		if err != nil {
			return nil, "", err
		}
		docs = append(docs, doc)
	}
	return docs, next, nil
}

// spread plans the deliveries of a fan's next page and moves its cursor. It
// reports whether that was the last one.
func (a *App) spread(tx *Tx, c *Colloquium, f *Fan) (last bool, err error) {
	f.Page++
	switch f.Over {
	case overHomes:
		return a.spreadHomes(tx, c.Ref(), f)
	case overCards, overThreads:
		return a.spreadPosts(tx, c.Ref(), c.Posts, f), nil
	case overPeople:
		return a.spreadPeople(tx, c, f)
	case overCame:
		return a.spreadCame(tx, c, f)
	case overCalendars:
		return a.spreadMirrors(tx, c, f), nil
	case overSeries:
		return a.spreadSeries(tx, c, f)
	case overFollowers:
		return a.spreadFollowers(tx, c, f)
	}
	return false, fmt.Errorf("colloquium %s: unknown audience %q", c.ID, f.Over)
}

func (a *App) spreadHomes(tx *Tx, about Ref, f *Fan) (last bool, err error) {
	homes, next, err := page[*Home](tx, Page{Index: announcing, After: f.After, Limit: fanPage})
	if err != nil {
		return false, err
	}
	for _, home := range homes {
		a.say(tx, Delivery{Place: home.Announce, Notice: f.Notice, Subject: about, Until: f.Until})
	}
	f.After = next
	return next == "", nil
}

func (a *App) spreadPosts(tx *Tx, about Ref, posts []chat.Posted, f *Fan) (last bool) {
	end := min(f.Next+fanPage, len(posts))
	for _, at := range posts[f.Next:end] {
		d := Delivery{Edit: at, Notice: f.Notice, Subject: about, Until: f.Until}
		if f.Over == overThreads {
			d.Edit, d.Under = chat.Posted{}, at
		}
		a.say(tx, d)
	}
	f.Next = end
	return end == len(posts)
}

func (a *App) spreadPeople(tx *Tx, c *Colloquium, f *Fan) (last bool, err error) {
	if f.Last == 0 {
		return true, nil
	}
	rsvps, next, err := page[*Rsvp](tx, Page{Index: rsvpsOf(c.ID), To: f.Last, After: f.After, Limit: fanPage})
	if err != nil {
		return false, err
	}
	var people []Want
	for _, r := range rsvps {
		people = append(people, Want{Ref: Ref{KindPerson, r.Person}})
	}
	if err := tx.prefetch(people...); err != nil {
		return false, err
	}
	for _, r := range rsvps {
		if err := a.spreadTo(tx, c, f, r); err != nil {
			return false, err
		}
	}
	f.After = next
	return next == "", nil
}

// spreadTo plans the delivery to one person on the list.
func (a *App) spreadTo(tx *Tx, c *Colloquium, f *Fan, r *Rsvp) error {
	if !concernsState(f.Notice, r.State) {
		return nil
	}
	person, err := load[*Person](tx, KindPerson, r.Person)
	if errors.Is(err, errNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	d := Delivery{Notice: f.Notice, Subject: c.Ref(), Until: f.Until}
	d.NotBefore = a.heard(person, tx.now, f.By)
	if !reminds(f.Notice) {
		a.tell(tx, person, d)
		return a.keepOfferShort(tx, c, r)
	}
	if a.remindPerson(tx, person, d) {
		return a.keepOfferShort(tx, c, r)
	}
	return nil
}

// enoughNotice is how long before a time people need to hear of what matters by then.
const enoughNotice = time.Hour

// heard is when a person should hear of something that matters before a time:
// in their hours where these come early enough, else at once.
func (a *App) heard(p *Person, now, by time.Time) time.Time {
	at := a.awake(p, now)
	if !by.IsZero() && at.After(by.Add(-enoughNotice)) {
		return now
	}
	return at
}

// say plans a promised delivery to a place: a post, a post below one, or an
// edit. As with people, its id is made of what it says and where.
func (a *App) say(tx *Tx, d Delivery) {
	where := fmt.Sprintf("%v|%v|%v|%v", d.Place, d.Under, d.Edit, d.Beside)
	sum := sha256.Sum256([]byte(tx.seed + "\n" + d.Subject.String() + "\n" + d.Notice + "\n" + where))
	d.ID = idText.EncodeToString(sum[:idBytes])
	d.Class, d.Progress, d.NotBefore = Promised, Planned, tx.now
	tx.put(&d)
}
