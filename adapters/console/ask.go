package console

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"interlab/bot/chat"
)

// errLeft means that somebody left a form open without sending it.
var errLeft = errors.New("form left")

// ask asks for the open form's fields one after the other and submits it, until
// it is accepted or left.
func (p *prompt) ask(ctx context.Context, who Person) error {
	for {
		open, ok := p.console.screen.form(who.Account())
		if !ok {
			return fmt.Errorf("no form is open for %s; press what opens one first", who)
		}
		values, err := p.fields(ctx, open.form)
		if errors.Is(err, errLeft) {
			p.tell("The form stays open; fill goes on with it.")
			return nil
		}
		if err != nil {
			return err
		}
		if err := p.console.play(ctx, Step{Do: Act{Who: who, Deed: Fill{Values: values}}}); err != nil {
			return err
		}
		if after, still := p.console.screen.form(who.Account()); !still || after.number != open.number {
			return nil
		}
	}
}

// fields asks for the value of every field. An empty line keeps what stands
// there, and a dot alone leaves the form.
func (p *prompt) fields(ctx context.Context, form chat.Form) ([]Value, error) {
	p.tell("Enter keeps what stands in brackets; a dot alone leaves the form.")
	var values []Value
	for _, field := range form.Fields {
		text, err := p.field(ctx, field)
		if err != nil {
			return nil, err
		}
		if text != "" {
			values = append(values, Value{Field: field.Name, Text: text})
		}
	}
	return values, nil
}

// field asks until the answer is one that the field takes.
func (p *prompt) field(ctx context.Context, field chat.FormField) (string, error) {
	for {
		p.tell(question(field))
		text, err := p.lines.next(ctx, inner+"> ")
		if err != nil {
			return "", err
		}
		if text = strings.TrimSpace(text); text == "." {
			return "", errLeft
		}
		if _, err := entry(field, text); err != nil {
			p.tell("! " + err.Error())
			continue
		}
		return text, nil
	}
}

func question(field chat.FormField) string {
	text := inner + line(field.Label)
	for i, option := range field.Options {
		text += fmt.Sprintf(" (%d) %s", i+1, line(option.Label))
	}
	return text + " [" + standing(field) + "]"
}

// standing is a field's value as it was offered.
func standing(field chat.FormField) string {
	for _, option := range field.Options {
		if option.Value == field.Value {
			return line(option.Label)
		}
	}
	return line(field.Value)
}
