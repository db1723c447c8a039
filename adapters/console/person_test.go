package console

import (
	"strings"
	"testing"

	"interlab/bot/chat"
)

func TestAnAccountHasATeamWhereThePlatformHas(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]chat.Account{
		"ana@slack:curie":    {Platform: "slack", Team: "curie", User: "ana"},
		"bo@discord:noether": {Platform: "discord", User: "bo"},
		"cy@matrix:home":     {Platform: "matrix", User: "cy"},
	} {
		who, err := (&parser{}).who(name)
		if err != nil || who.Account() != want || who.String() != name {
			t.Errorf("who(%s) = %s, %v with account %v, want account %v", name, who, err, who.Account(), want)
		}
		if back, err := chat.ParseAccount(who.Account().String()); err != nil || back != want {
			t.Errorf("ParseAccount(%s) = %v, %v, want %v", who.Account(), back, err, want)
		}
	}
}

func TestNamesAreUsersWithACapital(t *testing.T) {
	t.Parallel()
	for user, want := range map[string]string{"ana": "Ana", "Bo": "Bo", "9lives": "9lives", "élan": "Élan"} {
		if got := (Person{User: user}).Name(); got != want {
			t.Errorf("Name of %s = %s, want %s", user, got, want)
		}
	}
}

func TestOneAccountInTwoHomesIsTwoPeople(t *testing.T) {
	t.Parallel()
	_, got := played(t, `
		bo@discord:noether> counter
		bo@discord:curie> hi
		expect bo@discord:noether: hi
		bo@discord:curie> press 1`)
	for _, want := range []string{"2 bot → bo@discord:curie (private)\n", "1 bot → bo@discord:noether (in place): Counter\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("transcript = %q, want %q in it", got, want)
		}
	}
}

func TestSomebodyCanBeReachedWhileOneHomeHasTheBot(t *testing.T) {
	t.Parallel()
	s := newScreen(&strings.Builder{}, "")
	curie, noether := chat.Home{Platform: "discord", ID: "curie"}, bo.Home
	reach := func(step string, want chat.Home, ok bool) {
		t.Helper()
		if got, can := s.reach(bo.Account()); got != want && ok || can != ok {
			t.Errorf("%s: reach(bo) = %v, %t, want %v, %t", step, got, can, want, ok)
		}
	}
	reach("not named yet", chat.Home{Platform: "discord"}, true)
	s.arrive(Person{User: "bo", Home: curie})
	s.arrive(bo)
	reach("in two homes", curie, true)
	s.happen(chat.Place{Home: curie}, chat.BotRemoved)
	reach("removed from one", noether, true)
	s.happen(chat.Place{Home: noether}, chat.BotRemoved)
	reach("removed from both", chat.Home{}, false)
	s.happen(chat.Place{Home: curie}, chat.BotAdded)
	reach("added again", curie, true)
}
