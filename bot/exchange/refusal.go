package exchange

// Refusal says why something cannot be done to an exchange, in a sentence that
// people can be shown. What was refused has changed nothing.
type Refusal struct {
	Reason   Reason
	Sentence string
}

// Error is the sentence.
func (r *Refusal) Error() string { return r.Sentence }

// Reason is the class of a refusal.
type Reason string

// The reasons.
const (
	NotYours   Reason = "not yours"  // the person is no party, or not on the side whose turn it is
	Moved      Reason = "moved"      // the person has left the lab that they stand for
	NotNow     Reason = "not now"    // the state allows no such thing
	Superseded Reason = "superseded" // the terms were changed meanwhile
	Twice      Reason = "twice"      // the person signed these terms before
	BadKind    Reason = "bad kind"
	BadDates   Reason = "bad dates"
	SameLab    Reason = "same lab"
	SamePerson Reason = "same person"
	BadText    Reason = "bad text"
	BadDue     Reason = "bad due"
	OneWay     Reason = "one way"  // a direction has no goal
	TooMany    Reason = "too many" // a direction has more goals than people keep up with
	NoGoal     Reason = "no goal"  // there is no goal of that number
)

func refuse(reason Reason, sentence string) error { return &Refusal{reason, sentence} }
