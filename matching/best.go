package matching

import "slices"

// MaxResults bounds what one call returns; a larger wish is lowered to it.
const MaxResults = 200

// best keeps the first few of many values in an order.
type best[T any] struct {
	limit  int
	order  func(a, b T) int // negative if a comes first; total, so that ties cannot depend on arrival
	values []T              // in order
}

// newBest keeps the first limit values, none if limit is not positive.
func newBest[T any](limit int, order func(a, b T) int) *best[T] {
	return &best[T]{limit: min(max(limit, 0), MaxResults), order: order}
}

// wants reports whether a value would be kept now.
func (b *best[T]) wants(value T) bool {
	n := len(b.values)
	return n < b.limit || n > 0 && b.order(value, b.values[n-1]) < 0
}

// offer keeps a value if it is wanted, in place of the last one if there are enough.
func (b *best[T]) offer(value T) {
	if !b.wants(value) {
		return
	}
	if len(b.values) == b.limit {
		b.values = b.values[:b.limit-1]
	}
	at, _ := slices.BinarySearchFunc(b.values, value, b.order)
	b.values = slices.Insert(b.values, at, value)
}
