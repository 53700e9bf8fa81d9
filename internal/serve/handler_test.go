package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// served is a directory with files of that content and of one age, served.
func served(t *testing.T, files map[string]string) (dir string, h http.Handler) {
	t.Helper()
	dir = t.TempDir()
	now := time.Now()
	for name, content := range files {
		write(t, filepath.Join(dir, name), content)
		if err := os.Chtimes(filepath.Join(dir, name), now, now); err != nil {
			t.Fatal(err)
		}
	}
	return dir, handler(dir)
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// ask sends a request with headers, each as "Name: value". What net/http would
// refuse to send, as a length that is not the body's, fails the test.
func ask(t *testing.T, h http.Handler, method, address string, headers ...string) *http.Response {
	t.Helper()
	server := httptest.NewServer(h)
	defer server.Close()
	r, err := http.NewRequest(method, server.URL+address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		r.Header.Set(name, value)
	}
	response, err := (&http.Transport{DisableCompression: true}).RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	response.Body.Close()
	if err != nil {
		t.Fatalf("%s %s %v: %v", method, address, headers, err)
	}
	response.Body = io.NopCloser(strings.NewReader(string(body)))
	return response
}

func bodyOf(r *http.Response) string {
	body, _ := io.ReadAll(r.Body)
	return string(body)
}

func TestFilesHaveTheirTypesAndTheStrictHeaders(t *testing.T) {
	want := map[string]string{
		"index.html":     "text/html; charset=utf-8",
		"tim.wasm":       "application/wasm",
		"tim.js":         "text/javascript; charset=utf-8",
		"a.mjs":          "text/javascript; charset=utf-8",
		"a.json":         "application/json; charset=utf-8",
		"tim.d.ts":       "text/plain; charset=utf-8",
		"space name.css": "text/css; charset=utf-8",
	}
	files := map[string]string{}
	for name := range want {
		files[name] = "x"
	}
	_, h := served(t, files)
	want[""] = want["index.html"]
	for name, contentType := range want {
		r := ask(t, h, http.MethodGet, "/"+strings.ReplaceAll(name, " ", "%20"))
		if body := bodyOf(r); r.StatusCode != http.StatusOK || body != "x" {
			t.Errorf("/%s: got %d %q, want 200 \"x\"", name, r.StatusCode, body)
		}
		for header, value := range map[string]string{
			"Content-Type":            contentType,
			"Cache-Control":           askEachTime,
			"Content-Security-Policy": policy,
			"X-Content-Type-Options":  "nosniff",
			"Content-Encoding":        "",
			"Vary":                    "",
		} {
			if got := r.Header.Get(header); got != value {
				t.Errorf("/%s: got %s %q, want %q", name, header, got, value)
			}
		}
	}
}

func TestThePolicyIsStrict(t *testing.T) {
	_, h := served(t, map[string]string{"index.html": "x"})
	for _, path := range []string{"/", "/missing"} {
		header := ask(t, h, http.MethodGet, path).Header
		directives := map[string]string{}
		for directive := range strings.SplitSeq(header.Get("Content-Security-Policy"), "; ") {
			name, sources, _ := strings.Cut(directive, " ")
			directives[name] = sources
		}
		for name, want := range map[string]string{
			"default-src": "'self'", "script-src": "'self' 'wasm-unsafe-eval'", "style-src": "'self'",
			"object-src": "'none'", "base-uri": "'none'", "form-action": "'none'", "frame-ancestors": "'none'",
		} {
			if got := directives[name]; got != want {
				t.Errorf("%s: got %s %q, want %q", path, name, got, want)
			}
		}
		for _, name := range []string{"Cross-Origin-Opener-Policy", "Cross-Origin-Embedder-Policy"} {
			if got := header.Get(name); got != "" {
				t.Errorf("%s: got %s %q, want none", path, name, got)
			}
		}
	}
}

func TestOtherRequestsAreRefused(t *testing.T) {
	dir, h := served(t, map[string]string{"index.html": "x"})
	if err := os.Mkdir(filepath.Join(dir, "empty"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		method, path string
		want         int
	}{
		{http.MethodPost, "/", http.StatusMethodNotAllowed},
		{http.MethodGet, "/missing.js", http.StatusNotFound},
		{http.MethodGet, "/empty", http.StatusNotFound},
		{http.MethodGet, "/empty/", http.StatusNotFound},
		{http.MethodGet, "/index.html/", http.StatusNotFound},
		{http.MethodGet, "/../main.go", http.StatusNotFound},
		{http.MethodGet, "/%2e%2e/main.go", http.StatusNotFound},
	} {
		if got := ask(t, h, c.method, c.path).StatusCode; got != c.want {
			t.Errorf("%s %s: got %d, want %d", c.method, c.path, got, c.want)
		}
	}
}

// compressed is a module and its encodings, of contents that can be told apart.
var compressed = map[string]string{
	"tim.wasm": "the module as it is", "tim.wasm.br": "in brotli", "tim.wasm.gz": "in gzip", "plain.wasm": "alone",
}

func TestAnEncodingIsChosenByAcceptEncoding(t *testing.T) {
	_, h := served(t, compressed)
	tags := map[string]string{}
	for accept, want := range map[string]string{
		"gzip, deflate, br, zstd":         "br",
		"BR":                              "br",
		"gzip":                            "gzip",
		"gzip;q=1.0, br;q=0.5":            "gzip",
		"gzip, br;q=0":                    "gzip",
		"br;q=0, gzip;q=0":                "",
		"br ; Q=0.001":                    "br",
		"*":                               "br",
		"*;q=0.5, br;q=0":                 "gzip",
		"*;q=0":                           "",
		"identity":                        "",
		"identity;q=0.5, gzip;q=0.4":      "",
		"identity;q=0, gzip;q=0.001":      "gzip",
		"br;q=2, gzip;q=-1, br;q=x, ;;,,": "",
		"deflate":                         "",
		"":                                "",
	} {
		r := ask(t, h, http.MethodGet, "/tim.wasm", "Accept-Encoding: "+accept)
		body, got := bodyOf(r), r.Header.Get("Content-Encoding")
		file := map[string]string{"": "tim.wasm", "br": "tim.wasm.br", "gzip": "tim.wasm.gz"}[want]
		if got != want || body != compressed[file] || r.StatusCode != http.StatusOK {
			t.Errorf("%q: got %d, encoding %q, %q, want %q", accept, r.StatusCode, got, body, want)
		}
		if length := r.Header.Get("Content-Length"); length != strconv.Itoa(len(body)) {
			t.Errorf("%q: got a length of %q for %d bytes", accept, length, len(body))
		}
		if r.Header.Get("Vary") != "Accept-Encoding" || r.Header.Get("Content-Type") != "application/wasm" {
			t.Errorf("%q: got Vary %q, Content-Type %q", accept, r.Header.Get("Vary"), r.Header.Get("Content-Type"))
		}
		tags[r.Header.Get("ETag")] = want
	}
	if len(tags) != 3 {
		t.Errorf("got ETags %v, want one for each encoding", tags)
	}
	if got := ask(t, h, http.MethodGet, "/plain.wasm", "Accept-Encoding: br").Header.Get("Vary"); got != "" {
		t.Errorf("got Vary %q for a file without encodings", got)
	}
}

func TestAnEncodingOlderThanItsFileIsLeft(t *testing.T) {
	dir, h := served(t, compressed)
	past := time.Now().Add(-time.Hour)
	if err := os.Chtimes(filepath.Join(dir, "tim.wasm.br"), past, past); err != nil {
		t.Fatal(err)
	}
	if got := ask(t, h, http.MethodGet, "/tim.wasm", "Accept-Encoding: br, gzip").Header.Get("Content-Encoding"); got != "gzip" {
		t.Errorf("got %q, want gzip", got)
	}
}

func TestHeadRangeAndConditionalRequests(t *testing.T) {
	_, h := served(t, compressed)
	tag := ask(t, h, http.MethodGet, "/tim.wasm", "Accept-Encoding: br").Header.Get("ETag")
	for _, c := range []struct {
		name    string
		method  string
		headers []string
		status  int
		body    string
		length  string
	}{
		{"head", http.MethodHead, nil, 200, "", "9"},
		{"range", http.MethodGet, []string{"Range: bytes=3-4"}, 206, "br", "2"},
		{"range behind the end", http.MethodGet, []string{"Range: bytes=100-"}, 416, "invalid range: failed to overlap\n", "33"},
		{"range of this state", http.MethodGet, []string{"Range: bytes=3-4", "If-Range: " + tag}, 206, "br", "2"},
		{"range of another state", http.MethodGet, []string{"Range: bytes=3-4", `If-Range: "x"`}, 200, "in brotli", "9"},
		{"known", http.MethodGet, []string{"If-None-Match: " + tag}, 304, "", ""},
		{"known, head", http.MethodHead, []string{`If-None-Match: "x", ` + tag}, 304, "", ""},
		{"another known", http.MethodGet, []string{`If-None-Match: "x"`}, 200, "in brotli", "9"},
		{"wanted", http.MethodGet, []string{"If-Match: " + tag}, 200, "in brotli", "9"},
		{"another wanted", http.MethodGet, []string{`If-Match: "x"`}, 412, "", "0"},
	} {
		r := ask(t, h, c.method, "/tim.wasm", append(c.headers, "Accept-Encoding: br")...)
		if body := bodyOf(r); r.StatusCode != c.status || body != c.body || r.Header.Get("Content-Length") != c.length {
			t.Errorf("%s: got %d %q, length %q, want %d %q, %q", c.name, r.StatusCode, body, r.Header.Get("Content-Length"), c.status, c.body, c.length)
		}
		if r.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: got Vary %q", c.name, r.Header.Get("Vary"))
		}
	}
	if r := ask(t, h, http.MethodGet, "/tim.wasm", "Accept-Encoding: gzip", "If-None-Match: "+tag); r.StatusCode != 200 {
		t.Errorf("got %d for gzip with the ETag of brotli, want 200", r.StatusCode)
	}
}

func TestTheLoaderNamesItsFilesByTheirHash(t *testing.T) {
	const text = `load("./wasm_exec.js"); load("./tim.wasm"); load("./other.js"); // not tim.wasm`
	dir, h := served(t, map[string]string{"tim.js": text, "tim.wasm": "module", "wasm_exec.js": "script"})
	loader := ask(t, h, http.MethodGet, "/tim.js")
	module, script := "/tim.wasm?h="+hashOf([]byte("module")), "/wasm_exec.js?h="+hashOf([]byte("script"))
	want := `load(".` + script + `"); load(".` + module + `"); load("./other.js"); // not tim.wasm`
	if got := bodyOf(loader); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	for address, want := range map[string]string{
		module: keepForEver, script: keepForEver, "/tim.js": askEachTime, "/tim.wasm": askEachTime, "/tim.wasm?h=0123456789abcdef": askEachTime,
	} {
		if r := ask(t, h, http.MethodGet, address); r.Header.Get("Cache-Control") != want || r.StatusCode != http.StatusOK {
			t.Errorf("%s: got %d, %q, want %q", address, r.StatusCode, r.Header.Get("Cache-Control"), want)
		}
	}

	write(t, filepath.Join(dir, "tim.wasm"), "another module")
	r := ask(t, h, http.MethodGet, "/tim.js", "If-None-Match: "+loader.Header.Get("ETag"))
	if body := bodyOf(r); r.StatusCode != http.StatusOK || !strings.Contains(body, hashOf([]byte("another module"))) {
		t.Errorf("got %d %s, want the hash of the other module", r.StatusCode, body)
	}
	if got := ask(t, h, http.MethodGet, module).Header.Get("Cache-Control"); got != askEachTime {
		t.Errorf("got %q for a hash that is no longer there, want %q", got, askEachTime)
	}
}

// The names that are replaced are those in web/tim.js.
func TestTheLoaderThatIsServedHasHashes(t *testing.T) {
	text, err := os.ReadFile("../../web/tim.js")
	if err != nil {
		t.Fatal(err)
	}
	_, h := served(t, map[string]string{"tim.js": string(text), "tim.wasm": "module", "wasm_exec.js": "script", "list.js": "list"})
	got := bodyOf(ask(t, h, http.MethodGet, "/tim.js"))
	for _, name := range named {
		if !strings.Contains(got, `"./`+name+"?h=") {
			t.Errorf("%s has no hash in tim.js", name)
		}
	}
}
