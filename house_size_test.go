package main_test

import (
	"go/scanner"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// maxPlatforms bounds the lines of code of the adapters of platforms, all
// together. What two of them need is in bot/chat and bot/chat/desk, once; a
// third should find most of its work done.
const maxPlatforms = 3443

// A line of code is one that is neither blank nor a comment alone. Tests and the
// servers that tests use do not count.
func TestAdaptersOfPlatformsStaySmall(t *testing.T) {
	t.Parallel()
	lines := 0
	for _, folder := range []string{"adapters/slack", "adapters/discord"} {
		names, err := filepath.Glob(folder + "/*.go")
		if err != nil || len(names) == 0 {
			t.Fatalf("the files of %s: %d, %v", folder, len(names), err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasSuffix(name, "_test.go") {
				lines += codeLines(text)
			}
		}
	}
	if lines > maxPlatforms {
		t.Errorf("the adapters have %d lines of code together, want at most %d: move what both need to bot/chat/desk", lines, maxPlatforms)
	}
}

// codeLines counts the lines of Go on which something else than a comment stands.
func codeLines(text []byte) int {
	var read scanner.Scanner
	files := token.NewFileSet()
	file := files.AddFile("", files.Base(), len(text))
	read.Init(file, text, nil, 0)
	code := map[int]bool{}
	for {
		at, kind, literal := read.Scan()
		if kind == token.EOF {
			return len(code)
		}
		for n := range 1 + strings.Count(literal, "\n") {
			if kind != token.SEMICOLON { // it may stand for the end of a line
				code[file.Line(at)+n] = true
			}
		}
	}
}

func TestCodeLinesAreThoseWithCode(t *testing.T) {
	t.Parallel()
	const text = "// Package p is p.\npackage p\n\n/* a\nb */\nvar a = 1 // one\n\nvar b = `x\n\ny`\n"
	if got := codeLines([]byte(text)); got != 5 {
		t.Errorf("codeLines = %d, want 5: package, a, and the three of b", got)
	}
}
