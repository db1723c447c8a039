package discord

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"interlab/bot/chat"
)

// markdown writes spans within a limit, which Discord counts after escaping. The
// limit is kept in UTF-16 units, the largest of the ways to count.
type markdown struct {
	out   strings.Builder
	left  int
	full  bool
	inner bool // something stands on the line already

	unlinked bool // addresses in the text lead nowhere: it is emphasised, or a label
}

// ellipsis stands where text was cut off.
const ellipsis = "…"

// inMarkdown renders the text in at most limit units.
func inMarkdown(text chat.Text, limit int) string {
	m := markdown{left: limit}
	text.Write(&m, Platform, "")
	return m.out.String()
}

// escaped is a plain text with nothing in it that Discord would format.
func escaped(text string, limit int) string { return inMarkdown(chat.Text{chat.Say(text)}, limit) }

// label is a plain text inside of something that is formatted.
func label(text string, limit int) string {
	m := markdown{left: limit, unlinked: true}
	m.Say(text)
	return m.out.String()
}

// address is a web address as Discord finds one: nothing up to its end is
// formatted, and a backslash would become part of it.
var address = regexp.MustCompile(`^(https?)://[^\s<]+`)

// Say writes plain text, cut where the room ends. An address stays one where
// white space ends it. Else it is written so that Discord finds none: it would
// swallow the backslash before what follows.
func (m *markdown) Say(text string) {
	for text != "" && !m.full {
		found := address.FindStringSubmatch(text)
		switch {
		case found == nil:
			r, size := utf8.DecodeRuneInString(text)
			m.rune(r)
			text = text[size:]
		case m.unlinked || strings.ContainsAny(found[0], "`\\*") || strings.HasPrefix(text[len(found[0]):], "<"):
			m.whole(found[1] + `\:`)
			text = text[len(found[1])+1:]
		default:
			m.whole(found[0])
			text = text[len(found[0]):]
		}
	}
}

func (m *markdown) rune(r rune) {
	switch {
	case r == '\n':
		m.put("\n")
		m.inner = false
	case strings.ContainsRune("\\*_~`|[]<", r), !m.inner && strings.ContainsRune("#>-+", r):
		m.put("\\" + string(r))
	default:
		m.put(string(r))
	}
	if !unicode.IsSpace(r) {
		m.inner = true
	}
}

// Strong writes emphasised text. White space at its edges stays outside, where
// Discord would not see emphasis otherwise.
func (m *markdown) Strong(text string) {
	core := strings.TrimSpace(text)
	if core == "" {
		m.Say(text)
		return
	}
	before, after, _ := strings.Cut(text, core)
	inside := label(core, m.left-units(before)-2*len("**"))
	m.Say(before)
	m.whole("**" + inside + "**")
	m.Say(after)
}

// Code writes text to be copied as it stands, on one line: the columns of a table
// are its spaces. What would end the quoting early is written as plain text.
func (m *markdown) Code(text string) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\n", " "))
	switch {
	case text == "":
	case strings.Contains(text, "``"):
		m.Say(text)
	case strings.Contains(text, "`"):
		m.whole("`` " + text + " ``")
	default:
		m.whole("`" + text + "`")
	}
}

// Link shows the host behind a label.
func (m *markdown) Link(l chat.Link, to *url.URL) {
	if l.Label == "" {
		m.Say(l.URL)
		return
	}
	target := strings.NewReplacer("(", "%28", ")", "%29", "<", "%3C", ">", "%3E", `\`, "%5C", " ", "%20").Replace(to.String())
	m.whole("[" + label(l.Label, m.left) + "](" + target + ") (" + escaped(to.Host, m.left) + ")")
}

// When is the moment in the reader's zone, and beside it the one that names its zone.
func (m *markdown) When(at time.Time, fallback string) {
	m.whole(fmt.Sprintf("<t:%d:f> (%s)", at.Unix(), escaped(fallback, m.left)))
}

// Mention names a person and leads to their account. The name comes first: not
// every client knows every account.
func (m *markdown) Mention(name, user string) {
	m.Say(name)
	if snowflake(user) {
		m.whole(" (<@" + user + ">)")
	}
}

// whole writes a piece that stands whole or not at all.
func (m *markdown) whole(text string) {
	m.put(text)
	m.inner = true
}

// put writes a piece, or the ellipsis instead where the room is at its end.
func (m *markdown) put(text string) {
	size := units(text)
	switch {
	case m.full:
	case size >= m.left:
		m.full = true
		if m.left > 0 {
			m.out.WriteString(ellipsis)
		}
	default:
		m.left -= size
		m.out.WriteString(text)
	}
}

// units is the length of a text in UTF-16 units.
func units(text string) int {
	n := 0
	for _, r := range text {
		n += utf16.RuneLen(r)
	}
	return n
}

// plain is a text where Discord formats nothing, such as a button's label, in
// at most limit units.
func plain(text string, limit int) string {
	text = chat.Shown(text)
	if units(text) <= limit {
		return text
	}
	n := 0
	for i, r := range text {
		if n += utf16.RuneLen(r); n > limit-1 {
			return text[:i] + ellipsis
		}
	}
	return text
}
