package web_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"interlab/bot"
)

func TestTheBoardShowsWhatMovedBetweenLabs(t *testing.T) {
	t.Parallel()
	n := sampled(t)
	text := n.page(t, "/board")
	says(t, "the board", text, "Outcomes of the network", "Goals verified, from lab to lab", "Curie Lab", "Noether Lab", "Hopper Lab", "Goals by state",
		"Reached by the day agreed first", "Reached by the day agreed last", "After 180 days", "Open, or accounted for", "Met within 14 days", "Goals that are matched by one the other way",
		"Patching tests", "https://data.example/patching", "CC-BY-4.0", "outcomes-ro-crate-metadata.json", "Shown: <bdi>the network</bdi>, all the time so far")
	says(t, "the board", text, "-Meitner", "-Ana Ruiz", "-Bo Larsen", "-trains its own sparse autoencoders")
	for _, year := range []string{"2025", "2026"} {
		says(t, year, n.page(t, "/board?period="+year), "the network</bdi>, "+year, "selected>"+year, "flow.svg?period="+year)
	}
	curie := n.page(t, "/board/lab/"+n.lab(t, "Curie"))
	says(t, "the page of a lab", curie, "Outcomes of Curie Lab", "Goals that went out and came in", "gives ", "learns ", "Patching tests", "-Meitner", "-balance")
}

func TestALabIsOnTheBoardOnlyWhenItsLeadSaidSo(t *testing.T) {
	t.Parallel()
	n := sampled(t)
	meitner := n.lab(t, "Meitner")
	for _, path := range []string{"/board/lab/" + meitner, "/board/lab/" + meitner + "/flow.svg", "/board/lab/" + meitner + "/outcomes.json"} {
		if r := n.answer(t, http.MethodGet, path); r.StatusCode != http.StatusNotFound {
			t.Errorf("GET %s = %d, want 404 of a lab that nobody showed", path, r.StatusCode)
		}
	}
	for _, path := range []string{"/board", "/board?period=2026", "/board/flow.svg", "/board/outcomes.json", "/board/outcomes-ro-crate-metadata.json", "/board/lab/" + n.lab(t, "Noether")} {
		says(t, path, n.page(t, path), "-Meitner", "-"+meitner)
	}
}

