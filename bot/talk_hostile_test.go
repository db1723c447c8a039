package bot_test

import (
	"fmt"
	"strings"
	"testing"
)

// What is far too much gets one sentence that says how much there may be, and
// leaves nothing half done.
func TestTalksOfAbsurdSizeAreRefusedInOneSentence(t *testing.T) {
	t.Parallel()
	th := newTheatre(t)
	th.play(`ana@slack:curie> profile set shares:"sparse codes" zone:Berlin contact:"ana@curie.example" show:name
bo@discord:noether>
olga@slack:office> admin role person:Ana role:lead lab:Curie
ana #talks> admin channel
ana> colloquium propose title:"A talk" speaker:"Ana" when:"30 Dec 2026 15:00"
ana> press "Announce"`)
	times := make([]string, 400)
	for i := range times {
		times[i] = fmt.Sprintf("Wed %02d:%02d", i/60, i%60)
	}
	for _, c := range []struct{ what, typed, want string }{
		{"a title of 5,000 emoji", `propose title:"` + strings.Repeat("🙂", 5000) + `" speaker:"Ana" when:"20 Dec 2026 15:00"`, "That is 5000 characters. Please keep it to"},
		{"a speaker of 4,500 runes", `propose title:"A" speaker:"` + strings.Repeat("👩‍🔬", 1500) + `" when:"20 Dec 2026 15:00"`, "characters. Please keep it to"},
		{"400 times", `poll talk:"A talk" times:"` + strings.Join(times, "; ") + `"`, "These are 400 times, and people can be asked about 20 at once"},
		{"a question of 5,000 emoji", `ask talk:"A talk" question:"` + strings.Repeat("🙂", 5000) + `"`, "That is 5000 characters. Please keep it to"},
		{"a code of 5,000 letters", `attend code:` + strings.Repeat("a", 5000), "No talk takes a code at the moment"},
		{"a reason of 5,000 emoji", `cancel talk:"A talk" reason:"` + strings.Repeat("🙂", 5000) + `"`, "That is 5000 characters. Please keep it to"},
		{"a time of 1,500 words", `move talk:"A talk" to:"` + strings.Repeat("on ", 1500) + `"`, "when:"},
	} {
		said := th.play("ana@slack:curie> colloquium " + c.typed + "\nexpect nobody but ana")
		if !strings.Contains(strings.Join(strings.Fields(said), " "), c.want) {
			t.Errorf("%s is answered %.600q, want %q", c.what, said[max(0, len(said)-700):], c.want)
		}
	}
	th.play("bo@discord:noether> colloquium list\nexpect bo: A talk: Wed 30 Dec 2026, 15:00\nexpect not bo: 🙂")
}
