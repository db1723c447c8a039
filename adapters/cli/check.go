package cli

import (
	"context"
	"encoding/json"
	"fmt"
)

// Grade is how bad a finding is.
type Grade string

// The grades.
const (
	OK      Grade = "ok"
	Warning Grade = "warning" // works, but not as an operator would want
	Failure Grade = "error"   // does not work
)

// Finding is one thing that a check looked at. Advice says what to do where
// the grade is not OK.
type Finding struct {
	Grade  Grade  `json:"grade"`
	What   string `json:"what"`
	Found  string `json:"found"`
	Advice string `json:"advice,omitempty"`
}

// Run looks at everything and prints a line for each finding. It fails when
// anything does.
func (c check) Run(ctx context.Context, g *grammar, p *Program) error {
	failed := false
	findings := []Finding{{Grade: OK, What: "settings", Found: described(p.config(g))}}
	s, err := p.settings(g)
	if err != nil {
		findings = []Finding{{Failure, "settings", err.Error(), "correct the lines above"}}
	} else {
		findings = append(findings, p.Probe(ctx, s)...)
	}
	for _, f := range findings {
		if err := p.print(f, c.JSON); err != nil {
			return err
		}
		failed = failed || f.Grade == Failure
	}
	if failed {
		return errSaid
	}
	return nil
}

func described(path string) string {
	if path == "" {
		return "defaults and environment"
	}
	return path
}

func (p *Program) print(f Finding, asJSON bool) error {
	f.Found, f.Advice = p.Veil.Hide(f.Found), p.Veil.Hide(f.Advice)
	if asJSON {
		return json.NewEncoder(p.Stdout).Encode(f)
	}
	line := fmt.Sprintf("%-8s %s: %s", f.Grade, f.What, f.Found)
	if f.Advice != "" {
		line += "\n         " + f.Advice
	}
	if _, err := fmt.Fprintln(p.Stdout, line); err != nil {
		return fmt.Errorf("print a finding: %w", err)
	}
	return nil
}
