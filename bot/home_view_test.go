package bot_test

import (
	"strings"
	"testing"

	"interlab/bot/chat"
)

func TestAHomeViewShowsWhatIsOnesOwnAndTheNextTalks(t *testing.T) {
	t.Parallel()
	h := newHall(t, inProcess(t))
	view := func(who chat.Account) (titles []string, options int) {
		t.Helper()
		m, err := h.replicas[1].Home(t.Context(), who)
		if err != nil || m.Validate() != nil {
			t.Fatalf("Home(%s) = %+v, %v", who, m, err)
		}
		for _, f := range m.Fields {
			if talk, ok := strings.CutPrefix(f.Name, "Talk: "); ok {
				titles = append(titles, talk)
			}
		}
		for _, row := range m.Rows {
			if row.Menu != nil {
				options += len(row.Menu.Options)
			}
		}
		return append([]string{m.Title}, titles...), options
	}
	if err := h.replicas[0].Enter(t.Context(), chat.Home{Platform: "slack", ID: "home"}, "Host Lab"); err != nil {
		t.Fatal(err)
	}
	host, stranger := account("host", 1), account("stranger", 2)
	if got, _ := view(stranger); len(got) != 1 {
		t.Errorf("without a talk a home view shows %q, want no talk", got)
	}
	h.announced(`title:"Fourth" speaker:Ana when:"9 Nov 15:00 Berlin"`)
	for id, terms := range map[string]string{
		"third": `title:"Third" speaker:Ana when:"6 Nov 15:00 Berlin"`, "first": `title:"First" speaker:Ana when:"2 Nov 15:00 Berlin"`,
		"second": `title:"Second" speaker:Ana when:"4 Nov 15:00 Berlin"`,
	} {
		card := h.says(id, host, "colloquium propose "+terms)
		if err := h.does(0, id+"!", host, chat.Press{Ref: button(t, card, "Announce")}); err != nil {
			t.Fatal(err)
		}
	}
	for who, title := range map[chat.Account]string{host: "host1, Host Lab", stranger: "Hello, I am Interlab"} {
		got, options := view(who)
		want := []string{title, "First", "Second", "Third"}
		if strings.Join(got, "; ") != strings.Join(want, "; ") || options != 3 {
			t.Errorf("Home(%s) shows %q and %d talks to open, want %q and 3", who, got, options, want)
		}
	}
}
