package chat

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPlatformCallsAreCheckedLikeLines(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		call Call
		want string
	}{
		{call(""), ""},
		{call("match find"), ""},
		{call("match find", "topic", "x", "role", "Staff"), ""},
		{call("match find", "role", "Staff"), `"match find" needs topic: as well.`},
		{call("match find", "topic", " \u200b"), `"match find" needs topic: as well.`},
		{call("match find", "topic", "x", "role", "staff"), "role: takes one of"},
		{call("match find", "topic", "x", "count", "1.5"), "count: takes a whole number"},
		{call("match find", "topic", "x", "Topic", "y"), `"match find" has no "Topic:".`},
		{call("match find more"), `"match find" is a whole command, and "more" cannot follow it.`},
		{call("match"), `"match" needs one more word`},
		{call("nothing"), `There is no command "nothing".`},
	} {
		err := sample().Check(test.call)
		if test.want == "" && err == nil {
			continue
		}
		if err == nil || test.want == "" || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("Check(%+v) = %v, want %q", test.call, err, test.want)
		}
	}
}

func TestArgumentsAreOrderedAsTheLeafHasThem(t *testing.T) {
	t.Parallel()
	got := leafOf("c a b").order(map[string]string{"b": "", "z": "", "c": "", "y": ""})
	if diff := cmp.Diff([]string{"c", "b", "y", "z"}, got); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}
