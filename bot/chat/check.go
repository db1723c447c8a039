package chat

import (
	"fmt"
	"slices"
	"unicode/utf8"
)

// Check names what is wrong with the values of a submission, by field name, in
// the fields' order: a required one is blank, a text is too long once it is
// clean, or a choice is not among the options.
func (f Form) Check(values map[string]string) []Problem {
	var problems []Problem
	for _, field := range f.Fields {
		if text := field.problem(values[field.Name]); text != "" {
			problems = append(problems, Problem{Field: field.Name, Text: text})
		}
	}
	return problems
}

// problem is a sentence about the value, or nothing where it is good.
func (f FormField) problem(value string) string {
	kept := Clean(value)
	size := utf8.RuneCountInString(kept)
	label := Clip(CleanLine(f.Label), MaxFormLabel)
	choice := len(f.Options) > 0
	switch {
	case kept == "" && f.Required && choice:
		return fmt.Sprintf("%s: please choose one.", label)
	case kept == "" && f.Required:
		return fmt.Sprintf("%s: please fill this in.", label)
	case kept != "" && choice && !f.offers(value):
		return fmt.Sprintf("%s: please choose one of the list.", label)
	case !choice && size > f.limit():
		return fmt.Sprintf("%s: please shorten this to %d characters; it has %d.", label, f.limit(), size)
	default:
		return ""
	}
}

// Fill is the form with the values standing in it, by field name, as a person
// left them. A field without a value, and a choice that is no longer offered,
// keep what they have. The receiver keeps its fields.
func (f Form) Fill(values map[string]string) Form {
	f.Fields = slices.Clone(f.Fields)
	for i, field := range f.Fields {
		value, ok := values[field.Name]
		if ok && (len(field.Options) == 0 || field.offers(value) || value == "") {
			f.Fields[i].Value = value
		}
	}
	return f
}
