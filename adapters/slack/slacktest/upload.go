package slacktest

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
)

func uploadURL(s *Server, _ *team, a arguments) (map[string]any, error) {
	size, err := strconv.Atoi(a.text("length"))
	if err != nil || size < 1 || a.text("filename") == "" {
		return nil, refuse("invalid_arguments")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	f := &File{ID: s.id("F"), Name: a.text("filename"), Alt: a.text("alt_txt"), Size: size}
	s.uploads[f.ID] = f
	return map[string]any{"upload_url": s.http.URL + "/upload/" + f.ID, "file_id": f.ID}, nil
}

func (s *Server) serveUpload(w http.ResponseWriter, r *http.Request) {
	if scripted, ok := s.scriptedAnswer("upload"); ok {
		scripted.write(w, r)
		return
	}
	s.mu.Lock()
	f := s.uploads[tail(r.URL.Path)]
	s.mu.Unlock()
	part, _, err := r.FormFile("file")
	if f == nil || err != nil {
		http.Error(w, "no such upload", http.StatusBadRequest)
		return
	}
	data, err := io.ReadAll(part)
	if err != nil || len(data) != f.Size {
		http.Error(w, "other length than announced", http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	f.Data = data
	s.mu.Unlock()
	_, _ = w.Write([]byte("OK - " + strconv.Itoa(len(data))))
}

func completeUpload(s *Server, t *team, a arguments) (map[string]any, error) {
	var wanted []struct{ ID string }
	_ = json.Unmarshal(a.raw("files"), &wanted)
	sight := Sight{What: Shared, Team: t.id, Channel: a.text("channel_id"), Thread: a.text("thread_ts")}
	sight.Blocks = a.raw("blocks")
	if err := checkBlocks(sight.Blocks, messageBlocks); err != nil {
		return nil, err
	}
	s.mu.Lock()
	_, err := s.reach(t, sight.Channel)
	for _, file := range wanted {
		f := s.uploads[file.ID]
		if err == nil && (f == nil || f.Data == nil) {
			err = refuse("file_not_found")
		}
		if err == nil {
			sight.Files = append(sight.Files, *f)
		}
	}
	if err == nil {
		t.files = append(t.files, sight.Files...)
	}
	if strings.HasPrefix(sight.Channel, "D") {
		sight.User = t.channels[sight.Channel].people[0]
	}
	s.mu.Unlock()
	if err != nil {
		return nil, err
	}
	s.tell(sight)
	return map[string]any{"files": []any{}}, nil
}
