package desk

import "encoding/json"

// Token is what an adapter must know again, as text that travels with an event or
// a form: a struct of plain fields. It may stand in the store and at a platform.
func Token(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return "" // not possible for plain fields
	}
	return string(text)
}

// FromToken reads what Token wrote, and the zero value of what it did not.
func FromToken[T any](text string) T {
	var out, none T
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		return none
	}
	return out
}
