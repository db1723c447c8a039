package exchange

// What tallies count.
const (
	TallyAnswered   = "answered"       // within three weeks, by whoever was asked
	TallySecondHand = "second_hand"    // by the other side
	TallyNotInTime  = "not_in_time"    // later, or never
	TallyPut        = "put"            // questions that were put
	TallyNotPut     = "not_put"        // and those whose day came, and which were not
	TallyUnaided    = "unaided"        // goals in use without help
	TallyHelped     = "helped"         // in use with help
	TallyUnused     = "not_in_use"     // not in use
	TallyAnyAnswer  = "answered_for"   // goals that somebody answered for
	TallyNoAnswer   = "not_answered"   // and those that nobody did
	TallyProject    = "new_project"    // closed exchanges after which nothing but a new project followed
	TallyOtherLabs  = "of_other_labs"  // attendees not of the speaker's lab
	TallyOwnLab     = "of_own_lab"     // and those who are
	TallyFirst      = "for_first_time" // attendees who had been at no talk before
	TallyNotFirst   = "not_first_time" // and those who had
)

// tallies are the counts that figures which rest on people are computed from. Each
// figure's are parts of one whole, so that nothing but the figure follows from them.
func (l Ledger) tallies(p Period) []Tally {
	var all []Tally
	add := func(metric, part, what string, n int) {
		all = append(all, Tally{Metric: metric, Part: part, What: what, Count: n})
	}
	stages, whole := l.responded(p)
	for _, r := range append([]response{whole}, stages...) {
		part := string(r.stage)
		if part == "" {
			part = allPart
		}
		if r.asked > 0 || part == allPart {
			add("M15", part, TallyAnswered, r.own)
			add("M15", part, TallySecondHand, r.second)
			add("M15", part, TallyNotInTime, r.asked-r.own-r.second)
		}
		if r.due > 0 {
			add("M15", part+reachPart, TallyPut, r.reached)
			add("M15", part+reachPart, TallyNotPut, r.due-r.reached)
		}
	}
	for _, s := range []Stage{Ask30, Ask90, Ask180} {
		k := l.Kept(p, s)
		add("M16", string(s), TallyUnaided, k.Unaided)
		add("M16", string(s), TallyHelped, k.InUse-k.Unaided)
		add("M16", string(s), TallyUnused, k.Answered-k.InUse)
		add("M16", string(s)+coveragePart, TallyAnyAnswer, k.Answered)
		add("M16", string(s)+coveragePart, TallyNoAnswer, k.Due-k.Answered)
	}
	add("M21", "", TallyProject, l.ended(p).project)
	if len(l.Talks) > 0 {
		a := l.Audience(p)
		add("M22", otherLabsPart, TallyOtherLabs, a.OtherLabs)
		add("M22", otherLabsPart, TallyOwnLab, a.Coded-a.OtherLabs)
		add("M22", firstTimersPart, TallyFirst, a.First)
		add("M22", firstTimersPart, TallyNotFirst, a.Coded-a.First)
	}
	return all
}
