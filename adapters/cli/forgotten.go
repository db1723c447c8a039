package cli

import (
	"bufio"
	"context"
	"fmt"
	"regexp"
)

// exportForgotten prints who was forgotten.
type exportForgotten struct {
	keeping
}

// Run prints one random id a line.
func (c exportForgotten) Run(ctx context.Context, g *grammar, p *Program) error {
	return c.open(ctx, g, p, false, func(u Upkeep) error {
		ids, err := u.App.Forgotten(ctx)
		if err != nil {
			return err
		}
		for _, id := range ids {
			p.say("%s", id)
		}
		return nil
	})
}

// forgottenID is what a line of the list looks like.
var forgottenID = regexp.MustCompile(`^[a-z2-9]{1,64}$`)

// forgotten reads such a list; an empty path is an empty list.
func (p *Program) forgotten(path string) ([]string, error) {
	if path == "" {
		return nil, nil
	}
	file, err := p.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open the list of who was forgotten: %w", err)
	}
	defer file.Close() //nolint:errcheck // only read
	var ids []string
	lines := bufio.NewScanner(file)
	for n := 1; lines.Scan(); n++ {
		switch id := lines.Text(); {
		case id == "":
		case forgottenID.MatchString(id):
			ids = append(ids, id)
		default:
			return nil, fmt.Errorf("%s: line %d is no id; interlab export forgotten writes the list", path, n)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return ids, nil
}
