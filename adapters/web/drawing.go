package web

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"net/http"
	"strings"
	"sync"
	"time"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"interlab/bot"
)

// The size that programs show beside a link, https://ogp.me.
const (
	pictureWidth  = 1200
	pictureHeight = 630
	pictureMargin = 80
)

// shades are the few colours of a picture, which keep it small: blends of ink,
// quiet and mark with paper.
//
//nolint:gochecknoglobals // a table
var shades = func() color.Palette {
	paper := color.RGBA{255, 255, 255, 255}
	p := color.Palette{paper}
	for _, ink := range []color.RGBA{{0x1b, 0x1f, 0x24, 255}, {0x56, 0x60, 0x6b, 255}, {0x0b, 0x57, 0xa4, 255}, {0x8a, 0x1c, 0x1c, 255}} {
		for part := 1; part <= 4; part++ {
			mix := func(a, b uint8) uint8 { return uint8((int(a)*(4-part) + int(b)*part) / 4) }
			p = append(p, color.RGBA{mix(paper.R, ink.R), mix(paper.G, ink.G), mix(paper.B, ink.B), 255})
		}
	}
	return p
}()

// The darkest shade of each ink in shades.
const (
	inkShade, quietShade, markShade, warnShade = 4, 8, 12, 16
)

// fonts are read once; those of the program itself always can be.
var fonts = sync.OnceValues(func() (regular, bold *sfnt.Font) { //nolint:gochecknoglobals // made once, never changed
	regular, _ = opentype.Parse(goregular.TTF)
	bold, _ = opentype.Parse(gobold.TTF)
	return regular, bold
})

// drawing is one picture at a time: a font's face is for one user.
var drawing sync.Mutex //nolint:gochecknoglobals // bounds the memory of drawing, and guards the fonts

// picture answers with the picture of a talk, for where a link to it is shown.
func (s *site) picture(w http.ResponseWriter, r *http.Request, t bot.Talk) {
	of := t.Changed().Format(time.RFC3339Nano) + t.Title() + t.Lab()
	e, err := s.arts.get(t.ID(), of, func() (entity, error) { return s.draw(t) })
	if err != nil {
		s.Log.Error().Err(err).Msg("a picture failed")
		s.plain(w, r, http.StatusInternalServerError, "Something went wrong", "This picture could not be drawn. Please try again later.")
		return
	}
	e.serve(w, r, forFeeds)
}

// draw draws the title, who speaks, where and when. What the fonts have no
// letters for is left out rather than shown as boxes.
func (s *site) draw(t bot.Talk) (entity, error) {
	drawing.Lock()
	defer drawing.Unlock()
	regular, bold := fonts()
	picture := image.NewPaletted(image.Rect(0, 0, pictureWidth, pictureHeight), shades)
	draw.Draw(picture, image.Rect(0, 0, pictureWidth, 16), image.NewUniform(shades[markShade]), image.Point{}, draw.Src)
	title, shade := t.Title(), inkShade
	if t.Cancelled() {
		title, shade = "Cancelled: "+title, warnShade
	}
	y := 90
	for _, line := range []struct {
		text  string
		font  *sfnt.Font
		size  float64
		shade int
		most  int
	}{
		{s.Name, bold, 34, markShade, 1},
		{title, bold, 60, shade, 4},
		{t.Speaker(), regular, 40, inkShade, 1},
		{t.Lab(), regular, 34, quietShade, 1},
		{s.Zones.FormatFull(t.Start(), t.Zone()), regular, 34, inkShade, 1},
	} {
		if !drawable(line.font, line.text) {
			continue
		}
		face, err := opentype.NewFace(line.font, &opentype.FaceOptions{Size: line.size, DPI: 72, Hinting: font.HintingFull})
		if err != nil {
			return entity{}, fmt.Errorf("draw a picture: %w", err)
		}
		pen := font.Drawer{Dst: picture, Src: image.NewUniform(shades[line.shade]), Face: face}
		for _, text := range broken(&pen, line.text, line.most) {
			pen.Dot = fixed.P(pictureMargin, y)
			pen.DrawString(text)
			y += int(line.size * 1.25)
		}
		y += 24
	}
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&out, picture); err != nil {
		return entity{}, fmt.Errorf("draw a picture: %w", err)
	}
	return newEntity("image/png", out.Bytes()), nil
}

// drawable reports whether a font has all letters of a text.
func drawable(f *sfnt.Font, text string) bool {
	var buffer sfnt.Buffer
	for _, letter := range text {
		if glyph, err := f.GlyphIndex(&buffer, letter); err != nil || glyph == 0 {
			return false
		}
	}
	return text != ""
}

// broken is a text in lines that fit; what is too much ends in dots.
func broken(pen *font.Drawer, text string, most int) []string {
	width := fixed.I(pictureWidth - 2*pictureMargin)
	lines := []string{""}
	for _, word := range strings.Fields(text) {
		last := &lines[len(lines)-1]
		longer := strings.TrimSpace(*last + " " + word)
		switch {
		case pen.MeasureString(longer) <= width:
			*last = longer
		case len(lines) == most:
			*last = dotted(pen, longer, width)
			return lines
		case *last == "":
			*last = dotted(pen, word, width)
		default:
			lines = append(lines, dotted(pen, word, width))
		}
	}
	return lines
}

// dotted is a text that fits, with dots where it was cut.
func dotted(pen *font.Drawer, text string, width fixed.Int26_6) string {
	if pen.MeasureString(text) <= width {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && pen.MeasureString(string(runes)+"...") > width {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "..."
}
