package redis

import (
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// grace is how long a server may take to end in order. It has nothing to save
// but what its log of commands lacks.
const grace = 10 * time.Second

// child is a process that this one started.
type child struct {
	process *os.Process
	ended   chan struct{} // closed when the process is gone
}

// spawn starts a program, which inherits the lock: the lock is held until both
// this process and the child are gone, so nobody else can start a server on
// data that a dying one still writes.
func spawn(program string, args []string, lock *os.File) (*child, error) {
	c := &child{ended: make(chan struct{})}
	started := make(chan error)
	go func() {
		// On Linux the child ends with the thread that started it; the thread
		// must live for as long as the child does.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		cmd := exec.Command(program, args...) //nolint:gosec,noctx // the program was found on the PATH by its name, and outlives every call
		// Nothing of the environment, which may hold secrets. The language
		// decides how Lua compares text.
		cmd.Env = []string{"LC_ALL=C"}
		cmd.ExtraFiles = []*os.File{lock}
		cmd.SysProcAttr = attributes()
		err := cmd.Start()
		c.process = cmd.Process
		started <- err
		if err == nil {
			_ = cmd.Wait() // how it ended is in its own log
		}
		close(c.ended)
	}()
	return c, <-started
}

// gone reports whether the process has ended.
func (c *child) gone() bool {
	select {
	case <-c.ended:
		return true
	default:
		return false
	}
}

// kill ends the process at once.
func (c *child) kill() {
	_ = c.process.Kill() // fails only where it is gone
	<-c.ended
}

// end asks the process to end, and kills it if it does not.
func (c *child) end() {
	_ = c.process.Signal(syscall.SIGTERM)
	timer := time.NewTimer(grace)
	defer timer.Stop()
	select {
	case <-c.ended:
	case <-timer.C:
		c.kill()
	}
}
