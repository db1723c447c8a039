package discordtest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// wireLog appends every accepted call to discord.ndjson in the folder that
// INTERLAB_WIRE_LOG names: for checks against Discord's own description.
type wireLog struct {
	mu   sync.Mutex
	file *os.File
}

func openLog(tb testing.TB) *wireLog {
	tb.Helper()
	folder := os.Getenv("INTERLAB_WIRE_LOG")
	if folder == "" {
		return &wireLog{}
	}
	file, err := os.OpenFile(filepath.Join(folder, "discord.ndjson"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		tb.Fatalf("discordtest: open the call log: %v", err)
	}
	tb.Cleanup(func() { _ = file.Close() })
	return &wireLog{file: file}
}

func (l *wireLog) add(c Call) {
	if l.file == nil || c.Status >= 400 {
		return
	}
	var body any
	if len(c.Body) > 0 {
		body = c.Body
	}
	text, err := json.Marshal(map[string]any{"method": c.Method, "path": c.Path, "body": body})
	if err != nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	_, _ = l.file.Write(append(text, '\n')) // one write: tests of one run share the file
}
