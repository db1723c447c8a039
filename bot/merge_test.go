package bot

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"interlab/bot/chat"
	"interlab/calendar"
)

var mergeDay = time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)

// somePerson draws a person with that id.
func somePerson(t *rapid.T, id string) *Person {
	ids := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "c", "d"}), 0, 4, rapid.ID[string])
	p := &Person{
		ID: id, Name: "Name " + id, Lab: rapid.SampledFrom([]string{"", "lab"}).Draw(t, "lab"),
		Shares: rapid.SliceOfN(rapid.SampledFrom([]string{"x", "y"}), 0, 2).Draw(t, "shares"),
		About:  rapid.SampledFrom([]string{"", "about " + id}).Draw(t, "about"),
		Blocks: drop(ids.Draw(t, "blocks"), id),
		Asking: rapid.SliceOfN(rapid.Just("m"+id), 0, 1).Draw(t, "asking"),
		Roles:  rapid.SliceOfN(rapid.Just(Grant{Role: Organiser}), 0, 1).Draw(t, "roles"),
	}
	for _, name := range []string{"search", "talk"} {
		if minutes := rapid.IntRange(0, 10).Draw(t, "minutes"); minutes > 0 {
			if p.Spent == nil {
				p.Spent = map[string]time.Time{}
			}
			p.Spent[name] = mergeDay.Add(time.Duration(minutes) * time.Minute)
		}
	}
	for i := range rapid.IntRange(1, 2).Draw(t, "accounts") {
		p.Accounts = append(p.Accounts, chat.Account{Platform: "p", User: fmt.Sprint(id, i)})
	}
	switch rapid.IntRange(0, 2).Draw(t, "state") {
	case 1:
		p.Joined = mergeDay.Add(-time.Hour)
	case 2:
		p.Listed = &Listing{By: "Olga", At: mergeDay}
	}
	if rapid.Bool().Draw(t, "zone") {
		p.Zone = calendar.UTC()
	}
	return p
}

// Whoever the two were, together they lose nothing but what one of them has
// already, and what is left of the second one can be found by nobody.
func TestAbsorbingLosesNothingAndLeavesAHusk(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		first, second := somePerson(t, "a"), somePerson(t, "b")
		one, two := *first, *second
		one.Blocks, two.Blocks = slices.Clone(one.Blocks), slices.Clone(two.Blocks)
		one.Spent, two.Spent = maps.Clone(one.Spent), maps.Clone(two.Spent)
		first.absorb(second, mergeDay)
		for _, account := range slices.Concat(one.Accounts, two.Accounts) {
			if !slices.Contains(first.Accounts, account) {
				t.Errorf("account %s is lost", account)
			}
		}
		if first.Accounts[0] != two.Accounts[0] {
			t.Errorf("the first account is %s, want the one that was used last, %s", first.Accounts[0], two.Accounts[0])
		}
		for _, id := range slices.Concat(one.Blocks, two.Blocks) {
			if (id == "a" || id == "b") == slices.Contains(first.Blocks, id) {
				t.Errorf("blocks of %v and %v become %v", one.Blocks, two.Blocks, first.Blocks)
			}
		}
		if first.inNetwork() != (one.inNetwork() || two.inNetwork()) || first.Joined.IsZero() != (one.Joined.IsZero() && two.Joined.IsZero()) {
			t.Errorf("joined %v and %v, listed %v and %v become %v, %v", one.Joined, two.Joined, one.Listed, two.Listed, first.Joined, first.Listed)
		}
		for _, name := range []string{"search", "talk"} {
			if got, want := first.Spent[name], later(one.Spent[name], two.Spent[name]); !got.Equal(want) {
				t.Errorf("of %s they spent until %v and %v, together until %v: another account gave another bucket", name, one.Spent[name], two.Spent[name], got)
			}
		}
		if len(first.Asking) != len(one.Asking)+len(two.Asking) || first.About == "" && one.About+two.About != "" {
			t.Errorf("asks or text are lost: %+v", first)
		}
		if second.inNetwork() || len(second.Entries()) > 0 || len(second.Due()) != 1 || second.Into != "a" {
			t.Errorf("what is left of the second is %+v, want a husk with one piece of work", second)
		}
	})
}

