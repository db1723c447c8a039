package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"interlab/adapters/console"
	"interlab/bot"
)

// populate puts the sample network onto an empty store and its people in front
// of the terminal.
func populate(ctx context.Context, app *bot.App, term *console.Console) error {
	people, err := bot.Sample()
	if err != nil {
		return err
	}
	if _, err := app.Populate(ctx, people); err != nil {
		return err
	}
	programme, err := bot.SampleProgramme()
	if err != nil {
		return err
	}
	if err := app.Stage(ctx, programme); err != nil {
		return err
	}
	var cast strings.Builder
	for _, p := range people {
		fmt.Fprintf(&cast, "%s@%s>\n", p.Account.User, p.Home)
	}
	script, err := console.Parse("the sample network", strings.NewReader(cast.String()))
	if err != nil {
		return err
	}
	return term.Play(ctx, script)
}

// workday is the next moment from now on at which the sample people are at
// work: the bot writes to nobody at night, and a first try should not wait.
func workday(now time.Time) time.Time {
	at := now
	if at.Hour() < sampleOpens || at.Hour() >= sampleCloses {
		at = time.Date(now.Year(), now.Month(), now.Day(), sampleOpens, 0, 0, 0, time.UTC)
		if now.Hour() >= sampleCloses {
			at = at.AddDate(0, 0, 1)
		}
	}
	for at.Weekday() == time.Saturday || at.Weekday() == time.Sunday {
		at = at.AddDate(0, 0, 1)
	}
	return at
}

// The hours of the day, in UTC, in which most of the sample people work.
const (
	sampleOpens  = 9
	sampleCloses = 14
)
