package web

import (
	"fmt"
	"strconv"

	"interlab/bot"
	"interlab/bot/exchange"
	"interlab/bot/exchange/chart"
)

// tooFew is said where a figure rests on too few people.
var tooFew = fmt.Sprintf("Not shown: this rests on fewer than %d people.", exchange.Fewest) //nolint:gochecknoglobals // a sentence

// figureGroup is some figures that belong together.
type figureGroup struct {
	ID, Title, Note string
	Rows            []figureRow
}

// figureRow is one figure in words.
type figureRow struct{ Name, Value string }

// named is how a figure is called where it is shown.
type figureName struct{ metric, part, name string }

// figureGroups are the figures of a board, but for those that are pictures.
func figureGroups(f bot.Figures) []figureGroup {
	groups := []struct {
		figureGroup
		names []figureName
	}{
		{figureGroup{ID: "on-time", Title: "On time", Note: "Of goals whose day was in this time. A goal that came late by the first agreement and in time by a later one shows how much plans slip."}, []figureName{
			{"M5", "first day", "Reached by the day agreed first"}, {"M5", "agreed day", "Reached by the day agreed last"}, {"M6", "", "Put off, in the middle"},
		}},
		{figureGroup{ID: "reached", Title: "Reached", Note: "As the receiving lab says. What the giving lab alone says is claimed, not verified."}, []figureName{
			{"M3", "achieved", "Goals that the receiver can do alone"}, {"M3", "with help", "Goals that the receiver can do with help"}, {"M4", "", "Of all that is claimed, verified"},
		}},
		{figureGroup{ID: "in-use", Title: "Still in use", Note: "What receivers say after the end. Who does not answer is in the last line, not among the noes."}, []figureName{
			{"M16", "d30", "After 30 days"}, {"M16", "d90", "After 90 days"}, {"M16", "d180", "After 180 days"}, {"M16", "d180 unaided", "After 180 days, without help"}, {"M15", "all", "Questions that were answered"},
		}},
		{figureGroup{ID: "open", Title: "Openness", Note: "Open means that everybody can get it and a licence lets them use it. What is held back for a reason that was given is accounted for."}, []figureName{
			{"M12", "", "Of what was to come, open"},
			{"M13", "", "Open, or accounted for"},
			{"M9", "median", "From the beginning to the first open work, in the middle"},
			{"M9", "waiting", "Exchanges without an open work so far"},
			{"M11", "mean of class III", "Of what an open model needs (class III), open"},
			{"M11", "mean of class II", "Of what open tooling needs (class II), open"},
			{"M11", "mean of class I", "Of what open science needs (class I), open"},
		}},
		{figureGroup{ID: "first-meetings", Title: "How soon people meet"}, []figureName{
			{"M8", "median", "In the middle of those who met"}, {"M8", "90th percentile", "Nine of ten met within"}, {"M8", "soon", "Met within 14 days"}, {"M8", "waiting", "Pairs still waiting"}, {"M10", "", "Met at all, of those introduced 30 days ago or more"},
		}},
		{figureGroup{ID: "both-ways", Title: "Giving and learning", Note: "Labs give in some years and learn in others; neither is better."}, []figureName{
			{"M18", f.Lab.ID, "Goals that went out and came in"}, {"M17", "weighted", "Goals that are matched by one the other way"}, {"M17", "directions", "Directions in which something goes both ways"}, {"M20", "labs", "Pairs of labs that began again"}, {"M21", "", "Exchanges that led to something new"}, {"M24", "", "Exchanges that were one-way on purpose"},
		}},
	}
	found := map[[2]string]exchange.Measure{}
	for _, m := range f.Measures {
		found[[2]string{m.Metric, m.Part}] = m
	}
	var all []figureGroup
	for _, g := range groups {
		for _, n := range g.names {
			if m, ok := found[[2]string{n.metric, n.part}]; ok && (n.metric != "M18" || f.Lab.ID != "") {
				g.Rows = append(g.Rows, figureRow{n.name, figureValue(m)})
			}
		}
		if len(g.Rows) > 0 {
			all = append(all, g.figureGroup)
		}
	}
	return all
}

// figureValue is a figure with what it is of. One of nothing is a dash.
func figureValue(m exchange.Measure) string {
	switch {
	case m.Few:
		return exchange.Dash + " (too few people)"
	case m.Metric == "M18" && m.Den > 0:
		return fmt.Sprintf("gives %.0f, learns %.0f", (m.Den+m.Num)/2, (m.Den-m.Num)/2)
	}
	return m.String()
}

// matrixTable is a matrix with what each gives and receives of what is shown.
func matrixTable(m chart.Matrix) table {
	t := table{Head: append(append([]string{"From \\ to"}, m.Names...), "Gives")}
	received, all := make([]int, len(m.Names)), 0
	for i, name := range m.Names {
		row, gives := []string{name}, 0
		for j, n := range m.Cells[i] {
			switch {
			case i == j:
				row = append(row, "")
			case n == 0:
				row = append(row, exchange.Dash)
			default:
				row = append(row, strconv.Itoa(n))
			}
			if i != j {
				gives, received[j] = gives+n, received[j]+n
			}
		}
		t.Rows = append(t.Rows, append(row, strconv.Itoa(gives)))
	}
	last := []string{"Receives"}
	for _, n := range received {
		last, all = append(last, strconv.Itoa(n)), all+n
	}
	t.Rows = append(t.Rows, append(last, strconv.Itoa(all)))
	return t
}

func barsTable(of, what string, b chart.Bars) table {
	t := table{Head: []string{of, what}}
	for _, bar := range b.Bars {
		t.Rows = append(t.Rows, []string{bar.Name, strconv.Itoa(bar.N)})
	}
	return t
}
