package discordtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"
)

// request is one request to the REST interface while the server is locked.
type request struct {
	*Server
	r      *http.Request
	body   []byte // JSON
	files  []File
	answer any // nil for none
}

// Call is a request that arrived, accepted or not.
type Call struct {
	Method string
	Path   string
	Body   json.RawMessage
	Code   int // of the refusal; 0 where it was accepted
	Status int
}

func cut(pattern string) (method, path string, ok bool) { return strings.Cut(pattern, " ") }

// serve answers one request under the lock: what arrives is in one order.
func (s *Server) serve(w http.ResponseWriter, r *http.Request, do func(*request) error) {
	q := &request{Server: s, r: r}
	err := q.read()
	var sights []Sight
	s.mu.Lock()
	if err == nil {
		err = s.faulted(r)
	}
	if err == nil && !strings.Contains(r.URL.Path, "/interactions/") && !strings.Contains(r.URL.Path, "/webhooks/") && r.Header.Get("Authorization") != "Bot "+Token {
		err = refuse(http.StatusUnauthorized, 0, "401: Unauthorized")
	}
	if err == nil {
		err = do(q)
	}
	call := Call{Method: r.Method, Path: r.URL.RequestURI(), Body: q.body, Status: http.StatusOK}
	var refusal *Refusal
	if errors.As(err, &refusal) {
		call.Code, call.Status = refusal.Code, refusal.Status
	}
	s.calls = append(s.calls, call)
	s.log.add(call)
	sights, s.gateway.sights = s.gateway.sights, nil
	watch := s.watch
	s.mu.Unlock()
	if watch != nil {
		for _, sight := range sights {
			watch(sight)
		}
	}
	reply(w, q.answer, refusal)
	s.changed()
}

func reply(w http.ResponseWriter, answer any, refusal *Refusal) {
	w.Header().Set("Content-Type", "application/json")
	switch {
	case refusal != nil && refusal.Odd != nil:
		for name, value := range refusal.Odd.Header {
			w.Header().Set(name, value)
		}
		w.WriteHeader(refusal.Status)
		_, _ = io.WriteString(w, refusal.Odd.Body)
	case refusal != nil && refusal.Status == http.StatusTooManyRequests:
		wait := strconv.FormatFloat(refusal.Retry.Seconds(), 'f', -1, 64)
		w.Header().Set("Retry-After", wait)
		w.Header().Set("X-RateLimit-Reset-After", wait)
		w.Header().Set("X-RateLimit-Remaining", "0")
		if refusal.Global {
			w.Header().Set("X-RateLimit-Global", "true")
		}
		w.WriteHeader(refusal.Status)
		_ = json.NewEncoder(w).Encode(map[string]any{"message": "You are being rate limited.", "retry_after": refusal.Retry.Seconds(), "global": refusal.Global})
	case refusal != nil:
		w.WriteHeader(refusal.Status)
		_ = json.NewEncoder(w).Encode(map[string]any{"message": refusal.Text, "code": refusal.Code})
	case answer == nil:
		w.WriteHeader(http.StatusNoContent)
	default:
		_ = json.NewEncoder(w).Encode(answer)
	}
}

// read takes the JSON out of the body, which files may stand beside.
func (q *request) read() error {
	data, err := io.ReadAll(q.r.Body)
	if err != nil {
		return refuse(http.StatusBadRequest, 0, "unreadable")
	}
	media, params, _ := mime.ParseMediaType(q.r.Header.Get("Content-Type"))
	if media != "multipart/form-data" {
		q.body = data
		return nil
	}
	parts := multipart.NewReader(bytes.NewReader(data), params["boundary"])
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return refuse(http.StatusBadRequest, 50109, "invalid multipart")
		}
		content, err := io.ReadAll(part)
		switch {
		case err != nil:
			return refuse(http.StatusBadRequest, 50109, "invalid multipart")
		case part.FormName() == "payload_json":
			q.body = content
		default:
			q.files = append(q.files, File{Name: part.FileName(), Type: part.Header.Get("Content-Type"), Data: content})
		}
	}
}

func (q *request) decode(into any) error {
	if err := json.Unmarshal(q.body, into); err != nil {
		return refuse(http.StatusBadRequest, 50109, "The request body contains invalid JSON.")
	}
	return nil
}

// Calls are the requests so far whose path contains a text.
func (s *Server) Calls(path string) []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Call
	for _, c := range s.calls {
		if strings.Contains(c.Path, path) {
			out = append(out, c)
		}
	}
	return out
}
