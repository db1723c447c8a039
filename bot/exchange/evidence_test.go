package exchange_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"interlab/bot/exchange"
	"interlab/calendar"
)

// harness is good evidence for the first goal of plan.
func harness() exchange.Evidence {
	return exchange.Evidence{
		Type: exchange.EvalHarness, Title: "Red-team harness", Where: "https://github.com/curie/harness", Version: "v1.2",
		Licence: "mit", Published: day("2026-12-01"), Goals: []int{1},
		Credit: map[string][]exchange.Role{"ana": {exchange.Software, exchange.Methodology}},
	}
}

func TestEvidenceIsKeptInItsUsualForm(t *testing.T) {
	t.Parallel()
	e := active(t)
	got, err := e.Declare(harness(), ana(), today(), start())
	must(t, err)
	want := harness()
	want.Licence, want.Openness, want.Declared = "MIT", exchange.ToAll, exchange.Mark{By: "ana", At: start()}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b calendar.Date) bool { return a == b })); diff != "" {
		t.Errorf("Declare (-want +got):\n%s", diff)
	}
	doi := harness()
	doi.Where = " https://doi.org/10.5281/ZENODO.3490396 "
	_, err = doi.Checked(today())
	refuses(t, "Checked without an openness", err, exchange.BadOpenness)
	doi.Openness = exchange.ToAll
	got, err = doi.Checked(today())
	if err != nil || got.Where != "doi:10.5281/zenodo.3490396" {
		t.Errorf("Checked(%q) = %q, %v", doi.Where, got.Where, err)
	}
}

func TestWrongEvidenceIsRefused(t *testing.T) {
	t.Parallel()
	type change = func(*exchange.Evidence)
	where := func(text string) change { return func(v *exchange.Evidence) { v.Where = text } }
	held := func(o exchange.Openness, h exchange.Holding, until string) change {
		return func(v *exchange.Evidence) {
			v.Openness, v.Holding = o, h
			if until != "" {
				v.Until = day(until)
			}
		}
	}
	for what, c := range map[string]struct {
		change
		want exchange.Reason
	}{
		"no type":             {func(v *exchange.Evidence) { v.Type = "gift" }, exchange.BadArtefact},
		"no title":            {func(v *exchange.Evidence) { v.Title = " " }, exchange.BadText},
		"a long title":        {func(v *exchange.Evidence) { v.Title = strings.Repeat("x", 281) }, exchange.BadText},
		"a long reason":       {func(v *exchange.Evidence) { v.Why = strings.Repeat("x", 201) }, exchange.BadText},
		"a long version":      {func(v *exchange.Evidence) { v.Version = strings.Repeat("x", 121) }, exchange.BadText},
		"long words":          {where(strings.Repeat("x", 281)), exchange.BadText},
		"nowhere":             {where(""), exchange.BadLink},
		"a token":             {where("https://example.org/a?token=1"), exchange.SecretLink},
		"credentials":         {where("https://ana:pw@example.org"), exchange.SecretLink},
		"a token in words":    {where("use ghp_" + strings.Repeat("a", 36)), exchange.SecretLink},
		"an inner link":       {where("https://wiki.local/x"), exchange.BadLink},
		"a wrong DOI":         {where("doi:10.1/x"), exchange.BadIdentifier},
		"a wrong ORCID":       {where("https://orcid.org/0000-0002-1825-0098"), exchange.BadIdentifier},
		"a person":            {where("https://orcid.org/0000-0002-1825-0097"), exchange.BadIdentifier},
		"a wrong ROR":         {where("https://ror.org/05dxps056"), exchange.BadIdentifier},
		"an organisation":     {where("https://ror.org/05dxps055"), exchange.BadIdentifier},
		"another licence":     {func(v *exchange.Evidence) { v.Licence = "our own" }, exchange.BadLicence},
		"a day to come":       {func(v *exchange.Evidence) { v.Published = day("2026-12-02") }, exchange.BadDates},
		"an unknown openness": {held("secret", exchange.ForSafety, ""), exchange.BadOpenness},
		"held back, no why":   {held(exchange.Withheld, "", ""), exchange.BadOpenness},
		"held back, other":    {held(exchange.Internal, exchange.ForOther, ""), exchange.BadOpenness},
		"no end":              {held(exchange.Embargoed, exchange.ForReview, ""), exchange.BadOpenness},
		"an end today":        {held(exchange.Embargoed, exchange.ForReview, "2026-12-01"), exchange.BadOpenness},
		"a past end":          {held(exchange.Embargoed, exchange.ForReview, "2026-11-01"), exchange.BadOpenness},
		"a far end":           {held(exchange.Embargoed, exchange.ForReview, "2028-06-02"), exchange.BadOpenness},
		"an unknown role":     {func(v *exchange.Evidence) { v.Credit["bo"] = []exchange.Role{"tea"} }, exchange.BadRole},
		"no goal":             {func(v *exchange.Evidence) { v.Goals = nil }, exchange.NoGoal},
		"another goal":        {func(v *exchange.Evidence) { v.Goals = []int{1, 7} }, exchange.NoGoal},
	} {
		v := harness()
		c.change(&v)
		_, err := active(t).Declare(v, ana(), today(), start())
		refuses(t, "Declare with "+what, err, c.want)
	}
}

