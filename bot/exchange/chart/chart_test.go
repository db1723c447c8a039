package chart_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"interlab/bot/exchange"
	"interlab/bot/exchange/chart"
)

// golden is the flow of the published example: A to B 3, B to A 1, A to C 2, B
// to C 1, C to B 1.
func golden() (exchange.Ledger, map[string]string) {
	l := exchange.Ledger{Labs: []exchange.Member{{Lab: "a"}, {Lab: "b"}, {Lab: "c"}}}
	at := day(10)
	for _, way := range []struct {
		exchange.Way
		n int
	}{{exchange.Way{From: "a", To: "b"}, 3}, {exchange.Way{From: "b", To: "a"}, 1}, {exchange.Way{From: "a", To: "c"}, 2}, {exchange.Way{From: "b", To: "c"}, 1}, {exchange.Way{From: "c", To: "b"}, 1}} {
		e := &exchange.Exchange{State: exchange.Active, Agreed: day(1)}
		e.Terms.Visitor, e.Terms.Host = exchange.Party{Person: "v", Lab: way.From}, exchange.Party{Person: "h", Lab: way.To}
		for n := range way.n {
			e.Goals = append(e.Goals, exchange.Goal{
				Pledge: exchange.Pledge{N: n + 1, Giver: way.From, Receiver: way.To}, State: exchange.GoalVerified,
				Claimed: &exchange.Mark{At: at}, Verified: &exchange.Mark{At: at},
			})
		}
		e.Goals = append(e.Goals, exchange.Goal{Pledge: exchange.Pledge{N: 9, Giver: way.From, Receiver: way.To}, State: exchange.GoalOpen})
		l.Records = append(l.Records, exchange.Record{ID: way.From + way.To, Exchange: e})
	}
	for _, met := range []time.Time{day(2), day(5), day(20), {}, {}} {
		l.Meetings = append(l.Meetings, exchange.Meeting{Accepted: day(1), Met: met})
	}
	l.Meetings = append(l.Meetings, exchange.Meeting{Accepted: day(1), Over: day(8)})
	return l, map[string]string{"a": "Curie", "b": "Noether", "c": "Hopper"}
}

func day(n int) time.Time { return time.Date(2026, time.March, n, 12, 0, 0, 0, time.UTC) }

func march() exchange.Period { return exchange.Period{From: day(1), To: day(31)} }

// pictures are all three of a ledger.
func pictures(l exchange.Ledger, names map[string]string) []chart.Picture {
	return []chart.Picture{chart.Flow(l, march(), names), chart.States(l, march(), exchange.Scope{}), chart.Meetings(l, march())}
}

func TestPicturesSayInWordsAndInATableWhatTheyShow(t *testing.T) {
	t.Parallel()
	l, names := golden()
	want := map[string]struct {
		alt   string
		table []string
	}{
		"flow": {
			"Matrix of goals verified, from lab to lab: 8 goals in 5 directions. Most: Curie to Noether 3, Curie to Hopper 2, Noether to Curie 1.",
			[]string{
				"from \\ to  Curie  Hopper  Noether  gives",
				"Curie                  2        3      5",
				"Hopper         –                1      1",
				"Noether        1       1               2",
				"receives       1       3        4      8",
			},
		},
		"states": {
			"Bars of goals by state: 13 goals, of which 5 open, 8 verified.",
			[]string{
				"open                    5", "claimed                 0", "not yet, says receiver  0", "verified                8",
				"dropped                 0", "not reached             0", "carried over            0",
			},
		},
		"meetings": {
			"Bars of how long people took to meet: 3 met, 1 within 3 days, 1 after 3 to 6 days, 1 after 14 to 29 days; 2 still waiting.",
			[]string{
				"within 3 days          1", "after 3 to 6 days      1", "after 7 to 13 days     0", "after 14 to 29 days    1",
				"after 30 to 89 days    0", "after 90 days or more  0", "still waiting          2",
			},
		},
	}
	for _, p := range pictures(l, names) {
		if p.Alt != want[p.Name].alt {
			t.Errorf("%s: Alt = %q, want %q", p.Name, p.Alt, want[p.Name].alt)
		}
		if !slices.Equal(p.Table, want[p.Name].table) {
			t.Errorf("%s: Table =\n%s\nwant\n%s", p.Name, strings.Join(p.Table, "\n"), strings.Join(want[p.Name].table, "\n"))
		}
	}
}

// The numbers of the table stand in the picture itself: they are read from it.
func TestPicturesHaveTheirNumbersInThem(t *testing.T) {
	t.Parallel()
	l, names := golden()
	for _, p := range pictures(l, names) {
		svg, err := p.SVG()
		if err != nil {
			t.Fatal(err)
		}
		words := texts(t, svg)
		if words[0] != p.Alt || !slices.Contains(words, p.Title) {
			t.Errorf("%s: the SVG begins with %q, want its Alt and its title", p.Name, words[:2])
		}
		for _, number := range map[string][]string{"flow": {"3", "2", "1", "–"}, "states": {"5", "8", "0"}, "meetings": {"1", "2", "0"}}[p.Name] {
			if !slices.Contains(words, number) {
				t.Errorf("%s: the number %s is not in the picture: %q", p.Name, number, words)
			}
		}
	}
}

