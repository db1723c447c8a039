package exchange

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"interlab/calendar"
)

// Why evidence is refused.
const (
	BadLink       Reason = "bad link"
	SecretLink    Reason = "secret in link"
	BadIdentifier Reason = "bad identifier"
	BadLicence    Reason = "bad licence"
	BadArtefact   Reason = "bad artefact"
	BadOpenness   Reason = "bad openness" // not open, and no reason or day for it
	BadRole       Reason = "bad role"
)

// The limits of evidence.
const (
	// MaxDeclared is the longest title, or text in place of a link, in runes.
	MaxDeclared = 280
	// MaxWhy is the longest reason for not being open, in runes.
	MaxWhy = 200
	// MaxEmbargo is how many months an embargo lasts at most, as in RAiD.
	MaxEmbargo = 18
)

// Openness says who can get something. Open is the default, and anything else
// carries a reason.
type Openness string

// The opennesses.
const (
	ToAll     Openness = "open"
	Gated     Openness = "gated"     // after signing in, or on request
	Embargoed Openness = "embargoed" // open from a day on
	Internal  Openness = "internal"  // to the two labs
	Withheld  Openness = "withheld"
)

// Holding is why something is not open.
type Holding string

// The holdings.
const (
	ForSafety     Holding = "safety_review"
	ForThirdParty Holding = "third_party_data"
	ForPrivacy    Holding = "personal_data"
	ForContract   Holding = "ip_or_contract"
	ForReview     Holding = "double_blind_review"
	ForCost       Holding = "cost"
	ForOther      Holding = "other" // said in words
)

// Holdings lists all of them.
func Holdings() []Holding {
	return []Holding{ForSafety, ForThirdParty, ForPrivacy, ForContract, ForReview, ForCost, ForOther}
}

// Evidence is something that shows what became of goals: declared by somebody,
// and confirmed by whoever received it. Nobody opens its link.
type Evidence struct {
	Type      Artefact          `json:"type"`
	Title     string            `json:"title"`
	Where     string            `json:"where"` // a link, an identifier, or words
	Version   string            `json:"version,omitempty"`
	Licence   string            `json:"licence,omitempty"` // an SPDX identifier
	Openness  Openness          `json:"openness"`
	Holding   Holding           `json:"holding,omitempty"` // why it is not open
	Why       string            `json:"why,omitempty"`     // the same in words
	Until     calendar.Date     `json:"until,omitzero"`    // the first day on which an embargo no longer holds
	Published calendar.Date     `json:"published,omitzero"`
	Goals     []int             `json:"goals"` // numbers of the exchange's goals
	Credit    map[string][]Role `json:"credit,omitempty"`
	Declared  Mark              `json:"declared"`
	Confirmed *Mark             `json:"confirmed,omitempty"` // by the receiving side
	Ran       bool              `json:"ran,omitempty"`       // which reproduced it
}

// Rung is how well evidence is known, the lowest first.
type Rung string

// The rungs.
const (
	RungDeclared   Rung = "declared"
	RungWellFormed Rung = "well_formed" // its link or identifier can be one
	RungConfirmed  Rung = "confirmed_by_receiver"
	RungReproduced Rung = "reproduced_by_receiver"
)

// Rung is the highest that the evidence has reached.
func (v Evidence) Rung() Rung {
	switch {
	case v.Confirmed != nil && v.Ran:
		return RungReproduced
	case v.Confirmed != nil:
		return RungConfirmed
	case v.linked():
		return RungWellFormed
	}
	return RungDeclared
}

// linked reports whether others can follow where it is.
func (v Evidence) linked() bool {
	_, found, err := FindIdentifier(v.Where)
	if found {
		return err == nil
	}
	_, err = CheckLink(v.Where)
	return err == nil
}

// Link leads to where the evidence is; "" where only words say so, or a number
// that no site resolves.
func (v Evidence) Link() string {
	id, found, err := FindIdentifier(v.Where)
	switch {
	case found && err == nil:
		return id.Link()
	case found || !v.linked():
		return ""
	}
	return v.Where
}

// Since is the day on which the evidence was published, or its embargo ended, or
// else on which it was declared.
func (v Evidence) Since() calendar.Date {
	switch {
	case v.Openness == Embargoed:
		return v.Until
	case v.Published.IsZero():
		return dayOf(v.Declared.At)
	}
	return v.Published
}

