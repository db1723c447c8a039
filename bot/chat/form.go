package chat

// Form asks for up to MaxFormFields values at once.
type Form struct {
	Ref    Ref    // where the submission goes
	Title  string // what the form is for
	Submit string // the label of the button that sends it
	Fields []FormField
}

// FormField is one question of a form. With Options it is a choice among them,
// else a text.
type FormField struct {
	Name     string // [a-z0-9-], the key in Submission.Values
	Label    string
	Hint     string // one line below the label, or the placeholder
	Value    string // what stands in it when the form opens
	Required bool
	Long     bool // a text of several lines
	Max      int  // longest text in runes; 0 means MaxFormText
	Options  []Option
}

// Problem is what is wrong with one field of a submission.
type Problem struct {
	Field string // FormField.Name
	Text  string // a sentence that says what to do
}
