package calendar

import (
	"cmp"
	"slices"
)

// Criterion is one thing by which the times of a poll are compared.
type Criterion string

// The criteria, in the order in which they count: a later one decides only
// between times that all earlier ones find equal.
const (
	// ByRequired prefers the time to which fewer required people said no.
	ByRequired Criterion = "required"
	// ByComing prefers the time at which more people could come, if need be.
	ByComing Criterion = "coming"
	// ByYes prefers the time to which more people said yes.
	ByYes Criterion = "yes"
	// ByUncivil prefers the time at which fewer of those who could come would have
	// to at uncivil hours; see Uncivil.
	ByUncivil Criterion = "uncivil"
	// ByBurden prefers the time that is at uncivil hours for labs which had fewer
	// such talks before.
	ByBurden Criterion = "burden"
	// ByStart prefers the earlier time.
	ByStart Criterion = "earliest"
	// ByID prefers the lesser id; only times that are the same get there.
	ByID Criterion = "id"
)

// Standing is how one time of a poll fares, and what decided. The lists name
// voters by id, and labs, in alphabetical order; those that nobody is in are nil.
type Standing struct {
	Option
	// Missing are required people who said no, and Unsaid required people who have
	// not said anything.
	Missing, Unsaid []string
	// Yes, IfNeedBe and No count votes, and Silent those who gave none.
	Yes, IfNeedBe, No, Silent int
	// Uncivil are those who could come, but at uncivil hours, and Labs their labs.
	Uncivil, Labs []string
	// Burden is the sum of what Labs bore before.
	Burden int
	// Ahead is what places this time before the next one of the ranking; empty for
	// the last.
	Ahead Criterion
}

// Coming is how many could come: Yes and IfNeedBe.
func (t Standing) Coming() int { return t.Yes + t.IfNeedBe }

// Rank returns the times of a poll, best first, compared lexicographically by the
// criteria above. Equal polls, in whatever order their options and voters are,
// give equal rankings.
func (s *ZoneSet) Rank(p Poll) []Standing {
	ranking := make([]Standing, 0, len(p.Options))
	for _, o := range p.Options {
		ranking = append(ranking, s.standing(p, o))
	}
	slices.SortFunc(ranking, func(a, b Standing) int {
		c, _ := compareStandings(a, b)
		return c
	})
	for i := 1; i < len(ranking); i++ {
		_, ranking[i-1].Ahead = compareStandings(ranking[i-1], ranking[i])
	}
	return ranking
}

// standing counts the votes for one time.
func (s *ZoneSet) standing(p Poll, o Option) Standing {
	t := Standing{Option: o}
	for _, v := range p.Voters {
		vote := v.Votes[o.ID]
		t.count(v, vote)
		if vote.comes() && s.Uncivil(o.Start, p.Length, v.Zone, v.Hours) {
			t.Uncivil = append(t.Uncivil, v.ID)
			t.Labs = append(t.Labs, v.Lab)
		}
	}
	slices.Sort(t.Labs)
	t.Labs = slices.Compact(t.Labs)
	for _, list := range [][]string{t.Missing, t.Unsaid, t.Uncivil} {
		slices.Sort(list)
	}
	for _, lab := range t.Labs {
		t.Burden += p.Burdens[lab]
	}
	return t
}

func (t *Standing) count(v Voter, vote Vote) {
	switch vote {
	case VoteYes:
		t.Yes++
	case VoteIfNeedBe:
		t.IfNeedBe++
	case VoteNo:
		t.No++
		if v.Required {
			t.Missing = append(t.Missing, v.ID)
		}
	default:
		t.Silent++
		if v.Required {
			t.Unsaid = append(t.Unsaid, v.ID)
		}
	}
}

// compareStandings compares two times, and says by what.
func compareStandings(a, b Standing) (int, Criterion) {
	for _, by := range []struct {
		criterion Criterion
		compare   int
	}{
		{ByRequired, cmp.Compare(len(a.Missing), len(b.Missing))},
		{ByComing, cmp.Compare(b.Coming(), a.Coming())},
		{ByYes, cmp.Compare(b.Yes, a.Yes)},
		{ByUncivil, cmp.Compare(len(a.Uncivil), len(b.Uncivil))},
		{ByBurden, cmp.Compare(a.Burden, b.Burden)},
		{ByStart, a.Start.Compare(b.Start)},
	} {
		if by.compare != 0 {
			return by.compare, by.criterion
		}
	}
	return cmp.Compare(a.ID, b.ID), ByID
}
