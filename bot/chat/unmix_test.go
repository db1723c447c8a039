package chat

import "testing"

func TestWordsThatMixLookalikesAreReadAsLatin(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"саusal inference":    "causal inference", // the first two letters are Cyrillic
		"Bо Lаrsen":           "Bo Larsen",
		"protein fоlding, Ρy": "protein folding, Py",
		"Физика плазмы":       "Физика плазмы",
		"Κώστας":              "Κώστας",
		"α-synuclein, Hα, μm": "α-synuclein, Hα, μm",
		"ΔT and kΩ":           "ΔT and kΩ",
		"plain":               "plain",
		"a\u202eb\u200bc":     "abc",
	} {
		if got := Clean(text); got != want {
			t.Errorf("Clean(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestASkeletonIsTheSameForWhatLooksTheSame(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{{"Сорр", "Copp"}, {"НОЕ", "HOE"}, {"Curie", "Сurіе"}} {
		if a, b := Skeleton(pair[0]), Skeleton(pair[1]); a != b {
			t.Errorf("Skeleton(%q) = %q and Skeleton(%q) = %q, want the same", pair[0], a, pair[1], b)
		}
	}
}