// Appeared is the day on which others than the two labs could first get it; zero
// of what they cannot. An embargo ends on a day that may be still to come.
func (v Evidence) Appeared() calendar.Date {
	if v.Published.IsZero() && (v.Openness == Internal || v.Openness == Withheld) {
		return calendar.Date{}
	}
	return v.Since()
}

// Open reports whether anybody may get and use it: it is there, to all, under an
// open licence. An embargo opens by itself on its day.
func (v Evidence) Open(today calendar.Date) bool {
	l, err := ParseLicence(v.Licence)
	reached := v.Openness == ToAll || v.Openness == Embargoed && !v.Until.IsZero() && v.Until.Compare(today) <= 0
	return err == nil && l.Open() && reached && v.linked()
}

// Deliverables are what a fellowship shows: what is open, the earliest first.
func Deliverables(all []Evidence, today calendar.Date) []Evidence {
	open := slices.DeleteFunc(slices.Clone(all), func(v Evidence) bool { return !v.Open(today) })
	slices.SortStableFunc(open, func(a, b Evidence) int { return a.Published.Compare(b.Published) })
	return open
}

// Declare is evidence for goals of the exchange as somebody in it declares it
// on a day, with its licence and identifiers in their usual form, or what is
// wrong with it.
func (e *Exchange) Declare(v Evidence, by Party, today calendar.Date, now time.Time) (Evidence, error) {
	if _, err := e.Seat(by); err != nil {
		return Evidence{}, err
	}
	if !e.State.Working() {
		return Evidence{}, refuse(NotNow, e.notYetWorking())
	}
	if len(v.Goals) == 0 || slices.ContainsFunc(v.Goals, func(n int) bool { return e.place(n) < 0 }) {
		return Evidence{}, refuse(NoGoal, "Name the goals of this exchange that it shows. Nothing was saved.")
	}
	v.Declared, v.Confirmed, v.Ran = Mark{by.Person, now}, nil, false
	if v.Openness == "" {
		v.Openness = ToAll
	}
	return v.Checked(today)
}

// Checked is the evidence in its usual form, or the first thing that is wrong
// with it on the day on which it is declared.
func (v Evidence) Checked(today calendar.Date) (Evidence, error) {
	v.Title, v.Where, v.Why = strings.TrimSpace(v.Title), strings.TrimSpace(v.Where), strings.TrimSpace(v.Why)
	if !v.Type.Known() {
		return Evidence{}, refuse(BadArtefact, "Choose what it is: a paper, code, data, a model card or another of the list. Nothing was saved.")
	}
	if err := v.checkTexts(); err != nil {
		return Evidence{}, err
	}
	if err := v.checkOpenness(today); err != nil {
		return Evidence{}, err
	}
	for _, roles := range v.Credit {
		if i := slices.IndexFunc(roles, func(r Role) bool { return !r.Known() }); i >= 0 {
			return Evidence{}, noRole(roles[i])
		}
	}
	return v.usual()
}

func (v Evidence) checkTexts() error {
	long := func(text string, limit int) bool { return utf8.RuneCountInString(text) > limit }
	switch {
	case v.Title == "":
		return refuse(BadText, "Give it a title. Nothing was saved.")
	case HasSecret(v.Title), HasSecret(v.Why), HasSecret(v.Version):
		return refuse(SecretLink, "There is a token or a password in that, so it was not saved. Withdraw it if it was shared.")
	case long(v.Title, MaxDeclared):
		return refuse(BadText, fmt.Sprintf("That title is longer than %d characters. Shorten it. Nothing was saved.", MaxDeclared))
	case long(v.Why, MaxWhy):
		return refuse(BadText, fmt.Sprintf("That reason is longer than %d characters. Shorten it. Nothing was saved.", MaxWhy))
	case long(v.Version, MaxShown):
		return refuse(BadText, fmt.Sprintf("That version is longer than %d characters. Name a tag or a commit. Nothing was saved.", MaxShown))
	}
	return nil
}

