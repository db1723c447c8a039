package bot_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"interlab/adapters/redis"
	"interlab/bot"
	"interlab/bot/chat"
	"interlab/calendar"
	"interlab/matching"
)

// importDay is when imports happen in tests.
var importDay = time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)

type stopped time.Time

func (s stopped) Now() time.Time { return time.Time(s) }

// onStore makes an App on a store; answers go nowhere.
func onStore(t testing.TB, store bot.Store) *bot.App {
	t.Helper()
	app, err := bot.New(bot.Options{
		Store: store, Clock: stopped(importDay), Chance: rand.Reader, Zones: calendar.Pinned(), Aliases: matching.DefaultAliases(),
		Messenger: func(chat.Platform) (chat.Messenger, bool) { return nil, false }, Log: zerolog.Nop(),
	})
	if err != nil {
		t.Fatal(err)
	}
	return app
}

// memoryStore is an empty store in this process.
func memoryStore(t testing.TB) *redis.Running {
	t.Helper()
	store, err := redis.InProcess(t.Context(), "import")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

// listees reads rows as a file has them.
func listees(t testing.TB, rows string) []bot.Listee {
	t.Helper()
	people, err := bot.ReadPeople(strings.NewReader("name,lab,account,zone,hours,about,shares,seeks,role\n"+rows),
		map[chat.Platform]bool{"slack": true, "discord": false})
	if err != nil {
		t.Fatal(err)
	}
	return people
}

// rowsOf are n people of 50 labs with an abstract each.
func rowsOf(t testing.TB, n int) []bot.Listee {
	t.Helper()
	fields := strings.Fields("cortex plasma enzyme graph tensor glacier opioid lattice larva quasar syntax polymer auction genome vortex memory")
	var rows strings.Builder
	for i := range n {
		a, b, c := fields[i%16], fields[i/16%16], fields[i/256%16]
		fmt.Fprintf(&rows, "Person %d,Lab %d,discord:%d,Europe/Berlin,Mon-Fri 09:00-17:00,\"We ask how %s and %s change the \"\"%s\"\" number %d,\nand measure it.\",,,\n", i, i%50, i, a, b, c, i)
	}
	return listees(t, rows.String())
}

func mustImport(t testing.TB, app *bot.App, people []bot.Listee, o bot.ImportOptions) bot.ImportReport {
	t.Helper()
	report, err := app.Import(t.Context(), people, o)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// everything is all documents of a store by reference, with their versions.
func everything(t testing.TB, store bot.Store) map[string]int64 {
	t.Helper()
	all := map[string]int64{}
	for _, kind := range []string{"person", "lab", "home", "unlisted", "match", "delivery", "search", "draft"} {
		for page := (bot.Page{Index: "all/" + kind}); ; {
			records, next, err := store.Page(t.Context(), page)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range records {
				all[r.Ref.String()] = r.Version
			}
			if page.After = next; next == "" {
				break
			}
		}
	}
	return all
}

func TestImportingTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	store := memoryStore(t)
	people := rowsOf(t, 450)
	first := mustImport(t, onStore(t, store), people, bot.ImportOptions{By: "Olga"})
	if first.New != 450 || len(first.Labs) != 50 {
		t.Errorf("first import = %+v, want 450 new people and 50 labs", first)
	}
	before := everything(t, store)
	second := mustImport(t, onStore(t, store), people, bot.ImportOptions{By: "Olga"})
	if diff := cmp.Diff(bot.ImportReport{Unchanged: 450}, second); diff != "" {
		t.Errorf("second import (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(before, everything(t, store)); diff != "" {
		t.Errorf("the second import changed documents (-before +after):\n%s", diff)
	}
}

// Whatever moment an import ends at, a second one does the rest.
func TestASecondImportFinishesWhatAKilledOneBegan(t *testing.T) {
	t.Parallel()
	store := memoryStore(t)
	people := rowsOf(t, 1000)
	ctx, kill := context.WithCancel(t.Context())
	report, err := onStore(t, store).Import(ctx, people, bot.ImportOptions{Progress: func(done int) {
		if done >= 400 {
			kill()
		}
	}})
	if err == nil || report.New != 400 {
		t.Fatalf("a killed import = %+v, %v; want 400 new and an error", report, err)
	}
	report = mustImport(t, onStore(t, store), people, bot.ImportOptions{})
	if report.New != 600 || report.Unchanged != 400 {
		t.Errorf("the second import = %+v, want 600 new and 400 unchanged", report)
	}
	if n := len(everything(t, store)); n != 1050 {
		t.Errorf("the store has %d documents, want 1000 people and 50 labs", n)
	}
}

func TestACheckWritesNothing(t *testing.T) {
	t.Parallel()
	store := memoryStore(t)
	got := mustImport(t, onStore(t, store), rowsOf(t, 450), bot.ImportOptions{Check: true})
	if got.New != 450 || len(got.Labs) != 50 {
		t.Errorf("check = %+v, want 450 new people and 50 labs", got)
	}
	if all := everything(t, store); len(all) > 0 {
		t.Errorf("a check wrote %d documents, want none", len(all))
	}
}

func TestAnImportLeavesPeopleWhoSpeakForThemselves(t *testing.T) {
	t.Parallel()
	store := memoryStore(t)
	app := onStore(t, store)
	home := chat.Home{Platform: "slack", ID: "T1"}
	_, err := app.Populate(t.Context(), []bot.Newcomer{{
		Name: "Ana", Account: chat.Account{Platform: "slack", Team: "T1", User: "ana"}, Home: home, Lab: "Curie",
		Values: map[string]string{"shares": "seismology", "zone": "Paris"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	mustImport(t, app, listees(t, "Bo,Noether,discord:1,Oslo,,corals,,,\n"), bot.ImportOptions{})
	before := everything(t, store)
	got := mustImport(t, app, listees(t, ""+
		"Someone Else,Curie,slack:T1/ana,Berlin,,other things,,,organiser\n"+
		"Bo,noether,discord:1,Oslo,,corals and sponges,,,\n"+
		"Cy,Noether,discord:2,Oslo,,krill,,,lead\n"), bot.ImportOptions{})
	if diff := cmp.Diff(bot.ImportReport{New: 1, Changed: 1, Unchanged: 1}, got); diff != "" {
		t.Errorf("import (-want +got):\n%s", diff)
	}
	after := everything(t, store)
	changed := 0
	for ref, version := range before {
		if after[ref] != version {
			changed++
		}
	}
	if changed != 1 {
		t.Errorf("the import changed %d documents that were there, want Bo's only", changed)
	}
	got = mustImport(t, app, listees(t, "Ana,Noether,slack:T1/ana,Paris,,x,,,\nBo,Curie,discord:1,Oslo,,corals,,,\n"), bot.ImportOptions{})
	want := []bot.RowFault{
		{Line: 2, Text: "Ana is in Curie already and cannot be in Noether too: a person is in one lab"},
		{Line: 3, Text: "Bo is in Noether already and cannot be in Curie too: a person is in one lab"},
	}
	if diff := cmp.Diff(want, got.Refused); diff != "" {
		t.Errorf("refused (-want +got):\n%s", diff)
	}
}

// Two imports at the same moment make each person once.
func TestTwoImportsAtOnceListEverybodyOnce(t *testing.T) {
	t.Parallel()
	store := memoryStore(t)
	people := rowsOf(t, 400)
	results := make(chan error, 2)
	for range 2 {
		app := onStore(t, store)
		go func() {
			_, err := app.Import(context.Background(), people, bot.ImportOptions{})
			results <- err
		}()
	}
	for range 2 {
		if err := <-results; err != nil {
			t.Error(err)
		}
	}
	if n := len(everything(t, store)); n != 450 {
		t.Errorf("the store has %d documents, want 400 people and 50 labs", n)
	}
}

// keptStore is an empty store on a real server, with every write on disk.
func keptStore(t testing.TB) *redis.Running {
	t.Helper()
	store := serverIn(t, t.TempDir(), "import")
	t.Cleanup(func() { _ = store.Close() })
	return store
}

func TestTenThousandPeopleAreImported(t *testing.T) {
	t.Parallel()
	store := keptStore(t)
	report := mustImport(t, onStore(t, store), rowsOf(t, 10_000), bot.ImportOptions{})
	if report.New != 10_000 {
		t.Errorf("import = %+v, want 10,000 new", report)
	}
	if n := len(everything(t, store)); n != 10_050 {
		t.Errorf("the store has %d documents, want 10,000 people and 50 labs", n)
	}
}

// A program that has been running sees everybody at once whom another one imports.
func TestEverybodyIsFoundRightAfterAnImport(t *testing.T) {
	t.Parallel()
	th := newTheatreOn(t, keptStore(t))
	th.play("ana@slack:curie> match find zebra3\nexpect ana: Nobody found")
	var rows strings.Builder
	for i := range 1300 {
		fmt.Fprintf(&rows, "P%d,Lab,discord:%d,Oslo,,,zebra%d,,\n", i, i, i)
	}
	mustImport(t, onStore(t, th.Running), listees(t, rows.String()), bot.ImportOptions{})
	for _, i := range []int{1299, 0, 999, 1000} {
		th.play(fmt.Sprintf("ana@slack:curie> match find zebra%d\nexpect ana: A researcher, Lab", i))
	}
}

func BenchmarkImport(b *testing.B) {
	for _, n := range []int{1_162, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			people := rowsOf(b, n)
			for b.Loop() {
				b.StopTimer()
				store := keptStore(b)
				app := onStore(b, store)
				b.StartTimer()
				mustImport(b, app, people, bot.ImportOptions{})
			}
		})
	}
}
