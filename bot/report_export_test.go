package bot_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"interlab/bot"
	"interlab/bot/exchange"
)

func TestAnOperatorExportsTheNetworkOrALab(t *testing.T) {
	t.Parallel()
	r, ids := settledNetwork(t, 30)
	export := func(o bot.Order) []byte {
		file, err := r.app.Export(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		return file.Data
	}
	var whole struct {
		Exchanges, Goals []map[string]any
		Metrics          []struct {
			Metric, Part string
			Numerator    *float64
		}
	}
	data := export(bot.Order{Format: bot.FormatJSON})
	if err := json.Unmarshal(data, &whole); err != nil {
		t.Fatal(err)
	}
	network := outcomesOf(t, r, exchange.Scope{})
	if len(whole.Exchanges) != 30 || len(whole.Goals) == 0 || strings.Contains(string(data), "A goal") {
		t.Errorf("JSON has %d exchanges and %d goals, want 30 and some, without texts", len(whole.Exchanges), len(whole.Goals))
	}
	for _, m := range whole.Metrics {
		if m.Metric == "M1" && *m.Numerator != measured(network, ever(r), exchange.Scope{}, m.Metric, m.Part) {
			t.Errorf("M1 %s = %v, and the ledger says otherwise", m.Part, *m.Numerator)
		}
	}
	lab := export(bot.Order{Format: bot.FormatJSON, Lab: "CURIE", Period: "2026"})
	if strings.Count(string(lab), `"visitor_lab"`) >= 30 || !strings.Contains(string(lab), `"scope": "lab:`+ids["curie"]) {
		t.Error("the export of a lab has more than that lab's exchanges")
	}
	if again := export(bot.Order{Format: bot.FormatJSON}); !bytes.Equal(data, again) {
		t.Error("two exports of one moment differ")
	}
	for format, most := range map[bot.Format]int{bot.FormatCSV: 10, bot.FormatCrate: 30, bot.FormatBibTeX: 0} {
		packed := export(bot.Order{Format: format})
		files, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
		if err != nil || len(files.File) > most || format != bot.FormatBibTeX && len(files.File) == 0 {
			t.Errorf("%s: %v, %d files, want some and at most %d", format, err, len(files.File), most)
		}
	}
	for _, wrong := range []bot.Order{{Format: bot.FormatCSV, Lab: "Nowhere"}, {Format: bot.FormatCSV, Period: "2027-03-01..2027-01-01"}} {
		var refused *bot.Denied
		if _, err := r.app.Export(t.Context(), wrong); !errors.As(err, &refused) {
			t.Errorf("Export(%+v) = %v, want a refusal", wrong, err)
		}
	}
}
