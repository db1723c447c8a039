package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"interlab/adapters/slack/slacktest"
)

// askedOnce has people ask their colleagues while the platform misbehaves, and
// waits until every colleague was asked. It returns how many messages came too often.
func (a *askers) askedOnce(n int, misbehave func(i int)) (tooOften int) {
	a.t.Helper()
	cards := make([]slacktest.Sight, n)
	for i := range n {
		cards[i] = a.tell("curie", i, "match find topic:noether"+topicOf(i))
	}
	since := len(a.seen.all())
	for i := range n {
		misbehave(i)
		a.ask(i, cards[i])
	}
	await(a.t, "every question and answer", func() bool {
		for i := range n {
			if asked, answered := a.told(i, since); asked == 0 || answered == 0 {
				return false
			}
		}
		return true
	})
	for i := range n {
		if asked, _ := a.told(i, since); asked > 1 {
			tooOften += asked - 1
		}
	}
	return tooOften
}

// Slack wants a pause again and again: nothing is lost, and nobody is asked twice.
func TestFaultAStormOfPausesLosesNothing(t *testing.T) {
	t.Parallel()
	const people = 6
	a := newAskers(t, people)
	pause := slacktest.Answer{Status: 429, RetryAfter: "1"}
	if n := a.askedOnce(people, func(int) { a.server.Script("chat.postMessage", pause, pause, pause) }); n > 0 {
		t.Errorf("%d questions came too often", n)
	}
	a.sound()
}

// Slack takes a message and answers that it failed: it is looked for before it is
// sent again.
func TestFaultMessagesTakenAndDeniedComeOnce(t *testing.T) {
	t.Parallel()
	const people = 6
	a := newAskers(t, people)
	denied := slacktest.Answer{Status: 502, Type: "text/html", Body: "<html>Bad Gateway", Done: true}
	if n := a.askedOnce(people, func(int) { a.server.Script("chat.postMessage", denied) }); n > 0 {
		t.Errorf("%d questions came too often", n)
	}
	a.sound()
}

// Every event comes three times to three replicas, in no order, some of them
// late: each is answered once.
func TestFaultEventsComeThriceToThreeReplicas(t *testing.T) {
	t.Parallel()
	s, events := newStorm(t, 3), 24
	if long() {
		events = 240
	}
	before := len(s.seen.all())
	var late []*slacktest.Delivery
	for i := range events {
		d, err := s.server.Say("curie", who(i%crowdOf), fmt.Sprintf("profile set shares:\"topic %d\" zone:Paris contact:a@curie.example show:name lab:Curie", i))
		if err == nil {
			d, err = d.Again()
		}
		if err != nil {
			t.Fatal(err)
		}
		late = append(late, d)
	}
	answers := func() (all, again int) {
		by := map[string]int{}
		for _, sight := range s.seen.all()[before:] {
			by[sight.Delivery]++
			again += min(by[sight.Delivery]-1, 1)
		}
		return len(by), again
	}
	await(t, "all answers", func() bool { all, _ := answers(); return all == events })
	slices.Reverse(late)
	for _, d := range late {
		if _, err := d.Again(); err != nil {
			t.Fatal(err)
		}
	}
	s.sound()
	if all, again := answers(); all != events || again > 0 {
		t.Errorf("%d events, each three times: %d are answered, and %d answers came again", events, all, again)
	}
}

// A store that is full, or that only reads, takes nothing: people are told that
// nothing was saved, operators see why, and afterwards everything goes on.
func TestFaultAStoreThatCannotWriteSaysSoAndRecovers(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ breaks, mends string }{
		"full":           {"CONFIG SET maxmemory 1", "CONFIG SET maxmemory 0"},
		"a replica":      {"REPLICAOF 127.0.0.1 1", "REPLICAOF NO ONE"},
		"paused clients": {"CLIENT PAUSE 4000 WRITE", "CLIENT UNPAUSE"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAskers(t, 1)
			before := len(a.seen.all())
			if got := command(t, a.store.address, c.breaks); got != "+OK" {
				t.Fatalf("%s: %s", c.breaks, got)
			}
			if _, err := a.server.Slash("curie", who(0), "D1", "profile pause until:+7d"); err != nil {
				t.Fatal(err)
			}
			await(t, "the truth", func() bool { return len(a.seen.all()) > before })
			if said := a.seen.all()[before].Text; !strings.Contains(said, "Nothing was saved") {
				t.Errorf("while the store takes nothing, somebody is told %q", said)
			}
			if got := command(t, a.store.address, c.mends); got != "+OK" {
				t.Fatalf("%s: %s", c.mends, got)
			}
			if said := a.tell("curie", 0, "me").Text; strings.Contains(said, "paused") {
				t.Errorf("what was not saved has happened: %q", said)
			}
			a.tell("curie", 0, `profile set shares:"spectra"`)
			a.sound()
		})
	}
}
