package chart_test

import (
	"image/color"
	"math"
	"slices"
	"strconv"
	"testing"

	"interlab/bot/exchange/chart"
)

// linear is a colour as amounts of light, from 0 to 1.
func linear(c color.NRGBA) [3]float64 {
	light := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return [3]float64{light(c.R), light(c.G), light(c.B)}
}

// luminance is that of WCAG 2.2, of light.
func luminance(c [3]float64) float64 { return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2] }

// contrast is that of WCAG 2.2, from 1 to 21.
func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(linear(a)), luminance(linear(b))
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// eyes are how whoever lacks one of the three cones sees light: Machado, Oliveira
// and Fernandes, A Physiologically-based Model for Simulation of Color Vision
// Deficiency (2009), with severity 1; and a copy without colours.
var eyes = map[string][3][3]float64{
	"all":      {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"no red":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"no green": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"no blue":  {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
	"grey":     {{0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}},
}

func seen(by [3][3]float64, c color.NRGBA) [3]float64 {
	light := linear(c)
	var out [3]float64
	for i, row := range by {
		out[i] = min(1, max(0, row[0]*light[0]+row[1]*light[1]+row[2]*light[2]))
	}
	return out
}

// lab is light in CIELAB, in which what looks equally different is equally far
// apart, under daylight (D65).
func lab(c [3]float64) [3]float64 {
	f := func(v float64) float64 {
		if v > 216.0/24389 {
			return math.Cbrt(v)
		}
		return (24389.0/27*v + 16) / 116
	}
	x := f((0.4124*c[0] + 0.3576*c[1] + 0.1805*c[2]) / 0.9505)
	y := f(luminance(c))
	z := f((0.0193*c[0] + 0.1192*c[1] + 0.9505*c[2]) / 1.089)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func apart(a, b [3]float64) float64 {
	p, q := lab(a), lab(b)
	return math.Sqrt((p[0]-q[0])*(p[0]-q[0]) + (p[1]-q[1])*(p[1]-q[1]) + (p[2]-q[2])*(p[2]-q[2]))
}

// row is a matrix of one line with the numbers from 0 to n-1, in which each shade is
// once.
func row(n int) chart.Matrix {
	m := chart.Matrix{Title: "Shades", Names: []string{"giver"}, Cells: [][]int{{0}}}
	for i := range n {
		m.Names = append(m.Names, "to "+strconv.Itoa(i))
		m.Cells[0] = append(m.Cells[0], i)
	}
	for range n {
		m.Cells = append(m.Cells, make([]int, n+1))
	}
	return m
}

// The more, the darker, for every eye and on grey paper: so much that neighbours of
// eight are told apart.
func TestShadesAreInOneOrderForEveryEye(t *testing.T) {
	t.Parallel()
	for _, n := range []int{2, 3, 8, 11} {
		d := drawn(t, row(n).Picture("shades"))
		numbers := d.numbers()
		for name, eye := range eyes {
			last := math.Inf(1)
			var before [3]float64
			for i := range n {
				place := slices.IndexFunc(numbers, func(w word) bool { return w.text == strconv.Itoa(i) })
				if i == 0 {
					place = slices.IndexFunc(numbers, func(w word) bool { return w.text == "–" })
				}
				if place < 0 {
					t.Fatalf("%d is not in the picture: %v", i, numbers)
				}
				light := seen(eye, d.under(numbers[place]).fill)
				if v := lab(light)[0]; v >= last {
					t.Errorf("who has %s sees %d of %d as light as %d, %.1f", name, i, n, i-1, v)
				} else {
					last = v
				}
				if i > 0 && n <= 8 && apart(before, light) < 5 {
					t.Errorf("who has %s sees %d and %d of %d only %.1f apart", name, i-1, i, n, apart(before, light))
				}
				before = light
			}
		}
	}
}

// Every word and number is read on what it stands on, as WCAG 2.2 asks of small
// text.
func TestWordsAreReadOnTheirGround(t *testing.T) {
	t.Parallel()
	l, names := golden()
	all := append(pictures(l, names), row(11).Picture("eleven"), row(4).Picture("four"), row(3).Picture("three"))
	for n := 12; n < 60; n += 6 { // shades in between
		m := row(3)
		m.Cells[0][1], m.Cells[0][2], m.Cells[0][3] = n, 3, 60
		all = append(all, m.Picture("between"))
	}
	for _, p := range all {
		d := drawn(t, p)
		for _, w := range d.words {
			on := d.boxes[0]
			if !w.turned {
				on = d.under(w)
			}
			if c := contrast(w.ink, on.fill); c < 4.5 {
				t.Errorf("%s: %q has a contrast of %.2f on %v, want 4.5", p.Name, w.text, c, on.fill)
			}
		}
	}
}

// The bars of what is settled and of what is not differ for every eye and on grey
// paper, and both stand out from white.
func TestBarsAreToldApartByEveryEye(t *testing.T) {
	t.Parallel()
	b := chart.Bars{Title: "Two", Bars: []chart.Bar{{Name: "settled", N: 2}, {Name: "open", N: 2, Open: true}}}
	d := drawn(t, b.Picture("two"))
	var fills []color.NRGBA
	for _, one := range d.boxes[1:] {
		if one.h == 18 {
			fills = append(fills, one.fill)
		}
	}
	if len(fills) != 2 {
		t.Fatalf("%d bars, want 2", len(fills))
	}
	for name, eye := range eyes {
		if got := apart(seen(eye, fills[0]), seen(eye, fills[1])); got < 20 {
			t.Errorf("who has %s sees both bars %.1f apart, want 20", name, got)
		}
		for _, fill := range fills {
			if got := apart(seen(eye, fill), seen(eye, color.NRGBA{255, 255, 255, 255})); got < 20 {
				t.Errorf("who has %s sees %v only %.1f from white", name, fill, got)
			}
		}
	}
}
