package exchange

import (
	"fmt"
	"slices"
	"strings"

	"interlab/calendar"
)

// BadSlot refuses what a slot of a release pack cannot have.
const BadSlot Reason = "bad slot"

// Profile is what a release pack is of.
type Profile string

// The profiles.
const (
	PackModel      Profile = "model" // in part: what others need to judge and test it
	PackFullModel  Profile = "model_full"
	PackDataset    Profile = "dataset"
	PackCode       Profile = "code"
	PackPaper      Profile = "paper"
	PackEvaluation Profile = "evaluation"
	PackNegative   Profile = "negative"
	PackTalk       Profile = "talk"
)

// Profiles lists all of them.
func Profiles() []Profile {
	return []Profile{PackModel, PackFullModel, PackDataset, PackCode, PackPaper, PackEvaluation, PackNegative, PackTalk}
}

// Known reports whether p is one of Profiles.
func (p Profile) Known() bool { return slices.Contains(Profiles(), p) }

// Required are the slots that a pack of the profile has, and Wanted those that
// make it better. The licence is no slot: every slot's evidence has its own.
func (p Profile) Required() []Artefact {
	switch p {
	case PackModel:
		return []Artefact{ModelCard, DataCard, EvalHarness, EvalResults, SafetyNote}
	case PackFullModel:
		all := slices.Concat(components(ClassIII), components(ClassII), components(ClassI))
		return append(all, SafetyNote)
	case PackDataset:
		return []Artefact{Dataset, DataCard}
	case PackCode:
		return []Artefact{InferenceCode, ReproScript}
	case PackPaper:
		return []Artefact{Preprint, ReproChecklist}
	case PackEvaluation:
		return []Artefact{EvalHarness, BenchmarkData, EvalResults, ReproScript}
	case PackNegative:
		return []Artefact{NegativeResult, ReproScript}
	case PackTalk:
		return []Artefact{Seminar}
	}
	return nil
}

// Wanted are slots that nobody has to fill.
func (p Profile) Wanted() []Artefact {
	switch p {
	case PackModel:
		return []Artefact{TrainingLogs, TrainingCode}
	case PackFullModel:
		return []Artefact{TrainingLogs, Tutorial}
	case PackDataset:
		return []Artefact{ReproScript}
	case PackCode:
		return []Artefact{TrainingCode, PreparationCode, Tutorial}
	case PackPaper:
		return []Artefact{InferenceCode, Seminar}
	case PackEvaluation:
		return []Artefact{DataCard, SafetyNote}
	case PackNegative:
		return []Artefact{TrainingLogs}
	case PackTalk:
		return []Artefact{Tutorial, Preprint}
	}
	return nil
}

// SlotState is what is known of a slot.
type SlotState string

// The states. The zero value is a slot that nobody has said anything about. The
// last three never need a link.
const (
	Unsaid      SlotState = ""
	HaveLink    SlotState = "have_link"
	WillCome    SlotState = "will_come"
	HeldBack    SlotState = "held_back"
	NoneApplies SlotState = "does_not_apply"
)

// Slot is what somebody said of one slot.
type Slot struct {
	State    SlotState     `json:"state"`
	Evidence *Evidence     `json:"evidence,omitempty"` // of HaveLink
	By       calendar.Date `json:"by,omitzero"`        // of WillCome
	Holding  Holding       `json:"holding,omitempty"`  // of HeldBack
	Why      string        `json:"why,omitempty"`      // of HeldBack and NoneApplies
}

// Pack is a release with everything that belongs to it.
type Pack struct {
	Profile Profile           `json:"profile"`
	Slots   map[Artefact]Slot `json:"slots,omitempty"`
}

// Fits reports whether something of a type can stand in a slot: what it is of, and
// a preprint for a paper.
func (p Pack) Fits(slot, of Artefact) bool { return of == slot || slot == Paper && of == Preprint }

// Fill says something of a slot on a day. What was said of it before is
// replaced; what is refused changes nothing.
func (p *Pack) Fill(a Artefact, s Slot, today calendar.Date) error {
	if !slices.Contains(append(p.Profile.Required(), p.Profile.Wanted()...), a) {
		return refuse(BadSlot, "A pack of this kind has no place for a "+a.Label()+". Nothing was saved.")
	}
	s.Why = strings.TrimSpace(s.Why)
	filled, err := p.filled(a, s, today)
	if err != nil {
		return err
	}
	if p.Slots == nil {
		p.Slots = map[Artefact]Slot{}
	}
	p.Slots[a] = filled
	return nil
}

