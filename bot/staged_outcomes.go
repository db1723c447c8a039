package bot

import (
	_ "embed" // for the sample outcomes
	"errors"
	"fmt"
	"slices"
	"time"

	"interlab/bot/exchange"
	"interlab/calendar"
)

//go:embed sample_outcomes.json
var sampleOutcomes []byte

// StagedOutcomes are exchanges that are over as they are put onto a stage, and
// which labs the public board names.
type StagedOutcomes struct {
	Shown         []string             `json:"shown"` // names of labs
	Introductions []StagedIntroduction `json:"introductions"`
	Exchanges     []StagedExchange     `json:"exchanges"`
}

// StagedIntroduction is of two who have not met so far.
type StagedIntroduction struct {
	ID    string `json:"id"`
	Asker string `json:"asker"` // their names
	Asked string `json:"asked"`
	Ago   int    `json:"ago"` // days before the staging
}

// StagedExchange is an exchange that began some days before the staging, and is
// closed.
type StagedExchange struct {
	ID         string       `json:"id"`
	Visitor    string       `json:"visitor"` // names of people and of labs
	VisitorLab string       `json:"visitor_lab"`
	Host       string       `json:"host"`
	HostLab    string       `json:"host_lab"`
	Met        int          `json:"met"`   // days from the introduction to the first meeting
	Began      int          `json:"began"` // days before the staging
	Days       int          `json:"days"`  // it lasted
	Goals      []StagedGoal `json:"goals"`
}

// StagedGoal is a goal of such an exchange. Its days count from the beginning.
type StagedGoal struct {
	Giver   string             `json:"giver"` // visitor or host
	Text    string             `json:"text"`
	Due     int                `json:"due"`
	Moved   int                `json:"moved"` // by how many days Due was put off
	Claimed int                `json:"claimed"`
	State   exchange.GoalState `json:"state"`
	Outcome exchange.Outcome   `json:"outcome"`
	Kept    []string           `json:"kept"` // answers after 30, 90 and 180 days
	Work    *StagedWork        `json:"work"`
}

// StagedWork is something open that came of a goal.
type StagedWork struct {
	Type    exchange.Artefact `json:"type"`
	Title   string            `json:"title"`
	Where   string            `json:"where"`
	Licence string            `json:"licence"`
}

// introducedBefore is how many days before an exchange its people were introduced.
const introducedBefore = 60

// stageOutcomes puts exchanges onto a stage. Nobody is asked about them.
func (a *App) stageOutcomes(tx *Tx, o StagedOutcomes) error {
	for _, name := range o.Shown {
		lab, err := a.stageLab(tx, name)
		if err != nil {
			return err
		}
		if !lab.Public {
			lab.Public = true
			tx.put(lab)
		}
	}
	people, err := a.people.all(tx.ctx)
	if err != nil {
		return fmt.Errorf("stage outcomes: %w", err)
	}
	ids := map[string]string{}
	for _, p := range people {
		ids[p.Name] = p.ID
	}
	for _, i := range o.Introductions {
		at := tx.now.AddDate(0, 0, -i.Ago)
		m := &Match{ID: i.ID, Asker: staged(ids, i.Asker), Asked: staged(ids, i.Asked), State: Introduced, AskedAt: at, Began: at, Since: at, Done: []string{workMet, workMetAgain, workClose}}
		if err := stageOnce(tx, KindMatch, m); err != nil {
			return err
		}
	}
	for _, x := range o.Exchanges {
		if err := a.stageExchange(tx, x, ids); err != nil {
			return fmt.Errorf("stage exchange %s: %w", x.ID, err)
		}
	}
	return nil
}

// staged is the id of a person, an invented one where nobody has that name.
func staged(ids map[string]string, name string) string {
	if id := ids[name]; id != "" {
		return id
	}
	return "staged-" + fold(name)
}

// stageOnce puts a document that is not there yet.
func stageOnce[D Document](tx *Tx, kind Kind, doc D) error {
	if _, err := load[D](tx, kind, doc.Ref().ID); !errors.Is(err, errNotFound) {
		return err
	}
	tx.put(doc)
	return nil
}

