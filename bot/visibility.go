package bot

import (
	"slices"
	"strings"

	"interlab/bot/chat"
)

// Who sees what of somebody is decided here alone, field by field. Everything
// that shows a person to another one before the two are introduced asks these
// methods; met says that they are.

// Seen is from when on others see one field of a person.
type Seen string

// The choices. A contact and a name are of use to somebody in the end, so nobody
// may keep them from those they are introduced to; topics can serve for matching
// alone.
const (
	SeenByAll    Seen = "everybody"
	SeenIfAsked  Seen = "asked" // of a name: by those whom they ask themselves, too
	SeenOnceMet  Seen = "introduced"
	SeenByNobody Seen = "nobody"
)

// Sight is who sees what of a person beside the name, which is Person.Shown.
// An empty value is the default of its field.
type Sight struct {
	Topics  Seen `json:"topics,omitempty"`  // by default everybody; what they wrote about their work, too
	Lab     Seen `json:"lab,omitempty"`     // by default everybody
	Contact Seen `json:"contact,omitempty"` // by default whoever they are introduced to
}

// The fields that somebody chooses for, as they are typed and stored in forms.
const (
	seenTopics  = "topics"
	seenLab     = "lab"
	seenName    = "name"
	seenContact = "contact"

	seenRoute = "profile.seen"
)

// seenChoices are the choices of each field, the default first, in the order in
// which fields are asked for.
var seenChoices = []struct { //nolint:gochecknoglobals // a table
	field, label, arg string
	choices           []Seen
}{
	{seenTopics, "Who sees your topics and your text?", "topics and text", []Seen{SeenByAll, SeenOnceMet, SeenByNobody}},
	{seenLab, "Who sees your lab?", "your lab", []Seen{SeenByAll, SeenOnceMet}},
	{seenName, "Who sees your name?", "your name", []Seen{SeenIfAsked, SeenByAll, SeenOnceMet}},
	{seenContact, "Who sees how to reach you?", "your contact", []Seen{SeenOnceMet, SeenByAll}},
}

// showsName reports whether somebody sees the name.
func (p *Person) showsName(met bool) bool { return met || p.Shown == ShownName }

// asksByName reports whether those see the name whom the person asks.
func (p *Person) asksByName() bool { return p.Shown != ShownMet }

// showsLab reports whether somebody sees the lab.
func (p *Person) showsLab(met bool) bool { return met || p.Sight.Lab != SeenOnceMet }

// showsTopics reports whether somebody sees the topics and the text about the work.
func (p *Person) showsTopics(met bool) bool {
	switch p.Sight.Topics {
	case SeenByNobody:
		return false
	case SeenOnceMet:
		return met
	case SeenByAll:
	}
	return true
}

// showsContact reports whether everybody sees the contact. Whoever is introduced does.
func (p *Person) showsContact() bool { return p.Sight.Contact == SeenByAll && p.Contact != "" }

// seen is the choice for a field.
func (p *Person) seen(field string) Seen {
	open := func(shown bool) Seen {
		if shown {
			return SeenByAll
		}
		return SeenOnceMet
	}
	switch field {
	case seenTopics:
		if p.Sight.Topics == SeenByNobody {
			return SeenByNobody
		}
		return open(p.showsTopics(false))
	case seenLab:
		return open(p.showsLab(false))
	case seenContact:
		return open(p.Sight.Contact == SeenByAll)
	}
	if p.Shown == ShownTopics {
		return SeenIfAsked
	}
	return open(p.showsName(false))
}

// see takes the choice for a field.
func (p *Person) see(field string, s Seen) {
	switch field {
	case seenTopics:
		p.Sight.Topics = s
	case seenLab:
		p.Sight.Lab = s
	case seenContact:
		p.Sight.Contact = s
	case seenName:
		p.Shown = map[Seen]Shown{SeenByAll: ShownName, SeenOnceMet: ShownMet}[s]
	}
}

// hideAs makes each field as hard to see as it is of another profile, where that
// is harder.
func (p *Person) hideAs(other *Person) {
	open := []Seen{SeenByAll, SeenIfAsked, SeenOnceMet, SeenByNobody}
	for _, f := range seenChoices {
		if theirs := other.seen(f.field); slices.Index(open, theirs) > slices.Index(open, p.seen(f.field)) {
			p.see(f.field, theirs)
		}
	}
}

// anonymous is somebody who does not show their name, and elsewhere the lab of
// somebody who does not show it.
const (
	anonymous = "A researcher"
	elsewhere = "another lab"
)

// shownName is the name, where everybody may see it.
func (p *Person) shownName() string {
	if p.showsName(false) {
		return p.Name
	}
	return anonymous
}

// askingName is the name under which the person asks.
func (p *Person) askingName() string {
	if p.asksByName() {
		return p.Name
	}
	return anonymous
}

// shownFirst is what an asker is called in a sentence before an introduction.
func (p *Person) shownFirst() string {
	if p.asksByName() {
		return firstName(p.Name)
	}
	return "they"
}