// The files have the figures and what is open, and nothing that a person wrote.
func TestFilesOfTheBoardNameNobody(t *testing.T) {
	t.Parallel()
	n := sampled(t)
	programme, err := bot.SampleProgramme()
	if err != nil {
		t.Fatal(err)
	}
	var sheet struct {
		Metrics []struct{ Metric, Part string }
		Works   []struct{ Title, Licence string }
	}
	files := map[string]string{}
	for _, name := range []string{"outcomes.json", "outcomes-ro-crate-metadata.json"} {
		files[name] = n.page(t, "/board/"+name)
		if !json.Valid([]byte(files[name])) {
			t.Errorf("%s is no JSON", name)
		}
	}
	if err := json.Unmarshal([]byte(files["outcomes.json"]), &sheet); err != nil || len(sheet.Works) != 7 || len(sheet.Metrics) < 30 {
		t.Errorf("outcomes.json has %d works and %d figures, %v; want 7 and all figures", len(sheet.Works), len(sheet.Metrics), err)
	}
	packed := n.page(t, "/board/outcomes-csv.zip?period=2026")
	archive, err := zip.NewReader(strings.NewReader(packed), int64(len(packed)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(data)
	}
	says(t, "metrics.csv", files["metrics.csv"], "metric,part,scope,from,to,numerator,denominator,value,unit,too_few", "M5,first day,network,2026-01-01T00:00:00Z")
	for name, text := range files {
		for _, x := range programme.Exchanges {
			says(t, name, text, "-"+x.Visitor, "-"+x.Host, "-"+x.Goals[0].Text, "-"+x.ID)
		}
	}
}

func TestPicturesOfTheBoardAreDrawings(t *testing.T) {
	t.Parallel()
	n := sampled(t)
	for _, name := range []string{"flow", "states", "meetings"} {
		r := n.answer(t, http.MethodGet, "/board/"+name+".svg")
		body := read(t, r)
		if err := xml.Unmarshal([]byte(body), new(struct{})); err != nil || r.Header.Get("Content-Type") != "image/svg+xml" || len(body) > maxPage {
			t.Errorf("%s.svg is %s with %d bytes, %v", name, r.Header.Get("Content-Type"), len(body), err)
		}
	}
}

func TestABoardThatStandsStillCostsTheStoreNothing(t *testing.T) {
	t.Parallel()
	n := sampled(t)
	first := n.answer(t, http.MethodGet, "/board")
	n.page(t, "/board/flow.svg")
	asked := n.asked()
	for range 50 {
		again := n.answer(t, http.MethodGet, "/board", "If-None-Match", first.Header.Get("ETag"))
		if again.StatusCode != http.StatusNotModified {
			t.Fatalf("GET /board of the same = %d, want 304", again.StatusCode)
		}
	}
	if got := n.asked() - asked; got != 0 {
		t.Errorf("50 answers of 304 asked the store %d times, want never", got)
	}
	n.clock.move(10 * time.Second)
	if again := n.answer(t, http.MethodGet, "/board"); again.Header.Get("ETag") != first.Header.Get("ETag") {
		t.Error("ten seconds later the board has other bytes")
	}
}

func TestTheBoardTakesBadInputCalmly(t *testing.T) {
	t.Parallel()
	n := sampled(t)
	for _, period := range []string{"2026-12-31..2026-01-01", "9999", "x", "2026-Q1", "%3Cscript%3E", "-1", "٢٠٢٦"} {
		text := n.page(t, "/board?period="+period)
		says(t, period, text, "There are figures of whole years", "noindex", "-<script>", "-Reached by")
		if r := n.answer(t, http.MethodGet, "/board/flow.svg?period="+period); r.StatusCode != http.StatusNotFound {
			t.Errorf("GET flow.svg of %s = %d, want 404", period, r.StatusCode)
		}
	}
	for _, path := range []string{"/board/lab/none", "/board/lab/..", "/board/../own/x", "/board/x.svg", "/board/lab/", "/board/lab/others", "/own/x", "/own/", "/own/../board", "/own/x/flow.svg", "/own/x/outcomes.json", "/board/%2e%2e/x"} {
		if r := n.answer(t, http.MethodGet, path); r.StatusCode != http.StatusNotFound {
			t.Errorf("GET %s = %d, want 404", path, r.StatusCode)
		}
	}
	if r := n.answer(t, http.MethodPost, "/board"); r.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("POST /board = %d, want 405", r.StatusCode)
	}
}

// A name is what somebody typed: it is shown as such in every form.
func TestLabsOfAnyNameAreOnTheBoard(t *testing.T) {
	t.Parallel()
	p, err := bot.SampleProgramme()
	if err != nil {
		t.Fatal(err)
	}
	odd := map[string]string{"Curie Lab": "<b>מעבדת קירי</b>", "Hopper Lab": "=cmd|'/c calc'!A1"}
	for i := range p.Exchanges {
		x := &p.Exchanges[i]
		for old, now := range odd {
			x.VisitorLab, x.HostLab = strings.ReplaceAll(x.VisitorLab, old, now), strings.ReplaceAll(x.HostLab, old, now)
		}
	}
	p.Shown = []string{odd["Curie Lab"], odd["Hopper Lab"], "Noether Lab"}
	n := stand(t, p)
	says(t, "the board", n.page(t, "/board"), "<bdi>&lt;b&gt;מעבדת קירי&lt;/b&gt;</bdi>", "-<b>")
	says(t, "the picture", n.page(t, "/board/flow.svg"), "-<b>")
	archive := []byte(n.page(t, "/board/outcomes-csv.zip"))
	packed, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	labs, err := packed.File[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(labs)
	if err != nil || !strings.Contains(string(data), "'=cmd") {
		t.Errorf("labs.csv has a formula in it: %s, %v", data, err)
	}
}

func TestANetworkOfNothingHasABoardOfDashes(t *testing.T) {
	t.Parallel()
	says(t, "the board", stand(t, bot.Programme{}).page(t, "/board"), "No goal of this time is to be shown.", "–", "Nothing so far that is open", "-0 %", "-NaN")
}
