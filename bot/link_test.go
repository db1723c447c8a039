package bot_test

import (
	"fmt"
	"strings"
	"testing"

	"interlab/bot"
)

const (
	anaSlack   = "ana@slack:curie"
	anaDiscord = "anna@discord:curie"
)

func TestAnAccountThatWasNeverUsedIsLinkedAtOnce(t *testing.T) {
	t.Parallel()
	th := newTheatre(t)
	th.play(anaSlack + `> profile set shares:"glaciers" zone:Paris contact:"ana@curie.example" show:name`)
	code := th.code(anaSlack)
	th.play(anaDiscord + `> link use code:` + strings.ToUpper(code) + `
		expect anna: Linked
		expect ana@slack:curie: Another account is you now
		anna> me
		expect anna: glaciers`)
	th.play(anaDiscord + `> link use code:` + code + `
		expect anna: This code does not work`)
}

// What is told goes to the account that was used last.
func TestPeopleAreToldWhereTheySpokeLast(t *testing.T) {
	t.Parallel()
	th := newTheatre(t)
	th.play(anaSlack + `> profile set shares:"glaciers" zone:Paris contact:"ana@curie.example" show:name`)
	th.play(anaDiscord + `> link use code:` + th.code(anaSlack))
	th.play(anaDiscord + `> match find volcanoes
		cy@slack:noether> profile set seeks:"glaciers" zone:Oslo contact:"cy@noether.example" show:name
		cy> match find glaciers
		cy> press "Ask Ana"
		expect anna@discord:curie: Cy of Noether would like to talk to you
		expect nobody but cy, anna`)
	th.play(anaSlack + `> match list
		ana> profile pause until:now
		di@discord:meitner> profile set seeks:"glaciers" zone:Oslo contact:"di@meitner.example" show:name
		di> match find glaciers
		di> press "Ask Ana"
		expect ana: Di of Meitner would like to talk to you
		expect nobody but di, ana`)
}

func TestWrongCodesAreBoundedAndTellNothing(t *testing.T) {
	t.Parallel()
	th := newTheatre(t)
	th.play(anaSlack + `> profile set shares:"glaciers" zone:Paris`)
	code := th.code(anaSlack)
	for i := range 5 {
		th.play(fmt.Sprintf("eve@discord:hopper> link use code:aaaa-aaa%c\nexpect eve: This code does not work\nexpect nobody but eve", 'b'+i))
	}
	th.play("eve@discord:hopper> link use code:aaaa-aaab\nexpect eve: Those were 5 wrong codes. You can try again at\nexpect nobody but eve")
	th.play("eve@discord:hopper> link use code:" + code + "\nexpect eve: Those were 5 wrong codes\nexpect nobody but eve")
	th.play(anaSlack + "> link use code:" + code + "\nexpect ana: This code is from this same account")
	th.play("clock +9m\n" + anaDiscord + "> link use code:" + code + "\nexpect anna: Linked")
	th.play("clock +2m\neve@discord:hopper> link use code:" + code + "\nexpect eve: This code does not work\nexpect not eve: Ana")
	code = th.code(anaSlack)
	th.play(anaDiscord + "> link use code:" + code + "\nexpect anna: are yours already, so there is nothing to link")
	th.play("clock +10m\nfay@discord:hopper> link use code:" + code + "\nexpect fay: This code does not work")
	th.play("fay@discord:hopper> link use\nfay> fill code=\"\"\nexpect fay: code")
}

func TestAccountsThatCannotBeOnePersonAreToldWhy(t *testing.T) {
	t.Parallel()
	th := newTheatre(t)
	th.play(`ana@slack:curie> profile set shares:"glaciers" zone:Paris contact:"a@x.example" show:name
		bo@discord:noether> profile set shares:"glaciers of Norway" seeks:"moss" zone:Oslo contact:"b@x.example" show:name`)
	th.play("bo@discord:noether> link use code:" + th.code(anaSlack) + "\nexpect bo: have joined with different labs")
	th.play(`abe@slack:curie> match find topic:glaciers
		cy@slack:hopper> profile set shares:"moss" zone:Oslo contact:"c@x.example" show:name
		ana@slack:curie> match find moss
		ana> press "Ask Cy"
		bo@discord:noether> match find moss
		bo> press "Ask Cy"`)
	// Bo moves to Ana's lab, which lives on both platforms.
	th.play(`olga@slack:office> admin home lab:Curie home:discord:noether
		bo@discord:noether> profile set lab:Curie`)
	th.play("bo@discord:noether> link use code:" + th.code(anaSlack) + "\nexpect bo: have an ask open with the same person, about “moss”")
	th.play("bo@discord:noether> link use code:" + th.code("cy@slack:hopper") + "\nexpect bo: different labs")
}

func TestAnAskBetweenTwoAccountsKeepsThemApart(t *testing.T) {
	t.Parallel()
	th := newTheatre(t)
	th.play(`ana@slack:curie> profile set shares:"glaciers" zone:Paris contact:"a@x.example" show:name
		bo@discord:noether> profile set seeks:"glaciers" zone:Oslo contact:"b@x.example" show:name
		bo> match find glaciers
		bo> press "Ask Ana"
		olga@slack:office> admin home lab:Curie home:discord:noether
		bo@discord:noether> profile set lab:Curie`)
	th.play("bo@discord:noether> link use code:" + th.code(anaSlack) + "\nexpect bo: An ask is open between the two accounts")
	th.play("ana@slack:curie> press \"Yes, introduce us\"\nexpect ana: Meet Bo")
	th.play("bo@discord:noether> link use code:" + th.code(anaSlack) + "\nexpect bo: were introduced to each other")
}

