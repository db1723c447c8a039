package bot

// AllKinds are the kinds of documents, for tests outside of the package.
func AllKinds() []Kind { return sortedKinds() }

// Envelop is a document as the store keeps it.
func Envelop(d Document) (Write, error) { return write(d, 0) }

// ForgetAfter is when everything that is on its way to be forgotten has arrived.
const ForgetAfter = scrubAfter
