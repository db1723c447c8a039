package main

import (
	"context"
	crand "crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"interlab/adapters/cli"
	"interlab/adapters/redis"
	"interlab/bot"
	"interlab/bot/seal"
	"interlab/configs"
)

// errKeyless is what a store of somebody else gets where no keys are set.
var errKeyless = errors.New("keys: none are set, and the Redis at redis.url is not the program's own; write what interlab keys new prints into a file and name it under keys_file")

// keysFile is where the program's own Redis has its keys, in its folder.
const keysFile = "keys"

// ring is the keys for a store: those of the settings; else those in the folder
// of the program's own Redis, which are made with it; else, for a store that is
// gone with the process, keys that are gone with it too.
func ring(s configs.Settings, store *redis.Running) (*seal.Ring, error) {
	switch {
	case s.Keys != nil:
		return s.Keys, nil
	case store.Folder() != "":
		return ringIn(filepath.Join(store.Folder(), keysFile))
	case store.Forgets():
		return passing()
	}
	return nil, errKeyless
}

// passing are the keys of this process.
var passing = sync.OnceValues(func() (*seal.Ring, error) { return seal.Fresh("passing", crand.Reader) })

// ringIn reads the keys in a file, which it makes where there is none. Of
// processes that do so at once, one makes it and all read the same.
func ringIn(path string) (*seal.Ring, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err := makeKeys(path); err != nil {
			return nil, err
		}
		data, err = os.ReadFile(path)
	}
	if err != nil {
		return nil, fmt.Errorf("read the keys of the store: %w", err)
	}
	r, err := seal.Parse(string(data))
	if err != nil {
		return nil, fmt.Errorf("read the keys of the store in %s: %w", path, err)
	}
	return r, nil
}

// makeKeys writes a file of keys, whole or not at all, unless one is there.
func makeKeys(path string) error {
	line, err := seal.New("first", crand.Reader)
	if err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".keys-*")
	if err != nil {
		return fmt.Errorf("make the keys of the store: %w", err)
	}
	defer os.Remove(file.Name()) //nolint:errcheck // it has its own name by then, or is of no use
	_, err = file.WriteString(line + "\n")
	if err == nil {
		err = file.Sync()
	}
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("make the keys of the store: %w", err)
	}
	// A link, unlike a new name, never takes the place of what is there.
	if err := os.Link(file.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("make the keys of the store: %w", err)
	}
	return nil
}

// probeKeys looks at the keys of a store, and whether what is sealed in it can be
// opened.
func probeKeys(ctx context.Context, s configs.Settings, store *redis.Running) cli.Finding {
	f := cli.Finding{Grade: cli.Failure, What: "keys"}
	r, err := ring(s, store)
	if err != nil {
		f.Found, f.Advice = err.Error(), "make a key with interlab keys new, and keep it where you keep tokens"
		return f
	}
	left, err := bot.CountSeals(ctx, store)
	if err != nil {
		f.Found, f.Advice = err.Error(), "look at what is said of the store"
		return f
	}
	names := r.Names()
	f.Grade, f.Found = cli.OK, strings.Join(names, ", ")
	for name, n := range left {
		if name != "" && !slices.Contains(names, name) {
			f.Grade, f.Found = cli.Failure, fmt.Sprintf("%d events and answers are sealed under %s, which is not set", n, name)
			f.Advice = "put its line back behind the newest key and run interlab keys rotate"
			return f
		}
	}
	if len(names) > 1 {
		f.Grade, f.Advice = cli.Warning, "run interlab keys rotate, and remove the older lines when it says so"
	}
	return f
}
