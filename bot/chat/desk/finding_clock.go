package desk

import (
	"net/http"
	"time"
)

// maxSkew is how far the clock may be off a platform's before reminders come
// noticeably early or late.
const maxSkew = time.Minute

// Clock compares the clock with a platform's, of which the last answer tells that
// a client of NewClient got.
func Clock(what string, of *http.Client, now time.Time) Finding {
	f := Finding{What: what, Found: "not told"}
	date, _ := of.Transport.(*gate).date.Load().(string)
	at, err := http.ParseTime(date)
	if err != nil {
		return f
	}
	f.Found = "agrees with the platform's"
	if off := now.Sub(at).Abs(); off > maxSkew {
		f.Found, f.Advice, f.Bad = off.Round(time.Second).String()+" off the platform's", "let the machine set its clock by NTP", true
	}
	return f
}
