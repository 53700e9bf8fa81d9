package main

import (
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
)

func TestFilesHaveTheirTypesAndTheStrictHeaders(t *testing.T) {
	dir := t.TempDir()
	want := map[string]string{
		"index.html": "text/html; charset=utf-8",
		"tim.wasm":   "application/wasm",
		"tim.js":     "text/javascript; charset=utf-8",
		"a.mjs":      "text/javascript; charset=utf-8",
		"a.json":     "application/json; charset=utf-8",
		"tim.d.ts":   "text/plain; charset=utf-8",
	}
	for name := range want {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want[""] = want["index.html"]
	delete(want, "index.html") // redirects to /
	for name, contentType := range want {
		w := httptest.NewRecorder()
		handler(dir).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/"+name, nil))
		if w.Code != http.StatusOK || w.Body.String() != "x" {
			t.Errorf("/%s: got %d %q, want 200 \"x\"", name, w.Code, w.Body)
		}
		for header, value := range map[string]string{
			"Content-Type":            contentType,
			"Cache-Control":           "no-cache",
			"Content-Security-Policy": policy,
		} {
			if got := w.Header().Get(header); got != value {
				t.Errorf("/%s: got %s %q, want %q", name, header, got, value)
			}
		}
	}
}

func TestOtherRequestsAreRefused(t *testing.T) {
	for _, c := range []struct {
		method, path string
		want         int
	}{
		{http.MethodPost, "/", http.StatusMethodNotAllowed},
		{http.MethodGet, "/missing.js", http.StatusNotFound},
		{http.MethodGet, "/../main.go", http.StatusNotFound},
	} {
		w := httptest.NewRecorder()
		handler(t.TempDir()).ServeHTTP(w, httptest.NewRequest(c.method, c.path, nil))
		if w.Code != c.want {
			t.Errorf("%s %s: got %d, want %d", c.method, c.path, w.Code, c.want)
		}
	}
}

func TestATakenPortFallsBackToAFreeOne(t *testing.T) {
	first, err := listen("0")
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	_, port, _ := net.SplitHostPort(first.Addr().String())
	second, err := listen(port)
	if err != nil {
		t.Fatalf("got %v, want another port", err)
	}
	defer second.Close()
	if first.Addr().String() == second.Addr().String() {
		t.Errorf("got %s twice", first.Addr())
	}
}
