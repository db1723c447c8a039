package bot

import (
	"context"
	_ "embed" // for the sample talks
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"interlab/bot/chat"
	"interlab/calendar"
)

//go:embed sample_talks.json
var sampleTalks []byte

// StagedTalk is a talk as it is put onto a stage, as if it had been announced
// before. Days count from the day of the staging.
type StagedTalk struct {
	ID       string            `json:"id"`
	Title    string            `json:"title"`
	Speaker  string            `json:"speaker"`
	Abstract string            `json:"abstract"`
	Lab      string            `json:"lab"` // its name
	Language Language          `json:"language"`
	Topics   []string          `json:"topics"`
	InDays   int               `json:"in_days"`
	At       string            `json:"at"` // by the host's clocks, as "15:00"
	Zone     calendar.Zone     `json:"zone"`
	Minutes  int               `json:"minutes"`
	Where    string            `json:"where"`
	Link     LinkRule          `json:"link"`
	Series   string            `json:"series"` // an id, and the rule in words
	Rule     string            `json:"rule"`
	Seats    int               `json:"seats"`
	Off      string            `json:"off"`    // why it was cancelled
	Before   int               `json:"before"` // by how many days it was moved
	Made     map[string]string `json:"made"`
}

// StagedPlace is a residency as it is put onto a stage.
type StagedPlace struct {
	ID     string        `json:"id"`
	Title  string        `json:"title"`
	Lab    string        `json:"lab"`
	Topics []string      `json:"topics"`
	Learn  string        `json:"learn"`
	Give   string        `json:"give"`
	Offers string        `json:"offers"`
	Places int           `json:"places"`
	From   int           `json:"from"` // days from the staging on
	To     int           `json:"to"`
	Last   int           `json:"last"`
	Zone   calendar.Zone `json:"zone"`
}

// Programme is what labs have announced.
type Programme struct {
	Talks  []StagedTalk  `json:"talks"`
	Places []StagedPlace `json:"places"`
	StagedOutcomes
}

// SampleProgramme is the talks and residencies of the sample network.
func SampleProgramme() (Programme, error) {
	var p Programme
	if err := json.Unmarshal(sampleTalks, &p); err != nil {
		return Programme{}, fmt.Errorf("read the sample programme: %w", err)
	}
	if err := json.Unmarshal(sampleOutcomes, &p.StagedOutcomes); err != nil {
		return Programme{}, fmt.Errorf("read the sample outcomes: %w", err)
	}
	return p, nil
}

// stagePage is how many talks go onto a stage in one commit.
const stagePage = 50

// Stage puts a programme onto a stage. Nobody is told of it. What is there
// already stays as it is; a lab that is not known yet is made.
func (a *App) Stage(ctx context.Context, p Programme) error {
	for rest := p.Talks; len(rest) > 0; rest = rest[min(stagePage, len(rest)):] {
		_, err := a.update(ctx, change{verb: "stage"}, func(tx *Tx) (chat.Message, error) {
			for _, t := range rest[:min(stagePage, len(rest))] {
				if err := a.stageTalk(tx, t); err != nil {
					return chat.Message{}, fmt.Errorf("stage talk %s: %w", t.ID, err)
				}
			}
			return chat.Message{}, nil
		})
		if err != nil {
			return err
		}
	}
	_, err := a.update(ctx, change{verb: "stage"}, func(tx *Tx) (chat.Message, error) {
		for _, o := range p.Places {
			if err := a.stagePlace(tx, o); err != nil {
				return chat.Message{}, fmt.Errorf("stage residency %s: %w", o.ID, err)
			}
		}
		return chat.Message{}, a.stageOutcomes(tx, p.StagedOutcomes)
	})
	return err
}

// stageLab is the lab of a name, made where it is missing.
func (a *App) stageLab(tx *Tx, name string) (*Lab, error) {
	for _, h := range tx.loaded {
		if lab, ok := h.doc.(*Lab); ok && fold(lab.Name) == fold(name) {
			return lab, nil
		}
	}
	lab, err := owner[*Lab](tx, labByName(name))
	if !errors.Is(err, errNotFound) {
		return lab, err
	}
	lab = &Lab{Name: name}
	lab.ID, err = a.ids.id()
	tx.put(lab)
	return lab, err
}

func (a *App) stageTalk(tx *Tx, t StagedTalk) error {
	if _, err := load[*Colloquium](tx, KindColloquium, t.ID); !errors.Is(err, errNotFound) {
		return err
	}
	lab, err := a.stageLab(tx, t.Lab)
	if err != nil {
		return err
	}
	at, err := time.Parse("15:04", t.At)
	if err != nil {
		return fmt.Errorf("read the time: %w", err)
	}
	clock, err := calendar.NewClock(at.Hour(), at.Minute())
	if err != nil {
		return err
	}
	wall := calendar.Wall{Date: a.zones.Today(tx.now, t.Zone).AddDays(t.InDays), Clock: clock, Zone: t.Zone}
	start, _ := a.zones.Resolve(wall)
	told := tx.now
	if t.InDays <= 0 {
		told = start.AddDate(0, 0, -14)
	}
	c := &Colloquium{
		ID: t.ID, Title: t.Title, Speaker: t.Speaker, Speakers: []Speaker{{Name: t.Speaker, Record: Agreed}}, Abstract: t.Abstract,
		Topics: t.Topics, Link: t.Link, Lab: lab.ID, Wall: wall, Start: start, Rules: a.zones.Version(), Length: time.Duration(t.Minutes) * time.Minute,
		Where: t.Where, Language: t.Language, State: Announced, Reason: t.Off, Seats: Seats{Capacity: t.Seats}, At: told, Changed: told, Timed: told, Made: t.Made,
	}
	if t.Series != "" {
		c.Part = &Part{Series: t.Series, Day: wall.Date, Words: t.Rule}
	}
	if t.Before != 0 {
		c.Before, c.Sequence, c.Moved = start.AddDate(0, 0, -t.Before), 1, 1
	}
	switch {
	case t.Off != "":
		c.State, c.Sequence = Cancelled, c.Sequence+1
	case !c.end().After(tx.now):
		c.State = Over
	}
	tx.put(c)
	return nil
}

func (a *App) stagePlace(tx *Tx, p StagedPlace) error {
	if _, err := load[*Opening](tx, KindOpening, p.ID); !errors.Is(err, errNotFound) {
		return err
	}
	lab, err := a.stageLab(tx, p.Lab)
	if err != nil {
		return err
	}
	today := a.zones.Today(tx.now, p.Zone)
	last := today.AddDays(p.Last)
	tx.put(&Opening{
		ID: p.ID, Lab: lab.ID, Title: p.Title, Topics: p.Topics, Learn: p.Learn, Give: p.Give, Offers: p.Offers, Capacity: p.Places,
		From: today.AddDays(p.From), To: today.AddDays(p.To), Zone: p.Zone, Last: last, Deadline: a.startOf(last.AddDays(1), p.Zone), State: OpeningTaking, At: tx.now,
	})
	return nil
}
