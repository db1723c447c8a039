package console

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"interlab/bot/chat"
)

func TestParseReadsEveryStatement(t *testing.T) {
	t.Parallel()
	ivy := Person{User: "ivy", Home: chat.Home{Platform: "slack", ID: "curie"}}
	const first = "ivy@slack:curie>\n"
	for line, want := range map[string]Statement{
		"ivy>":                                    Act{Who: ivy, Deed: Arrive{}},
		"ivy> match find graphs":                  Act{Who: ivy, Deed: Say{"match find graphs"}},
		"ivy>/interlab help":                      Act{Who: ivy, Deed: Say{"/interlab help"}},
		"ivy #general> a > b":                     Act{Who: ivy, Channel: "general", Deed: Say{"a > b"}},
		`ivy> say "press 2\n\"x\" \\"`:            Act{Who: ivy, Deed: Say{"press 2\n\"x\" \\"}},
		"ivy> pressing matters":                   Act{Who: ivy, Deed: Say{"pressing matters"}},
		"ivy> press 2":                            Act{Who: ivy, Deed: Press{Pick{Number: 2}}},
		`ivy> press "Ask Bo"`:                     Act{Who: ivy, Deed: Press{Pick{Label: "Ask Bo"}}},
		`ivy> press "Yes" on 4 of ivy`:            Act{Who: ivy, Deed: Press{Pick{Label: "Yes", On: 4, Of: ivy}}},
		`ivy> press 1 of ivy there`:               Act{Who: ivy, Deed: Press{Pick{Number: 1, Of: ivy, There: true}}},
		`ivy> press 1 on 4 with id "a/../b"`:      Act{Who: ivy, Deed: Press{Pick{Number: 1, On: 4, ID: "a/../b"}}},
		`ivy> press "Yes" there with id of 7`:     Act{Who: ivy, Deed: Press{Pick{Label: "Yes", There: true, Like: 7}}},
		"ivy> choose 3 on 4":                      Act{Who: ivy, Deed: Choose{Pick{Number: 3, On: 4}}},
		`ivy> choose "No common time"`:            Act{Who: ivy, Deed: Choose{Pick{Label: "No common time"}}},
		`ivy> fill title="a = \"b\"" when=""`:     Act{Who: ivy, Deed: Fill{[]Value{{"title", `a = "b"`}, {"when", ""}}}},
		"ivy> fill":                               Act{Who: ivy, Deed: Fill{}},
		"ivy> again":                              Again{Who: ivy},
		"again":                                   Again{},
		"ivy> add bot":                            Act{Who: ivy, Deed: Happen{chat.BotAdded}},
		"ivy> remove bot #general":                Act{Who: ivy, Channel: "general", Deed: Happen{chat.BotRemoved}},
		"ivy #general> channel gone":              Act{Who: ivy, Channel: "general", Deed: Happen{chat.ChannelGone}},
		"clock 2026-12-01T09:00Z":                 Clock{To: start},
		"clock 2026-12-01T10:00+01:00":            Clock{To: start},
		"clock 2026-12-01 09:00Z":                 Clock{To: start},
		"clock +7d":                               Clock{By: 7 * 24 * time.Hour},
		"clock +36h":                              Clock{By: 36 * time.Hour},
		"clock +15m":                              Clock{By: 15 * time.Minute},
		"store stops":                             Store{},
		"zones Europe/Berlin like  Africa/Lagos":  Zones{"Europe/Berlin", "Africa/Lagos"},
		"store returns":                           Store{Running: true},
		"expect ivy: Title: text":                 Expect{Who: ivy, Text: "Title: text"},
		"expect not ivy@slack:curie: x":           Expect{Who: ivy, Not: true, Text: "x"},
		"expect nobody":                           Silence{},
		"expect nobody but ivy, bo@discord:curie": Silence{[]Person{ivy, {"bo", chat.Home{Platform: "discord", ID: "curie"}}}},
		"together\n ivy> a\n\n # b\n again\nend":  Together{[]Step{{"talk.txt:3", nil, Act{Who: ivy, Deed: Say{"a"}}}, {"talk.txt:6", nil, Again{}}}},
	} {
		script := parsed(t, first+line)
		if len(script.Steps) != 2 {
			t.Fatalf("Parse(%q) has %d steps, want 2", line, len(script.Steps))
		}
		if diff := cmp.Diff(want, script.Steps[1].Do); diff != "" {
			t.Errorf("Parse(%q) (-want +got):\n%s", line, diff)
		}
	}
}

func TestParseReadsWhoPlaysALine(t *testing.T) {
	t.Parallel()
	script := parsed(t, "\ufeffana@slack:curie> hi [only: slack,  discord]\r\n# a comment\nana> hi [all of us]\nagain [only: console]")
	var got []string
	for _, step := range script.Steps {
		got = append(got, step.Where+" "+strings.Join(step.Only, "+"))
		if step.PlayedBy("console") == (len(step.Only) > 1) {
			t.Errorf("PlayedBy(console) of %q = %t", step, step.PlayedBy("console"))
		}
	}
	if diff := cmp.Diff([]string{"talk.txt:1 discord+slack", "talk.txt:3 ", "talk.txt:4 console"}, got); diff != "" {
		t.Errorf("steps (-want +got):\n%s", diff)
	}
}

