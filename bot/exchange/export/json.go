package export

import (
	"encoding/json"
	"fmt"
)

// JSON is the whole book as one document from which all its metrics can be computed
// again: those that rest on people's answers from tallies that name nobody.
func (b Book) JSON() ([]byte, error) {
	data, err := json.MarshalIndent(struct {
		Format  string `json:"format"`
		Version int    `json:"schema_version"`
		Network string `json:"network"`
		Scope   string `json:"scope"`
		From    string `json:"from"`
		To      string `json:"to"`
		rows
	}{"interlab outcomes", Schema, b.Network, b.scope(), moment(b.Period.From), moment(b.Period.To), b.rows()}, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write outcomes as JSON: %w", err)
	}
	return append(data, '\n'), nil
}

// scope names whose book it is, without a person's id.
func (b Book) scope() string {
	if b.Scope.Person != "" {
		return "person"
	}
	return b.Scope.String()
}
