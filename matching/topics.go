package matching

import (
	"cmp"
	"slices"
	"strings"
)

// topics counts the topics people share, by their lower-case form and then by
// the forms in which they were written.
type topics map[string]map[string]int

func (t topics) add(written []string) {
	for key, form := range distinct(written) {
		if t[key] == nil {
			t[key] = map[string]int{}
		}
		t[key][form]++
	}
}

func (t topics) remove(written []string) {
	for key, form := range distinct(written) {
		t[key][form]--
		if t[key][form] == 0 {
			delete(t[key], form)
		}
		if len(t[key]) == 0 {
			delete(t, key)
		}
	}
}

// distinct returns one written form for each topic of a person, who counts once.
func distinct(written []string) map[string]string {
	forms := map[string]string{}
	for _, topic := range written {
		form := clean(topic)
		key := strings.ToLower(form)
		if old, twice := forms[key]; form != "" && (!twice || form < old) {
			forms[key] = form
		}
	}
	return forms
}

// starting returns the most common topics, at most limit, in which a word starts
// with a lower-case prefix. It looks at every topic: even 400,000 take milliseconds.
func (t topics) starting(prefix string, limit int) []string {
	type counted struct {
		key    string
		people int
	}
	found := newBest(limit, func(a, b counted) int {
		return cmp.Or(cmp.Compare(b.people, a.people), cmp.Compare(a.key, b.key))
	})
	for key, forms := range t {
		if !strings.HasPrefix(key, prefix) && !strings.Contains(key, " "+prefix) {
			continue
		}
		people := 0
		for _, n := range forms {
			people += n
		}
		found.offer(counted{key, people})
	}
	var names []string
	for _, topic := range found.values {
		names = append(names, commonest(t[topic.key]))
	}
	return names
}

// commonest returns the form that most people wrote, the first in order if equal.
func commonest(forms map[string]int) string {
	best := newBest(1, func(a, b string) int {
		return cmp.Or(cmp.Compare(forms[b], forms[a]), strings.Compare(a, b))
	})
	for form := range forms {
		best.offer(form)
	}
	return slices.Concat(best.values, []string{""})[0]
}
