package console

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"interlab/bot/chat"
)

// sameScript compares scripts without the places where their lines stand.
var sameScript = cmp.Options{cmpopts.IgnoreFields(Step{}, "Where"), cmpopts.EquateEmpty()}

// FuzzParse holds that no text makes the parser panic, and that what it reads
// is written so that it reads the same.
func FuzzParse(f *testing.F) {
	f.Add("ana@slack:curie> press \"Yes\" on 4 of ana [only: slack, console]\nexpect nobody but ana")
	f.Add("a@b:c #d> say \"x\\n\\\"\"\ntogether [only: console]\n a> fill t=\"\" u=\"\\\\\"\n again\nend\nclock +90m")
	f.Add("clock 2026-12-01T09:00:30+05:30\nstore stops\na@b:c> channel gone #x\nexpect not a: say")
	f.Fuzz(func(t *testing.T, text string) {
		script, err := Parse("fuzz", strings.NewReader(text))
		if err != nil {
			return
		}
		again, err := Parse("fuzz", strings.NewReader(script.String()))
		if err != nil {
			t.Fatalf("Parse(%q) of Parse(%q) = %v", script.String(), text, err)
		}
		if diff := cmp.Diff(script, again, sameScript); diff != "" {
			t.Errorf("Parse(%q) (-first +again):\n%s", text, diff)
		}
	})
}

func TestScriptsReadAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		script := &Script{Name: "talk.txt", Steps: rapid.SliceOf(steps).Draw(t, "steps")}
		text := script.String()
		got, err := Parse("talk.txt", strings.NewReader(text))
		if err != nil {
			t.Fatalf("Parse(%q) = %v", text, err)
		}
		if diff := cmp.Diff(script, got, sameScript); diff != "" {
			t.Errorf("Parse(%q) (-want +got):\n%s", text, diff)
		}
	})
}

var (
	people = rapid.Custom(func(t *rapid.T) Person {
		return Person{
			User: rapid.SampledFrom([]string{"ana", "bo", "c-3.p_O"}).Draw(t, "user"),
			Home: chat.Home{
				Platform: chat.Platform(rapid.SampledFrom([]string{"slack", "discord"}).Draw(t, "platform")),
				ID:       rapid.StringMatching(`[a-zA-Z0-9._-]{1,8}`).Draw(t, "home"),
			},
		}
	})
	maybe = rapid.OneOf(rapid.Just(Person{}), people)
	texts = rapid.OneOf(
		rapid.String(),
		rapid.StringMatching(`(press|choose|fill|again|say|add bot|match)( "?[a-z#\\"]{1,4}"?){0,2}`),
		rapid.StringMatching(`[a-z ]{0,5}\[only:? ?(slack)?\]`),
	)
	picks = rapid.Custom(func(t *rapid.T) Pick {
		pick := Pick{On: rapid.IntRange(0, 99).Draw(t, "on"), Of: maybe.Draw(t, "of")}
		if rapid.Bool().Draw(t, "by label") {
			pick.Label = texts.Draw(t, "label")
			return pick
		}
		pick.Number = rapid.IntRange(1, 99).Draw(t, "number")
		return pick
	})
	deeds = rapid.OneOf(
		rapid.Just(Deed(Arrive{})),
		rapid.Map(texts, func(s string) Deed { return Say{s} }),
		rapid.Map(picks, func(p Pick) Deed { return Press{p} }),
		rapid.Map(picks, func(p Pick) Deed { return Choose{p} }),
		rapid.Map(rapid.SliceOfNDistinct(texts, 0, 4, rapid.ID[string]), func(all []string) Deed {
			var fill Fill
			for i, text := range all {
				fill.Values = append(fill.Values, Value{"field-" + string(rune('a'+i)), text})
			}
			return fill
		}),
		rapid.Just(Deed(Happen{chat.BotAdded})), rapid.Just(Deed(Happen{chat.BotRemoved})),
	)
	acts = rapid.Custom(func(t *rapid.T) Statement {
		act := Act{Who: people.Draw(t, "who"), Deed: deeds.Draw(t, "deed")}
		switch act.Deed.(type) {
		case Say, Happen:
			act.Channel = rapid.StringMatching(`([a-z-]{1,6})?`).Draw(t, "channel")
		}
		return act
	})
	events = rapid.OneOf(acts, rapid.Map(maybe, func(p Person) Statement { return Again{p} }))
	only   = rapid.SampledFrom([][]string{nil, {"console"}, {"discord", "slack"}})
	lined  = rapid.Custom(func(t *rapid.T) Step { return Step{Do: events.Draw(t, "event"), Only: only.Draw(t, "only")} })
	plain  = rapid.StringMatching(`[a-zé"#:>][a-z "#:>]{0,20}[a-z"]`)
	steps  = rapid.Custom(func(t *rapid.T) Step {
		return Step{Only: only.Draw(t, "only"), Do: rapid.OneOf(
			events,
			rapid.Map(rapid.SliceOfN(lined, 1, 4), func(s []Step) Statement { return Together{s} }),
			rapid.Map(rapid.Int64Range(1, 4e9), func(s int64) Statement { return Clock{To: time.Unix(s, 0).UTC()} }),
			rapid.Map(rapid.IntRange(1, 99999), func(n int) Statement { return Clock{By: time.Duration(n) * time.Minute} }),
			rapid.Map(rapid.Bool(), func(b bool) Statement { return Store{b} }),
			rapid.Map(rapid.SampledFrom([]string{"UTC", "Europe/Berlin"}), func(zone string) Statement { return Zones{zone, "Africa/Lagos"} }),
			rapid.Map(rapid.SliceOfN(people, 0, 3), func(p []Person) Statement { return Silence{p} }),
			rapid.Custom(func(t *rapid.T) Statement {
				return Expect{people.Draw(t, "who"), rapid.Bool().Draw(t, "not"), plain.Draw(t, "text")}
			}),
		).Draw(t, "statement")}
	})
)

// A generator is named at the first list or map of what it makes, while another
// test may read its name: those that tests share are named before.
func init() { //nolint:gochecknoinits // a generator has no other beginning
	for _, shared := range []fmt.Stringer{people, texts, steps, lined} {
		_ = shared.String()
	}
}
