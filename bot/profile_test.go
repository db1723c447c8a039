package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"interlab/bot/chat"
)

func TestTopicsAreReadAsPeopleTypeThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"":                               nil,
		" , ;\n":                         nil,
		"topology":                       {"topology"},
		"a, b;c\nd":                      {"a", "b", "c", "d"},
		"  graph   neural networks ,  x": {"graph neural networks", "x"},
		"RLHF, rlhf,  Rlhf ":             {"RLHF"},
		"Straße, STRASSE":                {"Straße"},
	} {
		if diff := cmp.Diff(want, splitTopics(text), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("splitTopics(%q) differs (-want +got):\n%s", text, diff)
		}
	}
}

// A profile that is shown in a form and sent back unchanged stays the same.
func TestTopicsSurviveTheForm(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		topics := splitTopics(rapid.String().Draw(t, "typed"))
		if again := splitTopics(strings.Join(topics, ", ")); !slices.Equal(topics, again) {
			t.Errorf("splitTopics(what a form shows of %q) = %q, want the same", topics, again)
		}
	})
}

func TestEveryProblemOfAProfileIsNamedAtOnceAndInOrder(t *testing.T) {
	t.Parallel()
	many := strings.TrimSuffix(strings.Repeat("topic %d,", maxTopics+1), ",")
	numbers := make([]any, maxTopics+1)
	for i := range numbers {
		numbers[i] = i
	}
	problems := profileProblems(map[string]string{
		"contact": strings.Repeat("x", maxContact+1), "about": strings.Repeat("ß", maxAbout+1), "hours": "whenever",
		"zone": "Atlantis", "seeks": fmt.Sprintf(many, numbers...), "shares": strings.Repeat("y", maxTopic+1), "show": "name", "lab": "L",
	})
	var fields []string
	for _, p := range problems {
		fields = append(fields, p.Field)
	}
	if want := []string{"shares", "seeks", "zone", "hours", "about", "contact"}; !slices.Equal(fields, want) {
		t.Errorf("profileProblems names %q, want %q", fields, want)
	}
	if !strings.Contains(problems[1].Text, "That is 21 topics. Keep the 20") {
		t.Errorf("the problem of too many topics reads %q", problems[1].Text)
	}
}

func TestTheLimitsOfAProfileAreThemselvesAllowed(t *testing.T) {
	t.Parallel()
	values := map[string]string{
		"shares": strings.Repeat("ü", maxTopic), "about": strings.Repeat("ü", maxAbout), "contact": strings.Repeat("ü", maxContact), "zone": "", "hours": "",
	}
	if problems := profileProblems(values); len(problems) != 0 {
		t.Errorf("profileProblems(values at their limits) = %v, want none", problems)
	}
}

// What a form shows of a profile, sent back, changes nothing.
func TestAProfileSurvivesItsForm(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := documents[KindPerson].Draw(t, "person").(*Person)
		for _, list := range []*[]string{&p.Shares, &p.Seeks} {
			*list = splitTopics(strings.Join(*list, ","))
		}
		p.About, p.Contact = chat.Clean(p.About), chat.CleanLine(p.Contact)
		before := *p
		if err := p.apply(p.values("Lab")); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(&before, p, inside); diff != "" {
			t.Errorf("apply(values) changes a profile (-before +after):\n%s", diff)
		}
	})
}

func TestWhatAProfileLacksIsNamedOneAtATime(t *testing.T) {
	t.Parallel()
	full := func() *Person { return &Person{Lab: "l", Seeks: []string{"x"}, Zone: paris} }
	for want, edit := range map[string]func(p *Person){
		"":                                   func(*Person) {},
		"your lab":                           func(p *Person) { p.Lab, p.Seeks = "", nil },
		"a topic that you share or look for": func(p *Person) { p.Seeks = nil },
		"your city or time zone":             func(p *Person) { p.Zone = (&Person{}).Zone },
	} {
		p := full()
		edit(p)
		if got := p.lacks(); got != want {
			t.Errorf("lacks() = %q, want %q", got, want)
		}
	}
}

func TestWhoCanBeFound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		p    Person
		want bool
	}{
		{"somebody who joined", Person{Joined: noon}, true},
		{"somebody who only looked around", Person{}, false},
		{"somebody paused", Person{Joined: noon, Paused: noon.Add(1)}, false},
		{"somebody whose pause has ended", Person{Joined: noon, Paused: noon.Add(-1)}, true},
		{"somebody asked three times", Person{Joined: noon, Asked: []string{"1", "2", "3"}}, false},
		{"somebody asked twice", Person{Joined: noon, Asked: []string{"1", "2"}}, true},
	} {
		if got := c.p.findable(noon); got != c.want {
			t.Errorf("findable(%s) = %v, want %v", c.name, got, c.want)
		}
	}
}

func TestWhoIsNeverShownToWhom(t *testing.T) {
	t.Parallel()
	one := &Person{ID: "1", Lab: "a"}
	for _, c := range []struct {
		name  string
		other *Person
		want  bool
	}{
		{"themselves", one, true},
		{"their own lab", &Person{ID: "2", Lab: "a"}, true},
		{"another lab", &Person{ID: "2", Lab: "b"}, false},
		{"no lab", &Person{ID: "2"}, false},
		{"somebody who blocked them", &Person{ID: "2", Lab: "b", Blocks: []string{"1"}}, true},
	} {
		if got, back := apart(one, c.other), apart(c.other, one); got != c.want || back != c.want {
			t.Errorf("apart(%s) = %v and %v, want %v both ways", c.name, got, back, c.want)
		}
	}
}
