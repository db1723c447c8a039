package matching

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/kljensen/snowball/english"
)

// fold gives the form in which a written word is compared: compatibility
// forms, accents, case, hyphens and possessives are gone, so that a keyboard
// without umlauts still finds Schrödinger. A lone Greek letter becomes its name.
func fold(word string) string {
	if !isASCII(word) {
		word = strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r) {
				return -1
			}
			return r
		}, norm.NFKD.String(word))
		word = greekName(cases.Fold().String(word))
	} else {
		word = strings.ToLower(word)
	}
	word = strings.TrimSuffix(strings.TrimSuffix(word, "'s"), "\u2019s")
	return strings.Map(func(r rune) rune {
		if isWordRune(r) || r == '+' || r == '#' {
			return r
		}
		return -1
	}, word)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// greekName spells out a single Greek letter: papers write beta-amyloid either way.
func greekName(word string) string {
	const alphabet = "αalpha βbeta γgamma δdelta εepsilon ζzeta ηeta θtheta ιiota κkappa λlambda μmu " +
		"νnu ξxi οomicron πpi ρrho σsigma τtau υupsilon φphi χchi ψpsi ωomega"
	if utf8.RuneCountInString(word) != 1 {
		return word
	}
	_, rest, found := strings.Cut(alphabet, word)
	if !found || isASCII(word) {
		return word
	}
	name, _, _ := strings.Cut(rest, " ")
	return name
}

// stem returns the Snowball English stem (https://snowballstem.org/algorithms/english/stemmer.html)
// of a folded word in American spelling.
func stem(word string) string {
	if hasDigit(word) || len(word) < 3 {
		return word
	}
	if kept := lonely(word); kept != "" {
		return kept
	}
	if root, plural := strings.CutSuffix(word, "s"); plural && len(root) > 2 && !strings.ContainsAny(root, "aeiouy") {
		return root // LLMs: Snowball drops an s only after a vowel
	}
	return english.Stem(american(word), true)
}

// lonely returns the stem of a word that Snowball would give the stem of another word, of
// another field; "" of all others.
func lonely(word string) string {
	switch root := strings.TrimSuffix(word, "s"); root {
	case "transformer", "organ", "organism", "university", "universe", "experiment":
		return root
	case "universitie":
		return "university"
	case "organization", "organisation", "organizational", "organisational":
		return "organization"
	case "experimental", "experimentally":
		return "experiment"
	default:
		return ""
	}
}

// american levels the regular differences of British spelling. It turns some
// innocent words into no words (course, exercise), but on both sides alike:
// nobody sees them, and only a collision could do harm.
func american(word string) string {
	if len(word) > 5 { // not sae or vae, hour or four
		word = strings.Replace(word, "ae", "e", 1)
		word = strings.Replace(word, "our", "or", 1)
	}
	for _, ending := range [...]string{"e", "ed", "es", "er", "ers", "ing", "ation", "ations"} {
		root, found := strings.CutSuffix(word, "s"+ending)
		if found && len(root) > 3 && (strings.HasSuffix(root, "i") || strings.HasSuffix(root, "y")) {
			return root + "z" + ending
		}
	}
	return word
}
