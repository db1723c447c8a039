package bot

import (
	_ "embed" // for the sample network
	"encoding/json"
	"fmt"
)

//go:embed sample.json
var sample []byte

// Sample is a small invented network: four labs, two on each of two platforms,
// and a dozen people. It is data about platforms, not code that knows any.
func Sample() ([]Newcomer, error) {
	var people []Newcomer
	if err := json.Unmarshal(sample, &people); err != nil {
		return nil, fmt.Errorf("read the sample network: %w", err)
	}
	return people, nil
}
