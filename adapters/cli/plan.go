package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"sync"
	"text/tabwriter"
	"time"

	"golang.org/x/term"
)

// plan matches people who are in files, by the engine of the bot.
type plan struct {
	Suggest     planSuggest     `cmd:"" help:"Say who knows most about each topic or text."`
	Round       planRound       `cmd:"" help:"Plan a round of meetings, in pairs or groups."`
	Residencies planResidencies `cmd:"" help:"Place applicants at the labs that offer residencies."`
}

// lines prints one JSON object a line.
func (p *Program) lines(values ...any) error {
	encoder := json.NewEncoder(p.Stdout)
	encoder.SetEscapeHTML(false)
	for _, v := range values {
		if err := encoder.Encode(v); err != nil {
			return err
		}
	}
	return nil
}

// table prints rows under a head, in columns.
func (p *Program) table(head string, rows [][]string) error {
	w := tabwriter.NewWriter(p.Stdout, 0, 4, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, strings.ToUpper(head))
	for _, row := range rows {
		for i, cell := range row {
			row[i] = oneLine(cell)
		}
		_, _ = fmt.Fprintln(w, strings.Join(row, "\t"))
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("print the table: %w", err)
	}
	return nil
}

// oneLine makes a cell of what somebody typed: no control characters, not too long.
func oneLine(text string) string {
	const most = 70 // runes
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return ' '
		}
		return r
	}, text)
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return text
}

// millionths writes micro-units as people read them.
func millionths(score int64) string { return fmt.Sprintf("%.3f", float64(score)/1e6) }

// working says on a terminal that the program is at work, once a second has passed, until
// done is called. Elsewhere it says nothing.
func (p *Program) working(what string) (done func()) {
	file, ok := p.Stderr.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return func() {}
	}
	stop := make(chan struct{})
	var ended sync.WaitGroup
	ended.Go(func() {
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for seconds := 1; ; seconds++ {
			select {
			case <-stop:
				if seconds > 1 {
					_, _ = fmt.Fprint(p.Stderr, "\r\x1b[K")
				}
				return
			case <-tick.C:
				_, _ = fmt.Fprintf(p.Stderr, "\r%s: %d s", what, seconds)
			}
		}
	})
	return func() { close(stop); ended.Wait() }
}
