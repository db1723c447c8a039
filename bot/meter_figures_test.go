package bot_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// What the network is for is counted by its verbs: matches, answers to talks,
// goals.
func TestMatchesAnswersAndGoalsAreCountedByTheirVerbs(t *testing.T) {
	t.Parallel()
	th, d := newTheatre(t), &dials{}
	th.app.Watch(d)
	th.play(`bo@discord:noether> profile set shares:"sparse autoencoders" zone:Copenhagen contact:"bo@noether.example" show:name
		ana@slack:curie> profile set seeks:"sparse autoencoders" zone:Paris contact:"ana@curie.example" show:name
		ana> match find topic:"sparse autoencoders" kind:residency
		ana> press "Ask Bo"
		bo> press "Yes, introduce us"
		ana> press "Plan an exchange"
		ana> fill kind="residency" visitor="me" from="in 3 weeks" to="in 8 weeks"
		ana> press "Both in one form"
		ana> fill give="Noether can run our tests" giveby="in 7 weeks" get="Curie can train its own" getby="in 7 weeks"
		bo> press "Agree"
		ana> colloquium propose title:"Moss" speaker:"Ana" when:"in 3 weeks 15:00"
		ana> press "Announce"
		ana> press "Show the talk"
		ana> press "I will come"
		bo> colloquium rsvp talk:"Moss" answer:yes`)
	got := d.take()
	for _, want := range []string{"changed match.ask", "changed match.yes", "changed exchange.agree", "changed exchange.goals.sent", "changed colloquium.rsvp", "changed colloquium.come"} {
		if got[want] == 0 {
			t.Errorf("%q was not counted among %v", want, slices.Sorted(maps.Keys(got)))
		}
	}
}

// The number of figures must not grow with people or with what they type.
func TestFiguresAreBoundedWhateverPeopleType(t *testing.T) {
	t.Parallel()
	labels := func(people int) []string {
		w, d := watched(t)
		w.anaAndBo()
		for i := range people {
			for _, text := range []string{"x%d find", "match find topic%d", "match nobody%d", "match find kind:k%d topic:x", "profile set zone:Mars/%d"} {
				w.line(ana, fmt.Sprintf(text, i))
			}
		}
		w.settle()
		kept := map[string]bool{}
		for label := range d.take() {
			if kind, _, _ := strings.Cut(label, " "); kind != "worked" { // ends with how late it was
				kept[label] = true
			}
		}
		return slices.Sorted(maps.Keys(kept))
	}
	few, many := labels(2), labels(20)
	for _, label := range many {
		if !slices.Contains(few, label) {
			t.Errorf("figure %q is there with twenty texts and not with two", label)
		}
	}
}
