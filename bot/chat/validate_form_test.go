package chat

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFormFaultsAreNamedWithTheirPlace(t *testing.T) {
	t.Parallel()
	good := FormField{Name: "topic", Label: "Topic"}
	form := func(fields ...FormField) Form {
		return Form{Ref: Ref{Route: "match"}, Title: "Ask", Submit: "Send", Fields: fields}
	}
	choice := FormField{Name: "c", Label: "C", Options: []Option{{Label: "A", Value: "a"}}, Value: "b"}
	for _, test := range []struct {
		about string
		form  Form
		want  []string
	}{
		{"a good form", form(good, FormField{Name: "why", Label: "Why", Long: true, Max: 300}), nil},
		{
			"an empty form",
			Form{},
			[]string{`ref: "" cannot be read back`, "title: empty", "submit: empty", "fields: empty"},
		},
		{"a name twice", form(good, good), []string{`fields[1].name: "topic" is the name of field 0 too`}},
		{
			"bad fields", form(FormField{Name: "The topic", Max: -1}, FormField{Name: "b", Label: "B", Max: 3001}),
			[]string{
				`fields[0].name: "The topic" is not made of 1 to 32 of a-z, 0-9 and -`, "fields[0].label: empty",
				"fields[0].max: -1, at least 0", "fields[1].max: 3001 runes, at most 3000",
			},
		},
		{"a choice that is not offered", form(choice), []string{`fields[0].value: "b" is not among the options`}},
		{
			"an option without a label", form(FormField{Name: "c", Label: "C", Options: []Option{{Value: "a"}}}),
			[]string{"fields[0].options[0].label: empty"},
		},
	} {
		if diff := cmp.Diff(test.want, faultLines(test.form.Validate())); diff != "" {
			t.Errorf("%s: Validate() (-want +got):\n%s", test.about, diff)
		}
	}
	var many []FormField
	for _, name := range numbered(MaxFormFields + 1) {
		many = append(many, FormField{Name: name, Label: "x"})
	}
	if diff := cmp.Diff([]string{"fields: 6 fields, at most 5"}, faultLines(form(many...).Validate())); diff != "" {
		t.Errorf("Validate(six fields) (-want +got):\n%s", diff)
	}
}
