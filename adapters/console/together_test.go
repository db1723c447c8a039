package console

import (
	"strings"
	"sync"
	"testing"
)

func TestTogetherDeliversAtTheSameMoment(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	f, c := newFake(t, &out)
	f.barrier = &sync.WaitGroup{} // nobody is handled before all three are there
	f.barrier.Add(3)
	script := parsed(t, `
		together
		  ana@slack:curie> one
		  bo@discord:noether> two
		  ana> three [only: console]
		  ana> four [only: slack]
		end
		expect ana: one
		expect ana: three
		expect bo: two
		expect not ana: four`)
	if err := c.Play(t.Context(), script); err != nil {
		t.Fatalf("Play = %v\n%s", err, &out)
	}
	head := "together\nana@slack:curie> one\nbo@discord:noether> two\nana@slack:curie> three\n"
	if got := out.String(); !strings.HasPrefix(got, head) || !strings.HasSuffix(got, "\nend\n") {
		t.Errorf("transcript = %q, want the lines between together and end", got)
	}
}

func TestTogetherCanDeliverOneEventTwice(t *testing.T) {
	t.Parallel()
	f, _ := played(t, `
		ana@slack:curie> counter
		together
		  ana> press "One more"
		  again
		  ana> again
		end
		expect ana: Stands at: 1`)
	if f.done["console:2"] != 3 || f.count != 1 {
		t.Errorf("handled %d times with count %d, want 3 times with count 1", f.done["console:2"], f.count)
	}
}

func TestTogetherPressesWhatWasThereBefore(t *testing.T) {
	t.Parallel()
	f, _ := played(t, `
		ana@slack:curie> counter
		ana #general> counter
		bo@slack:curie>
		together
		  ana> press "One more" on 2
		  bo> press "One more"
		  ana> choose "Five" on 1
		end
		expect bo: Stands at`)
	if f.count != 7 {
		t.Errorf("count = %d, want 7", f.count)
	}
}
