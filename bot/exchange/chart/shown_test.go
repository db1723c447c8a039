package chart_test

import (
	"bytes"
	"fmt"
	"image/png"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"interlab/bot/exchange"
	"interlab/bot/exchange/chart"
)

// drawNames are names of labs of any length, with spaces and letters of any script.
func drawNames(t *rapid.T, n int) map[string]string {
	names := map[string]string{}
	for i := range n {
		id := fmt.Sprintf("l%02d", i)
		names[id] = rapid.StringOfN(rapid.SampledFrom([]rune("abcW  ÄéΩжm-")), 1, 40, -1).Draw(t, "name") + id
	}
	return names
}

// drawFlow is what moves between some labs.
func drawFlow(t *rapid.T, labs int) exchange.Flow {
	f := exchange.Flow{}
	for range rapid.IntRange(0, 30).Draw(t, "ways") {
		from, to := rapid.IntRange(0, labs-1).Draw(t, "from"), rapid.IntRange(0, labs-1).Draw(t, "to")
		if from != to {
			f[exchange.Way{From: fmt.Sprintf("l%02d", from), To: fmt.Sprintf("l%02d", to)}] = rapid.IntRange(1, 120).Draw(t, "goals")
		}
	}
	return f
}

// drawBars are bars of any numbers.
func drawBars(t *rapid.T) chart.Bars {
	b := chart.Bars{Title: "Bars", Alt: "Bars.", Note: rapid.SampledFrom([]string{"", "Hollow: not settled yet."}).Draw(t, "note")}
	for range rapid.IntRange(1, 9).Draw(t, "bars") {
		b.Bars = append(b.Bars, chart.Bar{
			Name: rapid.StringOfN(rapid.SampledFrom([]rune("abcW ÄéΩж-")), 1, 40, -1).Draw(t, "name"),
			N:    rapid.IntRange(0, 999).Draw(t, "n"), Open: rapid.Bool().Draw(t, "open"),
		})
	}
	return b
}

// Each cell of a matrix has its own number in its middle, and nothing but that.
func TestEachCellHoldsItsNumber(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		labs := rapid.IntRange(2, 20).Draw(rt, "labs")
		m := chart.FlowMatrix(drawFlow(rt, labs), drawNames(rt, labs))
		d := drawn(t, m.Picture("flow"))
		var want []string
		for i, row := range m.Cells {
			for j, n := range row {
				switch {
				case n > 0:
					want = append(want, strconv.Itoa(n))
				case i != j:
					want = append(want, exchange.Dash)
				}
			}
		}
		numbers := d.numbers()
		if len(numbers) != len(want) {
			rt.Fatalf("%d numbers are in the picture, want %d: %v", len(numbers), len(want), m.Cells)
		}
		lastX, lastY := 0.0, math.Inf(1)
		for i, w := range numbers { // in the order of rows, from the top
			b := d.under(w)
			if w.text != want[i] {
				rt.Fatalf("the cell %d reads %q, want %q: %v", i, w.text, want[i], m.Cells)
			}
			x, y := b.x+b.w/2, b.y+b.h/2
			if below := y < lastY-1; b.w > 70 || !below && (y > lastY+1 || x <= lastX+1) {
				rt.Fatalf("%q is in the box %+v, and the number before it in one around %.1f, %.1f", w.text, b, lastX, lastY)
			}
			if off := w.y - y; math.Abs(off) > w.size {
				rt.Fatalf("%q is %.1f beside the middle of its cell", w.text, off)
			}
			lastX, lastY = x, y
		}
	})
}

// Bars are as long as their numbers say, each has its number beside it, and those
// of what is not settled are hollow, so that nobody needs their colour.
func TestBarsAreAsLongAsTheirNumbers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		b := drawBars(rt)
		d := drawn(t, b.Picture("bars"))
		most, longest := 1, 0.0
		for _, bar := range b.Bars {
			most = max(most, bar.N)
		}
		var solid, inner []box
		for _, one := range d.boxes[1:] { // the first is the paper
			switch one.h {
			case 18:
				solid = append(solid, one)
				longest = max(longest, one.w)
			case 14:
				inner = append(inner, one)
			}
		}
		numbers := d.numbers()
		if len(solid) != len(b.Bars) || len(numbers) < len(b.Bars) {
			rt.Fatalf("%d bars with %d numbers, want %d", len(solid), len(numbers), len(b.Bars))
		}
		hollow := 0
		for i, bar := range b.Bars {
			if want := longest * float64(bar.N) / float64(most); bar.N > 0 && math.Abs(solid[i].w-want) > 1 {
				rt.Fatalf("the bar of %d is %.1f long, want %.1f", bar.N, solid[i].w, want)
			}
			beside := slices.ContainsFunc(numbers, func(w word) bool {
				return w.text == strconv.Itoa(bar.N) && w.x >= solid[i].x+solid[i].w && w.y > solid[i].y && w.y < solid[i].y+solid[i].h
			})
			if !beside {
				rt.Fatalf("the number %d is not beside its bar: %v", bar.N, numbers)
			}
			if bar.Open && solid[i].w > 6 {
				hollow++
			}
		}
		if len(inner) != hollow {
			rt.Fatalf("%d bars are hollow, want %d", len(inner), hollow)
		}
	})
}

// Whatever the names, nothing runs off a picture: its edge is white.
func TestNothingRunsOffAPicture(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", "Ωж @ "} {
		b := chart.Bars{Title: "Bars", Note: "Hollow: not settled yet."}
		for _, labs := range []int{3, 16} {
			flow, names := exchange.Flow{}, map[string]string{}
			for n := range labs {
				from, to := fmt.Sprintf("%02d", n), fmt.Sprintf("%02d", (n+1)%labs)
				flow[exchange.Way{From: from, To: to}], names[from] = 999, name+from
				b.Bars = append(b.Bars, chart.Bar{Name: name + from, N: 9999})
			}
			edgeIsWhite(t, fmt.Sprintf("%d labs called %q", labs, name), chart.FlowMatrix(flow, names).Picture("flow"))
		}
		edgeIsWhite(t, fmt.Sprintf("bars called %q", name), b.Picture("bars"))
	}
}