func (a *App) stageExchange(tx *Tx, x StagedExchange, ids map[string]string) error {
	visiting, err := a.stageLab(tx, x.VisitorLab)
	if err != nil {
		return err
	}
	hosting, err := a.stageLab(tx, x.HostLab)
	if err != nil {
		return err
	}
	first := a.zones.Today(tx.now, calendar.UTC()).AddDays(-x.Began)
	at := func(day int) time.Time { return a.startOf(first.AddDays(day), calendar.UTC()).Add(10 * time.Hour) }
	visitor, host := exchange.Party{Person: staged(ids, x.Visitor), Lab: visiting.ID}, exchange.Party{Person: staged(ids, x.Host), Lab: hosting.ID}
	m := &Match{ID: x.ID + "-met", Asker: visitor.Person, Asked: host.Person, State: Closed, AskedAt: at(-introducedBefore), Began: at(-introducedBefore), EndedAt: at(0)}
	m.Met = map[string]Met{visitor.Person: {Answer: MetYes, At: at(x.Met - introducedBefore)}}
	e := &Exchange{ID: x.ID, Match: m.ID, At: at(-40), Begins: at(0), Ends: at(x.Days)}
	e.Exchange = exchange.Exchange{
		State: exchange.Closed, Version: 1, Numbered: len(x.Goals), Put: at(-40), Agreed: at(-30), Start: first, Began: &exchange.Mark{By: visitor.Person, At: at(0)},
		Terms: exchange.Terms{Kind: exchange.Residency, Visitor: visitor, Host: host, From: first, To: first.AddDays(x.Days)},
		Ended: at(x.Days), Completed: at(x.Days), Completion: exchange.Full, Steps: []exchange.Step{{Move: "T36", At: at(x.Days + 1)}},
	}
	proof := &Evidence{ID: x.ID, Labs: []string{visiting.ID, hosting.ID}, At: at(x.Days)}
	var asked []*FollowUp
	for i, g := range x.Goals {
		giver, receiver, seat := visitor, host, exchange.Host
		if g.Giver == "host" {
			giver, receiver, seat = host, visitor, exchange.Visitor
		}
		goal := stagedGoal(i+1, g, giver, receiver, first, at)
		e.Goals, e.Terms.Goals = append(e.Goals, goal), append(e.Terms.Goals, goal.Pledge)
		if g.Work != nil {
			proof.Last++
			proof.Items = append(proof.Items, Piece{N: proof.Last, Evidence: exchange.Evidence{
				Type: g.Work.Type, Title: g.Work.Title, Where: g.Work.Where, Licence: g.Work.Licence, Openness: exchange.ToAll, Published: first.AddDays(x.Days),
				Goals: []int{i + 1}, Declared: exchange.Mark{By: giver.Person, At: at(x.Days)},
			}})
		}
		asked = append(asked, stagedAnswers(x, i+1, g, receiver.Person, seat, first, at)...)
	}
	baseline := e.Terms
	baseline.Goals = slices.Clone(baseline.Goals)
	e.Baseline = &baseline
	return errors.Join(stageOnce(tx, KindMatch, m), stageOnce(tx, KindExchange, e), stageOnce(tx, KindEvidence, proof), stageAll(tx, asked))
}

func stageAll(tx *Tx, asked []*FollowUp) error {
	for _, f := range asked {
		if err := stageOnce(tx, KindFollowUp, f); err != nil {
			return err
		}
	}
	return nil
}

// stagedGoal is a goal as it became in the end.
func stagedGoal(n int, g StagedGoal, giver, receiver exchange.Party, first calendar.Date, at func(int) time.Time) exchange.Goal {
	goal := exchange.Goal{
		Pledge: exchange.Pledge{N: n, Giver: giver.Lab, Receiver: receiver.Lab, Text: g.Text, Due: first.AddDays(g.Due + g.Moved)},
		State:  g.State, First: first.AddDays(g.Due), Outcome: g.Outcome,
	}
	switch g.State {
	case exchange.GoalVerified:
		goal.Verified = &exchange.Mark{By: receiver.Person, At: at(g.Claimed + 2)}
		goal.Claimed = &exchange.Mark{By: giver.Person, At: at(g.Claimed)}
	case exchange.GoalClaimed:
		goal.Claimed = &exchange.Mark{By: giver.Person, At: at(g.Claimed)}
	case exchange.GoalMissed, exchange.GoalCarried:
		goal.Settling = &exchange.Said{By: giver.Person, At: at(g.Due + 5)}
	case exchange.GoalOpen, exchange.GoalDisputed, exchange.GoalDropped:
	}
	return goal
}

// stagedAnswers are what the receiver said of a goal after the end.
func stagedAnswers(x StagedExchange, n int, g StagedGoal, person string, seat exchange.Seat, first calendar.Date, at func(int) time.Time) []*FollowUp {
	stages := []struct {
		exchange.Stage
		after int
	}{{exchange.Ask30, 30}, {exchange.Ask90, 90}, {exchange.Ask180, 180}}
	var all []*FollowUp
	for i, choice := range g.Kept {
		when := at(x.Days + stages[i].after)
		day := first.AddDays(x.Days + stages[i].after)
		f := &FollowUp{ID: fmt.Sprintf("%s-%s-%d", x.ID, stages[i].Stage, n)}
		f.FollowUp = exchange.FollowUp{
			Exchange: x.ID, Stage: stages[i].Stage, Goal: n, Person: person, Day: day, Seat: seat, State: exchange.Answered, First: when, Settled: when,
			Answer: &exchange.Answer{Choice: choice, By: person, At: when.AddDate(0, 0, 2)},
		}
		all = append(all, f)
	}
	return all
}
