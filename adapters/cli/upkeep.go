package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"interlab/bot"
	"interlab/configs"
)

// Upkeep is what an operator's commands work on.
type Upkeep struct {
	App   *bot.App
	Store interface {
		bot.Vault
		bot.Ledger
		bot.Resealer
	}
}

// Upkeeper opens the store that the settings or a folder name, and closes it
// after do. One that is being restored is refused unless that is what do does.
type Upkeeper func(ctx context.Context, s configs.Settings, data string, restoring bool, do func(Upkeep) error) error

// keeping is what those commands have in common.
type keeping struct {
	Data string `help:"Use the store in this folder instead of the one in the settings." placeholder:"DIR"`
}

func (k keeping) open(ctx context.Context, g *grammar, p *Program, restoring bool, do func(Upkeep) error) error {
	s, err := p.settings(g)
	if err != nil {
		return err
	}
	return p.Upkeep(ctx, s, k.Data, restoring, do)
}

// say prints a line of what was done.
func (p *Program) say(format string, args ...any) {
	_, _ = fmt.Fprintf(p.Stdout, format+"\n", args...)
}

// exportBackup writes a backup.
type exportBackup struct {
	keeping
	File string `arg:"" optional:"" default:"-" help:"Where to write it; - or nothing prints it."`
}

// Run writes a backup while the bot may serve. A file appears whole or not at all.
func (c exportBackup) Run(ctx context.Context, g *grammar, p *Program) error {
	return c.open(ctx, g, p, false, func(u Upkeep) error {
		if c.File == "-" {
			_, err := u.App.Backup(ctx, p.Stdout)
			return err
		}
		report, err := backUp(ctx, u.App, c.File)
		if err != nil {
			return err
		}
		p.say("%d documents, as of %s, are in %s.", report.Total(), report.At.UTC().Format("2006-01-02 15:04:05 UTC"), c.File)
		return nil
	})
}

// backUp writes a file beside the wanted one, makes sure that it is on disk, and
// gives it its name. Only its owner may read it: it holds what people wrote.
func backUp(ctx context.Context, app *bot.App, path string) (bot.BackupReport, error) {
	if err := unused(path); err != nil {
		return bot.BackupReport{}, err
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".interlab-backup-*")
	if err != nil {
		return bot.BackupReport{}, fmt.Errorf("make the backup: %w", err)
	}
	defer os.Remove(file.Name()) //nolint:errcheck // it has another name by then, or is of no use
	report, err := app.Backup(ctx, file)
	if err == nil {
		err = file.Sync()
	}
	if err := errors.Join(err, file.Close()); err != nil {
		return bot.BackupReport{}, err
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return bot.BackupReport{}, fmt.Errorf("name the backup: %w", err)
	}
	return report, nil
}

// unused refuses a file that is there already: an export replaces nothing.
func unused(path string) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s is there already; choose another name", path)
	}
	return nil
}

// restoring puts a backup into an empty network.
type restoring struct {
	keeping
	File      string `arg:"" help:"A backup, as export backup writes it."`
	Forgotten string `help:"A list as export forgotten prints it: nothing of these people comes back." placeholder:"FILE"`
	DryRun    bool   `help:"Check the whole file and say what would happen."`
}

// Run restores. Nobody may serve the network meanwhile, and nobody can: it is
// marked.
func (c restoring) Run(ctx context.Context, g *grammar, p *Program) error {
	return c.open(ctx, g, p, true, func(u Upkeep) error {
		show, finish := p.progress(0)
		forgotten, err := p.forgotten(c.Forgotten)
		if err != nil {
			return err
		}
		o := bot.RestoreOptions{Check: c.DryRun, Forgotten: forgotten}
		if show != nil {
			o.Progress = func(done, _ int) { show(done) }
		}
		report, err := u.App.Restore(ctx, u.Store, func() (io.ReadCloser, error) { return p.Open(c.File) }, o)
		finish()
		if errors.Is(err, bot.ErrNotEmpty) {
			return fmt.Errorf("%w; a backup goes into an empty one: choose another network.id or another Redis", err)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", c.File, err)
		}
		as := report.At.UTC().Format("2006-01-02 15:04:05 UTC")
		if c.DryRun {
			p.say("The backup is whole: %d documents as of %s. Nothing was changed.", report.Total(), as)
			return nil
		}
		p.say("%d documents as of %s are restored.", report.Total(), as)
		if report.Forgotten > 0 {
			p.say("Nothing came back of who was forgotten since: %d in number.", report.Forgotten)
		}
		if report.Held > 0 {
			p.say("%d pieces of work were due since; some of them were done before the loss. They are held:\n  interlab jobs held     lists them\n  interlab jobs retry --held   does them now\n  interlab jobs drop --held    gives up the messages among them", report.Held)
		}
		return nil
	})
}

// verifying looks at what is kept.
type verifying struct {
	keeping
	Fix bool `help:"Derive anew what differs, and take away what belongs to nothing."`
}

// Run verifies. It fails while something is wrong.
func (c verifying) Run(ctx context.Context, g *grammar, p *Program) error {
	return c.open(ctx, g, p, false, func(u Upkeep) error {
		r, err := u.App.Verify(ctx, u.Store, c.Fix)
		if err != nil {
			return err
		}
		for _, text := range r.Broken {
			p.say("broken   %s", text)
		}
		for _, ref := range r.Differ {
			p.say("differs  %s: what is derived from it is not what is kept", ref)
		}
		for _, text := range r.Strays {
			p.say("stray    %s", text)
		}
		p.say("%d documents: %d broken, %d differ, %d strays, %d fixed.", r.Documents, len(r.Broken), len(r.Differ), len(r.Strays), r.Fixed)
		if r.Sound() {
			return nil
		}
		if !c.Fix && len(r.Differ)+len(r.Strays) > 0 {
			p.say("interlab verify --fix mends what differs and takes the strays away.")
		}
		return errSaid
	})
}
