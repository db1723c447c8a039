package main

import (
	"encoding/json"
	"fmt"
	"mime"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"interlab/adapters/console"
	"interlab/adapters/slack"
	"interlab/adapters/slack/slacktest"
	"interlab/bot/chat"
)

// see puts what Slack shows onto the console's screen.
func (d *slackDoor) see(s slacktest.Sight) {
	if err := d.show(s); err != nil {
		d.term.Fault(fmt.Errorf("what Slack shows (%s): %w", s.What, err))
	}
}

func (d *slackDoor) show(s slacktest.Sight) error {
	home := chat.Home{Platform: slack.Platform, ID: s.Team}
	who := d.account(s.Team, s.User)
	switch s.What {
	case slacktest.Said, slacktest.Shown:
		return d.fresh(s, home)
	case slacktest.Changed:
		return d.changed(s)
	case slacktest.Opened:
		form, err := decodeForm(s.View)
		d.mu.Lock()
		d.forms[who] = s.View.ID
		d.mu.Unlock()
		d.term.OpenForm(who, chat.Place{Home: home}, chat.Posted{}, form)
		return err
	case slacktest.Taken:
		ref, err := chat.ParseRef(s.View.CallbackID)
		d.term.CloseForm(who, ref)
		return err
	case slacktest.Refused:
		d.term.Problems(who, problems(s))
	case slacktest.Shared:
		d.mu.Lock()
		defer d.mu.Unlock()
		for _, f := range s.Files {
			d.files[s.Channel] = append(d.files[s.Channel], chat.Attachment{Name: f.Name, Type: mediaType(f.Name), Alt: f.Alt, Data: f.Data})
		}
	case slacktest.Home:
	}
	return nil
}

// account is that of a user, who may be of another workspace than the one where
// they are seen.
func (d *slackDoor) account(team, user string) chat.Account {
	if u := d.server.User(team, user); u != nil && u.Team != "" {
		team = u.Team
	}
	return chat.Account{Platform: slack.Platform, Team: team, User: user}
}

// fresh shows a new message.
func (d *slackDoor) fresh(s slacktest.Sight, home chat.Home) error {
	m, err := d.message(s)
	if err != nil {
		return err
	}
	place := chat.Place{Home: home, Channel: s.Channel}
	out := console.Shown{ID: s.Delivery, To: chat.Recipient{Place: place}, In: place, Message: m}
	user := s.User
	if direct := d.server.DirectWith(s.Team, s.Channel); direct != "" {
		out.In.Channel = ""
		if user == "" {
			user = direct
		}
	}
	if user != "" {
		out.To = chat.Recipient{Account: d.account(s.Team, user)}
	}
	// An answer's id is the event's; what comes out of the blue has one of the core's.
	out.Private = s.ByAnswer || strings.Contains(s.Delivery, string(slack.Platform)+":")
	d.mu.Lock()
	defer d.mu.Unlock()
	out.Message.Attachments = d.take(s)
	if s.Thread != "" {
		out.Under = d.posted[slackMessage{s.Team, s.Channel, s.Thread}]
	}
	posted, at := d.term.Show(out), slackMessage{s.Team, s.Channel, s.TS}
	d.at[posted], d.posted[at] = at, posted
	return nil
}

// take takes the files that were shared for a message: before it in its channel,
// and, for what one person alone sees, in the direct conversation beside it.
func (d *slackDoor) take(s slacktest.Sight) []chat.Attachment {
	files := d.files[s.Channel]
	delete(d.files, s.Channel)
	if s.User != "" {
		beside := d.server.Direct(d.account(s.Team, s.User).Team, s.User)
		files = append(files, d.files[beside]...)
		delete(d.files, beside)
	}
	return files
}

func (d *slackDoor) changed(s slacktest.Sight) error {
	m, err := d.message(s)
	if err != nil {
		return err
	}
	d.mu.Lock()
	posted := d.posted[slackMessage{s.Team, s.Channel, s.TS}]
	m.Attachments = d.take(s)
	d.mu.Unlock()
	inPlace := s.ByAnswer || strings.Contains(s.Delivery, string(slack.Platform)+":")
	return d.term.Change(posted, inPlace, s.Delivery, m)
}

// mediaType is what Slack tells by itself from a file's name.
func mediaType(name string) string {
	if filepath.Ext(name) == ".bib" { // which not every machine's list has
		return "text/x-bibtex"
	}
	kind, _, _ := strings.Cut(mime.TypeByExtension(filepath.Ext(name)), ";")
	return kind
}

func problems(s slacktest.Sight) []chat.Problem {
	var blocks []block
	_ = json.Unmarshal(s.View.Blocks, &blocks)
	var out []chat.Problem
	for _, b := range blocks {
		if text := s.Errors[b.ID]; text != "" {
			out = append(out, chat.Problem{Field: b.ID, Text: text})
		}
	}
	return out
}

