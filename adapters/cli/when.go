package cli

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"interlab/calendar"
	"interlab/configs"
)

// when says which instant a time is.
type when struct {
	Text  []string `arg:"" optional:"" help:"A time as people type it, such as next Tue 15:00 Berlin."`
	Zone  string   `help:"Where whoever says it is; UTC if left out. A zone or a large city." placeholder:"ZONE"`
	Now   string   `help:"When they say it, as 2026-11-30T08:00Z; now if left out." placeholder:"TIME"`
	Stdin bool     `help:"Read a zone, a tab and a wall time such as 2026-10-25T02:30 from each line instead, and print the instant and whether it is unique, in a gap or in an overlap."`
	JSON  bool     `help:"Print one JSON object a line."`
}

// told is a moment, or the refusal of a text.
type told struct {
	Text    string   `json:"text"`
	Full    string   `json:"full,omitempty"`
	Wall    string   `json:"wall,omitempty"`
	Zone    string   `json:"zone,omitempty"`
	Instant string   `json:"instant,omitempty"`
	Kind    string   `json:"kind,omitempty"`
	Refused string   `json:"refused,omitempty"`
	Say     string   `json:"sentence,omitempty"`
	Choices []told   `json:"choices,omitempty"`
	Zones   []string `json:"zones,omitempty"`
}

// Run reads a time as the bot would, or many wall times.
func (c when) Run(g *grammar, p *Program) error {
	text := strings.Join(c.Text, " ")
	switch {
	case c.Stdin && (text != "" || c.Zone != "" || c.Now != ""):
		return errors.New("when --stdin reads times and zones from its lines; leave out TEXT, --zone and --now")
	case !c.Stdin && text == "":
		return errors.New("when needs a time, such as: interlab when next Tue 15:00 Berlin")
	}
	folder, err := configs.LoadZoneData(p.config(g), p.Getenv, p.ReadFile)
	if err != nil {
		return err
	}
	set, err := p.Zones(folder)
	if err != nil {
		return err
	}
	if c.Stdin {
		return p.whenLines(set, c.JSON)
	}
	return c.one(set, text, p)
}

// one tells of one text. A time that is over is told as well: people compare with
// minutes of a meeting.
func (c when) one(set *calendar.ZoneSet, text string, p *Program) error {
	zone, now := calendar.UTC(), p.Now()
	var err error
	if c.Zone != "" {
		zone, err = calendar.ParseZone(c.Zone)
	}
	if err == nil && c.Now != "" {
		now, err = parseInstant(c.Now)
	}
	var moment calendar.Moment
	if err == nil {
		moment, err = set.ParseMoment(text, now, zone)
	}
	refused := new(calendar.Refusal)
	switch {
	case err == nil:
		return c.print(p, tell(set, text, moment))
	case !errors.As(err, &refused):
		return err
	case refused.Reason == calendar.Past:
		over := tell(set, text, moment)
		over.Refused, over.Say = string(refused.Reason), refused.Sentence
		return c.print(p, over)
	case c.JSON:
		if err := p.lines(tellRefusal(set, text, refused)); err != nil {
			return err
		}
		return errSaid
	}
	return errors.New(refused.Sentence)
}

// print shows a moment; of one that is over, people are told so.
func (c when) print(p *Program, t told) error {
	if c.JSON {
		return p.lines(t)
	}
	over := ""
	if t.Refused != "" {
		over = "This time is over.\n"
	}
	if _, err := fmt.Fprintf(p.Stdout, "%s\n%s\n%s", t.Full, t.Instant, over); err != nil {
		return fmt.Errorf("print the time: %w", err)
	}
	return nil
}

// tell describes a moment.
func tell(set *calendar.ZoneSet, text string, m calendar.Moment) told {
	return told{
		Text: text, Full: set.FormatFull(m.Instant, m.Wall.Zone), Wall: m.Wall.Date.String() + "T" + m.Wall.Clock.String(),
		Zone: m.Wall.Zone.String(), Instant: instantText(m.Instant), Kind: string(m.Kind),
	}
}

// tellRefusal says why a text is no time, with what to choose from.
func tellRefusal(set *calendar.ZoneSet, text string, r *calendar.Refusal) told {
	t := told{Text: text, Refused: string(r.Reason), Say: r.Sentence}
	for _, m := range r.Choices {
		t.Choices = append(t.Choices, tell(set, text, m))
	}
	for _, z := range r.Zones {
		t.Zones = append(t.Zones, z.String())
	}
	return t
}

// instantText is an instant in UTC without seconds that are none. Only clocks of
// before 1972 ran so many seconds apart that there are any.
func instantText(at time.Time) string {
	if at.Second() != 0 {
		return at.UTC().Format("2006-01-02T15:04:05Z")
	}
	return at.UTC().Format("2006-01-02T15:04Z")
}

// parseInstant reads an instant with its distance from UTC, with or without seconds.
func parseInstant(text string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00"} {
		if at, err := time.Parse(layout, text); err == nil {
			return at.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("--now %q is no instant; write it as 2026-11-30T08:00Z", text)
}
