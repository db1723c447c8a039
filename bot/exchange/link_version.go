package exchange

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// What versions look like, in links and in what people write beside them.
//
//nolint:gochecknoglobals // compiled once
var (
	hashed   = regexp.MustCompile(`^[0-9a-f]{7,40}$`)
	dated    = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)
	numbered = regexp.MustCompile(`(?:^|[-_/ ])(?:v\.?|version |release )?([0-9]+(?:\.[0-9]+)*(?:[-+.]?(?:a|b|rc|alpha|beta|pre|dev|post)[-.]?[0-9]*)?)$`)
	floats   = regexp.MustCompile(`^(main|master|trunk|develop|dev|head|latest|nightly)$`)
	record   = regexp.MustCompile(`(?:^|/)(?:zenodo\.|records?/)([0-9]+)$`)
	edition  = regexp.MustCompile(`(?:^|[^a-z])v([0-9]+)$`)
	packed   = regexp.MustCompile(`\.(zip|tgz|tar\.(gz|bz2|xz))$`)
)

// sort is what a version is told by. Only two of one sort can contradict each
// other: a tag and a commit may well be the same.
type sort string

const (
	bySome   sort = ""       // words that say nothing by themselves
	byHash   sort = "hash"   // of a commit
	byDate   sort = "date"   // a day
	byNumber sort = "number" // v1.2.0
	byBranch sort = "branch" // whatever is newest there
	byRecord sort = "record" // a record's number in an archive
)

// told reads a version: its sort, and what to compare of it.
func told(version string) (sort, string) {
	version = strings.ToLower(strings.TrimSpace(version))
	switch {
	case floats.MatchString(version):
		return byBranch, version
	case dated.MatchString(version):
		return byDate, version
	case record.MatchString(version):
		return byRecord, record.FindStringSubmatch(version)[1]
	case hashed.MatchString(version) && (len(version) == 40 || strings.ContainsAny(version, "abcdef")):
		return byHash, version
	case numbered.MatchString(version):
		return byNumber, numbered.FindStringSubmatch(version)[1]
	}
	return bySome, version
}

// VersionIn is the version that a link or an identifier names of itself, as it
// stands there: a tag, a branch, a commit, a revision, a record's number; "" where
// there is none. Nothing is opened.
func VersionIn(where string) string {
	id, found, err := FindIdentifier(where)
	if err != nil {
		return ""
	}
	if found {
		return versionOf(id)
	}
	u, err := CheckLink(where)
	if err != nil {
		return ""
	}
	if revision := u.Query().Get("revision"); revision != "" {
		return revision
	}
	return versionOfPath(u)
}

// versionOf is the version within an identifier.
func versionOf(id Identifier) string {
	switch id.Scheme {
	case SWHID:
		if hash, ok := strings.CutPrefix(id.ID, "swh:1:rev:"); ok {
			return hash
		}
	case DOI, ArXiv:
		if m := record.FindString(id.ID); m != "" {
			return strings.TrimPrefix(m, "/")
		}
		if m := edition.FindStringSubmatch(id.ID); m != nil {
			return "v" + m[1]
		}
	case ISBN, ORCID, ROR:
	}
	return ""
}

// versionOfPath is the version within the path of a link: behind what code hosts
// and model hubs write before one, or behind an @.
func versionOfPath(u *url.URL) string {
	parts := strings.Split(strings.Trim(u.EscapedPath(), "/"), "/")
	for i, part := range parts {
		if name, err := url.PathUnescape(part); err == nil {
			parts[i] = name
		}
	}
	for i := range parts {
		if _, at, ok := strings.Cut(parts[i], "@"); ok {
			if of, _ := told(at); of == byNumber || of == byHash {
				return at
			}
		}
		if next := i + skipped(parts[i:]); next > i && next < len(parts) && i > 0 {
			return packed.ReplaceAllString(parts[next], "")
		}
	}
	if host := strings.ToLower(u.Hostname()); host == "zenodo.org" && record.MatchString(strings.Join(parts, "/")) {
		return "zenodo." + parts[len(parts)-1]
	}
	return ""
}

// skipped is how many parts of a path stand before a version; 0 where none does.
func skipped(parts []string) int {
	for _, before := range []string{
		"archive/refs/tags", "archive/refs/heads", "releases/tag", "releases/download", "releases", "src/tag", "src/commit", "src/branch",
		"tree", "blob", "raw", "blame", "resolve", "commit", "commits", "tags", "archive", "v",
	} {
		lead := strings.Split(before, "/")
		if len(parts) > len(lead) && slices.Equal(parts[:len(lead)], lead) {
			return len(lead)
		}
	}
	return 0
}

// VersionDoubt asks which is right where the link names one version and what is
// written beside it another; "" where the two go together or cannot be compared.
func (v Evidence) VersionDoubt() string {
	linked, named := VersionIn(v.Where), v.Version
	if linked == "" || strings.TrimSpace(named) == "" {
		return ""
	}
	a, x := told(linked)
	b, y := told(named)
	branched := (a == byBranch) != (b == byBranch) && a != bySome && b != bySome
	if !branched && (a != b || a == bySome || goTogether(a, x, y)) {
		return ""
	}
	return "The link says " + brief(linked) + ", the version says " + brief(named) + ": which is right?"
}

// goTogether reports whether two versions of one sort can be the same: one may be
// written more briefly.
func goTogether(of sort, x, y string) bool {
	if len(x) > len(y) {
		x, y = y, x
	}
	switch of {
	case byHash:
		return strings.HasPrefix(y, x)
	case byNumber:
		return x == y || strings.HasPrefix(y, x+".")
	case bySome, byDate, byBranch, byRecord:
	}
	return x == y
}

// brief is a version as people say it: of a commit, what tells it apart.
func brief(version string) string {
	if of, hash := told(version); of == byHash && len(hash) > 10 {
		return hash[:10]
	}
	return strings.TrimSpace(version)
}