// block is what is read back of any block or element.
type block struct {
	Type     string          `json:"type"`
	ID       string          `json:"block_id"`
	Text     json.RawMessage `json:"text"`
	Elements []block         `json:"elements"`
	Element  *block          `json:"element"`
	Label    slacktest.Plain `json:"label"`
	Hint     slacktest.Plain `json:"hint"`
	Optional bool            `json:"optional"`

	ActionID     string          `json:"action_id"`
	Style        json.RawMessage `json:"style"`
	Placeholder  slacktest.Plain `json:"placeholder"`
	Options      []blockOption   `json:"options"`
	Initial      *blockOption    `json:"initial_option"`
	InitialValue string          `json:"initial_value"`
	MaxLength    int             `json:"max_length"`
	Multiline    bool            `json:"multiline"`
	URL          string          `json:"url"`
	UserID       string          `json:"user_id"`
	Timestamp    int64           `json:"timestamp"`
	Fallback     string          `json:"fallback"`
}

type blockOption struct {
	Text        slacktest.Plain `json:"text"`
	Value       string          `json:"value"`
	Description slacktest.Plain `json:"description"`
}

// words is the text of a block, whichever form it stands in.
func (b block) words() string {
	var s string
	if json.Unmarshal(b.Text, &s) == nil {
		return s
	}
	var p slacktest.Plain
	_ = json.Unmarshal(b.Text, &p)
	return p.Text
}

// message reads a message back from its blocks.
func (d *slackDoor) message(s slacktest.Sight) (chat.Message, error) {
	var blocks []block
	var m chat.Message
	if err := json.Unmarshal(s.Blocks, &blocks); err != nil {
		return m, err
	}
	for _, b := range blocks {
		name, _, _ := strings.Cut(b.ID, "-")
		switch name {
		case "title":
			m.Title = b.words()
		case "body":
			for _, section := range b.Elements {
				m.Body = append(m.Body, d.text(s.Team, section.Elements))
			}
		case "field":
			for _, section := range b.Elements {
				value := d.text(s.Team, section.Elements[2:])
				m.Fields = append(m.Fields, chat.Field{Name: section.Elements[0].words(), Value: value})
			}
		case "note":
			for _, e := range b.Elements {
				m.Note = append(m.Note, chat.Say(e.words()+" "))
			}
		case "row":
			row, err := rowOf(b)
			if err != nil {
				return m, err
			}
			m.Rows = append(m.Rows, row)
		default:
			return m, fmt.Errorf("a block of type %s named %q", b.Type, b.ID)
		}
	}
	return m, m.Validate()
}

// text reads spans back. What the adapter puts beside a link or a moment is
// taken off again.
func (d *slackDoor) text(team string, elements []block) chat.Text {
	var out chat.Text
	for i, e := range elements {
		switch e.Type {
		case "user":
			name := e.UserID
			if u := d.server.User(team, e.UserID); u != nil {
				name = u.Name
			}
			out = append(out, chat.Mention{Name: name})
		case "link":
			out = append(out, chat.Link{Label: e.words(), URL: e.URL})
		case "date":
			out = append(out, chat.When{At: time.Unix(e.Timestamp, 0), Fallback: e.Fallback})
		default:
			if i > 0 && (elements[i-1].Type == "date" || elements[i-1].Type == "link" && elements[i-1].words() != elements[i-1].URL) {
				continue
			}
			out = append(out, styled(e))
		}
	}
	return out
}

func styled(e block) chat.Span {
	switch {
	case strings.Contains(string(e.Style), "code"):
		return chat.Code(e.words())
	case strings.Contains(string(e.Style), "bold"):
		return chat.Strong(e.words())
	}
	return chat.Say(e.words())
}

func rowOf(b block) (chat.Row, error) {
	var row chat.Row
	for _, e := range b.Elements {
		ref, err := chat.ParseRef(e.ActionID)
		if err != nil {
			return row, err
		}
		if e.Type == "button" {
			row.Buttons = append(row.Buttons, chat.Button{Label: e.words(), Ref: ref})
			continue
		}
		hint := e.Placeholder.Text
		if hint == "Choose one" {
			hint = ""
		}
		row.Menu = &chat.Menu{Ref: ref, Hint: hint, Options: optionsOf(e)}
	}
	return row, nil
}

func optionsOf(e block) []chat.Option {
	var out []chat.Option
	for _, o := range e.Options {
		out = append(out, chat.Option{Label: o.Text.Text, Value: o.Value, Hint: o.Description.Text})
	}
	return out
}

// decodeForm reads a form back from a view.
func decodeForm(v slacktest.View) (chat.Form, error) {
	ref, err := chat.ParseRef(v.CallbackID)
	form := chat.Form{Ref: ref, Title: v.Title.Text, Submit: v.Submit.Text}
	var blocks []block
	if err == nil {
		err = json.Unmarshal(v.Blocks, &blocks)
	}
	for _, b := range slices.DeleteFunc(blocks, func(b block) bool { return b.Type != "input" }) {
		field := chat.FormField{
			Name: b.ID, Label: b.Label.Text, Hint: b.Hint.Text, Required: !b.Optional, Value: b.Element.InitialValue,
			Long: b.Element.Multiline, Max: b.Element.MaxLength, Options: optionsOf(*b.Element),
		}
		if b.Element.Initial != nil {
			field.Value = b.Element.Initial.Value
		}
		form.Fields = append(form.Fields, field)
	}
	return form, err
}
