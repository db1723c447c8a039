package calendar

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	_ "embed" // the pinned data below
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"strings"
	"sync"
	"time"
)

var (
	//go:embed zonedata/zoneinfo.zip
	zoneinfo []byte
	//go:embed zonedata/VERSION.txt
	zoneinfoVersion string
)

// ZoneSet knows the rules of every zone: one release of the IANA time zone
// database. It never changes and may be used by many at once. Its methods take
// the zero Zone for UTC, save where they say otherwise.
type ZoneSet struct {
	version   string
	digest    string
	locations map[string]*time.Location
}

// Pinned returns the rules built into the program; see zonedata/generate.go for
// where they come from.
func Pinned() *ZoneSet { return pinned() }

//nolint:gochecknoglobals // the set built into the program, made once, never changed
var pinned = sync.OnceValue(func() *ZoneSet {
	files, err := zip.NewReader(bytes.NewReader(zoneinfo), int64(len(zoneinfo)))
	if err != nil {
		panic("calendar: the embedded zone data are damaged: " + err.Error())
	}
	set, err := LoadZones(files)
	if err != nil {
		panic("calendar: the embedded zone data are damaged: " + err.Error())
	}
	set.version, _, _ = strings.Cut(zoneinfoVersion, "\n")
	return set
})

// LoadZones reads other rules than the pinned ones from a folder of compiled
// zones, such as os.DirFS("/usr/share/zoneinfo"), so that a change of law can be
// followed before the program is renewed. It is an error if one of the zones
// known here is missing or damaged: a mixture of two releases helps nobody.
func LoadZones(files fs.FS) (*ZoneSet, error) {
	set := &ZoneSet{version: versionOf(files), locations: map[string]*time.Location{}}
	sum := sha256.New()
	for _, name := range names().all {
		data, err := fs.ReadFile(files, fileOf(files, name))
		if err != nil {
			return nil, fmt.Errorf("load zone %s: %w", name, err)
		}
		location, err := time.LoadLocationFromTZData(name, data)
		if err != nil {
			return nil, fmt.Errorf("load zone %s: %w", name, err)
		}
		set.locations[name] = location
		_, _ = fmt.Fprintf(sum, "%s %d\n%s", name, len(data), data) // a hash takes everything
	}
	set.digest = hex.EncodeToString(sum.Sum(nil)[:16])
	return set, nil
}

// fileOf is where a folder keeps a zone; some have no plain UTC at the top.
func fileOf(files fs.FS, name string) string {
	if _, err := fs.Stat(files, name); err != nil && name == "UTC" {
		return "Etc/UTC"
	}
	return name
}

// versionOf reads the release from the files that distributions put beside the
// zones: "# version 2026f" on the first line of tzdata.zi, or +VERSION.
func versionOf(files fs.FS) string {
	for _, name := range []string{"tzdata.zi", "+VERSION"} {
		text, err := fs.ReadFile(files, name)
		line, _, _ := strings.Cut(string(text), "\n")
		if line = printable(strings.TrimPrefix(line, "# version ")); err == nil && line != "" {
			return line
		}
	}
	return "unknown"
}

// Version returns the release of the rules, as "2026f", or "unknown" where a
// folder given to LoadZones does not say.
func (s *ZoneSet) Version() string { return s.version }

// Digest returns 32 characters that are the same for two sets only if all their
// rules are, whatever they say of their release.
func (s *ZoneSet) Digest() string { return s.digest }

// OlderThan reports whether the rules are of an older release than another, and
// false where one of the two is of no known release.
func (s *ZoneSet) OlderThan(version string) bool {
	return release.MatchString(s.version) && release.MatchString(version) && s.version < version
}

var release = regexp.MustCompile(`^[0-9]{4}[a-z]$`)

// Rehearse returns the rules as if a law had put a zone on the clocks of another
// one, so that people can see what such a law would do. They are of no release.
func (s *ZoneSet) Rehearse(law, like Zone) *ZoneSet {
	locations := maps.Clone(s.locations)
	locations[law.name] = s.location(like)
	what := law.name + " like " + like.name
	sum := sha256.Sum256([]byte(s.digest + " " + what))
	return &ZoneSet{version: s.version + " with " + what, digest: hex.EncodeToString(sum[:16]), locations: locations}
}

// location is the only way from a Zone to Go's own type, and never leaves here.
func (s *ZoneSet) location(z Zone) *time.Location {
	if z.IsZero() {
		return time.UTC
	}
	return s.locations[z.name]
}
