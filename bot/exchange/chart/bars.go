package chart

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"

	"interlab/bot/exchange"
)

// Bars are counts beside each other. One whose Open is set is of what is not
// settled yet, and is drawn in another colour and hollow.
type Bars struct {
	Title string
	Alt   string
	Note  string // in small print below
	Bars  []Bar
}

// Bar is one of them.
type Bar struct {
	Name string
	N    int
	Open bool
}

// Picture draws the bars, longest to the right, each with its number.
func (b Bars) Picture(name string) Picture {
	const row, left, right = 26, 132, 40
	tall := vg.Length(head + row*len(b.Bars) + margin)
	if b.Note != "" {
		tall += row
	}
	return Picture{
		Name: name, Title: b.Title, Alt: b.Alt, Table: b.table(), size: vg.Point{X: width, Y: tall},
		paint: func(c *canvas) {
			most := 1
			for _, bar := range b.Bars {
				most = max(most, bar.N)
			}
			room := width - 2*margin - left - right
			for i, bar := range b.Bars {
				y := vg.Length(head + row*i)
				c.write(c.fit(bar.Name, longestBar, left-8), margin+left-8, y+row/2, style{size: textSize, align: text.XRight})
				long := room * vg.Length(float64(bar.N)/float64(most))
				c.bar(margin+left, y+4, vg.Length(math.Max(1, long.Points())), row-8, bar)
				c.write(fmt.Sprint(bar.N), margin+left+long+8, y+row/2, style{size: textSize, bold: true})
			}
			c.write(b.Note, margin, tall-margin-4, style{size: smallSize, in: grey})
		},
	}
}

// longestBar is how much of a bar's name is shown, in runes.
const longestBar = 22

// bar draws one, hollow where it is of what is not settled.
func (c *canvas) bar(x, y, w, h vg.Length, bar Bar) {
	var in color.Color = blue
	if bar.Open {
		in = amber
	}
	if bar.N == 0 {
		in = line
	}
	c.box(x, y, w, h, in)
	if bar.Open && w > 6 {
		c.box(x+2, y+2, w-4, h-4, white)
	}
}

func (b Bars) table() []string {
	if len(b.Bars) == 0 {
		return []string{exchange.Dash}
	}
	var rows [][]string
	for _, bar := range b.Bars {
		rows = append(rows, []string{bar.Name, fmt.Sprint(bar.N)})
	}
	return columns(rows)
}
