package exchange_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"interlab/bot/exchange"
)

// The components of the framework by short names.
func parts(names string) []exchange.Artefact {
	short := map[string]exchange.Artefact{
		"arch": exchange.Architecture, "weights": exchange.Weights, "mcard": exchange.ModelCard, "dcard": exchange.DataCard,
		"report": exchange.TechnicalReport, "results": exchange.EvalResults, "train": exchange.TrainingCode,
		"infer": exchange.InferenceCode, "eval": exchange.EvalHarness, "evaldata": exchange.BenchmarkData,
		"data": exchange.Dataset, "prep": exchange.PreparationCode, "ckpt": exchange.Checkpoints,
		"paper": exchange.Paper, "preprint": exchange.Preprint, "libs": exchange.ReproScript, "meta": exchange.TrainingLogs,
	}
	var all []exchange.Artefact
	for name := range strings.FieldsSeq(names) {
		all = append(all, short[name])
	}
	return all
}

const (
	three = "arch weights mcard dcard results "
	two   = "train infer eval evaldata "
	one   = "data prep ckpt "
)

// release is a release of components, all under one licence of their own but for
// those of which another is named.
func release(names, licence string, other map[string]string) exchange.Release {
	r := exchange.Release{Parts: map[exchange.Artefact]string{}, Licences: map[exchange.Content]string{}}
	for _, a := range parts(names) {
		r.Parts[a] = licence
	}
	for name, l := range other {
		r.Parts[parts(name)[0]] = l
	}
	return r
}

