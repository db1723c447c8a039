package desktest_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"interlab/bot/chat/desk/desktest"
)

func TestEachFieldIsOddInTurn(t *testing.T) {
	t.Parallel()
	all, err := desktest.Oddities(`{"a":{"b":[1,"x"]},"c":"d"}`)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`{"a":null,"c":"d"}`, `{"a":{"b":null},"c":"d"}`, `{"a":{"b":[1,1e400]},"c":"d"}`, `{"a":{"b":[1,"x"]},"c":"\ud800"}`,
		`{"c":"d"}`, `{"a":{},"c":"d"}`, `{"a":{"b":["x"]},"c":"d"}`,
		`{"a":{"b":[1,"x"]},"c":"d","c":"twice"}`, `{"a":{"b":[1,"x"],"b":"twice"},"c":"d"}`, `{"a":{"b":[1,"x","twice"]},"c":"d"}`,
	} {
		if !slices.Contains(all, want) {
			t.Errorf("%s is not among what is odd", want)
		}
	}
	for _, text := range all {
		if !strings.Contains(text, "[[[[") && !json.Valid([]byte(text)) {
			t.Errorf("%s is no JSON", text)
		}
	}
	if fields := 5; len(all) != fields*14 {
		t.Errorf("%d texts, want 14 of each of %d fields", len(all), fields)
	}
}

func TestWhatIsNoJSONHasNothingOdd(t *testing.T) {
	t.Parallel()
	if all, err := desktest.Oddities(`{"a":`); err == nil {
		t.Errorf("Oddities of half an object = %q, want an error", all)
	}
	for _, plain := range []string{"7", "[]", "{}", `"x"`} {
		if all, err := desktest.Oddities(plain); err != nil || len(all) != 0 {
			t.Errorf("Oddities(%s) = %q, %v; want none", plain, all, err)
		}
	}
}
