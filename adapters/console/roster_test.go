package console

import "testing"

func TestAShortNameMeansTheOnePersonWhoHasIt(t *testing.T) {
	t.Parallel()
	p := &parser{}
	for _, test := range []struct{ name, want, fail string }{
		{name: "ana@slack:curie", want: "ana@slack:curie"},
		{name: "ana", want: "ana@slack:curie"},
		{name: "bo@slack:curie", want: "bo@slack:curie"},
		{name: "bo@slack:curie", want: "bo@slack:curie"},
		{name: "bo", want: "bo@slack:curie"},
		{name: "bo@discord:noether", want: "bo@discord:noether"},
		{name: "bo", fail: `"bo" may be bo@slack:curie or bo@discord:noether; write the name in full`},
		{name: "ana", want: "ana@slack:curie"},
		{name: "Ana", fail: `nobody is called "Ana" yet; write the name in full first, such as Ana@slack:curie`},
		{name: "ana@slack", fail: `"ana@slack" is no name; write one as ana@slack:curie, later ana`},
		{name: "nobody", fail: `"nobody" is a word of the script and cannot be a person's name`},
		{name: "not@slack:curie", fail: `"not" is a word of the script and cannot be a person's name`},
		{name: "", fail: `"" is no name; write one as ana@slack:curie, later ana`},
	} {
		got, err := p.who(test.name)
		switch {
		case test.fail != "" && (err == nil || err.Error() != test.fail):
			t.Errorf("who(%s) = %s, %v, want %s", test.name, got, err, test.fail)
		case test.fail == "" && (err != nil || got.String() != test.want):
			t.Errorf("who(%s) = %s, %v, want %s", test.name, got, err, test.want)
		}
	}
	if len(p.people) != 3 {
		t.Errorf("roster = %v, want three people", p.people)
	}
}

func TestNamesInLinesOfOtherPlayersCount(t *testing.T) {
	t.Parallel()
	script := parsed(t, "bo@discord:noether> hi [only: discord]\nbo> hi")
	if who := script.Steps[1].Do.(Act).Who; who != bo {
		t.Errorf("bo in the second line is %s, want %s", who, bo)
	}
}
