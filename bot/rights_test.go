package bot

import (
	"slices"
	"strings"
	"testing"
)

// The rights, a line for each verb on each kind that anybody has a right to.
// What does not stand here is refused to everybody.
const rightsTable = `
verb      kind         nobody  other  own  lead  elsewhere  organiser  operator
look      person       yes     yes    yes  yes   yes        yes        yes
ask       search       -       -      yes  -     -          -          -
answer    match        -       -      yes  -     -          -          -
settle    match        -       -      yes  -     -          -          -
withdraw  match        -       -      yes  -     -          -          -
edit      person       -       -      yes  -     -          -          -
edit      draft        -       -      yes  -     -          -          -
create    lab          -       -      -    -     -          yes        yes
edit      lab          -       -      -    yes   -          yes        yes
edit      home         -       -      -    yes   -          yes        yes
give      person       -       -      -    -     -          yes        yes
look      exchange     -       -      yes  -     -          -          -
answer    exchange     -       -      yes  -     -          -          -
edit      exchange     -       -      yes  -     -          -          -
settle    exchange     -       -      yes  -     -          -          -
name      exchange     -       -      yes  yes   -          yes        -
report    exchange     -       -      -    -     -          yes        yes
watch     home         -       -      -    -     -          yes        yes
bind      home         -       -      yes  -     -          yes        yes
create    colloquium   -       yes    yes  yes   -          yes        yes
edit      colloquium   -       -      yes  yes   -          yes        yes
settle    colloquium   -       -      -    -     -          yes        yes
edit      rules        -       -      -    -     -          yes        yes
settle    poll         -       -      yes  yes   -          yes        yes
create    round        -       -      -    -     -          yes        yes
edit      round        -       -      -    -     -          yes        yes
join      round        yes     yes    yes  yes   yes        yes        yes
report    lab          -       yes    yes  yes   -          yes        -
create    opening      -       -      -    yes   -          -          -
edit      opening      -       -      -    yes   -          -          -
edit      application  -       -      yes  -     -          -          -
answer    application  -       -      yes  -     -          -          -
settle    placement    -       -      -    -     -          yes        yes
edit      following    -       -      yes  -     -          -          -
edit      evidence     -       -      yes  -     -          -          -
report    person       -       -      yes  -     -          -          -
join      colloquium   yes     yes    yes  yes   yes        yes        yes
answer    colloquium   -       -      yes  -     -          -          -
ask       colloquium   yes     yes    yes  yes   yes        yes        yes
answer    question     -       -      yes  yes   -          yes        yes
join      attendance   yes     yes    yes  yes   yes        yes        yes
join      poll         yes     yes    yes  yes   yes        yes        yes
create    application  yes     yes    yes  yes   yes        yes        yes
answer    followup     -       -      yes  -     -          -          -
join      exchange     -       -      yes  -     -          -          -
settle    story        -       -      yes  -     -          -          -
answer    link         -       -      yes  -     -          -          -
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
	for _, r := range allowed {
		all = append(all, r.verb)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// A verb on a kind has one line, in the rules and in the table: of two that
// differ, one would hold and the other be believed.
func TestEveryRightStandsOnce(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, r := range allowed {
		if key := string(r.verb) + " " + string(r.kind); seen[key] || len(r.to) == 0 {
			t.Errorf("%s: stands twice or is nobody's", key)
		} else {
			seen[key] = true
		}
	}
	lines := strings.Split(strings.TrimSpace(rightsTable), "\n")[1:]
	if len(lines) != len(allowed) {
		t.Errorf("the table has %d lines, want one for each of the %d rules", len(lines), len(allowed))
	}
	for _, line := range lines {
		cells := strings.Fields(line)
		if key := cells[0] + " " + cells[1]; !seen[key] {
			t.Errorf("%s: stands twice in the table, or in no rule", key)
		} else {
			delete(seen, key)
		}
		for _, cell := range cells[2:] {
			if cell != "yes" && cell != "-" {
				t.Errorf("%s %s: a cell says %q, want yes or -", cells[0], cells[1], cell)
			}
		}
	}
}

// Nobody is concerned by a thing of nobody, and nobody leads a thing of no lab.
func TestRightsNeedSomethingToHoldOnTo(t *testing.T) {
	t.Parallel()
	for _, actor := range []Actor{{}, {Grants: []Grant{{Role: Lead}}}} {
		for _, r := range allowed {
			if slices.Contains(r.to, anybody) {
				continue
			}
			if Can(actor, r.verb, Object{Kind: r.kind, People: []string{""}}) {
				t.Errorf("Can(%+v, %s, a %s of nobody) = true, want false", actor, r.verb, r.kind)
			}
		}
	}
}
