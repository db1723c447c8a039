package console

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Prompt lets somebody type the language of scripts live, for everybody who is
// there, until in ends or says quit. Errors are told, and it goes on. The
// transcript goes to out meanwhile.
func (c *Console) Prompt(ctx context.Context, in io.Reader, out io.Writer) (err error) {
	if err := c.ready(); err != nil {
		return err
	}
	l, err := openLines(in, out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.close()) }()
	return c.converse(ctx, l)
}

func (c *Console) converse(ctx context.Context, l *lines) error {
	defer c.screen.redirect(l, l.edited)()
	p := &prompt{console: c, lines: l, parser: parser{people: c.screen.present()}}
	if len(p.parser.people) > 0 {
		p.who = p.parser.people[0]
	}
	p.greet()
	for {
		text, err := l.next(ctx, p.mark())
		if err == nil {
			err = p.line(ctx, strings.TrimSpace(text))
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			p.tell("! " + err.Error())
		}
	}
}

// redirect sends the transcript elsewhere until the returned function is called.
func (s *screen) redirect(out io.Writer, silent bool) (back func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	oldOut, oldSilent := s.out, s.silent
	s.out, s.silent = out, silent
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.out, s.silent = oldOut, oldSilent
	}
}

// prompt is one interactive session.
type prompt struct {
	console *Console
	lines   *lines
	parser  parser
	who     Person // speaks where no name stands before a line
}

// mark is what stands before the line that is typed.
func (p *prompt) mark() string {
	switch {
	case p.parser.open != nil:
		return "  ... "
	case p.who.IsZero():
		return "nobody> "
	}
	return p.who.String() + "> "
}

// tell shows something of the prompt's own. That out is gone shows at the next read.
func (p *prompt) tell(text string) { _, _ = io.WriteString(p.lines, safe(text)+"\n") }

// line does what one line says. It returns io.EOF when that is to quit.
func (p *prompt) line(ctx context.Context, text string) error {
	switch text {
	case "":
		return nil
	case "quit", "exit":
		return io.EOF
	case "?":
		p.tell(promptHelp)
		return nil
	case "who":
		p.people()
		return nil
	case "fill":
		return p.ask(ctx, p.who)
	}
	text, err := p.expand(text)
	if err != nil {
		return err
	}
	step, err := p.parser.line("", text)
	if err != nil || step == nil {
		return err
	}
	return p.play(ctx, *step)
}

// play plays a step, and asks for the fields of a form that it has opened.
func (p *prompt) play(ctx context.Context, step Step) error {
	act, acted := step.Do.(Act)
	before, _ := p.console.screen.form(act.Who.Account())
	if err := p.console.play(ctx, step); err != nil || !acted {
		return err
	}
	if _, switched := act.Deed.(Arrive); switched {
		p.who = act.Who
	}
	if open, ok := p.console.screen.form(act.Who.Account()); ok && open.number != before.number {
		return p.ask(ctx, act.Who)
	}
	return nil
}

// statementWords begin a line that is nobody's.
var statementWords = []string{"again", "clock", "end", "expect", "store", "together"} //nolint:gochecknoglobals // a table that is only read

// expand makes a line of a script from a shorthand.
func (p *prompt) expand(text string) (string, error) {
	name, as := strings.CutPrefix(text, "as ")
	if !as {
		name, as = strings.CutPrefix(text, "@")
	}
	switch {
	case as && namePattern.MatchString(strings.TrimSpace(name)):
		return strings.TrimSpace(name) + ">", nil
	case speakerPattern.MatchString(text), slices.Contains(statementWords, firstWord(text)), strings.HasPrefix(text, "#"):
		return text, nil
	case p.who.IsZero():
		return "", errors.New("nobody speaks yet; write who does, such as: as ana@slack:curie")
	}
	if n, err := strconv.Atoi(text); err == nil {
		return p.number(n)
	}
	return p.who.String() + "> " + text, nil
}

// number presses a button of the newest message with controls, or chooses an
// option where that has menus only.
func (p *prompt) number(n int) (string, error) {
	verb, on, err := p.console.screen.newest(p.who)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s> %s %d on %d", p.who, verb, n, on), nil
}

func (s *screen) newest(who Person) (verb string, number int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.carrier(who, 0, anyWidget)
	switch {
	case err != nil:
		return "", 0, err
	case len(buttons(c.message)) > 0:
		return "press", c.number, nil
	}
	return "choose", c.number, nil
}
