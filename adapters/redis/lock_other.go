//go:build !unix

package redis

import (
	"io/fs"
	"os"
	"syscall"
)

// Neither Redis nor Valkey runs here, so that nothing can be embedded.

func attributes() *syscall.SysProcAttr { return nil }

func tryLock(*os.File) (bool, error) { return false, ErrNoServer }

func private(fs.FileInfo) bool { return false }
