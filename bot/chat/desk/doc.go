// Package desk is what stands between a platform's adapter and the core: it has
// what people did saved, acknowledged and handled, in the order in which each of
// them did it, and keeps the books of what came.
//
// The rule: an adapter reads what its platform sent and says how that platform
// is answered; the desk alone decides when. Beside it stands what all platforms'
// connections need: an ear for silence, turns at a pace, a backoff, a client whose
// failures hold no secret. Nothing of any one platform stands here, and nothing
// is kept that a restart may not lose.
package desk