// The rows are of the kinds that the Model Openness Tool is tested with: exactly
// a class, with a report (T) or a paper (R); nothing; no licences; licences of the
// release alone; a component under a licence that is not open. The shares are
// those of its rule, of each class on its own.
func TestOpennessClassesFollowTheFramework(t *testing.T) {
	t.Parallel()
	type ratio = exchange.Ratio
	for what, c := range map[string]struct {
		exchange.Release
		class      exchange.MOFClass
		k3, k2, k1 ratio
		missing    string // for the next class
	}{
		"nothing":      {release("", "", nil), exchange.Unclassified, ratio{0, 6}, ratio{0, 10}, ratio{0, 14}, three + "report"},
		"all":          {release(three+two+one+"report paper libs meta", "MIT", nil), exchange.ClassI, ratio{6, 6}, ratio{10, 10}, ratio{14, 14}, ""},
		"I with paper": {release(three+two+one+"paper", "CC-BY-4.0", nil), exchange.ClassI, ratio{6, 6}, ratio{10, 10}, ratio{13, 13}, ""},
		"a preprint":   {release(three+two+one+"preprint", "CC-BY-4.0", nil), exchange.ClassI, ratio{6, 6}, ratio{10, 10}, ratio{13, 13}, ""},
		"II T":         {release(three+two+"report libs", "MIT", nil), exchange.ClassII, ratio{6, 6}, ratio{10, 10}, ratio{10, 14}, one + "paper"},
		"II R":         {release(three+two+"paper libs", "MIT", nil), exchange.ClassII, ratio{6, 6}, ratio{10, 10}, ratio{10, 13}, one},
		"III T":        {release(three+"report", "MIT", nil), exchange.ClassIII, ratio{6, 6}, ratio{6, 10}, ratio{6, 14}, two},
		"III R":        {release(three+"paper", "MIT", nil), exchange.ClassIII, ratio{6, 6}, ratio{6, 10}, ratio{6, 13}, two},
		"no licences":  {release(three+two+one+"report paper", "", nil), exchange.Unclassified, ratio{0, 6}, ratio{0, 10}, ratio{0, 14}, three + "report"},
		"not open":     {release(three+"report", "MIT", map[string]string{"weights": "CC-BY-NC-4.0"}), exchange.Unclassified, ratio{5, 6}, ratio{5, 10}, ratio{5, 14}, "weights"},
		"no licence of theirs": {
			exchange.Release{
				Parts:    release("data dcard paper", "", nil).Parts,
				Licences: map[exchange.Content]string{exchange.WholeRelease: "CC-BY-SA-4.0", exchange.OfData: "CC0-1.0"},
			},
			exchange.Unclassified,
			ratio{2, 6},
			ratio{2, 10},
			ratio{3, 13},
			"arch weights mcard results",
		},
		"all but paper and results": {
			exchange.Release{
				Parts:    release("arch prep train infer eval libs weights ckpt data evaldata meta mcard dcard report", "", nil).Parts,
				Licences: map[exchange.Content]string{exchange.WholeRelease: "AFL-3.0", exchange.OfCode: "Apache-1.0", exchange.OfDocuments: "CC-BY-SA-4.0"},
			},
			exchange.Unclassified,
			ratio{5, 6},
			ratio{9, 10},
			ratio{12, 14},
			"results",
		},
		"licences of many kinds": {
			exchange.Release{
				Parts: release("", "", map[string]string{
					"arch": "zlib-acknowledgement", "prep": "AFL-3.0", "train": "ECL-2.0", "eval": "UPL-1.0", "weights": "ODbL-1.0",
					"ckpt": "Xfig", "data": "CC-BY-2.0", "evaldata": "CC-BY-SA-4.0", "mcard": "CC-BY-SA-3.0", "dcard": "SMLNJ",
					"report": "CC0-1.0", "results": "CC-BY-SA-4.0",
				}).Parts,
				Licences: map[exchange.Content]string{exchange.OfCode: "ECL-2.0"},
			},
			exchange.Unclassified,
			ratio{5, 6},
			ratio{8, 10},
			ratio{10, 14},
			"arch",
		},
		"the wrong content's licence": {
			exchange.Release{Parts: release("weights", "", nil).Parts, Licences: map[exchange.Content]string{exchange.OfCode: "MIT"}},
			exchange.Unclassified,
			ratio{0, 6},
			ratio{0, 10},
			ratio{0, 14},
			three + "report",
		},
		"a report that is not open": {release(three+"paper", "MIT", map[string]string{"report": "our own"}), exchange.ClassIII, ratio{6, 6}, ratio{6, 10}, ratio{6, 13}, two},
	} {
		shares := []ratio{c.Part(exchange.ClassIII), c.Part(exchange.ClassII), c.Part(exchange.ClassI)}
		if diff := cmp.Diff([]ratio{c.k3, c.k2, c.k1}, shares); diff != "" || c.Class() != c.class {
			t.Errorf("%s: %v, want %v; shares (-want +got):\n%s", what, c.Class(), c.class, diff)
		}
		next, missing := c.Next()
		want := parts(c.missing)
		slices.Sort(want)
		slices.Sort(missing)
		if !slices.Equal(want, missing) || (next == exchange.Unclassified) != (c.class == exchange.ClassI) {
			t.Errorf("%s: Next() = %v, %v, want %v", what, next, missing, want)
		}
	}
}

func TestClassesOutsideOfTheFrameworkRequireNothing(t *testing.T) {
	t.Parallel()
	for _, c := range []exchange.MOFClass{exchange.Unclassified, 4, -1} {
		if got := (exchange.Release{}).Part(c); got != (exchange.Ratio{}) || (exchange.Release{}).Missing(c) != nil || c.String() != "no class" {
			t.Errorf("Part(%d) = %v, %q", c, got, c)
		}
	}
	for c, want := range map[exchange.MOFClass]string{exchange.ClassI: "class I", exchange.ClassII: "class II", exchange.ClassIII: "class III"} {
		if c.String() != want {
			t.Errorf("String() = %q, want %q", c, want)
		}
	}
}

func TestReleasingMoreNeverLowersTheClass(t *testing.T) {
	t.Parallel()
	all := parts(three + two + one + "report paper")
	rapid.Check(t, func(t *rapid.T) {
		r := release("", "", nil)
		rank := func() int { return (int(r.Class()) + 3) % 4 } // 3 is no class
		last := rank()
		for _, a := range rapid.Permutation(all).Draw(t, "order") {
			r.Parts[a] = "MIT"
			if now := rank(); now > last {
				t.Fatalf("with %s: %v is worse than before", a, r.Class())
			} else {
				last = now
			}
		}
		if r.Class() != exchange.ClassI {
			t.Fatalf("Class() of everything = %v", r.Class())
		}
	})
}
