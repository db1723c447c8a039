package chat

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestCleanKeepsWhatPeopleMeanAndDropsTheRest(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ about, in, want string }{
		{"ordinary text", "Ana, 5 µm & more", "Ana, 5 µm & more"},
		{"white space at the edges", "\n \u00a0a b\t\n", "a b"},
		{"line ends of every kind", "a\r\nb\rc\u2028d\u0085e\vf", "a\nb\nc\nd\ne\nf"},
		{"tabs", "a\tb", "a b"},
		{"controls", "a\x00b\x1b[31mc\x7f\u009b", "ab[31mc"},
		{"invalid bytes", "a\xffb", "a\ufffdb"},
		{"decomposed letters", "Zoe\u0308", "Zoë"},
		{"controls of direction", "\u202eabc\u202c\u2066x\u2069\u200f", "abcx"},
		{"zero-width characters", "a\u200bb\ufeffc\u2060d\u00ade", "abcde"},
		{"blank letters", "\u3164\u115f\uffa0", ""},
		{"hidden tags", "a\U000e0061\U000e0062", "a"},
		{"a joiner between latin letters", "ad\u200dmin\u200c", "admin"},
		{"a non-joiner in Persian", "می\u200cخواهم", "می\u200cخواهم"},
		{"a joiner behind a virama", "क्\u200dष", "क्\u200dष"},
		{"a joiner at the end", "می\u200c", "می"},
		{"a joined emoji", "👩🏽\u200d🔬 ❤\ufe0f\u200d🔥 🙂\u200d↔\ufe0f", "👩🏽\u200d🔬 ❤\ufe0f\u200d🔥 🙂\u200d↔\ufe0f"},
		{"a stack of marks", "a" + strings.Repeat("\u0316", 30), "a" + strings.Repeat("\u0316", maxMarks)},
		{"a mark without a letter", "\u0301a \u0301b", "a b"},
		{"marks that meet when a character between goes", "e\u200b\u0301", "é"},
		{"a sign that belongs before digits", "\u0600١", "\u0600١"},
	} {
		if got := Clean(test.in); got != test.want {
			t.Errorf("%s: Clean(%+q) = %+q, want %+q", test.about, test.in, got, test.want)
		}
	}
}

func TestCleanLineIsOneLine(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ in, want string }{
		{" a\n\n b\u00a0\u2003c\t", "a b c"},
		{"\r\n", ""},
		{"a \u200b b", "a b"},
	} {
		if got := CleanLine(test.in); got != test.want {
			t.Errorf("CleanLine(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

func TestCleaningTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) { cleanly(t, genText().Draw(t, "text")) })
}

func FuzzClean(f *testing.F) {
	f.Add("a\x00\r\n\u202e\u200d❤\ufe0f\u200d🔥")
	f.Add("🙂\u200d↔\u0338")
	f.Add("\u0344\u0344\u0344\u0958")
	f.Fuzz(func(t *testing.T, text string) { cleanly(t, text) })
}

// cleanly checks everything that holds for every cleaned text.
func cleanly(t interface{ Errorf(string, ...any) }, text string) {
	got, line := Clean(text), CleanLine(text)
	if again := Clean(got); again != got {
		t.Errorf("Clean(%+q) = %+q, cleaned again %+q, want the same", text, got, again)
	}
	if again := CleanLine(line); again != line {
		t.Errorf("CleanLine(%+q) = %+q, cleaned again %+q, want the same", text, line, again)
	}
	if strings.Contains(line, "\n") || strings.Contains(line, "  ") {
		t.Errorf("CleanLine(%+q) = %+q, want one line with single spaces", text, line)
	}
	if !utf8.ValidString(got) || !norm.NFC.IsNormalString(got) || strings.TrimSpace(got) != got {
		t.Errorf("Clean(%+q) = %+q, want valid, normal and trimmed text", text, got)
	}
	marks := 0
	for _, r := range got {
		if hidden(r) && r != joiner && r != nonJoiner {
			t.Errorf("Clean(%+q) = %+q, which has %U", text, got, r)
		}
		marks++
		if !unicode.Is(unicode.M, r) {
			marks = 0
		}
		if marks > maxMarks {
			t.Errorf("Clean(%+q) = %+q, which has more than %d marks in a row", text, got, maxMarks)
		}
	}
}

func TestEveryLanguageIsKeptAsItIsWritten(t *testing.T) {
	t.Parallel()
	for language, text := range map[string]string{
		"Arabic":     "مَرْحَبًا بِالعالَم",
		"Bengali":    "রক্ত\u200cজবা ও শান্তি",
		"Czech":      "Příliš žluťoučký kůň",
		"Greek":      "Ξεσκεπάζω τὴν ψυχοφθόρα",
		"Hebrew":     "שָׁלוֹם עוֹלָם",
		"Hindi":      "शक्ति और ज्ञान",
		"Japanese":   "葛󠄀城市で「会う」",
		"Khmer":      "ខ្ញុំស្រឡាញ់",
		"Korean":     "안녕하세요 세계",
		"Malayalam":  "മലയാളം ക്ഷ",
		"Myanmar":    "မြန်မာဘာသာ",
		"Persian":    "کتاب\u200cخانه\u200cها",
		"Russian":    "Съешь ещё этих булок",
		"Sinhala":    "ශ්\u200dරී ලංකා",
		"Tamil":      "தமிழ் மொழி",
		"Thai":       "น้ำใจที่นี่",
		"Tibetan":    "བོད་སྐད་",
		"Turkish":    "Iğdır'da İstanbul",
		"Vietnamese": "Tiếng Việt thử nghiệm",
		"signs":      "∂ψ/∂t = Ĥψ, 5 µm ± 0.1 Å, p < 0.05",
		"emoji":      "👨‍👩‍👧‍👦 🏳️‍🌈 🇩🇪 1️⃣ ☕️ 🧑🏿‍🚀",
	} {
		if want := norm.NFC.String(text); Clean(text) != want {
			t.Errorf("Clean(%s) = %+q, want %+q", language, Clean(text), want)
		}
	}
}

func BenchmarkClean(b *testing.B) {
	text := strings.Repeat("Zoë asks about sparse autoencoders.\r\n", 80)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Clean(text)
	}
}

func BenchmarkCleanWorst(b *testing.B) {
	text := strings.Repeat("e\u200b\u0301\u200d🙂\u200d↔\u0338", 400)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Clean(text)
	}
}
