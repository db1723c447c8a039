//go:build unix

package main

import (
	"io/fs"
	"syscall"
)

// ownerOf is the id of the user who owns a file, and whether the system has such.
func ownerOf(info fs.FileInfo) (int, bool) {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, false
	}
	return int(stat.Uid), true
}
