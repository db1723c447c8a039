package redis

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interlab/bot"
)

func TestReadAnswersEveryWantInOneRoundTrip(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(
			put("p1", 0, bot.Entry{Index: "account/a", Unique: true}, bot.Entry{Index: "lab/x", Score: 2}),
			put("p2", 0, bot.Entry{Index: "lab/x", Score: 1}, bot.Entry{Index: "of/p1", Score: 5}),
		))
		before := w.RoundTrips()
		got, err := w.Read(t.Context(),
			bot.Want{Ref: person("p1")}, bot.Want{Ref: person("nobody")},
			bot.Want{Unique: "account/a"}, bot.Want{Unique: "account/none"},
			bot.Want{List: "lab/x"}, bot.Want{List: "lab/x", Limit: 1}, bot.Want{List: "lab/none"},
			bot.Want{Ref: person("p1"), Then: "of/"}, bot.Want{Unique: "account/a", Then: "of/"},
			bot.Want{Ref: person("nobody"), Then: "of/"}, bot.Want{Unique: "account/none", Then: "of/"},
		)
		must(t, err)
		if trips := w.RoundTrips() - before; trips != 1 {
			t.Errorf("Read made %d round trips, want 1", trips)
		}
		one := bot.Record{Ref: person("p1"), Version: 1, Data: put("p1", 0).Data}
		two := bot.Record{Ref: person("p2"), Version: 1, Data: put("p2", 0).Data}
		want := [][]bot.Record{
			{one},
			{{Ref: person("nobody")}},
			{one},
			{{}},
			{two, one},
			{two},
			{},
			{two},
			{two},
			{},
			{},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Read (-want +got):\n%s", diff)
		}
	})
}

func TestReadRefusesAWantThatNamesNothingOrTwoThings(t *testing.T) {
	w := inProcess(t)
	for _, want := range []bot.Want{
		{},
		{Limit: 1},
		{Ref: person("p"), Unique: "u"},
		{Ref: person("p"), List: "l"},
		{List: "l", Then: "t"},
	} {
		if _, err := w.Read(t.Context(), want); err == nil {
			t.Errorf("Read(%+v) took it, want an error", want)
		}
	}
	if got, err := w.Read(t.Context()); len(got) != 0 || err != nil {
		t.Errorf("Read() = %v, %v, want nothing", got, err)
	}
}

func TestListsAreBounded(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		var writes []bot.Write
		for i := range bot.MaxListed + 5 {
			writes = append(writes, put(fmt.Sprintf("p%03d", i), 0))
		}
		must(t, w.commit(writes...))
		for _, limit := range []int{0, -1, bot.MaxListed, bot.MaxListed + 1} {
			got, err := w.Read(t.Context(), bot.Want{List: "all/person", Limit: limit})
			must(t, err)
			if len(got[0]) != bot.MaxListed {
				t.Errorf("Read(limit %d) = %d records, want %d", limit, len(got[0]), bot.MaxListed)
			}
		}
	})
}

func TestDocumentsAreBytes(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		for i, data := range []string{"", "\x00\xff\r\n", `{"a":[],"b":1e300,"c":"\u2028"}`} {
			id := fmt.Sprintf("p%d", i)
			must(t, w.commit(bot.Write{Ref: person(id), Data: []byte(data)}))
			got, err := w.Read(t.Context(), bot.Want{Ref: person(id)})
			must(t, err)
			if string(got[0][0].Data) != data || got[0][0].Version != 1 || got[0][0].Data == nil {
				t.Errorf("Read = %+v, want %q at version 1", got[0][0], data)
			}
		}
	})
}
