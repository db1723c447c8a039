package chart

import (
	"fmt"
	"image/color"
	"math"
	"strconv"
	"unicode/utf8"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"

	"interlab/bot/exchange"
)

// Matrix is what moves from each of some places to each other one. Cells[i][j]
// is from the i-th to the j-th; what is on the diagonal is not shown.
type Matrix struct {
	Title string
	Alt   string
	Names []string
	Cells [][]int
}

// longestName is how much of a name a matrix shows, in runes.
const longestName = 18

// Picture draws the matrix as a heat map: the darker, the more, with the number
// in each cell; givers are at the left, receivers on top.
func (m Matrix) Picture(name string) Picture {
	n, longest := len(m.Names), 0
	for _, label := range m.Names {
		longest = max(longest, utf8.RuneCountInString(short(label, longestName)))
	}
	const left = 132
	above := vg.Length(18 + 4.4*float64(longest)) // of names that rise at 45 degrees
	cell := vg.Length(math.Min(64, (width-left-above-margin).Points()/math.Max(1, float64(n))))
	tall := head + above + cell*vg.Length(n) + margin
	return Picture{
		Name: name, Title: m.Title, Alt: m.Alt, Table: m.table(), size: vg.Point{X: width, Y: tall},
		paint: func(c *canvas) {
			c.write("Rows give, columns receive.", margin, head-4, style{size: smallSize, in: grey})
			for i, label := range m.Names {
				at := cell*vg.Length(i) + cell/2
				c.write(c.fit(label, longestName, left-8), margin+left-8, head+above+at, style{size: textSize, align: text.XRight})
				c.write(c.fit(label, longestName, (above-8)*math.Sqrt2), margin+left+at, head+above-8, style{size: textSize, turn: math.Pi / 4})
			}
			m.cells(c, margin+left, head+above, cell)
		},
	}
}

func (m Matrix) cells(c *canvas, left, top, cell vg.Length) {
	most := 0
	for _, row := range m.Cells {
		for _, n := range row {
			most = max(most, n)
		}
	}
	size := vg.Length(math.Min(textSize, cell.Points()*0.55))
	for i, row := range m.Cells {
		for j, n := range row {
			x, y := left+cell*vg.Length(j), top+cell*vg.Length(i)
			if i == j && n == 0 { // a lab gives itself nothing; those summed up give each other
				c.box(x+1, y+1, cell-2, cell-2, line)
				continue
			}
			fill := shade(n, most)
			c.box(x, y, cell, cell, line)
			c.box(x+1, y+1, cell-2, cell-2, fill)
			c.write(digits(n), x+cell/2, y+cell/2, style{size: size, bold: n > 0, in: readable(fill), align: text.XCenter})
		}
	}
}

// digits is a number as a matrix shows it: nothing is a dash.
func digits(n int) string {
	if n == 0 {
		return exchange.Dash
	}
	return strconv.Itoa(n)
}

// shade is a step from white to dark blue: one hue whose lightness falls, which
// all eyes put into the same order, and paper too.
func shade(n, most int) color.NRGBA {
	if n <= 0 || most == 0 {
		return white
	}
	steps := [][3]float64{{222, 235, 247}, {107, 174, 214}, {33, 113, 181}, {8, 48, 107}} // of ColorBrewer's Blues
	at := 0.0
	if most > 1 {
		at = float64(n-1) / float64(most-1) * float64(len(steps)-1)
	}
	i := min(int(at), len(steps)-2)
	mix := func(of int) uint8 {
		return uint8(math.Round(steps[i][of] + (steps[i+1][of]-steps[i][of])*(at-float64(i))))
	}
	return color.NRGBA{mix(0), mix(1), mix(2), 255}
}

// readable is white or black, whichever is read better on a colour: of the two one
// always has the contrast of 4.5 that WCAG 2.2 asks of small text.
func readable(on color.NRGBA) color.NRGBA {
	light := func(v uint8) float64 { // as WCAG has it
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	if luminance := 0.2126*light(on.R) + 0.7152*light(on.G) + 0.0722*light(on.B); luminance < 0.179 { // where both contrasts are the same
		return white
	}
	return black
}

// table is the matrix in text, with what each gives and receives in all.
func (m Matrix) table() []string {
	if len(m.Names) == 0 {
		return []string{exchange.Dash}
	}
	rows := [][]string{{"from \\ to"}}
	received := make([]int, len(m.Names))
	for i, name := range m.Names {
		rows[0] = append(rows[0], short(name, shortName))
		row, gives := []string{short(name, longestName)}, 0
		for j, n := range m.Cells[i] {
			if i == j && n == 0 {
				row = append(row, "")
				continue
			}
			row = append(row, digits(n))
			gives, received[j] = gives+n, received[j]+n
		}
		rows = append(rows, append(row, fmt.Sprint(gives)))
	}
	rows[0] = append(rows[0], "gives")
	last, all := []string{"receives"}, 0
	for _, n := range received {
		last, all = append(last, fmt.Sprint(n)), all+n
	}
	return columns(append(rows, append(last, fmt.Sprint(all))))
}

// shortName is how much of a name heads a column of text.
const shortName = 8
