package configs

import (
	"fmt"
	"strings"
)

// problems are the mistakes of one load, each a line of path, what is wrong
// and the remedy. They are kept in the order the settings are described in.
type problems []string

// add notes a mistake at a setting's path, or at the environment variable that
// set it.
func (p *problems) add(where, format string, args ...any) {
	*p = append(*p, where+": "+fmt.Sprintf(format, args...))
}

// err returns nil if there are none, else all of them in one error.
func (p problems) err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// Error lists every problem on a line of its own under their number.
func (p problems) Error() string {
	noun := "problems"
	if len(p) == 1 {
		noun = "problem"
	}
	return fmt.Sprintf("configs: %d %s\n  %s", len(p), noun, strings.Join(p, "\n  "))
}
