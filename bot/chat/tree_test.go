package chat

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sample is a small tree with every kind of command and argument.
func sample() *Tree {
	topic := Arg{Name: "topic", Summary: "What it is about", Required: true, Complete: true}
	return &Tree{
		Name: "interlab", Summary: "Find people in other labs", Start: "start",
		Commands: []Command{
			{
				Name: "help", Summary: "What can be typed", Route: "help", Example: "help match",
				Args: []Arg{{Name: "command", Summary: "A command's name"}},
			},
			{Name: "me", Summary: "What is kept about you", Route: "me", Example: "me"},
			{Name: "match", Summary: "Find somebody who knows", Subs: []Command{
				{
					Name: "find", Summary: "Ask who knows a topic", Route: "match.find", Blank: "match.form",
					Example: "match find sparse autoencoders",
					Args: []Arg{
						topic,
						{Name: "role", Summary: "Whom to ask", Kind: ArgChoice, Choices: []string{"student", "Staff", "anybody at all"}},
						{Name: "count", Summary: "How many at most", Kind: ArgNumber},
						{Name: "not", Summary: "Whom not to ask", Kind: ArgPerson},
					},
				},
				{
					Name: "block", Summary: "Never match with somebody", Route: "match.block", Example: `match block "Bo Chen"`,
					Args: []Arg{{Name: "person", Summary: "Who", Kind: ArgPerson, Required: true}},
				},
			}},
			{Name: "goal", Summary: "What labs want to reach", Subs: []Command{
				{
					Name: "add", Summary: "Set a goal", Route: "goal.add", Example: `goal add "Ship it" by March`,
					Args: []Arg{topic, {Name: "note", Summary: "Anything else"}},
				},
			}},
		},
	}
}

func TestSampleTreeIsValid(t *testing.T) {
	t.Parallel()
	if err := sample().Validate(); err != nil {
		t.Errorf("Validate() = %v, want nil", err)
	}
}

func TestLeavesAreListedInOrderWithTheirPaths(t *testing.T) {
	t.Parallel()
	tree := sample()
	var got []string
	for path, leaf := range tree.Leaves() {
		found, ok := tree.Find(path)
		if !ok || found.Route != leaf.Route {
			t.Errorf("Find(%q) = %q, %v, want %q", path, found.Route, ok, leaf.Route)
		}
		got = append(got, strings.Join(path, " "))
	}
	want := []string{"help", "me", "match find", "match block", "goal add"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Leaves() (-want +got):\n%s", diff)
	}
	for n := range want {
		seen := 0
		for range tree.Leaves() {
			seen++
			if seen > n {
				break
			}
		}
		if seen != n+1 {
			t.Errorf("Leaves() yielded %d before the break, want %d", seen, n+1)
		}
	}
}

func TestFindKnowsGroupsAndLeavesInAnyCase(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		path string
		want string
		ok   bool
	}{
		{"match", "match", true},
		{"MATCH Find", "find", true},
		{"", "", false},
		{"mtach", "", false},
		{"match fnd", "match", false},
		{"match find x", "find", false},
	} {
		got, ok := sample().Find(strings.Fields(test.path))
		if got.Name != test.want || ok != test.ok {
			t.Errorf("Find(%q) = %q, %v, want %q, %v", test.path, got.Name, ok, test.want, test.ok)
		}
	}
}

func TestCallsGoToTheirRoutes(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		call Call
		want string
		ok   bool
	}{
		{Call{}, "start", true},
		{Call{Path: []string{"me"}}, "me", true},
		{Call{Path: []string{"match", "find"}}, "match.form", true},
		{Call{Path: []string{"match", "find"}, Args: map[string]string{"topic": "x"}}, "match.find", true},
		{Call{Path: []string{"match"}}, "", false},
		{Call{Path: []string{"nothing"}}, "", false},
	} {
		if got, ok := sample().Route(test.call); got != test.want || ok != test.ok {
			t.Errorf("Route(%+v) = %q, %v, want %q, %v", test.call, got, ok, test.want, test.ok)
		}
	}
}

func TestTextLengthCountsWhatIsSentToPlatforms(t *testing.T) {
	t.Parallel()
	tree := &Tree{Name: "ab", Summary: "cdé", Commands: []Command{
		{Name: "e", Summary: "fg", Subs: []Command{{Name: "h", Summary: "ij", Args: []Arg{
			{Name: "k", Summary: "lm", Choices: []string{"no", "p"}},
		}}}},
	}}
	if got, want := tree.TextLength(), 2+3+1+2+1+2+1+2+2*(2+1); got != want {
		t.Errorf("TextLength() = %d, want %d", got, want)
	}
}
