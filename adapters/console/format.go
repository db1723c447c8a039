package console

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"interlab/bot/chat"
)

// clockLayout writes an instant in UTC, as transcripts have it.
const clockLayout = "2006-01-02 15:04Z"

// String is the person's line.
func (a Act) String() string {
	head := a.Who.String()
	if a.Channel != "" {
		head += " #" + a.Channel
	}
	return strings.TrimSuffix(head+"> "+a.Deed.String(), " ")
}

// String is "again", with the person in front where there is one.
func (a Again) String() string {
	if a.Who.IsZero() {
		return "again"
	}
	return a.Who.String() + "> again"
}

// String is the block with its lines indented.
func (t Together) String() string {
	var out strings.Builder
	out.WriteString("together\n")
	for _, step := range t.Steps {
		out.WriteString("  " + step.String() + "\n")
	}
	return out.String() + "end"
}

// String is "clock" with an instant, or with a plus and the largest whole unit.
func (c Clock) String() string {
	if !c.To.IsZero() {
		return "clock " + instant(c.To)
	}
	for _, unit := range clockUnits {
		if c.By%unit.length == 0 {
			return fmt.Sprintf("clock +%d%s", c.By/unit.length, unit.name)
		}
	}
	return "clock +" + c.By.String()
}

// instant writes seconds only where there are some.
func instant(t time.Time) string {
	t = t.UTC()
	if t.Second() != 0 {
		return t.Format("2006-01-02 15:04:05Z")
	}
	return t.Format(clockLayout)
}

// String is "store stops" or "store returns".
func (s Store) String() string {
	if s.Running {
		return "store returns"
	}
	return "store stops"
}

// String is the change of the zone data.
func (z Zones) String() string { return "zones " + z.Law + " like " + z.Like }

// String is the expectation of a text.
func (e Expect) String() string {
	if e.Not {
		return "expect not " + e.Who.String() + ": " + e.Text
	}
	return "expect " + e.Who.String() + ": " + e.Text
}

// String is "expect nobody", with the exceptions.
func (s Silence) String() string {
	if len(s.But) == 0 {
		return "expect nobody"
	}
	names := make([]string, len(s.But))
	for i, person := range s.But {
		names[i] = person.String()
	}
	return "expect nobody but " + strings.Join(names, ", ")
}

// String is empty: the person's name is all there is to write.
func (Arrive) String() string { return "" }

// String is the text as it stands or, where it would read as something else,
// after "say" in quotes.
func (s Say) String() string {
	if readsAsText(s.Text) {
		return s.Text
	}
	return "say " + quote(s.Text)
}

// String is "press" and the button.
func (p Press) String() string { return "press " + p.Pick.String() }

// String is "choose" and the option.
func (c Choose) String() string { return "choose " + c.Pick.String() }

// String is the number or the label, and the message.
func (p Pick) String() string {
	text := quote(p.Label)
	if p.Number > 0 {
		text = strconv.Itoa(p.Number)
	}
	if p.On > 0 {
		text += " on " + strconv.Itoa(p.On)
	}
	if !p.Of.IsZero() {
		text += " of " + p.Of.String()
	}
	if p.There {
		text += " there"
	}
	switch {
	case p.Like > 0:
		text += " with id of " + strconv.Itoa(p.Like)
	case p.ID != "":
		text += " with id " + quote(p.ID)
	}
	return text
}

// String is "fill" and the values, in order.
func (f Fill) String() string {
	var out strings.Builder
	out.WriteString("fill")
	for _, value := range f.Values {
		out.WriteString(" " + value.Field + "=" + quote(value.Text))
	}
	return out.String()
}

// String is what happens.
func (h Happen) String() string { return happenings[h.What] }

// happenings has the words for what can happen to a home or a channel.
var happenings = map[chat.What]string{
	chat.BotAdded:    "add bot",
	chat.BotRemoved:  "remove bot",
	chat.ChannelGone: "channel gone",
}
