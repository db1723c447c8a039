package bot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"interlab/bot/chat"
)

// importPage is how many people of an import are one commit.
const importPage = 200

// ImportOptions say how people are imported.
type ImportOptions struct {
	By    string // who lists them, as they are told
	Check bool   // only say what would happen
	// Progress is called after each page with how many people are done; may be nil.
	Progress func(done int)
}

// ImportReport says what an import did, or would do.
type ImportReport struct {
	New       int
	Changed   int // listed before with other values, and not joined since
	Unchanged int // there already, or joined by themselves: their own profile counts
	Labs      []string
	Unlisted  []RowFault // asked not to be listed
	Refused   []RowFault // cannot be taken for another reason
}

// Import lists people in the network, page by page. Importing the same people
// again changes nothing, so that after a fault a second run does the rest.
// Whoever has joined or has spoken to the bot before is left as they are. On an
// error the report counts the pages that were committed.
func (a *App) Import(ctx context.Context, people []Listee, o ImportOptions) (ImportReport, error) {
	var report ImportReport
	for page := range slices.Chunk(people, importPage) {
		var done ImportReport
		list := func(tx *Tx) (chat.Message, error) {
			p := &importing{app: a, tx: tx, by: o.By}
			err := p.page(page)
			done = p.report
			return chat.Message{}, err
		}
		var err error
		if o.Check {
			_, err = list(newTx(ctx, a.store, a.clock.Now(), a.ids))
		} else {
			_, err = a.update(ctx, change{verb: "import"}, list)
		}
		if err != nil {
			return report, fmt.Errorf("import line %d to %d: %w", page[0].Line, page[len(page)-1].Line, err)
		}
		report.add(done)
		if o.Progress != nil {
			o.Progress(report.total())
		}
	}
	return report, nil
}

// add takes in the report of one more page. A check meets a lab that is missing
// on every page that names it.
func (r *ImportReport) add(page ImportReport) {
	r.New, r.Changed, r.Unchanged = r.New+page.New, r.Changed+page.Changed, r.Unchanged+page.Unchanged
	r.Unlisted, r.Refused = append(r.Unlisted, page.Unlisted...), append(r.Refused, page.Refused...)
	for _, lab := range page.Labs {
		if !slices.ContainsFunc(r.Labs, func(other string) bool { return fold(other) == fold(lab) }) {
			r.Labs = append(r.Labs, lab)
		}
	}
}

func (r *ImportReport) total() int {
	return r.New + r.Changed + r.Unchanged + len(r.Unlisted) + len(r.Refused)
}

// importing is one page in the hands of one attempt.
type importing struct {
	app    *App
	tx     *Tx
	by     string
	report ImportReport
}

func (p *importing) page(people []Listee) error {
	wants := make([]Want, 0, 3*len(people))
	for _, l := range people {
		wants = append(wants,
			Want{Unique: personByAccount(l.Account)},
			Want{Ref: Ref{KindUnlisted, unlistedHash(l.Account)}},
			Want{Unique: labByName(l.Lab)})
	}
	if err := p.tx.prefetch(unique(wants)...); err != nil {
		return err
	}
	labs := map[string]*Lab{}
	for _, l := range people {
		if err := p.one(l, labs); err != nil {
			return fmt.Errorf("line %d: %w", l.Line, err)
		}
	}
	return nil
}

// unique leaves out what is wanted twice.
func unique(wants []Want) []Want {
	seen := make(map[Want]bool, len(wants))
	return slices.DeleteFunc(wants, func(w Want) bool {
		twice := seen[w]
		seen[w] = true
		return twice
	})
}

// one lists one person, or says why not.
func (p *importing) one(l Listee, labs map[string]*Lab) error {
	person, err := owner[*Person](p.tx, personByAccount(l.Account))
	if err != nil && !errors.Is(err, errNotFound) {
		return err
	}
	if person != nil && !person.unclaimed() {
		return p.leave(l, person)
	}
	_, err = load[*Unlisted](p.tx, KindUnlisted, unlistedHash(l.Account))
	if err == nil {
		p.report.Unlisted = append(p.report.Unlisted, RowFault{l.Line, l.Name + " asked not to be listed"})
		return nil
	}
	if !errors.Is(err, errNotFound) {
		return err
	}
	lab, err := p.lab(l.Lab, labs)
	if err != nil {
		return err
	}
	if person != nil {
		return p.again(l, person, lab)
	}
	person = &Person{
		Name: l.Name, Accounts: []chat.Account{l.Account}, Lab: lab.ID,
		Listed: &Listing{By: p.by, At: p.tx.now},
	}
	if person.ID, err = p.app.ids.id(); err != nil {
		return err
	}
	switch l.Role {
	case Lead:
		_, err = p.app.note(p.tx, p.by, person, Grant{Lead, lab.ID}, false)
	case Organiser:
		_, err = p.app.note(p.tx, p.by, person, Grant{Role: Organiser}, false)
	case Member, Operator:
	}
	if err != nil {
		return err
	}
	p.report.New++
	p.tx.put(person)
	return person.apply(l.Values)
}

// leave keeps somebody as they are who has spoken for themselves.
func (p *importing) leave(l Listee, person *Person) error {
	if person.Lab != "" {
		if other, err := p.elsewhere(l, person); err != nil || other {
			return err
		}
	}
	p.report.Unchanged++
	return nil
}

// again takes over what a file says otherwise about somebody who was listed.
func (p *importing) again(l Listee, person *Person, lab *Lab) error {
	if other, err := p.elsewhere(l, person); err != nil || other {
		return err
	}
	before, err := encode(person)
	if err != nil {
		return err
	}
	person.Name, person.Lab = l.Name, lab.ID
	if err := person.apply(l.Values); err != nil {
		return err
	}
	after, err := encode(person)
	if err != nil {
		return err
	}
	if bytes.Equal(before, after) {
		p.report.Unchanged++
		return nil
	}
	p.report.Changed++
	p.tx.put(person)
	return nil
}

// elsewhere refuses a row that puts somebody into a second lab.
func (p *importing) elsewhere(l Listee, person *Person) (bool, error) {
	name, err := p.app.lab(p.tx, person.Lab)
	if err != nil || fold(name) == fold(l.Lab) {
		return false, err
	}
	p.report.Refused = append(p.report.Refused, RowFault{l.Line, fmt.Sprintf("%s is in %s already and cannot be in %s too: a person is in one lab", l.Name, name, l.Lab)})
	return true, nil
}

// lab is the lab of that name, made where there is none.
func (p *importing) lab(name string, labs map[string]*Lab) (*Lab, error) {
	if lab, ok := labs[fold(name)]; ok {
		return lab, nil
	}
	lab, err := owner[*Lab](p.tx, labByName(name))
	if errors.Is(err, errNotFound) {
		lab = &Lab{Name: name}
		p.report.Labs = append(p.report.Labs, name)
		lab.ID, err = p.app.ids.id()
		p.tx.put(lab)
	}
	if err != nil {
		return nil, err
	}
	labs[fold(name)] = lab
	return lab, nil
}
