package main

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// movedZones is a folder with the program's own zones, in which Berlin keeps
// Tokyo's clocks as if a law had moved it, as release 2031a.
func movedZones(t *testing.T) string {
	t.Helper()
	archive, err := zip.OpenReader("calendar/zonedata/zoneinfo.zip")
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	folder := t.TempDir()
	if err := os.CopyFS(folder, archive); err != nil {
		t.Fatal(err)
	}
	tokyo, err := os.ReadFile(filepath.Join(folder, "Asia", "Tokyo"))
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"Europe/Berlin": tokyo, "tzdata.zi": []byte("# version 2031a\n")} {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func TestZoneDataOfTheSettingsAreObeyed(t *testing.T) {
	t.Parallel()
	config := settingsOf(t, "zone_data: "+movedZones(t)+"\n")
	const line = "Europe/Berlin\t2026-12-08T15:00"
	out, errs, code := program(t, line, "-c", config, "when", "--stdin")
	if want := line + "\t2026-12-08T06:00Z\tunique\n"; out != want || code != 0 {
		t.Errorf("when by other zone data = %d, %q, %q, want %q", code, out, errs, want)
	}
	if out, _, _ = program(t, line, "when", "--stdin"); out != line+"\t2026-12-08T14:00Z\tunique\n" {
		t.Errorf("when by the program's own = %q", out)
	}
	out, _, _ = program(t, "ana@slack:curie> when text:\"8 Dec 2026 15:00 Berlin\"\n", "-c", config, "console", "--script", "-")
	if want := "15:00 Berlin (UTC+9)"; !strings.Contains(out, want) {
		t.Errorf("the bot by other zone data lacks %q:\n%s", want, out)
	}
	out, _, _ = program(t, "", "-c", config, "check")
	if want := "ok       zone data: 2031a, in "; !strings.Contains(out, want) {
		t.Errorf("check lacks %q:\n%s", want, out)
	}
}

func TestOldOrDamagedZoneDataAreToldOf(t *testing.T) {
	t.Parallel()
	folder := movedZones(t)
	config := settingsOf(t, "zone_data: "+folder+"\n")
	if err := os.WriteFile(filepath.Join(folder, "tzdata.zi"), []byte("# version 2019a\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, _, _ := program(t, "", "-c", config, "check")
	if want := "warning  zone data: 2019a, in "; !strings.Contains(out, want) || !strings.Contains(out, "leave zone_data out") {
		t.Errorf("check of old zone data lacks %q:\n%s", want, out)
	}
	if err := os.WriteFile(filepath.Join(folder, "Asia", "Kathmandu"), []byte("TZif2"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"when", "15:00"}, {"console", "--script", "-"}} {
		if _, errs, code := program(t, "", append([]string{"-c", config}, args...)...); code != 1 || !strings.Contains(errs, "Asia/Kathmandu") {
			t.Errorf("%s by damaged zone data = %d, %q, want the zone named", args[0], code, errs)
		}
	}
	if out, _, code := program(t, "", "-c", config, "check"); code != 1 || !strings.Contains(out, "Asia/Kathmandu") {
		t.Errorf("check of damaged zone data = %d:\n%s", code, out)
	}
}
