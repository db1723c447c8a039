package main

import "strings"

// sum adds the tallies of a part of a metric. There is none where one of them is
// withheld.
func sum(metric, part string, what ...string) (total int, there bool) {
	for _, of := range what {
		for _, t := range in.Tallies {
			if t.Metric != metric || t.Part != part || t.What != of {
				continue
			}
			if t.Count == nil {
				return 0, false
			}
			total += int(*t.Count)
		}
	}
	return total, true
}

// tallied is a share of tallies by tallies.
func tallied(metric, part string, of, all []string) { tallyInto(metric+" "+part, metric, part, of, all) }

func tallyInto(name, metric, part string, of, all []string) {
	num, ok := sum(metric, part, of...)
	den, there := sum(metric, part, all...)
	if share(name, num, den); !ok || !there {
		want[name] = withheld
	}
}

// answers are the figures of what people were asked.
func answers() {
	parts := map[string]bool{}
	for _, t := range in.Tallies {
		if t.Metric == "M15" {
			parts[t.Part] = true
		}
	}
	for part := range parts {
		if strings.HasSuffix(part, " reach") {
			tallied("M15", part, []string{"put"}, []string{"put", "not_put"})
			continue
		}
		asked := []string{"answered", "second_hand", "not_in_time"}
		tallied("M15", part, []string{"answered"}, asked)
		if part != "all" {
			tallyInto("M15 "+part+" second-hand", "M15", part, []string{"second_hand"}, asked)
		}
	}
	for _, after := range []string{"d30", "d90", "d180"} {
		answered := []string{"unaided", "helped", "not_in_use"}
		tallied("M16", after, []string{"unaided", "helped"}, answered)
		tallyInto("M16 "+after+" unaided", "M16", after, []string{"unaided"}, answered)
		tallied("M16", after+" coverage", []string{"answered_for"}, []string{"answered_for", "not_answered"})
	}
	followed()
}

// followed are the exchanges that were closed and went on in another, or, as
// somebody said, in a project.
func followed() {
	next := map[string]bool{}
	for _, e := range in.Exchanges {
		next[e.Continues] = true
	}
	closed, went := 0, 0
	for _, e := range in.Exchanges {
		if e.State == "closed" && holds(e.ClosedAt) {
			closed++
			if next[e.ID] {
				went++
			}
		}
	}
	project, there := sum("M21", "", "new_project")
	if share("M21", went+project, closed); !there {
		want["M21"] = withheld
	}
}
