package export

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"interlab/bot/exchange"
)

// linkOf is where a work is on the web, or its lasting name; "" where words say
// where it is.
func linkOf(where string) string {
	id, found, err := exchange.FindIdentifier(where)
	switch {
	case err != nil:
		return ""
	case found && id.Scheme == exchange.DOI:
		return "https://doi.org/" + id.ID
	case found && id.Scheme == exchange.ArXiv:
		return "https://arxiv.org/abs/" + id.ID
	case found && id.Scheme == exchange.SWHID:
		return "https://archive.softwareheritage.org/" + id.ID
	case found:
		return "urn:" + id.String()
	}
	if u, err := exchange.CheckLink(where); err == nil {
		return u.String()
	}
	return ""
}

// worksOf are what a person is credited for or declared and that others can
// follow, each place once, the oldest first.
func (b Book) worksOf(person string) []exchange.Evidence {
	var all []exchange.Evidence
	for _, r := range b.sorted().Ledger.Records {
		found := slices.Clone(r.Evidence)
		for _, pack := range r.Packs {
			for _, a := range append(slices.Clone(pack.Profile.Required()), pack.Profile.Wanted()...) {
				if s := pack.Slots[a]; s.Evidence != nil {
					found = append(found, *s.Evidence)
				}
			}
		}
		for _, v := range found {
			_, credited := v.Credit[person]
			mine := credited || len(v.Credit) == 0 && v.Declared.By == person
			again := slices.ContainsFunc(all, func(w exchange.Evidence) bool { return w.Where == v.Where })
			if mine && !again && linkOf(v.Where) != "" && (v.Openness == exchange.ToAll || v.Openness == exchange.Gated) {
				all = append(all, v)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b exchange.Evidence) int {
		return cmp.Or(a.Published.Compare(b.Published), strings.Compare(a.Title, b.Title), strings.Compare(a.Where, b.Where))
	})
	return all
}

// BibTeX is a person's list of works for a programme that manages references.
func (b Book) BibTeX(person string) []byte {
	var out strings.Builder
	for i, v := range b.worksOf(person) {
		fmt.Fprintf(&out, "@%s{interlab%d,\n", bibType(v.Type), i+1)
		field := func(name, value string) {
			if value != "" {
				fmt.Fprintf(&out, "  %s = {%s},\n", name, value)
			}
		}
		field("title", "{"+bibText(v.Title)+"}")
		field("author", bibText(b.authors(v)))
		if !v.Published.IsZero() {
			field("year", fmt.Sprint(v.Published.Year()))
			field("month", digits(int(v.Published.Month())))
		}
		id, found, _ := exchange.FindIdentifier(v.Where)
		switch {
		case found && id.Scheme == exchange.DOI:
			field("doi", bibText(id.ID))
		case found && id.Scheme == exchange.ArXiv:
			field("eprint", id.ID)
			field("archiveprefix", "arXiv")
		}
		field("url", bibURL(linkOf(v.Where)))
		field("version", bibText(v.Version))
		if v.Licence != "" {
			field("note", "Licence: "+bibText(v.Licence))
		}
		out.WriteString("}\n\n")
	}
	return []byte(out.String())
}

// DOIs are those of a person's works, a line each, to be pasted where a record
// asks for them.
func (b Book) DOIs(person string) []byte {
	var out strings.Builder
	for _, v := range b.worksOf(person) {
		if id, found, err := exchange.FindIdentifier(v.Where); found && err == nil && id.Scheme == exchange.DOI {
			out.WriteString(id.ID + "\n")
		}
	}
	return []byte(out.String())
}

// authors are those who have part in a work and may be named, by name.
func (b Book) authors(v exchange.Evidence) string {
	var names []string
	for person := range maps.Keys(v.Credit) {
		if name := b.People[person]; name != "" {
			names = append(names, name)
		}
	}
	if len(v.Credit) == 0 && b.People[v.Declared.By] != "" {
		names = append(names, b.People[v.Declared.By])
	}
	slices.Sort(names)
	return strings.Join(names, " and ")
}

func bibType(a exchange.Artefact) string {
	switch a {
	case exchange.Paper:
		return "article"
	case exchange.TechnicalReport, exchange.NegativeResult:
		return "techreport"
	default:
		return "misc"
	}
}

// bibText is a text without anything that BibTeX or TeX would read as its own.
func bibText(text string) string {
	return strings.NewReplacer(
		`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "%", `\%`, "&", `\&`, "#", `\#`, "$", `\$`, "_", `\_`,
		"~", `\textasciitilde{}`, "^", `\textasciicircum{}`, "\n", " ", "\r", " ",
	).Replace(text)
}

// bibURL is a link whose braces, if it has any, close nothing.
func bibURL(link string) string {
	return strings.NewReplacer("{", "%7B", "}", "%7D", `\`, "%5C").Replace(link)
}
