package chart

import (
	"bytes"
	"fmt"
	"html"
	"image/color"
	"strings"
	"unicode/utf8"

	"golang.org/x/image/font"
	plotfont "gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Picture is a drawing, with what it shows for whoever does not see it.
type Picture struct {
	Name  string // a file's name without its ending: "flow"
	Title string
	Alt   string   // what it shows, in a sentence or two
	Table []string // the same as a table of text, a line each, in columns of equal width
	Empty bool     // there is nothing to show but that, which Alt says
	size  vg.Point
	paint func(*canvas)
}

// dots is how many dots of a PNG an inch has: a picture is 1,000 of them wide,
// and is sharp where a platform shows it at half of that.
const dots = 150

// width is that of every picture.
const width = 480 * vg.Inch / 72

// PNG is the picture as a PNG file, on white.
func (p Picture) PNG() ([]byte, error) {
	c := vgimg.PngCanvas{Canvas: vgimg.NewWith(vgimg.UseWH(p.size.X, p.size.Y), vgimg.UseDPI(dots), vgimg.UseBackgroundColor(white))}
	p.draw(draw.New(c.Canvas))
	var out bytes.Buffer
	if _, err := c.WriteTo(&out); err != nil {
		return nil, fmt.Errorf("write %s as PNG: %w", p.Name, err)
	}
	return out.Bytes(), nil
}

// SVG is the picture as an SVG file whose title is its Alt. It is without fonts,
// so that a page shows it in a font of its own.
func (p Picture) SVG() ([]byte, error) {
	c := vgsvg.New(p.size.X, p.size.Y)
	p.draw(draw.New(c))
	var out bytes.Buffer
	if _, err := c.WriteTo(&out); err != nil {
		return nil, fmt.Errorf("write %s as SVG: %w", p.Name, err)
	}
	head, body, ok := strings.Cut(out.String(), "<g ")
	if !ok {
		return nil, fmt.Errorf("write %s as SVG: there is nothing in it", p.Name)
	}
	return []byte(head + "<title>" + html.EscapeString(p.Alt) + "</title>\n<g " + body), nil
}

func (p Picture) draw(on draw.Canvas) {
	c := &canvas{Canvas: on, fonts: plotfont.NewCache(liberation.Collection()), height: p.size.Y}
	c.box(0, 0, p.size.X, p.size.Y, white)
	c.write(p.Title, margin, titleLine, style{size: titleSize, bold: true})
	p.paint(c)
}

// The measures of all pictures, in points.
const (
	margin    = 16
	titleLine = 24 // the middle of the title
	titleSize = 14
	textSize  = 11
	smallSize = 9
	head      = 48 // where what is below the title begins
)

// The colours. Ink on white has a contrast of 15 to 1, and grey of 6 to 1.
var (
	white = color.NRGBA{255, 255, 255, 255} //nolint:gochecknoglobals // a colour
	black = color.NRGBA{0, 0, 0, 255}       //nolint:gochecknoglobals // a colour
	ink   = color.NRGBA{32, 33, 36, 255}    //nolint:gochecknoglobals // a colour
	grey  = color.NRGBA{95, 99, 104, 255}   //nolint:gochecknoglobals // a colour
	line  = color.NRGBA{218, 220, 224, 255} //nolint:gochecknoglobals // a colour
	blue  = color.NRGBA{0, 114, 178, 255}   //nolint:gochecknoglobals // of Okabe and Ito's palette, which the colour-blind tell apart
	amber = color.NRGBA{230, 159, 0, 255}   //nolint:gochecknoglobals // of the same
)

// canvas is drawn on from the top left corner, as pages are read.
type canvas struct {
	draw.Canvas
	fonts  *plotfont.Cache
	height vg.Length
}

// box fills a rectangle.
func (c *canvas) box(x, y, w, h vg.Length, in color.Color) {
	c.FillPolygon(in, []vg.Point{
		{X: x, Y: c.height - y},
		{X: x + w, Y: c.height - y},
		{X: x + w, Y: c.height - y - h},
		{X: x, Y: c.height - y - h},
	})
}

// style is how something is written.
type style struct {
	size  vg.Length
	bold  bool
	in    color.Color // ink where nil
	align text.XAlignment
	turn  float64 // in radians, against the clock
}

// write puts a line of text so that its middle is at a height.
func (c *canvas) write(words string, x, y vg.Length, s style) {
	if s.in == nil {
		s.in = ink
	}
	c.FillText(draw.TextStyle{
		Color: s.in, Font: s.font(), XAlign: s.align, YAlign: draw.YCenter, Rotation: s.turn,
		Handler: text.Plain{Fonts: c.fonts},
	}, vg.Point{X: x, Y: c.height - y}, words)
}

func (s style) font() plotfont.Font {
	f := plotfont.Font{Typeface: "Liberation", Variant: "Sans", Size: s.size}
	if s.bold {
		f.Weight = font.WeightBold
	}
	return f
}

// fit cuts a label to so many runes, and to fewer where they take more room than
// there is: capitals do.
func (c *canvas) fit(label string, most int, room vg.Length) string {
	face := c.fonts.Lookup(style{}.font(), textSize)
	for most > 1 && face.Width(short(label, most)) > room {
		most--
	}
	return short(label, most)
}

// short cuts a label to so many runes, in its middle: names of a network often
// begin alike.
func short(label string, most int) string {
	label = strings.Join(strings.Fields(label), " ")
	if utf8.RuneCountInString(label) <= most {
		return label
	}
	runes, tail := []rune(label), most/3
	return strings.TrimSpace(string(runes[:most-1-tail])) + "…" + strings.TrimSpace(string(runes[len(runes)-tail:]))
}

// columns are rows of cells as lines of text, the first cell to the left and the
// others to the right.
func columns(rows [][]string) []string {
	wide := map[int]int{}
	for _, row := range rows {
		for i, cell := range row {
			wide[i] = max(wide[i], utf8.RuneCountInString(cell))
		}
	}
	lines := make([]string, len(rows))
	for n, row := range rows {
		var out strings.Builder
		for i, cell := range row {
			gap := strings.Repeat(" ", wide[i]-utf8.RuneCountInString(cell))
			switch {
			case i == 0 && len(row) > 1:
				out.WriteString(cell + gap)
			case i == 0:
				out.WriteString(cell)
			default:
				out.WriteString("  " + gap + cell)
			}
		}
		lines[n] = out.String()
	}
	return lines
}
