package chat

import (
	"errors"
	"fmt"
	"runtime"
)

// Panicked is the error of a panic: what it was, and where. A cause may cite what
// somebody wrote, or a secret, and a log keeps neither; so the words of Go's own
// runtime are told, which cite nothing, and of every other cause its type. The
// stack is that of debug.Stack, which holds addresses in the place of arguments.
func Panicked(cause any, stack []byte) error {
	told := fmt.Sprintf("%T", cause)
	var fault runtime.Error
	if err, ok := cause.(error); ok && errors.As(err, &fault) {
		told = fault.Error()
	}
	return fmt.Errorf("panic: %s\n%s", told, stack)
}
