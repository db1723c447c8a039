//go:build !unix

package main

import "io/fs"

// ownerOf knows nothing here: the mode of a file says nothing of who may read it.
func ownerOf(fs.FileInfo) (int, bool) { return 0, false }
