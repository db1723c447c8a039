package calendar

import (
	"errors"
	"fmt"
	"strings"
)

// Zone is the name of a time zone, as Europe/Berlin. Only ParseZone, Zones, UTC
// and decoding make one, so a Zone is always a known, canonical name or the zero
// value, which stands for nobody having said. Zones compare with == and can be
// keys of maps. In JSON a Zone is its name; use omitzero where it may be unset.
type Zone struct{ name string }

// UTC returns the zone that never changes.
func UTC() Zone { return Zone{"UTC"} }

var errNoZone = errors.New("calendar: the zone is not set")

// IsZero reports whether z is the zero value, which names no zone.
func (z Zone) IsZero() bool { return z.name == "" }

// String returns the canonical name, as America/New_York, or "(no zone)".
func (z Zone) String() string {
	if z.IsZero() {
		return "(no zone)"
	}
	return z.name
}

// City returns the part of the name that people use, as "New York". It is empty
// for UTC, fixed offsets and the zero value, which have no city.
func (z Zone) City() string {
	if strings.HasPrefix(z.name, "Etc/") || !strings.Contains(z.name, "/") {
		return ""
	}
	return strings.ReplaceAll(z.name[strings.LastIndexByte(z.name, '/')+1:], "_", " ")
}

// MarshalText writes the canonical name. The zero value is an error.
func (z Zone) MarshalText() ([]byte, error) {
	if z.IsZero() {
		return nil, errNoZone
	}
	return []byte(z.name), nil
}

// UnmarshalText reads a name of the database exactly as spelt there, and makes
// it canonical: Europe/Kiev becomes Europe/Kyiv. Anything else is an error.
func (z *Zone) UnmarshalText(text []byte) error {
	name, known := names().canonical[string(text)]
	if !known {
		return fmt.Errorf("calendar: no zone is named %q", printable(string(text)))
	}
	z.name = name
	return nil
}

// ParseZone reads a zone that somebody typed: the name of a zone in any case
// (europe/berlin), or of a city or country (Berlin, New York, Japan). A name
// that is out of date gives the one in use (Europe/Kiev gives Europe/Kyiv).
// Its errors are Refusals: Empty, UnknownZone, AmbiguousZone, Abbreviation or
// BareOffset. Abbreviations, "Local" and paths are never zones.
func ParseZone(text string) (Zone, error) {
	if found := names().find(text); len(found) == 1 {
		return found[0], nil
	} else if len(found) > 1 {
		return Zone{}, suggest(AmbiguousZone, text, quoted(text)+" is in more than one time zone.", found)
	}
	switch likely, isAbbreviation := names().abbreviations[fold(text)]; {
	case clean(text) == "":
		return Zone{}, refuse(Empty, text, "No time zone was given. Name a large city in it, such as Berlin or New York.")
	case isAbbreviation:
		return Zone{}, suggest(Abbreviation, text,
			quoted(text)+" means different times in different places and seasons.", likely)
	case isOffset(text):
		return Zone{}, refuse(BareOffset, text,
			quoted(text)+" does not follow clock changes. Name a large city instead, such as Berlin or New York.")
	default:
		return Zone{}, suggest(UnknownZone, text, "There is no time zone called "+quoted(text)+".", names().near(text))
	}
}

// suggest builds a Refusal that ends with at most three zones to choose from.
func suggest(reason Reason, text, what string, zones []Zone) *Refusal {
	zones = zones[:min(len(zones), 3)]
	hint := "Name a large city in it, such as Berlin or New York."
	if len(zones) > 0 {
		words := make([]string, len(zones))
		for i, z := range zones {
			words[i] = z.String()
		}
		hint = "Did you mean " + orList(words) + "?"
	}
	r := refuse(reason, text, what+" "+hint)
	r.Zones = zones
	return r
}

// isOffset reports whether text is a distance from UTC: +2, UTC+2, GMT-03:30.
func isOffset(text string) bool {
	s := strings.ToLower(strings.Join(strings.Fields(text), ""))
	s = strings.TrimPrefix(strings.TrimPrefix(s, "utc"), "gmt")
	return len(s) > 1 && strings.ContainsRune("+-", rune(s[0])) && strings.Trim(s[1:], "0123456789:") == ""
}

// Zones returns at most limit zones for autocompletion: those whose name, city,
// or a city or country known to be in them starts with prefix (case and accents
// do not matter), in the order of their names, best kind of match first.
func Zones(prefix string, limit int) []Zone {
	return names().startingWith(prefix, limit)
}
