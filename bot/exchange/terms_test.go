package exchange_test

import (
	"strings"
	"testing"

	"interlab/bot/exchange"
	"interlab/calendar"
)

func TestTermsThatCannotBeAreRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		what   string
		change func(*exchange.Terms)
		want   exchange.Reason
	}{
		{"a colloquium", func(x *exchange.Terms) { x.Kind = "colloquium" }, exchange.BadKind},
		{"with oneself", func(x *exchange.Terms) { x.Host.Person = x.Visitor.Person }, exchange.SamePerson},
		{"within a lab", func(x *exchange.Terms) { x.Host.Lab = x.Visitor.Lab }, exchange.SameLab},
		{"without a lab", func(x *exchange.Terms) { x.Host.Lab = "" }, exchange.SameLab},
		{"no first day", func(x *exchange.Terms) { x.From = calendar.Date{} }, exchange.BadDates},
		{"no last day", func(x *exchange.Terms) { x.To = calendar.Date{} }, exchange.BadDates},
		{"yesterday", func(x *exchange.Terms) { x.From = today().AddDays(-1) }, exchange.BadDates},
		{"reversed", func(x *exchange.Terms) { x.From, x.To = x.To, x.From }, exchange.BadDates},
		{"in three years", func(x *exchange.Terms) { x.From = today().AddDays(1000); x.To = x.From }, exchange.BadDates},
		{"for three years", func(x *exchange.Terms) { x.To = x.From.AddDays(1000) }, exchange.BadDates},
		{"a goal within a lab", func(x *exchange.Terms) { x.Goals[0].Receiver = "curie" }, exchange.SameLab},
		{"a goal of another lab", func(x *exchange.Terms) { x.Goals[0].Receiver = "hopper" }, exchange.SameLab},
		{"a goal without text", func(x *exchange.Terms) { x.Goals[0].Text = "" }, exchange.BadText},
		{"a goal of 10,000 runes", func(x *exchange.Terms) { x.Goals[0].Text = strings.Repeat("ä", 10000) }, exchange.BadText},
		{"a goal without a day", func(x *exchange.Terms) { x.Goals[0].Due = calendar.Date{} }, exchange.BadDue},
		{"a goal due before", func(x *exchange.Terms) { x.Goals[0].Due = x.From.AddDays(-1) }, exchange.BadDue},
		{"a goal due in years", func(x *exchange.Terms) { x.Goals[0].Due = x.To.AddDays(181) }, exchange.BadDue},
		{"one way only", func(x *exchange.Terms) { x.Goals = x.Goals[:1] }, exchange.OneWay},
		{"no goals", func(x *exchange.Terms) { x.Goals = nil }, exchange.OneWay},
		{"six goals one way", func(x *exchange.Terms) {
			for range exchange.MaxGoals {
				x.Goals = append(x.Goals, x.Goals[0])
			}
		}, exchange.TooMany},
		{"a short exchange of 15 days", func(x *exchange.Terms) {
			x.Kind, x.To = exchange.Short, x.From.AddDays(14)
			x.Goals[0].Due, x.Goals[1].Due = x.To, x.To
		}, exchange.BadDates},
		{"a sabbatical with one goal each way", func(x *exchange.Terms) { x.Kind = exchange.Sabbatical }, exchange.OneWay},
		{"121 runes of what shows it", func(x *exchange.Terms) { x.Goals[0].Shown = strings.Repeat("ä", 121) }, exchange.BadText},
		{"two goals of one number", func(x *exchange.Terms) { x.Goals[0].N, x.Goals[1].N = 7, 7 }, exchange.NoGoal},
	} {
		terms := plan()
		c.change(&terms)
		_, err := exchange.Propose(terms, ana(), today(), start())
		refuses(t, "Propose("+c.what+")", err, c.want)
	}
}

func TestTermsAtTheirLimitsAreTaken(t *testing.T) {
	t.Parallel()
	for what, change := range map[string]func(*exchange.Terms){
		"from today": func(x *exchange.Terms) { x.From = today() },
		"a fortnight": func(x *exchange.Terms) {
			x.Kind, x.To = exchange.Short, x.From.AddDays(13)
			x.Goals[0].Due, x.Goals[1].Due = x.To, x.To
		},
		"a single day":     func(x *exchange.Terms) { x.To = x.From; x.Goals[0].Due = x.From },
		"200 runes":        func(x *exchange.Terms) { x.Goals[0].Text = strings.Repeat("ä", exchange.MaxText) },
		"the last day due": func(x *exchange.Terms) { x.Goals[0].Due = x.To.AddDays(x.Kind.FollowDays()) },
		"five goals": func(x *exchange.Terms) {
			for range exchange.MaxGoals - 1 {
				x.Goals = append(x.Goals, x.Goals[0])
			}
		},
	} {
		terms := plan()
		change(&terms)
		if _, err := exchange.Propose(terms, ana(), today(), start()); err != nil {
			t.Errorf("Propose(%s) = %v, want no error", what, err)
		}
	}
}

func TestHashTellsTermsApart(t *testing.T) {
	t.Parallel()
	one, same := plan(), plan()
	if one.Hash() != same.Hash() {
		t.Error("equal terms have different hashes")
	}
	seen := map[string]string{plan().Hash(): "as they were"}
	for what, change := range map[string]func(*exchange.Terms){
		"kind":     func(x *exchange.Terms) { x.Kind = exchange.Short },
		"places":   func(x *exchange.Terms) { x.Visitor, x.Host = x.Host, x.Visitor },
		"first":    func(x *exchange.Terms) { x.From = x.From.AddDays(1) },
		"last":     func(x *exchange.Terms) { x.To = x.To.AddDays(1) },
		"text":     func(x *exchange.Terms) { x.Goals[0].Text += "." },
		"due":      func(x *exchange.Terms) { x.Goals[0].Due = x.Goals[0].Due.AddDays(1) },
		"shown":    func(x *exchange.Terms) { x.Goals[0].Shown = "a run" },
		"lead":     func(x *exchange.Terms) { x.HomeLead = cy() },
		"one way":  func(x *exchange.Terms) { x.OneWay = "so" },
		"way":      func(x *exchange.Terms) { g := &x.Goals[0]; g.Giver, g.Receiver = g.Receiver, g.Giver },
		"no dates": func(x *exchange.Terms) { x.From = calendar.Date{} },
	} {
		terms := plan()
		change(&terms)
		if other, ok := seen[terms.Hash()]; ok {
			t.Errorf("terms with another %s have the hash of those with another %s", what, other)
		}
		seen[terms.Hash()] = what
	}
}

func TestEveryKindHasALabelAndAnEnd(t *testing.T) {
	t.Parallel()
	for _, kind := range exchange.Kinds() {
		if !kind.Known() || kind.Label() == "" || kind.FollowDays() < 90 || kind.Least() < 1 || kind.LeadsSign() == (kind == exchange.Short) {
			t.Errorf("kind %s: known %t, label %q, followed for %d days", kind, kind.Known(), kind.Label(), kind.FollowDays())
		}
	}
}

// Terms that were kept before leads, reasons and shown texts were part of them
// have the hash that was signed then.
func TestAnOldHashStillHolds(t *testing.T) {
	t.Parallel()
	terms := plan()
	terms.Goals[0].N, terms.Goals[1].N = 1, 2
	const kept = "171b3e3506ed3837628c3fcab9ed3777218ae1c81fed957eb7f2187d3c5dfe32"
	if got := terms.Hash(); got != kept {
		t.Errorf("Hash() = %s, want %s as it was signed before", got, kept)
	}
}