// filled is a slot with only what belongs to its state.
func (p *Pack) filled(a Artefact, s Slot, today calendar.Date) (Slot, error) {
	if len([]rune(s.Why)) > MaxWhy {
		return Slot{}, refuse(BadText, fmt.Sprintf("That reason is longer than %d characters. Shorten it. Nothing was saved.", MaxWhy))
	}
	switch s.State {
	case HaveLink:
		return p.linked(a, s.Evidence, today)
	case WillCome:
		return promised(s.By, today)
	case HeldBack:
		return held(s)
	case NoneApplies:
		if s.Why == "" {
			return Slot{}, refuse(BadSlot, "Say in a few words why it does not apply. Nothing was saved.")
		}
		return Slot{State: NoneApplies, Why: s.Why}, nil
	case Unsaid:
	}
	return Slot{}, refuse(BadSlot, "Say whether there is a link, when it will come, why it is held back, or why it does not apply. Nothing was saved.")
}

// linked is a slot with evidence of its type, at a place of its own.
func (p *Pack) linked(a Artefact, v *Evidence, today calendar.Date) (Slot, error) {
	if v == nil || !p.Fits(a, v.Type) {
		return Slot{}, refuse(BadSlot, "Give a link to the "+a.Label()+". Nothing was saved.")
	}
	checked, err := v.Checked(today)
	if err != nil {
		return Slot{}, err
	}
	if !checked.linked() {
		return Slot{}, refuse(BadLink, "That is not a link or an identifier that others can follow. Give one, or say when it will come. Nothing was saved.")
	}
	for _, other := range Artefacts() {
		if s := p.Slots[other]; other != a && s.Evidence != nil && s.Evidence.Where == checked.Where {
			return Slot{}, refuse(BadSlot, "That link is the "+other.Label()+" already. Link the "+a.Label()+" where it is. Nothing was saved.")
		}
	}
	return Slot{State: HaveLink, Evidence: &checked}, nil
}

func promised(by, today calendar.Date) (Slot, error) {
	switch {
	case by.IsZero() || by.Compare(today) < 0:
		return Slot{}, refuse(BadDates, "Name a day that is still to come. Nothing was saved.")
	case today.DaysUntil(by) > MaxDays:
		return Slot{}, refuse(BadDates, "Name a day within two years. Nothing was saved.")
	}
	return Slot{State: WillCome, By: by}, nil
}

func held(s Slot) (Slot, error) {
	switch {
	case !slices.Contains(Holdings(), s.Holding):
		return Slot{}, refuse(BadOpenness, "Choose why it is held back. Any of the reasons is a good one. Nothing was saved.")
	case s.Holding == ForOther && s.Why == "":
		return Slot{}, refuse(BadOpenness, "Say in a few words why it is held back. Nothing was saved.")
	}
	return Slot{State: HeldBack, Holding: s.Holding, Why: s.Why}, nil
}

// Complete is how many of the required slots that apply have a link.
func (p Pack) Complete() Ratio {
	var r Ratio
	for _, a := range p.Profile.Required() {
		if s := p.Slots[a].State; s != NoneApplies {
			r.count(s == HaveLink)
		}
	}
	return r
}

// Ask are the required slots that somebody could still say something about: the
// unsaid ones, and those that were to come by a day that is over. What is held
// back is never asked for.
func (p Pack) Ask(today calendar.Date) []Artefact {
	return slices.DeleteFunc(p.Profile.Required(), func(a Artefact) bool {
		s := p.Slots[a]
		return s.State != Unsaid && (s.State != WillCome || s.By.Compare(today) >= 0)
	})
}

// Release is what of a pack can be got on a day, for its openness class.
func (p Pack) Release(today calendar.Date) Release {
	r := Release{Parts: map[Artefact]string{}}
	for _, s := range p.Slots {
		if s.Evidence != nil && s.Evidence.Open(today) {
			r.Parts[s.Evidence.Type] = s.Evidence.Licence
		}
	}
	return r
}

// Summary says what was declared of a pack, in one line: of a model with its
// openness class. Being declared is not being true, and the line says so.
func (p Pack) Summary(today calendar.Date) string {
	c := p.Complete()
	text := Dash
	if c.Den > 0 {
		text = fmt.Sprintf("%d of %d parts", c.Num, c.Den)
	}
	if p.Profile == PackModel || p.Profile == PackFullModel {
		text += ", " + p.Release(today).Class().String()
	}
	return "Declared: " + text + ". No link was opened."
}
