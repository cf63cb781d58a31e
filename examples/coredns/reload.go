package privatelink

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/privatelink-go/privatelink/route/describe"
	"github.com/privatelink-go/privatelink/zone"
)

// source is where the World comes from.
type source struct {
	dir      string
	fallback zone.Point    // the zero Point is none
	interval time.Duration // 0: the directory is read once

	loaded, seen fingerprint // of what is served, and of the last look
}

// fingerprint tells whether a directory changed, by the paths, sizes and times
// of its files and by where a link leads.
type fingerprint [sha256.Size]byte

func (s *source) fingerprint() (fp fingerprint, err error) {
	dir, err := filepath.EvalSymlinks(s.dir)
	if err != nil {
		return fp, err
	}
	h := sha256.New()
	fmt.Fprintf(h, "%q\n", dir)
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		fmt.Fprintf(h, "%q %d %d\n", path, info.Size(), info.ModTime().UnixNano())
		return nil
	})
	h.Sum(fp[:0])
	return fp, err
}

// load reads the directory and prepares its views. A link is followed once: one
// that is pointed elsewhere meanwhile cannot mix two directories.
func (s *source) load() (*views, error) {
	dir, err := filepath.EvalSymlinks(s.dir)
	if err != nil {
		return nil, err
	}
	w, err := describe.Load(os.DirFS(dir))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.dir, err)
	}
	v, err := newViews(w, s.fallback)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.dir, err)
	}
	return v, nil
}

// first loads the directory for the first time.
func (p *Plugin) first(s *source) error {
	fp, err := s.fingerprint()
	if err != nil {
		return err
	}
	v, err := s.load()
	if err != nil {
		return err
	}
	s.loaded, s.seen = fp, fp
	p.serve(v)
	return nil
}

// look reloads the directory if it changed, and then rested for an interval: one
// that is still being written is left alone. What cannot be read is logged and
// counted, and the World that is served stays.
func (p *Plugin) look(s *source) {
	fp, err := s.fingerprint()
	if err == nil && (fp == s.loaded || fp != s.seen) {
		s.seen = fp
		return
	}
	var v *views
	if err == nil {
		s.loaded = fp // a directory that cannot be read is not read again until it changes
		v, err = s.load()
	}
	if err != nil {
		reloadsFailedTotal.Inc()
		log.Errorf("Reload failed, the world stays as it was: %v", err)
		return
	}
	p.serve(v)
	log.Infof("Reloaded %s", s.dir)
}

// serve swaps the views. Queries under way finish with the ones they began with.
func (p *Plugin) serve(v *views) {
	p.views.Store(v)
	reloadTimestamp.SetToCurrentTime()
}

// watch looks at the directory once an interval until stop is closed.
func (p *Plugin) watch(s *source, stop <-chan struct{}) {
	t := time.NewTicker(s.interval)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			p.look(s)
		case <-stop:
			return
		}
	}
}
