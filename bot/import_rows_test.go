package bot

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interlab/bot/chat"
)

const importTop = "name,lab,account,zone,hours,about,shares,seeks,role\n"

// testPlatforms are two platforms of which one has ids within workspaces.
func testPlatforms() map[chat.Platform]bool {
	return map[chat.Platform]bool{"slack": true, "discord": false}
}

func TestReadPeopleTakesWhatSpreadsheetsWrite(t *testing.T) {
	t.Parallel()
	want := []Listee{{
		Name: "Vik Abe", Lab: "Curie Lab", Account: chat.Account{Platform: "slack", Team: "T1", User: "U1"}, Role: Member,
		Values: map[string]string{"zone": "Paris", "hours": "", "about": "We study \"whorls\",\nin two lines."},
	}}
	rows := map[string]string{
		"plain":                 "name,lab,account,zone,hours,about\nVik Abe,Curie Lab,slack:T1/U1,Paris,,\"We study \"\"whorls\"\",\nin two lines.\"\n",
		"BOM and Windows lines": "\ufeffname,lab,account,zone,hours,about\r\nVik Abe,Curie Lab,slack:T1/U1,Paris,,\"We study \"\"whorls\"\",\r\nin two lines.\"\r\n",
		"semicolons":            "name;lab;account;zone;hours;about\nVik Abe;Curie Lab;slack:T1/U1;Paris;;\"We study \"\"whorls\"\",\nin two lines.\"\n",
		"tabs":                  "name\tlab\taccount\tzone\thours\tabout\nVik Abe\tCurie Lab\tslack:T1/U1\tParis\t\t\"We study \"\"whorls\"\",\nin two lines.\"\n",
		"another order":         "ABOUT, Zone,hours,account,lab,name\n\"We study \"\"whorls\"\",\nin two lines.\",Paris,,slack:T1/U1,Curie Lab,Vik Abe",
		"spaces and case":       "name,lab,account,zone,hours,about\n  Vik   Abe ,\tCurie  Lab,SLACK:T1/U1,Paris,,\"We study \"\"whorls\"\",\nin two lines.  \"\n",
		"empty rows":            "name,lab,account,zone,hours,about\n\n,,,,,\nVik Abe,Curie Lab,slack:T1/U1,Paris,,\"We study \"\"whorls\"\",\nin two lines.\"\n , , , , , \n",
	}
	for name, text := range rows {
		got, err := ReadPeople(strings.NewReader(text), testPlatforms())
		if err != nil {
			t.Errorf("%s: ReadPeople = %v", name, err)
			continue
		}
		for i := range got {
			got[i].Line = 0
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: ReadPeople (-want +got):\n%s", name, diff)
		}
	}
}

func TestReadPeopleNamesEveryBadRow(t *testing.T) {
	t.Parallel()
	rows := []struct{ row, want string }{
		{"Ana,Curie,slack:T1/ana,Paris,,x,,,", ""},
		{",Curie,slack:T1/a,Paris,,x,,,", "name: is empty."},
		{"Bo,,slack:T1/b,Paris,,x,,,", "lab: is empty."},
		{"Bo,Curie,bo,Paris,,x,,,", "account: “bo” is no account. Write discord:USER or slack:TEAM/USER."},
		{"Bo,Curie,slack:bo,Paris,,x,,,", "account: “slack:bo” is no account"},
		{"Bo,Curie,discord:x/1,Paris,,x,,,", "account: “discord:x/1” is no account"},
		{"Bo,Curie,matrix:bo,Paris,,x,,,", "account: “matrix:bo” is no account"},
		{"Bo,Curie,discord:<@1> 2,Paris,,x,,,", "account: “discord:<@1> 2” is no account"},
		{"Bo,Curie,discord:1,,,x,,,", "zone: No time zone was given"},
		{"Bo,Curie,discord:1,Atlantis,,x,,,", "zone: There is no time zone called “Atlantis”"},
		{"Bo,Curie,discord:1,../../etc/passwd,,x,,,", "zone: "},
		{"Bo,Curie,discord:1,Paris,Fri-Mon 17-9,x,,,", "hours: "},
		{"Bo,Curie,discord:1,Paris,,,,,", "about: is empty, and so are shares and seeks"},
		{"Bo,Curie,discord:1,Paris,," + strings.Repeat("x", 10_001) + ",,,", "about: That is 10001 characters. Please keep it to 10000."},
		{"Bo,Curie,discord:1,Paris,,," + strings.Repeat("y", 81) + ",,", "shares: One topic is longer than 80 characters"},
		{"Bo,Curie,discord:1,Paris,,x,,,king", "role: “king” is no role"},
		{"Bo,Curie,discord:1,Paris,,x,,", "has 8 cells and the header has 9"},
		{"Bo,Curie,discord:1,Paris,,x,,,,more", "has 10 cells and the header has 9"},
		{"B\xf6,Curie,discord:1,Paris,,x,,,", "name: is not UTF-8"},
		{"B\"o,Curie,discord:1,Paris,,x,,,", "a quotation mark stands where none may"},
		{"Eve,Curie,slack:T1/ana,Paris,,x,,,", "Eve and Ana (line 2) both have account slack:T1/ana"},
		{"Ana,Noether,slack:T1/ana,Paris,,x,,,", "Ana is in two labs: Noether here, and Curie on line 2; a person is in one"},
		{"ana,curie,slack:T1/ana,Paris,,x,,,", "ana stands on line 2 already"},
		{"=HYPERLINK(1),Curie,discord:2,Paris,,<!channel> @everyone,,,", ""}, // data like any other
	}
	text, want := importTop, []string{}
	for i, r := range rows {
		text += r.row + "\n"
		if r.want != "" {
			want = append(want, fmt.Sprintf("%d: %s", i+2, r.want))
		}
	}
	_, err := ReadPeople(strings.NewReader(text), testPlatforms())
	var bad *BadRowsError
	if !errors.As(err, &bad) {
		t.Fatalf("ReadPeople = %v, want a *BadRowsError", err)
	}
	for i, f := range bad.Faults {
		got := fmt.Sprintf("%d: %s", f.Line, f.Text)
		if i >= len(want) || !strings.HasPrefix(got, want[i]) {
			t.Errorf("fault %d = %q, want %q", i, got, want[min(i, len(want)-1)])
		}
	}
	if len(bad.Faults) != len(want) {
		t.Errorf("ReadPeople named %d faults, want %d", len(bad.Faults), len(want))
	}
}

