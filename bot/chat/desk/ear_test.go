package desk_test

import (
	"context"
	"errors"
	"net"
	"testing"
	"time"

	"interlab/bot/chat/desk"
)

// call connects an ear with somebody who says what the test says.
func call(t *testing.T, e *desk.Ear) (here, there net.Conn) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	here, err = e.Dial(t.Context(), "tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	if there, err = listener.Accept(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = here.Close(), there.Close() })
	return here, there
}

func TestAnEarThatHearsNothingSaysSo(t *testing.T) {
	t.Parallel()
	e := desk.Ear{Now: time.Now}
	call(t, &e)
	if err := e.Attend(t.Context(), 20*time.Millisecond, nil); !errors.Is(err, desk.ErrSilent) || e.Silence() < 20*time.Millisecond {
		t.Errorf("Attend = %v after %v, want ErrSilent after 20ms", err, e.Silence())
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if err := e.Attend(ended, time.Hour, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("Attend = %v, want that the context ended", err)
	}
	done, cause := make(chan error, 1), errors.New("done")
	done <- cause
	if err := e.Attend(t.Context(), time.Hour, done); !errors.Is(err, cause) {
		t.Errorf("Attend = %v, want what came", err)
	}
}

func TestWhatIsReadEndsTheSilence(t *testing.T) {
	t.Parallel()
	e := desk.Ear{Now: time.Now}
	here, there := call(t, &e)
	if err := e.Attend(t.Context(), 10*time.Millisecond, nil); !errors.Is(err, desk.ErrSilent) {
		t.Fatal(err)
	}
	before := e.Silence()
	if _, err := there.Write([]byte("x")); err != nil {
		t.Fatal(err)
	}
	if _, err := here.Read(make([]byte, 1)); err != nil || e.Silence() >= before {
		t.Errorf("after a read, %v, it was silent for %v, want less than %v", err, e.Silence(), before)
	}
}

// Who uses a connection that was cut has as long to notice as before.
func TestACutBeginsTheSilenceAnew(t *testing.T) {
	t.Parallel()
	e := desk.Ear{Now: time.Now}
	call(t, &e)
	if err := e.Attend(t.Context(), 40*time.Millisecond, nil); !errors.Is(err, desk.ErrSilent) {
		t.Fatal(err)
	}
	before := e.Silence()
	e.Cut()
	if after := e.Silence(); after >= before {
		t.Errorf("after the cut it was silent for %v, want less than the %v before", after, before)
	}
}

func TestAnEarThatIsShutConnectsNoMore(t *testing.T) {
	t.Parallel()
	e := desk.Ear{Now: time.Now}
	here, _ := call(t, &e)
	e.Cut()
	if _, err := here.Read(make([]byte, 1)); err == nil {
		t.Error("a connection that was cut can be read")
	}
	here, there := call(t, &e)
	e.Shut()
	if _, err := here.Read(make([]byte, 1)); err == nil || !e.IsShut() {
		t.Errorf("a connection of an ear that was shut can be read (shut: %t)", e.IsShut())
	}
	listener, err := net.Listen("tcp", there.LocalAddr().String())
	if err != nil {
		t.Skip("the port was taken by somebody else")
	}
	defer listener.Close()
	if _, err := e.Dial(t.Context(), "tcp", listener.Addr().String()); !errors.Is(err, desk.ErrShut) {
		t.Errorf("Dial = %v, want ErrShut", err)
	}
}
