package bot

import "interlab/bot/exchange"

// repointFollowUp has a question asked of the other person, or answered by them.
func repointFollowUp(_ *App, _ *Tx, f *FollowUp, from string, to *Person) error {
	f.replace(from, to.ID)
	return nil
}

// replace puts one person in the place of another; "" for nobody.
func (f *FollowUp) replace(from, to string) {
	for _, who := range []*string{&f.Person, &f.Via} {
		if *who == from {
			*who = to
		}
	}
	for _, answer := range []*exchange.Answer{f.Answer, f.Before} {
		if answer != nil && answer.By == from {
			answer.By = to
			if to == "" {
				answer.Text = ""
			}
		}
	}
}

// leaveFollowUps takes the person off all questions. What was answered stays a
// count; their words go.
func (rq *request) leaveFollowUps() error {
	all, err := listAll[*FollowUp](rq.tx, followUpsOf+rq.me.ID)
	if err != nil {
		return err
	}
	for _, listed := range all {
		f, err := load[*FollowUp](rq.tx, KindFollowUp, listed.ID)
		if err != nil {
			return err
		}
		if f.Person == rq.me.ID {
			f.Cancel(rq.now)
			f.rest()
		}
		f.replace(rq.me.ID, "")
		f.Was = nil // the goal's words before the answer
		rq.tx.put(f)
	}
	return nil
}
