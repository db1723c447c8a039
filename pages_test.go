package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

// free is an address that nobody listens at.
func free(t *testing.T) string {
	t.Helper()
	var config net.ListenConfig
	l, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func TestASampleNetworkCanBeLookedAtInABrowser(t *testing.T) {
	t.Parallel()
	at := free(t)
	typed, typing := io.Pipe()
	var out pane
	done := make(chan int, 1)
	go func() {
		done <- run(t.Context(), []string{"console", "--sample", "--web", at}, typed, &out, &out, func(name string) string { return map[string]string{"HOME": "/nowhere"}[name] })
		_ = typed.Close()
	}()
	await(t, "the pages", func() bool { return strings.Contains(reading("http://"+at+"/"), "What sparse codes say") })
	for path, want := range map[string]string{"/residencies": "Two months with our acoustics group", "/archive": "Forgetting one patient", "/feed.ics": "BEGIN:VEVENT"} {
		if status, body := ask(t, "http://"+at+path); status != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("GET %s = %d, want %q in it:\n%s", path, status, want, body)
		}
	}
	if _, err := io.WriteString(typing, "quit\n"); err != nil {
		t.Fatal(err)
	}
	if code := <-done; code != 0 || !strings.Contains(out.String(), "What everybody can read is at http://"+at+"/") {
		t.Errorf("console --web = exit %d:\n%s", code, out.String())
	}
}

// reading is a page, or nothing while nobody listens.
func reading(url string) string {
	response, err := http.Get(url)
	if err != nil {
		return ""
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	return string(body)
}

// With nothing but public pages in the settings there is a site to read, over
// what is kept.
func TestServeWithPagesAloneIsASiteToRead(t *testing.T) {
	t.Parallel()
	needRedis(t)
	data, at := t.TempDir(), free(t)
	if out, errs, code := program(t, "quit\n", "console", "--sample", "--data", data); code != 0 {
		t.Fatalf("console --sample --data = exit %d: %s%s", code, out, errs)
	}
	file := settingsOf(t, "redis: {data: "+data+"}\nweb: {listen: \""+at+"\", address: \"http://"+at+"\"}\nlog: {format: json}\n")
	ctx, stop := context.WithCancel(t.Context())
	var errs bytes.Buffer
	done := make(chan int, 1)
	go func() {
		done <- run(ctx, []string{"-c", file, "serve"}, nil, io.Discard, &errs, func(string) string { return "" })
	}()
	await(t, "the pages", func() bool { return strings.Contains(reading("http://"+at+"/"), "What sparse codes say") })
	for _, path := range []string{"/livez", "/readyz", "/metrics"} {
		if status, _ := ask(t, "http://"+at+path); status != http.StatusNotFound {
			t.Errorf("the public pages have %s: %d", path, status)
		}
	}
	stop()
	if code := <-done; code != 0 || strings.Contains(errs.String(), "127.0.0.1:") && !strings.Contains(errs.String(), `"message":"public listener open"`) {
		t.Errorf("serve = exit %d: %s", code, errs.String())
	}
}
