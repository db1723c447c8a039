package slacktest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// wireLog appends every outgoing call to slack.ndjson in the folder that
// INTERLAB_WIRE_LOG names, as {"method","args"} without tokens; to nothing
// where it is not set.
type wireLog struct {
	mu   sync.Mutex
	file *os.File
}

func openWireLog(t testing.TB) *wireLog {
	t.Helper()
	dir := os.Getenv("INTERLAB_WIRE_LOG")
	if dir == "" {
		return &wireLog{}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	file, err := os.OpenFile(filepath.Join(dir, "slack.ndjson"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	return &wireLog{file: file}
}

// write appends one call, in one write: several test processes may share the file.
func (l *wireLog) write(method string, args arguments) {
	if l.file == nil {
		return
	}
	line, err := json.Marshal(struct {
		Method string    `json:"method"`
		Args   arguments `json:"args"`
	}{method, args})
	if err != nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	_, _ = l.file.Write(append(line, '\n'))
}
