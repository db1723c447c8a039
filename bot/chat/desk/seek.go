package desk

// Seek looks through what was said, page by page, for a message. Read is called
// until it has found one, there is no more, or the most pages were read. What it
// returns last is returned.
func Seek(most int, read func() (found string, more bool, err error)) (string, error) {
	for range most {
		if found, more, err := read(); found != "" || !more || err != nil {
			return found, err
		}
	}
	return "", nil
}
