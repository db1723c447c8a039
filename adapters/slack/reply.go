package slack

import (
	"io"
	"net/http"
)

// maxReply bounds what is read of an answer: Slack's are far smaller, and a
// proxy's may have no end.
const maxReply = 8 << 20

// bounded reads no answer further than maxReply.
type bounded struct{ *http.Transport }

// RoundTrip sends one request.
func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := b.Transport.RoundTrip(r)
	if err != nil {
		return nil, err //nolint:wrapcheck // the client wraps it
	}
	response.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(response.Body, maxReply), response.Body}
	return response, nil
}
