package bot

import (
	"time"

	"interlab/bot/chat"
)

// LinkRule says who sees the links in a talk's place, and from when on. The zero
// value shows them to everybody at once.
type LinkRule string

// The rules.
const (
	LinkSoon       LinkRule = "soon"
	LinkHour       LinkRule = "hour"
	LinkListed     LinkRule = "listed"
	LinkListedSoon LinkRule = "listed-soon"
	LinkListedHour LinkRule = "listed-hour"
)

// linkTerms are what a rule means.
type linkTerms struct {
	listed bool          // only for whoever comes
	before time.Duration // from so long before the start on; 0 for at once
	label  string
}

var linkRules = map[LinkRule]linkTerms{ //nolint:gochecknoglobals // a table
	"":             {label: "everybody, at once"},
	LinkSoon:       {before: soonBefore, label: "everybody, from 15 minutes before"},
	LinkHour:       {before: time.Hour, label: "everybody, from an hour before"},
	LinkListed:     {listed: true, label: "whoever comes"},
	LinkListedSoon: {listed: true, before: soonBefore, label: "whoever comes, from 15 minutes before"},
	LinkListedHour: {listed: true, before: time.Hour, label: "whoever comes, from an hour before"},
}

// linkOrder is the order in which the rules are offered.
var linkOrder = []LinkRule{"", LinkSoon, LinkHour, LinkListed, LinkListedSoon, LinkListedHour} //nolint:gochecknoglobals // a table

// linkField is the field that asks for the rule, and linkOpen its value for none:
// an option needs one.
const (
	linkField = "link"
	linkOpen  = "open"
)

func linkInput() chat.FormField {
	field := chat.FormField{Name: linkField, Label: "Who sees the link?", Value: linkOpen}
	for _, rule := range linkOrder {
		field.Options = append(field.Options, chat.Option{Label: capital(linkRules[rule].label), Value: linkValue(rule)})
	}
	return field
}

func linkValue(rule LinkRule) string {
	if rule == "" {
		return linkOpen
	}
	return string(rule)
}

// linkRuleOf reads the field; what is no rule is none.
func linkRuleOf(value string) LinkRule {
	rule := LinkRule(value)
	if _, ok := linkRules[rule]; !ok {
		return ""
	}
	return rule
}

// viewer is somebody who looks at a talk: nobody in particular, as in a channel
// or a public feed, unless it says more.
type viewer struct {
	person string
	state  RsvpState
	edits  bool // may change the talk
}

// viewerOf is a person with their place on the list; both may be nil.
func viewerOf(c *Colloquium, r *Rsvp, to *Person) viewer {
	var v viewer
	if r != nil {
		v.state = r.State
	}
	if to != nil {
		v.person = to.ID
		v.edits = c.Proposer == to.ID
	}
	return v
}

// viewer is who asks.
func (rq *request) viewer(c *Colloquium, r *Rsvp) viewer {
	v := viewerOf(c, r, rq.me)
	v.edits = Can(rq.actor(), Edit, c.object())
	return v
}

// visibleWhere is a talk's place as somebody may see it at a time. It alone
// decides who sees a link: whatever shows, sends or exports a place asks it.
func visibleWhere(c *Colloquium, v viewer, now time.Time) string {
	rule := linkRules[c.Link]
	inside := v.edits || v.person != "" && (c.Proposer == v.person || c.speaks(v.person))
	early := rule.before > 0 && now.Before(c.Start.Add(-rule.before))
	if inside || !early && (!rule.listed || v.state == Going) {
		return c.Where
	}
	return address.ReplaceAllString(c.Where, "(link: for "+rule.label+")")
}

// placeText is where a talk is, for a sentence.
func placeText(c *Colloquium, v viewer, now time.Time) string {
	if c.Where == "" {
		return "the place is not known yet"
	}
	return visibleWhere(c, v, now)
}

// placeLinks is where a talk is, with links.
func placeLinks(c *Colloquium, v viewer, now time.Time) chat.Text {
	if c.Where == "" {
		return chat.T("not known yet; whoever comes is told")
	}
	return linked(visibleWhere(c, v, now))
}

// workReveal has the cards show a link when its time has come.
const workReveal = "reveal"

// reveal is when the cards are to show a link that they did not; zero for never.
func (c *Colloquium) reveal() time.Time {
	rule := linkRules[c.Link]
	if rule.listed || rule.before == 0 || firstLink(c.Where) == "" {
		return time.Time{}
	}
	return c.Start.Add(-rule.before)
}

// revealing names that work, anew for each time of the talk.
func (c *Colloquium) revealing() string { return joinID(workReveal, c.Timing) }
