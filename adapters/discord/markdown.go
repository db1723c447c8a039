package discord

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
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
	m.text(text)
	return m.out.String()
}

// escaped is a plain text with nothing in it that Discord would format.
func escaped(text string, limit int) string { return inMarkdown(chat.Text{chat.Say(text)}, limit) }

// label is a plain text inside of something that is formatted.
func label(text string, limit int) string {
	m := markdown{left: limit, unlinked: true}
	m.say(text)
	return m.out.String()
}

func (m *markdown) text(text chat.Text) {
	for _, span := range text {
		if m.full {
			return
		}
		switch span := span.(type) {
		case chat.Say:
			m.say(string(span))
		case chat.Strong:
			m.strong(string(span))
		case chat.Code:
			m.code(string(span))
		case chat.Link:
			m.link(span)
		case chat.When:
			m.whole(fmt.Sprintf("<t:%d:f> (%s)", span.At.Unix(), escaped(span.Fallback, m.left)))
		case chat.Mention:
			m.mention(span)
		}
	}
}

// address is a web address as Discord finds one: nothing up to its end is
// formatted, and a backslash would become part of it.
var address = regexp.MustCompile(`^(https?)://[^\s<]+`)

// say writes plain text, cut where the room ends. An address stays one where
// white space ends it. Else it is written so that Discord finds none: it would
// swallow the backslash before what follows.
func (m *markdown) say(text string) {
	text = chat.Shown(text)
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

// strong writes emphasised text. White space at its edges stays outside, where
// Discord would not see emphasis otherwise.
func (m *markdown) strong(text string) {
	core := strings.TrimSpace(text)
	if core == "" {
		m.say(text)
		return
	}
	before, after, _ := strings.Cut(text, core)
	inside := label(core, m.left-units(before)-2*len("**"))
	m.say(before)
	m.whole("**" + inside + "**")
	m.say(after)
}

// code writes text to be copied as it stands. What would end the quoting early
// is written as plain text.
func (m *markdown) code(text string) {
	text = strings.Join(strings.Fields(chat.Shown(text)), " ")
	switch {
	case text == "":
	case strings.Contains(text, "``"):
		m.say(text)
	case strings.Contains(text, "`"):
		m.whole("`` " + text + " ``")
	default:
		m.whole("`" + text + "`")
	}
}

// link shows the host behind a label, so that nobody is led astray.
func (m *markdown) link(link chat.Link) {
	u, err := url.Parse(link.URL)
	switch {
	case err != nil, u.Host == "", u.Scheme != "https" && u.Scheme != "http":
		m.say(link.Plain())
	case link.Label == "", link.Label == link.URL:
		m.say(link.URL)
	default:
		target := strings.NewReplacer("(", "%28", ")", "%29", "<", "%3C", ">", "%3E", `\`, "%5C", " ", "%20").Replace(u.String())
		m.whole("[" + label(chat.ShownLine(link.Label), m.left) + "](" + target + ") (" + escaped(u.Host, m.left) + ")")
	}
}

// mention names a person, and leads to their account where they have one here.
// The name comes first: not every client knows every account.
func (m *markdown) mention(who chat.Mention) {
	m.say(who.Name)
	if id := accountHere(who); id != "" {
		m.whole(" (<@" + id + ">)")
	}
}

// accountHere is the user id of somebody's account on this platform.
func accountHere(who chat.Mention) string {
	if id := who.On(Platform, ""); snowflake(id) {
		return id
	}
	return ""
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
