//go:build ignore

// Generate writes the pinned zone data: zoneinfo.zip (the compiled zones,
// stored, byte for byte as the distribution ships them), names.tsv (every name
// that is accepted, what it stands for, and its country) and VERSION.txt.
// The output depends on the input alone, so anybody can check it:
//
//	apt-get download tzdata            # Debian's package
//	dpkg-deb -x tzdata_*.deb unpacked
//	go run ./calendar/zonedata/generate.go unpacked/usr/share/zoneinfo calendar/zonedata
//
// The data are in the public domain. The package must come with tzdata.zi,
// zone.tab and iso3166.tab, as Debian's does. Names that zone.tab lists for a
// country stay as they are, even where the database calls them links
// (Europe/Bratislava is not shown as Prague).
package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: generate ZONEINFO-FOLDER OUTPUT-FOLDER")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "generate zone data:", err)
		os.Exit(1)
	}
}

func run(from, to string) error {
	version, links, err := readSource(filepath.Join(from, "tzdata.zi"))
	if err != nil {
		return err
	}
	countries, err := readCountries(from)
	if err != nil {
		return err
	}
	canonical := map[string]string{"UTC": "UTC"}
	for name := range countries {
		canonical[name] = name
	}
	for name, target := range links {
		if strings.Contains(name, "/") && countries[name] == "" {
			canonical[name] = resolve(target, links, countries)
		}
	}
	if err := addOffsets(canonical); err != nil {
		return err
	}
	archive, err := pack(from, canonical)
	if err != nil {
		return err
	}
	stamp := fmt.Sprintf("%s\n%x  zoneinfo.zip\n", version, sha256.Sum256(archive))
	return writeAll(to, map[string][]byte{
		"zoneinfo.zip": archive, "names.tsv": table(canonical, countries), "VERSION.txt": []byte(stamp),
	})
}

// readSource reads the release and the links from the database's own text.
func readSource(path string) (version string, links map[string]string, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return "", nil, err
	}
	links = map[string]string{}
	for line := range strings.Lines(string(text)) {
		f := strings.Fields(line)
		switch {
		case len(f) == 3 && f[0] == "#" && f[1] == "version":
			version = f[2]
		case len(f) == 3 && f[0] == "L":
			links[f[2]] = f[1]
		}
	}
	if version == "" {
		return "", nil, fmt.Errorf("%s names no version", path)
	}
	return version, links, nil
}

// readCountries maps each zone of zone.tab to its country's English name.
func readCountries(from string) (map[string]string, error) {
	codes, err := columns(filepath.Join(from, "iso3166.tab"), 0, 1)
	if err != nil {
		return nil, err
	}
	zones, err := columns(filepath.Join(from, "zone.tab"), 2, 0)
	if err != nil {
		return nil, err
	}
	for zone, code := range zones {
		zones[zone] = codes[code]
	}
	return zones, nil
}

func columns(path string, key, value int) (map[string]string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for line := range strings.Lines(string(text)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if !strings.HasPrefix(line, "#") && len(f) > max(key, value) {
			out[f[key]] = f[value]
		}
	}
	return out, nil
}

// resolve follows links to a name that people see.
func resolve(name string, links, countries map[string]string) string {
	for range 5 {
		if countries[name] != "" {
			return name
		}
		if name == "Etc/UTC" || name == "Etc/GMT" || name == "GMT" {
			return "UTC"
		}
		name = links[name]
	}
	return ""
}

// addOffsets adds the fixed zones some devices report, and the spellings of UTC.
func addOffsets(canonical map[string]string) error {
	canonical["Etc/UTC"], canonical["Etc/GMT"] = "UTC", "UTC"
	for h := 1; h <= 14; h++ {
		east, west := fmt.Sprintf("Etc/GMT-%d", h), fmt.Sprintf("Etc/GMT+%d", h)
		canonical[east] = east
		if h <= 12 {
			canonical[west] = west
		}
	}
	for name, target := range canonical {
		if target == "" {
			return fmt.Errorf("link %s leads nowhere", name)
		}
	}
	return nil
}

// pack stores the compiled files uncompressed and without dates, in order.
func pack(from string, canonical map[string]string) ([]byte, error) {
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, name := range sorted(canonical) {
		if canonical[name] != name {
			continue
		}
		data, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			return nil, err
		}
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			return nil, err
		}
		if _, err := f.Write(data); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

func table(canonical, countries map[string]string) []byte {
	var out bytes.Buffer
	for _, name := range sorted(canonical) {
		fmt.Fprintf(&out, "%s\t%s\t%s\n", name, canonical[name], countries[name])
	}
	return out.Bytes()
}

func sorted(m map[string]string) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func writeAll(to string, files map[string][]byte) error {
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(to, name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