// shownLab is the name of the lab, as far as it may be seen.
func (a *App) shownLab(tx *Tx, p *Person, met bool) (string, error) {
	if !p.showsLab(met) {
		return elsewhere, nil
	}
	return a.lab(tx, p.Lab)
}

// fitsUnsaid is the reason for somebody who does not show their topics.
const fitsUnsaid = "Fits what you look for, and shows topics to few people"

// seenRoutes let a person choose who sees what.
func seenRoutes() []route {
	return []route{
		{name: seenRoute, show: chat.ShowForm, form: (*request).seenForm},
		{name: submitted(seenRoute), show: chat.ShowPrivate, changes: true, do: (*request).chooseSeen},
		{name: "profile.privacy", show: chat.ShowPrivate, changes: true, do: (*request).chooseSeen},
	}
}

func seenCommand() chat.Command {
	command := chat.Command{
		Name: "privacy", Summary: "Who sees what of you", Route: "profile.privacy", Blank: seenRoute,
		Example: "profile privacy lab:introduced",
	}
	for _, f := range seenChoices {
		arg := chat.Arg{Name: f.field, Summary: f.arg, Kind: chat.ArgChoice}
		for _, c := range f.choices {
			arg.Choices = append(arg.Choices, string(c))
		}
		command.Args = append(command.Args, arg)
	}
	return command
}

// seenLabels are the choices in words.
var seenLabels = map[Seen]string{ //nolint:gochecknoglobals // a table
	SeenByAll:    "Everybody in the network",
	SeenOnceMet:  "Only whoever I am introduced to",
	SeenIfAsked:  "Those I ask, and whoever I meet",
	SeenByNobody: "Nobody: use them only to match me",
}

func (rq *request) seenForm() (chat.Form, error) {
	form := chat.Form{Ref: chat.Ref{Route: seenRoute}, Title: "Who sees what of you?", Submit: "Save"}
	for _, f := range seenChoices {
		field := chat.FormField{Name: f.field, Label: f.label, Required: true, Value: string(rq.me.seen(f.field))}
		for _, c := range f.choices {
			field.Options = append(field.Options, chat.Option{Label: seenLabels[c], Value: string(c)})
		}
		form.Fields = append(form.Fields, field)
	}
	return form, nil
}

// chooseSeen takes any of the choices.
func (rq *request) chooseSeen() (chat.Message, error) {
	for _, f := range seenChoices {
		text := strings.ToLower(rq.arg(f.field))
		if text == "" {
			continue
		}
		var words []string
		chosen := false
		for _, c := range f.choices {
			words = append(words, string(c))
			chosen = chosen || text == string(c)
		}
		if !chosen {
			return chat.Message{}, denied("Nothing was saved: for your %s choose one of these: %s.", f.field, strings.Join(words, ", "))
		}
		rq.me.see(f.field, Seen(text))
	}
	rq.tx.put(rq.me)
	m, err := rq.profileShow()
	if err != nil || rq.me.Joined.IsZero() {
		return m, err
	}
	m.Title = "Saved"
	return m, nil
}

// whoSees says in words who sees what of the person.
func (rq *request) whoSees(lab string) []chat.Text {
	names := map[string]string{seenName: "your name", seenLab: "your lab (" + lab + ")", seenTopics: "your topics"}
	by := map[Seen][]string{}
	for _, field := range []string{seenName, seenLab, seenTopics} {
		s := rq.me.seen(field)
		by[s] = append(by[s], names[field])
	}
	seen := "Others see nothing of you"
	if all := by[SeenByAll]; len(all) > 0 {
		seen = "Others see " + sentenceList(all)
	}
	if asked := by[SeenIfAsked]; len(asked) > 0 {
		seen += "; " + sentenceList(asked) + " only whom you ask, and once you agree to an introduction"
	}
	if later := by[SeenOnceMet]; len(later) > 0 {
		seen += "; " + sentenceList(later) + " only once you agree to an introduction"
	}
	seen += "."
	if len(by[SeenByNobody]) > 0 {
		seen += " Your topics serve to match you, and nobody is shown them."
	}
	contact := "Once you agree to an introduction, that person sees how to reach you: " + rq.me.Contact + "."
	switch {
	case rq.me.Contact == "":
		contact = "You have given no way to reach you; I ask for one before an introduction."
	case rq.me.showsContact():
		contact = "Whoever finds you sees how to reach you: " + rq.me.Contact + "."
	}
	return []chat.Text{chat.T(seen), chat.T(contact)}
}

// askedWith is what somebody who is asked sees of the person.
func (p *Person) askedWith() string {
	var words []string
	if p.asksByName() {
		words = append(words, "your name")
	}
	if p.showsLab(false) {
		words = append(words, "your lab")
	}
	if len(words) == 0 {
		return "without who you are, with what it is about"
	}
	return "with " + strings.Join(words, ", ") + " and what it is about"
}
