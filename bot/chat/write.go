package chat

import (
	"net/url"
	"time"
)

// Writer writes spans as one platform shows them. What it is handed is shown as
// it is, see Shown, and never empty.
type Writer interface {
	Say(text string)
	Strong(text string)
	Code(text string)
	// Link leads to a web address. Beside its label stands the host, so that
	// nobody is led elsewhere than they think; the label is empty where the
	// address itself is to be shown.
	Link(l Link, to *url.URL)
	When(at time.Time, fallback string)
	// Mention pings a person by the id of their account where this is read.
	Mention(name, user string)
}

// Write has the text written for those who read it on a platform, and in a team
// of it where there are teams. People without an account there are named.
func (t Text) Write(w Writer, p Platform, team string) {
	for _, span := range t {
		switch span := span.(type) {
		case nil:
		case Strong:
			write(w.Strong, string(span))
		case Code:
			write(w.Code, string(span))
		case When:
			w.When(span.At, Shown(span.Fallback))
		case Link:
			if to := webAddress(span.URL); to != nil {
				w.Link(span.shown(), to)
			} else {
				write(w.Say, span.Plain())
			}
		case Mention:
			if user := span.On(p, team); user != "" {
				w.Mention(Shown(span.Name), user)
			} else {
				write(w.Say, span.Name)
			}
		default:
			write(w.Say, span.Plain())
		}
	}
}

func write(to func(string), text string) {
	if text = Shown(text); text != "" {
		to(text)
	}
}

// shown is the link with its label as it is shown; none where it is the address.
func (s Link) shown() Link {
	if s.Label = ShownLine(s.Label); s.Label == s.URL {
		s.Label = ""
	}
	return s
}

// Controls are the controls of a row, each as one platform makes it.
func Controls[T any](r Row, button func(Button) T, menu func(Menu) T) []T {
	out := make([]T, 0, len(r.Buttons)+1)
	for _, b := range r.Buttons {
		out = append(out, button(b))
	}
	if r.Menu != nil {
		out = append(out, menu(*r.Menu))
	}
	return out
}
