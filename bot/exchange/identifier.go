package exchange

import (
	"regexp"
	"strconv"
	"strings"
)

// Scheme is a system of lasting identifiers.
type Scheme string

// The schemes that can be checked without asking anybody.
const (
	DOI   Scheme = "doi"   // ISO 26324
	ArXiv Scheme = "arxiv" // arXiv's own, of 1991 and of 2007
	ISBN  Scheme = "isbn"  // ISO 2108, of ten or thirteen digits
	ORCID Scheme = "orcid" // of a person
	ROR   Scheme = "ror"   // of an organisation
	SWHID Scheme = "swhid" // of source code in the Software Heritage archive
)

// Identifier is a lasting name of a work, a person or an organisation, in the
// scheme's usual form.
type Identifier struct {
	Scheme Scheme
	ID     string
}

// String is the form with the scheme before it: "doi:10.5281/zenodo.1".
func (i Identifier) String() string { return string(i.Scheme) + ":" + i.ID }

// Link leads to what the identifier names; "" for a scheme without a resolver.
func (i Identifier) Link() string {
	switch i.Scheme {
	case DOI:
		return "https://doi.org/" + i.ID
	case ArXiv:
		return "https://arxiv.org/abs/" + i.ID
	case ORCID:
		return "https://orcid.org/" + i.ID
	case ROR:
		return "https://ror.org/" + i.ID
	case SWHID:
		return "https://archive.softwareheritage.org/" + i.ID
	case ISBN:
	}
	return ""
}

// shapes are what identifiers look like.
//
//nolint:gochecknoglobals // compiled once
var shapes = map[Scheme]*regexp.Regexp{
	DOI:   regexp.MustCompile(`^10\.[0-9]{4,9}(\.[0-9]+)*/[^\s<>"]+$`),
	ArXiv: regexp.MustCompile(`^([0-9]{2}(0[1-9]|1[0-2])\.[0-9]{4,5}|[a-z]+(-[a-z]+)?(\.[A-Z]{2})?/[0-9]{2}(0[1-9]|1[0-2])[0-9]{3})(v[1-9][0-9]*)?$`),
	ISBN:  regexp.MustCompile(`^([0-9]{9}[0-9X]|97[89][0-9]{10})$`),
	ORCID: regexp.MustCompile(`^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$`),
	ROR:   regexp.MustCompile(`^0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}$`),
	SWHID: regexp.MustCompile(`^swh:1:(cnt|dir|rev|rel|snp):[0-9a-f]{40}$`),
}

// prefixes are what people and sites write before an identifier.
func prefixes(s Scheme) []string {
	switch s {
	case DOI:
		return []string{"https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:"}
	case ArXiv:
		return []string{"https://arxiv.org/abs/", "http://arxiv.org/abs/", "https://arxiv.org/pdf/", "arxiv:"}
	case ORCID:
		return []string{"https://orcid.org/", "http://orcid.org/", "orcid:"}
	case ROR:
		return []string{"https://ror.org/", "ror:"}
	case ISBN:
		return []string{"isbn:", "isbn "}
	case SWHID:
		return []string{"https://archive.softwareheritage.org/", "swhid:"}
	}
	return nil
}

// FindIdentifier recognises a work's identifier by its prefix: "doi:", a link
// into a resolver, or the form itself where no other scheme has it. It is false
// for anything else; an identifier whose check fails is refused.
func FindIdentifier(text string) (Identifier, bool, error) {
	text = strings.TrimSpace(text)
	for _, s := range []Scheme{DOI, ArXiv, ISBN, ORCID, ROR, SWHID} {
		for _, p := range prefixes(s) {
			if len(text) >= len(p) && strings.EqualFold(text[:len(p)], p) {
				id, err := ParseIdentifier(s, text)
				return id, true, err
			}
		}
	}
	if strings.HasPrefix(text, "10.") || strings.HasPrefix(text, "swh:") {
		s := DOI
		if text[0] == 's' {
			s = SWHID
		}
		id, err := ParseIdentifier(s, text)
		return id, true, err
	}
	return Identifier{}, false, nil
}

