package bot_test

import (
	"testing"

	"interlab/bot"
	"interlab/bot/chat"
)

// A client may send values that no form has asked for. What the bot notes beside
// what was typed is not among what can be sent.
func TestAFormTakesNothingButItsFields(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.asked()
	w.press(bo, "Yes, introduce us")
	own := stored[bot.Match](w, "all/match")[0].ID
	forged := map[string]string{
		"kind": "residency", "visitor": "me", "from": "11 Jan 2027", "to": "19 Feb 2027",
		".match": "another", "match": "another", ".continues": "somebodyelses", ".terms": "somebodyelses.1.0", ".route": "evidence.add", "": "x", "MATCH": "x", "a b": "x",
	}
	w.says(w.does(ana, chat.Submission{Ref: chat.Ref{Route: "exchange.plan", ID: own}, Values: forged}), "Half way")
	for _, d := range stored[bot.Draft](w, "all/draft") {
		for name, value := range d.Values {
			if value == "x" || value == "somebodyelses" || name[0] == '.' && (name != ".match" || value != own) {
				t.Errorf("the draft holds %q under %q, which nobody was asked for", value, name)
			}
		}
	}
	if n := len(stored[bot.Draft](w, "all/draft")); n != 1 {
		t.Errorf("%d drafts are kept, want one", n)
	}
}
