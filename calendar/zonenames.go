package calendar

import (
	_ "embed" // the tables below
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

var (
	//go:embed zonedata/names.tsv
	namesTable string
	//go:embed zonedata/places.txt
	placesTable string
)

// directory is what zones are called. It never changes.
type directory struct {
	all           []string          // canonical names, sorted
	canonical     map[string]string // every accepted name, as spelt
	zones         map[string]Zone   // the same names, folded
	places        map[string][]Zone // cities and countries, folded
	abbreviations map[string][]Zone // letters that are never zones, folded
	keys          []string          // all keys of zones and places, sorted
}

// names is made once from the embedded tables.
//
//nolint:gochecknoglobals // nothing changes it, and decoding a Zone can be handed nothing
var names = sync.OnceValue(func() *directory {
	d := &directory{
		canonical: map[string]string{}, zones: map[string]Zone{},
		places: map[string][]Zone{}, abbreviations: map[string][]Zone{},
	}
	for line := range strings.Lines(namesTable) {
		if f := strings.Split(strings.TrimSuffix(line, "\n"), "\t"); len(f) == 3 {
			d.addName(f[0], f[1], f[2])
		}
	}
	d.addPlaces()
	for key := range d.zones {
		d.keys = append(d.keys, key)
	}
	for key := range d.places {
		d.keys = append(d.keys, key)
	}
	slices.Sort(d.keys)
	d.keys = slices.Compact(d.keys)
	return d
})

// endsInCity reports whether the last part of a name is a place that people
// name, unlike those of US/Central or Brazil/West.
func endsInCity(name string) bool {
	switch area, _, _ := strings.Cut(name, "/"); area {
	case "Brazil", "Canada", "Chile", "Etc", "Mexico", "US":
		return false
	default:
		return true
	}
}

// addName adds one line of names.tsv: a name, what it stands for, its country.
func (d *directory) addName(name, canonical, country string) {
	z := Zone{canonical}
	d.canonical[name] = canonical
	d.zones[fold(name)] = z
	if name == canonical {
		d.all = append(d.all, name)
	}
	if endsInCity(name) {
		d.addPlace(name[strings.LastIndexByte(name, '/')+1:], z)
	}
	if country != "" {
		plain, _, _ := strings.Cut(country, "(")
		d.addPlace(plain, z)
	}
}

func (d *directory) addPlace(place string, z Zone) {
	key := fold(place)
	if !slices.Contains(d.places[key], z) {
		d.places[key] = append(d.places[key], z)
	}
}

// addPlaces reads places.txt, whose lines replace what the names gave.
func (d *directory) addPlaces() {
	into := d.places
	for line := range strings.Lines(placesTable) {
		if strings.TrimSpace(line) == "[abbreviations]" {
			into = d.abbreviations
		}
		place, list, isEntry := strings.Cut(line, " = ")
		if !isEntry || strings.HasPrefix(line, "#") {
			continue
		}
		var zones []Zone
		for name := range strings.SplitSeq(strings.TrimSpace(list), ", ") {
			zones = append(zones, Zone{d.canonical[name]})
		}
		into[fold(place)] = zones
	}
}

// maxZoneText is longer than any name; longer texts are not looked at.
const maxZoneText = 100

// fold makes spellings comparable: lower case, without accents, dots and
// apostrophes, with one space for blanks, underscores and hyphens.
func fold(text string) string {
	if len(text) > maxZoneText {
		return ""
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(clean(text)) {
		switch {
		case unicode.IsSpace(r), r == '_', r == '-':
			b.WriteByte(' ')
		case unicode.Is(unicode.Mn, r), r == '.', r == '\'', r == '’':
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// find returns the zones with this name: none, one, or several to choose from.
func (d *directory) find(text string) []Zone {
	key := fold(text)
	if z, known := d.zones[key]; known {
		return []Zone{z}
	}
	if _, isAbbreviation := d.abbreviations[key]; isAbbreviation {
		return nil
	}
	return d.places[key]
}

// of returns the zones behind a key.
func (d *directory) of(key string) []Zone {
	if z, known := d.zones[key]; known {
		return []Zone{z}
	}
	return d.places[key]
}
