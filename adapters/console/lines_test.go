package console

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
)

// keys is a terminal in memory: what is typed on it, and what it shows.
type keys struct {
	io.Reader
	bytes.Buffer
}

func (k *keys) Read(p []byte) (int, error) { return k.Reader.Read(p) }

func TestEditedLinesAreNotPrintedTwice(t *testing.T) {
	t.Parallel()
	screen := &keys{Reader: strings.NewReader("as ana@slack:curie\rhullo\x7f\x7f\x7f\x7fello\r\x1b[A\r\x04")}
	_, c := newFake(t, &strings.Builder{})
	l := editedLines(screen, func() (int, int, error) { return 120, 40, nil })
	if err := c.converse(t.Context(), l); err != nil {
		t.Fatal(err)
	}
	got := screen.String()
	if n := strings.Count(got, "You said `hello`."); n != 2 {
		t.Errorf("terminal shows the answer %d times, want 2: the line, and the one from the history\n%q", n, got)
	}
	if !strings.Contains(got, "nobody> ") || !strings.Contains(got, "ana@slack:curie> ") {
		t.Errorf("terminal = %q, want prompts that name the speaker", got)
	}
	if n := strings.Count(got, "ana@slack:curie> hello\r\n"); n != 1 {
		t.Errorf("terminal shows the line from the history %d times, want 1: it was typed there\n%q", n, got)
	}
}

func TestPlainLinesEndWithTheirInput(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	l := plainLines(strings.NewReader("one\r\ntwo"), &out)
	for _, want := range []string{"one", "two"} {
		if got, err := l.next(t.Context(), "prompt> "); got != want || err != nil {
			t.Errorf("next = %q, %v, want %q", got, err, want)
		}
	}
	if _, err := l.next(t.Context(), "prompt> "); !errors.Is(err, io.EOF) {
		t.Errorf("next at the end = %v, want %v", err, io.EOF)
	}
	if out.Len() > 0 {
		t.Errorf("plain lines show %q, want no prompts", &out)
	}
}
