package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// policy allows what timconv needs and nothing else: compiling WebAssembly,
// no inline script, no eval. Avatars may come from anywhere.
const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; " +
	"style-src 'self'; img-src 'self' data: https:; " +
	"object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// types are given explicitly: what the system says of these endings varies, and
// WebAssembly compiles while it streams only as application/wasm.
var types = map[string]string{
	".html": "text/html; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".mjs":  "text/javascript; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".json": "application/json; charset=utf-8",
	".ts":   "text/plain; charset=utf-8",
	".wasm": "application/wasm",
	".svg":  "image/svg+xml",
}

// loader is the file that names others, and these are addressed by their hash
// in what is served of it.
const loader = "/tim.js"

var named = []string{"tim.wasm", "wasm_exec.js", "list.js"}

// What a browser may keep: an address with the hash of what is there is never
// asked for again; any other is asked for every time, by its ETag.
const (
	keepForEver = "public, max-age=31536000, immutable"
	askEachTime = "no-cache"
)

func handler(dir string) http.Handler {
	s := &site{root: http.Dir(dir), hashes: map[string]hashed{}}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		h := w.Header()
		h.Set("Cache-Control", askEachTime)
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		err := s.serve(w, r)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			http.Error(w, "not found", http.StatusNotFound)
		case err != nil:
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
}

// serve answers with a file, in the best encoding there is of it. An error has
// written nothing.
func (s *site) serve(w http.ResponseWriter, r *http.Request) error {
	name := path.Clean("/" + r.URL.Path)
	if strings.HasSuffix(r.URL.Path, "/") {
		name = path.Join(name, "index.html")
	}
	if name == loader {
		return s.serveLoader(w, r)
	}
	file, info, err := s.open(name)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	hash, err := s.hash(name)
	if err != nil {
		return err
	}
	encoded, encoding, varies := s.encoded(name, info, r.Header.Values("Accept-Encoding"))
	if varies {
		w.Header().Set("Vary", "Accept-Encoding")
	}
	if encoding == "" {
		answer(w, r, name, hash, "", info.Size(), file)
		return nil
	}
	defer func() { _ = encoded.Close() }()
	size, err := encoded.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Encoding", encoding)
	answer(w, r, name, hash, "-"+encoding, size, encoded)
	return nil
}

// serveLoader answers with the loader, in which "./file" has become
// "./file?h=hash".
func (s *site) serveLoader(w http.ResponseWriter, r *http.Request) error {
	file, _, err := s.open(loader)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	text, err := io.ReadAll(file)
	if err != nil {
		return err
	}
	for _, name := range named {
		hash, err := s.hash("/" + name)
		if errors.Is(err, fs.ErrNotExist) {
			continue // the loader will say so
		}
		if err != nil {
			return err
		}
		text = bytes.ReplaceAll(text, []byte(`"./`+name+`"`), []byte(`"./`+name+"?h="+hash+`"`))
	}
	answer(w, r, loader, hashOf(text), "", int64(len(text)), bytes.NewReader(text))
	return nil
}

// answer sends content, or of it what was asked for. Each encoding of it has an
// ETag of its own, as their bytes differ.
func answer(w http.ResponseWriter, r *http.Request, name, hash, suffix string, size int64, content io.ReadSeeker) {
	h := w.Header()
	if t := types[strings.ToLower(path.Ext(name))]; t != "" {
		h.Set("Content-Type", t)
	}
	h.Set("ETag", fmt.Sprintf("%q", hash+suffix))
	if r.URL.Query().Get("h") == hash {
		h.Set("Cache-Control", keepForEver)
	}
	http.ServeContent(sized{w, size}, r, name, noTime, content)
}

// sized gives the length of a whole answer, which ServeContent leaves out where
// there is a Content-Encoding.
type sized struct {
	http.ResponseWriter
	size int64
}

func (w sized) WriteHeader(status int) {
	if status == http.StatusOK {
		w.Header().Set("Content-Length", strconv.FormatInt(w.size, 10))
	}
	w.ResponseWriter.WriteHeader(status)
}
