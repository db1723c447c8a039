package cli

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// manifest is the command that prints what a platform wants to be told of the bot.
type manifest struct {
	Platform string `arg:"" help:"The platform, such as slack."`
}

// Run prints the manifest of one platform.
func (m manifest) Run(p *Program) error {
	render, ok := p.Manifests[m.Platform]
	if !ok {
		return fmt.Errorf("manifest: there is none for %q; write %s", m.Platform, strings.Join(slices.Sorted(maps.Keys(p.Manifests)), " or "))
	}
	text, err := render()
	if err != nil {
		return fmt.Errorf("manifest %s: %w", m.Platform, err)
	}
	_, err = fmt.Fprint(p.Stdout, text)
	return err
}
