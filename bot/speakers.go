package bot

import (
	"regexp"
	"slices"
	"strings"

	"interlab/bot/chat"
)

// Speaker is one of those who speak. Person is set for somebody of this network,
// who has to say that it is so before anybody else hears of it.
type Speaker struct {
	Name   string  `json:"name"`
	Person string  `json:"person,omitempty"`
	Speaks Consent `json:"speaks,omitempty"` // of a person
	Record Consent `json:"record,omitempty"` // whether the talk may be recorded
}

// Consent is what somebody said to a question about themselves. The zero value
// means that they have said nothing.
type Consent string

// The answers.
const (
	Agreed  Consent = "yes"
	Refused Consent = "no"
)

// unnamed stands where nobody is known to speak.
const unnamed = "to be announced"

// between separates several speakers in a line.
var between = regexp.MustCompile(`\s*;\s*|\s+(?:and|&)\s+`)

// speakerLabs are the labs of those who speak, each once, by what the directory
// knows; the host where nobody of this network does.
func (c *Colloquium) speakerLabs(people *directory) []string {
	var labs []string
	for _, s := range c.Speakers {
		if lab := people.labOf(s.Person); lab != "" && !slices.Contains(labs, lab) {
			labs = append(labs, lab)
		}
	}
	if len(labs) == 0 {
		labs = []string{c.Lab}
	}
	return labs
}

// speakersOf reads who speaks. Whoever is this network's, under a name that they
// show to everybody, is meant as that person.
func (rq *request) speakersOf(text string) ([]Speaker, error) {
	people, err := rq.app.people.all(rq.ctx)
	if err != nil {
		return nil, err
	}
	var speakers []Speaker
	for _, name := range between.Split(chat.CleanLine(text), -1) {
		if name = chat.CleanLine(name); name == "" {
			continue
		}
		speakers = append(speakers, rq.speakersNamed(name, people)...)
	}
	return speakers, nil
}

// speakersNamed are those of a name with commas if each part is somebody of this
// network; else it is one speaker, for what follows a comma is where they are from.
func (rq *request) speakersNamed(name string, people []*Person) []Speaker {
	var each []Speaker
	for part := range strings.SplitSeq(name, ",") {
		one := rq.speakerNamed(strings.TrimSpace(part), people)
		if one.Person == "" {
			return []Speaker{rq.speakerNamed(name, people)}
		}
		each = append(each, one)
	}
	return each
}

// speakerNamed is one speaker; a name that several people have is only a name.
func (rq *request) speakerNamed(name string, people []*Person) Speaker {
	if fold(name) == fold(rq.me.Name) {
		return Speaker{Name: name, Person: rq.me.ID, Speaks: Agreed}
	}
	account, _ := chat.ParseAccount(name)
	var found []*Person
	for _, p := range people {
		if slices.Contains(p.Accounts, account) || p.inNetwork() && p.showsName(false) && fold(p.Name) == fold(name) {
			found = append(found, p)
		}
	}
	switch {
	case len(found) != 1:
		return Speaker{Name: name}
	case found[0].ID == rq.me.ID:
		return Speaker{Name: rq.me.Name, Person: rq.me.ID, Speaks: Agreed}
	}
	return Speaker{Name: found[0].shownName(), Person: found[0].ID}
}

// speakerNames are the names of those who did not say that it is a mistake.
func speakerNames(speakers []Speaker) string {
	var names []string
	for _, s := range speakers {
		if s.Speaks != Refused {
			names = append(names, s.Name)
		}
	}
	if len(names) == 0 {
		return unnamed
	}
	return sentenceList(names)
}

// nameSpeakers sets the words for those who speak.
func (c *Colloquium) nameSpeakers() { c.Speaker = speakerNames(c.Speakers) }

// speaks reports whether a person is one of the speakers.
func (c *Colloquium) speaks(person string) bool {
	return slices.ContainsFunc(c.Speakers, func(s Speaker) bool { return s.Person == person && s.Speaks == Agreed })
}

// staff are the people who propose a talk or are to speak.
func (c *Colloquium) staff() []string {
	var ids []string
	if c.Proposer != "" {
		ids = append(ids, c.Proposer)
	}
	for _, s := range c.Speakers {
		if s.Person != "" && !slices.Contains(ids, s.Person) {
			ids = append(ids, s.Person)
		}
	}
	return ids
}

// unsaid are those of this network who have not said yet whether they speak.
func (c *Colloquium) unsaid() []Speaker {
	return slices.DeleteFunc(slices.Clone(c.Speakers), func(s Speaker) bool { return s.Person == "" || s.Speaks != "" })
}

// speaker names who speaks; a person is mentioned.
func (a *App) speaker(tx *Tx, c *Colloquium) chat.Text {
	var names []any
	for _, s := range c.Speakers {
		if s.Speaks == Refused {
			continue
		}
		if len(names) > 0 {
			names = append(names, ", ")
		}
		p, err := load[*Person](tx, KindPerson, s.Person)
		if s.Person == "" || err != nil {
			names = append(names, s.Name)
			continue
		}
		if s.Speaks == Agreed || p.showsName(false) {
			names = append(names, p.mention())
		} else {
			names = append(names, s.Name)
		}
		if s.Speaks == "" {
			names = append(names, " (has not said so yet)")
		}
	}
	if len(names) == 0 {
		return chat.T(c.Speaker)
	}
	return chat.T(names...)
}

// recordingText says on a card whether a talk is recorded: only where all who
// speak agreed, and nothing where nobody has said anything.
func (c *Colloquium) recordingText() string {
	if slices.ContainsFunc(c.Speakers, func(s Speaker) bool { return s.Record == Refused }) {
		return "please do not record this talk"
	}
	if c.recordable() {
		return "with the consent of who speaks"
	}
	return ""
}

// recordable reports whether all who speak agreed to a recording.
func (c *Colloquium) recordable() bool {
	return len(c.Speakers) > 0 && !slices.ContainsFunc(c.Speakers, func(s Speaker) bool { return s.Speaks != Refused && s.Record != Agreed })
}
