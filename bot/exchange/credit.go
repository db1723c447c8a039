package exchange

import (
	"maps"
	"slices"
	"strings"
)

// Label names the role in a sentence: "formal analysis".
func (r Role) Label() string {
	switch r {
	case WritingDraft:
		return "writing the first draft"
	case WritingReview:
		return "review and editing"
	default:
		return strings.ReplaceAll(string(r), "-", " ")
	}
}

// MaxCredited is how many people one piece of evidence names at most.
const MaxCredited = 20

// Toggle gives a person a role for the evidence, or takes it away where they
// have it. The evidence that was given is left as it is.
func (v Evidence) Toggle(person string, r Role) (Evidence, error) {
	if person == "" {
		return v, refuse(BadRole, "Name whoever did it. Nothing was saved.")
	}
	if !r.Known() {
		return v, noRole(r)
	}
	roles := v.Credit[person]
	if len(roles) == 0 && len(v.Credit) >= MaxCredited {
		return v, refuse(BadRole, "There are twenty people on it already, which is as many as fit. Nothing was saved.")
	}
	if i := slices.Index(roles, r); i >= 0 {
		roles = slices.Delete(slices.Clone(roles), i, i+1)
	} else {
		roles = inOrder(append(slices.Clone(roles), r))
	}
	v.Credit = maps.Clone(v.Credit)
	if v.Credit == nil {
		v.Credit = map[string][]Role{}
	}
	v.Credit[person] = roles
	if len(roles) == 0 {
		delete(v.Credit, person)
	}
	return v, nil
}

// maxCited is how much of what is no role a refusal cites.
const maxCited = 40

// noRole refuses what is no role, and says which there are.
func noRole(r Role) error {
	what := "That"
	if said := []rune(string(r)); len(said) > 0 {
		what = "“" + string(said[:min(len(said), maxCited)]) + "”"
	}
	var labels []string
	for _, known := range Roles() {
		labels = append(labels, known.Label())
	}
	return refuse(BadRole, what+" is none of the fourteen roles of CRediT. Choose from these: "+strings.Join(labels, ", ")+". Nothing was saved.")
}

// inOrder are roles in the order of Roles, each once.
func inOrder(roles []Role) []Role {
	return slices.DeleteFunc(Roles(), func(r Role) bool { return !slices.Contains(roles, r) })
}

// Rename names another person instead of one, who were found to be the same.
// What both contributed is joined. Nobody confirms what they declared: where that
// would come of it, the confirmation is gone.
func (v *Evidence) Rename(from, to string) {
	if from == to {
		return
	}
	if v.Declared.By == from {
		v.Declared.By = to
	}
	if v.Confirmed != nil && v.Confirmed.By == from {
		v.Confirmed = &Mark{to, v.Confirmed.At}
	}
	if v.Confirmed != nil && v.Confirmed.By != "" && v.Confirmed.By == v.Declared.By {
		v.Confirmed, v.Ran = nil, false
	}
	if roles, ok := v.Credit[from]; ok {
		v.Credit = maps.Clone(v.Credit)
		v.Credit[to] = inOrder(append(slices.Clone(v.Credit[to]), roles...))
		delete(v.Credit, from)
	}
}

// Forget takes a person out. That something was declared or confirmed stays, by
// nobody.
func (v *Evidence) Forget(person string) {
	if v.Declared.By == person {
		v.Declared.By = ""
	}
	if v.Confirmed != nil && v.Confirmed.By == person {
		v.Confirmed = &Mark{"", v.Confirmed.At}
	}
	if _, ok := v.Credit[person]; ok {
		v.Credit = maps.Clone(v.Credit)
		delete(v.Credit, person)
	}
}
