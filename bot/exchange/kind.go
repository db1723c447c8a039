package exchange

import "slices"

// Kind says what sort of exchange it is. A colloquium is none: nobody's goals
// are at stake in it.
type Kind string

// The kinds.
const (
	Short      Kind = "short"      // a visit of days
	Residency  Kind = "residency"  // a visit of weeks or months
	Sabbatical Kind = "sabbatical" // more than half a year
	Fellowship Kind = "fellowship" // a residency whose goals name open artefacts
	Remote     Kind = "remote"     // a residency without the journey
)

// Kinds lists all of them, the shortest first.
func Kinds() []Kind { return []Kind{Short, Residency, Sabbatical, Fellowship, Remote} }

// Known reports whether k is one of Kinds.
func (k Kind) Known() bool { return slices.Contains(Kinds(), k) }

// Label names the kind in a sentence: "short exchange".
func (k Kind) Label() string {
	switch k {
	case Short:
		return "short exchange"
	case Remote:
		return "remote residency"
	case Residency, Sabbatical, Fellowship:
	}
	return string(k)
}

// Least is how many goals an exchange of the kind has in each direction at least.
func (k Kind) Least() int {
	if k == Sabbatical {
		return 2
	}
	return 1
}

// LeadsSign reports whether the leads of both labs sign, where the labs have
// named any. Those of a short exchange may only object.
func (k Kind) LeadsSign() bool { return k != Short }

// FollowDays is how many days after it was completed an exchange is read for
// what became of it; then it is closed. Staff of residency programmes say that
// less than a quarter of a year shows nothing, and half a year most of it.
func (k Kind) FollowDays() int {
	if k == Short {
		return 90
	}
	return 180
}
