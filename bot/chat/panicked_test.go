package chat

import (
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"testing"
)

// told is what is told of a panic.
func told(f func()) (err error) {
	defer func() { err = Panicked(recover(), debug.Stack()) }()
	f()
	return nil
}

// blow panics, with the text among the arguments on the stack as well.
//
//go:noinline
func blow(text string, cause any) { panic(cause) } //nolint:revive // text is there to be on the stack

func TestAPanicTellsWhatAndWhereButCitesNothing(t *testing.T) {
	t.Parallel()
	const canary = "CANARY-of-a-secret"
	type wish struct{ Text string }
	for want, f := range map[string]func(){
		"panic: string\n":         func() { blow(canary, "so "+canary) },
		"panic: *fmt.wrapError\n": func() { blow(canary, fmt.Errorf("a: %w", errors.New(canary))) },
		"panic: chat.wish\n":      func() { blow(canary, wish{canary}) },
		"panic: []uint8\n":        func() { blow(canary, []byte(canary)) },
		"panic: runtime error: index out of range [18] with length 18\n": func() { blow(canary, canary[len([]byte(canary))]) },
		"panic: interface conversion: interface {} is string, not int\n": func() { var x any = canary; _ = x.(int) },
		"panic: assignment to entry in nil map\n":                        func() { m := map[string]map[string]string{}; m[canary][canary] = canary },
	} {
		err := told(f)
		if !strings.HasPrefix(err.Error(), want) || !strings.Contains(err.Error(), "panicked_test.go:") {
			t.Errorf("Panicked() = %v, want %q and the place", err, want)
		}
		if strings.Contains(err.Error(), canary) {
			t.Errorf("Panicked() = %v, want no canary in it", err)
		}
	}
}
