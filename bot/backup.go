package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"maps"
	"slices"
	"time"
)

// A backup is lines of JSON: a header, one line for each document, and a footer
// with what the lines before it add up to. A document that changed while the
// backup was made stands there again; its last line counts. What is derived from
// documents is not in it, and neither is what a platform brought and nobody has
// answered yet. It is the way from one kind of store to another, too.

// backupFormat is the version of the lines. A newer one is refused.
const backupFormat = 1

// backupHeader is the first line.
type backupHeader struct {
	Interlab string    `json:"interlab"` // "backup"
	Format   int       `json:"format"`
	Schema   int       `json:"schema"` // of the newest documents in it
	Network  string    `json:"network"`
	At       time.Time `json:"at"` // when it was begun
}

// backupLine is a document; one without data was removed meanwhile.
type backupLine struct {
	Ref  Ref             `json:"ref"`
	Data json.RawMessage `json:"data,omitempty"`
}

// backupFooter is the last line.
type backupFooter struct {
	End    string       `json:"end"` // "backup"
	At     time.Time    `json:"at"`  // as of when it is whole
	Counts map[Kind]int `json:"counts"`
	Lines  int          `json:"lines"` // of documents
	SHA256 string       `json:"sha256"`
}

// BackupReport says what a backup or a restore has in it.
type BackupReport struct {
	At        time.Time
	Counts    map[Kind]int // documents of each kind
	Forgotten int          // of a restore: people who were forgotten since the backup and do not come back
	Held      int          // of a restore: work that was due and waits for a person's word
}

// Total is how many documents it has.
func (r BackupReport) Total() int {
	n := 0
	for _, count := range r.Counts {
		n += count
	}
	return n
}

// maxCatchUps bounds how often a backup reads what changed while it was made. A
// network so busy that each round finds more is one to back up at night.
const maxCatchUps = 100

// Backup writes every document, as of one moment near its end. It may run while
// the bot serves.
func (a *App) Backup(ctx context.Context, to io.Writer) (BackupReport, error) {
	b := &backup{app: a, to: to, sum: sha256.New(), kinds: map[Ref]bool{}}
	begun, err := a.store.Changes(ctx, "", KindPerson, 1)
	if err != nil {
		return BackupReport{}, fmt.Errorf("back up: %w", err)
	}
	if err := b.line(backupHeader{Interlab: "backup", Format: backupFormat, Schema: schema, Network: a.network, At: a.clock.Now()}); err != nil {
		return BackupReport{}, err
	}
	for _, kind := range sortedKinds() {
		if err := b.all(ctx, kind); err != nil {
			return BackupReport{}, fmt.Errorf("back up %s: %w", kind, err)
		}
	}
	if err := b.follow(ctx, begun.Last); err != nil {
		return BackupReport{}, fmt.Errorf("back up what changed meanwhile: %w", err)
	}
	return b.end()
}

// backup is one in the making.
type backup struct {
	app   *App
	to    io.Writer
	sum   hash.Hash
	lines int
	kinds map[Ref]bool // documents that are in it
}

// line writes a line and adds it to the sum.
func (b *backup) line(v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("write a backup: %w", err)
	}
	data = append(data, '\n')
	b.sum.Write(data)
	if _, err := b.to.Write(data); err != nil {
		return fmt.Errorf("write a backup: %w", err)
	}
	return nil
}

func (b *backup) record(r Record) error {
	line := backupLine{Ref: r.Ref}
	if r.Version > 0 {
		line.Data = r.Data
		b.kinds[r.Ref] = true
	} else {
		delete(b.kinds, r.Ref)
	}
	b.lines++
	return b.line(line)
}

// all writes the documents of a kind.
func (b *backup) all(ctx context.Context, kind Kind) error {
	for page := (Page{Index: every(kind)}); ; {
		records, next, err := b.app.store.Page(ctx, page)
		if err != nil {
			return err
		}
		for _, r := range records {
			if err := b.record(r); err != nil {
				return err
			}
		}
		if next == "" {
			return nil
		}
		page.After = next
	}
}

// follow writes again what changed since a note of the audit, until nothing does.
func (b *backup) follow(ctx context.Context, since string) error {
	for range maxCatchUps {
		changes, err := b.app.store.Changes(ctx, since, KindPerson, 0)
		switch {
		case err != nil:
			return err
		case changes.Reset:
			return fmt.Errorf("more changed than the audit remembers; try again when less is going on")
		case len(changes.Notes) == 0:
			return nil
		}
		if err := b.again(ctx, changes.Notes); err != nil {
			return err
		}
		since = changes.Last
	}
	return fmt.Errorf("it does not come to rest; try again when less is going on")
}

// again writes the documents of some notes as they are now.
func (b *backup) again(ctx context.Context, notes []Note) error {
	var wants []Want
	for _, n := range notes {
		for _, ref := range n.Refs {
			wants = append(wants, Want{Ref: ref})
		}
	}
	for page := range slices.Chunk(unique(wants), MaxListed) {
		lists, err := b.app.store.Read(ctx, page...)
		if err != nil {
			return err
		}
		for i, list := range lists {
			r := list[0]
			r.Ref = page[i].Ref
			if err := b.record(r); err != nil {
				return err
			}
		}
	}
	return nil
}

// end writes the footer, whose sum is of all lines before it.
func (b *backup) end() (BackupReport, error) {
	report := BackupReport{At: b.app.clock.Now(), Counts: map[Kind]int{}}
	for ref := range maps.Keys(b.kinds) {
		report.Counts[ref.Kind]++
	}
	footer := backupFooter{End: "backup", At: report.At, Counts: report.Counts, Lines: b.lines, SHA256: hex.EncodeToString(b.sum.Sum(nil))}
	return report, b.line(footer)
}
