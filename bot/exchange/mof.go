package exchange

import "slices"

// MOFClass is a class of the Model Openness Framework; a higher one has a lower
// number.
type MOFClass int

// The classes. The zero value is a model of no class.
const (
	Unclassified MOFClass = iota
	ClassI                // open science
	ClassII               // open tooling
	ClassIII              // open model
)

// String is the class in Roman numerals.
func (c MOFClass) String() string {
	switch c {
	case ClassI:
		return "class I"
	case ClassII:
		return "class II"
	case ClassIII:
		return "class III"
	case Unclassified:
	}
	return "no class"
}

// components are what each class requires beside the classes below it: 6, 4 and
// 4. Source: configuration and evaluator of the Model Openness Tool of LF AI.
func components(c MOFClass) []Artefact {
	switch c {
	case ClassIII:
		return []Artefact{Architecture, Weights, ModelCard, DataCard, TechnicalReport, EvalResults}
	case ClassII:
		return []Artefact{TrainingCode, InferenceCode, EvalHarness, BenchmarkData}
	case ClassI:
		return []Artefact{Dataset, PreparationCode, Checkpoints, Paper}
	case Unclassified:
	}
	return nil
}

// Content is what a licence of a whole release can be given for.
type Content string

// The contents. The zero value is the whole release.
const (
	WholeRelease Content = ""
	OfCode       Content = "code"
	OfData       Content = "data"
	OfDocuments  Content = "document"
)

// Content is which of them an artefact is.
func (a Artefact) Content() Content {
	switch a {
	case Weights, Checkpoints, Dataset, BenchmarkData, TrainingLogs:
		return OfData
	default:
		if a.Fits() == OpenCode {
			return OfCode
		}
		return OfDocuments
	}
}

// Release is what was released of a model: its components with the licences
// that they have themselves, "" for none, and the licences of the release.
type Release struct {
	Parts    map[Artefact]string
	Licences map[Content]string
}

// open reports whether a component is there under an open licence: its own, or
// that of its content, or that of the whole, the first of them that is named. A
// preprint is a paper. An open licence made for something else is open too.
func (r Release) open(a Artefact) bool {
	licence, there := r.Parts[a]
	if !there && a == Paper {
		licence, there = r.Parts[Preprint]
	}
	if !there {
		return false
	}
	for _, c := range []Content{a.Content(), WholeRelease} {
		if licence == "" {
			licence = r.Licences[c]
		}
	}
	l, err := ParseLicence(licence)
	return err == nil && l.Open()
}

// required are the components of a class and those below it. A paper stands in
// for the technical report: of classes III and II one of both is needed, and
// of class I the paper alone.
func (r Release) required(c MOFClass) []Artefact {
	var all []Artefact
	for k := ClassIII; k >= c; k-- {
		all = append(all, components(k)...)
	}
	if !r.open(TechnicalReport) && r.open(Paper) {
		i := slices.Index(all, TechnicalReport)
		if c == ClassI {
			return slices.Delete(all, i, i+1)
		}
		all[i] = Paper
	}
	return all
}

// Part is how much of what a class requires is open, whatever of the classes
// below it is. This is the figure for trends.
func (r Release) Part(c MOFClass) Ratio {
	var part Ratio
	if c < ClassI || c > ClassIII {
		return part
	}
	for _, a := range r.required(c) {
		part.count(r.open(a))
	}
	return part
}

// Missing is what a class still requires.
func (r Release) Missing(c MOFClass) []Artefact {
	if c < ClassI || c > ClassIII {
		return nil
	}
	return slices.DeleteFunc(r.required(c), r.open)
}

// Class is the best class all of whose components are open.
func (r Release) Class() MOFClass {
	for c := ClassI; c <= ClassIII; c++ {
		if len(r.Missing(c)) == 0 {
			return c
		}
	}
	return Unclassified
}

// Next is the class above the release's own, and what it still requires for it;
// Unclassified once there is none.
func (r Release) Next() (MOFClass, []Artefact) {
	class := r.Class()
	switch class {
	case ClassI:
		return Unclassified, nil
	case Unclassified:
		return ClassIII, r.Missing(ClassIII)
	case ClassII, ClassIII:
	}
	return class - 1, r.Missing(class - 1)
}