// checkOpenness is what is wrong with who can get it, and why not others.
func (v Evidence) checkOpenness(today calendar.Date) error {
	switch {
	case !slices.Contains([]Openness{ToAll, Gated, Embargoed, Internal, Withheld}, v.Openness):
		return refuse(BadOpenness, "Choose who can get it. Nothing was saved.")
	case v.Openness == ToAll && v.Where == "":
		return refuse(BadLink, "Where is it? Give a link, or say that it is held back and why. Nothing was saved.")
	case v.Openness != ToAll && !slices.Contains(Holdings(), v.Holding):
		return refuse(BadOpenness, "Choose why it is not open to all. Any of the reasons is a good one. Nothing was saved.")
	case v.Openness != ToAll && v.Holding == ForOther && v.Why == "":
		return refuse(BadOpenness, "Say in a few words why it is not open to all. Nothing was saved.")
	case v.Openness == Embargoed:
		return checkEmbargo(v.Until, today)
	case v.Published.Compare(today) > 0:
		return refuse(BadDates, calendar.FormatDay(v.Published)+" is still to come. Say so once it is published. Nothing was saved.")
	}
	return nil
}

// checkEmbargo is what is wrong with the day on which something becomes open.
func checkEmbargo(until, today calendar.Date) error {
	switch {
	case until.IsZero():
		return refuse(BadOpenness, "Name the day on which it becomes open. Nothing was saved.")
	case until.Compare(today) <= 0:
		return refuse(BadOpenness, calendar.FormatDay(until)+" is not to come any more, so it would be open already. Name a later day, or say that it is open. Nothing was saved.")
	case until.Compare(monthsAfter(today, MaxEmbargo)) > 0:
		return refuse(BadOpenness, fmt.Sprintf("An embargo lasts %d months at most. Name a nearer day. Nothing was saved.", MaxEmbargo))
	}
	return nil
}

func monthsAfter(d calendar.Date, n int) calendar.Date {
	return dayOf(time.Date(d.Year(), d.Month()+time.Month(n), d.Day(), 0, 0, 0, 0, time.UTC))
}

// usual is the evidence with its licence and its link as they are usually
// written. Words in place of a link are kept as they are, but for secrets.
func (v Evidence) usual() (Evidence, error) {
	if v.Licence != "" {
		l, err := ParseLicence(v.Licence)
		if err != nil {
			return Evidence{}, err
		}
		v.Licence = l.ID
	}
	id, found, err := FindIdentifier(v.Where)
	switch {
	case err != nil:
		return Evidence{}, err
	case found && (id.Scheme == ORCID || id.Scheme == ROR):
		return Evidence{}, refuse(BadIdentifier, "That names a person or an organisation, not a work. Nothing was saved.")
	case found && id.Link() != "":
		if _, err := CheckLink(id.Link()); err != nil {
			return Evidence{}, err
		}
		v.Where = id.String()
	case found:
		v.Where = id.String()
	case strings.Contains(v.Where, "://"):
		u, err := CheckLink(v.Where)
		if err != nil {
			return Evidence{}, err
		}
		v.Where = u.String()
	case HasSecret(v.Where):
		return Evidence{}, refuse(SecretLink, "That has a token in it, so it was not saved. Withdraw the token if it was shared.")
	case utf8.RuneCountInString(v.Where) > MaxDeclared:
		return Evidence{}, refuse(BadText, fmt.Sprintf("That is longer than %d characters. Say more briefly where it is. Nothing was saved.", MaxDeclared))
	}
	return v, nil
}

// Confirm says for the side that receives one of its goals that the evidence is
// there; ran, that they reproduced what it shows.
func (e *Exchange) Confirm(v Evidence, by Party, ran bool, now time.Time) (Evidence, error) {
	seat, err := e.side(by)
	if err != nil {
		return v, err
	}
	if !e.State.Working() {
		return v, refuse(NotNow, e.notYetWorking())
	}
	receives := slices.ContainsFunc(v.Goals, func(n int) bool {
		g, ok := e.Goal(n)
		return ok && e.Receiver(g.Pledge) == seat
	})
	switch {
	case !receives || v.Declared.By == by.Person:
		return v, refuse(NotYours, receiversSay)
	case v.Confirmed != nil && (v.Ran || !ran):
		return v, refuse(Twice, "This was confirmed before. Nothing has changed.")
	}
	v.Confirmed, v.Ran = &Mark{by.Person, now}, ran
	return v, nil
}
