package main

import (
	"io"
	"time"

	"github.com/rs/zerolog"

	"interlab/configs"
)

func logger(s configs.Settings, errs io.Writer) zerolog.Logger { return loggerAt(level(s), s, errs) }

// level is the least urgent that the settings want to see.
func level(s configs.Settings) zerolog.Level {
	level, err := zerolog.ParseLevel(string(s.Log.Level))
	if err != nil {
		return zerolog.InfoLevel
	}
	return level
}

func loggerAt(level zerolog.Level, s configs.Settings, errs io.Writer) zerolog.Logger {
	out := errs
	if s.Log.Format == configs.FormatConsole {
		out = zerolog.ConsoleWriter{Out: errs, TimeFormat: time.RFC3339, TimeLocation: time.UTC}
	}
	return zerolog.New(out).Level(level).Hook(utc{})
}

// utc puts the time on each line, whatever the zone of the machine is: lines of
// several machines are read together.
type utc struct{}

// Run is called for each line.
func (utc) Run(e *zerolog.Event, _ zerolog.Level, _ string) {
	e.Time(zerolog.TimestampFieldName, time.Now().UTC())
}
