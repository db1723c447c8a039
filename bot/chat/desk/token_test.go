package desk_test

import (
	"testing"

	"pgregory.net/rapid"

	"interlab/bot/chat/desk"
)

type known struct {
	A, B string
	C    bool
}

func TestATokenBringsBackWhatItWasMadeOf(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching("[a-zA-Z0-9:/.\"<>_ -]{0,40}")
		want := known{word.Draw(t, "a"), word.Draw(t, "b"), rapid.Bool().Draw(t, "c")}
		if got := desk.FromToken[known](desk.Token(want)); got != want {
			t.Errorf("FromToken(Token()) = %+v, want %+v", got, want)
		}
	})
}

func TestWhatIsNoTokenBringsNothing(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "null", "i/1/2/t/private", `{"A":1}`, `{"A":"x","C":"y"}`, "[]", "{"} {
		if got := desk.FromToken[known](text); got != (known{}) {
			t.Errorf("FromToken(%q) = %+v, want nothing", text, got)
		}
	}
	if got := desk.Token(make(chan int)); got != "" {
		t.Errorf("Token of what is no plain struct = %q, want none", got)
	}
}
