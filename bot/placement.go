package bot

import (
	"fmt"
	"time"
)

// KindPlacement is one running of the placement: who of all applicants goes where.
const KindPlacement Kind = "placement"

// PlacementStep is how far a placement has come.
type PlacementStep string

// The steps of a placement, in their order. Each goes in pages, one commit each,
// so that it goes on where a replica died.
const (
	PlacementReading   PlacementStep = "reading"   // what it goes by is set on each application
	PlacementSolving   PlacementStep = "solving"   // worked out, and checked
	PlacementPreview   PlacementStep = "preview"   // an organiser sees the numbers
	PlacementRecording PlacementStep = "recording" // what became of each application is kept
	PlacementOpening   PlacementStep = "opening"   // and of each opening
	PlacementTelling   PlacementStep = "telling"   // each applicant
	PlacementLeads     PlacementStep = "leads"     // each lab
	PlacementDone      PlacementStep = "done"
)

// Placement is one running of the placement. Its seed is drawn once, before
// anybody sees a result: working it out again changes no lot.
type Placement struct {
	ID       string        `json:"id"`
	By       string        `json:"by,omitempty"` // the organiser who sees the preview
	At       time.Time     `json:"at"`
	Seed     uint64        `json:"seed"`
	Step     PlacementStep `json:"step"`
	Openings []string      `json:"openings"`
	Edition  int           `json:"edition"`         // grows with each working out
	Stale    bool          `json:"stale,omitempty"` // something was withdrawn since
	Numbers  Numbers       `json:"numbers"`
	Result   string        `json:"result,omitempty"` // a hash of who goes where

	Next  int    `json:"next,omitempty"`  // of the openings
	After string `json:"after,omitempty"` // cursor of the page
	Page  int    `json:"page,omitempty"`  // pages done, to keep their work apart
}

// Numbers are what a placement comes to.
type Numbers struct {
	Applicants int `json:"applicants"`
	Labs       int `json:"labs"`
	Places     int `json:"places"`
	Placed     int `json:"placed"`
	First      int `json:"first"`    // got their first choice
	Left       int `json:"left"`     // places that nobody has
	Drawn      int `json:"drawn"`    // answers that the lottery decided
	Defaults   int `json:"defaults"` // openings whose lab ranked nobody
}

// workStep does the next page of a placement.
const workStep = "step"

// Ref names the placement.
func (p *Placement) Ref() Ref { return Ref{KindPlacement, p.ID} }

// Entries are the one placement that is not done, those that are by their time,
// and whose they are.
func (p *Placement) Entries() []Entry {
	var entries []Entry
	if p.By != "" {
		entries = append(entries, Entry{Index: placementsBy + p.By, Score: p.At.UnixMilli()})
	}
	if p.Step != PlacementDone {
		return append(entries, Entry{Index: placementOpen, Unique: true})
	}
	return append(entries, Entry{Index: placementsDone, Score: -p.At.UnixMilli()})
}

// placementOpen is the entry of the one placement that is not done, placementsDone
// lists the others, newest first, and placementsBy and a person's id somebody's.
const (
	placementOpen  = "placement.open"
	placementsDone = "placement.done"
	placementsBy   = "placement.by/"
)

// Due is the next page.
func (p *Placement) Due() []Work {
	if p.Step == PlacementPreview || p.Step == PlacementDone {
		return nil
	}
	return []Work{{Name: fmt.Sprintf("%s.%d", workStep, p.Page), At: p.At}}
}

// turn goes on to a step, from its beginning.
func (p *Placement) turn(to PlacementStep) { p.Step, p.Next, p.After = to, 0, "" }

// busy reports whether the placement is being worked out or recorded:
// applications stay as they are meanwhile.
func (p *Placement) busy() bool { return p.Step != PlacementPreview && p.Step != PlacementDone }
