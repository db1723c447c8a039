package bot

import (
	"slices"
	"strings"

	"interlab/matching"
)

// fit says how an opening fits a person, in millionths of a perfect fit, and the
// reasons in their own words, strongest first.
type fit func(o *Opening) (score int64, reasons []matching.Reason)

// fitOf makes the comparison for one person. Each topic of the opening is asked of
// what the person shares and looks for, for all topics count alike; what the lab
// wants to learn counts half of that, for it names no topics of its own.
func (a *App) fitOf(p *Person) fit {
	index := a.people.blank().index
	index.Put(p.topics())
	return func(o *Opening) (int64, []matching.Reason) {
		var all matching.Suggestion
		ask := func(text string, share int64) {
			for _, s := range index.Suggest(matching.Query{Text: text}, 1, nil) {
				all.Score += s.Score / share
				all.Reasons = append(all.Reasons, s.Reasons...)
			}
		}
		for _, topic := range o.Topics {
			ask(topic, int64(len(o.Topics)))
		}
		ask(o.Learn, 2)
		slices.SortStableFunc(all.Reasons, func(x, y matching.Reason) int { return int(y.Score - x.Score) })
		return all.Score, all.Top(maxReasons)
	}
}

// fitLevel is the band of an applicant where a lab ranks nobody: all are wanted,
// those first who share or look for most of what the opening is about.
func fitLevel(score int64) int {
	switch {
	case score >= fitsWell:
		return 0
	case score > 0:
		return 1
	}
	return 2
}

// fitsWell is a score that answers half of an opening's topics.
const fitsWell = 500_000

// fitText says reasons to the person themselves, or of them to a lead; "" where
// nothing speaks for it.
func fitText(reasons []matching.Reason, who string) string {
	if len(reasons) == 0 {
		return ""
	}
	return capital(strings.Join(because(reasons, who+" share", who+" look for", who+" write about"), "; ")) + "."
}
