package discord

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"interlab/bot/chat"
)

// Limits of what is rendered, in characters.
// https://discord.com/developers/docs/resources/message#embed-object-embed-limits
// https://discord.com/developers/docs/components/reference
const (
	maxTitle       = 256
	maxDescription = 4096
	maxFieldName   = 256
	maxFieldValue  = 1024
	maxFooter      = 2048
	maxCard        = 6000
	maxLabel       = 80
	maxOptionText  = 100
	maxMenuHint    = 150
	maxModalTitle  = 45
	maxFormLabel   = 45
	maxFormHint    = 100
	maxThreadName  = 100
	maxFilename    = 255
	maxAlt         = 1024
)

// render is a message as it is created or edited. The id is that of the
// delivery: it shows only in the card's colour, see mark. With ping the people
// who are mentioned and have an account here hear of it.
func render(id string, m chat.Message, ping bool) body {
	m = m.Shown()
	var users []string
	if ping {
		users = mentioned(m)
	}
	b := body{
		Content: pings(users), Embeds: []discordgo.MessageEmbed{card(id, m)}, Components: rows(m.Rows),
		Mentions: allow(users), Attachments: make([]attachment, len(m.Attachments)),
	}
	for i, file := range m.Attachments {
		b.Attachments[i] = attachment{ID: strconv.Itoa(i), Filename: plain(chat.ShownLine(file.Name), maxFilename), Description: plain(file.Alt, maxAlt)}
	}
	return b
}

// card renders what is read. Where escaping has made the whole too long the
// body gives way, for it is the longest part and the one that can be cut.
func card(id string, m chat.Message) discordgo.MessageEmbed {
	e := discordgo.MessageEmbed{Title: escaped(m.Title, maxTitle), Color: mark(id)}
	left := maxCard - units(e.Title)
	if note := m.Note.Quoted(); note != "" {
		e.Footer = &discordgo.MessageEmbedFooter{Text: plain(note, min(maxFooter, left/2))}
		left -= units(e.Footer.Text)
	}
	for _, field := range m.Fields {
		f := &discordgo.MessageEmbedField{Name: escaped(field.Name, min(maxFieldName, left)), Value: inMarkdown(field.Value, min(maxFieldValue, left/2))}
		if left -= units(f.Name) + units(f.Value); left < 0 || f.Name == "" || f.Value == "" {
			break
		}
		e.Fields = append(e.Fields, f)
	}
	e.Description = paragraphs(m.Body, min(maxDescription, left))
	return e
}

// paragraphs renders a body with an empty line between its parts.
func paragraphs(body []chat.Text, limit int) string {
	m := markdown{left: limit}
	for i, paragraph := range body {
		if i > 0 {
			m.put("\n\n")
			m.inner = false
		}
		paragraph.Write(&m, Platform, "")
	}
	return m.out.String()
}

func rows(from []chat.Row) []discordgo.MessageComponent {
	out := make([]discordgo.MessageComponent, 0, len(from))
	for _, row := range from {
		out = append(out, discordgo.ActionsRow{Components: chat.Controls(row, button, menu)})
	}
	return out
}

func button(b chat.Button) discordgo.MessageComponent {
	return discordgo.Button{Style: styles[b.Tone], Label: plain(b.Label, maxLabel), CustomID: b.Ref.String()}
}

// styles are the looks of the tones.
var styles = map[chat.Tone]discordgo.ButtonStyle{ //nolint:gochecknoglobals // a table that nobody changes
	chat.Plain: discordgo.SecondaryButton, chat.Main: discordgo.PrimaryButton, chat.Danger: discordgo.DangerButton,
}

func menu(m chat.Menu) discordgo.MessageComponent {
	one := 1
	return discordgo.SelectMenu{
		CustomID: m.Ref.String(), Placeholder: plain(m.Hint, maxMenuHint), Options: choices(m.Options, ""), MinValues: &one, MaxValues: 1,
	}
}

func choices(options []chat.Option, chosen string) []discordgo.SelectMenuOption {
	out := make([]discordgo.SelectMenuOption, len(options))
	for i, option := range options {
		out[i] = discordgo.SelectMenuOption{
			Label: plain(option.Label, maxOptionText), Value: option.Value,
			Description: plain(option.Hint, maxOptionText), Default: chosen != "" && option.Value == chosen,
		}
	}
	return out
}

// allow is the one place that says whom a message may ping: these users, and
// nobody and nothing else, whatever its text says.
func allow(users []string) mentions {
	return mentions{Parse: []string{}, Users: append([]string{}, users...), Roles: []string{}}
}

// maxPings is how many users a message may name.
// https://discord.com/developers/docs/resources/message#allowed-mentions-object
const maxPings = 50

// mentioned lists the user ids of the people whom a message mentions.
func mentioned(m chat.Message) []string {
	texts := slices.Concat(m.Body, []chat.Text{m.Note})
	for _, field := range m.Fields {
		texts = append(texts, field.Value)
	}
	var users []string
	for _, span := range slices.Concat(texts...) {
		who, ok := span.(chat.Mention)
		if !ok {
			continue
		}
		if id := who.On(Platform, ""); snowflake(id) && !slices.Contains(users, id) && len(users) < maxPings {
			users = append(users, id)
		}
	}
	return users
}

// pings is the content that makes people hear of a message: what stands in a
// card pings nobody.
func pings(users []string) string {
	var out strings.Builder
	for _, id := range users {
		out.WriteString("<@" + id + "> ")
	}
	return strings.TrimSpace(out.String())
}

// mark is the colour of a card: a blue of which fifteen bits are made of the
// delivery's id, most of them where the eye sees least. Discord does not keep the
// nonce of a message; its colour is what a delivery can be found by later.
func mark(id string) int {
	const blue = 0x4060c0 // the bits below are free: 5 of red, 4 of green, 6 of blue
	sum := sha256.Sum256([]byte(id))
	bits := int(binary.BigEndian.Uint16(sum[:]))
	return blue | bits&0x3f | (bits>>6&0x0f)<<8 | (bits>>10&0x1f)<<16
}

// nonce is the delivery's id as Discord takes it: at most 25 characters.
func nonce(id string) string {
	sum := sha256.Sum256([]byte(id))
	return base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:15])
}
