package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/rs/zerolog"

	"interlab/adapters/cli"
	"interlab/configs"
)

// The bits of a file's mode that let others than its owner in.
const (
	groupReads   fs.FileMode = 0o040
	groupWrites  fs.FileMode = 0o020
	othersRead   fs.FileMode = 0o004
	othersWrite  fs.FileMode = 0o002
	administered             = 0 // the user id of root
)

// openTo says to whom a file with secrets is open who should not reach it; empty
// where to nobody. A group that may read is all right where root owns the file:
// that is how an administrator hands one over, and how credentials of systemd and
// of containers stand, whose access list shows as the group's.
func openTo(mode fs.FileMode, owner int) string {
	var to []string
	for _, who := range []struct {
		bit fs.FileMode
		may string
	}{
		{othersWrite, "everybody may write it"},
		{othersRead, "everybody may read it"},
		{groupWrites, "its group may write it"},
		{groupReads, "its group may read it"},
	} {
		handed := who.bit == groupReads && owner == administered
		if mode&who.bit != 0 && !handed {
			to = append(to, who.may)
		}
	}
	return strings.Join(to, ", ")
}

// secretFiles are those of the settings, and the keys that the program's own Redis
// has in its folder.
func secretFiles(s configs.Settings) []configs.SecretFile {
	if s.Keys != nil || !s.Redis.Embedded() {
		return s.SecretFiles
	}
	own := filepath.Join(s.Redis.Data, keysFile)
	if _, err := os.Stat(own); err != nil {
		return s.SecretFiles // made with its folder, at the first start
	}
	return append(s.SecretFiles[:len(s.SecretFiles):len(s.SecretFiles)], configs.SecretFile{Setting: "redis.data", Path: own, Ring: true})
}

// probeModes looks who may read and write the files with secrets.
func probeModes(s configs.Settings) []cli.Finding {
	files := secretFiles(s)
	var findings []cli.Finding
	for _, file := range files {
		info, err := os.Stat(file.Path)
		if err != nil {
			continue // it was read a moment ago, and is replaced just now
		}
		owner, known := ownerOf(info)
		to := openTo(info.Mode(), owner)
		if !known || to == "" {
			continue
		}
		f := cli.Finding{
			Grade: cli.Warning, What: "secret file", Found: fmt.Sprintf("%s (%s): mode %04o, %s", file.Path, file.Setting, info.Mode().Perm(), to),
			Advice: "run chmod 600 " + file.Path + " as its owner; change the secret if others use this machine",
		}
		if file.Ring {
			f.Grade = cli.Failure
			f.Advice = "run chmod 600 " + file.Path + " as its owner; if others use this machine, put a new key in front and run interlab keys rotate"
		}
		findings = append(findings, f)
	}
	if len(findings) > 0 || len(files) == 0 {
		return findings
	}
	return []cli.Finding{{Grade: cli.OK, What: "secret files", Found: fmt.Sprintf("%d, closed to others", len(files))}}
}

// warnOfModes says the same in the log of a bot that starts: it serves all the
// same, since what is open was open before, and a bot that is away helps nobody.
func warnOfModes(s configs.Settings, log zerolog.Logger) {
	for _, f := range probeModes(s) {
		switch f.Grade {
		case cli.Failure:
			log.Error().Str("found", f.Found).Msg("the keys are open to others: " + f.Advice)
		case cli.Warning:
			log.Warn().Str("found", f.Found).Msg("a secret is open to others: " + f.Advice)
		case cli.OK:
		}
	}
}
