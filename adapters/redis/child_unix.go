//go:build unix && !linux

package redis

import "syscall"

// attributes keep a terminal's interrupt from a child: the server must outlast
// the program's last commit. A child whose parent was killed lives on, holds
// the lock, and is joined by the next process.
func attributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }
