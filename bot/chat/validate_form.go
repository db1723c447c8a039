package chat

import (
	"fmt"
	"slices"
)

// Validate reports every structural problem of the form in one error, nil when
// there is none. Text that is merely too long is no problem here; see Clip.
func (f Form) Validate() error {
	var found faults
	found.ref("ref", f.Ref)
	found.filled("title", f.Title)
	found.filled("submit", f.Submit)
	if len(f.Fields) == 0 {
		found.add("fields", "empty")
	}
	found.atMost("fields", len(f.Fields), MaxFormFields, "fields")
	first := map[string]int{}
	for i, field := range f.Fields {
		at := fmt.Sprintf("fields[%d]", i)
		found.formField(at, field)
		if other, ok := first[field.Name]; ok {
			found.add(at+".name", "%q is the name of field %d too", field.Name, other)
			continue
		}
		first[field.Name] = i
	}
	return found.err()
}

func (f *faults) formField(where string, field FormField) {
	f.name(where+".name", field.Name)
	f.filled(where+".label", field.Label)
	if field.Max < 0 {
		f.add(where+".max", "%d, at least 0", field.Max)
	}
	f.atMost(where+".max", field.Max, MaxFormText, "runes")
	f.options(where+".options", field.Options)
	if len(field.Options) > 0 && field.Value != "" && !field.offers(field.Value) {
		f.add(where+".value", "%q is not among the options", Clip(field.Value, MaxRef))
	}
}

// offers reports whether value is one of the field's options.
func (f FormField) offers(value string) bool {
	return slices.ContainsFunc(f.Options, func(o Option) bool { return o.Value == value })
}

// limit is the longest text of the field, in runes.
func (f FormField) limit() int {
	if f.Max > 0 {
		return min(f.Max, MaxFormText)
	}
	return MaxFormText
}
