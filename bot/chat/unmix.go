package chat

import (
	"strings"
	"unicode"
)

// lookalikes are letters of other scripts that look like a Latin one. Greek small
// letters that formulas need are not among them.
// https://www.unicode.org/reports/tr39/#Confusable_Detection
var lookalikes = map[rune]rune{ //nolint:gochecknoglobals // a lookup table
	'а': 'a', 'е': 'e', 'о': 'o', 'р': 'p', 'с': 'c', 'у': 'y', 'х': 'x', 'і': 'i', 'ј': 'j', 'ѕ': 's', 'ԁ': 'd', 'һ': 'h', 'ԛ': 'q', 'ԝ': 'w', 'ӏ': 'l',
	'А': 'A', 'В': 'B', 'Е': 'E', 'К': 'K', 'М': 'M', 'Н': 'H', 'О': 'O', 'Р': 'P', 'С': 'C', 'Т': 'T', 'У': 'Y', 'Х': 'X', 'І': 'I', 'Ј': 'J', 'Ѕ': 'S',
	'ο': 'o', 'Α': 'A', 'Β': 'B', 'Ε': 'E', 'Ζ': 'Z', 'Η': 'H', 'Ι': 'I', 'Κ': 'K', 'Μ': 'M', 'Ν': 'N', 'Ο': 'O', 'Ρ': 'P', 'Τ': 'T', 'Υ': 'Y', 'Χ': 'X',
}

// Skeleton is a text for comparing: what looks the same is the same, whatever
// script it is written in. It is not for showing.
func Skeleton(text string) string { return strings.Map(latin, text) }

func latin(r rune) rune {
	if l, ok := lookalikes[r]; ok {
		return l
	}
	return r
}

// unmix writes the words in Latin letters that mix them with lookalikes of other
// scripts, as no language does. Words wholly in another script stay.
func unmix(text string) string {
	if strings.IndexFunc(text, func(r rune) bool { return latin(r) != r }) < 0 {
		return text
	}
	var out, word strings.Builder
	mixed := [2]bool{} // has Latin letters, has lookalikes
	flush := func() {
		if mixed[0] && mixed[1] {
			out.WriteString(Skeleton(word.String()))
		} else {
			out.WriteString(word.String())
		}
		word.Reset()
		mixed = [2]bool{}
	}
	for _, r := range text {
		if !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) {
			flush()
			out.WriteRune(r)
			continue
		}
		word.WriteRune(r)
		mixed[0] = mixed[0] || unicode.Is(unicode.Latin, r)
		mixed[1] = mixed[1] || latin(r) != r
	}
	flush()
	return out.String()
}
