package matching

import "slices"

// maxKeys bounds the readings of one topic: an alias may have several meanings,
// and a topic several aliases.
const maxKeys = 16

// Keys returns what a short topic is compared by where only the same topic
// counts: its telling words as stems, in order, and the same with aliases
// replaced by what they stand for. Two topics are the same if they have a key in
// common, as "RLHF" and "Reinforcement learning from human feedback" have. The
// first key does not depend on the aliases. A text without a telling word has none.
func (a Aliases) Keys(topic string) []string {
	words := tellingWords(tokenise(topic))
	if len(words) == 0 {
		return nil
	}
	own := make([]string, 0, len(words))
	for _, w := range words {
		own = append(own, w.stem)
	}
	keys := []string{key(own)}
	for _, reading := range a.readings(words) {
		if k := key(reading); !slices.Contains(keys, k) && len(keys) < maxKeys {
			keys = append(keys, k)
		}
	}
	return keys
}

// readings are words with each alias among them replaced by each of its meanings.
func (a Aliases) readings(words []word) [][]string {
	all := [][]string{nil}
	for i := 0; i < len(words); {
		meanings, length := a.at(words, i, false)
		if length == 0 {
			meanings, length = [][]string{{words[i].stem}}, 1
		}
		var longer [][]string
		for _, before := range all {
			for _, meaning := range meanings {
				longer = append(longer, slices.Concat(before, meaning))
			}
		}
		all = longer[:min(len(longer), maxKeys)]
		i += length
	}
	return all
}