// Ana has used both accounts for months. Everything becomes hers, page by page,
// whatever moment the store is lost at.
func TestTwoUsedAccountsBecomeOnePerson(t *testing.T) {
	t.Parallel()
	th := newTheatre(t)
	th.play(`ana@slack:curie> profile set shares:"glaciers" zone:Paris contact:"ana@curie.example" show:name
		anna@discord:curie> profile set seeks:"moss" zone:Oslo contact:"other@x.example" show:name
		cy@slack:hopper> profile set shares:"moss" zone:Oslo contact:"cy@hopper.example" show:name
		di@slack:hopper> profile set seeks:"glaciers" zone:Oslo contact:"di@hopper.example" show:name
		eve@discord:noether> profile set shares:"moss gardens, lichen" zone:Oslo contact:"eve@noether.example" show:name
		di> match find glaciers
		di> press "Ask Ana"
		anna> match find moss
		anna> press "Ask Cy"
		anna> match block person:Eve
		eve> match block person:Anna`)
	code := th.code(anaSlack)
	card := th.play(anaDiscord + "> link use code:" + code)
	for _, want := range []string{"Join your two accounts?", "Anna, Curie", "1 open ask", "1 person you are never matched with", "Join them", "Cancel"} {
		if !strings.Contains(card, want) {
			t.Errorf("the card never says %q:\n%s", want, card)
		}
	}
	th.play("eve@discord:noether> press \"Join them\" of anna@discord:curie\nexpect eve: This offer is over")
	th.play(anaDiscord + `> press "Cancel"
		expect anna: stay apart`)
	th.play(anaDiscord + strings.Repeat("> match find lichen\n"+anaDiscord, 210) + "> match find lichen") // more than a page of what follows
	th.play(anaDiscord + "> link use code:" + th.code(anaSlack))
	th.play(anaDiscord + `> press "Join them"
		expect anna: Linked
		expect ana@slack:curie: Another account is you now
		again
		anna> me
		expect anna: glaciers
		expect anna: moss
		anna> match list
		expect anna: Di
		expect anna: Cy
		cy@slack:hopper> press "Yes, introduce us"
		expect anna: Cy said yes
		anna> press "Yes, introduce us" of ana@slack:curie
		expect anna: Meet Di
		eve@discord:noether> match find glaciers
		expect not eve: Ana
		anna> match find moss gardens
		expect anna: You have searched 60 times
		clock +11m
		anna> match find moss gardens
		expect anna: Nobody found
		anna> match unblock person:Eve
		expect anna: Block taken back
		eve> match find glaciers
		expect not eve: Ana
		eve> match unblock person:Ana
		expect eve: Block taken back
		eve> match find glaciers
		expect eve: Ask Ana`)
	people := 0
	for ref := range everything(t, th.Running) {
		if strings.HasPrefix(ref, "person:") {
			people++
		}
	}
	if people != 4 {
		t.Errorf("the store has %d people, want Ana, Cy, Di and Eve", people)
	}
	if n, err := th.app.Sweep(t.Context()); n != 0 || err != nil {
		t.Errorf("Sweep after a merge = %d, %v; want 0", n, err)
	}
}

var _ bot.Clock = (*theatre)(nil)

// A place on a talk's list comes along, and where both accounts have one, the
// second one's seat falls free.
func TestPlacesOnTalksComeAlong(t *testing.T) {
	t.Parallel()
	th := newTheatre(t)
	th.play(`cy@slack:hopper> profile set shares:"moss" zone:Oslo contact:"cy@hopper.example" show:name
		cy> colloquium propose title:"Moss" speaker:"Cy" when:"in 3 weeks 15:00" capacity:1
		cy> press "Announce"
		cy> colloquium propose title:"Lichen" speaker:"Cy" when:"in 4 weeks 15:00"
		cy> press "Announce"
		ana@slack:curie> colloquium rsvp talk:"Lichen" answer:yes
		anna@discord:curie> colloquium rsvp talk:"Moss" answer:yes
		anna> colloquium rsvp talk:"Lichen" answer:yes`)
	card := th.play(anaDiscord + "> link use code:" + th.code(anaSlack))
	if !strings.Contains(card, "2 talks you go to or wait for") {
		t.Errorf("the card never says what talks would join:\n%s", card)
	}
	th.play(anaDiscord + `> press "Join them"
		expect anna: Linked
		anna> me
		expect anna: Moss
		expect anna: Lichen
		cy@slack:hopper> colloquium show talk:"Lichen"
		expect cy: Who comes: 1
		cy> colloquium show talk:"Moss"
		expect cy: Who comes: 1`)
}

// A code joins only by whoever typed it in: who gave it out, and anybody else who
// sees the question, joins nothing.
func TestOnlyWhoeverUsedACodeJoinsTheirOwnAccount(t *testing.T) {
	t.Parallel()
	th := newTheatre(t)
	th.play(anaSlack + `> profile set shares:"glaciers" zone:Paris contact:"ana@curie.example" show:name
		bo@discord:curie> profile set shares:"volcanoes" zone:Oslo contact:"bo@curie.example" show:name
		eve@discord:hopper> profile set shares:"tea" zone:Oslo contact:"eve@hopper.example" show:name`)
	th.play("bo@discord:curie> link use code:" + th.code(anaSlack) + "\nexpect bo: Join your two accounts?\nexpect nobody but bo")
	for _, other := range []string{anaSlack, "eve@discord:hopper"} {
		name, _, _ := strings.Cut(other, "@")
		th.play(other + `> press "Join them" on 5 of bo@discord:curie
			expect not ` + name + `: Linked
			expect nobody but ` + name)
	}
	th.play(anaSlack + `> me
		expect not ana: volcanoes
		bo@discord:curie> press "Cancel"
		expect bo: Nothing was joined`)
}
