package exchange

import (
	_ "embed" // of the list of licences
	"slices"
	"strings"
	"sync"
)

// LicenceClass says what a licence is made for, where it is an open one.
type LicenceClass string

// The classes. The zero value is a licence that is not open.
const (
	NotOpen     LicenceClass = ""
	OpenCode    LicenceClass = "code"    // of software
	OpenContent LicenceClass = "content" // of data and documents
)

// Licence is a licence of the SPDX licence list, or an expression of several.
type Licence struct {
	ID    string
	Class LicenceClass
}

// Open reports whether anybody may use, change and share what is under it.
func (l Licence) Open() bool { return l.Class != NotOpen }

//go:embed licences.txt
var licenceList string

// licences are all of the list by their identifiers in small letters: people
// write them as they like, and no two differ in that alone.
//
//nolint:gochecknoglobals // a constant table, read once from the embedded list
var licences = sync.OnceValue(func() map[string]Licence {
	all := map[string]Licence{}
	for line := range strings.Lines(licenceList) {
		fields := strings.Fields(line)
		if len(fields) == 0 || fields[0] == "#" {
			continue
		}
		l := Licence{ID: fields[0]}
		if len(fields) > 1 {
			l.Class = LicenceClass(fields[1])
		}
		all[strings.ToLower(l.ID)] = l
	}
	return all
})

//go:embed exceptions.txt
var exceptionList string

// exceptions are all identifiers of exceptions to licences.
//
//nolint:gochecknoglobals // a constant table, read once from the embedded list
var exceptions = sync.OnceValue(func() []string {
	return slices.DeleteFunc(strings.Split(strings.TrimSpace(exceptionList), "\n"), func(line string) bool { return strings.HasPrefix(line, "#") })
})

// ParseLicence reads an SPDX licence expression, whatever its capitals: "MIT",
// "MIT OR Apache-2.0", "GPL-2.0-only WITH Classpath-exception-2.0". Of anything
// else it says what is wanted.
func ParseLicence(text string) (Licence, error) {
	id := strings.TrimSpace(text)
	if l, ok := licences()[strings.ToLower(id)]; ok {
		return l, nil
	}
	if l, ok := parseExpression(id); ok {
		return l, nil
	}
	if near, ok := likelyLicence(id); ok {
		return Licence{}, refuse(BadLicence, "\""+id+"\" is not the short name of a licence. Did you mean "+near+"? Nothing was saved.")
	}
	return Licence{}, refuse(BadLicence, "That is not the short name of a licence. Write one of spdx.org/licenses, for instance MIT, Apache-2.0 or CC-BY-4.0. Nothing was saved.")
}

// likelyLicence is what people most often mean by a name that is no identifier.
func likelyLicence(text string) (string, bool) {
	squeezed := strings.NewReplacer(" ", "", "-", "", "_", "", "licence", "", "license", "").Replace(strings.ToLower(text))
	near, ok := map[string]string{
		"apache": "Apache-2.0", "apache2": "Apache-2.0", "bsd": "BSD-3-Clause", "bsd3": "BSD-3-Clause",
		"gpl": "GPL-3.0-or-later", "gplv3": "GPL-3.0-or-later", "gpl3": "GPL-3.0-or-later", "gplv2": "GPL-2.0-only",
		"cc0": "CC0-1.0", "ccby": "CC-BY-4.0", "ccby4": "CC-BY-4.0", "ccbysa": "CC-BY-SA-4.0", "themit": "MIT",
	}[squeezed]
	return near, ok
}
