package web_test

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// rules are html-validate's, without those of taste.
const rules = `{"extends": ["html-validate:recommended", "html-validate:document"], "rules": {"long-title": "off", "no-trailing-whitespace": "off", "doctype-style": "off", "no-inline-style": "error", "require-sri": "off", "no-implicit-button-type": "error"}}`

// Every page is what the standard of HTML says a page is.
func TestPagesAreValidHTML(t *testing.T) {
	t.Parallel()
	validator := tool(t, ".bin/html-validate")
	n := sampled(t)
	hostile := stand(t, hostileTalks())
	curie := n.lab(t, "Curie")
	folder := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(".htmlvalidate.json", rules)
	for _, path := range []string{
		"/", "/?topic=privacy&zone=Tokyo", "/?zone=Narnia&from=x", "/archive", "/residencies", "/about", "/?when=week&lab=x", "/talk/sample-sparse", "/talk/sample-proofs", "/talk/sample-privacy", "/talk/sample-reading-3",
		"/lab/" + curie, "/lab/" + curie + "/embed", "/series/sample-reading", "/topic/privacy", "/board", "/board?period=2025", "/board?period=x", "/board/lab/" + curie, "/none",
	} {
		write("page"+strings.Map(letters, path)+".html", read(t, n.answer(t, http.MethodGet, path)))
	}
	write("own.html", n.page(t, ana(n).opens(t, curie)))
	for _, path := range []string{"/", "/talk/bad", "/talk/long", "/topic/a%2Fb"} {
		write("hostile"+strings.Map(letters, path)+".html", read(t, hostile.answer(t, http.MethodGet, path)))
	}
	if out, err := exec.CommandContext(t.Context(), validator, "--config", filepath.Join(folder, ".htmlvalidate.json"), "--formatter", "text", folder).CombinedOutput(); err != nil {
		t.Errorf("html-validate: %v\n%s", err, out)
	}
}

// letters leaves of an address what a file can be called.
func letters(r rune) rune {
	if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
		return r
	}
	return '-'
}
