package desk_test

import (
	"errors"
	"testing"

	"interlab/bot/chat/desk"
)

func TestSeekingEndsWhereThereIsNothingMoreToRead(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	type page struct {
		found string
		more  bool
		err   error
	}
	for name, c := range map[string]struct {
		pages []page
		found string
		err   error
		read  int
	}{
		"found":            {[]page{{more: true}, {found: "m7", more: true}, {}}, "m7", nil, 2},
		"not there":        {[]page{{more: true}, {}, {found: "never"}}, "", nil, 2},
		"an error":         {[]page{{err: broken, more: true}, {found: "never"}}, "", broken, 1},
		"too much to read": {[]page{{more: true}, {more: true}, {more: true}, {found: "never"}}, "", nil, 3},
	} {
		read := 0
		found, err := desk.Seek(3, func() (string, bool, error) {
			read++
			p := c.pages[read-1]
			return p.found, p.more, p.err
		})
		if found != c.found || !errors.Is(err, c.err) || read != c.read {
			t.Errorf("%s: Seek = %q, %v after %d pages; want %q, %v after %d", name, found, err, read, c.found, c.err, c.read)
		}
	}
}
