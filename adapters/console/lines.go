package console

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// lines is where a prompt reads lines and writes what is shown.
type lines struct {
	io.Writer
	read   func(prompt string) (string, error)
	close  func() error
	edited bool // what is typed stands on the screen already
}

// openLines edits lines, with a history, where both ends are terminals. Else it
// reads plain lines and prints no prompts and no escape codes.
func openLines(in io.Reader, out io.Writer) (*lines, error) {
	keyboard, ok := isTerminal(in)
	display, shown := isTerminal(out)
	if !ok || !shown {
		return plainLines(in, out), nil
	}
	before, err := term.MakeRaw(int(keyboard.Fd()))
	if err != nil {
		return nil, fmt.Errorf("open terminal: %w", err)
	}
	l := editedLines(struct {
		io.Reader
		io.Writer
	}{in, out}, func() (width, height int, err error) { return term.GetSize(int(display.Fd())) })
	l.close = func() error { return term.Restore(int(keyboard.Fd()), before) }
	return l, nil
}

func isTerminal(stream any) (*os.File, bool) {
	file, ok := stream.(*os.File)
	return file, ok && term.IsTerminal(int(file.Fd()))
}

// plainLines reads lines as they come. The last one needs no line break.
func plainLines(in io.Reader, out io.Writer) *lines {
	from := bufio.NewReader(in)
	return &lines{
		Writer: out,
		read: func(string) (string, error) {
			text, err := from.ReadString('\n')
			if err == io.EOF && text != "" {
				err = nil
			}
			return strings.TrimRight(text, "\r\n"), err
		},
		close: func() error { return nil },
	}
}

// editedLines edits lines on a terminal in raw mode, as wide as size says.
func editedLines(on io.ReadWriter, size func() (width, height int, err error)) *lines {
	editor := term.NewTerminal(on, "")
	return &lines{
		Writer: editor,
		edited: true,
		read: func(prompt string) (string, error) {
			if width, height, err := size(); err == nil && width > 0 {
				if err := editor.SetSize(width, height); err != nil {
					return "", fmt.Errorf("fit the line to the window: %w", err)
				}
			}
			editor.SetPrompt(prompt)
			return editor.ReadLine()
		},
		close: func() error { return nil },
	}
}

// next reads a line, or gives up waiting for it when the context ends.
func (l *lines) next(ctx context.Context, prompt string) (string, error) {
	type line struct {
		text string
		err  error
	}
	got := make(chan line, 1)
	go func() {
		text, err := l.read(prompt)
		got <- line{text, err}
	}()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case line := <-got:
		return line.text, line.err
	}
}
