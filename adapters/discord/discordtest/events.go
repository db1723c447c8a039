package discordtest

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"interlab/bot/chat"
)

// createEvents is the permission to schedule events, and to change one's own.
const createEvents = 1 << 44

// The stages of an event.
const (
	eventPlanned   = 1
	eventCancelled = 4
)

// Event is something that a guild has scheduled.
type Event struct {
	ID, Guild string
	Status    int

	Name     string    `json:"name"`
	Text     string    `json:"description"`
	Privacy  int       `json:"privacy_level"`
	Kind     int       `json:"entity_type"`
	Start    time.Time `json:"scheduled_start_time"`
	End      time.Time `json:"scheduled_end_time"`
	Metadata struct {
		Where string `json:"location"`
	} `json:"entity_metadata"`
}

func (e *Event) wire() map[string]any {
	return map[string]any{
		"id": e.ID, "guild_id": e.Guild, "name": e.Name, "description": e.Text, "status": e.Status, "entity_type": e.Kind,
		"creator": map[string]any{"id": Application, "username": "interlab", "bot": true},
	}
}

// Events are those of a guild that are neither called off nor deleted.
func (s *Server) Events(guild string) []Event {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Event
	for _, e := range s.events {
		if e.Guild == guild && e.Status == eventPlanned {
			out = append(out, *e)
		}
	}
	return out
}

// DeleteEvent takes an event out of its guild's list.
func (s *Server) DeleteEvent(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.events = slices.DeleteFunc(s.events, func(e *Event) bool { return e.ID == id })
}

func (q *request) readEvents() error {
	list := []any{}
	for _, e := range q.events {
		if e.Guild == q.r.PathValue("guild") && e.Status == eventPlanned {
			list = append(list, e.wire())
		}
	}
	q.answer = list
	return nil
}

// mayPlan refuses a guild in which the bot is not, or may schedule nothing.
func (q *request) mayPlan() error {
	g := q.guilds[q.r.PathValue("guild")]
	switch {
	case g == nil:
		return refuse(http.StatusNotFound, 10004, "Unknown Guild")
	case g.Permissions&createEvents == 0:
		return refuse(http.StatusForbidden, 50013, "Missing Permissions")
	}
	return nil
}

func (q *request) createEvent() error {
	if err := q.mayPlan(); err != nil {
		return err
	}
	e := &Event{Guild: q.r.PathValue("guild"), Status: eventPlanned}
	if err := q.decode(e); err != nil {
		return err
	}
	planned := 0
	for _, other := range q.events {
		if other.Guild == e.Guild && other.Status == eventPlanned {
			planned++
		}
	}
	if planned >= 100 {
		return refuse(http.StatusBadRequest, 30038, "Maximum number of guild scheduled events reached (100)")
	}
	return q.keep(e, e)
}

func (q *request) changeEvent() error {
	if err := q.mayPlan(); err != nil {
		return err
	}
	i := slices.IndexFunc(q.events, func(e *Event) bool { return e.ID == q.r.PathValue("event") })
	if i < 0 {
		return refuse(http.StatusNotFound, 10070, "Unknown Guild Scheduled Event")
	}
	e := q.events[i]
	if e.Status != eventPlanned {
		return refuse(http.StatusBadRequest, 180000, "Cannot update a finished event")
	}
	var status struct {
		Status int `json:"status"`
	}
	changed := *e
	if q.decode(&changed) != nil || q.decode(&status) != nil {
		return refuse(http.StatusBadRequest, 50109, "The request body contains invalid JSON.")
	}
	if status.Status != 0 && status.Status != eventPlanned && status.Status != eventCancelled {
		return refuse(http.StatusBadRequest, 50035, "Invalid Form Body: status")
	}
	changed.Status = max(status.Status, eventPlanned)
	return q.keep(&changed, e)
}

// keep lets an event stand as it is now, unless something is wrong with it.
func (q *request) keep(e, as *Event) error {
	var f faultList
	f.check(within(e.Name, 1, 100), "name: %d characters", length(e.Name))
	f.check(within(e.Text, 0, 1000), "description: %d characters", length(e.Text))
	f.check(e.Kind == 3 && e.Privacy == 2, "entity_type %d, privacy_level %d: only external ones for members are known here", e.Kind, e.Privacy)
	f.check(within(strings.TrimSpace(e.Metadata.Where), 1, 100), "entity_metadata.location: %d characters", length(e.Metadata.Where))
	f.check(e.Status == eventCancelled || e.Start.After(q.now()), "scheduled_start_time: cannot schedule event in the past")
	f.check(!e.End.IsZero() && e.End.After(e.Start), "scheduled_end_time: missing, or before the start")
	if len(f) > 0 {
		q.tb.Logf("discordtest: refused: %v", f)
		return refuse(http.StatusBadRequest, 50035, "Invalid Form Body: %v", f)
	}
	if e.ID == "" {
		e.ID = q.newID()
		q.events = append(q.events, e)
	}
	*as = *e
	shown := *as
	q.see(Sight{Event: &shown})
	q.answer = as.wire()
	return nil
}

// ReadEvent is what a person reads in an event. Its post is the message that its
// text leads to.
func (s *Server) ReadEvent(e Event) chat.Occasion {
	o := chat.Occasion{Title: e.Name, Start: e.Start, End: e.End, Where: e.Metadata.Where, Cancelled: e.Status == eventCancelled}
	text, link, _ := strings.Cut(e.Text, "\n\nSay that you come: https://discord.com/channels/")
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		o.About = append(o.About, s.text(paragraph))
	}
	if ids := strings.Split(link, "/"); len(ids) == 3 {
		o.Post = chat.Posted{Place: chat.Place{Home: chat.Home{Platform: "discord", ID: ids[0]}, Channel: ids[1]}, Message: ids[2]}
	}
	return o
}
