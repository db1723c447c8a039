package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// workshop is where the program is built for all tests, once somebody asks.
var workshop string

func TestMain(m *testing.M) {
	var err error
	if workshop, err = os.MkdirTemp("", "interlab-"); err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(workshop) }()
	m.Run() // whoever called TestMain ends the process with the outcome
}

// build links the program; of all that tests do, little takes as long.
var build = sync.OnceValues(func() (string, error) {
	program := filepath.Join(workshop, "interlab")
	if out, err := exec.Command("go", "build", "-buildvcs=false", "-o", program, ".").CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return program, nil
})

// built is the program as it is delivered.
func built(t *testing.T) string {
	t.Helper()
	program, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return program
}
