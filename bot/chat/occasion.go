package chat

import (
	"context"
	"time"
)

// Occasion is something that takes place, as a home's own calendar shows it.
type Occasion struct {
	Title      string
	Start, End time.Time
	Where      string // a room or an address, to be read
	About      []Text
	Post       Posted // the message below which people say that they come
	Cancelled  bool
}

// Scheduler is a Messenger of a platform on which every home has a calendar of
// its own.
type Scheduler interface {
	// Schedule brings an occasion into the calendar of the home where its post
	// is, or into step with it, and returns where it stands. A zero at says that
	// this is not known: it is looked for by its post, so that it comes in once
	// however often it is sent. ErrGone means that somebody took it out, or that
	// it is over; ErrUnreachable that the home lets the bot add nothing.
	Schedule(ctx context.Context, id string, at Posted, o Occasion) (Posted, error)
}

// Message is the occasion as people read it.
func (o Occasion) Message() Message {
	m := Message{
		Title:  o.Title,
		Body:   o.About,
		Fields: []Field{{Name: "When", Value: T(o.Start.UTC().Format("Mon 2 Jan 2006, 15:04"), " to ", o.End.UTC().Format("15:04"), " UTC")}, {Name: "Where", Value: T(o.Where)}},
	}
	if o.Cancelled {
		m.Title = "Cancelled: " + o.Title
	}
	return m
}
