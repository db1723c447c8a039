package bot

import (
	"slices"
	"testing"
	"time"

	"interlab/bot/exchange"
	"interlab/calendar"
)

// visitingDay is the day on which the tests below begin.
func visitingDay() time.Time { return time.Date(2026, time.December, 1, 9, 0, 0, 0, time.UTC) }

// visit is an exchange as the bot keeps it, proposed.
func visit(t *testing.T) (e *Exchange, visitor, host exchange.Party, today calendar.Date) {
	t.Helper()
	visitor, host = exchange.Party{Person: "ana", Lab: "curie"}, exchange.Party{Person: "bo", Lab: "noether"}
	today, err := calendar.ParseDate("2026-12-01")
	if err != nil {
		t.Fatal(err)
	}
	terms := exchange.Terms{Kind: exchange.Short, Visitor: visitor, Host: host, From: today.AddDays(30), To: today.AddDays(40), Goals: []exchange.Pledge{
		{Giver: "curie", Receiver: "noether", Text: "One", Due: today.AddDays(35)},
		{Giver: "noether", Receiver: "curie", Text: "Two", Due: today.AddDays(40)},
	}}
	deal, err := exchange.Propose(terms, visitor, today, visitingDay())
	if err != nil {
		t.Fatal(err)
	}
	return &Exchange{ID: "e1", At: visitingDay(), Exchange: *deal}, visitor, host, today
}

