package discord

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"encoding/binary"
	"net"
	"net/http"
	"net/url"
)

// guarded passes a connection of the gateway on, but for frames that say null
// and nothing else: the library would end the process over one. They become
// pongs, which nobody has asked for and nobody minds.
// https://www.rfc-editor.org/rfc/rfc6455#section-5
type guarded struct {
	net.Conn
	in       *bufio.Reader
	upgraded bool   // frames have begun
	ready    []byte // to be read before anything else
	left     uint64 // of the frame, after that
}

func guard(conn net.Conn) net.Conn { return &guarded{Conn: conn, in: bufio.NewReader(conn)} }

// Read reads from the connection.
func (g *guarded) Read(p []byte) (int, error) {
	for len(g.ready) == 0 && g.left == 0 {
		if err := g.next(); err != nil {
			return 0, err
		}
	}
	if len(g.ready) > 0 {
		n := copy(p, g.ready)
		g.ready = g.ready[n:]
		return n, nil
	}
	n, err := g.in.Read(p[:min(uint64(len(p)), g.left)])
	g.left -= uint64(n)
	return n, err //nolint:wrapcheck // what reads it compares it
}

const (
	textFrame = 0x81 // a whole text
	pongFrame = 0x8a
)

// next makes ready what comes next: a line of the handshake, or the head of a
// frame, with all of it where it is small.
func (g *guarded) next() error {
	if !g.upgraded {
		line, err := g.in.ReadSlice('\n')
		if err != nil && len(line) == 0 {
			return err //nolint:wrapcheck // as above
		}
		g.ready, g.upgraded = bytes.Clone(line), string(line) == "\r\n"
		return nil
	}
	head, err := g.in.Peek(2)
	if err != nil {
		return err //nolint:wrapcheck // as above
	}
	size, length := 2, uint64(head[1]&0x7f)
	switch length {
	case 126:
		size = 4
	case 127:
		size = 10
	default:
		size += int(length)
	}
	if head, err = g.in.Peek(size); err != nil {
		return err //nolint:wrapcheck // as above
	}
	g.ready = bytes.Clone(head)
	switch {
	case size == 4 && length == 126:
		g.left = uint64(binary.BigEndian.Uint16(head[2:]))
	case length == 127:
		g.left = binary.BigEndian.Uint64(head[2:])
	case head[0] == textFrame && string(bytes.TrimSpace(head[2:])) == "null":
		g.ready[0] = pongFrame
	}
	_, err = g.in.Discard(size)
	return err //nolint:wrapcheck // as above
}

// entrance is a connection to the gateway, or to a proxy that leads there. With
// the request for the gateway it becomes what the gateway speaks: by then any
// proxy has opened the way, and encryption and guard reach from end to end.
type entrance struct {
	net.Conn
	encryption *tls.Config // nil for none
	inside     bool
}

// Write writes to the connection.
func (e *entrance) Write(p []byte) (int, error) {
	if !e.inside {
		e.enter(p)
	}
	return e.Conn.Write(p) //nolint:wrapcheck // the library wraps it
}

// enter looks for the request in what is written, which names the gateway. A
// proxy is asked with CONNECT, or with no HTTP at all.
func (e *entrance) enter(written []byte) {
	request, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(written)))
	if err != nil || request.Method != http.MethodGet {
		return
	}
	e.inside = true
	if e.encryption != nil {
		config := e.encryption.Clone()
		config.ServerName = (&url.URL{Host: request.Host}).Hostname()
		e.Conn = tls.Client(e.Conn, config)
	}
	e.Conn = guard(e.Conn)
}
