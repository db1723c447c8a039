package desk_test

import (
	"testing"

	"interlab/bot/chat/desk"
)

func TestWhatCannotBeReadIsNotCited(t *testing.T) {
	t.Parallel()
	type point struct{ X, Y int }
	if got, err := desk.Decode[point]("a point", []byte(`{"X":1,"Y":2,"Z":{}}`)); got != (point{1, 2}) || err != nil {
		t.Errorf("Decode = %+v, %v; want 1, 2", got, err)
	}
	for _, bad := range []string{"", "{", `{"X":1,"Y":"private"}`, `["private"]`, "null null"} {
		got, err := desk.Decode[point]("a point", []byte(bad))
		if got != (point{}) || err == nil || err.Error() != "a point of a wrong shape" {
			t.Errorf("Decode(%q) = %+v, %v; want an error that names the point alone", bad, got, err)
		}
	}
}