func TestOnlyPartiesOfAnExchangeUnderWayDeclare(t *testing.T) {
	t.Parallel()
	_, err := active(t).Declare(harness(), eve(), today(), start())
	refuses(t, "Declare by nobody here", err, exchange.NotYours)
	_, err = scheduled(t).Declare(harness(), ana(), today(), start())
	refuses(t, "Declare before it began", err, exchange.NotNow)
}

func TestEvidenceMayBeHeldBackWithAReason(t *testing.T) {
	t.Parallel()
	for _, holding := range exchange.Holdings() {
		v := harness()
		v.Openness, v.Holding, v.Why, v.Where = exchange.Withheld, holding, "until they have looked", ""
		if got, err := active(t).Declare(v, ana(), today(), start()); err != nil || got.Open(today()) {
			t.Errorf("Declare held back (%s) = %v, %v, want it kept and not open", holding, got, err)
		}
	}
	v := harness()
	v.Openness, v.Holding, v.Until = exchange.Embargoed, exchange.ForReview, day("2028-06-01")
	got, err := active(t).Declare(v, ana(), today(), start())
	must(t, err)
	if got.Open(day("2028-05-31")) || !got.Open(day("2028-06-01")) {
		t.Errorf("Open the day before and on its day = %v, %v, want false, true", got.Open(day("2028-05-31")), got.Open(day("2028-06-01")))
	}
}

func TestOnlyTheReceiverConfirms(t *testing.T) {
	t.Parallel()
	e := active(t)
	v, err := e.Declare(harness(), ana(), today(), start())
	must(t, err)
	if v.Rung() != exchange.RungWellFormed {
		t.Errorf("Rung = %s, want %s", v.Rung(), exchange.RungWellFormed)
	}
	_, err = e.Confirm(v, ana(), false, start())
	refuses(t, "Confirm by the giver", err, exchange.NotYours)
	_, err = e.Confirm(v, eve(), false, start())
	refuses(t, "Confirm by nobody here", err, exchange.NotYours)
	v, err = e.Confirm(v, bo(), false, start())
	if err != nil || v.Rung() != exchange.RungConfirmed {
		t.Errorf("Confirm = %s, %v", v.Rung(), err)
	}
	_, err = e.Confirm(v, bo(), false, start())
	refuses(t, "Confirm again", err, exchange.Twice)
	v, err = e.Confirm(v, bo(), true, start())
	if err != nil || v.Rung() != exchange.RungReproduced {
		t.Errorf("Confirm that it ran = %s, %v", v.Rung(), err)
	}
	own, err := e.Declare(harness(), bo(), today(), start())
	must(t, err)
	_, err = e.Confirm(own, bo(), false, start())
	refuses(t, "Confirm one's own", err, exchange.NotYours)
	if got := (exchange.Evidence{Where: "on our shared disk"}).Rung(); got != exchange.RungDeclared {
		t.Errorf("Rung of words = %s, want %s", got, exchange.RungDeclared)
	}
}

func TestDoubtsAreTold(t *testing.T) {
	t.Parallel()
	type change = func(*exchange.Evidence)
	for what, c := range map[string]struct {
		change
		want string // part of the only doubt; "" for none
	}{
		"good":              {func(*exchange.Evidence) {}, ""},
		"no licence":        {func(v *exchange.Evidence) { v.Licence = "" }, "no licence"},
		"not open":          {func(v *exchange.Evidence) { v.Licence = "CC-BY-NC-4.0" }, "does not count as open"},
		"of the wrong type": {func(v *exchange.Evidence) { v.Licence = "CC-BY-4.0" }, "made for data and documents"},
		"code on data":      {func(v *exchange.Evidence) { v.Type = exchange.Dataset }, "made for software"},
		"public domain":     {func(v *exchange.Evidence) { v.Licence = "CC0-1.0" }, ""},
		"words":             {func(v *exchange.Evidence) { v.Where = "on the disk" }, "no link"},
		"a branch":          {func(v *exchange.Evidence) { v.Version = "main" }, "whatever is newest"},
		"no version":        {func(v *exchange.Evidence) { v.Version = "" }, "which version"},
		"published before":  {func(v *exchange.Evidence) { v.Published = day("2026-10-01") }, "before its goal was agreed"},
		"an embargo passed": {func(v *exchange.Evidence) { v.Openness, v.Until = exchange.Embargoed, day("2026-11-01") }, "embargo ended"},
		"held back":         {func(v *exchange.Evidence) { v.Openness, v.Licence = exchange.Internal, "" }, ""},
	} {
		v := harness()
		v.Licence, v.Openness = "MIT", exchange.ToAll
		c.change(&v)
		got := v.Doubts(day("2026-11-01"), today())
		if c.want == "" && len(got) != 0 || c.want != "" && (len(got) != 1 || !strings.Contains(got[0], c.want)) {
			t.Errorf("Doubts of evidence (%s) = %q, want %q", what, got, c.want)
		}
	}
}