func TestReadPeopleNamesAllThatIsWrongWithARow(t *testing.T) {
	t.Parallel()
	_, err := ReadPeople(strings.NewReader(importTop+",,x,Mars,never,,,,king\n"), testPlatforms())
	var bad *BadRowsError
	if !errors.As(err, &bad) || len(bad.Faults) != 7 {
		t.Errorf("ReadPeople of a row of faults = %v, want 7 of them", err)
	}
}

func TestReadPeopleRefusesFilesThatAreNone(t *testing.T) {
	t.Parallel()
	const top = "name,lab,account,zone,hours,about\n"
	for text, want := range map[string]string{
		"":                      "the file is empty",
		"\xff\xfen\x00a\x00":    "UTF-16",
		"PK\x03\x04":            "spreadsheet",
		top:                     "nobody below it",
		"name,lab\nx,y\n":       `column "account" is missing`,
		"title," + top:          `column "title" is not known`,
		"name," + top:           `column "name" is there twice`,
		"{\"people\":[]}\n":     "header",
		top + "\"Ana,Curie,x\n": "1 row is not as it should be",
	} {
		if _, err := ReadPeople(strings.NewReader(text), testPlatforms()); err == nil ||
			!strings.Contains(err.Error(), want) && !strings.Contains(err.Error(), "row is not as") {
			t.Errorf("ReadPeople(%.20q) = %v, want %q", text, err, want)
		}
	}
}

// endless is a file without end, of one long line or of many.
type endless struct{ line string }

func (e endless) Read(p []byte) (int, error) { return copy(p, e.line), nil }

func TestReadPeopleReadsNoMoreThanItsBound(t *testing.T) {
	t.Parallel()
	for name, line := range map[string]string{"one line": strings.Repeat("x", 1<<20), "many lines": strings.Repeat(",,,,,\n", 1<<17)} {
		_, err := ReadPeople(io.MultiReader(strings.NewReader("name,lab,account,zone,hours,about\n"), endless{line}), testPlatforms())
		if !errors.Is(err, errTooLarge) {
			t.Errorf("ReadPeople of %s without end = %v, want %v", name, err, errTooLarge)
		}
	}
}

func FuzzReadPeople(f *testing.F) {
	f.Add([]byte(importTop + "Ana,Curie,slack:T1/ana,Paris,Mon-Fri 9-17,\"a \"\"b\"\"\nc\",x,y,lead\n"))
	f.Add([]byte("\ufeffname;lab;account;zone;hours;about\r\nBo;Noether;discord:1;Oslo;;z\r\n"))
	f.Add([]byte("\"\n\"\"\x00,"))
	f.Fuzz(func(t *testing.T, data []byte) {
		people, err := ReadPeople(strings.NewReader(string(data)), testPlatforms())
		if (err == nil) != (len(people) > 0) {
			t.Fatalf("ReadPeople = %d people and %v", len(people), err)
		}
		for _, p := range people {
			person := &Person{Name: p.Name, Accounts: []chat.Account{p.Account}}
			if err := person.apply(p.Values); err != nil {
				t.Errorf("line %d was taken, and cannot be applied: %v", p.Line, err)
			}
		}
	})
}
