package discordtest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"interlab/bot/chat"
)

// Read is what a person reads in a message, as spans: what is formatted is told
// apart from what only looks as if it were.
func (s *Server) Read(m Message) (chat.Message, error) {
	var out chat.Message
	if len(m.Body.Embeds) != 1 {
		return out, fmt.Errorf("discordtest: a message of %d cards", len(m.Body.Embeds))
	}
	card := m.Body.Embeds[0]
	out.Title = s.text(card.Title).Plain()
	for paragraph := range strings.SplitSeq(card.Description, "\n\n") {
		if paragraph != "" {
			out.Body = append(out.Body, s.text(paragraph))
		}
	}
	for _, f := range card.Fields {
		out.Fields = append(out.Fields, chat.Field{Name: s.text(f.Name).Plain(), Value: s.text(f.Value)})
	}
	if card.Footer.Text != "" {
		out.Note = chat.T(card.Footer.Text)
	}
	for _, row := range m.Body.Components {
		read, err := readRow(row)
		if err != nil {
			return out, err
		}
		out.Rows = append(out.Rows, read)
	}
	var files []struct{ Filename, Description string }
	if len(m.Body.Attachments) > 0 {
		if err := json.Unmarshal(m.Body.Attachments, &files); err != nil {
			return out, fmt.Errorf("discordtest: attachments: %w", err)
		}
	}
	for i, f := range files {
		out.Attachments = append(out.Attachments, chat.Attachment{Name: f.Filename, Alt: f.Description, Type: m.Files[i].Type, Data: m.Files[i].Data})
	}
	return out, nil
}

func readRow(row Component) (chat.Row, error) {
	var out chat.Row
	for _, c := range row.Components {
		ref, err := chat.ParseRef(c.CustomID)
		if err != nil {
			return out, fmt.Errorf("discordtest: a control: %w", err)
		}
		if c.Type == 3 {
			out.Menu = &chat.Menu{Ref: ref, Hint: c.Placeholder, Options: readOptions(c.Options)}
			continue
		}
		tone := map[int]chat.Tone{1: chat.Main, 4: chat.Danger}[c.Style]
		out.Buttons = append(out.Buttons, chat.Button{Label: c.Label, Ref: ref, Tone: tone})
	}
	return out, nil
}

func readOptions(choices []Choice) []chat.Option {
	var out []chat.Option
	for _, c := range choices {
		out = append(out, chat.Option{Label: c.Label, Value: c.Value, Hint: c.Description})
	}
	return out
}

// ReadForm is what a person reads in a form.
func ReadForm(m *Modal) (chat.Form, error) {
	ref, err := chat.ParseRef(m.CustomID)
	if err != nil {
		return chat.Form{}, fmt.Errorf("discordtest: a form: %w", err)
	}
	out := chat.Form{Ref: ref, Title: m.Title, Submit: "Submit"}
	for _, l := range m.Components {
		c := l.Component
		field := chat.FormField{
			Name: c.CustomID, Label: l.Label, Hint: l.Description, Value: c.Value, Long: c.Style == 2,
			Required: c.Required != nil && *c.Required, Max: c.MaxLength, Options: readOptions(c.Options),
		}
		for _, o := range c.Options {
			if o.Default {
				field.Value = o.Value
			}
		}
		out.Fields = append(out.Fields, field)
	}
	return out, nil
}

// format is one thing that Discord formats.
type format struct {
	pattern *regexp.Regexp
	read    func(s *Server, parts []string) chat.Text
}

// formatted are the bytes with which something that is formatted begins.
const formatted = "\\`h*[< "

// formats are all of them, in the order in which they are tried.
func formats() []format {
	return []format{
		{regexp.MustCompile(`^\\([^\pL\pN\s])`), func(_ *Server, p []string) chat.Text { return chat.T(p[1]) }},
		{regexp.MustCompile("^`` (.*?) ``"), func(_ *Server, p []string) chat.Text { return chat.T(chat.Code(p[1])) }},
		{regexp.MustCompile("^`([^`]+)`"), func(_ *Server, p []string) chat.Text { return chat.T(chat.Code(p[1])) }},
		{regexp.MustCompile(`^https?://[^\s<]+`), func(_ *Server, p []string) chat.Text { return chat.T(p[0]) }},
		{regexp.MustCompile(`^\*\*((?:\\.|[^*\\])+)\*\*`), func(s *Server, p []string) chat.Text { return chat.T(chat.Strong(s.text(p[1]).Plain())) }},
		{regexp.MustCompile(`^\[((?:\\.|[^\]\\])+)\]\((https?://[^\s()]+)\) \((?:\\.|[^()\\])+\)`), func(s *Server, p []string) chat.Text {
			return chat.T(chat.Link{Label: s.text(p[1]).Plain(), URL: p[2]})
		}},
		{regexp.MustCompile(`^<t:(-?\d+):f> \(((?:[^()]|\([^()]*\))*)\)`), func(s *Server, p []string) chat.Text {
			n, _ := strconv.ParseInt(p[1], 10, 64)
			return chat.T(chat.When{At: time.Unix(n, 0).UTC(), Fallback: s.text(p[2]).Plain()})
		}},
		{regexp.MustCompile(`^ \(<@(\d+)>\)`), func(s *Server, p []string) chat.Text {
			who := chat.Mention{Name: p[1], Accounts: []chat.Account{{Platform: "discord", User: p[1]}}}
			s.mu.Lock()
			defer s.mu.Unlock()
			if u := s.users[p[1]]; u != nil {
				who.Name = u.Name
			}
			return chat.T(who)
		}},
	}
}

// text reads markdown.
func (s *Server) text(markdown string) chat.Text {
	var out chat.Text
	var plain strings.Builder
	flush := func(without string) {
		if said := strings.TrimSuffix(plain.String(), without); said != "" {
			out = append(out, chat.Say(said))
		}
		plain.Reset()
	}
next:
	for markdown != "" {
		for _, f := range s.formats {
			if !strings.ContainsRune(formatted, rune(markdown[0])) {
				break
			}
			parts := f.pattern.FindStringSubmatch(markdown)
			if parts == nil {
				continue
			}
			markdown = markdown[len(parts[0]):]
			read := f.read(s, parts)
			if say, ok := read[0].(chat.Say); ok {
				plain.WriteString(string(say))
				continue next
			}
			name := ""
			if who, ok := read[0].(chat.Mention); ok {
				name = who.Name // it stands before the account
			}
			flush(name)
			out = append(out, read...)
			continue next
		}
		plain.WriteString(markdown[:1])
		markdown = markdown[1:]
	}
	flush("")
	return out
}
