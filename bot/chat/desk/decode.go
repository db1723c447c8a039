package desk

import (
	"encoding/json"
	"errors"
)

// Decode reads JSON that came from a platform, or from somebody in its name. The
// error names what it was to be, and never cites it.
func Decode[T any](what string, data []byte) (T, error) {
	var out, none T
	if err := json.Unmarshal(data, &out); err != nil {
		return none, errors.New(what + " of a wrong shape") // the cause may cite what somebody wrote
	}
	return out, nil
}
