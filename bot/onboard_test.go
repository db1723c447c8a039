package bot_test

import (
	"strings"
	"testing"

	"interlab/bot"
)

// What was to be posted in a home that the bot has left is dropped, not tried
// for an hour and buried.
func TestDeliveriesToAPlaceThatIsGoneDrop(t *testing.T) {
	t.Parallel()
	th := newTheatre(t)
	th.play("ana@slack:curie> remove bot")
	ref := bot.Ref{Kind: "delivery", ID: "post"}
	post := `{"s":1,"d":{"id":"post","place":{"home":{"platform":"slack","id":"curie"},"channel":"talks"},"class":"promised",` +
		`"notice":"here","subject":"home:x","not_before":"2026-12-01T09:00:00Z","progress":"planned"}}`
	err := th.Commit(t.Context(), bot.Commit{
		Writes: []bot.Write{{Ref: ref, Data: []byte(post), Due: []bot.Work{{Name: "send", At: importDay}}}},
		Note:   bot.Note{At: importDay, Verb: "test", Refs: []bot.Ref{ref}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := th.app.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	records, err := th.Read(t.Context(), bot.Want{Ref: ref})
	if err != nil || !strings.Contains(string(records[0][0].Data), `"progress":"dropped"`) {
		t.Errorf("the delivery is %s, %v; want it dropped", records[0][0].Data, err)
	}
}

// Two homes say at the same moment that a lab without a home is theirs: one of
// them has it, the other one waits for an organiser.
func TestTwoHomesCannotBothTakeALab(t *testing.T) {
	t.Parallel()
	th := newTheatre(t)
	said := th.play(`olga@slack:office> admin lab name:"Hopper Lab"
		gil@slack:T1> add bot
		ivo@discord:S1> add bot
		together
		gil> choose "Hopper Lab"
		ivo> choose "Hopper Lab"
		end`)
	if here, asked := strings.Count(said, "Hopper Lab lives here now"), strings.Count(said, "An organiser has to confirm that"); here != 1 || asked != 1 {
		t.Errorf("%d homes took the lab and %d wait, want 1 and 1:\n%s", here, asked, said)
	}
}