func TestContradictionsAreTold(t *testing.T) {
	t.Parallel()
	one := func(a exchange.Artefact, where string) exchange.Evidence {
		return exchange.Evidence{Type: a, Where: where}
	}
	link := "https://example.org/a"
	for _, c := range []struct {
		all  []exchange.Evidence
		want string
	}{
		{nil, ""},
		{[]exchange.Evidence{one(exchange.Weights, link)}, "without a model card"},
		{[]exchange.Evidence{one(exchange.Dataset, link)}, "without a data card"},
		{[]exchange.Evidence{one(exchange.Weights, link), one(exchange.ModelCard, link+"/card")}, ""},
		{[]exchange.Evidence{one(exchange.EvalHarness, link), one(exchange.EvalResults, link)}, "same link stands for evaluation code and for evaluation results"},
		{[]exchange.Evidence{one(exchange.EvalHarness, "here"), one(exchange.EvalResults, "here")}, ""},
	} {
		got := strings.Join(exchange.Contradictions(c.all), " ")
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("Contradictions(%v) = %q, want %q", c.all, got, c.want)
		}
	}
}

func TestDeliverablesAreWhatIsOpen(t *testing.T) {
	t.Parallel()
	late, early, inner := harness(), harness(), harness()
	late.Openness, early.Openness, inner.Openness = exchange.ToAll, exchange.ToAll, exchange.Internal
	early.Title, early.Published = "Earlier", day("2026-11-01")
	got := exchange.Deliverables([]exchange.Evidence{late, inner, early}, today())
	if len(got) != 2 || got[0].Title != "Earlier" || got[1].Title != late.Title {
		t.Errorf("Deliverables = %v, want the two that are open, the earlier first", got)
	}
}

func TestEveryArtefactHasALabelAndRolesAreFourteen(t *testing.T) {
	t.Parallel()
	for _, a := range exchange.Artefacts() {
		if label := a.Label(); !a.Known() || label == "" || strings.Contains(label, "_") || a.Fits() == exchange.NotOpen {
			t.Errorf("%s: Label %q, Fits %q", a, label, a.Fits())
		}
	}
	roles := exchange.Roles()
	if slices.Sort(roles); len(slices.Compact(roles)) != 14 {
		t.Errorf("Roles() = %v, want fourteen", roles)
	}
	for link, want := range map[string]exchange.Artefact{
		"https://arxiv.org/abs/2403.13784": exchange.Preprint, "https://openreview.net/forum?id=x": exchange.Paper,
		"https://huggingface.co/datasets/a/b": exchange.Dataset, "https://huggingface.co/a/b": exchange.Weights,
		"https://www.github.com/a/b/pull/3": exchange.Adoption, "https://gitlab.com/a/b": exchange.EvalHarness,
		"https://zenodo.org/records/1": exchange.Dataset, "https://huggingface.co/spaces/a/b": "", "https://example.org": "",
	} {
		u, err := exchange.CheckLink(link)
		must(t, err)
		if got, ok := exchange.Suggest(u); got != want || ok != (want != "") {
			t.Errorf("Suggest(%q) = %q, %v, want %q", link, got, ok, want)
		}
	}
}

// Without a day of publication it appears when it is declared, unless nobody else
// gets it; an embargo counts from its end.
func TestWhenEvidenceAppears(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		openness  exchange.Openness
		published string
		want      string
	}{
		{exchange.ToAll, "2026-11-20", "2026-11-20"},
		{exchange.ToAll, "", "2026-12-01"},
		{exchange.Gated, "", "2026-12-01"},
		{exchange.Embargoed, "2026-11-20", "2027-06-01"},
		{exchange.Internal, "", ""},
		{exchange.Withheld, "", ""},
		{exchange.Internal, "2026-11-20", "2026-11-20"},
	} {
		v := exchange.Evidence{Openness: c.openness, Until: day("2027-06-01"), Declared: exchange.Mark{By: "ana", At: time.Date(2026, time.December, 1, 9, 0, 0, 0, time.UTC)}}
		if c.published != "" {
			v.Published = day(c.published)
		}
		got := ""
		if at := v.Appeared(); !at.IsZero() {
			got = at.String()
		}
		if got != c.want {
			t.Errorf("Appeared() of %s, published %q = %q, want %q", c.openness, c.published, got, c.want)
		}
	}
}
