package cli

import (
	"context"
	"fmt"

	"interlab/bot"
	"interlab/calendar"
	"interlab/configs"
)

// exporting groups what can be exported.
type exporting struct {
	Backup    exportBackup    `cmd:"" help:"Write everything into one file, for restore. The bot may serve meanwhile."`
	Forgotten exportForgotten `cmd:"" help:"Print the random ids of who was forgotten, to keep beside backups."`
	ICS       exportICS       `cmd:"" name:"ics" help:"Print all talks as a calendar file, or some of them."`
	CSV       exportCSV       `cmd:"" name:"csv" help:"Write exchanges, goals and all figures as tables, in a zip."`
	JSON      exportJSON      `cmd:"" name:"json" help:"Write the same as JSON, from which the figures can be computed again."`
	Crate     exportCrate     `cmd:"" help:"Write a detached RO-Crate of each exchange, in a zip. It names people."`
	BibTeX    exportBibTeX    `cmd:"" name:"bibtex" help:"Write each person's open works as BibTeX and DOIs, in a zip."`
}

// exportICS prints a calendar.
type exportICS struct {
	Lab    string `help:"Only talks that this lab hosts: its name or id." placeholder:"LAB" xor:"which"`
	Topic  string `help:"Only talks about this topic." placeholder:"TOPIC" xor:"which"`
	Series string `help:"Only talks of this series: its id." placeholder:"ID" xor:"which"`
	Talk   string `help:"Only this talk: its id." placeholder:"ID" xor:"which"`
	Data   string `help:"Use the store in this folder instead of the one in the settings." placeholder:"DIR"`
}

// CalendarReader reads a calendar from the store that the settings or a folder name.
type CalendarReader func(ctx context.Context, s configs.Settings, data string, which bot.Selection) (calendar.Feed, error)

// Run prints talks of all times, cancelled ones too: two exports without a change
// between them are the same to the byte.
func (c exportICS) Run(ctx context.Context, g *grammar, p *Program) error {
	s, err := p.settings(g)
	if err != nil {
		return err
	}
	which := c.which()
	feed, err := p.Calendar(ctx, s, c.Data, which)
	if err != nil {
		return fmt.Errorf("export ics: %w", err)
	}
	if len(feed.Events) == 0 {
		_, _ = fmt.Fprintln(p.Stderr, "interlab: there is no such talk, so the calendar is empty")
	}
	if _, err := p.Stdout.Write(feed.File()); err != nil {
		return fmt.Errorf("print the calendar: %w", err)
	}
	return nil
}

func (c exportICS) which() bot.Selection {
	which := bot.Selection{Kind: bot.FeedNetwork, Ever: true}
	for kind, of := range map[bot.FeedKind]string{bot.FeedLab: c.Lab, bot.FeedTopic: c.Topic, bot.FeedSeries: c.Series, bot.FeedTalk: c.Talk} {
		if of != "" {
			which.Kind, which.Of = kind, of
		}
	}
	return which
}
