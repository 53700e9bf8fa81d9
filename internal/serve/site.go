package main

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"net/http"
	"sync"
	"time"
)

// A site is a directory that is served, with the hashes of its files.
type site struct {
	root http.FileSystem

	mu     sync.Mutex
	hashes map[string]hashed // by name
}

// hashed is the hash of a file as it was at that time.
type hashed struct {
	modified time.Time
	size     int64
	hash     string
}

// noTime leaves Last-Modified out: it counts in seconds, in which a file may
// change twice.
var noTime time.Time

// open opens a file; a directory does not exist.
func (s *site) open(name string) (http.File, fs.FileInfo, error) {
	file, err := s.root.Open(name)
	if err != nil {
		return nil, nil, err
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrNotExist
	}
	if err != nil {
		_ = file.Close()
		return nil, nil, err
	}
	return file, info, nil
}

// hash returns the hash of what is in a file now.
func (s *site) hash(name string) (string, error) {
	file, info, err := s.open(name)
	if err != nil {
		return "", err
	}
	defer func() { _ = file.Close() }()
	s.mu.Lock()
	defer s.mu.Unlock()
	if h := s.hashes[name]; h.size == info.Size() && h.modified.Equal(info.ModTime()) && h.hash != "" {
		return h.hash, nil
	}
	content, err := io.ReadAll(file)
	if err != nil {
		return "", err
	}
	h := hashed{info.ModTime(), info.Size(), hashOf(content)}
	s.hashes[name] = h
	return h.hash, nil
}

// hashOf returns 16 hexadecimal digits.
func hashOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:8])
}

// encodings are those that a file may have beside it, the smallest first, by
// the ending of its name.
var encodings = []struct{ name, ending string }{{"br", ".br"}, {"gzip", ".gz"}}

// encoded opens the file's encoding that a request prefers, or says "" where
// that is the file itself. It varies where there is any encoding of it. One
// that is older than the file is of another one.
func (s *site) encoded(name string, info fs.FileInfo, accept []string) (file http.File, encoding string, varies bool) {
	accepted := acceptOf(accept)
	best := accepted.quality("identity")
	for _, e := range encodings {
		f, compressed, err := s.open(name + e.ending)
		if err != nil {
			continue
		}
		if compressed.ModTime().Before(info.ModTime()) {
			_ = f.Close()
			continue
		}
		varies = true
		if q := accepted.quality(e.name); q > 0 && (q > best || q == best && encoding == "") {
			if file != nil {
				_ = file.Close()
			}
			file, encoding, best = f, e.name, q
			continue
		}
		_ = f.Close()
	}
	return file, encoding, varies
}
