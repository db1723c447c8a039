package chart_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image/color"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"interlab/bot/exchange/chart"
)

// drawing is an SVG as whoever looks at it has it: boxes, and words on them.
type drawing struct {
	boxes []box
	words []word
}

// box is a rectangle, its corners counted from the bottom left.
type box struct {
	x, y, w, h float64
	fill       color.NRGBA
}

// word is a line of text: where it begins, and that it is turned.
type word struct {
	text   string
	x, y   float64
	size   float64
	ink    color.NRGBA
	turned bool
}

var (
	fillOf = regexp.MustCompile(`fill:#([0-9A-F]{6})`)
	sizeOf = regexp.MustCompile(`font-size:([0-9.]+)px`)
)

// drawn reads what a picture shows from its SVG.
func drawn(t testing.TB, p chart.Picture) drawing {
	t.Helper()
	svg, err := p.SVG()
	if err != nil {
		t.Fatal(err)
	}
	var d drawing
	var open *word
	turned := 0
	for in := xml.NewDecoder(bytes.NewReader(svg)); ; {
		token, err := in.Token()
		if errors.Is(err, io.EOF) {
			return d
		}
		if err != nil {
			t.Fatalf("not XML: %v", err)
		}
		switch part := token.(type) {
		case xml.StartElement:
			at := map[string]string{}
			for _, a := range part.Attr {
				at[a.Name.Local] = a.Value
			}
			switch part.Name.Local {
			case "g":
				if turned > 0 || strings.HasPrefix(at["transform"], "rotate") {
					turned++
				}
			case "path":
				d.boxes = append(d.boxes, boxOf(t, at["d"], at["style"]))
			case "text":
				open = &word{x: number(t, at["x"]), y: -number(t, at["y"]), size: number(t, sizeOf.FindStringSubmatch(at["style"])[1]), ink: colour(t, at["style"]), turned: turned > 0}
			}
		case xml.CharData:
			if open != nil {
				open.text += string(part)
			}
		case xml.EndElement:
			if part.Name.Local == "g" && turned > 0 {
				turned--
			}
			if part.Name.Local == "text" {
				d.words = append(d.words, *open)
				open = nil
			}
		}
	}
}

func number(t testing.TB, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func colour(t testing.TB, style string) color.NRGBA {
	t.Helper()
	found := fillOf.FindStringSubmatch(style)
	if found == nil { // what SVG fills with where nothing is said
		return color.NRGBA{A: 255}
	}
	v, err := strconv.ParseUint(found[1], 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	return color.NRGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}
}

func boxOf(t testing.TB, path, style string) box {
	t.Helper()
	var x1, y1, x2, y2, x3, y3, x4, y4 float64
	if _, err := fmt.Sscanf(path, "M%f,%fL%f,%fL%f,%fL%f,%fZ", &x1, &y1, &x2, &y2, &x3, &y3, &x4, &y4); err != nil || x1 != x4 || y1 != y2 || x2 != x3 {
		t.Fatalf("%q is no rectangle: %v", path, err)
	}
	return box{x1, y3, x2 - x1, y1 - y3, colour(t, style)}
}

// under is the last box that was drawn below the beginning of a text.
func (d drawing) under(w word) box {
	for i := len(d.boxes) - 1; i >= 0; i-- {
		if b := d.boxes[i]; b.x <= w.x && w.x <= b.x+b.w && b.y <= w.y && w.y <= b.y+b.h {
			return b
		}
	}
	return box{}
}

// numbers are the texts that are numbers or dashes.
func (d drawing) numbers() []word {
	var all []word
	for _, w := range d.words {
		if _, err := strconv.Atoi(w.text); err == nil || w.text == "–" {
			all = append(all, w)
		}
	}
	return all
}
