package console

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"interlab/bot/chat"
)

// openForm is the form that stands open for one account.
type openForm struct {
	number int
	form   chat.Form
	on     chat.Posted // the message whose control opened it, if one did
	in     chat.Place
}

// openForm shows a form and opens it in place of any that is open.
func (s *screen) openForm(who chat.Account, f openForm) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.number(chat.Recipient{Account: who}, f.in)
	f.number = c.number
	s.forms[who] = &f
	s.show(c, "form", f.form.Title, formLayout(f.form))
}

// form is what is open for an account.
func (s *screen) form(who chat.Account) (openForm, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f := s.forms[who]; f != nil {
		return *f, true
	}
	return openForm{}, false
}

// keep lets what was typed stand in the open form.
func (s *screen) keep(who chat.Account, form chat.Form) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f := s.forms[who]; f != nil {
		f.form = form
	}
}

// closeForm closes what was submitted. Another form that was opened since stays.
func (s *screen) closeForm(who chat.Account, ref chat.Ref) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f := s.forms[who]; f != nil && f.form.Ref == ref {
		delete(s.forms, who)
	}
}

// problems shows a person what is wrong with what was submitted.
func (s *screen) problems(who chat.Account, problems []chat.Problem) {
	s.mu.Lock()
	defer s.mu.Unlock()
	to := chat.Recipient{Account: who}
	var out strings.Builder
	for _, problem := range problems {
		text := "form: " + s.fieldLabel(who, problem.Field) + ": " + safe(problem.Text)
		out.WriteString(wrap(text, inner, hanging) + "\n")
		s.window = append(s.window, sight{to: to, head: "form problem", text: fold(text)})
	}
	s.print(out.String())
}

func (s *screen) fieldLabel(who chat.Account, name string) string {
	if f := s.forms[who]; f != nil {
		for _, field := range f.form.Fields {
			if field.Name == name {
				return line(field.Label)
			}
		}
	}
	return line(name)
}

// fillIn is the form with values in it. An option may be given by its value,
// its label or its number; a platform would let nobody send anything else.
func fillIn(form chat.Form, values []Value) (chat.Form, error) {
	form.Fields = slices.Clone(form.Fields)
	for _, value := range values {
		i := slices.IndexFunc(form.Fields, func(f chat.FormField) bool { return f.Name == value.Field })
		if i < 0 {
			return form, fmt.Errorf("the form %q has no field %s; it has %s", form.Title, value.Field, fieldNames(form))
		}
		text, err := entry(form.Fields[i], value.Text)
		if err != nil {
			return form, err
		}
		form.Fields[i].Value = text
	}
	return form, nil
}

func fieldNames(form chat.Form) string {
	names := make([]string, len(form.Fields))
	for i, field := range form.Fields {
		names[i] = field.Name
	}
	return strings.Join(names, ", ")
}

// entry is what a field takes for a text.
func entry(field chat.FormField, text string) (string, error) {
	if len(field.Options) == 0 || text == "" {
		return text, nil
	}
	for _, option := range field.Options {
		if option.Value == text || option.Label == text {
			return option.Value, nil
		}
	}
	if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= len(field.Options) {
		return field.Options[n-1].Value, nil
	}
	count := 0
	return "", fmt.Errorf("%s takes one of %s, not %q", field.Name, strings.Join(choices(field.Options, &count), " "), text)
}

// values are what stands in a form, as it is submitted.
func values(form chat.Form) map[string]string {
	out := make(map[string]string, len(form.Fields))
	for _, field := range form.Fields {
		out[field.Name] = field.Value
	}
	return out
}