// texts are all texts of an SVG, in their order.
func texts(t *testing.T, svg []byte) []string {
	t.Helper()
	var words []string
	for d := xml.NewDecoder(bytes.NewReader(svg)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return words
		}
		if err != nil {
			t.Fatalf("not XML: %v", err)
		}
		if data, ok := token.(xml.CharData); ok && strings.TrimSpace(string(data)) != "" {
			words = append(words, strings.TrimSpace(string(data)))
		}
	}
}

func TestPicturesAreTheSameToTheByteAndSmall(t *testing.T) {
	t.Parallel()
	l, names := golden()
	for i, p := range pictures(l, names) {
		once, err := p.PNG()
		if err != nil {
			t.Fatal(err)
		}
		again, err := pictures(l, names)[i].PNG()
		if err != nil || !bytes.Equal(once, again) {
			t.Errorf("%s: two PNGs of the same figures differ (%v)", p.Name, err)
		}
		picture, err := png.Decode(bytes.NewReader(once))
		if err != nil || picture.Bounds().Dx() != 1000 || len(once) > 100_000 {
			t.Errorf("%s: PNG of %d bytes, %v wide, %v; want 1000 dots in at most 100 kB", p.Name, len(once), picture.Bounds().Dx(), err)
		}
		one, err := p.SVG()
		if err != nil {
			t.Fatal(err)
		}
		if two, err := pictures(l, names)[i].SVG(); err != nil || !bytes.Equal(one, two) {
			t.Errorf("%s: two SVGs of the same figures differ (%v)", p.Name, err)
		}
		if folder := os.Getenv("INTERLAB_PICTURES"); folder != "" {
			if err := os.WriteFile(filepath.Join(folder, p.Name+".png"), once, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// A network of forty labs with long names keeps to what is read on a telephone.
func TestAMatrixOfManyLabsSumsTheSmallOnes(t *testing.T) {
	t.Parallel()
	l, names := exchange.Ledger{}, map[string]string{}
	lab := func(n int) string { return fmt.Sprintf("lab%02d", n) }
	total := 0
	for i := range 40 {
		names[lab(i)] = fmt.Sprintf("Institute for Mechanistic Studies %02d", i)
		to := lab((i + 1 + i%3) % 40)
		e := &exchange.Exchange{State: exchange.Active, Agreed: day(1)}
		for n := range 40 - i {
			e.Goals = append(e.Goals, exchange.Goal{
				Pledge: exchange.Pledge{N: n + 1, Giver: lab(i), Receiver: to}, State: exchange.GoalVerified,
				Claimed: &exchange.Mark{At: day(3)}, Verified: &exchange.Mark{At: day(3)},
			})
			total++
		}
		l.Records = append(l.Records, exchange.Record{ID: lab(i), Exchange: e})
	}
	p := chart.Flow(l, march(), names)
	if len(p.Table) != chart.MostLabs+2 || !strings.Contains(p.Table[chart.MostLabs], "29 others") {
		t.Errorf("Table has %d lines, want %d labs and the rest:\n%s", len(p.Table), chart.MostLabs-1, strings.Join(p.Table, "\n"))
	}
	if !strings.Contains(p.Alt, fmt.Sprintf("%d goals", total)) || !strings.Contains(p.Alt, "among the others") {
		t.Errorf("Alt = %q, want all %d goals, and how many are among the others", p.Alt, total)
	}
	if last := strings.Fields(p.Table[len(p.Table)-1]); last[len(last)-1] != fmt.Sprint(total) {
		t.Errorf("Table sums to %s, want all %d goals, those among the others too:\n%s", last[len(last)-1], total, strings.Join(p.Table, "\n"))
	}
	data, err := p.PNG()
	if err != nil || len(data) > 200_000 {
		t.Errorf("PNG of %d bytes, %v", len(data), err)
	}
	if folder := os.Getenv("INTERLAB_PICTURES"); folder != "" {
		_ = os.WriteFile(filepath.Join(folder, "many.png"), data, 0o600)
	}
}

func TestPicturesOfNothingSaySo(t *testing.T) {
	t.Parallel()
	for _, p := range pictures(exchange.Ledger{}, nil) {
		want := map[string]string{
			"flow": "No goal was verified in this time.", "states": "No goal was agreed on by then.", "meetings": "Nobody was introduced in this time.",
		}[p.Name]
		if p.Alt != want || !p.Empty || strings.Contains(strings.Join(p.Table, " "), "%") {
			t.Errorf("%s of nothing: Alt = %q, Table = %q, want %q and no share", p.Name, p.Alt, p.Table, want)
		}
		if _, err := p.PNG(); err != nil {
			t.Errorf("%s of nothing: %v", p.Name, err)
		}
	}
}
