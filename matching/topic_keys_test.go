package matching_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"interlab/matching"
)

// same reports whether two topics have a key in common.
func same(a, b string) bool {
	aliases := matching.DefaultAliases()
	others := aliases.Keys(b)
	return slices.ContainsFunc(aliases.Keys(a), func(k string) bool { return slices.Contains(others, k) })
}

func TestATopicIsTheSameInEveryFormThatMatchingReads(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{
		{"Sparse Autoencoders", "sparse  autoencoder"},
		{"RLHF", "reinforcement learning from human feedback"},
		{"RLHF for robots", "Reinforcement learning from human feedback, for robots"},
		{"étude des gènes", "Etude des genes"},
	} {
		if !same(pair[0], pair[1]) {
			t.Errorf("%q and %q are different topics, want the same", pair[0], pair[1])
		}
	}
	for _, pair := range [][2]string{{"graph neural networks", "neural networks"}, {"sparse codes", "sparse coding theory"}, {"", "x"}} {
		if same(pair[0], pair[1]) {
			t.Errorf("%q and %q are the same topic, want different ones", pair[0], pair[1])
		}
	}
}

func TestATopicWithoutAWordHasNoKey(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "  ", "🎉🎉🎉", "...", strings.Repeat("🙂", 5000)} {
		if got := matching.DefaultAliases().Keys(text); got != nil {
			t.Errorf("Keys(%.20q) = %q, want none", text, got)
		}
	}
}

func TestEveryTopicIsTheSameAsItself(t *testing.T) {
	t.Parallel()
	aliases := matching.DefaultAliases()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringN(0, 80, -1).Draw(t, "topic")
		keys := aliases.Keys(text)
		if len(keys) > 16 || slices.Contains(keys, "") {
			t.Errorf("Keys(%q) = %q, want at most 16 and no empty one", text, keys)
		}
		if plain := (matching.Aliases{}).Keys(text); len(plain) != min(len(keys), 1) || len(plain) > 0 && plain[0] != keys[0] {
			t.Errorf("Keys(%q) = %q, without aliases %q; want the first to be the same", text, keys, plain)
		}
	})
}
