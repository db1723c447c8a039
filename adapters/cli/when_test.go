package cli_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"interlab/adapters/cli"
	"interlab/calendar"
)

// whenSays runs interlab when on a Monday morning.
func whenSays(t *testing.T, input string, args ...string) (out, errs string, code int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = cli.Run(t.Context(), append([]string{"when"}, args...), cli.Program{
		Stdin: strings.NewReader(input), Stdout: &stdout, Stderr: &stderr, Getenv: func(string) string { return "" },
		Zones: func(string) (*calendar.ZoneSet, error) { return calendar.Pinned(), nil },
		Now:   func() time.Time { return time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC) },
	})
	return stdout.String(), stderr.String(), code
}

func TestWhenSaysWhichInstantATimeIs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ args, out, errs string }{
		{"next Tue 15:00 Berlin", "Tue 8 Dec 2026, 15:00 Berlin (UTC+1)\n2026-12-08T14:00Z\n", ""},
		{"15:00", "Mon 30 Nov 2026, 15:00 UTC\n2026-11-30T15:00Z\n", ""},
		{"--zone kathmandu tomorrow 14:00", "Tue 1 Dec 2026, 14:00 Kathmandu (UTC+5:45)\n2026-12-01T08:15Z\n", ""},
		{"--zone Berlin --now 2026-07-01T08:00Z 15:00", "Wed 1 Jul 2026, 15:00 Berlin (UTC+2)\n2026-07-01T13:00Z\n", ""},
		{"--zone Berlin --now 2026-07-01T23:00:00+01:00 today 15:00", "Thu 2 Jul 2026, 15:00 Berlin (UTC+2)\n2026-07-02T13:00Z\n", ""},
		{"1 Jan 2020 9am", "Wed 1 Jan 2020, 09:00 UTC\n2020-01-01T09:00Z\nThis time is over.\n", ""},
		{"15:00 CEST", "", "interlab: “CEST” means different times in different places and seasons. Did you mean Europe/Berlin, Europe/Paris or Europe/Madrid?\n"},
		{"--zone Local 15:00", "", "interlab: There is no time zone called “Local”. Name a large city in it, such as Berlin or New York.\n"},
		{"half past nine", "", "interlab: “half past nine” is not understood here. Write a time as"},
		{"--now yesterday 15:00", "", "interlab: --now \"yesterday\" is no instant; write it as 2026-11-30T08:00Z\n"},
		{"", "", "interlab: when needs a time, such as: interlab when next Tue 15:00 Berlin\n"},
		{"--stdin 15:00", "", "interlab: when --stdin reads times and zones from its lines; leave out TEXT, --zone and --now\n"},
		{"--stdin --zone Berlin", "", "interlab: when --stdin reads times and zones from its lines; leave out TEXT, --zone and --now\n"},
	} {
		out, errs, code := whenSays(t, "", strings.Fields(c.args)...)
		if out != c.out || !strings.HasPrefix(errs, c.errs) || (errs == "") != (c.errs == "") || (code == 0) != (c.errs == "") {
			t.Errorf("when %s = %d, %q, %q, want %q, %q", c.args, code, out, errs, c.out, c.errs)
		}
	}
}

