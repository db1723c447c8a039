// Package configs turns one YAML file and the environment into checked
// settings.
//
// Its rule: a setting is either right or refused. Every mistake is told at
// once, by the setting's path and with the remedy; nothing is guessed; there
// is no setting that does nothing; and no error and no print shows a secret.
package configs

import (
	_ "embed" // for Sample
	"fmt"
	"path/filepath"

	"interlab/bot/seal"
)

// Sample is a settings file with every setting, its default and what it is
// for. It loads as it stands.
//
//go:embed sample.yaml
var Sample string

// Settings is all that an operator decides about one network. Only Load makes
// one, so what it holds has been checked.
type Settings struct {
	Network Network
	Redis   Redis
	Slack   Slack
	Discord Discord
	Private Private
	Web     Web
	Log     Log
	// Keys seal what is kept and sign what is handed out; nil if none are set.
	Keys *seal.Ring
	// Retention is for how long what people wrote is kept.
	Retention Retention
	// AliasesFile is the path of the file of topic aliases; empty means the
	// aliases that the program carries.
	AliasesFile string
	// ZoneData is the path of a folder of compiled time zones, as
	// /usr/share/zoneinfo; empty means those that the program carries.
	ZoneData string
	// SecretFiles are the files that secrets were read from, in the order of the
	// settings.
	SecretFiles []SecretFile
}

// Load reads the settings file at path, lets the environment override it, and
// checks the whole; an empty path means defaults and environment only. getenv
// and readFile are os.Getenv and os.ReadFile; an empty variable counts as
// unset. Paths in the file are relative to the file's folder.
//
// The error is that of readFile, wrapped, if the file cannot be read; else it
// lists every problem on a line of its own.
func Load(path string, getenv func(string) string, readFile func(string) ([]byte, error)) (Settings, error) {
	s, err := open(path, getenv, readFile)
	if err != nil {
		return Settings{}, err
	}
	settings := Settings{
		Network:     s.network(),
		Redis:       s.redis(),
		Slack:       s.slack(),
		Discord:     s.discord(),
		Private:     s.private(),
		Web:         s.web(),
		Log:         s.log(),
		Keys:        s.keys(),
		Retention:   s.retention(),
		AliasesFile: s.aliasesFile(),
		ZoneData:    s.zoneData(),
	}
	if err := s.found.err(); err != nil {
		return Settings{}, err
	}
	settings.SecretFiles = s.secretFiles
	return settings, nil
}

// LoadZoneData is Settings.ZoneData alone, for commands that need no store and no
// platform: what is wrong with other settings does not concern them.
func LoadZoneData(path string, getenv func(string) string, readFile func(string) ([]byte, error)) (string, error) {
	s, err := open(path, getenv, readFile)
	if err != nil {
		return "", err
	}
	s.found = nil
	folder := s.zoneData()
	return folder, s.found.err()
}

// open reads the file at path, if there is one.
func open(path string, getenv func(string) string, readFile func(string) ([]byte, error)) (*sources, error) {
	s := &sources{base: path, getenv: getenv, readFile: readFile}
	if path == "" {
		return s, nil
	}
	data, err := readFile(path)
	if err != nil {
		return nil, fmt.Errorf("configs: read the settings: %w", err)
	}
	if s.file = parseFile(data, &s.found); s.file == nil {
		// What the file would have said is unknown; more complaints would mislead.
		return nil, s.found.err()
	}
	return s, nil
}

// aliasesFile reads the file so that what cannot be read is told at start and
// not at the first question.
func (s *sources) aliasesFile() string {
	v, ok := s.text("aliases_file", "")
	if !ok {
		return ""
	}
	path := s.beside(v)
	if _, err := s.readFile(path); err != nil {
		s.found.add(v.where, "cannot be read: %v; correct the path, or leave it out for the built-in aliases", err)
	}
	return path
}

// zoneData looks for one zone in the folder, so that a wrong path is told as such.
func (s *sources) zoneData() string {
	v, ok := s.text("zone_data", "INTERLAB_ZONE_DATA")
	if !ok {
		return ""
	}
	path := s.beside(v)
	if _, err := s.readFile(filepath.Join(path, "Europe", "Berlin")); err != nil {
		s.found.add(v.where, "holds no time zones: %v; name a folder as /usr/share/zoneinfo, or leave it out for the built-in ones", err)
	}
	return path
}
