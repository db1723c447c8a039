package chat

import (
	"fmt"
	"net/url"
	"strings"
)

// Validate reports every structural problem of the message in one error, nil
// when there is none: what a platform would refuse and no clipping can mend.
// Text that is merely too long is no problem here; see Clip.
func (m Message) Validate() error {
	var f faults
	if blank(m.Title) && len(m.Body) == 0 {
		f.add("message", "neither a title nor a body")
	}
	for i, paragraph := range m.Body {
		f.shown(fmt.Sprintf("body[%d]", i), paragraph)
	}
	f.atMost("fields", len(m.Fields), MaxFields, "fields")
	for i, field := range m.Fields {
		at := fmt.Sprintf("fields[%d]", i)
		f.filled(at+".name", field.Name)
		f.shown(at+".value", field.Value)
	}
	f.spans("note", m.Note)
	f.rows(m.Rows)
	f.attachments(m.Attachments)
	return f.err()
}

// shown reports a text that has nothing to show, or a bad span.
func (f *faults) shown(where string, text Text) {
	if f.spans(where, text) && blank(text.Plain()) {
		f.add(where, "empty")
	}
}

// spans reports spans that cannot be rendered. It returns whether there are none.
func (f *faults) spans(where string, text Text) bool {
	before := len(f.found)
	for i, span := range text {
		if fault := spanFault(span); fault != "" {
			f.add(fmt.Sprintf("%s[%d]", where, i), "%s", fault)
		}
	}
	return len(f.found) == before
}

func spanFault(span Span) string {
	switch span := span.(type) {
	case nil:
		return "no span"
	case Link:
		if webAddress(span.URL) == nil {
			return fmt.Sprintf("%q is not a web address", Clip(span.URL, MaxRef))
		}
	case When:
		if span.At.IsZero() || blank(span.Fallback) {
			return "a moment without its time or its fallback"
		}
	case Mention:
		if blank(span.Name) {
			return "a mention without a name"
		}
	}
	return ""
}

// webAddress is the text as a link's address, nil where platforms take it for none.
func webAddress(text string) *url.URL {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return nil
	}
	return u
}

func (f *faults) rows(rows []Row) {
	f.atMost("rows", len(rows), MaxRows, "rows")
	places := map[Ref]string{}
	control := func(where string, ref Ref) {
		f.ref(where, ref)
		if other, ok := places[ref]; ok {
			f.add(where, "%q is the reference of %s too", ref, other)
			return
		}
		places[ref] = strings.TrimSuffix(where, ".ref")
	}
	for i, row := range rows {
		at := fmt.Sprintf("rows[%d]", i)
		if (row.Menu == nil) == (len(row.Buttons) == 0) {
			f.add(at, "needs either buttons or a menu")
		}
		f.buttons(at+".buttons", row.Buttons, control)
		if row.Menu != nil {
			f.menu(at+".menu", *row.Menu, control)
		}
	}
}

func (f *faults) buttons(where string, buttons []Button, control func(string, Ref)) {
	f.atMost(where, len(buttons), MaxButtons, "buttons")
	for i, button := range buttons {
		at := fmt.Sprintf("%s[%d]", where, i)
		f.filled(at+".label", button.Label)
		control(at+".ref", button.Ref)
		switch button.Tone {
		case Plain, Main, Danger:
		default:
			f.add(at+".tone", "unknown tone %q", button.Tone)
		}
	}
}

func (f *faults) menu(where string, menu Menu, control func(string, Ref)) {
	control(where+".ref", menu.Ref)
	if len(menu.Options) == 0 {
		f.add(where+".options", "empty")
	}
	f.options(where+".options", menu.Options)
}

func (f *faults) attachments(attachments []Attachment) {
	f.atMost("attachments", len(attachments), MaxAttachments, "attachments")
	for i, file := range attachments {
		at := fmt.Sprintf("attachments[%d]", i)
		f.filled(at+".name", file.Name)
		f.filled(at+".type", file.Type)
		if len(file.Data) == 0 {
			f.add(at+".data", "empty")
		}
		if strings.HasPrefix(file.Type, "image/") && blank(file.Alt) {
			f.add(at+".alt", "a picture needs a text that says what it shows")
		}
	}
}
