package bot

import (
	"strings"
	"testing"
	"time"

	"interlab/bot/chat"
)

func postedIn(channel string) chat.Posted {
	return chat.Posted{Place: chat.Place{Home: chat.Home{Platform: "slack", ID: "t1"}, Channel: channel}, Message: "m1"}
}

func TestLinksThatLeadNowhereOrInsideAreRefused(t *testing.T) {
	t.Parallel()
	for _, ok := range []string{
		"", "Room 3", "Room 3 (ground floor), https://meet.example.org/x?y=1#z", "https://[2606:4700::1]/x", "http://8.8.8.8/",
		"https://bücher.example/", "javascript:alert(1) is only text", "data:text/html,x is only text", "www.example.org",
	} {
		if err := whereFault(ok); err != nil {
			t.Errorf("whereFault(%q) = %v, want nil", ok, err)
		}
	}
	for _, bad := range []string{
		"https://user@meet.example.org/", "https://user:secret@meet.example.org/", "see http://localhost/", "http://localhost:8080/x",
		"http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f.0.0.1/", "http://0x7f000001/", "http://0177.0.0.1/", "http://0/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
		"http://[fe80::1%25eth0]/", "http://[fd00::1]/", "http://10.0.0.1/", "http://172.16.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/",
		"http://100.64.0.1/", "http://0.0.0.0/", "http://[64:ff9b::7f00:1]/", "http://printer/", "http://nas.local/", "http://x.internal./",
		"ftp://files.example.org/", "file:///etc/passwd", "javascript://example.org/%0aalert(1)", strings.Repeat("x", maxWhere+1),
		"https://good.example.org/ and http://10.0.0.1/",
	} {
		if err := whereFault(bad); err == nil {
			t.Errorf("whereFault(%.60q) = nil, want a refusal", bad)
		}
	}
}

func TestPlacesShowTheirLinksAndNothingElseAsLinks(t *testing.T) {
	t.Parallel()
	text := linked("Room 3, (https://meet.example.org/x). Or http://10.0.0.1/")
	var links []string
	for _, span := range text {
		if link, ok := span.(chat.Link); ok {
			links = append(links, link.URL)
		}
	}
	if len(links) != 1 || links[0] != "https://meet.example.org/x" || text.Plain() != "Room 3, (https://meet.example.org/x). Or http://10.0.0.1/" {
		t.Errorf("linked() = %q with links %q", text.Plain(), links)
	}
	if got := firstLink("Room 3"); got != "" {
		t.Errorf(`firstLink("Room 3") = %q, want none`, got)
	}
}

func TestTermsOfATalkAreReadOrRefused(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", 10_000)
	for _, c := range []struct {
		field, text string
		ok          bool
	}{
		{"title", "Sparse codes", true},
		{"title", "", false},
		{"title", " \u200b ", false},
		{"title", long, false},
		{"speaker", "Ana", true},
		{"speaker", "", false},
		{"abstract", "", true},
		{"abstract", long, false},
		{"when", "", false},
		{"minutes", "", true},
		{"minutes", "45 min", true},
		{"minutes", "4", false},
		{"minutes", "481", false},
		{"minutes", "an hour", false},
		{"capacity", "", true},
		{"capacity", "1", true},
		{"capacity", "100000", true},
		{"capacity", "0", false},
		{"capacity", "-1", false},
		{"capacity", "1000000000", false},
		{"capacity", "99999999999999999999", false},
		{"capacity", "1.5", false},
		{"reason", "", false},
	} {
		problems := termsProblems(map[string]string{c.field: c.text}, c.field)
		if ok := len(problems) == 0; ok != c.ok {
			t.Errorf("termsProblems(%s: %.20q) = %v, want ok %v", c.field, c.text, problems, c.ok)
		}
	}
	if d, err := minutesOf(""); d != time.Hour || err != nil {
		t.Errorf(`minutesOf("") = %v, %v, want an hour`, d, err)
	}
}

func TestOnlyMembersOfTheHostProposeAndOnlyItsPeopleChange(t *testing.T) {
	t.Parallel()
	talk := Colloquium{Lab: "curie", Proposer: "ana"}
	for _, c := range []struct {
		name           string
		actor          Actor
		create, change bool
	}{
		{"the proposer", Actor{Person: "ana", Lab: "curie"}, true, true},
		{"a member", Actor{Person: "ada", Lab: "curie"}, true, false},
		{"a lead", Actor{Person: "bo", Lab: "curie", Grants: []Grant{{Lead, "curie"}}}, true, true},
		{"another lab's lead", Actor{Person: "cy", Lab: "noether", Grants: []Grant{{Lead, "noether"}}}, false, false},
		{"an organiser", Actor{Person: "olga", Grants: []Grant{{Role: Organiser}}}, true, true},
		{"somebody without a lab", Actor{Person: "dan"}, false, false},
	} {
		object := talk.object()
		if create, change := Can(c.actor, Create, object), Can(c.actor, Edit, object); create != c.create || change != c.change {
			t.Errorf("%s: may propose %v and change %v, want %v and %v", c.name, create, change, c.create, c.change)
		}
	}
}
