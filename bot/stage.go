package bot

import (
	"context"
	"errors"
	"fmt"

	"interlab/bot/chat"
)

// Enter makes sure that a home is known and has a lab, named like the home
// where nobody has named one. It is how people come onto a stage: in scripts
// and in a sample network, where there is no administrator to ask.
func (a *App) Enter(ctx context.Context, home chat.Home, lab string) error {
	_, err := a.update(ctx, change{verb: "stage"}, func(tx *Tx) (chat.Message, error) {
		_, err := a.settleHome(tx, home, lab)
		return chat.Message{}, err
	})
	if err != nil {
		return fmt.Errorf("enter %s: %w", home, err)
	}
	return nil
}

// settleHome is the lab of that name, living in that home.
func (a *App) settleHome(tx *Tx, at chat.Home, name string) (*Lab, error) {
	rq := &request{app: a, tx: tx, ctx: tx.ctx, now: tx.now}
	home, err := rq.homeAt(at)
	if err != nil {
		return nil, err
	}
	if name == "" && len(home.Labs) > 0 {
		return load[*Lab](tx, KindLab, home.Labs[0])
	}
	if name == "" {
		name = capital(at.ID)
	}
	lab, err := owner[*Lab](tx, labByName(name))
	if errors.Is(err, errNotFound) {
		lab = &Lab{Name: name}
		lab.ID, err = a.ids.id()
		tx.put(lab)
	}
	if err != nil {
		return nil, err
	}
	if home.addLab(lab.ID) {
		tx.put(home)
	}
	return lab, nil
}

// Newcomer is a person as they are put onto a stage.
type Newcomer struct {
	Name    string            `json:"name"`
	Account chat.Account      `json:"account"`
	Home    chat.Home         `json:"home"`
	Lab     string            `json:"lab"`
	Values  map[string]string `json:"values"` // as the profile's forms have them
}

// Populate joins people who are not known yet, one commit each, and says how
// many were new.
func (a *App) Populate(ctx context.Context, people []Newcomer) (int, error) {
	added := 0
	for _, n := range people {
		isNew := false
		_, err := a.update(ctx, change{verb: "stage"}, func(tx *Tx) (chat.Message, error) {
			var err error
			isNew, err = a.populate(tx, n)
			return chat.Message{}, err
		})
		if err != nil {
			return added, fmt.Errorf("populate %s: %w", n.Account, err)
		}
		if isNew {
			added++
		}
	}
	return added, nil
}

func (a *App) populate(tx *Tx, n Newcomer) (bool, error) {
	_, err := owner[*Person](tx, personByAccount(n.Account))
	if !errors.Is(err, errNotFound) {
		return false, err
	}
	if problems := profileProblems(n.Values); len(problems) > 0 {
		return false, denied("%s: %s", problems[0].Field, problems[0].Text)
	}
	lab, err := a.settleHome(tx, n.Home, n.Lab)
	if err != nil {
		return false, err
	}
	person := &Person{Name: n.Name, Accounts: []chat.Account{n.Account}, Lab: lab.ID, Joined: tx.now}
	if person.ID, err = a.ids.id(); err != nil {
		return false, err
	}
	tx.put(person)
	return true, person.apply(n.Values)
}
