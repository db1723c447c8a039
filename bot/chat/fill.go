package chat

import (
	"maps"
	"slices"
	"strings"
)

// reading is one way to give words without a name to arguments.
type reading struct {
	values map[string]string
	rest   []token // what is left over
	fits   bool    // nothing is left over, and every choice and number is one
}

// fill gives words without a name to the arguments that have no value yet. It
// returns the words that are left over. It takes the first reading that fits,
// or the first of all, so that the error is about that.
func (c Command) fill(args map[string]string, loose []token) []token {
	open := slices.DeleteFunc(slices.Clone(c.Args), func(a Arg) bool {
		_, given := args[a.Name]
		return given
	})
	var chosen reading
	for i, greedy := range worded(open) {
		next := read(open, loose, greedy)
		if i == 0 || next.fits {
			chosen = next
		}
		if chosen.fits {
			break
		}
	}
	maps.Copy(args, chosen.values)
	return chosen.rest
}

// worded is the indices of the arguments that may take several words, in the
// order in which they are tried: texts from the last, then persons from the
// last, then -1 for none.
func worded(args []Arg) []int {
	var out []int
	for _, kind := range []ArgKind{ArgText, ArgPerson} {
		for i, arg := range slices.Backward(args) {
			if arg.Kind == kind {
				out = append(out, i)
			}
		}
	}
	return append(out, -1)
}

// read gives one word to each argument in order, and to the greedy one, unless
// its first is quoted, all that the choices and numbers behind it leave.
func read(args []Arg, loose []token, greedy int) reading {
	out := reading{values: map[string]string{}, fits: true}
	for i, arg := range args {
		if len(loose) == 0 {
			break
		}
		taken := 1
		if i == greedy && !loose[0].quoted {
			taken = len(loose) - fitting(loose[1:], args[i+1:])
		}
		value := arg.tidy(join(loose[:taken]))
		out.values[arg.Name] = value
		out.fits = out.fits && arg.fits(value)
		loose = loose[taken:]
	}
	out.rest = loose
	out.fits = out.fits && len(loose) == 0
	return out
}

// fitting is how many of the last words fit the first arguments, which must be
// choices or numbers: the most that do.
func fitting(typed []token, args []Arg) int {
	for n := min(len(typed), len(args)); n > 0; n-- {
		if allFit(typed[len(typed)-n:], args) {
			return n
		}
	}
	return 0
}

func allFit(typed []token, args []Arg) bool {
	for i, w := range typed {
		kind := args[i].Kind
		if (kind != ArgChoice && kind != ArgNumber) || !args[i].fits(args[i].tidy(w.text())) {
			return false
		}
	}
	return true
}

// join is one value from several words, as they were typed; a single word gives
// its value.
func join(typed []token) string {
	if len(typed) == 1 {
		return typed[0].text()
	}
	var out strings.Builder
	for i, w := range typed {
		if i > 0 {
			out.WriteString(w.gap)
		}
		out.WriteString(w.raw)
	}
	return out.String()
}
