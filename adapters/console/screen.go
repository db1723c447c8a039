package console

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"interlab/bot/chat"
)

// screen is what everybody sees: numbered cards, who may see each, and the
// transcript. It is safe for concurrent use.
type screen struct {
	mu      sync.Mutex
	out     io.Writer
	session string
	silent  bool // what people say is not printed, because they typed it here

	people []Person
	cards  []*card // the card with number n is at n-1
	shown  int     // how often anything was shown
	window []sight // what was shown since the last statement that expects nothing
	sends  []send  // everything that arrived, for Find
	gone   map[chat.Place]bool
	forms  map[chat.Account]*openForm
	moved  string // the clock's move, not yet printed
	faults []error

	recalled map[string]string // by placeholder
}

// card is a message as it stands now, or a form that was shown.
type card struct {
	number  int
	to      chat.Recipient // who sees it: an account, or everybody in a place's home
	posted  chat.Posted
	message chat.Message // zero for a form
	last    int          // screen.shown when it was last shown
}

// sight is something that was shown once.
type sight struct {
	to   chat.Recipient
	head string
	text string // white space folded
}

// send is a message on its way to the screen.
type send struct {
	id     string
	at     time.Time
	kind   string // as printed, e.g. "direct"
	to     chat.Recipient
	posted chat.Posted
	m      chat.Message

	occasion chat.Posted // its post, for what stands in a calendar
}

func newScreen(out io.Writer, session string) *screen {
	return &screen{out: out, session: session, gone: map[chat.Place]bool{}, forms: map[chat.Account]*openForm{}, recalled: map[string]string{}}
}

// add shows a new message and numbers it.
func (s *screen) add(m send) chat.Posted {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.number(m.to, m.posted.Place)
	c.message, m.posted = m.m, c.posted
	s.sends = append(s.sends, m)
	s.show(c, m.kind, m.m.Title, layout(m.m))
	return c.posted
}

// change shows a message again with new content, under its old number.
func (s *screen) change(number int, m send) chat.Posted {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.cards[number-1]
	c.message, m.to, m.posted = m.m, c.to, c.posted
	s.sends = append(s.sends, m)
	s.show(c, m.kind, m.m.Title, layout(m.m))
	return c.posted
}

func (s *screen) number(to chat.Recipient, in chat.Place) *card {
	c := &card{number: len(s.cards) + 1, to: to}
	c.posted = chat.Posted{Place: in, Message: fmt.Sprintf("%sm%d", s.session, c.number)}
	s.cards = append(s.cards, c)
	return c
}

// show prints a card and lets the window see it.
func (s *screen) show(c *card, kind, title string, blocks []block) {
	s.shown++
	c.last = s.shown
	head := fmt.Sprintf("%d bot → %s (%s)", c.number, s.label(c.to, c.posted.Place.Home), kind)
	seen := sight{to: c.to, head: head, text: line(title)}
	if title != "" {
		head += ": " + line(title)
	}
	var out strings.Builder
	out.WriteString(wrap(head, "", hanging) + "\n")
	for _, b := range blocks {
		out.WriteString(b.print() + "\n")
		seen.text = fold(seen.text + " " + b.plain())
	}
	s.window = append(s.window, seen)
	s.print(out.String())
}

// print writes whole lines, after the clock's move that led to them.
func (s *screen) print(text string) {
	if s.moved != "" {
		text, s.moved = s.moved+"\n"+text, ""
	}
	if _, err := io.WriteString(s.out, text); err != nil {
		s.faults = append(s.faults, fmt.Errorf("write transcript: %w", err))
	}
}

// echo prints what a person did, or what happened to the world.
func (s *screen) echo(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.silent {
		s.print(safe(text) + "\n")
	}
}

// label is the name of who sees something.
func (s *screen) label(to chat.Recipient, home chat.Home) string {
	if to.Account.IsZero() {
		return to.Place.Home.String()
	}
	name := to.Account.String()
	for _, person := range slices.Backward(s.people) {
		if person.Account() == to.Account && (person.Home == home || name == to.Account.String()) {
			name = person.String()
		}
	}
	return name
}

// sees reports whether something shown to a recipient is on a person's screen.
func sees(who Person, to chat.Recipient) bool {
	if to.Account.IsZero() {
		return to.Place.Home == who.Home
	}
	return to.Account == who.Account()
}

// fault keeps what the statement that is played must fail with.
func (s *screen) fault(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, err)
}
