package web_test

import (
	"bytes"
	"cmp"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// The pictures in README.md are what a browser shows of the sample network;
// -update takes them anew. They stay small, so that reading stays quick.
func TestThePicturesAreOfThePages(t *testing.T) {
	t.Parallel()
	const most = 60 << 10
	shots := []struct {
		name, path, scheme string
		width, height      int64
	}{
		{"talks.png", "/?zone=Berlin", "light", 760, 900},
		{"talk.png", "/talk/sample-sparse", "dark", 420, 760},
		{"board.png", "/board", "light", 760, 1000},
		{"board-lab.png", "/board#on-time", "dark", 420, 760},
	}
	for _, shot := range shots {
		file := filepath.Join("pictures", shot.name)
		if *update {
			b := browse(t)
			b.do(chromedp.EmulateViewport(shot.width, shot.height))
			calls(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: shot.scheme}}})
			b.goes(shot.path)
			if err := os.WriteFile(file, fewColours(t, gets(b, chromedp.CaptureScreenshot())), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if size, err := png.DecodeConfig(bytes.NewReader(data)); err != nil || int64(size.Width) != shot.width || len(data) > most {
			t.Errorf("%s is %d wide and has %d bytes, %v; want %d wide and at most %d", file, size.Width, len(data), err, shot.width, most)
		}
		readme, err := os.ReadFile("../../README.md")
		if err != nil || !bytes.Contains(readme, []byte("adapters/web/pictures/"+shot.name)) {
			t.Errorf("README.md does not show %s, %v", shot.name, err)
		}
	}
}

// fewColours is a screenshot in the 256 colours that it has most of, a third as
// large.
func fewColours(t *testing.T, data []byte) []byte {
	t.Helper()
	shot, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	count := map[color.RGBA]int{}
	for y := range shot.Bounds().Dy() {
		for x := range shot.Bounds().Dx() {
			if c, ok := color.RGBAModel.Convert(shot.At(x, y)).(color.RGBA); ok {
				count[c]++
			}
		}
	}
	most := slices.SortedFunc(maps.Keys(count), func(a, b color.RGBA) int {
		return cmp.Or(count[b]-count[a], cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)))
	})
	var colours color.Palette
	for _, c := range most[:min(256, len(most))] {
		colours = append(colours, c)
	}
	few := image.NewPaletted(shot.Bounds(), colours)
	draw.Draw(few, shot.Bounds(), shot, image.Point{}, draw.Src)
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&out, few); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
