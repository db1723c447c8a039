package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"interlab/bot"
	"interlab/bot/chat"
	"interlab/configs"
)

// importing groups what can be imported.
type importing struct {
	People ImportPeople `cmd:"" help:"List people from a CSV file, so that others can find them."`
}

// ImportPeople is the command that lists people from a file.
type ImportPeople struct {
	File  string `arg:"" help:"CSV file with the columns name,lab,account,zone,hours,about and, if you like, shares,seeks,role; - reads standard input. At most 64 MB."`
	By    string `help:"Who lists them, as they are told; left out, the network's name." placeholder:"NAME"`
	Check bool   `help:"Only say what would happen."`
	Data  string `help:"Use the store in this folder instead of the one in the settings." placeholder:"DIR"`
}

// Importer lists people in the store that the settings name.
type Importer func(ctx context.Context, s configs.Settings, data string, people []bot.Listee, o bot.ImportOptions) (bot.ImportReport, error)

// maxFaults is how many bad rows are named, and slow how long something takes
// before its progress is shown.
const (
	maxFaults = 50
	slow      = time.Second
)

// Run checks every row, and then lists the people.
func (c ImportPeople) Run(ctx context.Context, g *grammar, p *Program) error {
	s, err := p.settings(g)
	if err != nil {
		return err
	}
	people, err := c.read(p)
	var bad *bot.BadRowsError
	if errors.As(err, &bad) {
		p.tellFaults(bad.Faults)
		_, _ = fmt.Fprintf(p.Stderr, "%s. Nothing was imported; correct the file and run the same again.\n", bad)
		return errSaid
	}
	if err != nil {
		return fmt.Errorf("import %s: %w", named(c.File), err)
	}
	by := chat.CleanLine(c.By)
	if by == "" {
		by = s.Network.Name
	}
	show, finish := p.progress(len(people))
	report, err := p.Import(ctx, s, c.Data, people, bot.ImportOptions{By: by, Check: c.Check, Progress: show})
	finish()
	if told := p.tellReport(report, c.Check); err == nil {
		err = told
	}
	if err != nil {
		return fmt.Errorf("%w; run the same command again, and it does the rest", err)
	}
	if len(report.Refused) > 0 {
		return errSaid
	}
	return nil
}

// named is a file as it is called in a sentence.
func named(file string) string {
	if file == "-" {
		return "standard input"
	}
	return file
}

func (c ImportPeople) read(p *Program) ([]bot.Listee, error) {
	if c.File == "-" {
		return bot.ReadPeople(p.Stdin, p.Platforms)
	}
	file, err := p.Open(c.File)
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // only read
	return bot.ReadPeople(file, p.Platforms)
}

// tellFaults names the first bad rows, and counts the rest.
func (p *Program) tellFaults(faults []bot.RowFault) {
	for _, f := range faults[:min(len(faults), maxFaults)] {
		_, _ = fmt.Fprintf(p.Stderr, "line %d: %s\n", f.Line, f.Text)
	}
	if more := len(faults) - maxFaults; more > 0 {
		_, _ = fmt.Fprintf(p.Stderr, "and %d more\n", more)
	}
}

// tellReport says what became of the people.
func (p *Program) tellReport(r bot.ImportReport, check bool) error {
	head := ""
	if check {
		head = "Only checked; nothing was changed. An import would give:\n"
	}
	var out strings.Builder
	fmt.Fprintf(&out, "%s%6d new\n%6d changed\n%6d unchanged\n%6d asked not to be listed\n%6d refused\n", head,
		r.New, r.Changed, r.Unchanged, len(r.Unlisted), len(r.Refused))
	if len(r.Labs) > 0 {
		fmt.Fprintf(&out, "%6d new labs: %s\n", len(r.Labs), strings.Join(r.Labs, ", "))
	}
	_, err := io.WriteString(p.Stdout, out.String())
	p.tellFaults(r.Unlisted)
	p.tellFaults(r.Refused)
	if err != nil {
		return fmt.Errorf("print the report: %w", err)
	}
	return nil
}

// progress shows on a terminal how far something is that takes long. finish
// takes the line away.
func (p *Program) progress(total int) (show func(int), finish func()) {
	file, ok := p.Stderr.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return nil, func() {}
	}
	begun, shown := time.Now(), false
	show = func(done int) {
		if shown = shown || time.Since(begun) > slow; shown {
			_, _ = fmt.Fprintf(p.Stderr, "\r%d of %d people", done, total)
		}
	}
	return show, func() {
		if shown {
			_, _ = fmt.Fprint(p.Stderr, "\r\x1b[K")
		}
	}
}
