//go:build ignore

// Licences_gen writes licences.txt and exceptions.txt from SPDX's own data:
//
//	go mod download -json github.com/github/go-spdx/v2@v2.3.3
//	npm pack spdx-license-list@6.12.0
//	go run licences_gen.go GO-SPDX/cmd/licenses.json GO-SPDX/cmd/exceptions.json NPM/package/spdx.json
//
// The first file is SPDX's licenses.json with what the Open Source Initiative
// approved and what the Free Software Foundation holds free; the last is a newer
// list, which tells approvals only. Both are pinned by their checksums. What
// conformant.txt names is open besides.
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log"
	"maps"
	"os"
	"slices"
	"strings"
)

// The checksums of the three files, in the order of the arguments.
var sums = []string{
	"e775857bee1f63fa0b3021c59dbb43bc1750e86effe06d875c04f8a998a6460e",
	"1d2116600720c7941fc52e0cf463448edbfc6ff876aeb332c30dbc2b92542d64",
	"29dd132d8ba7f76e6549002c0f9cdadf03b12307f1c921d8fbecf493015dbf86",
}

// content are the families that are made for data and documents.
var content = strings.Fields("CC- CC0- CDLA- DL-DE- GFDL- NLOD- O-UDA- ODbL- ODC- OGL- PDDL- etalab-")

type licence struct {
	ID   string `json:"licenseId"`
	OSI  bool   `json:"isOsiApproved"`
	Free bool   `json:"isFsfLibre"`
}

func main() {
	log.SetFlags(0)
	if len(os.Args) != len(sums)+1 {
		log.Fatal("usage: go run licences_gen.go licenses.json exceptions.json spdx.json")
	}
	var spdx struct {
		Released string    `json:"releaseDate"`
		Licences []licence `json:"licenses"`
	}
	var exceptions struct {
		All []struct {
			ID string `json:"licenseExceptionId"`
		} `json:"exceptions"`
	}
	var newer map[string]struct {
		OSI bool `json:"osiApproved"`
	}
	for i, into := range []any{&spdx, &exceptions, &newer} {
		read(os.Args[i+1], sums[i], into)
	}
	open := map[string]bool{}
	for id, l := range newer {
		open[id] = l.OSI
	}
	for _, l := range spdx.Licences {
		open[l.ID] = open[l.ID] || l.OSI || l.Free
	}
	byHand := conformant(open)
	for _, id := range byHand {
		open[id] = true
	}
	write("licences.txt", lines(open), fmt.Sprintf(`# SPDX licence identifiers. Written by licences_gen.go from SPDX's licenses.json of %s (module
# github.com/github/go-spdx/v2 v2.3.3, sha256 %s) and package spdx-license-list 6.12.0 (sha256 %s).
# code: open, approved by the Open Source Initiative or held free by the Free Software Foundation.
# content: open, made for data or documents; %d of them by the Open Definition, those of conformant.txt.
`, spdx.Released[:10], sums[0][:16], sums[2][:16], len(byHand)))
	var ids []string
	for _, e := range exceptions.All {
		ids = append(ids, e.ID)
	}
	write("exceptions.txt", ids, "# SPDX identifiers of exceptions to licences, from the same list.\n")
}

// conformant are the licences of conformant.txt, all of which SPDX knows.
func conformant(known map[string]bool) []string {
	data, err := os.ReadFile("conformant.txt")
	if err != nil {
		log.Fatal(err)
	}
	var ids []string
	for line := range strings.Lines(string(data)) {
		id := strings.TrimSpace(line)
		if id == "" || id[0] == '#' {
			continue
		}
		if _, ok := known[id]; !ok {
			log.Fatalf("conformant.txt: SPDX has no licence %s", id)
		}
		ids = append(ids, id)
	}
	return ids
}

// read is a file of a known checksum.
func read(path, sum string, into any) {
	data, err := os.ReadFile(path)
	if err != nil {
		log.Fatal(err)
	}
	if got := sha256.Sum256(data); hex.EncodeToString(got[:]) != sum {
		log.Fatalf("%s: sha256 %x, want %s", path, got, sum)
	}
	if err := json.Unmarshal(data, into); err != nil {
		log.Fatalf("%s: %v", path, err)
	}
}

// lines are the identifiers with their class where they are open.
func lines(open map[string]bool) []string {
	var all []string
	for _, id := range slices.Collect(maps.Keys(open)) {
		family := slices.ContainsFunc(content, func(p string) bool { return strings.HasPrefix(id, p) })
		switch {
		case open[id] && family:
			id += " content"
		case open[id]:
			id += " code"
		}
		all = append(all, id)
	}
	return all
}

func write(name string, lines []string, head string) {
	slices.SortFunc(lines, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
	if err := os.WriteFile(name, []byte(head+strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
		log.Fatal(err)
	}
}
