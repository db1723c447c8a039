package bot_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"interlab/bot"
	"interlab/bot/exchange"
)

// goalsByHand says of a direction what its goals came to, from the documents.
func (w *halfYear) goalsByHand(giver, receiver string) string {
	planned, claimed, verified, helped := 0, 0, 0, 0
	for _, e := range docs[bot.Exchange](w, bot.KindExchange) {
		for _, g := range e.Goals {
			if g.Giver != giver || g.Receiver != receiver {
				continue
			}
			planned++
			if g.Claimed != nil {
				claimed++
			}
			if g.Verified != nil {
				verified++
			}
			if g.Verified != nil && g.Outcome == exchange.WithHelp {
				helped++
			}
		}
	}
	text := fmt.Sprintf("%d planned; claimed %d of %d, verified %d of %d", planned, claimed, planned, verified, claimed)
	if helped > 0 {
		text += fmt.Sprintf(", %d of these with help", helped)
	}
	return text
}

// onTimeByHand counts the goals that were claimed by their days, from the
// documents; the claims of the story are far from midnight in every zone.
func (w *halfYear) onTimeByHand() string {
	all, first, last := 0, 0, 0
	for _, e := range docs[bot.Exchange](w, bot.KindExchange) {
		for _, g := range e.Goals {
			all++
			if g.Verified == nil {
				continue
			}
			day := g.Claimed.At.Format(time.DateOnly)
			if day <= g.First.String() {
				first++
			}
			if day <= g.Due.String() {
				last++
			}
		}
	}
	return fmt.Sprintf("%d of %d by the day agreed first, %d of %d by the day agreed now", first, all, last, all)
}

// metByHand is how many days the one pair of the story waited for its visit.
func (w *halfYear) metByHand() string {
	began := docs[bot.Match](w, bot.KindMatch)[0].Began
	met := docs[bot.Exchange](w, bot.KindExchange)[0].Began.At
	days, soon := int(met.Sub(began).Hours()/24), 0
	if days <= 14 {
		soon = 1
	}
	return fmt.Sprintf("%d days for the one pair that met; within 14 days %d of 1; 0 still waiting", days, soon)
}

// The residency that the conversation script tells, from the plan to half a year
// after its end: what the reports say then is what the documents say.
// Two people are too few for a rate of answers, which is counted by hand in the
// half year of many exchanges.
func TestTheFiguresOfAWholeResidencyAreThoseOfItsDocuments(t *testing.T) {
	t.Parallel()
	story, err := os.ReadFile("testdata/conversations/exchange-after.txt")
	if err != nil {
		t.Fatal(err)
	}
	r := newResidence(t)
	// Messages have other numbers on this stage; the newest such button is meant.
	r.play(strings.Replace(string(story), `press "Done" on 35`, `press "Done"`, 1))
	w := &halfYear{Running: r.Running, t: t, now: r.Now()}
	labs := labIDs(t, r)
	curie, noether := labs["curie"], labs["noether"]
	for _, c := range []struct{ report, who, figure string }{
		{"lab", "ana@slack:curie", "Curie gives: " + w.goalsByHand(curie, noether)},
		{"lab", "ana@slack:curie", "Curie learns: " + w.goalsByHand(noether, curie)},
		{"lab", "ana@slack:curie", "On time: " + w.onTimeByHand()},
		{"lab", "ana@slack:curie", "Still in use: " + w.keptByHand(false)},
		{"lab", "ana@slack:curie", w.metByHand()},
		{"network", "olga@slack:office", "Still in use: " + w.keptByHand(false)},
		{"me", "bo@discord:noether", "Still in use: " + w.keptByHand(true)},
		{"network", "olga@slack:office", "Questions answered: not shown: fewer than 5 people were asked"},
	} {
		r.play(fmt.Sprintf("%[1]s> report %[2]s\nexpect %[1]s: %[3]s\n", c.who, c.report, c.figure))
	}
}
