package exchange

import (
	"fmt"
	"math"
)

// Dash stands for a figure of nothing. Nothing is never 0 %.
const Dash = "–"

// Ratio is a share with what it is a share of, so that nobody has to trust it.
type Ratio struct {
	Num int `json:"numerator"`
	Den int `json:"denominator"`
}

// Value is the share from 0 to 1; false of nothing.
func (r Ratio) Value() (float64, bool) {
	if r.Den <= 0 {
		return 0, false
	}
	return float64(r.Num) / float64(r.Den), true
}

// Add is the share of both together.
func (r Ratio) Add(s Ratio) Ratio { return Ratio{r.Num + s.Num, r.Den + s.Den} }

// String shows both numbers and the percentage: "3 of 4 (75 %)"; Dash of nothing.
func (r Ratio) String() string {
	v, ok := r.Value()
	if !ok {
		return Dash
	}
	return fmt.Sprintf("%d of %d (%.0f %%)", r.Num, r.Den, math.Round(100*v))
}

// count adds one thing to a share, and to its numerator where it has the quality.
func (r *Ratio) count(has bool) {
	r.Den++
	if has {
		r.Num++
	}
}
