package exchange_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interlab/bot/exchange"
)

// credited draws evidence that names some people.
func credited(t *rapid.T) exchange.Evidence {
	person := rapid.SampledFrom([]string{"ana", "bo", "cy", "di"})
	v := exchange.Evidence{
		Declared: exchange.Mark{By: person.Draw(t, "declared"), At: start()},
		Credit:   rapid.MapOfN(person, rapid.SliceOfNDistinct(rapid.SampledFrom(exchange.Roles()), 1, 4, rapid.ID), 0, 4).Draw(t, "credit"),
	}
	for _, roles := range v.Credit {
		slices.SortFunc(roles, func(a, b exchange.Role) int {
			return slices.Index(exchange.Roles(), a) - slices.Index(exchange.Roles(), b)
		})
	}
	if by := person.Draw(t, "confirmed"); by != v.Declared.By {
		v.Confirmed, v.Ran = &exchange.Mark{By: by, At: start()}, rapid.Bool().Draw(t, "ran")
	}
	return v
}

// A role that is chosen twice is as if it were never chosen, and what was there
// before stays untouched.
func TestARoleIsGivenAndTakenAway(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v := credited(t)
		before := maps.Clone(v.Credit)
		who, role := rapid.SampledFrom([]string{"ana", "eve"}).Draw(t, "who"), rapid.SampledFrom(exchange.Roles()).Draw(t, "role")
		once, err := v.Toggle(who, role)
		if err != nil || slices.Contains(once.Credit[who], role) == slices.Contains(before[who], role) {
			t.Fatalf("Toggle(%s, %s) of %v = %v, %v; want it turned", who, role, before, once.Credit, err)
		}
		twice, err := once.Toggle(who, role)
		if diff := cmp.Diff(before, twice.Credit); err != nil || diff != "" && len(before)+len(twice.Credit) > 0 {
			t.Fatalf("Toggle(%s, %s) twice changed (-before +after), %v:\n%s", who, role, err, diff)
		}
		if diff := cmp.Diff(before, v.Credit); diff != "" {
			t.Fatalf("Toggle changed what it was given:\n%s", diff)
		}
	})
}

func TestRolesAreThoseOfTheTaxonomy(t *testing.T) {
	t.Parallel()
	v := exchange.Evidence{}
	_, err := v.Toggle("ana", "tea")
	refuses(t, "Toggle(no role of CRediT)", err, exchange.BadRole)
	for _, r := range exchange.Roles() {
		if !strings.Contains(err.Error(), r.Label()) {
			t.Errorf("the refusal of a role does not name %q: %v", r.Label(), err)
		}
	}
	if _, err = v.Toggle("ana", exchange.Role(strings.Repeat("x", 5000))); len(err.Error()) > 600 {
		t.Errorf("the refusal of a long role is %d bytes long: %v", len(err.Error()), err)
	}
	_, err = v.Toggle("", exchange.Software)
	refuses(t, "Toggle(nobody)", err, exchange.BadRole)
	for i := range exchange.MaxCredited {
		if v, err = v.Toggle(string(rune('a'+i)), exchange.Software); err != nil {
			t.Fatal(err)
		}
	}
	_, err = v.Toggle("one more", exchange.Software)
	refuses(t, "Toggle(one more than fit)", err, exchange.BadRole)
	if _, err := v.Toggle("a", exchange.Validation); err != nil {
		t.Errorf("Toggle(another role of somebody who is named) = %v, want it taken", err)
	}
	seen := map[string]bool{}
	for _, r := range exchange.Roles() {
		if label := r.Label(); label == "" || seen[label] {
			t.Errorf("%s.Label() = %q, want one of its own", r, label)
		}
		seen[r.Label()] = true
	}
	if len(seen) != 14 {
		t.Errorf("%d roles, want the fourteen of CRediT", len(seen))
	}
}

// Of two who are one, nothing is left of the second name, no role is lost, and
// nobody has confirmed what they declared.
func TestARenameLosesNoRole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v := credited(t)
		from, to := "bo", rapid.SampledFrom([]string{"ana", "eve"}).Draw(t, "to")
		want := map[exchange.Role]bool{}
		for _, r := range append(slices.Clone(v.Credit[from]), v.Credit[to]...) {
			want[r] = true
		}
		v.Rename(from, to)
		v.Rename("di", "di")
		if _, left := v.Credit[from]; left || v.Declared.By == from || v.Confirmed != nil && v.Confirmed.By == from {
			t.Fatalf("Rename(%s, %s) left it in %+v", from, to, v)
		}
		if len(v.Credit[to]) != len(want) || !slices.IsSortedFunc(v.Credit[to], func(a, b exchange.Role) int {
			return slices.Index(exchange.Roles(), a) - slices.Index(exchange.Roles(), b)
		}) {
			t.Fatalf("Rename(%s, %s) gave %v, want %v once each in order", from, to, v.Credit[to], want)
		}
		if v.Confirmed != nil && v.Confirmed.By == v.Declared.By || v.Confirmed == nil && v.Ran {
			t.Fatalf("Rename(%s, %s) has %s confirm what they declared", from, to, v.Declared.By)
		}
	})
}

func TestWhoeverIsForgottenIsNamedNowhere(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v := credited(t)
		rung, others := v.Rung(), maps.Clone(v.Credit)
		delete(others, "ana")
		v.Forget("ana")
		if diff := cmp.Diff(others, v.Credit); diff != "" && len(others)+len(v.Credit) > 0 {
			t.Fatalf("Forget(ana) changed others:\n%s", diff)
		}
		if v.Declared.By == "ana" || v.Confirmed != nil && v.Confirmed.By == "ana" || v.Rung() != rung {
			t.Fatalf("Forget(ana) = %+v, want nobody by that name and rung %s", v, rung)
		}
	})
}
