package bot

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"maps"
	"strings"
	"time"
)

// restorePage is how many documents of a restore are one commit.
const restorePage = 200

// maxBackupLine is the longest line of a backup, in bytes. Documents are far
// shorter; a file without line ends must not fill the memory.
const maxBackupLine = 16 << 20

// HeldReason begins why work lies among what was given up that only waits for
// somebody to look at it.
const HeldReason = "held for review: "

// Vault is a store that can be restored into.
type Vault interface {
	Store
	// BeginRestore marks the network as being restored from the file of a sum,
	// until EndRestore; meanwhile nobody else may use it. It fails with
	// ErrNotEmpty where the network has anything that the same restore, broken
	// off before, did not write.
	BeginRestore(ctx context.Context, sum string) error
	EndRestore(ctx context.Context) error
}

// ErrNotEmpty means that something is kept in the network already.
var ErrNotEmpty = errors.New("the network is not empty")

// RestoreOptions say how a backup is restored.
type RestoreOptions struct {
	// Forgotten are the ids of people who were forgotten since the backup, as
	// App.Forgotten lists them: nothing of them comes back.
	Forgotten []string
	// Check only says what would happen.
	Check bool
	// Progress is called after each page with how many documents are done; may be nil.
	Progress func(done, of int)
}

// Restore puts a backup into an empty network. The whole file is checked before
// the first write. Work that was due between the backup and now is held: some of
// it was done before the loss, and nobody wants to hear it twice. A restore that
// was broken off goes on where it was when the same file is restored again.
// open opens the file from its beginning.
func (a *App) Restore(ctx context.Context, into Vault, open func() (io.ReadCloser, error), o RestoreOptions) (BackupReport, error) {
	plan, err := readBackup(open)
	if err != nil {
		return BackupReport{}, err
	}
	if o.Check {
		return plan.report, nil
	}
	if err := into.BeginRestore(ctx, plan.sum); err != nil {
		return BackupReport{}, fmt.Errorf("restore: %w", err)
	}
	r := &restore{app: a, plan: plan, options: o}
	if err := plan.each(open, func(line int, l backupLine) error { return r.add(ctx, line, l) }); err != nil {
		return BackupReport{}, err
	}
	if err := r.flush(ctx); err != nil {
		return BackupReport{}, err
	}
	if plan.report.Forgotten, err = a.forgetAgain(ctx, o.Forgotten); err != nil {
		return BackupReport{}, fmt.Errorf("restore: %w", err)
	}
	held, err := a.holdDue(ctx)
	if err != nil {
		return BackupReport{}, fmt.Errorf("restore: hold what was due: %w", err)
	}
	if err := into.EndRestore(ctx); err != nil {
		return BackupReport{}, fmt.Errorf("restore: %w", err)
	}
	plan.report.Held = held
	return plan.report, nil
}

// backupPlan is what a checked file has.
type backupPlan struct {
	sum    string
	last   map[Ref]int // the line of each document that counts; none for what was removed
	report BackupReport
}

// readBackup checks a whole file.
func readBackup(open func() (io.ReadCloser, error)) (*backupPlan, error) {
	c := &backupCheck{plan: &backupPlan{last: map[Ref]int{}}, sum: sha256.New()}
	err := eachLine(open, c.line)
	switch {
	case err != nil:
		return nil, err
	case c.footer == nil:
		return nil, fmt.Errorf("the backup ends after line %d without its last line: it was cut off", c.lines)
	}
	counts := map[Kind]int{}
	for ref := range c.plan.last {
		counts[ref.Kind]++
	}
	if !maps.Equal(counts, c.footer.Counts) {
		return nil, fmt.Errorf("the backup has %v documents, and says that it has %v: it was changed", counts, c.footer.Counts)
	}
	c.plan.sum = c.footer.SHA256
	c.plan.report = BackupReport{At: c.footer.At, Counts: counts}
	return c.plan, nil
}

// backupCheck is a file being checked.
type backupCheck struct {
	plan   *backupPlan
	sum    hash.Hash
	lines  int
	footer *backupFooter
}

// line checks one line; number counts from 1.
func (c *backupCheck) line(number int, text []byte) error {
	c.lines = number
	switch {
	case number == 1:
		return c.begin(text)
	case c.footer != nil:
		return fmt.Errorf("line %d: the backup goes on behind its end", number)
	case bytes.HasPrefix(text, []byte(`{"end":`)):
		return c.finish(number, text)
	}
	var l backupLine
	if err := json.Unmarshal(text, &l); err != nil || l.Ref.IsZero() {
		return fmt.Errorf("line %d: is no document of a backup", number)
	}
	if l.Data == nil {
		delete(c.plan.last, l.Ref)
	} else {
		if _, err := decode(Record{Ref: l.Ref, Version: 1, Data: l.Data}); err != nil {
			return fmt.Errorf("line %d: %w", number, err)
		}
		c.plan.last[l.Ref] = number
	}
	c.add(text)
	return nil
}

