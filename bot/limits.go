package bot

import (
	"errors"
	"fmt"
	"maps"
	"time"
)

// A limit is a token bucket: so many at once, and one more each time that a part
// of the span has gone by. What was spent is kept as one moment: when the bucket
// is full again.
type limit struct {
	most int
	per  time.Duration
}

// limits are what one person, and all people of a lab together, may do. They are
// far above what anybody does by hand. Only what is done counts, not what is refused.
type limits struct {
	name   string // of the bucket; routes that do the same thing share it
	verb   string // "You have ... 60 times"
	person limit
	lab    limit // of none where zero
}

var (
	limitSearch   = limits{"search", "searched", limit{60, 10 * time.Minute}, limit{}}                              //nolint:gochecknoglobals // constants
	limitProfile  = limits{"profile", "changed your profile", limit{60, time.Hour}, limit{}}                        //nolint:gochecknoglobals // constants
	limitCode     = limits{"code", "asked for a code", limit{10, time.Hour}, limit{}}                               //nolint:gochecknoglobals // constants
	limitQuestion = limits{"question", "asked a speaker", limit{20, 24 * time.Hour}, limit{}}                       //nolint:gochecknoglobals // constants
	limitTalk     = limits{"talk", "announced a talk", limit{10, 24 * time.Hour}, limit{30, 24 * time.Hour}}        //nolint:gochecknoglobals // constants
	limitPoll     = limits{"poll", "opened a poll", limit{10, 24 * time.Hour}, limit{30, 24 * time.Hour}}           //nolint:gochecknoglobals // constants
	limitOffer    = limits{"offer", "begun to offer a place", limit{30, 24 * time.Hour}, limit{60, 24 * time.Hour}} //nolint:gochecknoglobals // constants
	limitPlan     = limits{"plan", "begun to plan an exchange", limit{30, 24 * time.Hour}, limit{}}                 //nolint:gochecknoglobals // constants
)

// limited are the routes with a limit.
var limited = map[string]limits{
	"match.find": limitSearch, "match.new.sent": limitSearch,
	"profile.set": limitProfile, "profile.edit.sent": limitProfile, "profile.more.sent": limitProfile,
	"link.start":         limitCode,
	"question.form.sent": limitQuestion, "colloquium.ask": limitQuestion,
	"colloquium.announce":  limitTalk,
	"colloquium.poll.yes":  limitPoll,
	"residency.offer.sent": limitOffer, "residency.offer.typed": limitOffer,
	"exchange.plan.sent": limitPlan,
}

// take takes one token. full is when the bucket is full again, or the zero time;
// it is the new one on success. next is when there is a token again where there is none.
func (l limit) take(full, now time.Time) (after, next time.Time) {
	each := l.per / time.Duration(l.most)
	after = later(full, now).Add(each)
	if after.Sub(now) > l.per {
		return full, after.Add(-l.per)
	}
	return after, time.Time{}
}

// spend takes a token of the person and of their lab for a route.
func (rq *request) spend(name string) error {
	l, ok := limited[name]
	if !ok {
		return nil
	}
	after, next := l.person.take(rq.me.Spent[l.name], rq.now)
	if !next.IsZero() {
		return rq.tooMuch("You have "+l.verb, l.person, next)
	}
	if err := rq.spendOfLab(l); err != nil {
		return err
	}
	if rq.me.Spent == nil {
		rq.me.Spent = map[string]time.Time{}
	}
	for other, full := range rq.me.Spent {
		if !full.After(rq.now) {
			delete(rq.me.Spent, other)
		}
	}
	rq.me.Spent[l.name] = after
	rq.tx.put(rq.me)
	return nil
}

func (rq *request) spendOfLab(l limits) error {
	if l.lab.most == 0 || rq.me.Lab == "" {
		return nil
	}
	lab, err := load[*Lab](rq.tx, KindLab, rq.me.Lab)
	if errors.Is(err, errNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	after, next := l.lab.take(lab.Spent[l.name], rq.now)
	if !next.IsZero() {
		return rq.tooMuch("Your lab has "+l.verb, l.lab, next)
	}
	if lab.Spent == nil {
		lab.Spent = map[string]time.Time{}
	}
	lab.Spent[l.name] = after
	rq.tx.put(lab)
	return nil
}

// tooMuch says what was done how often, and when it can be done again.
func (rq *request) tooMuch(what string, l limit, next time.Time) error {
	span := fmt.Sprintf("%d minutes", int(l.per.Minutes()))
	switch {
	case l.per == time.Hour:
		span = "an hour"
	case l.per == 24*time.Hour:
		span = "a day"
	}
	at := next.Truncate(time.Minute)
	if at.Before(next) {
		at = at.Add(time.Minute)
	}
	return denied("%s %d times within %s, which is as often as it goes, so nothing was done. Try again from %s.", what, l.most, span, rq.app.zones.FormatFull(at, rq.me.zone()))
}

// maxAsksWeek is how many people somebody may ask within a week who have not
// said yes or not now: taking an ask back gives no other one.
const (
	maxAsksWeek = 3
	asksWeek    = 7 * 24 * time.Hour
)

// tooManyThisWeek refuses a fourth ask within a week.
func (rq *request) tooManyThisWeek() error {
	matches, err := rq.matches()
	if err != nil {
		return err
	}
	n, first := 0, rq.now
	for _, m := range matches {
		if m.Asker != rq.me.ID || m.Round != "" || !m.AskedAt.After(rq.now.Add(-asksWeek)) || !m.Began.IsZero() || m.State == NotNow {
			continue
		}
		n++
		if m.AskedAt.Before(first) {
			first = m.AskedAt
		}
	}
	if n < maxAsksWeek {
		return nil
	}
	return denied("You have asked %d people within a week who have not said yes, which is as many as it may be, those that you withdrew among them. You can ask the next one from %s.", n, rq.app.zones.FormatFull(first.Add(asksWeek).Add(time.Minute).Truncate(time.Minute), rq.me.zone()))
}

// spentByBoth is what is spent of the buckets of two people who are one: another
// account gives nobody another bucket.
func spentByBoth(a, b map[string]time.Time) map[string]time.Time {
	if len(a)+len(b) == 0 {
		return nil
	}
	both := maps.Clone(a)
	if both == nil {
		both = map[string]time.Time{}
	}
	for name, full := range b {
		both[name] = later(both[name], full)
	}
	return both
}
