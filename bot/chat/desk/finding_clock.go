package desk

import (
	"io"
	"time"
)

// maxSkew is how far the clock may be off a platform's before reminders come
// noticeably early or late.
const maxSkew = time.Minute

// Clock compares the clock with a platform's, of which the header Date of one
// of its answers tells.
func Clock(what, date string, now time.Time) Finding {
	f := Finding{What: what, Found: "not told"}
	at, err := time.Parse(time.RFC1123, date)
	if err != nil {
		return f
	}
	f.Found = "agrees with the platform's"
	if off := now.Sub(at).Abs(); off > maxSkew {
		f.Found, f.Advice, f.Bad = off.Round(time.Second).String()+" off the platform's", "let the machine set its clock by NTP", true
	}
	return f
}

// maxAnswer bounds what is read of an answer: a platform's are far smaller, and
// a proxy's may have no end.
const maxAnswer = 8 << 20

// Bounded is the body of an answer, which ends after 8 MB.
func Bounded(body io.ReadCloser) io.ReadCloser {
	return struct {
		io.Reader
		io.Closer
	}{io.LimitReader(body, maxAnswer), body}
}