// add adds a line to the sum.
func (c *backupCheck) add(text []byte) { c.sum.Write(append(text, '\n')) }

func (c *backupCheck) begin(text []byte) error {
	var h backupHeader
	if err := json.Unmarshal(text, &h); err != nil || h.Interlab != "backup" {
		return errors.New("line 1: this is no backup of Interlab; interlab export backup makes one")
	}
	if h.Format > backupFormat || h.Schema > schema {
		return fmt.Errorf("line 1: the backup is of a newer program (format %d, schema %d); restore it with that or a later one", h.Format, h.Schema)
	}
	c.add(text)
	return nil
}

func (c *backupCheck) finish(number int, text []byte) error {
	var f backupFooter
	if err := json.Unmarshal(text, &f); err != nil || f.End != "backup" {
		return fmt.Errorf("line %d: the last line cannot be read", number)
	}
	if sum := hex.EncodeToString(c.sum.Sum(nil)); sum != f.SHA256 || f.Lines != number-2 {
		return fmt.Errorf("line %d: the lines do not add up to what the last one says: the backup was damaged or changed", number)
	}
	c.footer = &f
	return nil
}

// each calls do with the documents that count.
func (p *backupPlan) each(open func() (io.ReadCloser, error), do func(line int, l backupLine) error) error {
	return eachLine(open, func(number int, text []byte) error {
		var l backupLine
		if number == 1 || bytes.HasPrefix(text, []byte(`{"end":`)) {
			return nil
		}
		if err := json.Unmarshal(text, &l); err != nil {
			return fmt.Errorf("line %d: %w", number, err)
		}
		if p.last[l.Ref] != number {
			return nil
		}
		return do(number, l)
	})
}

// eachLine opens a file and calls do with each line, without its end.
func eachLine(open func() (io.ReadCloser, error), do func(number int, text []byte) error) error {
	file, err := open()
	if err != nil {
		return fmt.Errorf("open the backup: %w", err)
	}
	defer file.Close() //nolint:errcheck // only read
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, maxBackupLine)
	for number := 1; lines.Scan(); number++ {
		if err := do(number, bytes.Clone(lines.Bytes())); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read the backup: %w", err)
	}
	return nil
}

// restore is one on its way.
type restore struct {
	app     *App
	plan    *backupPlan
	options RestoreOptions
	page    []Write
	pages   int
	done    int
}

func (r *restore) add(ctx context.Context, line int, l backupLine) error {
	doc, err := decode(Record{Ref: l.Ref, Version: 1, Data: l.Data})
	if err != nil {
		return fmt.Errorf("line %d: %w", line, err)
	}
	w, err := write(doc, 0)
	if err != nil {
		return fmt.Errorf("line %d: %w", line, err)
	}
	if r.page = append(r.page, w); len(r.page) < restorePage {
		return nil
	}
	return r.flush(ctx)
}

// flush commits a page. One that was committed by a restore that was broken off
// is known by its operation.
func (r *restore) flush(ctx context.Context) error {
	if len(r.page) == 0 {
		return nil
	}
	c := Commit{Op: fmt.Sprintf("restore/%s/%d", r.plan.sum, r.pages), Answer: []byte("{}"), Writes: r.page}
	c.Note = Note{At: r.app.clock.Now(), Verb: "restore", Op: c.Op}
	for _, w := range r.page {
		c.Note.Refs = append(c.Note.Refs, w.Ref)
	}
	var done *DoneError
	if err := r.app.store.Commit(ctx, c); err != nil && !errors.As(err, &done) {
		return fmt.Errorf("restore page %d: %w", r.pages, err)
	}
	r.pages, r.done, r.page = r.pages+1, r.done+len(r.page), nil
	if r.options.Progress != nil {
		r.options.Progress(r.done, r.plan.report.Total())
	}
	return nil
}

// holdDue gives up, for somebody to look at, all that is due by now.
func (a *App) holdDue(ctx context.Context) (int, error) {
	now := a.clock.Now()
	for held := 0; ; {
		claims, err := a.store.Claim(ctx, now, workAtOnce, workLease)
		if err != nil || len(claims) == 0 {
			return held, err
		}
		for _, c := range claims {
			reason := HeldReason + "it was due " + c.At.UTC().Format(time.RFC3339) + ", between the backup and its restore"
			if err := a.store.Bury(ctx, c, now, reason); err != nil && !errors.Is(err, ErrLost) {
				return held, err
			}
			held++
		}
	}
}

// Held reports whether buried work only waits for somebody to look at it.
func (b Buried) Held() bool { return strings.HasPrefix(b.Reason, HeldReason) }