func TestParseSaysWhatIsWrongAndWhere(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"expct bo: hello":             `"expct bo: hello" is not understood; ` + understood,
		"again twice":                 `"again twice" is not understood; ` + understood,
		"ana> hi":                     `nobody is called "ana" yet; write the name in full first, such as ana@slack:curie`,
		"expect ana: hi":              `nobody is called "ana" yet; write the name in full first, such as ana@slack:curie`,
		"expect nobody but not":       `"not" is a word of the script and cannot be a person's name`,
		"expect nobody but a b":       `"a b" is no name; write one as ana@slack:curie, later ana`,
		"bot@slack:curie> hi":         `"bot" is a word of the script and cannot be a person's name`,
		"expect x":                    `expect "x" is not understood; write expect bo: text, expect not bo: text, expect nobody, or expect nobody but bo`,
		"expect a@b:c:":               "expect names no text; write expect bo: text",
		"clock tomorrow":              `"tomorrow" is no time; write clock 2026-12-01T09:00Z, or clock +7d, +36h, +15m`,
		"clock +0d":                   `"+0d" is no time; write clock 2026-12-01T09:00Z, or clock +7d, +36h, +15m`,
		"zones Europe/Berlin":         `"Europe/Berlin" names no two zones; write zones Europe/Berlin like Africa/Lagos`,
		"zones a b like c":            `"a b like c" names no two zones; write zones Europe/Berlin like Africa/Lagos`,
		"store burns":                 `a store stops or returns; "burns" is neither`,
		"a@b:c> press Yes":            `press wants a number or a label in double quotes: press 2, press "Yes" on 4 of bo: "Yes" is not in double quotes`,
		`a@b:c> press "Yes`:           `press wants a number or a label in double quotes: press 2, press "Yes" on 4 of bo: a quote is not closed; write \" for a quote inside quotes`,
		`a@b:c> press "Yes\`:          `press wants a number or a label in double quotes: press 2, press "Yes" on 4 of bo: a quote is not closed; write \" for a quote inside quotes`,
		`a@b:c> choose 2 of`:          `" of" is not understood; behind choose stand a number or a label, then "on 4", "of bo", "there" and "with id of 7"`,
		`a@b:c> press 1 with id ""`:   `" with id \"\"" is not understood; behind press stand a number or a label, then "on 4", "of bo", "there" and "with id of 7"`,
		`a@b:c> press 2 of bo`:        `nobody is called "bo" yet; write the name in full first, such as bo@slack:curie`,
		`a@b:c> fill title=x`:         `the value of title: "x" is not in double quotes`,
		`a@b:c> fill title="x`:        `the value of title: a quote is not closed; write \" for a quote inside quotes`,
		`a@b:c> fill title="\t"`:      `the value of title: a backslash in quotes stands before ", \ or n only`,
		`a@b:c> fill a="1" a="2"`:     "a is filled twice",
		`a@b:c> fill "x"`:             `"\"x\"" is not understood; fill wants name="value" for each field`,
		"a@b:c> say hello":            `say wants one text in double quotes: say "press on": "hello" is not in double quotes`,
		`a@b:c> say "a" b`:            `say wants one text in double quotes: say "press on": "b" stands behind the quotes`,
		"a@b:c> again please":         "again stands alone behind a name: ana> again",
		"a@b:c #d> press 2":           "behind a channel stands a text; what else people do needs no channel",
		"a@b:c #d> add bot #e":        "the channel is named twice",
		"a@b:c> channel gone":         "channel gone names the channel: channel gone #general",
		"a@b:c> hi [only: Slack]":     `"[only: Slack]" is no mark; write it as [only: console] or [only: slack, discord]`,
		"end":                         "end stands without together",
		"together\nend":               "2: nothing stands between together and end",
		"together\na@b:c> x":          "together has no end",
		"together\nclock +1d":         `2: together holds what people do, and "clock" is none; write end first`,
		"together\ntogether":          "2: together stands inside another together; end that one first",
		"together\nend [only: slack]": "2: the mark [only: ...] belongs behind together, not behind end",
		"a\xffb":                      "this line is not UTF-8",
		"a@b:c>\na@d:e>\na> hi":       `3: "a" may be a@b:c or a@d:e; write the name in full`,
	} {
		if want[0] < '1' || want[0] > '9' {
			want = "1: " + want
		}
		_, err := Parse("talk.txt", strings.NewReader(text))
		if err == nil {
			t.Errorf("Parse(%q) = nil, want %s", text, want)
		} else if got, _, _ := strings.Cut(err.Error(), "\n"); got != "talk.txt:"+want {
			t.Errorf("Parse(%q) = %s\nwant talk.txt:%s", text, got, want)
		}
	}
}

func TestParseReportsEveryWrongLine(t *testing.T) {
	t.Parallel()
	_, err := Parse("talk.txt", strings.NewReader("ana> hi\n\nclock never\nana@slack:curie> hi\nend"))
	if err == nil {
		t.Fatal("Parse = nil, want three errors")
	}
	for _, where := range []string{"talk.txt:1: ", "talk.txt:3: ", "talk.txt:5: "} {
		if !strings.Contains(err.Error(), where) {
			t.Errorf("Parse = %v, want an error at %s", err, where)
		}
	}
}

func TestParsePassesOnWhatReadingFailsWith(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	if _, err := Parse("talk.txt", iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("Parse(broken reader) = %v, want %v", err, broken)
	}
}
