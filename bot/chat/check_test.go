package chat

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func asking() Form {
	return Form{
		Ref: Ref{Route: "match.ask"}, Title: "Ask", Submit: "Send",
		Fields: []FormField{
			{Name: "topic", Label: "Topic", Required: true, Max: 10},
			{Name: "when", Label: "When", Required: true, Value: "now", Options: []Option{{Label: "Now", Value: "now"}, {Label: "Later", Value: "later"}}},
			{Name: "note", Label: "Note", Long: true},
		},
	}
}

func TestSubmissionProblemsComeInTheFieldsOrder(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		about  string
		values map[string]string
		want   []Problem
	}{
		{"all good", map[string]string{"topic": "optics", "when": "now"}, nil},
		{"nothing given", nil, []Problem{
			{"topic", "Topic: please fill this in."}, {"when", "When: please choose one."},
		}},
		{"only unseen characters", map[string]string{"topic": " \u200b\n", "when": "now"}, []Problem{{"topic", "Topic: please fill this in."}}},
		{"too long and not offered", map[string]string{"topic": "photonics and", "when": "never"}, []Problem{
			{"topic", "Topic: please shorten this to 10 characters; it has 13."},
			{"when", "When: please choose one of the list."},
		}},
		{"the length counts what is kept", map[string]string{"topic": "  éééééééééé\r\n", "when": "later"}, nil},
		{"beyond what any form takes", map[string]string{"topic": "x", "when": "now", "note": strings.Repeat("x", 3001)}, []Problem{
			{"note", "Note: please shorten this to 3000 characters; it has 3001."},
		}},
		{"fields that the form does not have", map[string]string{"topic": "x", "when": "now", "admin": "yes"}, nil},
	} {
		if diff := cmp.Diff(test.want, asking().Check(test.values)); diff != "" {
			t.Errorf("%s: Check() (-want +got):\n%s", test.about, diff)
		}
	}
}

func TestFilledFormKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	form := asking()
	long := strings.Repeat("x", 20)
	got := form.Fill(map[string]string{"topic": long, "when": "later", "admin": "yes"})
	if diff := cmp.Diff(asking(), form); diff != "" {
		t.Errorf("Fill() changed its receiver (-want +got):\n%s", diff)
	}
	want := asking()
	want.Fields[0].Value, want.Fields[1].Value = long, "later"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Fill() (-want +got):\n%s", diff)
	}
	if err := got.Validate(); err != nil {
		t.Errorf("Fill().Validate() = %v, want nil", err)
	}
}

func TestChoiceThatIsNoLongerOfferedKeepsTheForms(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ given, want string }{{"never", "now"}, {"", ""}, {"later", "later"}} {
		got := asking().Fill(map[string]string{"when": test.given}).Fields[1].Value
		if got != test.want {
			t.Errorf("Fill(when=%q) leaves %q, want %q", test.given, got, test.want)
		}
	}
}
