package export

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"interlab/bot/exchange"
	"interlab/calendar"
)

// Sheet is what of figures everybody may have as files: the figures themselves
// and works that are open, no record of any exchange, no person and no text of
// one. Its measures are as they are to be shown, with what is hidden hidden.
type Sheet struct {
	Network  string
	Scope    exchange.Scope
	Period   exchange.Period
	Measures []exchange.Measure
	Labs     map[string]string // names by id, of those that may be named
	Works    []Work
}

// Work is something that anybody may get and use, and that one lab gave another.
type Work struct {
	Type    exchange.Artefact
	Title   string
	Version string
	Link    string
	Licence string // SPDX
	Since   calendar.Date
	From    string // the id of the lab that gave it
	To      string // and of the one that received it; exchange.Others of one that is not named
}

// WorkRow is a work.
type WorkRow struct {
	Type    string `json:"type"`
	Title   string `json:"title"`
	Version string `json:"version"`
	Link    string `json:"link"`
	Licence string `json:"licence"`
	Since   string `json:"since"`
	FromLab string `json:"from_lab"`
	ToLab   string `json:"to_lab"`
}

// sheetRows is the sheet as one document.
type sheetRows struct {
	Schema  int         `json:"schema_version"`
	Network string      `json:"network"`
	Scope   string      `json:"scope"`
	From    string      `json:"from"`
	To      string      `json:"to"`
	Labs    []LabRow    `json:"labs"`
	Metrics []MetricRow `json:"metrics"`
	Works   []WorkRow   `json:"works"`
}

func (s Sheet) rows() sheetRows {
	r := sheetRows{
		Schema: Schema, Network: s.Network, Scope: s.Scope.String(), From: moment(s.Period.From), To: moment(s.Period.To),
		Labs: []LabRow{}, Metrics: []MetricRow{}, Works: []WorkRow{},
	}
	for id, name := range s.Labs {
		r.Labs = append(r.Labs, LabRow{ID: id, Name: name})
	}
	slices.SortFunc(r.Labs, func(a, b LabRow) int { return cmp.Compare(a.ID, b.ID) })
	for _, m := range s.Measures {
		r.Metrics = append(r.Metrics, metricRow(m))
	}
	for _, w := range s.Works {
		r.Works = append(r.Works, WorkRow{string(w.Type), w.Title, w.Version, w.Link, w.Licence, day(w.Since), w.From, w.To})
	}
	return r
}

// JSON is the sheet as one document.
func (s Sheet) JSON() ([]byte, error) {
	data, err := json.MarshalIndent(s.rows(), "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write a sheet as JSON: %w", err)
	}
	return append(data, '\n'), nil
}

// CSV are its tables: labs.csv, metrics.csv and works.csv.
func (s Sheet) CSV() ([]File, error) {
	r := s.rows()
	var files []File
	for _, table := range []struct {
		name string
		rows any
	}{{"labs", r.Labs}, {"metrics", r.Metrics}, {"works", r.Works}} {
		data, err := encode(reflect.ValueOf(table.rows))
		if err != nil {
			return nil, fmt.Errorf("write %s.csv: %w", table.name, err)
		}
		files = append(files, File{table.name + ".csv", data})
	}
	return files, nil
}

// Crate is a detached RO-Crate 1.2 of the sheet, which is found at an address: the
// figures as values with what they are of, the labs, and the works with their
// licences.
func (s Sheet) Crate(address, title string) (File, error) {
	c := &crate{seen: map[string]bool{}}
	c.add(entity{
		"@id": "ro-crate-metadata.json", "@type": "CreativeWork",
		"conformsTo": ref("https://w3id.org/ro/crate/1.2"), "about": ref(address),
	})
	root := c.add(entity{
		"@id": address, "@type": "Dataset", "name": title, "datePublished": s.Period.To.Add(-1).UTC().Format("2006-01-02"),
		"description": "Figures of what moved between labs, and what came of it that is open. A figure of nothing, or of fewer than five people, has no value.",
		"license":     ref("#terms-of-use"),
	})
	c.add(entity{
		"@id": "#terms-of-use", "@type": "CreativeWork", "name": "To be passed on with its source",
		"description": "These figures are public. Each work has a licence of its own.",
	})
	var about, values, parts []entity
	for _, id := range slices.Sorted(maps.Keys(s.Labs)) {
		c.add(entity{"@id": "#lab-" + id, "@type": "Organization", "name": s.Labs[id]})
		about = append(about, ref("#lab-"+id))
	}
	for i, m := range s.Measures {
		row := metricRow(m)
		if row.Value == nil {
			continue
		}
		id := fmt.Sprintf("#figure-%d", i+1)
		c.add(entity{"@id": id, "@type": "PropertyValue", "propertyID": row.Metric, "name": row.Metric + " " + row.Part, "value": *row.Value, "unitText": row.Unit})
		values = append(values, ref(id))
	}
	for _, w := range s.Works {
		if w.Link == "" {
			continue
		}
		fresh := !c.seen[w.Link]
		c.work(w.Link, exchange.Evidence{Type: w.Type, Title: w.Title, Version: w.Version, Licence: w.Licence, Openness: exchange.ToAll, Published: w.Since})
		if fresh {
			parts = append(parts, ref(w.Link))
		}
	}
	root["about"], root["variableMeasured"], root["hasPart"] = append([]entity{}, about...), append([]entity{}, values...), append([]entity{}, parts...)
	data, err := json.MarshalIndent(map[string]any{"@context": "https://w3id.org/ro/crate/1.2/context", "@graph": c.graph}, "", "  ")
	if err != nil {
		return File{}, fmt.Errorf("write the crate of a sheet: %w", err)
	}
	return File{"outcomes-ro-crate-metadata.json", append(data, '\n')}, nil
}
