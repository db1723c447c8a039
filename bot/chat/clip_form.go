package chat

import "slices"

// Clip is the form with everything that people read shortened to the limits.
// The text that stands in a field is shortened to what the field takes, for a
// platform refuses the whole form otherwise. References and the values of
// options are never changed. The receiver keeps what it has.
func (f Form) Clip() Form {
	f.Title = Clip(f.Title, MaxFormTitle)
	f.Submit = Clip(f.Submit, MaxSubmit)
	f.Fields = slices.Clone(f.Fields)
	for i := range f.Fields {
		f.Fields[i] = f.Fields[i].clip()
	}
	return f
}

func (f FormField) clip() FormField {
	f.Label = Clip(f.Label, MaxFormLabel)
	f.Hint = Clip(f.Hint, MaxFormHint)
	if len(f.Options) == 0 {
		f.Value = Clip(f.Value, f.limit())
	}
	f.Options = clipOptions(f.Options)
	return f
}
