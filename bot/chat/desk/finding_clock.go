package desk

import "time"

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
