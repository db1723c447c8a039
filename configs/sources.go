package configs

import "path/filepath"

// sources is where settings come from: the environment before the file. It
// gathers the problems met on the way.
type sources struct {
	base     string // path of the settings file; relative paths in it begin at its folder
	file     file
	getenv   func(string) string
	readFile func(string) ([]byte, error)
	found    problems
}

// text returns the setting at path and whether it is set: as the environment
// variable gives it, else as the file does. An empty text sets nothing.
// Settings without a variable pass "".
func (s *sources) text(path, variable string) (value, bool) {
	if variable != "" {
		if text := s.getenv(variable); text != "" {
			return value{text, variable}, true
		}
	}
	if written := s.file[path]; len(written) > 0 {
		return written[0], written[0].text != ""
	}
	return value{where: path}, false
}

// beside returns the path that v holds. A relative one from the file begins at
// the file's folder, so that the program may be started anywhere; one from the
// environment begins where the program was started, as people expect there.
func (s *sources) beside(v value) string {
	if _, fromFile := s.file[v.where]; !fromFile || filepath.IsAbs(v.text) {
		return v.text
	}
	return filepath.Join(filepath.Dir(s.base), v.text)
}
