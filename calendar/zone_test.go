package calendar_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interlab/calendar"
)

// zone is a zone that must exist.
func zone(t testing.TB, name string) calendar.Zone {
	t.Helper()
	z, err := calendar.ParseZone(name)
	if err != nil {
		t.Fatalf("ParseZone(%q) = %v", name, err)
	}
	return z
}

// refusal is the Refusal that err must be.
func refusal(t testing.TB, err error) *calendar.Refusal {
	t.Helper()
	var r *calendar.Refusal
	if !errors.As(err, &r) {
		t.Fatalf("error = %v, want a Refusal", err)
	}
	return r
}

func zoneNames(zones []calendar.Zone) []string {
	names := []string{}
	for _, z := range zones {
		names = append(names, z.String())
	}
	return names
}

func TestZonesAreUnderstoodAsPeopleNameThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Europe/Berlin": "Europe/Berlin", "europe/berlin": "Europe/Berlin", " EUROPE/BERLIN ": "Europe/Berlin",
		"Berlin": "Europe/Berlin", "New York": "America/New_York", "new_york": "America/New_York",
		"NYC": "America/New_York", "São Paulo": "America/Sao_Paulo", "Sao Paulo": "America/Sao_Paulo",
		"Zürich": "Europe/Zurich", "Munich": "Europe/Berlin", "münchen": "Europe/Berlin",
		"St. John's": "America/St_Johns", "Port-au-Prince": "America/Port-au-Prince",
		"Japan": "Asia/Tokyo", "Germany": "Europe/Berlin", "UK": "Europe/London",
		"utc": "UTC", "Etc/UTC": "UTC", "Etc/GMT": "UTC", "Etc/GMT+5": "Etc/GMT+5",
		"Ber\u200blin": "Europe/Berlin", "London": "Europe/London",
		"Côte d'Ivoire": "Africa/Abidjan", "Saigon": "Asia/Ho_Chi_Minh",
	} {
		if got, err := calendar.ParseZone(text); err != nil || got.String() != want {
			t.Errorf("ParseZone(%q) = %v, %v, want %s", text, got, err, want)
		}
	}
}

func TestOldNamesBecomeTheNamesInUse(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Europe/Kiev": "Europe/Kyiv", "Kiev": "Europe/Kyiv", "Asia/Calcutta": "Asia/Kolkata",
		"Asia/Katmandu": "Asia/Kathmandu", "US/Pacific": "America/Los_Angeles",
		"America/Buenos_Aires": "America/Argentina/Buenos_Aires",
		// A country keeps the name of its own city, though the database links it.
		"Europe/Bratislava": "Europe/Bratislava", "Europe/Oslo": "Europe/Oslo", "Atlantic/Reykjavik": "Atlantic/Reykjavik",
	} {
		if got := zone(t, text).String(); got != want {
			t.Errorf("ParseZone(%q) = %s, want %s", text, got, want)
		}
	}
}

func TestTextsThatNameNoZoneAreRefusedWithAWayOut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text     string
		reason   calendar.Reason
		zones    []string
		sentence string
	}{
		{
			"Berln", calendar.UnknownZone,
			[]string{"Europe/Berlin", "Europe/Zurich"},
			"There is no time zone called “Berln”. Did you mean Europe/Berlin or Europe/Zurich?",
		},
		{
			"Tokoy", calendar.UnknownZone,
			[]string{"Asia/Tokyo"},
			"There is no time zone called “Tokoy”. Did you mean Asia/Tokyo?",
		},
		{
			"Europe/Berlim", calendar.UnknownZone,
			[]string{"Europe/Berlin"},
			"There is no time zone called “Europe/Berlim”. Did you mean Europe/Berlin?",
		},
		{
			"Cambridge", calendar.AmbiguousZone,
			[]string{"Europe/London", "America/New_York"},
			"“Cambridge” is in more than one time zone. Did you mean Europe/London or America/New_York?",
		},
		{
			"cst", calendar.Abbreviation,
			[]string{"America/Chicago", "Asia/Shanghai", "America/Mexico_City"},
			"“cst” means different times in different places and seasons. " +
				"Did you mean America/Chicago, Asia/Shanghai or America/Mexico_City?",
		},
		{
			"UTC+2", calendar.BareOffset,
			[]string{},
			"“UTC+2” does not follow clock changes. Name a large city instead, such as Berlin or New York.",
		},
		{"", calendar.Empty, []string{}, "No time zone was given. Name a large city in it, such as Berlin or New York."},
		{
			"../x", calendar.UnknownZone,
			[]string{},
			"There is no time zone called “../x”. Name a large city in it, such as Berlin or New York.",
		},
	} {
		_, err := calendar.ParseZone(c.text)
		r := refusal(t, err)
		if r.Reason != c.reason || r.Sentence != c.sentence {
			t.Errorf("ParseZone(%q) = %q, %q, want %q, %q", c.text, r.Reason, r.Sentence, c.reason, c.sentence)
		}
		if diff := cmp.Diff(c.zones, zoneNames(r.Zones)); diff != "" {
			t.Errorf("ParseZone(%q) suggests (-want +got):\n%s", c.text, diff)
		}
	}
}

