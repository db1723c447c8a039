package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interlab/bot/chat"
)

// Where no form can open, a line is answered with a button that carries the
// form's own reference. What it opens is what the line would have opened, and
// nothing that was typed is lost: a form opens on a command without arguments.
func TestAFormThatALineAsksForOpensByItsButtonAsWell(t *testing.T) {
	t.Parallel()
	script := filepath.Join(t.TempDir(), "offered.txt")
	if err := os.WriteFile(script, []byte(`clock 2026-10-05T08:00Z
olga@slack:office> profile set shares:"sparse codes" zone:Berlin contact:"olga@office.example" show:name
`), 0o600); err != nil {
		t.Fatal(err)
	}
	th := openTheatre(t, script)
	app := th.core()
	th.play()
	olga := chat.Account{Platform: "slack", Team: "office", User: "olga"} // an organiser, to whom all forms open
	said := func(input chat.Input) chat.Event {
		return chat.Event{ID: "e", From: olga, Name: "Olga", In: chat.Place{Home: chat.Home{Platform: "slack", ID: "office"}}, Input: input}
	}
	forms := 0
	for path := range app.Tree().Leaves() {
		line := said(chat.Line{Text: strings.Join(path, " ")})
		if app.Plan(line).Show != chat.ShowForm {
			continue
		}
		forms++
		typed, err := app.Form(t.Context(), line)
		if err != nil {
			t.Errorf("%v: %v", path, err)
			continue
		}
		press := said(chat.Press{Ref: typed.Ref})
		pressed, err := app.Form(t.Context(), press)
		if diff := cmp.Diff(typed, pressed); err != nil || app.Plan(press).Show != chat.ShowForm || diff != "" {
			t.Errorf("%v by its button %s: %v (-typed +pressed):\n%s", path, typed.Ref, err, diff)
		}
	}
	if forms < 5 {
		t.Errorf("%d commands open a form, want more", forms)
	}
	for path, leaf := range app.Tree().Leaves() {
		args := map[string]string{}
		for _, arg := range leaf.Args {
			args[arg.Name] = "1"
		}
		if e := said(chat.Call{Path: path, Args: args}); len(args) > 0 && app.Plan(e).Show == chat.ShowForm {
			t.Errorf("%v opens a form in the place of its arguments", path)
		}
	}
}
