package round

// Solve plans a round as Make does, but without the prices of pins and forbids, each
// of which would take another plan.
func Solve(r Round) (Plan, error) { return r.plan() }