// workNames are the names of what is due, in order.
func workNames(e *Exchange) []string {
	var names []string
	for _, w := range e.Due() {
		if baseName(w.Name) != workAsk {
			names = append(names, w.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestWhatIsDueFollowsFromWhereAnExchangeStands(t *testing.T) {
	t.Parallel()
	e, visitor, host, today := visit(t)
	now := visitingDay()
	step := func(what string, do func() error, want ...string) {
		t.Helper()
		if err := do(); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if got := workNames(e); !slices.Equal(got, want) {
			t.Errorf("Due %s = %v, want %v", what, got, want)
		}
	}
	step("of a proposal", func() error { return nil }, "expire.1", "nudge1.1", "nudge2.1")
	step("of changed terms", func() error { return e.Change(host, 1, e.Terms, today, now) }, "expire.2", "nudge1.2", "nudge2.2")
	e.Begins, e.Ends = now.Add(30*oneDay), now.Add(41*oneDay)
	step("once agreed", func() error { return e.Agree(visitor, 2, today, now) }, joinID("stand", int(e.Begins.Unix())))
	step("once nobody said that it began", func() error { return e.Stand(now) }, "giveup.2")
	step("once begun", func() error {
		return e.ConfirmStart(host, e.Terms.From, e.Terms.From, now)
	}, "last.2")
	step("with an extension on the table", func() error {
		next := e.Terms
		next.To = next.To.AddDays(2)
		return e.Change(host, 2, next, e.Terms.From, now)
	}, "again.3", "drop.3", "last.2")
	step("once that is refused", func() error { return e.Refuse(visitor, 3) }, "last.2")
	step("in a pause", func() error { return e.Pause(visitor, today.AddDays(45), true, today.AddDays(40), now) },
		"pause.1")
	step("with a vacant seat", func() error { return e.Vacate(exchange.Host, now) },
		"pause.1", joinID("seat", 1, int(now.Unix())))
	step("once that is filled", func() error { return e.Fill(exchange.Host, exchange.Party{Person: "fay", Lab: "noether"}, now) },
		"pause.1")
	host.Person = "fay"
	step("after the pause", func() error { return e.Resume(host, today.AddDays(40), now) }, "last.2")
	settle := joinID("settle", int(now.Unix()))
	step("once over", func() error { return e.End(now) }, settle)
	step("once verified", func() error {
		if err := e.Claim(1, visitor, now); err != nil {
			return err
		}
		return e.Verify(1, host, exchange.Alone, now)
	}, settle)
	shut := joinID("shut", int(now.Unix()))
	step("once completed", func() error { return e.Settle(now) }, shut)
	later := now.Add(oneDay)
	step("once opened again", func() error { e.Done = append(e.Done, settle, shut); return e.Reopen("olga", "More came", later) },
		joinID("settle", int(later.Unix())))
	step("once completed again", func() error { return e.Settle(later) }, joinID("shut", int(later.Unix())))
	step("once closed", func() error { return e.Shut(now) })
}

func TestQuestionsArePlannedBeforeAnybodysMorning(t *testing.T) {
	t.Parallel()
	e, _, host, today := visit(t)
	if err := e.Agree(host, 1, today, visitingDay()); err != nil {
		t.Fatal(err)
	}
	planned := 0
	for _, w := range e.Due() {
		if baseName(w.Name) != workAsk {
			continue
		}
		planned++
		first := time.Date(2026, time.December, 31, 0, 0, 0, 0, time.UTC)
		if w.At.After(first.Add(-14 * time.Hour)) {
			t.Errorf("%s is planned at %s, when Kiribati has been up for a while", w.Name, w.At)
		}
	}
	if planned != 2 {
		t.Errorf("%d questions are planned of a visit that is to begin, want one for each of two", planned)
	}
}

func TestNothingIsDueOfWhatCameToNothing(t *testing.T) {
	t.Parallel()
	for _, end := range []func(e *Exchange, visitor, host exchange.Party, today calendar.Date) error{
		func(e *Exchange, visitor, _ exchange.Party, _ calendar.Date) error {
			return e.Decline(visitor, visitingDay())
		},
		func(e *Exchange, _, host exchange.Party, _ calendar.Date) error {
			return e.Decline(host, visitingDay())
		},
		func(e *Exchange, _, _ exchange.Party, _ calendar.Date) error { return e.Lapse(visitingDay()) },
		func(e *Exchange, _, host exchange.Party, today calendar.Date) error {
			if err := e.Agree(host, 1, today, visitingDay()); err != nil {
				return err
			}
			return e.Cancel(host, visitingDay())
		},
	} {
		e, visitor, host, today := visit(t)
		if err := end(e, visitor, host, today); err != nil {
			t.Fatal(err)
		}
		if due := e.Due(); len(due) != 0 {
			t.Errorf("Due in %s = %v, want nothing", e.State, due)
		}
		for _, entry := range e.Entries() {
			if entry.Unique {
				t.Errorf("in %s the pair still holds %s", e.State, entry.Index)
			}
		}
	}
}

func TestAnExchangeIsFoundByItsPeopleAndLabs(t *testing.T) {
	t.Parallel()
	e, _, _, _ := visit(t)
	for _, index := range []string{"exchange.of/ana", "exchange.of/bo", "exchange.lab/curie", "exchange.lab/noether", "exchange.open/ana/bo"} {
		if !slices.ContainsFunc(e.Entries(), func(entry Entry) bool { return entry.Index == index }) {
			t.Errorf("Entries() lack %s", index)
		}
	}
	data, err := encode(e)
	if err != nil {
		t.Fatal(err)
	}
	back, err := decodeAs[*Exchange](Record{Ref: e.Ref(), Version: 1, Data: data})
	if err != nil || back.Terms.Hash() != e.Terms.Hash() || !slices.Equal(workNames(back), workNames(e)) {
		t.Errorf("read back: %v, %v; want the same terms and work", back, err)
	}
}

func TestADashStandsForNothing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		got, want string
	}{
		{ratio(0, 0), "–"},
		{ratio(0, 3), "0 of 3"},
		{figuresText(exchange.Figures{}), "–"},
		{figuresText(exchange.Figures{Planned: 2}), "2 planned; claimed 0 of 2, verified 0 of 2"},
		{figuresText(exchange.Figures{Planned: 1, Dropped: 1}), "1 planned; claimed 0 of 1, verified 0 of 1, dropped 1 of 1"},
		{counts(0, "sent", 0, "answered"), "–"},
		{counts(2, "sent", 1, "answered"), "2 sent; 1 of 2 answered"},
	} {
		if c.got != c.want {
			t.Errorf("said %q, want %q", c.got, c.want)
		}
	}
}

func TestFiguresAreForThoseWhoseLabItIs(t *testing.T) {
	t.Parallel()
	lab := Object{Kind: KindLab, Lab: "curie"}
	for _, c := range []struct {
		what  string
		actor Actor
		want  bool
	}{
		{"a member", Actor{Person: "ana", Lab: "curie"}, true},
		{"somebody of another lab", Actor{Person: "bo", Lab: "noether"}, false},
		{"somebody of no lab", Actor{Person: "cy"}, false},
		{"its lead from elsewhere", Actor{Person: "di", Grants: []Grant{{Lead, "curie"}}}, true},
		{"the lead of another lab", Actor{Person: "di", Lab: "noether", Grants: []Grant{{Lead, "noether"}}}, false},
		{"an organiser", Actor{Person: "olga", Grants: []Grant{{Role: Organiser}}}, true},
	} {
		if got := Can(c.actor, Report, lab); got != c.want {
			t.Errorf("Can(%s, report, curie) = %t, want %t", c.what, got, c.want)
		}
	}
	if Can(Actor{Person: "cy"}, Report, Object{Kind: KindLab}) {
		t.Error("Can(somebody of no lab, report, no lab) = true, want false")
	}
}
