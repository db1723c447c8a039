package exchange

import (
	"slices"

	"interlab/calendar"
)

// Doubts are what should be put right about evidence that can be kept as it is,
// in sentences. agreed is the day on which its goals were agreed.
func (v Evidence) Doubts(agreed, today calendar.Date) []string {
	var all []string
	doubt := func(holds bool, sentence string) {
		if holds {
			all = append(all, sentence)
		}
	}
	l, err := ParseLicence(v.Licence)
	reachable := v.reachable(today)
	unlicensed := v.LicenceDoubt(today)
	doubt(unlicensed != "", unlicensed)
	doubt(reachable && err == nil && l.Open() && l.Class != v.Type.Fits() && l.ID != "CC0-1.0",
		l.ID+" is made for "+l.Class.made()+", and this is not. It counts as open all the same.")
	doubt(reachable && v.Where != "" && !v.linked(), "There is no link to it, so nobody else can find it. Give one.")
	doubt(v.Openness == Embargoed && v.Until.Compare(today) <= 0, "Its embargo ended on "+calendar.FormatDay(v.Until)+". Is it open?")
	doubt(!v.Published.IsZero() && !agreed.IsZero() && v.Published.Compare(agreed) < 0, "It was published on "+calendar.FormatDay(v.Published)+", before its goal was agreed.")
	if clash := v.VersionDoubt(); clash != "" {
		return append(all, clash)
	}
	if v.linked() {
		switch PinOf(v.Where, v.Version) {
		case Floating:
			all = append(all, "Its link leads to whatever is newest. Name the version, tag or commit that is meant.")
		case Unpinned:
			all = append(all, "Nothing says which version is meant. Name a version, tag or commit.")
		case Pinned:
		}
	}
	return all
}

// reachable reports whether anybody can get the evidence.
func (v Evidence) reachable(today calendar.Date) bool {
	return v.Openness == ToAll || v.Openness == Embargoed && v.Until.Compare(today) <= 0
}

// LicenceDoubt is why the licence keeps evidence that anybody can get from being
// open, in a sentence; "" where it does not.
func (v Evidence) LicenceDoubt(today calendar.Date) string {
	l, err := ParseLicence(v.Licence)
	switch {
	case !v.reachable(today):
		return ""
	case v.Licence == "":
		return "It has no licence, so nobody may use it yet, and it does not count as open. Name one."
	case err == nil && !l.Open():
		return l.ID + " does not let everybody use, change and share it, so it does not count as open."
	}
	return ""
}

// made is what a class of licences is made for.
func (c LicenceClass) made() string {
	if c == OpenCode {
		return "software"
	}
	return "data and documents"
}

// Contradictions are what does not fit together among all evidence of one
// exchange, in sentences.
func Contradictions(all []Evidence) []string {
	var found []string
	has := func(a Artefact) bool {
		return slices.ContainsFunc(all, func(v Evidence) bool { return v.Type == a })
	}
	if has(Weights) && !has(ModelCard) {
		found = append(found, "There are weights without a model card, which says what the model is for and where it fails.")
	}
	if has(Dataset) && !has(DataCard) {
		found = append(found, "There is a dataset without a data card, which says what it holds and where it is from.")
	}
	for i, v := range all {
		same := func(w Evidence) bool { return w.Where == v.Where && w.Type != v.Type && v.linked() }
		if j := slices.IndexFunc(all[:i], same); j >= 0 {
			found = append(found, "The same link stands for "+all[j].Type.Label()+" and for "+v.Type.Label()+". Link each of them where it is.")
		}
	}
	return found
}
