package exchange_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interlab/bot/exchange"
)

func TestFilesAreTickedOff(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		list string
		want []string
	}{
		{"", nil},
		{"\n \n", nil},
		{"notes/licensed.txt\nsrc/trainer", nil},
		{"LICENSE\nREADME.md\r\n./CITATION.cff", []string{"a licence", "a readme", "how to cite it"}},
		{"COPYING\nuv.lock\nDockerfile", []string{"a licence", "its dependencies", "a container"}},
		{"src\\train_small.py\nscripts/eval.sh", []string{"code that trains", "code that evaluates"}},
		{"configs/a.yaml\ntests/a.py", []string{"configurations", "tests"}},
		{"MODEL_CARD.md\ndata-card.md\nSAFETY.md\nSHA256SUMS", []string{"a model card", "a data card", "a safety note", "checksums"}},
	} {
		if diff := cmp.Diff(c.want, found(exchange.Files(c.list))); diff != "" {
			t.Errorf("Files(%q) (-want +got):\n%s", c.list, diff)
		}
	}
}

// found are the ticks that were found.
func found(all []exchange.Tick) []string {
	var names []string
	for _, tick := range all {
		if tick.Found {
			names = append(names, tick.What)
		}
	}
	return names
}

func TestCardsAreReadByTheirHeadings(t *testing.T) {
	t.Parallel()
	model := "# Harness 7B\n## Intended use\nTests.\n## Limitations\nTODO\n## Training data\n\n## Evaluation ##\nmore information needed\n"
	card := exchange.ReadCard(exchange.ModelCard, model)
	if diff := cmp.Diff([]string{"what it is for", "where it fails", "what it was trained on", "how it was evaluated"}, found(card.Headings)); diff != "" {
		t.Errorf("ReadCard of a model (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Limitations", "Training data", "Evaluation"}, card.Blank); diff != "" {
		t.Errorf("ReadCard of a model, blank (-want +got):\n%s", diff)
	}
	data := exchange.ReadCard(exchange.DataCard, "# Traces\n## Curation rationale\nx\n## Distribution\nCC0\n")
	if diff := cmp.Diff([]string{"why it was collected", "how it is shared"}, found(data.Headings)); diff != "" || len(data.Headings) != 9 {
		t.Errorf("ReadCard of data = %v (-want +got):\n%s", data.Headings, diff)
	}
	if got := exchange.ReadCard(exchange.Weights, model); got.Headings != nil {
		t.Errorf("ReadCard of weights = %v, want no headings", got.Headings)
	}
	if got := exchange.ReadCard(exchange.ModelCard, "no headings at all"); len(got.Blank) != 0 || len(found(got.Headings)) != 0 {
		t.Errorf("ReadCard of prose = %v", got)
	}
}

func TestLongPastesAreReadInPart(t *testing.T) {
	t.Parallel()
	list := strings.Repeat("x\n", exchange.MaxPasted) + "LICENSE"
	if got := found(exchange.Files(list)); got != nil {
		t.Errorf("Files(a very long list) = %v, want nothing after the part that is read", got)
	}
}
