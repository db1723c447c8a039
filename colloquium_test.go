package main

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A talk is announced, moved and reminded of as if nothing had happened, though
// the server is killed before every step.
func TestTalksSurviveAStoreThatIsKilledAtEveryStep(t *testing.T) {
	t.Parallel()
	needRedis(t)
	config := settingsFile(t)
	for _, name := range []string{"colloquium.txt", "moved.txt"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			story, err := os.ReadFile(filepath.Join(filepath.Dir(scripts), name))
			if err != nil {
				t.Fatal(err)
			}
			calm, errs, code := program(t, string(story), "-c", config, "console", "--script", "-")
			if code != 0 {
				t.Fatalf("console --script %s = exit %d: %s", name, code, errs)
			}
			torn, errs, code := program(t, killed(string(story)), "-c", config, "console", "--script", "-", "--data", t.TempDir())
			if code != 0 {
				t.Fatalf("the same with kills = exit %d: %s\n%s", code, errs, torn)
			}
			if diff := cmp.Diff(said(unnumbered(calm)), said(unnumbered(torn))); diff != "" {
				t.Errorf("what was said differs (-calm +killed):\n%s", diff)
			}
		})
	}
}

// thread is the mark of what is said below a post.
var thread = regexp.MustCompile(`thread under \d+`)

// unnumbered is a transcript without the numbers of posts: which home hears
// first is not promised.
func unnumbered(transcript string) string { return thread.ReplaceAllString(transcript, "thread") }
