package bot

import (
	"slices"
	"time"

	"interlab/calendar"
)

// maxElsewhere is how many other labs' times a card shows.
const maxElsewhere = 6

// When people had rather be asleep or at home, in hours of their clock.
const (
	nightFrom = 22
	nightTo   = 7
)

// labZones are where most people of each lab are, by lab. Labs where nobody has
// said where they are stand in none.
func (rq *request) labZones() (map[string]calendar.Zone, error) {
	people, err := rq.app.people.all(rq.ctx)
	if err != nil {
		return nil, err
	}
	counts := map[string]map[calendar.Zone]int{}
	for _, p := range people {
		if p.Lab == "" || p.Zone.IsZero() || !p.inNetwork() {
			continue
		}
		if counts[p.Lab] == nil {
			counts[p.Lab] = map[calendar.Zone]int{}
		}
		counts[p.Lab][p.Zone]++
	}
	zones := map[string]calendar.Zone{}
	for lab, byZone := range counts {
		zones[lab] = commonest(byZone)
	}
	return zones, nil
}

// commonest is the zone that most have; of equals the first by name.
func commonest(counts map[calendar.Zone]int) calendar.Zone {
	var best calendar.Zone
	for z, n := range counts {
		if n > counts[best] || n == counts[best] && z.String() < best.String() {
			best = z
		}
	}
	return best
}

// hostZone is where a lab's talk is thought to take place: where the proposer
// is, for their own lab; else where most of the lab are.
func (rq *request) hostZone(lab string) (calendar.Zone, error) {
	if lab == rq.me.Lab && !rq.me.Zone.IsZero() {
		return rq.me.Zone, nil
	}
	zones, err := rq.labZones()
	if err != nil {
		return calendar.Zone{}, err
	}
	if zone, ok := zones[lab]; ok {
		return zone, nil
	}
	return rq.me.zone(), nil
}

// elsewhere is what clocks show in other labs at a time, as lines by lab; labs
// whose clocks show what the host's do are left out.
func (rq *request) elsewhere(at time.Time, host string, zone calendar.Zone) ([]string, error) {
	zones, err := rq.labZones()
	if err != nil {
		return nil, err
	}
	labs, err := allLabs(rq.tx)
	if err != nil {
		return nil, err
	}
	here := rq.app.zones.WallAt(at, zone)
	var lines []string
	for _, lab := range slices.DeleteFunc(labs, func(l *Lab) bool { return l.ID == host || zones[l.ID].IsZero() }) {
		there := rq.app.zones.WallAt(at, zones[lab.ID])
		if there.Date == here.Date && there.Clock == here.Clock {
			continue
		}
		line := lab.Name + ": " + rq.app.zones.FormatFull(at, zones[lab.ID])
		if hour := there.Clock.Hour(); hour >= nightFrom || hour < nightTo {
			line += ", at night"
		}
		lines = append(lines, line)
	}
	return lines[:min(len(lines), maxElsewhere)], nil
}
