package calendar_test

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"interlab/calendar"
)

// pinnedFiles unpacks the pinned data: every zone keeps its bytes under its name.
func pinnedFiles(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	archive := openPinned(t)
	err := fs.WalkDir(archive, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(archive, path)
		files[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestPinnedDataAreTheRecordedOnes(t *testing.T) {
	t.Parallel()
	archive, err := os.ReadFile("zonedata/zoneinfo.zip")
	if err != nil {
		t.Fatal(err)
	}
	stamp, err := os.ReadFile("zonedata/VERSION.txt")
	if err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf("%s\n%x  zoneinfo.zip\n", calendar.Pinned().Version(), sha256.Sum256(archive))
	if string(stamp) != want {
		t.Errorf("VERSION.txt = %q, want %q", stamp, want)
	}
}

func TestPinnedDataKnowTheLawsOf2026(t *testing.T) {
	t.Parallel()
	set := calendar.Pinned()
	if set.Version() < "2026f" {
		t.Errorf("Version() = %q, want 2026f or newer", set.Version())
	}
	// Six zones changed in 2026; older data put them an hour off. Announced in the
	// NEWS file of tzdb, releases 2026b to 2026f.
	for name, want := range map[string]string{
		"America/Edmonton": "15:00", "America/Winnipeg": "14:00", "America/Vancouver": "16:00",
		"America/Inuvik": "15:00", "America/Havana": "13:00", "Africa/Casablanca": "09:00",
	} {
		instant, kind := set.Resolve(wall(t, "2026-12-01T09:00", name))
		if got := instant.Format("15:04"); got != want || kind != calendar.Unique {
			t.Errorf("Resolve(2026-12-01 09:00 %s) = %s, %s, want %s UTC", name, got, kind, want)
		}
	}
}

func TestOtherZoneDataMayReplaceThePinnedOnes(t *testing.T) {
	t.Parallel()
	files := pinnedFiles(t)
	files["tzdata.zi"] = &fstest.MapFile{Data: []byte("# version 2031a\n# This zic input file\n")}
	files["Europe/Berlin"] = files["Asia/Tokyo"] // as if a law had moved it
	set, err := calendar.LoadZones(files)
	if err != nil {
		t.Fatalf("LoadZones() = %v", err)
	}
	w := wall(t, "2026-12-08T15:00", "Europe/Berlin")
	if got, _ := set.Resolve(w); got.Hour() != 6 {
		t.Errorf("Resolve(%v) = %v, want 06:00 by the other data", w, got)
	}
	if got, _ := calendar.Pinned().Resolve(w); got.Hour() != 14 {
		t.Errorf("Resolve(%v) = %v, want 14:00 by the pinned data still", w, got)
	}
	if set.Version() != "2031a" {
		t.Errorf("Version() = %q, want 2031a", set.Version())
	}
	if got := set.Digest(); got == calendar.Pinned().Digest() || len(got) != 32 {
		t.Errorf("Digest() = %q, want 32 characters unlike those of the pinned data", got)
	}
}

func TestZoneDataMayKeepUTCUnderEtc(t *testing.T) {
	t.Parallel()
	files := pinnedFiles(t)
	files["Etc/UTC"] = files["UTC"]
	delete(files, "UTC")
	set, err := calendar.LoadZones(files)
	if err != nil {
		t.Fatalf("LoadZones() = %v", err)
	}
	if set.Digest() != calendar.Pinned().Digest() {
		t.Errorf("Digest() = %q for the rules of the pinned data, want theirs", set.Digest())
	}
	if set.Version() != "unknown" {
		t.Errorf("Version() = %q, want unknown", set.Version())
	}
}

func TestIncompleteZoneDataAreRefusedByName(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(fstest.MapFS){
		"missing": func(f fstest.MapFS) { delete(f, "Asia/Tokyo") },
		"damaged": func(f fstest.MapFS) { f["Asia/Tokyo"] = &fstest.MapFile{Data: []byte("TZif2 not really")} },
		"empty":   func(f fstest.MapFS) { f["Asia/Tokyo"] = &fstest.MapFile{} },
	} {
		files := pinnedFiles(t)
		spoil(files)
		if _, err := calendar.LoadZones(files); err == nil || !strings.Contains(err.Error(), "Asia/Tokyo") {
			t.Errorf("LoadZones(Asia/Tokyo %s) = %v, want an error that names it", name, err)
		}
	}
}

func TestOneSetIsSharedByAll(t *testing.T) {
	t.Parallel()
	first, second := calendar.Pinned(), calendar.Pinned()
	if first != second {
		t.Error("Pinned() loads the data again at every call")
	}
}

func BenchmarkWallAt(b *testing.B) {
	set, z := calendar.Pinned(), zone(b, "America/New_York")
	instant := time.Date(2026, 12, 8, 15, 0, 0, 0, time.UTC)
	for b.Loop() {
		set.WallAt(instant, z)
	}
}

func BenchmarkLoadZones(b *testing.B) {
	archive := openPinned(b)
	for b.Loop() {
		if _, err := calendar.LoadZones(archive); err != nil {
			b.Fatal(err)
		}
	}
}

func TestALawCanBeRehearsed(t *testing.T) {
	t.Parallel()
	pinned := calendar.Pinned()
	set := pinned.Rehearse(zone(t, "Europe/Berlin"), zone(t, "Africa/Lagos"))
	for name, want := range map[string]int{"Europe/Berlin": 14, "Africa/Lagos": 14, "Europe/Paris": 13} {
		if got, _ := set.Resolve(wall(t, "2026-07-08T15:00", name)); got.Hour() != want {
			t.Errorf("15:00 in %s is %v, want %d:00 UTC", name, got, want)
		}
	}
	if got, _ := pinned.Resolve(wall(t, "2026-07-08T15:00", "Europe/Berlin")); got.Hour() != 13 {
		t.Errorf("the pinned rules have changed: 15:00 in Berlin is %v", got)
	}
	if set.Digest() == pinned.Digest() || set.Version() == pinned.Version() {
		t.Errorf("the rehearsal cannot be told from the pinned rules: %s, %s", set.Version(), set.Digest())
	}
}

func TestReleasesAreComparedWhereBothAreKnown(t *testing.T) {
	t.Parallel()
	pinned := calendar.Pinned()
	for other, want := range map[string]bool{"2099a": true, "2020a": false, pinned.Version(): false, "": false, "unknown": false, "2099a with x": false} {
		if got := pinned.OlderThan(other); got != want {
			t.Errorf("OlderThan(%q) = %v, want %v", other, got, want)
		}
	}
	if pinned.Rehearse(calendar.UTC(), calendar.UTC()).OlderThan("2099a") {
		t.Error("a rehearsal is called older than a release")
	}
}
