package bot

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"interlab/bot/chat"
)

// allLabs are the labs of the network, by name.
func allLabs(tx *Tx) ([]*Lab, error) {
	labs, err := list[*Lab](tx, Want{List: every(KindLab)})
	if err != nil {
		return nil, fmt.Errorf("list labs: %w", err)
	}
	slices.SortFunc(labs, func(a, b *Lab) int { return strings.Compare(fold(a.Name), fold(b.Name)) })
	return labs, nil
}

// every is the index that the store keeps of all documents of a kind.
func every(kind Kind) string { return "all/" + string(kind) }

// labsHere are the labs that a person may belong to: those of the home that
// they write from, or all where nobody has said whose home it is.
func (rq *request) labsHere() ([]*Lab, error) {
	labs, err := allLabs(rq.tx)
	if err != nil {
		return nil, err
	}
	home, err := rq.ownHome()
	if err != nil {
		return nil, err
	}
	if len(home.Labs) == 0 && !(rq.nowhere() && rq.me.Lab != "") {
		return labs, nil
	}
	return slices.DeleteFunc(labs, func(l *Lab) bool { return !slices.Contains(home.Labs, l.ID) && l.ID != rq.me.Lab }), nil
}

// nowhere reports whether the platform does not tell where the person writes
// from, as in a conversation with the bot alone.
func (rq *request) nowhere() bool { return rq.event.In.Home.ID == "" }

// unseen is what somebody reads who would join from nowhere.
const unseen = "I cannot see from here where you come from. To join, type /interlab start in any channel of your lab's own server: nobody else sees it. Everything else works here, too."

// findLab is the lab of that name, or the only one whose name begins so.
func (rq *request) findLab(name string) (*Lab, error) {
	labs, err := allLabs(rq.tx)
	if err != nil {
		return nil, err
	}
	var near []*Lab
	for _, lab := range labs {
		if fold(lab.Name) == fold(name) {
			return lab, nil
		}
		if strings.HasPrefix(fold(lab.Name), fold(name)) {
			near = append(near, lab)
		}
	}
	switch {
	case len(near) == 1:
		return near[0], nil
	case len(labs) == 0:
		return nil, denied("No lab is set up in this network yet. An organiser does that with: admin lab name:\"…\".")
	case len(near) > 1:
		return nil, denied("Several labs begin like that: %s. Write the whole name.", labNames(near))
	}
	return nil, denied("There is no lab of that name here. These are: %s.", labNames(labs))
}

// labNames lists labs in a sentence; a long list is cut.
func labNames(labs []*Lab) string {
	const most = 12
	var names []string
	for _, lab := range labs[:min(most, len(labs))] {
		names = append(names, lab.Name)
	}
	if len(labs) > most {
		names = append(names, fmt.Sprintf("and %d more", len(labs)-most))
	}
	return strings.Join(names, ", ")
}

// mayChangeLab refuses a lab that does not live where the person writes from:
// nobody speaks for a lab by naming it.
func (rq *request) mayChangeLab(lab *Lab) error {
	if lab.ID == rq.me.Lab {
		return nil
	}
	if rq.nowhere() {
		homes, err := list[*Home](rq.tx, Want{List: homesOf + lab.ID, Limit: 1})
		if err == nil && len(homes) > 0 {
			err = denied("%s", unseen)
		}
		return err
	}
	home, err := rq.ownHome()
	if err != nil {
		return err
	}
	if len(home.Labs) > 0 && !slices.Contains(home.Labs, lab.ID) {
		return denied("%s does not live here, so I cannot put you into it. Write to me from that lab's own workspace or server, or ask an organiser.", lab.Name)
	}
	return nil
}

// personByName finds the one person whom the text means: an account, or a name
// among people whose names the asker may know.
func (rq *request) personByName(text string) (*Person, error) {
	if text == "" { // every name begins so
		return nil, denied("Say who: write a name, or mention the person with @.")
	}
	if account, err := chat.ParseAccount(text); err == nil {
		person, err := owner[*Person](rq.tx, personByAccount(account))
		if errors.Is(err, errNotFound) {
			return nil, denied("I have never met that person. They need to write to me once first.")
		}
		return person, err
	}
	known, err := rq.knownPeople()
	if err != nil {
		return nil, err
	}
	var near []*Person
	for _, p := range known {
		if fold(p.Name) == fold(text) {
			near = append(near, p)
		} else if strings.HasPrefix(fold(p.Name), fold(text)) {
			near = append(near, p)
		}
	}
	switch len(near) {
	case 0:
		return nil, denied("I know nobody of that name whose name you may see. Check the spelling, or mention the person with @.")
	case 1:
		return load[*Person](rq.tx, KindPerson, near[0].ID)
	}
	return nil, denied("Several people are called that: %s. Write the whole name, or mention the person with @.", peopleNames(near))
}

// knownPeople are those whose names the person may see: people who show theirs,
// and people they have been introduced to.
func (rq *request) knownPeople() ([]*Person, error) {
	people, err := rq.app.people.all(rq.ctx)
	if err != nil {
		return nil, err
	}
	met, err := rq.met()
	if err != nil {
		return nil, err
	}
	organises := Can(rq.actor(), Give, Object{Kind: KindPerson})
	var known []*Person
	for _, p := range people {
		if p.ID != rq.me.ID && (organises || met[p.ID] || p.showsName(false) && !p.Joined.IsZero()) {
			known = append(known, p)
		}
	}
	slices.SortFunc(known, func(x, y *Person) int {
		return cmp.Or(strings.Compare(fold(x.Name), fold(y.Name)), strings.Compare(x.ID, y.ID))
	})
	return known, nil
}

func peopleNames(people []*Person) string {
	var names []string
	for _, p := range people {
		names = append(names, p.Name)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}
