package desk

import (
	"fmt"
	"testing"
	"time"
)

func TestIdsAreKnownForAWhileAndForgotten(t *testing.T) {
	t.Parallel()
	var s seen
	now := time.Unix(0, 0)
	for i := range 100 {
		s.add(fmt.Sprint(i), now.Add(time.Duration(i)*time.Second))
	}
	if !s.before("99", now.Add(99*time.Second+seenLife)) || s.before("new", now) {
		t.Error("an id is to be known for 15 minutes, and no other")
	}
	s.add("late", now.Add(2*seenLife))
	if s.before("7", now.Add(3*seenLife)) {
		t.Error("an id is still known after 45 minutes")
	}
	if n := len(s.young) + len(s.aged); n != 1 {
		t.Errorf("%d ids are kept, want 1", n)
	}
}
