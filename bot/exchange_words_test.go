package bot

import (
	"strings"
	"testing"
	"time"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// troupe names the people and labs of the tests' exchange.
func troupe() cast {
	return cast{
		people: map[string]string{"ana": "Ana Ruiz", "bo": "Somebody of Noether"},
		labs:   map[string]string{"curie": "Curie", "noether": "Noether"},
	}
}

func TestAGoalSaysHowItDoes(t *testing.T) {
	t.Parallel()
	e, _, _, today := visit(t)
	p := exchange.Pledge{N: 1, Giver: "curie", Receiver: "noether", Text: "One", Due: today}
	for _, c := range []struct {
		goal exchange.Goal
		in   exchange.State
		on   calendar.Date
		want string
	}{
		{exchange.Goal{State: exchange.GoalOpen}, exchange.Active, today, "open"},
		{exchange.Goal{State: exchange.GoalOpen}, exchange.Active, today.AddDays(1), "open, past its day"},
		{exchange.Goal{State: exchange.GoalOpen}, exchange.Closed, today.AddDays(1), "left open"},
		{exchange.Goal{State: exchange.GoalOpen, Status: exchange.OnTrack}, exchange.Active, today, "on track"},
		{exchange.Goal{State: exchange.GoalOpen, Status: exchange.AtRisk}, exchange.Active, today.AddDays(1), "at risk, past its day"},
		{exchange.Goal{State: exchange.GoalOpen, Status: exchange.Blocked}, exchange.Active, today, "blocked"},
		{exchange.Goal{State: exchange.GoalOpen, Status: exchange.Blocked, Obstacle: "data"}, exchange.Active, today, "blocked: Data"},
		{exchange.Goal{State: exchange.GoalOpen, Status: exchange.Blocked, Obstacle: "gone since"}, exchange.Active, today, "blocked"},
		{exchange.Goal{State: exchange.GoalOpen, Status: exchange.Blocked, Since: visitingDay().AddDate(0, 0, -20)}, exchange.Active, today, "blocked for more than two weeks"},
		{exchange.Goal{State: exchange.GoalDisputed}, exchange.Active, today, "not yet, says the lab that receives"},
		{exchange.Goal{State: exchange.GoalMissed, Settling: &exchange.Said{Text: "no data"}}, exchange.Active, today, "not reached: no data"},
		{exchange.Goal{State: exchange.GoalCarried, Settling: &exchange.Said{Text: "Bo goes on"}}, exchange.Closed, today, "carried over: Bo goes on"},
		{exchange.Goal{State: exchange.GoalClaimed, Found: "it does not scale"}, exchange.Active, today, "it does not work, says Curie: it does not scale; Noether has not confirmed it yet"},
		{exchange.Goal{State: exchange.GoalVerified, Found: "it does not scale"}, exchange.Active, today, "learned that it does not work: it does not scale; confirmed by Noether"},
		{exchange.Goal{State: exchange.GoalVerified, Outcome: exchange.WithHelp}, exchange.Active, today, "done with some help, confirmed by Noether"},
		{exchange.Goal{State: exchange.GoalClaimed}, exchange.Active, today, "done, says Curie; Noether has not confirmed it yet"},
		{exchange.Goal{State: exchange.GoalVerified}, exchange.Closed, today, "done, confirmed by Noether"},
		{exchange.Goal{State: exchange.GoalDropped}, exchange.Cancelled, today, "dropped"},
	} {
		c.goal.Pledge, e.State = p, c.in
		if got := troupe().goalStanding(e, c.goal, c.on); got != c.want {
			t.Errorf("goalStanding(%s %s in %s) = %q, want %q", c.goal.State, c.goal.Status, c.in, got, c.want)
		}
	}
}

func TestAVisitIsToldFromTheReadersSide(t *testing.T) {
	t.Parallel()
	e, _, _, _ := visit(t)
	for _, c := range []struct {
		kind           exchange.Kind
		to, visit, who string
	}{
		{exchange.Short, "ana", "You visit Noether from ", "your short exchange"},
		{exchange.Short, "bo", "Ana visits Noether from ", "Ana's short exchange"},
		{exchange.Remote, "ana", "You work with Noether without travelling, from ", "your remote residency"},
		{exchange.Remote, "bo", "Ana works with Noether without travelling, from ", "Ana's remote residency"},
	} {
		terms := e.Terms
		terms.Kind = c.kind
		if got := troupe().visit(terms, c.to); !strings.HasPrefix(got, c.visit) {
			t.Errorf("visit(%s, %s) = %q, want %q and the days", c.kind, c.to, got, c.visit)
		}
		if got := troupe().whose(terms, c.to); got != c.who {
			t.Errorf("whose(%s, %s) = %q, want %q", c.kind, c.to, got, c.who)
		}
	}
	if got := troupe().first(e.Terms.Host); got != "Somebody of Noether" {
		t.Errorf("first(who has left) = %q, want Somebody of Noether", got)
	}
}

func TestGoalsMoveAlongOnlyWhereTheyMust(t *testing.T) {
	t.Parallel()
	e, _, _, _ := visit(t) // from day 30 to 40, due on days 35 and 40
	was := e.Terms
	for _, c := range []struct{ by, first, second int }{{0, 35, 40}, {-5, 35, 40}, {5, 35, 40}, {6, 41, 40}, {20, 55, 60}} {
		goals := movedAlong(was, was.From.AddDays(c.by))
		first, second := was.From.DaysUntil(goals[0].Due)+30, was.From.DaysUntil(goals[1].Due)+30
		if first != c.first || second != c.second {
			t.Errorf("put off by %d days: due on days %d and %d, want %d and %d", c.by, first, second, c.first, c.second)
		}
	}
	if was.Goals[0].Due != was.From.AddDays(5) || len(movedAlong(was, calendar.Date{})) != 2 {
		t.Error("movedAlong changed the terms that it read, or lost goals of a day that was not read")
	}
}

func TestANoticeCarriesItsNumber(t *testing.T) {
	t.Parallel()
	for notice, want := range map[string]int{numbered(noticeTerms, 12): 12, "terms": 0, "terms.": 0, "terms.x": 0} {
		if name, n := noticeNumber(notice); name != noticeTerms || n != want {
			t.Errorf("noticeNumber(%q) = %q, %d; want terms, %d", notice, name, n, want)
		}
	}
}

// Cards of an exchange fit what every platform takes, however much is in them.
func TestTheFullestCardsAreWellFormed(t *testing.T) {
	t.Parallel()
	e, _, _, today := visit(t)
	e.Terms.Goals = nil
	for n := range 2 * exchange.MaxGoals {
		p := exchange.Pledge{N: n + 1, Giver: "curie", Receiver: "noether", Text: strings.Repeat("ä", exchange.MaxText), Due: e.Terms.To}
		if n%2 == 1 {
			p.Giver, p.Receiver = p.Receiver, p.Giver
		}
		e.Terms.Goals = append(e.Terms.Goals, p)
		e.Goals = append(e.Goals, exchange.Goal{Pledge: p, State: exchange.GoalOpen})
	}
	e.Goals[0].State = exchange.GoalVerified
	e.Goals[0].Verified, e.Goals[0].Claimed = &exchange.Mark{}, &exchange.Mark{}
	next := e.Terms
	next.To = next.To.AddDays(9)
	e.Next = &exchange.Amendment{Version: 9, Terms: next}
	e.Pauses = []exchange.Break{{From: today, Until: today.AddDays(9)}}
	e.Handover = &exchange.Handover{Where: strings.Repeat("ä", exchange.MaxWhere), Share: today}
	e.Vacant = map[exchange.Seat]time.Time{exchange.HostLead: visitingDay()}
	e.Terms.HomeLead, e.Terms.HostLead = exchange.Party{Person: "cy", Lab: "curie"}, exchange.Party{Person: "di", Lab: "noether"}
	app := &App{zones: calendar.Pinned()}
	for _, state := range []exchange.State{
		exchange.Proposed, exchange.Negotiating, exchange.Scheduled, exchange.NotStarted, exchange.Active, exchange.Paused, exchange.WrappingUp, exchange.FollowingUp,
		exchange.Closed, exchange.Declined, exchange.Withdrawn, exchange.Expired, exchange.Cancelled,
	} {
		for _, to := range []string{"ana", "bo", "cy", "di"} {
			reader := &Person{ID: to, Lab: map[string]string{"ana": "curie", "bo": "noether"}[to], Roles: []Grant{{Lead, "curie"}, {Lead, "noether"}}}
			e.State = state
			card := chat.Message{Title: standingOf(state)}
			if state.Open() {
				app.addTerms(&card, e, troupe(), reader)
			} else {
				app.addProgress(&card, e, troupe(), today)
				app.addSteps(&card, e, troupe(), reader, today)
			}
			if err := card.Validate(); err != nil || card.Title == "" {
				t.Errorf("the card in %s for %s, %q: %v", state, to, card.Title, err)
			}
		}
	}
}
