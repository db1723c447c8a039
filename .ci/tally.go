//go:build ignore

// Tally reads what "go test -json" prints. It shows a line for each package
// and the whole output of what failed, and writes the count of tests and
// subtests to the file that its argument names, and what failed, with the end of
// what it said, to the one named so with ".failed". A package that failed
// without a failed test, as one that does not build, counts as one.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

// told is how many lines to keep of what one test said that failed.
const told = 40

// event is a line of "go test -json"; see "go doc test2json".
type event struct {
	Action, Package, Test, Output string
}

// subject is what events are about: a test, or with no test a package.
type subject struct {
	pkg, test string
}

func main() {
	counts := map[string]int{}
	failures := map[string]int{} // failed tests by package
	said := map[subject][]string{}
	var lost strings.Builder // what failed

	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 16<<20) // bytes of a line: a test may print much at once
	for lines.Scan() {
		var e event
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			fmt.Println(lines.Text())
			continue
		}
		s := subject{e.Package, e.Test}
		switch e.Action {
		case "build-output":
			fmt.Print(e.Output)
		case "output":
			said[s] = append(said[s], e.Output)
		case "pass", "fail", "skip":
			failed := e.Action == "fail"
			if failed && (e.Test != "" || failures[e.Package] == 0) {
				failures[e.Package]++
				counts["fail"]++
			} else if e.Test != "" {
				counts[e.Action]++
			}
			show(said[s], failed, e.Test == "")
			if failed {
				fmt.Fprintf(&lost, "failed: %s %s\n%s", e.Package, e.Test, strings.Join(said[s][max(0, len(said[s])-told):], ""))
			}
			delete(said, s)
		}
	}
	if err := lines.Err(); err != nil {
		fmt.Println("tally:", err)
		os.Exit(1)
	}

	count := fmt.Sprintf("%d passed, %d failed, %d skipped\n", counts["pass"], counts["fail"], counts["skip"])
	for name, text := range map[string]string{os.Args[1]: count, os.Args[1] + ".failed": lost.String()} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			fmt.Println("tally:", err)
			os.Exit(1)
		}
	}
}

// show prints what was said: by what failed all but the marks of progress, and
// of other packages the line of their result.
func show(output []string, failed, isPackage bool) {
	for _, line := range output {
		progress := strings.HasPrefix(line, "=== ")
		result := strings.HasPrefix(line, "ok ") || strings.HasPrefix(line, "? ")
		if failed && !progress || isPackage && result {
			fmt.Print(line)
		}
	}
}
