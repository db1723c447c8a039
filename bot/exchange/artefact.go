package exchange

import (
	"net/url"
	"slices"
	"strings"
)

// Artefact is a type of evidence: what a goal can leave behind.
type Artefact string

// The artefacts. They are named so that each maps to one component of the Model
// Openness Framework, one object type of RAiD 1.6, one work type of ORCID and one
// type of schema.org.
const (
	Preprint        Artefact = "preprint"
	Paper           Artefact = "paper"
	TechnicalReport Artefact = "technical_report"
	TrainingCode    Artefact = "code_training"
	InferenceCode   Artefact = "code_inference"
	PreparationCode Artefact = "code_preprocessing"
	Architecture    Artefact = "architecture"
	EvalHarness     Artefact = "eval_harness"
	BenchmarkData   Artefact = "benchmark_data" // also an entry of a benchmark
	EvalResults     Artefact = "eval_results"
	Weights         Artefact = "weights"
	Checkpoints     Artefact = "checkpoints"
	Dataset         Artefact = "dataset"
	DataCard        Artefact = "data_card"
	ModelCard       Artefact = "model_card"
	SafetyNote      Artefact = "safety_note"
	TrainingLogs    Artefact = "training_logs"
	ReproScript     Artefact = "repro_script"
	ReproChecklist  Artefact = "repro_checklist"
	NegativeResult  Artefact = "negative_result"
	Tutorial        Artefact = "tutorial"
	Seminar         Artefact = "seminar"  // slides or a recording
	Adoption        Artefact = "adoption" // a change that the receiving lab took over
)

// Artefacts lists all of them.
func Artefacts() []Artefact {
	return []Artefact{
		Preprint, Paper, TechnicalReport, TrainingCode, InferenceCode, PreparationCode, Architecture, EvalHarness,
		BenchmarkData, EvalResults, Weights, Checkpoints, Dataset, DataCard, ModelCard, SafetyNote, TrainingLogs,
		ReproScript, ReproChecklist, NegativeResult, Tutorial, Seminar, Adoption,
	}
}

// Known reports whether a is one of Artefacts.
func (a Artefact) Known() bool { return slices.Contains(Artefacts(), a) }

// Label names the artefact in a sentence: "model card".
func (a Artefact) Label() string {
	switch a {
	case TrainingCode:
		return "training code"
	case InferenceCode:
		return "inference code"
	case PreparationCode:
		return "data preparation code"
	case Architecture:
		return "model architecture"
	case EvalHarness:
		return "evaluation code"
	case BenchmarkData:
		return "benchmark data or entry"
	case EvalResults:
		return "evaluation results"
	case ReproScript:
		return "script that reproduces it"
	case ReproChecklist:
		return "reproduction checklist"
	case Seminar:
		return "slides or recording"
	case Adoption:
		return "change taken over by the other lab"
	default:
		return strings.ReplaceAll(string(a), "_", " ")
	}
}

// Fits is the class of licence that is made for the artefact. Another open one
// is open all the same, as the Model Openness Framework has it.
func (a Artefact) Fits() LicenceClass {
	switch a {
	case TrainingCode, InferenceCode, PreparationCode, Architecture, EvalHarness, ReproScript, Adoption:
		return OpenCode
	default:
		return OpenContent
	}
}

// Suggest is what a link most likely leads to, by its host and path; false where
// these say nothing. A person decides.
func Suggest(u *url.URL) (Artefact, bool) {
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	switch {
	case host == "arxiv.org":
		return Preprint, true
	case host == "openreview.net":
		return Paper, true
	case host == "huggingface.co" && strings.HasPrefix(u.Path, "/datasets/"):
		return Dataset, true
	case host == "huggingface.co" && strings.Count(strings.Trim(u.Path, "/"), "/") >= 1 && !strings.HasPrefix(u.Path, "/spaces/"):
		return Weights, true
	case host == "github.com" && strings.Contains(u.Path, "/pull/"):
		return Adoption, true
	case host == "github.com", host == "gitlab.com", host == "archive.softwareheritage.org":
		return EvalHarness, true
	case host == "zenodo.org", host == "osf.io":
		return Dataset, true
	}
	return "", false
}

// Role is what somebody contributed.
type Role string

// The fourteen roles of CRediT, the Contributor Roles Taxonomy (ANSI/NISO Z39.104-2022).
const (
	Conceptualization     Role = "conceptualization"
	DataCuration          Role = "data-curation"
	FormalAnalysis        Role = "formal-analysis"
	FundingAcquisition    Role = "funding-acquisition"
	Investigation         Role = "investigation"
	Methodology           Role = "methodology"
	ProjectAdministration Role = "project-administration"
	Resources             Role = "resources"
	Software              Role = "software"
	Supervision           Role = "supervision"
	Validation            Role = "validation"
	Visualization         Role = "visualization"
	WritingDraft          Role = "writing-original-draft"
	WritingReview         Role = "writing-review-editing"
)

// Roles lists all of them.
func Roles() []Role {
	return []Role{
		Conceptualization, DataCuration, FormalAnalysis, FundingAcquisition, Investigation, Methodology,
		ProjectAdministration, Resources, Software, Supervision, Validation, Visualization, WritingDraft, WritingReview,
	}
}

// Known reports whether r is one of Roles.
func (r Role) Known() bool { return slices.Contains(Roles(), r) }
