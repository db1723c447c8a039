package bot_test

import (
	"fmt"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"interlab/bot"
	"interlab/bot/chat"
)

// Sixty people give the code at the same moment, each delivered three times to
// two replicas, while somebody guesses. Everybody counts once, the guesser has
// five tries, and each of the sixty hears once what came of the talk.
func TestAStormOfCodesCountsEverybodyOnce(t *testing.T) {
	t.Parallel()
	inHalls(t, func(h *hall) {
		t := h.t
		const people, guesses = 60, 20
		if err := h.replicas[0].Enter(t.Context(), chat.Home{Platform: "slack", ID: "home"}, "Host Lab"); err != nil {
			t.Fatal(err)
		}
		talk := h.announced(`title:"A talk" speaker:"A guest" when:"Fri 9 Oct 15:00"`)
		h.press("come", talk, 0, 2) // of those who come two had said so
		h.press("come", talk, people, people+1)
		h.setNow(h.talk(talk).Start)
		h.settle()
		code := h.talk(talk).Code
		if len(code) != 6 {
			t.Fatalf("the code is %q, want six letters and digits once the talk has begun", code)
		}
		give := func(code string) chat.Submission {
			return chat.Submission{Ref: chat.Ref{Route: "attend.form", ID: talk}, Values: map[string]string{"code": code}}
		}
		var group errgroup.Group
		for i := range people {
			for delivery := range 3 {
				group.Go(func() error { return h.does(i+delivery, fmt.Sprintf("came-%d", i), account("p", i), give(code)) })
			}
		}
		for i := range guesses {
			group.Go(func() error {
				return h.does(i, fmt.Sprintf("guess-%d", i), account("g", 1), give(fmt.Sprintf("aaa%03d", i)))
			})
		}
		if err := group.Wait(); err != nil {
			t.Fatal(err)
		}
		if err := h.does(0, "knows", account("g", 1), give(code)); err != nil {
			t.Fatal(err)
		}
		came, wrong := documents[bot.Attendance](h, "attendance.of/"+talk), 0
		for _, a := range documents[bot.Attendance](h, "all/attendance") {
			wrong += a.Wrong
		}
		if c := h.talk(talk); c.Coded != people || len(came) != people || wrong != 5 {
			t.Errorf("%d gave the code by the count and %d by the list after %d wrong guesses; want %d, as many and 5", c.Coded, len(came), wrong, people)
		}

		h.setNow(h.talk(talk).Start.Add(24 * 3 * time.Hour)) // a Monday afternoon
		h.settle()
		before := map[string]int{}
		for who, titles := range h.titles {
			before[who] = len(titles)
		}
		links := chat.Submission{Ref: chat.Ref{Route: "artifacts.form", ID: talk}, Values: map[string]string{"slides": "https://files.example.org/s.pdf", "code": "https://git.example.org/s"}}
		for replica := range 2 { // so many are told only after a second tap
			if err := h.does(replica, "links", account("host", 1), links); err != nil {
				t.Fatal(err)
			}
		}
		drafts := documents[bot.Draft](h, "all/draft")
		if len(drafts) != 1 {
			t.Fatalf("one form that came twice is kept %d times, want once", len(drafts))
		}
		yes := chat.Press{Ref: chat.Ref{Route: "artifacts.yes", ID: fmt.Sprintf("%s.%d", drafts[0].ID, people)}}
		for replica := range 2 {
			if err := h.does(replica, "yes", account("host", 1), yes); err != nil {
				t.Fatal(err)
			}
		}
		h.settle()
		for i := range people + 1 {
			who := account("p", i).String()
			heard, want := h.titles[who][before[who]:], 1
			if i == people {
				want = 0 // on the list, and never there
			}
			if len(heard) != want || want == 1 && heard[0] != "What came of it: A talk" {
				t.Errorf("%s heard %q, want to hear %d times what came of it", who, heard, want)
			}
		}
	})
}
