package exchange

import (
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxLink is the longest link that is kept, in bytes.
const MaxLink = 500

// secretKeys are parts of the names of parameters that let whoever has the link
// in: signed links of clouds, tokens of code hosts, sessions.
func secretKeys() []string {
	return []string{
		"token", "secret", "password", "passwd", "signature", "credential", "apikey", "api-key", "access-key",
		"accesskey", "private-key", "session", "x-amz-", "x-goog-", "authorization",
	}
}

// secretNames are such names as a whole, too short to be looked for within others.
func secretNames() []string {
	return []string{"sig", "key", "pwd", "pass", "auth", "jwt", "sas", "sid", "code"}
}

// secretValues are what tokens of well-known hosts look like, wherever they are.
//
//nolint:gochecknoglobals // compiled once
var secretValues = regexp.MustCompile(`gh[pousr]_[A-Za-z0-9]{20}|github_pat_[A-Za-z0-9_]{20}|glpat-[A-Za-z0-9_-]{16}|xox[abeprs]-[A-Za-z0-9-]{8}|hf_[A-Za-z0-9]{20}|sk-[A-Za-z0-9_-]{20}|A(KIA|SIA)[A-Z0-9]{16}|eyJ[A-Za-z0-9_-]{8,}\.eyJ`)

// CheckLink reads a link to something that others are meant to open: to a name
// of the public internet, over http or https, with nothing secret in it. Nobody
// opens it.
func CheckLink(text string) (*url.URL, error) {
	text = strings.TrimSpace(text)
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || strings.ContainsFunc(text, odd):
		return nil, refuse(BadLink, "That is not a whole link. Copy it from the browser, with https:// before it. Nothing was saved.")
	case len(text) > MaxLink:
		return nil, refuse(BadLink, "That link is too long to be a lasting one. Share the page that it leads to. Nothing was saved.")
	case u.User != nil || secretIn(u) || secretValues.MatchString(text):
		return nil, refuse(SecretLink, "That link has a password, a token or a signature in it, so it was not saved. Whoever has it can get in: withdraw it if it was shared, and give the public link.")
	case !public(u.Hostname()):
		return nil, refuse(BadLink, "Only people in your own network can open that link. Give one that others can open, or say what it is in words. Nothing was saved.")
	}
	return u, nil
}

// HasSecret reports whether a text has in it what lets whoever reads it in: a
// token of a known host, or a link with a password or a signature.
func HasSecret(text string) bool {
	if secretValues.MatchString(text) {
		return true
	}
	for word := range strings.FieldsSeq(text) {
		if u, err := url.Parse(word); err == nil && u.Host != "" && (u.User != nil || secretIn(u)) {
			return true
		}
	}
	return false
}

// odd are characters that no link has and that hide what one is.
func odd(r rune) bool {
	return r == utf8.RuneError || unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
}

// secretIn reports whether a parameter of a link is named like a secret. One
// that cannot be read counts as secret.
func secretIn(u *url.URL) bool {
	for _, part := range []string{u.RawQuery, u.Fragment} {
		if _, after, cut := strings.Cut(part, "?"); cut {
			part = after
		}
		if !strings.Contains(part, "=") {
			continue
		}
		values, err := url.ParseQuery(part)
		if err != nil {
			return true
		}
		for key := range values {
			if secretKey(key) {
				return true
			}
		}
	}
	return false
}

func secretKey(key string) bool {
	key = strings.NewReplacer("_", "-", ".", "-").Replace(strings.ToLower(key))
	return slices.Contains(secretNames(), key) ||
		slices.ContainsFunc(secretKeys(), func(s string) bool { return strings.Contains(key, s) })
}

// public reports whether a host has a name that the public internet can have.
// Addresses are no such names, however they are written.
func public(host string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if _, err := netip.ParseAddr(host); err == nil {
		return false
	}
	last := host[strings.LastIndex(host, ".")+1:]
	inner := []string{"local", "localhost", "internal", "lan", "home", "corp", "intranet", "arpa"}
	return strings.Contains(host, ".") && last != "" && !slices.Contains(inner, last) &&
		strings.ContainsFunc(last, unicode.IsLetter) && !strings.HasPrefix(last, "0x")
}

// Pin says whether a link will show the same in a year.
type Pin string

// The pins.
const (
	Pinned   Pin = "pinned"   // to a commit, a release or a version
	Floating Pin = "floating" // a branch, or what is latest: its content will change
	Unpinned Pin = "unpinned" // nothing says which version
)

//nolint:gochecknoglobals // compiled once
var (
	commit  = regexp.MustCompile(`(^|[/@:=#])[0-9a-f]{40}([/?#]|$)`)
	release = regexp.MustCompile(`(^|[/@])(releases/tag|tags?|archive/refs/tags)/[^/?#]+|[/@]v[0-9]+(\.[0-9]+)*([/?#]|$)|[0-9]v[0-9]+(\.pdf)?$|/records?/[0-9]+`)
	branch  = regexp.MustCompile(`(?i)[/@](main|master|trunk|develop|dev|head|latest|nightly)([/?#]|$)`)
	version = regexp.MustCompile(`^(v?[0-9]+(\.[0-9]+)*([-.+][0-9A-Za-z.+-]+)?|[0-9a-f]{7,40}|[0-9]{4}-[0-9]{2}-[0-9]{2})$`)
)

// PinOf says how firmly a link or an identifier, with the version that was named
// beside it, means one content. DOIs and Software Heritage identifiers mean one.
func PinOf(where, named string) Pin {
	named = strings.TrimSpace(named)
	id, found, err := FindIdentifier(where)
	switch {
	case branch.MatchString("/" + named):
		return Floating
	case version.MatchString(named), commit.MatchString(where):
		return Pinned
	case found && err == nil && id.Scheme != ArXiv:
		return Pinned
	case branch.MatchString(where):
		return Floating
	case release.MatchString(where):
		return Pinned
	}
	return Unpinned
}
