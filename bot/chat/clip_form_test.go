package chat

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func genForm() *rapid.Generator[Form] {
	return rapid.Custom(func(t *rapid.T) Form {
		return Form{
			Ref: genRef().Draw(t, "ref"), Title: genShown().Draw(t, "title"), Submit: genShown().Draw(t, "submit"),
			Fields: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) FormField {
				return FormField{
					Name: genName().Draw(t, "name"), Label: genShown().Draw(t, "label"), Hint: genText().Draw(t, "hint"),
					Value: genText().Draw(t, "value"), Max: rapid.IntRange(0, 20).Draw(t, "max"),
					Options: rapid.SliceOfN(genOption(), 0, 30).Draw(t, "options"),
				}
			}), 1, 3).Draw(t, "fields"),
		}
	})
}

func TestClippedFormIsWithinEveryLimit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		got := genForm().Draw(t, "form").Clip()
		within(t, "form title", utf8.RuneCountInString(got.Title), MaxFormTitle)
		within(t, "submit label", utf8.RuneCountInString(got.Submit), MaxSubmit)
		for _, field := range got.Fields {
			within(t, "field label", utf8.RuneCountInString(field.Label), MaxFormLabel)
			within(t, "field hint", utf8.RuneCountInString(field.Hint), MaxFormHint)
			within(t, "options", len(field.Options), MaxOptions)
			if len(field.Options) == 0 {
				within(t, "text", utf8.RuneCountInString(field.Value), field.limit())
			}
		}
		if diff := cmp.Diff(got, got.Clip(), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("Clip() again (-once +twice):\n%s", diff)
		}
	})
}

func TestClippingFormLeavesItsReceiverAndItsValues(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 5000)
	options := []Option{{Label: long, Value: long}}
	form := Form{Fields: []FormField{{Name: long, Label: long, Value: long, Options: options}, {Value: long}}}
	got := form.Clip()
	if form.Fields[0].Label != long || form.Fields[1].Value != long || options[0].Label != long {
		t.Error("Clip() changed its receiver")
	}
	field := got.Fields[0]
	if field.Name != long || field.Value != long || field.Options[0].Value != long {
		t.Error("Clip() changed a name or the value of an option, want them whole")
	}
	if n := len([]rune(got.Fields[1].Value)); n != MaxFormText {
		t.Errorf("Clip() leaves a text of %d runes, want %d", n, MaxFormText)
	}
}
