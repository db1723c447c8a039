package main

import (
	"fmt"
	"os"

	"interlab/calendar"
)

// zones are the rules of time in a folder that the settings name, or those in the
// program where they name none.
func zones(folder string) (*calendar.ZoneSet, error) {
	if folder == "" {
		return calendar.Pinned(), nil
	}
	set, err := calendar.LoadZones(os.DirFS(folder))
	if err != nil {
		return nil, fmt.Errorf("zone data in %s: %w", folder, err)
	}
	return set, nil
}
