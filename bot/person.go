package bot

import (
	"fmt"
	"slices"
	"time"

	"interlab/bot/chat"
	"interlab/calendar"
	"interlab/matching"
)

// KindPerson is a person's profile and state.
const KindPerson Kind = "person"

// What a person may have open at a time. A private no holds its place until the
// fourteenth day, exactly as silence does, so that the count tells nobody anything.
const (
	maxAsking = 3 // asks sent and not yet ended
	maxAsked  = 3 // asks received and not yet ended
)

// Person is somebody who has spoken to the bot. Joined is when they became
// somebody whom others can find; until then only they themselves get answers.
type Person struct {
	ID        string         `json:"id"`
	Name      string         `json:"name"`
	Accounts  []chat.Account `json:"accounts"`
	Lab       string         `json:"lab,omitempty"`
	Shares    []string       `json:"shares,omitempty"` // topics, in their own words
	Seeks     []string       `json:"seeks,omitempty"`
	About     string         `json:"about,omitempty"`
	Zone      calendar.Zone  `json:"zone,omitzero"`
	Hours     calendar.Hours `json:"hours,omitzero"`
	Contact   string         `json:"contact,omitempty"` // shown to somebody only on an introduction
	Shown     Shown          `json:"shown,omitempty"`
	Sight     Sight          `json:"sight,omitzero"`
	Joined    time.Time      `json:"joined,omitzero"`
	Paused    time.Time      `json:"paused,omitzero"`    // until then nobody finds them
	Unreached time.Time      `json:"unreached,omitzero"` // when what was sent did not reach them; nothing has since
	Blocks    []string       `json:"blocks,omitempty"`
	Roles     []Grant        `json:"roles,omitempty"`
	Asking    []string       `json:"asking,omitempty"` // matches that they asked for and that are open
	Asked     []string       `json:"asked,omitempty"`  // matches that they were asked for and that are open
	Listed    *Listing       `json:"listed,omitempty"` // where somebody else put them here
	Remind    Remind         `json:"remind,omitempty"` // of talks
	Away      []Absence      `json:"away,omitempty"`   // ends by itself
	Hush      Hush           `json:"hush,omitzero"`    // of questions about exchanges
	Calendar  *CalendarKey   `json:"calendar,omitempty"`
	Into      string         `json:"into,omitempty"` // the person who they are one with now; only documents still follow
	IntoAt    time.Time      `json:"into_at,omitzero"`
	Pages     int            `json:"pages,omitempty"` // of documents that have followed

	Spent     map[string]time.Time `json:"spent,omitempty"`     // by limit: when its bucket is full again
	Was       []string             `json:"was,omitempty"`       // ids of people who turned out to be this one
	Forgotten *Forgetting          `json:"forgotten,omitempty"` // this is a tombstone
}

// Shown says what of a person others see before an introduction.
type Shown string

// What others see. The zero value is ShownTopics: a name is shown by choice, or
// by asking somebody.
const (
	ShownTopics Shown = ""     // topics and lab
	ShownName   Shown = "name" // topics, lab and name
	ShownMet    Shown = "met"  // as ShownTopics, and the name is not on asks either
)

// Ref names the person.
func (p *Person) Ref() Ref { return Ref{KindPerson, p.ID} }

// Entries are the person's accounts, each of which has one person, the key of
// their calendar, the roles, whom the person keeps away, and that this is a
// tombstone.
func (p *Person) Entries() []Entry {
	var entries []Entry
	for _, account := range p.Accounts {
		entries = append(entries, Entry{Index: personByAccount(account), Unique: true})
	}
	if p.Calendar != nil {
		entries = append(entries, Entry{Index: personByCalendar(p.Calendar.Hash), Unique: true})
	}
	for _, grant := range p.Roles {
		entries = append(entries, Entry{Index: peopleByRole(grant.Role)})
	}
	for _, id := range p.Blocks {
		entries = append(entries, Entry{Index: blockedBy + id})
	}
	if p.Forgotten != nil {
		entries = append(entries, Entry{Index: peopleForgotten, Score: p.Forgotten.At.UnixMilli()})
	}
	return entries
}

// blockedBy and a person's id list who keeps that person away.
const blockedBy = "blocked/"

// Due is the end of a pause, or the next page of what follows into another
// person or is forgotten.
func (p *Person) Due() []Work {
	switch {
	case p.Forgotten != nil:
		return p.Forgotten.due()
	case p.Into != "":
		return []Work{{Name: fmt.Sprintf("%s.%d", workMerge, p.Pages), At: p.IntoAt}}
	case p.Paused.IsZero():
		return nil
	}
	return []Work{{Name: workUnpause, At: p.Paused}}
}

// workUnpause ends a pause and says so.
const workUnpause = "unpause"

func personByAccount(a chat.Account) string { return "account/" + a.String() }

func peopleByRole(r Role) string { return "role/" + string(r) }

// findable reports whether others may be shown this person at a time.
func (p *Person) findable(now time.Time) bool {
	return p.inNetwork() && !p.Paused.After(now) && !p.unreached(now) && len(p.Asked) < maxAsked
}

// apart reports whether two people must not be shown to each other.
func apart(a, b *Person) bool {
	return a.ID == b.ID || (a.Lab != "" && a.Lab == b.Lab) || slices.Contains(a.Blocks, b.ID) || slices.Contains(b.Blocks, a.ID)
}

// topics is what matching knows of the person.
func (p *Person) topics() matching.Profile {
	return matching.Profile{ID: p.ID, Shares: p.Shares, Seeks: p.Seeks, About: p.About, Quiet: !p.showsTopics(false)}
}

// mention names the person in a text.
func (p *Person) mention() chat.Mention { return chat.Mention{Name: p.Name, Accounts: p.Accounts} }

// zone is where the person is; UTC until they have said so.
func (p *Person) zone() calendar.Zone {
	if p.Zone.IsZero() {
		return calendar.UTC()
	}
	return p.Zone
}

// hours are the person's working hours; Monday to Friday, nine to five, until
// they have said others.
func (p *Person) hours() calendar.Hours {
	if p.Hours.IsZero() {
		return calendar.DefaultHours()
	}
	return p.Hours
}

// drop removes an id from a list of open matches.
func drop(ids []string, id string) []string {
	return slices.DeleteFunc(ids, func(other string) bool { return other == id })
}
