package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// entity is what is sent: bytes of a kind, with a strong validator over them. A
// cache that has the same bytes is told so and gets none.
type entity struct {
	kind   string
	body   []byte
	zipped []byte // nil where that is no shorter
	tag    string // the hash, without quotes
}

// tooShort is what is not worth compressing: it fits into a packet.
const tooShort = 1200

func newEntity(kind string, body []byte) entity {
	sum := sha256.Sum256(body)
	e := entity{kind: kind, body: body, tag: hex.EncodeToString(sum[:16])}
	if len(body) > tooShort && !strings.HasPrefix(kind, "image/png") {
		e.zipped = zip(body)
	}
	return e
}

// zippers are writers to be used again: a new one takes a megabyte.
//
//nolint:gochecknoglobals // a pool
var zippers = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

func zip(body []byte) []byte {
	var out bytes.Buffer
	w, _ := zippers.Get().(*gzip.Writer) // there is nothing else in it
	defer zippers.Put(w)
	w.Reset(&out)
	_, _ = w.Write(body) // a buffer takes everything
	_ = w.Close()
	if out.Len() >= len(body) {
		return nil
	}
	return out.Bytes()
}

// serve answers with the entity, or says that the asker has it already (RFC 9110,
// section 13.1.2). The compressed bytes are another representation, with a
// validator of its own.
func (e entity) serve(w http.ResponseWriter, r *http.Request, keep string) {
	h := w.Header()
	h.Set("Cache-Control", keep)
	h.Add("Vary", "Accept-Encoding")
	body, tag := e.body, `"`+e.tag+`"`
	zipped := e.zipped != nil && takesGzip(r.Header.Get("Accept-Encoding"))
	if zipped {
		body, tag = e.zipped, `"`+e.tag+`-gz"`
	}
	h.Set("ETag", tag)
	if e.matches(r.Header.Values("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if zipped {
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Type", e.kind)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // who has gone does not hear of it
	}
}

// matches compares weakly, as GET and HEAD do.
func (e entity) matches(asked []string, tag string) bool {
	for one := range strings.SplitSeq(strings.Join(asked, ","), ",") {
		one = strings.TrimPrefix(strings.TrimSpace(one), "W/")
		if one == "*" || one == tag {
			return true
		}
	}
	return false
}

// takesGzip reads Accept-Encoding: gzip counts where it is named, or everything
// is, and not with q=0.
func takesGzip(accepts string) bool {
	for one := range strings.SplitSeq(accepts, ",") {
		name, weight, _ := strings.Cut(strings.ToLower(strings.TrimSpace(one)), ";")
		name = strings.TrimSpace(name)
		if name != "gzip" && name != "*" {
			continue
		}
		q, weighed := strings.CutPrefix(strings.ReplaceAll(weight, " ", ""), "q=")
		value, err := strconv.ParseFloat(q, 64)
		return !weighed || err == nil && value > 0
	}
	return false
}

// shelf keeps entities that are costly to make, while what they are made of
// stays as it is. It holds so many bytes at most.
type shelf struct {
	most int

	mu    sync.Mutex
	bytes int
	kept  map[string]onShelf
}

type onShelf struct {
	of     string
	entity entity
}

func newShelf(most int) *shelf { return &shelf{most: most, kept: map[string]onShelf{}} }

// get is the entity under a key that was made of the same, or a new one. Two who
// ask at once may both make it.
func (s *shelf) get(key, of string, fresh func() (entity, error)) (entity, error) {
	s.mu.Lock()
	found, ok := s.kept[key]
	s.mu.Unlock()
	if ok && found.of == of {
		return found.entity, nil
	}
	e, err := fresh()
	if err != nil {
		return e, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if old, ok := s.kept[key]; ok {
		s.bytes -= old.entity.size()
		delete(s.kept, key)
	}
	if s.bytes+e.size() > s.most || len(s.kept) >= shelfPlaces {
		clear(s.kept)
		s.bytes = 0
	}
	if e.size() <= s.most {
		s.kept[key], s.bytes = onShelf{of, e}, s.bytes+e.size()
	}
	return e, nil
}

// shelfPlaces bounds what a shelf holds by number: keys take room as well.
const shelfPlaces = 4096

func (e entity) size() int { return len(e.body) + len(e.zipped) }
