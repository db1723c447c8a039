package bot

import (
	"slices"
	"strings"
	"testing"
)

// The rights, a line for each verb on each kind that anybody has a right to.
// What does not stand here is refused to everybody.
const rightsTable = `
verb      kind      nobody  other  own  lead  elsewhere  organiser  operator
look      person    yes     yes    yes  yes   yes        yes        yes
ask       search    -       -      yes  -     -          -          -
answer    match     -       -      yes  -     -          -          -
settle    match     -       -      yes  -     -          -          -
withdraw  match     -       -      yes  -     -          -          -
edit      person    -       -      yes  -     -          -          -
edit      draft     -       -      yes  -     -          -          -
create    lab       -       -      -    -     -          yes        yes
edit      lab       -       -      -    yes   -          yes        yes
edit      home      -       -      -    yes   -          yes        yes
give      person    -       -      -    -     -          yes        yes
look      exchange  -       -      yes  -     -          -          -
answer    exchange  -       -      yes  -     -          -          -
edit      exchange  -       -      yes  -     -          -          -
settle    exchange  -       -      yes  -     -          -          -
name      exchange  -       -      yes  yes   -          yes        -
report    exchange  -       -      -    -     -          yes        yes
watch     home      -       -      -    -     -          yes        yes
bind      home      -       -      yes  -     -          yes        yes
create    colloquium  -     yes    yes  yes   -          yes        yes
edit      colloquium  -     -      yes  yes   -          yes        yes
settle    colloquium  -     -      -    -     -          yes        yes
edit      rules       -     -      -    -     -          yes        yes
settle    poll        -     -      yes  yes   -          yes        yes
create    round     -       -      -    -     -          yes        yes
edit      round     -       -      -    -     -          yes        yes
join      round     yes     yes    yes  yes   yes        yes        yes
report    lab       -       yes    yes  yes   -          yes        -
create    opening      -    -      -    yes   -          -          -
edit      opening      -    -      -    yes   -          -          -
edit      application  -    -      yes  -     -          -          -
answer    application  -    -      yes  -     -          -          -
settle    placement    -    -      -    -     -          yes        yes
edit      evidence     -    -      yes  -     -          -          -
`

// actors are what the columns of the table mean, to an object of the person
// "me" and the lab "here".
var actors = map[string]Actor{
	"nobody":    {},
	"other":     {Person: "you", Lab: "here"},
	"own":       {Person: "me", Lab: "here"},
	"lead":      {Person: "you", Lab: "here", Grants: []Grant{{Role: Lead, Lab: "here"}}},
	"elsewhere": {Person: "you", Lab: "there", Grants: []Grant{{Role: Lead, Lab: "there"}, {Role: Lead}}},
	"organiser": {Person: "you", Lab: "there", Grants: []Grant{{Role: Organiser}}},
	"operator":  {Person: "you", Lab: "there", Grants: []Grant{{Role: Operator}}},
}

// granted reads the table: verb, kind and column of every yes.
func granted() map[[3]string]bool {
	lines := strings.Split(strings.TrimSpace(rightsTable), "\n")
	columns := strings.Fields(lines[0])
	yes := map[[3]string]bool{}
	for _, line := range lines[1:] {
		cells := strings.Fields(line)
		for i, cell := range cells[2:] {
			yes[[3]string{cells[0], cells[1], columns[i+2]}] = cell == "yes"
		}
	}
	return yes
}

func TestEveryRightStandsInTheTable(t *testing.T) {
	t.Parallel()
	yes := granted()
	for _, verb := range verbs() {
		for _, kind := range sortedKinds() {
			for column, actor := range actors {
				want := yes[[3]string{string(verb), string(kind), column}]
				if got := Can(actor, verb, Object{Kind: kind, People: []string{"me"}, Lab: "here"}); got != want {
					t.Errorf("Can(%s, %s, %s) = %v, want %v as in the table", column, verb, kind, got, want)
				}
			}
		}
	}
}

// verbs are all that the rules and the table speak of, and one that nobody knows.
func verbs() []Verb {
	all := []Verb{Look, Ask, Answer, Withdraw, Settle, Edit, Create, Give, "fly"}
	for rule := range allowed {
		all = append(all, rule.verb)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Every verb that a use case asks for is somebody's right: one that stands in
// no rule is a button that never works.
func TestEveryVerbIsSomebodysRight(t *testing.T) {
	t.Parallel()
	for _, verb := range []Verb{Look, Ask, Answer, Withdraw, Settle, Edit, Create, Give} {
		if !slices.ContainsFunc(sortedKinds(), func(kind Kind) bool { return len(allowed[rule{verb, kind}]) > 0 }) {
			t.Errorf("nobody may %s anything", verb)
		}
	}
}

// Nobody is concerned by a thing of nobody, and nobody leads a thing of no lab.
func TestRightsNeedSomethingToHoldOnTo(t *testing.T) {
	t.Parallel()
	for _, actor := range []Actor{{}, {Grants: []Grant{{Role: Lead}}}} {
		for rule, standings := range allowed {
			if slices.Contains(standings, anybody) {
				continue
			}
			if Can(actor, rule.verb, Object{Kind: rule.kind, People: []string{""}}) {
				t.Errorf("Can(%+v, %s, a %s of nobody) = true, want false", actor, rule.verb, rule.kind)
			}
		}
	}
}
