package redis

import "syscall"

// attributes make a child end with this process, and keep a terminal's
// interrupt from it: the server must outlast the program's last commit.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM, Setpgid: true}
}
