package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"interlab/bot/chat"
)

// FuzzApp drives the bot with whatever three people may type, press and send,
// forged controls included. A story has a line for each event: whose it is,
// what it is, and its text, as in "0l match find x".
func FuzzApp(f *testing.F) {
	for _, story := range []string{
		"0l match find protein folding\n0b 0\n1b 0\n0b 0\n1b 0\n1b 1\n0b 3\n0t 200\n0b 1\n1b 0",
		"0l match find protein folding\n0b 0\n0b 0\n1b 2\n1b 0\n0l match list\n0m 0\n0b 0\n1l me",
		"0l match find protein folding\n0b 0\n1b 1\n0l match list\n0m 0\n0t 300\n0l me\n1l me",
		"2l profile set\n2s profile.edit shares=x;zone=Atlantis;lab=Curie\n2b 0\n2f profile.edit\n2s profile.more contact=c;show=name",
		"2s profile.edit shares=optics;zone=Paris;lab=Curie Lab\n2b 0\n2s profile.more about=a;contact=c;show=topics\n2l profile show\n2l profile pause until:tomorrow\n2t 30",
		"0p match.ask:zzz.0\n0p match.yes:\n0p match.slot:x.1.2\n0p match.met:x.\n0p profile.edit:..\n0p admin.role\n0p admin.lab\n0p match.block\n0p match.new.sent\n0p home.added\n0p nowhere:1",
		"0l match find protein folding\n0c match.ask .0\n0c match.ask .-1\n0c match.ask .9999999999999999999999\n0c match.ask .0.0\n0c match.ask .00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
		"0l match find protein folding\n0b 0\n1b 0\n0c match.off .1\n0c match.slot .1.0\n1c match.slot .1.0\n0c match.slot .2.0\n0c match.why .\n0c match.never .\n0l match list",
		"0l \x00\x00\u202e\u2066 match find \xff\xfe\n0l match find \u202eevil\u2069 \x00\n0s match.new topic=\u200b\u200b;kind=\x00",
		"0l profile set shares:\"" + strings.Repeat("x", 3000) + "\"\n0s match.new topic=" + strings.Repeat("protein folding ", 600),
		"0l profile set about:\"" + strings.Repeat("\u00df ", 1400) + "\" contact:\"https://evil.example\"\n0l profile show\n0l match find protein folding\n0b 0",
		"2l match block Bo\n2l match block person:\"\"\n2l match unblock Bo\n2l admin lab X\n2l admin role person:Bo role:lead lab:Y\n2l admin home lab:Z home:q",
		"0l match block Bo\n1l match find cryo\n0l match unblock Bo\n1l match find cryo\n1b 0\n0l match list\n0m 0\n0b 2\n0p match.never:x",
		"0s match.yes.contact contact=\n0s match.ask.contact:x.0 contact=\u202e\n0s home.added a=b\n0s help group=x\n0s start x=y\n0h added\n0h removed\n0h gone\n0h what",
	} {
		f.Add(story)
	}
	f.Fuzz(func(t *testing.T, story string) {
		w := newWorld(t)
		w.join(ana, "Ana Ruiz", "Curie Lab", "cryo-electron microscopy")
		w.join(bo, "Bo Larsen", "Noether Lab", "protein folding")
		lines := strings.Split(story, "\n")
		for _, line := range lines[:min(len(lines), 24)] {
			if len(line) > 2 && !w.live(line) {
				return
			}
		}
		w.pass(40 * 24 * time.Hour)
		w.healthy()
		if log := w.journal.String(); log != "" {
			t.Errorf("the log complains:\n%s", log)
		}
	})
}

// live does one line of a story; false where it is none.
func (w *world) live(line string) bool {
	w.t.Helper()
	people := []chat.Account{ana, bo, {Platform: "slack", Team: "curie", User: "cy"}}
	who, text := people[int(line[0])%len(people)], strings.TrimPrefix(line[2:], " ")
	if line[1] == 't' {
		w.pass(time.Duration(len(text)*7+number(text)%1000) * time.Hour)
		return true
	}
	input := w.input(line[1], who, text)
	if input == nil {
		return true
	}
	e := w.event(who, input)
	plan := w.app.Plan(e)
	w.app.Check(e)
	if plan.Show == chat.ShowForm {
		form, err := w.app.Form(w.t.Context(), e)
		if err == nil {
			err = form.Validate()
		}
		if err != nil {
			w.t.Errorf("the form for %+v: %v", input, err)
		}
		return true
	}
	w.handles(e)
	if answer, ok := w.answer(e.ID); !ok && plan.Show != chat.ShowNothing {
		w.t.Errorf("no answer to %+v", input)
	} else if strings.Contains(plain(answer), "Something went wrong") {
		w.t.Errorf("%+v is answered with a fault of ours:\n%s", input, w.journal.String())
	}
	w.settle()
	return true
}

// input is what an event brings; nil where a platform would never bring it.
func (w *world) input(kind byte, who chat.Account, text string) chat.Input {
	control, rest, _ := strings.Cut(text, " ")
	switch kind {
	case 'l':
		return chat.Line{Text: text}
	case 'p': // a forged control, as far as references can be read
		if ref, err := chat.ParseRef(control); err == nil {
			return chat.Press{Ref: ref, Values: strings.Fields(rest)}
		}
	case 'c': // the id of a control that was seen, with other numbers behind it
		if refs := w.seen(who); len(refs) > 0 {
			id, _, _ := strings.Cut(refs[len(refs)-1].ID, ".")
			if ref, err := chat.ParseRef(control + ":" + id + rest); err == nil {
				return chat.Press{Ref: ref}
			}
		}
	case 'b': // a button that was seen
		if refs := w.seen(who); len(refs) > 0 {
			return chat.Press{Ref: refs[number(text)%len(refs)]}
		}
	case 'm': // a choice of the last menu
		return w.choice(who, text)
	case 's':
		if ref, err := chat.ParseRef(control); err == nil {
			return chat.Submission{Ref: ref, Values: values(rest)}
		}
	case 'f':
		return chat.Call{Path: strings.Fields(control), Args: values(rest)}
	case 'h':
		return chat.Happening{What: chat.What(control)}
	}
	return nil
}

// seen are the buttons of the last card with any that somebody saw.
func (w *world) seen(who chat.Account) []chat.Ref {
	all := w.messenger.all()
	for i := len(all) - 1; i >= 0; i-- {
		var refs []chat.Ref
		for _, row := range all[i].said.Rows {
			for _, b := range row.Buttons {
				refs = append(refs, b.Ref)
			}
		}
		if all[i].to == who && len(refs) > 0 {
			return refs
		}
	}
	return nil
}

func (w *world) choice(who chat.Account, text string) chat.Input {
	all := w.messenger.all()
	for i := len(all) - 1; i >= 0; i-- {
		for _, row := range all[i].said.Rows {
			if all[i].to == who && row.Menu != nil {
				return chat.Press{Ref: row.Menu.Ref, Values: []string{row.Menu.Options[number(text)%len(row.Menu.Options)].Value}}
			}
		}
	}
	return nil
}

// values reads "name=value;name=value".
func values(text string) map[string]string {
	all := map[string]string{}
	for pair := range strings.SplitSeq(text, ";") {
		name, value, _ := strings.Cut(pair, "=")
		all[name] = value
	}
	return all
}

// number is the number at the beginning of a text, or 0.
func number(text string) int {
	var n uint16
	_, _ = fmt.Sscan(text, &n)
	return int(n)
}
