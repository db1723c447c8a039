package redis

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// maxSocket is the longest path of a socket in bytes, where the shortest limit
// holds: 104 with the closing zero on BSD and macOS, 108 on Linux.
// https://man7.org/linux/man-pages/man7/unix.7.html
const maxSocket = 103

// home is the folder of an embedded server: its data, its log, its lock, and
// its socket where the path is short enough.
type home struct {
	folder string
	socket string
	lock   *os.File
}

// enter makes the folder and opens the lock. The folder is below the given
// one, so that its rights can be closed without closing those of a folder that
// somebody uses for other things too.
func enter(data string) (*home, error) {
	above, err := filepath.Abs(data)
	if err != nil {
		return nil, fmt.Errorf("redis: folder %s: %w", data, err)
	}
	h := &home{folder: filepath.Join(above, "redis")}
	h.socket = h.socketPath()
	if err := os.MkdirAll(h.folder, 0o700); err != nil {
		return nil, fmt.Errorf("redis: make folder: %w", err)
	}
	if err := os.Chmod(h.folder, 0o700); err != nil { //nolint:gosec // a folder must be enterable by its owner
		return nil, fmt.Errorf("redis: close folder to others: %w", err)
	}
	h.lock, err = os.OpenFile(filepath.Join(h.folder, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("redis: open lock: %w", err)
	}
	return h, nil
}

// socketPath is where the socket of the folder is, if this process owns it.
func (h *home) socketPath() string {
	if path := filepath.Join(h.folder, "redis.sock"); len(path) <= maxSocket {
		return path
	}
	sum := sha256.Sum256([]byte(h.folder))
	return filepath.Join(os.TempDir(), "interlab-"+hex.EncodeToString(sum[:8]), "redis.sock")
}

// own prepares the folder for a server of this process, which has the lock: the
// socket of a server that died is removed, and the lock's file tells others
// where the new one will be.
func (h *home) own() error {
	outside := filepath.Dir(h.socket)
	if outside != h.folder {
		if len(h.socket) > maxSocket {
			return fmt.Errorf("redis: %s is longer than a socket's path may be; set TMPDIR to a shorter one", h.socket)
		}
		if err := os.Mkdir(outside, 0o700); err != nil && !os.IsExist(err) {
			return fmt.Errorf("redis: make folder: %w", err)
		}
		// Anybody may have made it first, in a folder that all share.
		if info, err := os.Lstat(outside); err != nil || !private(info) {
			return fmt.Errorf("redis: folder %s is open to others; remove it (%w)", outside, os.ErrPermission)
		}
	}
	if err := os.Remove(h.socket); err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("redis: remove stale socket: %w", err)
	}
	if err := os.WriteFile(h.lock.Name(), []byte(h.socket+"\n"), 0o600); err != nil {
		return fmt.Errorf("redis: write lock: %w", err)
	}
	return nil
}

// owner is where the socket of whoever has the lock is.
func (h *home) owner() string {
	text, err := os.ReadFile(h.lock.Name())
	if err != nil || len(text) == 0 {
		return h.socket
	}
	return strings.TrimSpace(string(text))
}

// leave gives the lock back.
func (h *home) leave() error {
	if err := h.lock.Close(); err != nil {
		return fmt.Errorf("redis: close lock: %w", err)
	}
	return nil
}

// clear removes what a server of this process leaves outside its data.
func (h *home) clear() {
	_ = os.Remove(h.socket)
	if outside := filepath.Dir(h.socket); outside != h.folder {
		_ = os.Remove(outside)
	}
}
