package export

import (
	"cmp"
	"slices"
	"strings"

	"interlab/bot/exchange"
)

// linkOf is where a work is on the web, or its lasting name where no site resolves
// it; "" where words say where it is.
func linkOf(where string) string {
	link := exchange.Evidence{Where: where}.Link()
	if id, found, err := exchange.FindIdentifier(where); link == "" && found && err == nil {
		return "urn:" + id.String()
	}
	return link
}

// worksOf are what a person is credited for or declared and that others can
// follow, each place once, the oldest first.
func (b Book) worksOf(person string) []exchange.Evidence {
	var all []exchange.Evidence
	listed := map[string]bool{"": true} // what leads nowhere is not listed at all
	for _, r := range b.sorted().Ledger.Records {
		found := slices.Clone(r.Evidence)
		for _, pack := range r.Packs {
			for _, a := range append(slices.Clone(pack.Profile.Required()), pack.Profile.Wanted()...) {
				if s := pack.Slots[a]; s.Evidence != nil {
					found = append(found, *s.Evidence)
				}
			}
		}
		for _, v := range found {
			_, credited := v.Credit[person]
			mine := credited || len(v.Credit) == 0 && v.Declared.By == person
			if link := linkOf(v.Where); mine && !listed[link] && b.reachable(v) {
				all, listed[link] = append(all, v), true
			}
		}
	}
	slices.SortStableFunc(all, func(a, b exchange.Evidence) int {
		return cmp.Or(a.Published.Compare(b.Published), strings.Compare(a.Title, b.Title), strings.Compare(a.Where, b.Where))
	})
	return all
}

// reachable reports whether others than the two labs can get it on the last day of
// the period: an embargo opens by itself on its day.
func (b Book) reachable(v exchange.Evidence) bool {
	return v.Openness == exchange.ToAll || v.Openness == exchange.Gated ||
		v.Openness == exchange.Embargoed && v.Until.Compare(b.lastDay()) <= 0
}

// DOIs are those of a person's works, a line each, to be pasted where a record
// asks for them.
func (b Book) DOIs(person string) []byte {
	var out strings.Builder
	for _, v := range b.worksOf(person) {
		if id, found, err := exchange.FindIdentifier(v.Where); found && err == nil && id.Scheme == exchange.DOI {
			out.WriteString(id.ID + "\n")
		}
	}
	return []byte(out.String())
}
