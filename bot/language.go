package bot

import (
	"slices"
	"strings"

	"interlab/bot/chat"
)

// Language is what a talk is held in, as a tag of BCP 47. The zero value is the
// usual one of the network.
type Language string

// languages can be chosen: as many as a menu takes, beside the usual one.
var languages = []struct { //nolint:gochecknoglobals // a table
	tag  Language
	name string
}{
	{"ar", "Arabic"},
	{"zh", "Chinese"},
	{"cs", "Czech"},
	{"da", "Danish"},
	{"nl", "Dutch"},
	{"en", "English"},
	{"fi", "Finnish"},
	{"fr", "French"},
	{"de", "German"},
	{"el", "Greek"},
	{"he", "Hebrew"},
	{"hi", "Hindi"},
	{"hu", "Hungarian"},
	{"it", "Italian"},
	{"ja", "Japanese"},
	{"ko", "Korean"},
	{"no", "Norwegian"},
	{"fa", "Persian"},
	{"pl", "Polish"},
	{"pt", "Portuguese"},
	{"es", "Spanish"},
	{"sv", "Swedish"},
	{"tr", "Turkish"},
	{"uk", "Ukrainian"},
}

// languageField is the field of the form that asks for the language, and
// languageUsual its value for the usual one: an option needs one.
const (
	languageRoute = "colloquium.language"
	languageField = "language"
	languageUsual = "usual"
)

// ParseLanguage is the language of an English name or a tag of BCP 47; a region
// is taken no notice of. Empty text and "usual" mean the usual one. What the menu
// does not have is a *Denied.
func ParseLanguage(text string) (Language, error) {
	named := fold(chat.CleanLine(text))
	if named == "" || named == languageUsual {
		return "", nil
	}
	tag, _, _ := strings.Cut(strings.ReplaceAll(named, "_", "-"), "-")
	for _, l := range languages {
		if fold(l.name) == named || string(l.tag) == tag {
			return l.tag, nil
		}
	}
	return "", denied("I do not know the language “%s”. Write it in English, as German, or leave it empty for the usual one.", clip(text, 40))
}

// Name is what the language is called in English; "" for the zero value.
func (l Language) Name() string {
	for _, known := range languages {
		if known.tag == l {
			return known.name
		}
	}
	return string(l)
}

func languageFault(text string) error {
	_, err := ParseLanguage(text)
	return err
}

// languageOf reads the field; what is no language is the usual one.
func languageOf(text string) Language {
	l, err := ParseLanguage(text)
	if err != nil {
		return ""
	}
	return l
}

func (l Language) value() string {
	if l == "" {
		return languageUsual
	}
	return string(l)
}

func (a *App) languageInput() chat.FormField {
	usual := "The usual one here"
	if a.language != "" {
		usual += ", " + a.language.Name()
	}
	field := chat.FormField{Name: languageField, Label: "Which language?", Value: languageUsual, Options: []chat.Option{{Label: usual, Value: languageUsual}}}
	for _, l := range languages {
		if l.tag != a.language {
			field.Options = append(field.Options, chat.Option{Label: l.name, Value: string(l.tag)})
		}
	}
	return field
}

// unusual is the name of a language that is not the usual one, which people
// should know of before they come; else "".
func (a *App) unusual(l Language) string {
	if l == a.language {
		return ""
	}
	return l.Name()
}

// languageForm asks in which language the talk of a draft is held.
func (rq *request) languageForm() (chat.Form, error) {
	form := chat.Form{Ref: controlRef(rq.event), Title: "The language of the talk", Submit: "Show me the card", Fields: []chat.FormField{rq.app.languageInput()}}
	draft, err := rq.draft()
	if err != nil || draft == nil {
		return form, err
	}
	return form.Fill(draft.Values), nil
}

// inLanguage leaves the talks of a list in the language that a line names.
func (rq *request) inLanguage(talks []*Colloquium) ([]*Colloquium, Language, error) {
	l, err := ParseLanguage(rq.args[languageField])
	if err != nil || l == "" {
		return talks, "", err
	}
	return slices.DeleteFunc(talks, func(c *Colloquium) bool { return rq.app.heldIn(c) != l }), l, nil
}

// heldIn is the language of a talk, which may be the network's; "" where neither
// is known.
func (a *App) heldIn(c *Colloquium) Language {
	if c.Language == "" {
		return a.language
	}
	return c.Language
}

// languageTitle names the language on cards.
const languageTitle = "Language"

// inWords says in a list that a talk is not in the usual language.
func (a *App) inWords(c *Colloquium) string {
	if name := a.unusual(a.heldIn(c)); name != "" {
		return ", in " + name
	}
	return ""
}

// languageNamed is a language that somebody follows.
func languageNamed(text string) (Followed, error) {
	l, err := ParseLanguage(text)
	if err == nil && l == "" {
		err = denied("Name the language that you mean, for example: German.")
	}
	return Followed{Kind: FollowLanguage, Of: string(l)}, err
}

func languagesOf(talks []Talk) []Choice {
	seen := map[Language]bool{}
	var all []Choice
	some := false
	for _, t := range talks {
		some = some || t.Unusual() != ""
		if l := t.Language(); l != "" && !seen[l] {
			seen[l] = true
			all = append(all, Choice{string(l), l.Name()})
		}
	}
	if !some {
		return nil
	}
	slices.SortFunc(all, byName)
	return all
}

// Language is what the talk is held in: a tag of BCP 47, or "" where nobody has
// said it and the network names no usual one.
func (t Talk) Language() Language { return t.v.app.heldIn(t.c) }

// Unusual is the name of that language where it is not the usual one; else "".
func (t Talk) Unusual() string { return t.v.app.unusual(t.Language()) }
