package exchange_test

import (
	"testing"
	"unicode/utf8"

	"interlab/bot/exchange"
)

// A card has one row of five buttons, and one of them is "Not now".
func TestEveryQuestionHasTwoToFourAnswers(t *testing.T) {
	t.Parallel()
	for _, stage := range exchange.Stages() {
		choices := stage.Choices()
		if len(choices) < 2 || len(choices) > 4 {
			t.Errorf("%s offers %d answers, want two to four", stage, len(choices))
		}
		seen := map[string]bool{}
		for _, c := range choices {
			if c.Key == "" || seen[c.Key] || utf8.RuneCountInString(c.Label) > 20 {
				t.Errorf("%s offers %+v, which is a second of its key or too long for a button", stage, c)
			}
			seen[c.Key] = true
			if !stage.Offers(c.Key) {
				t.Errorf("%s does not take its own answer %q", stage, c.Key)
			}
		}
	}
	if exchange.Stage("weather").Offers("yes") {
		t.Error("a stage that does not exist takes answers")
	}
}

func TestTheOtherSideIsOfferedWhatItMayKnow(t *testing.T) {
	t.Parallel()
	for _, stage := range exchange.Stages() {
		switch second := stage.SecondHand(); stage {
		case exchange.Ask30, exchange.Ask90, exchange.Ask180:
			if len(second) != len(stage.Choices())+1 || second[len(second)-1].Key != exchange.DontKnow {
				t.Errorf("%s offers the other side %v, want the same and that they do not know", stage, second)
			}
		default:
			if second != nil {
				t.Errorf("%s offers the other side %v, want nothing", stage, second)
			}
		}
	}
}

func TestWhoChangesTheChoicesChangesNobodyElses(t *testing.T) {
	t.Parallel()
	exchange.Ask30.Choices()[0].Key = "changed"
	exchange.Ask30.SecondHand()[0].Key = "changed"
	if got := exchange.Ask30.Choices()[0].Key; got != exchange.Unaided {
		t.Errorf("the first choice is %q, want %q", got, exchange.Unaided)
	}
}