func TestWhenGivesTheTimesToChooseFrom(t *testing.T) {
	t.Parallel()
	out, _, code := whenSays(t, "", "--json", "--zone", "Berlin", "28 Mar 02:30")
	var got struct {
		Text, Refused, Sentence string
		Choices                 []struct{ Full, Wall, Zone, Instant, Kind string }
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil || code != 1 {
		t.Fatalf("when --json of a gap = %d, %q, %v", code, out, err)
	}
	if got.Refused != "skipped" || len(got.Choices) != 2 || got.Choices[1].Instant != "2027-03-28T01:30Z" || got.Choices[0].Zone != "Europe/Berlin" ||
		!strings.Contains(got.Sentence, "does not exist") {
		t.Errorf("when --json of a gap = %+v, want both times beside it", got)
	}
	out, _, code = whenSays(t, "", "--json", "--zone", "Berlin", "Sun 31 Oct 2027, 02:30 Berlin (UTC+1)")
	want := `{"text":"Sun 31 Oct 2027, 02:30 Berlin (UTC+1)","full":"Sun 31 Oct 2027, 02:30 Berlin (UTC+1)","wall":"2027-10-31T02:30","zone":"Europe/Berlin","instant":"2027-10-31T01:30Z","kind":"overlap"}` + "\n"
	if out != want || code != 0 {
		t.Errorf("when --json of a second pass = %d, %s, want %s", code, out, want)
	}
	out, _, _ = whenSays(t, "", "--json", "15:00 Cambridge")
	if want := `"zones":["Europe/London","America/New_York"]`; !strings.Contains(out, want) {
		t.Errorf("when --json of a place in two zones = %s, want %s", out, want)
	}
}

func TestWhenAnswersManyLines(t *testing.T) {
	t.Parallel()
	in := "\ufeffEurope/Berlin\t2026-10-25T02:30\r\n\n" +
		"America/New_York\t2026-03-08T02:30\n" +
		"Asia/Calcutta\t2026-10-25T02:30\n" +
		"berlin\t1891-01-01T12:00:01"
	want := []string{
		"Europe/Berlin\t2026-10-25T02:30\t2026-10-25T00:30Z\toverlap",
		"America/New_York\t2026-03-08T02:30\t2026-03-08T07:30Z\tgap",
		"Asia/Calcutta\t2026-10-25T02:30\t2026-10-24T21:00Z\tunique",
		"berlin\t1891-01-01T12:00:01\t1891-01-01T11:06:33Z\tunique",
	}
	out, errs, code := whenSays(t, in, "--stdin")
	if diff := cmp.Diff(strings.Join(want, "\n")+"\n", out); diff != "" || errs != "" || code != 0 {
		t.Errorf("when --stdin = %d, %q (-want +got):\n%s", code, errs, diff)
	}
	out, _, _ = whenSays(t, "Asia/Calcutta\t2026-10-25T02:30\n", "--stdin", "--json")
	if want := `{"text":"2026-10-25T02:30","wall":"2026-10-25T02:30","zone":"Asia/Kolkata","instant":"2026-10-24T21:00Z","kind":"unique"}` + "\n"; out != want {
		t.Errorf("when --stdin --json = %s, want %s", out, want)
	}
}

func TestABadLineIsNamedAndTheOthersAreAnswered(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 5000)
	for bad, sentence := range map[string]string{
		"Europe/Berlin 2026-10-25T02:30":    `"Europe/Berlin 2026-10-25T02:30" has no tab; write a zone, a tab and a time such as 2026-10-25T02:30`,
		"Local\t2026-10-25T02:30":           "There is no time zone called “Local”. Name a large city in it, such as Berlin or New York.",
		"\t2026-10-25T02:30":                "No time zone was given. Name a large city in it, such as Berlin or New York.",
		"IST\t2026-10-25T02:30":             "“IST” means different times in different places and seasons.",
		"UTC+2\t2026-10-25T02:30":           "“UTC+2” does not follow clock changes.",
		"Europe/Berlin\t2026-02-30T02:30":   `"2026-02-30T02:30" is no time; write it as 2026-10-25T02:30`,
		"Europe/Berlin\t2026-10-25":         `"2026-10-25" is no time; write it as 2026-10-25T02:30`,
		"Europe/Berlin\t2026-10-25T02:30\t": `"2026-10-25T02:30\t" is no time`,
		"Europe/Berlin\t0001-01-01T00:00":   `"0001-01-01T00:00" in Europe/Berlin is outside the years 1 to 9999`,
		"America/Lima\t9999-12-31T23:59":    `"9999-12-31T23:59" in America/Lima is outside the years 1 to 9999`,
		long:                                "is longer than 512 bytes; write a zone, a tab and a time",
	} {
		out, errs, code := whenSays(t, bad+"\nUTC\t2026-10-25T02:30\n", "--stdin")
		if want := "UTC\t2026-10-25T02:30\t2026-10-25T02:30Z\tunique\n"; out != want || code != 1 || !strings.HasPrefix(errs, "interlab: line 1: "+sentence) {
			t.Errorf("when --stdin with %.40q = %d, %q, %q, want %q", bad, code, out, errs, sentence)
		}
		if _, errs, code = whenSays(t, "UTC\t2026-10-25T02:30\n"+bad, "--stdin"); code != 1 || !strings.HasPrefix(errs, "interlab: line 2: ") {
			t.Errorf("when --stdin with %.40q at the end = %d, %q, want line 2 named", bad, code, errs)
		}
	}
}

// failing is a file that can neither be read nor written.
type failing struct{}

func (failing) Read([]byte) (int, error)  { return 0, errors.New("disk is gone") }
func (failing) Write([]byte) (int, error) { return 0, errors.New("disk is full") }

func TestWhenSaysThatItCouldNotReadOrWrite(t *testing.T) {
	t.Parallel()
	p := cli.Program{
		Getenv: func(string) string { return "" }, Now: time.Now,
		ReadFile: func(string) ([]byte, error) { return []byte("TZif"), nil },
		Zones: func(folder string) (*calendar.ZoneSet, error) {
			if folder != "" {
				return nil, errors.New("zone data in " + folder + ": damaged")
			}
			return calendar.Pinned(), nil
		},
	}
	var errs bytes.Buffer
	p.Stderr = &errs
	for _, c := range []struct {
		args   string
		broken bool
		want   string
	}{
		{"when 15:00", false, "interlab: print the time: disk is full\n"},
		{"when --stdin", false, "interlab: when: line 1: read standard input: disk is gone\n"},
		{"when 15:00", true, "interlab: zone data in x: damaged\n"},
	} {
		p.Stdin, p.Stdout = failing{}, failing{}
		p.Getenv = func(name string) string {
			if c.broken && name == "INTERLAB_ZONE_DATA" {
				return "x"
			}
			return ""
		}
		errs.Reset()
		if code := cli.Run(t.Context(), strings.Fields(c.args), p); code != 1 || errs.String() != c.want {
			t.Errorf("%s = %d, %q, want 1, %q", c.args, code, errs.String(), c.want)
		}
	}
}

// Whatever is in a line, it is answered or named, and the next one is answered.
func FuzzWhenLines(f *testing.F) {
	for _, line := range []string{"UTC\t2026-10-25T02:30", "x", "\t", "Europe/Berlin\t0001-01-01T00:00", "\xff\t\xff"} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		if strings.ContainsAny(line, "\n") {
			return
		}
		out, errs, code := whenSays(t, line+"\nUTC\t2026-10-25T02:30\n", "--stdin")
		if !strings.HasSuffix(out, "UTC\t2026-10-25T02:30\t2026-10-25T02:30Z\tunique\n") || (code == 0) != (errs == "") {
			t.Fatalf("when --stdin with %q = %d, %q, %q", line, code, out, errs)
		}
		if answers := strings.Count(out, "\n"); code == 1 && answers != 1 || code == 0 && answers > 2 {
			t.Fatalf("when --stdin with %q = %d and %d answers", line, code, answers)
		}
	})
}
