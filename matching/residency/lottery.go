package residency

// Ticket is what an applicant draws in the lottery of a seed: of two applicants in one
// band, the smaller ticket comes first, and of equal ones the smaller ID. Settle draws the
// same, so that places which fall free later go to the next by the rule of the placement.
func Ticket(seed uint64, applicant string) uint64 { return chance(seed, applicant) }
