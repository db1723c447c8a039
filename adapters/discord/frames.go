package discord

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"encoding/binary"
	"net"
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

// dialTLS is dial with the encryption that the gateway has, so that its frames
// can be guarded.
func (s *session) dialTLS(ctx context.Context, network, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err //nolint:wrapcheck // the library wraps it
	}
	conn, err := s.dialRaw(ctx, network, address)
	if err != nil {
		return nil, err
	}
	config := s.library.Dialer.TLSClientConfig.Clone()
	config.ServerName = host
	secured := tls.Client(conn, config)
	if err := secured.HandshakeContext(ctx); err != nil {
		_ = conn.Close()
		return nil, err //nolint:wrapcheck // as above
	}
	return guard(secured), nil
}
