package bot

import (
	"testing"

	"interlab/bot/exchange"
)

func TestWhatIsNewIsNamed(t *testing.T) {
	t.Parallel()
	e, visitor, host, _ := visit(t)
	was := e.Terms
	for _, c := range []struct {
		want   string
		change func(*exchange.Terms)
	}{
		{"Nothing in them differs from before.", func(*exchange.Terms) {}},
		{"What is new: the kind.", func(x *exchange.Terms) { x.Kind = exchange.Remote }},
		{"What is new: who visits.", func(x *exchange.Terms) { x.Visitor, x.Host = host, visitor }},
		{"What is new: the days.", func(x *exchange.Terms) { x.To = x.To.AddDays(1) }},
		{"What is new: the words of “Three”.", func(x *exchange.Terms) { x.Goals[0].Text = "Three" }},
		{"What is new: the day of “One”.", func(x *exchange.Terms) { x.Goals[0].Due = x.To }},
		{"What is new: a new goal, “Four”.", func(x *exchange.Terms) {
			x.Goals = append(x.Goals, exchange.Pledge{N: 3, Text: "Four"})
		}},
		{"What is new: the days and without “Two”.", func(x *exchange.Terms) { x.From = x.From.AddDays(1); x.Goals = x.Goals[:1] }},
	} {
		now := was
		now.Goals = append([]exchange.Pledge(nil), was.Goals...)
		c.change(&now)
		if got := (cast{}).whatIsNew(was, now).Plain(); got != c.want {
			t.Errorf("whatIsNew = %q, want %q", got, c.want)
		}
	}
}