func TestNamesOfTheMachineAndAbbreviationsAreNeverZones(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"Local", "localtime", "EST", "MST", "HST", "CET", "EET", "MET", "WET", "EST5EDT", "PST8PDT", "IST", "BST", "GMT",
		"Z", "Factory", "posixrules", "/etc/passwd", "posix/Europe/Berlin", "right/UTC", "Europe", "Europe/", "+02:00", "\x00", "GB-Eire",
		strings.Repeat("Berlin", 1000),
	} {
		if z, err := calendar.ParseZone(text); err == nil {
			t.Errorf("ParseZone(%.30q) = %v, want a refusal", text, z)
		} else if r := refusal(t, err); r.Sentence == "" || len(r.Zones) > 3 {
			t.Errorf("ParseZone(%.30q) says %q with %d zones", text, r.Sentence, len(r.Zones))
		}
	}
}

func TestEveryCityThatIsShownIsUnderstood(t *testing.T) {
	t.Parallel()
	for _, z := range calendar.Zones("", 1000) {
		got, err := calendar.ParseZone(z.String())
		if err != nil || got != z {
			t.Errorf("ParseZone(%q) = %v, %v", z, got, err)
		}
		if z.City() == "" {
			continue
		}
		got, err = calendar.ParseZone(z.City())
		if err != nil && refusal(t, err).Reason == calendar.AmbiguousZone {
			if !slices.Contains(refusal(t, err).Zones, z) {
				t.Errorf("ParseZone(%q) does not offer %v", z.City(), z)
			}
		} else if err != nil || got != z {
			t.Errorf("ParseZone(%q) = %v, %v, want %v", z.City(), got, err, z)
		}
	}
}

func TestAutocompletionStartsWithTheZonesOfThatName(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		prefix string
		limit  int
		want   []string
	}{
		{"ber", 3, []string{"Europe/Berlin", "Atlantic/Bermuda", "Europe/Oslo"}},
		{"münch", 5, []string{"Europe/Berlin"}},
		{"europe/ber", 5, []string{"Europe/Berlin"}},
		{"cambridge", 3, []string{"Europe/London", "America/New_York", "America/Cambridge_Bay"}},
		{"", 2, []string{"Africa/Abidjan", "Africa/Accra"}},
		{"zzz", 5, []string{}},
		{"ber", 0, []string{}},
		{"ber", -1, []string{}},
		{strings.Repeat("b", 1000), 5, []string{}},
	} {
		if diff := cmp.Diff(c.want, zoneNames(calendar.Zones(c.prefix, c.limit))); diff != "" {
			t.Errorf("Zones(%.20q, %d) (-want +got):\n%s", c.prefix, c.limit, diff)
		}
	}
}

func TestZonesAreStoredAsTheirNames(t *testing.T) {
	t.Parallel()
	type person struct {
		Zone calendar.Zone `json:"zone,omitzero"`
	}
	for text, want := range map[string]string{
		`{"zone":"Europe/Berlin"}`: `{"zone":"Europe/Berlin"}`,
		`{"zone":"Europe/Kiev"}`:   `{"zone":"Europe/Kyiv"}`,
		`{"zone":null}`:            `{}`,
		`{}`:                       `{}`,
	} {
		var p person
		if err := json.Unmarshal([]byte(text), &p); err != nil {
			t.Errorf("Unmarshal(%s) = %v", text, err)
		}
		if got, err := json.Marshal(p); err != nil || string(got) != want {
			t.Errorf("Marshal(Unmarshal(%s)) = %s, %v, want %s", text, got, err, want)
		}
	}
	for _, text := range []string{`{"zone":""}`, `{"zone":"Berlin"}`, `{"zone":"europe/berlin"}`, `{"zone":"EST"}`, `{"zone":3}`} {
		var p person
		if err := json.Unmarshal([]byte(text), &p); err == nil {
			t.Errorf("Unmarshal(%s) = %v, want an error", text, p.Zone)
		}
	}
}

func TestTheZeroZoneSaysThatItIsNone(t *testing.T) {
	t.Parallel()
	var none calendar.Zone
	if !none.IsZero() || none.String() != "(no zone)" || none.City() != "" {
		t.Errorf("zero Zone: IsZero %v, String %q, City %q", none.IsZero(), none, none.City())
	}
	if text, err := none.MarshalText(); err == nil {
		t.Errorf("MarshalText() of the zero Zone = %q, want an error", text)
	}
	if calendar.UTC().IsZero() || calendar.UTC() != zone(t, "UTC") {
		t.Errorf("UTC() = %v, want the zone UTC", calendar.UTC())
	}
}
