package main

import (
	"fmt"
	"os"

	"interlab/adapters/cli"
	"interlab/calendar"
	"interlab/configs"
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

// probeZones says of which release the zone data are. Rules that are older than
// those in the program are hardly meant.
func probeZones(s configs.Settings) cli.Finding {
	set, err := zones(s.ZoneData)
	if err != nil {
		return cli.Finding{Grade: cli.Failure, What: "zone data", Found: err.Error(), Advice: "name another folder under zone_data, or leave it out"}
	}
	finding := cli.Finding{Grade: cli.OK, What: "zone data", Found: set.Version()}
	if s.ZoneData == "" {
		return finding
	}
	finding.Found += ", in " + s.ZoneData
	if built := calendar.Pinned().Version(); set.Version() < built {
		finding.Grade = cli.Warning
		finding.Advice = "the program carries " + built + ", which is newer; leave zone_data out"
	}
	return finding
}
