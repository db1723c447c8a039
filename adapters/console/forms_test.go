package console

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interlab/bot/chat"
)

func talkForm(t *testing.T) chat.Form {
	t.Helper()
	form, err := (&fake{}).Form(t.Context(), chat.Event{})
	if err != nil {
		t.Fatal(err)
	}
	return form
}

func TestFillInTakesOptionsAsPeopleNameThem(t *testing.T) {
	t.Parallel()
	form := talkForm(t)
	for text, want := range map[string]string{
		"open": "open", "Open colloquium": "open", "2": "open", "1": "seminar", "": "",
	} {
		got, err := fillIn(form, []Value{{"kind", text}, {"title", "2"}})
		if err != nil {
			t.Errorf("fillIn(kind=%q) = %v", text, err)
			continue
		}
		if diff := cmp.Diff(map[string]string{"kind": want, "title": "2"}, values(got)); diff != "" {
			t.Errorf("fillIn(kind=%q) (-want +got):\n%s", text, diff)
		}
	}
	if diff := cmp.Diff(talkForm(t), form); diff != "" {
		t.Errorf("fillIn changed the form it was given (-want +got):\n%s", diff)
	}
}

func TestAFormThatOpensReplacesTheOneThatWasOpen(t *testing.T) {
	t.Parallel()
	_, c := newFake(t, &strings.Builder{})
	script := parsed(t, `
		ana@slack:curie> propose
		ana> fill kind="open"
		ana> propose
		expect ana: Kind (kind): seminar
		ana> fill title="Graphs"
		expect ana: Graphs as seminar`)
	if err := c.Play(t.Context(), script); err != nil {
		t.Error(err)
	}
	if _, open := c.screen.form(ana.Account()); open {
		t.Error("a form is open after it was accepted")
	}
}

func TestWhatWasTypedStandsInARefusedForm(t *testing.T) {
	t.Parallel()
	_, c := newFake(t, &strings.Builder{})
	if err := c.Play(t.Context(), parsed(t, "ana@slack:curie> propose\nana> fill kind=\"open\"\nana> again")); err != nil {
		t.Fatal(err)
	}
	open, ok := c.screen.form(ana.Account())
	if got := values(open.form)["kind"]; !ok || got != "open" {
		t.Errorf("the open form has kind %q (open %t), want open", got, ok)
	}
}

func TestASubmissionThatWasNotSavedClosesItsForm(t *testing.T) {
	t.Parallel()
	played(t, `
		ana@slack:curie> propose
		store stops
		ana> fill title="Graphs"
		expect ana: Nothing was saved
		store returns
		ana> again
		expect ana: Proposed Graphs`)
}

func TestEverybodyHasAFormOfTheirOwn(t *testing.T) {
	t.Parallel()
	played(t, `
		ana@slack:curie> propose
		bo@discord:noether> propose
		together
		  ana> fill title="Graphs"
		  bo> fill title="Proteins"
		end
		expect ana: Graphs
		expect bo: Proteins
		expect not bo: Graphs`)
}

func TestClosingLeavesAnotherFormOpen(t *testing.T) {
	t.Parallel()
	s := newScreen(&strings.Builder{}, "")
	s.openForm(ana.Account(), openForm{form: talkForm(t)})
	s.closeForm(ana.Account(), chat.Ref{Route: "other"})
	if _, open := s.form(ana.Account()); !open {
		t.Error("form(ana) is closed, want it open: another form was submitted")
	}
	s.closeForm(bo.Account(), chat.Ref{Route: "talk"})
	s.closeForm(ana.Account(), chat.Ref{Route: "talk"})
	if _, open := s.form(ana.Account()); open {
		t.Error("form(ana) is open, want it closed")
	}
}

func TestProblemsNameTheirFields(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	s := newScreen(&out, "")
	s.openForm(ana.Account(), openForm{form: talkForm(t)})
	out.Reset()
	s.problems(ana.Account(), []chat.Problem{{Field: "title", Text: "Give it a title."}, {Field: "gone", Text: "Say more."}})
	want := "    form: Title: Give it a title.\n    form: gone: Say more.\n"
	if got := out.String(); got != want {
		t.Errorf("problems show %q, want %q", got, want)
	}
	if err := s.expect(Expect{Who: ana, Text: "form: gone: Say more."}); err != nil {
		t.Error(err)
	}
}

func TestAFormThatIsNotValidFailsTheStatement(t *testing.T) {
	t.Parallel()
	f, _ := newFake(t, &strings.Builder{})
	c := New(Options{App: formless{f}, World: f})
	err := c.Play(t.Context(), parsed(t, "ana@slack:curie> propose"))
	if err == nil || !strings.HasPrefix(err.Error(), `talk.txt:1: the form "" is not valid: `) {
		t.Errorf("Play = %v, want an error about the form", err)
	}
}