// A page that was done derives another name, or the next one would never run.
func TestEveryPageOfAMergeIsWorkOfItsOwn(t *testing.T) {
	t.Parallel()
	p := &Person{ID: "b", Into: "a", IntoAt: mergeDay}
	before := p.Due()[0].Name
	p.Pages++
	if after := p.Due()[0].Name; after == before || baseName(after) != workMerge {
		t.Errorf("work after a page = %q, before it %q; want another page of %q", after, before, workMerge)
	}
}

func TestALinkBarsAfterFiveWrongCodesAndForgets(t *testing.T) {
	t.Parallel()
	l := &Link{ID: "l", By: "p"}
	for i := range linkTries {
		if l.barred(mergeDay) {
			t.Fatalf("barred after %d wrong codes, want %d", i, linkTries)
		}
		l.wrong(mergeDay)
	}
	if !l.barred(mergeDay.Add(linkLife - 1)) {
		t.Error("not barred just before ten minutes are over")
	}
	if l.barred(mergeDay.Add(linkLife)) {
		t.Error("still barred when ten minutes are over")
	}
	if due := l.Due(); len(due) != 1 || !due[0].At.Equal(mergeDay.Add(linkLife)) {
		t.Errorf("Due = %v, want it forgotten when its tries are", due)
	}
	if l.wrong(mergeDay.Add(linkLife)); l.Wrong != 1 {
		t.Errorf("a wrong code after ten minutes counts %d, want 1", l.Wrong)
	}
}

func TestCodesAreReadHoweverTheyAreTyped(t *testing.T) {
	t.Parallel()
	want := codeHash("k7mqx2pd")
	for _, typed := range []string{"k7mq-x2pd", " K7MQ X2PD ", "K7MQ-X2PD", "k7mq\u200b-x2pd"} {
		if codeHash(typed) != want {
			t.Errorf("codeHash(%q) differs from that of the code", typed)
		}
	}
	if codeHash("k7mqx2pe") == want {
		t.Error("another code has the same hash")
	}
}

// A match keeps nothing of somebody who had themselves removed, and an open ask
// goes on as silence does.
func TestALeavingPersonTakesTheirWordsAlong(t *testing.T) {
	t.Parallel()
	m := &Match{ID: "m", Asker: "a", Asked: "b", State: Asked, AskedAt: mergeDay}
	silent := *m
	m.leave(&Person{ID: "b", Lab: "lab"}, mergeDay)
	if m.State != Asked || !m.ends().Equal(silent.ends()) || len(m.Due()) != 1 || m.Due()[0].Name != workExpire {
		t.Errorf("an ask whose person left is %+v with %v, want it to end on its day without reminders", m, m.Due())
	}
	m = &Match{ID: "m", Asker: "a", Asked: "b", State: Asked, AskedAt: mergeDay}
	m.introduce(mergeDay, map[string]string{"a": "a@x.example", "b": "b@x.example"})
	m.leave(&Person{ID: "b", Lab: "lab"}, mergeDay)
	if m.State != Closed || len(m.Due()) != 0 || m.Contacts["b"] != "" || m.Contacts["a"] == "" {
		t.Errorf("an introduction whose person left is %+v, want it closed without their contact", m)
	}
}

// Nobody is seen by more people than either of the two profiles allowed.
func TestTheStricterChoiceOfWhoSeesWhatCounts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		first, second := somePerson(t, "a"), somePerson(t, "b")
		for _, p := range []*Person{first, second} {
			p.Contact = "c"
			for _, f := range seenChoices {
				p.see(f.field, rapid.SampledFrom(f.choices).Draw(t, p.ID+f.field))
			}
		}
		one, two := *first, *second
		first.absorb(second, mergeDay)
		main := one
		if one.Joined.IsZero() && !two.Joined.IsZero() {
			main = two
		}
		for _, f := range seenChoices {
			got, allowed := first.seen(f.field), main.seen(f.field)
			if !one.Joined.IsZero() && !two.Joined.IsZero() {
				strict := []Seen{SeenByNobody, SeenOnceMet, SeenIfAsked, SeenByAll}
				allowed = strict[min(slices.Index(strict, one.seen(f.field)), slices.Index(strict, two.seen(f.field)))]
			}
			if got != allowed {
				t.Errorf("%s: of %s and %s comes %s, want %s", f.field, one.seen(f.field), two.seen(f.field), got, allowed)
			}
		}
	})
}