// ParseIdentifier reads an identifier of a scheme, with or without what is
// usually written before it, and refuses one whose form or check digits are
// wrong. Nobody is asked whether it is taken.
func ParseIdentifier(s Scheme, text string) (Identifier, error) {
	id := strings.TrimSpace(text)
	for _, p := range prefixes(s) {
		if len(id) >= len(p) && strings.EqualFold(id[:len(p)], p) {
			id = strings.TrimSpace(id[len(p):])
			break
		}
	}
	id = usual(s, id)
	shape := shapes[s]
	if shape == nil || !shape.MatchString(id) {
		return Identifier{}, refuse(BadIdentifier, "That does not look like "+s.example()+". Copy it from its page. Nothing was saved.")
	}
	if !s.sums(id) {
		return Identifier{}, refuse(BadIdentifier, "One of the characters must be wrong, for the check at its end does not fit: "+id+". Copy it from its page. Nothing was saved.")
	}
	return Identifier{s, id}, nil
}

// usual is an identifier as its scheme writes it.
func usual(s Scheme, id string) string {
	switch s {
	case DOI, SWHID:
		return strings.ToLower(id) // both ignore capitals
	case ROR:
		return strings.ToLower(strings.TrimSuffix(id, "/"))
	case ISBN:
		return strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(id))
	case ORCID:
		return strings.ToUpper(strings.TrimSuffix(id, "/"))
	case ArXiv:
		return strings.TrimSuffix(id, ".pdf")
	}
	return id
}

func (s Scheme) example() string {
	switch s {
	case DOI:
		return "a DOI such as 10.5281/zenodo.3490396"
	case ArXiv:
		return "an arXiv number such as 2403.13784v2"
	case ISBN:
		return "an ISBN such as 978-0-306-40615-7"
	case ORCID:
		return "an ORCID such as 0000-0002-1825-0097"
	case ROR:
		return "a ROR such as 05dxps055"
	case SWHID:
		return "a SWHID such as swh:1:rev: and forty characters"
	}
	return "an identifier that is known here"
}

// sums reports whether the check digits of a well-formed identifier fit; true
// where the scheme has none.
func (s Scheme) sums(id string) bool {
	switch s {
	case ORCID:
		return sums11(strings.ReplaceAll(id, "-", ""))
	case ROR:
		return sums97(id)
	case ISBN:
		return sumsISBN(id)
	case DOI, ArXiv, SWHID:
	}
	return true
}

// sums11 is ISO 7064 MOD 11-2, as ORCID documents it.
func sums11(id string) bool {
	total := 0
	for _, c := range id[:len(id)-1] {
		total = (total + int(c-'0')) * 2
	}
	return digit((12-total%11)%11) == id[len(id)-1]
}

// sums97 is ISO 7064 MOD 97-10 over Crockford's base 32, as ROR documents it.
func sums97(id string) bool {
	const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
	n := 0
	for _, c := range id[:7] {
		i := strings.IndexRune(alphabet, c)
		if i < 0 {
			return false
		}
		n = n*32 + i
	}
	sum, err := strconv.Atoi(id[7:])
	return err == nil && sum == 98-n*100%97
}

// sumsISBN is the weighted sum of ISO 2108: by 10 down to 1 modulo 11, or by 1
// and 3 in turn modulo 10.
func sumsISBN(id string) bool {
	total := 0
	for i, c := range id {
		v := int(c - '0')
		if c == 'X' {
			v = 10
		}
		switch {
		case len(id) == 10:
			v *= 10 - i
		case i%2 == 1:
			v *= 3
		}
		total += v
	}
	if len(id) == 10 {
		return total%11 == 0
	}
	return total%10 == 0
}

// digit is a check digit: X stands for ten.
func digit(n int) byte {
	if n == 10 {
		return 'X'
	}
	return byte('0' + n)
}
