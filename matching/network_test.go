package matching

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
)

// network invents people as a network of labs has them: topics of one to four words
// by Zipf's law, and for every third person a pasted abstract of some 130 words.
// The same seed and number give the same people.
func network(seed uint64, people int) []Profile {
	random := rand.New(rand.NewPCG(seed, 0))
	vocabulary := rand.NewZipf(random, 1.07, 20, 30_000)
	words := func(n int) string {
		list := make([]string, n)
		for i := range list {
			list[i] = invented(vocabulary.Uint64())
		}
		return strings.Join(list, " ")
	}
	known := make([]string, 2000+people/4)
	for i := range known {
		known[i] = words(1 + random.IntN(4))
	}
	popularity := rand.NewZipf(random, 1.1, 10, uint64(len(known)-1))
	topics := func(n int) []string {
		list := make([]string, n)
		for i := range list {
			list[i] = known[popularity.Uint64()]
		}
		return list
	}
	profiles := make([]Profile, people)
	for i := range profiles {
		profiles[i] = Profile{ID: fmt.Sprintf("person-%06d", i), Shares: topics(2 + random.IntN(4)), Seeks: topics(1 + random.IntN(3))}
		if i%3 == 0 {
			profiles[i].About = words(130)
		}
	}
	return profiles
}

// invented returns the n-th word of an invented language.
func invented(n uint64) string {
	syllables := [...]string{"ba", "cro", "den", "fi", "glu", "ha", "ke", "lor", "mi", "nu", "pra", "qui", "ro", "sta", "ty", "vo"}
	var word strings.Builder
	for n += 16; n > 0; n /= 16 {
		word.WriteString(syllables[n%16])
	}
	return word.String() + "m"
}

// standard returns the aliases that come with the program, parsed once.
var standard = sync.OnceValue(DefaultAliases)

// indexOf returns an index of these people.
func indexOf(profiles []Profile) *Index {
	x := NewIndex(standard())
	for _, p := range profiles {
		x.Put(p)
	}
	return x
}

// searches returns what people of a network would ask: topics others share and, as
// the heavy case, abstracts.
func searches(profiles []Profile, abstracts bool, n int) []Query {
	var queries []Query
	for _, p := range slices.Backward(profiles) {
		switch {
		case len(queries) == n:
			return queries
		case abstracts && p.About != "":
			queries = append(queries, Query{p.About})
		case !abstracts:
			queries = append(queries, Query{p.Shares[0]})
		}
	}
	return queries
}
