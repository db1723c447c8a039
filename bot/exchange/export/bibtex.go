package export

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"interlab/bot/exchange"
)

// BibTeX is a person's list of works for a programme that manages references. An
// entry's key is made of where its work is, so that it stays the same in every list
// and when the title changes. Its year is that of the day on which the work was
// published, where somebody said so, or else the one that an arXiv number begins
// with; the year in which the work was declared or confirmed says nothing of it, so
// an entry without either has none.
func (b Book) BibTeX(person string) []byte {
	var out strings.Builder
	for _, v := range b.worksOf(person) {
		fmt.Fprintf(&out, "@%s{%s,\n", bibType(v.Type), bibKey(v.Where))
		field := func(name, value string) {
			if value != "" {
				fmt.Fprintf(&out, "  %s = {%s},\n", name, value)
			}
		}
		field("title", "{"+bibText(v.Title)+"}")
		field("author", b.authors(v))
		if year, month := appeared(v); year != "" {
			field("year", year)
			fmt.Fprintf(&out, "  month = %s,\n", month) // a macro that every style knows
		}
		for _, f := range place(v.Where) {
			field(f[0], f[1])
		}
		field("version", bibText(v.Version))
		if v.Licence != "" {
			field("note", "Licence: "+bibText(v.Licence))
		}
		out.WriteString("}\n\n")
	}
	return []byte(out.String())
}

// bibKey tells works apart by where they are. Forty bits are enough: that two of a
// thousand share a key is one chance in two million.
func bibKey(where string) string {
	sum := sha256.Sum256([]byte(linkOf(where)))
	return "interlab" + hex.EncodeToString(sum[:5])
}

// appeared is the year and the month of the work's own, as BibTeX writes them; ""
// where nobody knows.
func appeared(v exchange.Evidence) (year, month string) {
	at := time.Date(v.Published.Year(), v.Published.Month(), 1, 0, 0, 0, 0, time.UTC)
	if v.Published.IsZero() {
		id, found, err := exchange.FindIdentifier(v.Where)
		if !found || err != nil || id.Scheme != exchange.ArXiv {
			return "", ""
		}
		number := id.ID[strings.LastIndex(id.ID, "/")+1:]
		if at, err = time.Parse("0601", number[:4]); err != nil {
			return "", ""
		}
	}
	return digits(at.Year()), strings.ToLower(at.Format("Jan"))
}

// place are the fields that say where a work is, each once: what makes a link of
// an identifier is not told the link as well. Links and identifiers are read letter
// by letter, so nothing in them is written for TeX.
func place(where string) [][2]string {
	id, found, err := exchange.FindIdentifier(where)
	if err != nil || !found {
		return [][2]string{{"url", bibURL(linkOf(where))}}
	}
	switch id.Scheme {
	case exchange.DOI:
		return [][2]string{{"doi", bibURL(id.ID)}}
	case exchange.ArXiv:
		return [][2]string{{"eprint", id.ID}, {"archiveprefix", "arXiv"}, {"url", id.Link()}}
	case exchange.ISBN:
		return [][2]string{{"isbn", id.ID}}
	case exchange.SWHID, exchange.ORCID, exchange.ROR:
	}
	return [][2]string{{"url", bibURL(linkOf(where))}}
}

// authors are those who have part in a work and may be named, by name.
func (b Book) authors(v exchange.Evidence) string {
	var names []string
	for person := range maps.Keys(v.Credit) {
		if name := bibName(b.People[person]); name != "" {
			names = append(names, name)
		}
	}
	if name := bibName(b.People[v.Declared.By]); len(v.Credit) == 0 && name != "" {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, " and ")
}

// bibName is a name that stays one name. What BibTeX would take for the end of a
// name, for several people or for a surname put first is kept together by braces,
// as it does with the names of groups.
func bibName(name string) string {
	text := bibText(name)
	several := slices.ContainsFunc(strings.Fields(text), func(word string) bool {
		return strings.EqualFold(word, "and") || strings.EqualFold(word, "others")
	})
	if several || strings.Contains(text, ",") {
		return "{" + text + "}"
	}
	return text
}

// bibType is the kind of entry. Those of data and software are biblatex's; older
// styles take them for misc.
func bibType(a exchange.Artefact) string {
	switch a {
	case exchange.Paper:
		return "article"
	case exchange.TechnicalReport, exchange.NegativeResult:
		return "techreport"
	case exchange.Dataset, exchange.BenchmarkData, exchange.Weights, exchange.Checkpoints, exchange.TrainingLogs:
		return "dataset"
	case exchange.TrainingCode, exchange.InferenceCode, exchange.PreparationCode, exchange.Architecture,
		exchange.EvalHarness, exchange.ReproScript, exchange.Adoption:
		return "software"
	default:
		return "misc"
	}
}

// bibText is a text on one line without anything that BibTeX or TeX would read as
// its own. Braces are spelled out, for BibTeX counts even those behind a backslash.
func bibText(text string) string {
	plain := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, text)
	return strings.NewReplacer(
		`\`, `\textbackslash{}`, "{", `\textbraceleft{}`, "}", `\textbraceright{}`, "%", `\%`, "&", `\&`, "#", `\#`,
		"$", `\$`, "_", `\_`, "~", `\textasciitilde{}`, "^", `\textasciicircum{}`,
	).Replace(strings.Join(strings.Fields(plain), " "))
}

// bibURL is a link whose braces, if it has any, close nothing.
func bibURL(link string) string {
	return strings.NewReplacer("{", "%7B", "}", "%7D", `\`, "%5C").Replace(link)
}
