package main

import (
	"strings"
	"testing"

	"interlab/calendar/icstest"
)

// hostileTalks announces talks with titles that try to leave their line.
const hostileTalks = `clock 2026-10-05T08:00Z
ana@slack:curie> profile set shares:"sparse codes" zone:Berlin contact:"ana@curie.example" show:name
bo@discord:noether> profile set shares:"superposition" zone:Copenhagen contact:"bo@noether.example" show:name
olga@slack:office> admin role person:Ana role:lead lab:Curie
olga> admin role person:Bo role:lead lab:Noether
ana> colloquium propose title:"END:VCALENDAR; or, a\\nb" speaker:"Ana Ruiz" when:"20 Oct 15:00" where:"Room 3, https://meet.example/x" abstract:"a, b; c"
ana> press "Announce"
bo> colloquium propose title:"🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂" speaker:"Bo" when:"27 Oct 15:00"
bo> press "Announce"
bo> colloquium cancel talk:"🙂" reason:"ill"
bo> press "Cancel it and tell 0 people"
`

func TestTwoExportsWithoutAChangeAreTheSame(t *testing.T) {
	t.Parallel()
	needRedis(t)
	data := t.TempDir()
	if out, errs, code := program(t, hostileTalks, "console", "--script", "-", "--data", data); code != 0 {
		t.Fatalf("console = %d, %s\n%s", code, errs, out)
	}
	export := func(args ...string) string {
		out, errs, code := program(t, "", append([]string{"export", "ics", "--data", data}, args...)...)
		if faults := icstest.Faults([]byte(out)); code != 0 || errs != "" || faults != nil {
			t.Errorf("export ics %v = %d, %q, %q", args, code, errs, faults)
		}
		return out
	}
	all := export()
	if again := export(); again != all {
		t.Errorf("the second export differs:\n%s\nfrom\n%s", again, all)
	}
	for _, want := range []string{
		"\r\nSUMMARY:END:VCALENDAR\\; or\\, a\\\\nb\r\n", "\r\nSTATUS:CANCELLED\r\n", "\r\nDTSTART:20261020T130000Z\r\n", "\r\nLOCATION:Room 3\\, https://meet.example/x\r\n", "\r\nURL:https://meet.example/x\r\n",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("export ics lacks %q:\n%s", want, all)
		}
	}
	if n := strings.Count(all, "BEGIN:VEVENT"); n != 2 {
		t.Errorf("export ics has %d talks:\n%s", n, all)
	}
	if one := export("--lab", "Noether"); strings.Count(one, "BEGIN:VEVENT") != 1 || !strings.Contains(one, "CANCELLED") {
		t.Errorf("export ics --lab Noether = %s", one)
	}
	if _, errs, code := program(t, "", "export", "ics", "--data", data, "--lab", "None"); code != 1 || errs != "interlab: export ics: No lab is called “None”.\n" {
		t.Errorf("export ics of an unknown lab = %d, %q", code, errs)
	}
}
