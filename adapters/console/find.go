package console

import (
	"fmt"
	"strings"

	"interlab/bot/chat"
)

// control is one button, or one option of a menu.
type control struct {
	label  string
	ref    chat.Ref
	values []string
}

// widget is a sort of control: how it is called, and where a message has it.
type widget struct {
	name string
	of   func(chat.Message) []control
}

var (
	buttonWidget = widget{"button", buttons}
	optionWidget = widget{"option", options}
	anyWidget    = widget{"control", func(m chat.Message) []control { return append(buttons(m), options(m)...) }}
)

// buttons are a message's buttons over all rows, as they are numbered.
func buttons(m chat.Message) []control {
	var out []control
	for _, row := range m.Rows {
		for _, button := range row.Buttons {
			out = append(out, control{label: line(button.Label), ref: button.Ref})
		}
	}
	return out
}

// options are the options of a message's menus, as they are numbered.
func options(m chat.Message) []control {
	var out []control
	for _, row := range m.Rows {
		if row.Menu == nil {
			continue
		}
		for _, option := range row.Menu.Options {
			out = append(out, control{label: line(option.Label), ref: row.Menu.Ref, values: []string{option.Value}})
		}
	}
	return out
}

// control finds the control that a person means, and the card that carries it.
func (s *screen) control(who Person, pick Pick, kind widget) (card, control, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	viewer := who
	if !pick.Of.IsZero() {
		viewer = pick.Of
	}
	c, err := s.carrier(viewer, pick.On, kind)
	if err != nil {
		return card{}, control{}, err
	}
	all := kind.of(c.message)
	for i, found := range all {
		if i+1 == pick.Number || pick.Number == 0 && found.label == pick.Label {
			return *c, found, nil
		}
	}
	return card{}, control{}, fmt.Errorf("message %d has no %s %s; it has %s", c.number, kind.name, wanted(pick), listed(all))
}

// forged is the id that a press carries: the control's own, one that was made
// up, or that of the first control of another message, whoever sees that one.
func (s *screen) forged(pick Pick, own string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case pick.Like == 0 && pick.ID == "":
		return own, nil
	case pick.Like == 0:
		return pick.ID, nil
	case pick.Like > len(s.cards):
		return "", fmt.Errorf("there is no message %d", pick.Like)
	}
	all := anyWidget.of(s.cards[pick.Like-1].message)
	if len(all) == 0 {
		return "", fmt.Errorf("message %d has no control to take an id from", pick.Like)
	}
	return all[0].ref.ID, nil
}

// carrier is the card with a number or, where that is 0, the one with such
// controls that was shown last.
func (s *screen) carrier(viewer Person, number int, kind widget) (*card, error) {
	if number > 0 {
		if number > len(s.cards) || !sees(viewer, s.cards[number-1].to) {
			return nil, fmt.Errorf("%s does not see a message %d", viewer, number)
		}
		return s.cards[number-1], nil
	}
	var newest *card
	for _, c := range s.cards {
		if sees(viewer, c.to) && len(kind.of(c.message)) > 0 && (newest == nil || c.last > newest.last) {
			newest = c
		}
	}
	if newest == nil {
		return nil, fmt.Errorf("%s sees no message with a %s", viewer, kind.name)
	}
	return newest, nil
}

func wanted(pick Pick) string {
	if pick.Number > 0 {
		return fmt.Sprint(pick.Number)
	}
	return quote(pick.Label)
}

func listed(all []control) string {
	if len(all) == 0 {
		return "none"
	}
	names := make([]string, len(all))
	for i, c := range all {
		names[i] = fmt.Sprintf("%d %s", i+1, quote(c.label))
	}
	return strings.Join(names, ", ")
}

// posted finds the card that landed there; 0 if there is none.
func (s *screen) posted(at chat.Posted) (number int, to chat.Recipient) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.cards {
		if c.posted == at {
			return c.number, c.to
		}
	}
	return 0, chat.Recipient{}
}

// find looks among everything that arrived.
func (s *screen) find(match func(send) bool) (chat.Posted, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.sends {
		if match(m) {
			return m.posted, true
		}
	}
	return chat.Posted{}, false
}
