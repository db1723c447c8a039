package main

import (
	"math"
	"slices"
	"sort"
	"time"
)

func flows() {
	f := map[string]map[[2]string]int{"verified": {}, "claimed": {}, "planned": {}, "people": {}}
	agreed := map[string]string{}
	begun := map[string]bool{}
	for _, e := range in.Exchanges {
		agreed[e.ID] = e.AgreedAt
		if holds(e.Start) {
			f["people"][[2]string{e.VisitorLab, e.HostLab}]++
			begun[e.VisitorLab], begun[e.HostLab] = true, true
		}
	}
	for _, g := range in.Goals {
		if !past(agreed[g.Exchange]) {
			continue
		}
		way := [2]string{g.From, g.To}
		if holds(agreed[g.Exchange]) {
			f["planned"][way]++
		}
		if holds(g.ClaimedAt) {
			f["claimed"][way]++
		}
		if g.State == "verified" && holds(g.VerifiedAt) {
			f["verified"][way]++
		}
	}
	for what, ways := range f {
		for way, n := range ways {
			count("M1 "+what+" "+way[0]+">"+way[1], n)
		}
	}
	verified, total, matched, directions, mutual := f["verified"], 0, 0, 0, 0
	each := map[string]int{}
	for way, n := range verified {
		back := verified[[2]string{way[1], way[0]}]
		total += n
		matched += min(n, back)
		directions++
		if back > 0 {
			mutual++
		}
		each[way[0]] += n
		each[way[1]] += n
	}
	share("M17 weighted", matched, total)
	share("M17 directions", mutual, directions)
	sector, sectors := map[string]string{}, false
	active := 0
	of, ofAll := in.Scope, in.Scope == "network"
	for _, lab := range in.Labs {
		sector[lab.ID] = lab.Sector
		sectors = sectors || lab.Sector != ""
		out, in := 0, 0
		for way, n := range verified {
			if way[0] == lab.ID {
				out += n
			}
			if way[1] == lab.ID {
				in += n
			}
		}
		if ofAll || of == "lab:"+lab.ID {
			share("M18 "+lab.ID, out-in, out+in)
		}
		if begun[lab.ID] {
			active++
		}
	}
	for _, s := range [][2]string{{"academic", "industry"}, {"industry", "academic"}} {
		for what, of := range map[string]string{"goals": "verified", "people": "people"} {
			n := 0
			for way, k := range f[of] {
				if sector[way[0]] == s[0] && sector[way[1]] == s[1] {
					n += k
				}
			}
			if count("M19 "+what+" "+s[0]+">"+s[1], n); !sectors { // nobody notes any, so there is nothing to count
				share("M19 "+what+" "+s[0]+">"+s[1], 0, 0)
			}
		}
	}
	if !ofAll {
		return
	}
	share("M26 labs", active, len(in.Labs))
	var most []int
	for _, n := range each {
		most = append(most, n)
	}
	sort.Sort(sort.Reverse(sort.IntSlice(most)))
	top := 0
	for _, n := range most[:min(3, len(most))] {
		top += n
	}
	share("M26 top three", top, 2*total)
}

func goals() {
	agreed, completed := map[string]string{}, map[string]string{}
	for _, e := range in.Exchanges {
		agreed[e.ID], completed[e.ID] = e.AgreedAt, e.CompletedAt
	}
	states := map[string]int{"open": 0, "claimed": 0, "disputed": 0, "verified": 0, "dropped": 0, "not_achieved": 0, "carried_over": 0}
	levels := map[string][]float64{}
	var settled, achieved, helped, verified, either, dueN, first, due int
	var slipped []float64
	inTime := func(claimed, day string) bool {
		return claimed != "" && at(claimed).Before(at(day).Add(36*time.Hour))
	}
	for _, g := range in.Goals {
		switch {
		case g.State == "verified" && !g.Helped:
			levels[g.Exchange] = append(levels[g.Exchange], 0)
		case g.State == "verified":
			levels[g.Exchange] = append(levels[g.Exchange], -1)
		case g.State == "not_achieved":
			levels[g.Exchange] = append(levels[g.Exchange], -2)
		}
		if !past(agreed[g.Exchange]) {
			continue
		}
		stood := "open"
		switch {
		case g.State == "verified" && past(g.VerifiedAt):
			stood = "verified"
		case (g.State == "verified" || g.State == "claimed") && past(g.ClaimedAt):
			stood = "claimed"
		case g.State == "disputed":
			stood = "disputed"
		case slices.Contains([]string{"not_achieved", "carried_over", "dropped"}, g.State) && past(g.SettledAt):
			stood = g.State
		}
		states[stood]++
		if stood == "verified" || stood == "claimed" {
			either++
			if stood == "verified" {
				verified++
			}
		}
		if (stood == "verified" || stood == "not_achieved" || stood == "dropped") && holds(g.SettledAt) {
			settled++
			if stood == "verified" && g.Helped {
				helped++
			} else if stood == "verified" {
				achieved++
			}
		}
		early := g.State == "dropped" && (g.SettledAt == "" || !at(g.SettledAt).Truncate(24*time.Hour).After(at(g.FirstDue)))
		if holds(g.FirstDue) && !early {
			dueN++
			if inTime(g.ClaimedAt, g.FirstDue) {
				first++
			}
			if inTime(g.ClaimedAt, g.Due) {
				due++
			}
		}
		if holds(g.Due) && g.State != "dropped" {
			slipped = append(slipped, days(at(g.FirstDue), at(g.Due)))
		}
	}
	for s, n := range states {
		count("M2 "+s, n)
	}
	share("M3 achieved", achieved, settled)
	share("M3 with help", helped, settled)
	share("M4", verified, either)
	share("M5 first day", first, dueN)
	share("M5 agreed day", due, dueN)
	middle("M6", slipped)
	var scores []float64
	sum := 0.0
	for id, all := range levels {
		if !holds(completed[id]) {
			continue
		}
		x, n := 0.0, float64(len(all))
		for _, level := range all {
			x += level
		}
		score := 50 + 10*x/math.Sqrt(0.7*n+0.3*n*n)
		scores = append(scores, score)
		sum += score
	}
	want["M7"] = figure{sum, float64(len(scores)), sum / float64(len(scores))}
}
