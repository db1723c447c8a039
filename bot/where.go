package bot

import (
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"interlab/bot/chat"
)

// maxWhere is the longest description of a place, in runes.
const maxWhere = 300

// address is a web address within a text. Trailing punctuation is the sentence's.
var address = regexp.MustCompile(`[A-Za-z][A-Za-z0-9+.-]*://[^\s<>"]*[^\s<>".,;:!?)\]]`)

// whereFault refuses a place whose links should not be sent to people of all
// labs: other schemes than the web's, passwords, and addresses that lead into
// somebody's own network.
func whereFault(text string) error {
	if err := tooLong(text, maxWhere); err != nil {
		return err
	}
	for _, found := range address.FindAllString(text, -1) {
		if err := linkFault(found); err != nil {
			return err
		}
	}
	return nil
}

func linkFault(text string) error {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Hostname() == "":
		return denied("I cannot read one of the links. Copy it again from where the meeting was set up.")
	case u.Scheme != "https" && u.Scheme != "http":
		return denied("A link must begin with https://, and one of these begins with %s://.", clip(u.Scheme, 20))
	case u.User != nil:
		return denied("One of the links has a name or a password in front of the host. Everybody would see it; please give a link without.")
	case !public(u.Hostname()):
		return denied("%s cannot be reached from other labs. Give an address on the public internet, or describe the room in words.", clip(u.Hostname(), 60))
	}
	return nil
}

// notPublic are addresses that netip does not tell apart: "this network",
// carrier-grade NAT and benchmarks (RFC 6890).
var notPublic = []netip.Prefix{ //nolint:gochecknoglobals // a table
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("2002::/16"),
}

// public reports whether a host can be meant on the public internet. Nothing is
// looked up: a name counts by its form, and numbers in any spelling but the
// plain one do not.
func public(host string) bool {
	if ip, err := netip.ParseAddr(host); err == nil {
		ip = ip.Unmap().WithZone("")
		return ip.IsGlobalUnicast() && !ip.IsPrivate() && !slices.ContainsFunc(notPublic, func(p netip.Prefix) bool { return p.Contains(ip) })
	}
	labels := strings.Split(strings.ToLower(strings.TrimSuffix(host, ".")), ".")
	last := labels[len(labels)-1]
	switch {
	case len(labels) < 2, last == "", strings.Trim(last[:1], "0123456789") == "":
		return false
	case slices.Contains([]string{"localhost", "local", "internal", "lan", "home", "corp", "intranet", "localdomain"}, last):
		return false
	}
	return true
}

// linked is a place with its links as links.
func linked(text string) chat.Text {
	var spans []any
	rest := 0
	for _, at := range address.FindAllStringIndex(text, -1) {
		if linkFault(text[at[0]:at[1]]) != nil {
			continue
		}
		if at[0] > rest {
			spans = append(spans, text[rest:at[0]])
		}
		spans = append(spans, chat.Link{Label: text[at[0]:at[1]], URL: text[at[0]:at[1]]})
		rest = at[1]
	}
	if rest < len(text) {
		spans = append(spans, text[rest:])
	}
	return chat.T(spans...)
}

// firstLink is the first web address in a place, or "".
func firstLink(text string) string {
	for _, found := range address.FindAllString(text, -1) {
		if linkFault(found) == nil {
			return found
		}
	}
	return ""
}