func edgeIsWhite(t *testing.T, what string, p chart.Picture) {
	t.Helper()
	data, err := p.PNG()
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	size := picture.Bounds().Size()
	for x := range size.X {
		for y := range size.Y {
			if x > 0 && y > 0 && x < size.X-1 && y < size.Y-1 {
				continue
			}
			if r, g, b, _ := picture.At(x, y).RGBA(); r+g+b != 3*0xffff {
				t.Fatalf("%s: the dot %d, %d at the edge of %v is not white", what, x, y, size)
			}
		}
	}
}

var countPattern = regexp.MustCompile(`\d+`)

// What the words say, the table says: every number, all together, and which.
func TestWordsAndTableSayTheSame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		labs := rapid.IntRange(2, 20).Draw(rt, "labs")
		flow, names := drawFlow(rt, labs), drawNames(rt, labs)
		m := chart.FlowMatrix(flow, names)
		p := m.Picture("flow")
		sameWidth(rt, p.Table)
		if flow.Total() == 0 {
			if p.Alt != "No goal was verified in this time." || len(p.Table) != 1 {
				rt.Fatalf("of nothing it says %q and %v", p.Alt, p.Table)
			}
			return
		}
		total := lastNumber(rt, p.Table[len(p.Table)-1])
		if want := fmt.Sprintf(": %s in %s.", plural(flow.Total(), "goal"), plural(len(flow), "direction")); !strings.Contains(p.Alt, want) || total != flow.Total() {
			rt.Fatalf("Alt = %q and the table sums to %d; want %d goals in %d directions", p.Alt, total, flow.Total(), len(flow))
		}
		gives := 0
		for _, line := range p.Table[1 : len(p.Table)-1] {
			gives += lastNumber(rt, line)
		}
		if gives != total {
			rt.Fatalf("the lines give %d and %d are received:\n%s", gives, total, strings.Join(p.Table, "\n"))
		}
		most := slices.Collect(func(yield func(int) bool) {
			for _, n := range flow {
				if !yield(n) {
					return
				}
			}
		})
		slices.Sort(most)
		if !strings.Contains(p.Alt, " "+strconv.Itoa(most[len(most)-1])) {
			rt.Fatalf("Alt = %q, and does not say the most, %d", p.Alt, most[len(most)-1])
		}
	})
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func lastNumber(t *rapid.T, line string) int {
	words := strings.Fields(line)
	n, err := strconv.Atoi(words[len(words)-1])
	if err != nil {
		t.Fatalf("%q does not end in a number", line)
	}
	return n
}

// sameWidth checks that the lines of a table end in one column.
func sameWidth(t *rapid.T, table []string) {
	for _, line := range table {
		if utf8.RuneCountInString(line) != utf8.RuneCountInString(table[0]) {
			t.Fatalf("the lines are of different widths:\n%s", strings.Join(table, "\n"))
		}
	}
}

// The bars of goals and of meetings say in words what they say in their table: each
// number that is one, and their sum.
func TestBarsSayInWordsWhatTheirTableSays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		var l exchange.Ledger
		for range rapid.IntRange(0, 30).Draw(rt, "meetings") {
			m := exchange.Meeting{Accepted: day(rapid.IntRange(1, 40).Draw(rt, "accepted"))}
			switch rapid.IntRange(0, 2).Draw(rt, "came to") {
			case 0:
				m.Met = m.Accepted.Add(time.Duration(rapid.IntRange(-5, 3000).Draw(rt, "hours")) * time.Hour)
			case 1:
				m.Over = m.Accepted.AddDate(0, 0, rapid.IntRange(0, 20).Draw(rt, "over"))
			}
			l.Meetings = append(l.Meetings, m)
		}
		b := chart.MeetingBars(l, march())
		met, waiting := 0, 0
		for _, m := range l.Meetings {
			switch {
			case !m.Accepted.Before(march().To) || m.Accepted.Before(march().From):
			case !m.Met.IsZero() && m.Met.Before(march().To):
				met++
			case m.Over.IsZero() || !m.Over.Before(march().To):
				waiting++
			}
		}
		if last := b.Bars[len(b.Bars)-1]; last.N != waiting || !last.Open || last.Name != "still waiting" {
			rt.Fatalf("%+v, want %d who still wait", last, waiting)
		}
		said, want := 0, 0
		for _, bar := range b.Bars[:len(b.Bars)-1] {
			want += bar.N
			if has := strings.Contains(b.Alt, fmt.Sprintf(", %d %s", bar.N, bar.Name)); has != (bar.N > 0) {
				rt.Fatalf("Alt = %q, and %d are %s", b.Alt, bar.N, bar.Name)
			} else if has {
				said += bar.N
			}
		}
		if want != met || said != met || met+waiting > 0 && !strings.Contains(b.Alt, fmt.Sprintf(": %d met", met)) {
			rt.Fatalf("Alt = %q says %d, the bars %d; want %d", b.Alt, said, want, met)
		}
		p := b.Picture("meetings")
		sameWidth(rt, p.Table)
		for i, line := range p.Table {
			if n := countPattern.FindAllString(line, -1); n[len(n)-1] != strconv.Itoa(b.Bars[i].N) || !strings.HasPrefix(line, b.Bars[i].Name) {
				rt.Fatalf("line %d is %q, want %+v", i, line, b.Bars[i])
			}
		}
	})
}
