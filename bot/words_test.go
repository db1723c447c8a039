package bot

import (
	"strings"
	"testing"
	"unicode/utf8"

	"interlab/bot/chat"

	"pgregory.net/rapid"
)

func TestClipShortensAtAWord(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		most int
		want string
	}{
		{"", 5, ""},
		{"graph neural networks", 21, "graph neural networks"},
		{"graph neural networks", 20, "graph neural…"},
		{"graph neural networks", 13, "graph neural…"},
		{"graph neural networks", 12, "graph neura…"}, // half of it would be gone
		{"a thermodynamics", 10, "a thermod…"},        // the only space stands too early
		{"ßßßßßß", 4, "ßßß…"},
		{"ab", 1, "…"},
	} {
		if got := clip(c.text, c.most); got != c.want {
			t.Errorf("clip(%q, %d) = %q, want %q", c.text, c.most, got, c.want)
		}
	}
}

func TestClipKeepsToItsLimit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text, most := rapid.String().Draw(t, "text"), rapid.IntRange(1, 40).Draw(t, "most")
		got := clip(text, most)
		if utf8.RuneCountInString(got) > most || !utf8.ValidString(got) || !strings.HasPrefix(text, strings.TrimSuffix(got, "…")) {
			t.Errorf("clip(%q, %d) = %q, want a beginning of it of at most %d runes", text, most, got, most)
		}
	})
}

func TestSentenceListReadsLikeASentence(t *testing.T) {
	t.Parallel()
	for want, parts := range map[string][]string{
		"": nil, "a": {"a"}, "a and b": {"a", "b"}, "a, b and c": {"a", "b", "c"},
	} {
		if got := sentenceList(parts); got != want {
			t.Errorf("sentenceList(%q) = %q, want %q", parts, got, want)
		}
	}
}

func TestWithoutLinksLeavesNoAddress(t *testing.T) {
	t.Parallel()
	const gone = "[link left out]"
	for text, want := range map[string]string{
		"shares topology":                      "shares topology",
		"see https://evil.example/x?y now":     "see " + gone + " now",
		"see HTTP://EVIL.example":              "see " + gone,
		"see www.evil.example.":                "see " + gone,
		"(ftp://a.example) and www.b.example":  "(" + gone + " and " + gone,
		"slack://open?team=T1":                 gone,
		"the ratio 3:4, and e.g. awww.cute":    "the ratio 3:4, and e.g. awww.cute",
		"one https://a.example, two www.b.org": "one " + gone + " two " + gone,
	} {
		if got := withoutLinks(text); got != want {
			t.Errorf("withoutLinks(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestNumbersAgreeWithTheirNouns(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0 labs", 1: "1 lab", 2: "2 labs"} {
		if got := counted(n, "lab", "labs"); got != want {
			t.Errorf("counted(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestASentenceBeginsWithACapital(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"": "", "shares": "Shares", "élan": "Élan", "3D": "3D"} {
		if got := capital(text); got != want {
			t.Errorf("capital(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestOnlyAGreetingIsAGreeting(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{"Hello!": true, "  good  morning. ": true, "hi": true, "hello world": false, "help": false, "": false} {
		if got := greeting(text); got != want {
			t.Errorf("greeting(%q) = %v, want %v", text, got, want)
		}
	}
}

func TestATextLosesItsLinksAndKeepsTheRest(t *testing.T) {
	t.Parallel()
	got := linkless(chat.T("Read ", chat.Strong("www.evil.example"), " or https://evil.example, by ", chat.Code("5 Feb")))
	if want := chat.T("Read ", chat.Strong("[link left out]"), " or [link left out] by ", chat.Code("5 Feb")); got.Plain() != want.Plain() {
		t.Errorf("linkless() = %q, want %q", got.Plain(), want.Plain())
	}
}
